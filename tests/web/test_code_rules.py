from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx
import pytest

from mazhi.bootstrap import System
from mazhi.kernel import clock
from mazhi.kernel.codes.model import KINDS

RULES = "/api/v1/code-rules"
NUMBER: dict[str, Any] = {
    "kind": "counter", "width": 4, "base": 10, "start": 1, "step": 1, "reset": "day", "per": ["product", "line"],
}  # fmt: skip
WM: dict[str, Any] = {
    "code": "WM",
    "name": "水表",
    "segments": [
        {"kind": "constant", "value": "WM"},
        {"kind": "date", "format": "YYMMDD"},
        {"kind": "field", "name": "line", "width": 3},
        NUMBER,
        {"kind": "check", "method": "luhn"},
    ],
}
AT = "2026-11-21T08:00:00+08:00"


def errors(answer: httpx.Response) -> list[tuple[str | None, str]]:
    for error in answer.json()["errors"]:
        assert error["message"] not in {"", error["code"]}
        assert "{" not in error["message"] + error["advice"]
    return [(error["pointer"], error["code"]) for error in answer.json()["errors"]]


def test_a_rule_is_added_as_the_contract_says(client: httpx.Client) -> None:
    made = client.post(RULES, json=WM)
    assert made.status_code == 201
    assert made.headers["location"] == f"{RULES}/WM"
    body = made.json()
    assert (body["code"], body["name"], body["version"], body["capacity"]) == ("WM", "水表", 1, 9999)
    assert len(body["examples"]) == 3
    assert all(example.startswith("WM") and len(example) == 16 for example in body["examples"])
    assert (body["status"], body["used"], body["created_by"]) == ("in_force", False, "a-admin")
    assert [hint["code"] for hint in body["hints"]] == ["rule_hint_per_product", "rule_hint_check_letters"]
    assert body["segments"][0] == WM["segments"][0]
    assert body["segments"][3] == NUMBER
    read = client.get(f"{RULES}/WM")
    assert (read.json(), read.headers["etag"]) == (body, '"1"')


def test_a_preview_uses_up_no_number(client: httpx.Client) -> None:
    client.post(RULES, json=WM)
    body = {"count": 5, "fields": {"line": "L01"}, "at": AT}
    first = client.post(f"{RULES}/WM/preview", json=body)
    assert first.status_code == 200
    assert [code[:15] for code in first.json()["examples"]] == [f"WM261121L01000{number}" for number in range(1, 6)]
    assert client.post(f"{RULES}/WM/preview", json=body).json() == first.json()
    assert len(client.post(f"{RULES}/WM/preview", json={}).json()["examples"]) == 5


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"fields": {"line": "lower"}}, "/fields/line"),
        ({"count": 0}, "/count"),
        ({"count": 101}, "/count"),
        ({"at": "2026-11-21T08:00:00"}, "/at"),
        ({"at": "1999-01-01T00:00:00Z"}, "/at"),
        ({"product": "none"}, "/product"),
        ({"line": "L01"}, "/line"),
    ],
)
def test_a_wrong_preview_is_refused_where_it_is_wrong(client: httpx.Client, body: Any, pointer: str) -> None:
    client.post(RULES, json=WM)
    answer = client.post(f"{RULES}/WM/preview", json=body)
    assert answer.status_code == 422
    assert [found for found, _ in errors(answer)] == [pointer]


def test_overlap_names_the_other_rule_and_an_example(client: httpx.Client) -> None:
    client.post(RULES, json=WM)
    answer = client.post(RULES, json={**WM, "code": "W2", "name": "另一条"})
    assert answer.status_code == 409
    problem = answer.json()
    assert problem["code"] == "rule_overlap"
    assert "WM" in problem["detail"]
    assert problem["params"]["rule"] == "WM"
    example = problem["params"]["example"]
    assert problem["errors"][0]["item"] == example
    readings = client.post(f"{RULES}:decode", json={"code": example}).json()["readings"]
    assert [reading["rule"] for reading in readings] == ["WM"]
    assert client.get(f"{RULES}/W2").status_code == 404


def test_everything_wrong_with_a_rule_is_answered_at_once_in_both_languages(client: httpx.Client) -> None:
    body = {"code": "", "name": "", "segments": [{"kind": "zebra"}, {"kind": "counter", "width": 99}]}
    for language in ("zh", "en"):
        answer = client.post(RULES, json=body, headers={"accept-language": language})
        assert answer.status_code == 422
        assert errors(answer) == [
            ("/code", "rule_bad_code"),
            ("/name", "rule_bad_name"),
            ("/segments/0/kind", "segment_kind_unknown"),
            ("/segments/1/width", "segment_out_of_range"),
        ]


def test_a_used_rule_gets_a_new_version_and_keeps_the_old_one(client: httpx.Client, system: System) -> None:
    client.post(RULES, json=WM)
    # On one day in 36 its code would be one of version 2 as well.
    at = datetime(2026, 11, 2, 9, tzinfo=clock.DEFAULT_ZONE)
    (made,) = system.codes.issue("WM", 1, fields={"line": "L01"}, at=at).codes
    segments = [*WM["segments"][:4], {"kind": "check", "method": "iso7064_mod37_36"}]
    changed = client.put(f"{RULES}/WM", json={"version": 1, "segments": segments})
    assert (changed.status_code, changed.json()["version"], changed.headers["etag"]) == (200, 2, '"2"')
    old = client.get(f"{RULES}/WM/versions").json()["rules"]
    assert [(rule["version"], rule["status"], rule["used"]) for rule in old] == [
        (2, "in_force", False),
        (1, "superseded", True),
    ]
    stale = client.put(f"{RULES}/WM", json={"name": "x"}, headers={"if-match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (409, "edit_conflict")
    (reading,) = client.post(f"{RULES}:decode", json={"code": made}).json()["readings"]
    assert (reading["version"], reading["in_force"]) == (1, False)
    assert [part["kind"] for part in reading["parts"]] == [part["kind"] for part in WM["segments"]]
    assert "".join(part["text"] for part in reading["parts"]) == made
    assert reading["parts"][3]["meaning"] == "第 1 个"
    assert client.delete(f"{RULES}/WM").status_code == 409


def test_a_rule_is_renamed_retired_and_deleted(client: httpx.Client) -> None:
    client.post(RULES, json=WM)
    assert client.put(f"{RULES}/WM", json={"name": "新水表", "active": False}).json()["status"] == "retired"
    assert client.get(RULES, params={"active": True}).json()["rules"] == []
    assert [rule["name"] for rule in client.get(RULES, params={"q": "新"}).json()["rules"]] == ["新水表"]
    assert client.delete(f"{RULES}/WM").status_code == 204
    assert client.get(f"{RULES}/WM").status_code == 404


def test_a_rule_is_looked_at_while_it_is_drawn_up(client: httpx.Client) -> None:
    client.post(RULES, json=WM)
    body = {"segments": WM["segments"], "count": 2, "fields": {"line": "L02"}, "at": AT, "per_period": 140}
    found = client.post(f"{RULES}:check", json=body).json()
    assert found["problems"] == []
    assert [overlap["rule"] for overlap in found["overlaps"]] == ["WM"]
    assert found["overlaps"][0]["example"]
    assert [example[:15] for example in found["examples"]] == ["WM261121L020001", "WM261121L020002"]
    assert [(part["start"], part["end"], part["text"]) for part in found["parts"]][:4] == [
        (0, 2, "WM"), (2, 8, "261121"), (8, 11, "L02"), (11, 15, "0001"),
    ]  # fmt: skip
    assert found["capacity"] == 9999
    assert found["forecast"]["share"] == pytest.approx(0.014, abs=1e-3)
    assert found["forecast"]["guessing"] == "easy"
    assert found["alternatives"][0]["label"] == "4 位 32 进制流水"
    assert len(client.get(RULES).json()["rules"]) == 1
    own = client.post(f"{RULES}:check", json={**body, "code": "WM"}).json()
    assert own["overlaps"] == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"segments": []}, "/segments"),
        ({"segments": [{"kind": "counter"}]}, "/segments/0/width"),
        ({"segments": WM["segments"], "fields": {"line": "?"}}, "/fields/line"),
    ],
)
def test_what_is_wrong_with_a_sketch_is_an_answer_and_no_error(client: httpx.Client, body: Any, pointer: str) -> None:
    answer = client.post(f"{RULES}:check", json=body, headers={"accept-language": "en"})
    assert answer.status_code == 200
    (problem,) = answer.json()["problems"]
    assert problem["pointer"] == pointer
    assert problem["message"].isascii() or "“" in problem["message"]


def test_a_product_shows_in_the_examples(client: httpx.Client) -> None:
    client.post("/api/v1/products", json={"code": "WM-20", "name": "水表", "tracking": "serial", "category": "WM"})
    body = {"segments": [{"kind": "product", "width": 2}, {"kind": "counter", "width": 3}], "product": "WM-20"}
    assert client.post(f"{RULES}:check", json=body).json()["examples"][0] == "WM001"
    wrong = client.post(f"{RULES}:check", json={**body, "product": "none"}).json()
    assert [problem["code"] for problem in wrong["problems"]] == ["unknown_product"]


def test_the_palette_describes_every_kind_in_the_readers_language(client: httpx.Client) -> None:
    zh = client.get(f"{RULES}/segment-kinds").json()
    en = client.get(f"{RULES}/segment-kinds", headers={"accept-language": "en"}).json()
    assert {kind["kind"] for kind in zh["kinds"]} == {kind.name for kind in KINDS}
    date = next(kind for kind in zh["kinds"] if kind["kind"] == "date")
    assert date["label"] == "日期"
    assert date["parameters"][0]["choices"][0] == {"value": "YYMMDD", "label": "年月日 6 位"}
    assert next(kind for kind in en["kinds"] if kind["kind"] == "date")["label"] == "Date"
    assert [group["group"] for group in zh["groups"]] == ["fixed", "business", "unique"]


def test_whoever_lacks_the_right_reads_but_does_not_change(
    client: httpx.Client, as_role: Callable[[str], httpx.Client], anonymous: httpx.Client
) -> None:
    client.post(RULES, json=WM)
    viewer = as_role("viewer")
    assert viewer.get(f"{RULES}/WM").status_code == 200
    assert viewer.post(f"{RULES}/WM/preview", json={}).status_code == 200
    assert viewer.post(RULES, json={**WM, "code": "X"}).status_code == 403
    assert viewer.put(f"{RULES}/WM", json={"name": "x"}).status_code == 403
    assert viewer.delete(f"{RULES}/WM").status_code == 403
    assert anonymous.get(RULES).status_code == 401


@pytest.mark.parametrize("code", ["没有", "%00", "a%0Ab", "segment-kinds2"])
def test_a_rule_that_there_is_not_is_not_found(client: httpx.Client, code: str) -> None:
    for answer in (
        client.get(f"{RULES}/{code}"),
        client.get(f"{RULES}/{code}/versions"),
        client.put(f"{RULES}/{code}", json={"name": "x"}),
        client.delete(f"{RULES}/{code}"),
        client.post(f"{RULES}/{code}/preview", json={}),
    ):
        assert answer.status_code in {404, 422}


def test_numbers_beyond_64_bits_are_answered(client: httpx.Client) -> None:
    made = client.post(RULES, json={"code": "R", "name": "随机", "segments": [{"kind": "random", "length": 32}]})
    assert made.status_code == 201
    assert made.json()["capacity"] == 32**32
    wide = [{"kind": "counter", "width": 18, "base": 36, "start": 36**18}]
    refused = client.post(RULES, json={"code": "W", "name": "宽", "segments": wide})
    assert errors(refused) == [("/segments/0/start", "segment_out_of_range")]
    checked = client.post(f"{RULES}:check", json={"segments": [{"kind": "random", "length": 32}]}).json()
    assert checked["forecast"]["capacity"] == 32**32
    typed = client.post(f"{RULES}/W/preview", json={"count": 10**30})
    assert errors(typed) == [("/count", "field_too_large")]
