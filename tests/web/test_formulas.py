"""What an editor of formulas asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from mazhi.engines.formula.functions import functions
from mazhi.engines.formula.nodes import from_json
from mazhi.engines.formula.parsing import LONGEST, parse
from mazhi.kernel.errors import TooManyError
from mazhi.web.api import formulas
from mazhi.web.rate import Rate

FIELDS = [
    {"code": "qty", "title": "数量", "shape": "number"},
    {"code": "price", "title": "单价", "shape": "number"},
    {"code": "lines.qty", "title": "明细.数量", "shape": "number"},
    {"code": "customer", "title": "客户", "shape": "reference"},
    {"code": "due", "title": "交期", "shape": "date"},
    {"code": "at", "shape": "moment"},
    {"code": "one", "title": "同名"},
    {"code": "two", "title": "同名"},
]


@pytest.fixture
def db_url(tmp_path: Path, sqlite_template: Path) -> str:
    """No data is behind these routes: one database is enough."""
    target = tmp_path / "mazhi.db"
    target.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{target}"


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formulas, "rate", Rate(1000, 1000))


def read(client: httpx.Client, formula: str, fields: Any = None, **headers: str) -> dict[str, Any]:
    answer = client.post("/api/v1/formulas:parse", json={"formula": formula, "fields": fields}, headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def tried(client: httpx.Client, formula: str, values: dict[str, Any], fields: Any = None) -> dict[str, Any]:
    body = {"formula": formula, "values": values, "fields": fields}
    answer = client.post("/api/v1/formulas:try", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_formula_is_read_into_its_tree_names_and_canonical_form(client: httpx.Client) -> None:
    found = read(client, "四舍五入（数量×{单价}，2）")
    assert from_json(found["tree"]) == parse("ROUND(数量*单价, 2)")
    assert found["names"] == ["单价", "数量"]
    assert found["canonical"] == "ROUND(数量*单价, 2)"
    assert found["problems"] == []


def test_titles_become_codes_where_the_fields_are_known(client: httpx.Client) -> None:
    found = read(client, "求和({明细.数量})*[单价]+客户.等级", FIELDS)
    assert found["problems"] == []
    assert found["names"] == ["customer.等级", "lines.qty", "price"]
    assert found["canonical"] == "SUM(lines.qty)*price+customer.等级"


@pytest.mark.parametrize(
    ("formula", "code", "start", "end"),
    [
        ("数量*{单价", "formula_bracket_open", 3, 6),
        ("😀", "formula_character", 0, 1),
        ("1＋＊2", "formula_unexpected", 2, 3),
        ("“没完", "formula_quote_open", 0, 3),
        ("2号仓", "formula_number", 0, 3),
        ("", "formula_empty", 0, 0),
        ("数量*没有", "formula_unknown_field", 3, 5),
        ("数量+{没 有}", "formula_unknown_field", 3, 8),
        ("同名", "formula_unknown_field", 0, 2),
        ("lines.none", "formula_unknown_field", 0, 10),
        ("取整数(1)", "formula_function", 0, 3),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    client: httpx.Client, formula: str, code: str, start: int, end: int
) -> None:
    (problem,) = read(client, formula, FIELDS)["problems"]
    assert (problem["code"], problem["start"], problem["end"]) == (code, start, end)
    assert problem["message"]


def test_every_unknown_name_is_told_and_the_near_one_offered_in_the_readers_language(client: httpx.Client) -> None:
    problems = read(client, "qyt*prise", FIELDS, **{"accept-language": "en"})["problems"]
    assert [(one["start"], one["near"]) for one in problems] == [(0, "qty"), (4, "price")]
    assert problems[0]["message"] == "There is no field “qyt”"


def test_a_formula_that_cannot_be_read_has_no_tree(client: httpx.Client) -> None:
    found = read(client, "1+")
    assert found["tree"] is None and found["canonical"] is None and found["names"] == []


@pytest.mark.parametrize(
    ("formula", "values", "kind", "result", "text"),
    [
        ("数量*单价", {"qty": "3", "price": 19.99}, "number", "59.97", "59.97"),
        ("1/3", {}, "number", "0.3333333333333333333333333333333333", "0.333333333333333"),
        ("SUM(lines.qty)", {"明细.数量": ["1", None, "2.5"]}, "number", "3.5", "3.5"),
        ("due+1", {"due": "2026-11-21"}, "date", "2026-11-22", "2026-11-22"),
        ("at", {"at": "2026-11-21T00:30:00Z"}, "datetime", "2026-11-21T08:30:00", "2026-11-21 08:30:00"),
        ("qty>1", {"qty": "3"}, "boolean", True, "TRUE"),
        ("客户.等级&qty", {"customer.等级": "A"}, "text", "A", "A"),
        ("qty", {}, "empty", None, ""),
        ("UNIQUE(lines.qty)", {"lines.qty": ["1", "1", "2"]}, "list", ["1", "2"], "1, 2"),
    ],
)
def test_a_formula_is_tried_out(
    client: httpx.Client, formula: str, values: dict[str, Any], kind: str, result: Any, text: str
) -> None:
    found = tried(client, formula, values, FIELDS)
    assert found == {"kind": kind, "result": result, "text": text, "fault": None}


def test_a_trial_that_fails_says_where(client: httpx.Client) -> None:
    found = tried(client, "1+qty/0", {"qty": 3})
    assert found["result"] is None
    assert (found["fault"]["code"], found["fault"]["start"], found["fault"]["end"]) == (
        "formula_division_by_zero", 2, 7,
    )  # fmt: skip
    assert tried(client, "1+", {})["fault"]["code"] == "formula_unfinished"
    assert tried(client, "b", {"a": 1})["fault"]["code"] == "formula_unknown_field"
    assert tried(client, "b", {}, [{"code": "a"}])["fault"]["code"] == "formula_unknown_field"


def test_functions_come_from_their_declarations_and_labels_tell_the_same(client: httpx.Client) -> None:
    found = client.get("/api/v1/formulas/functions").json()
    assert {one["name"] for one in found["functions"]} == {one.name for one in functions}
    assert {one["family"] for one in found["functions"]} == {one["name"] for one in found["families"]}
    assert client.get("/api/v1/labels:fields").json()["functions"] == found["functions"]
    english = client.get("/api/v1/formulas/functions", headers={"accept-language": "en"}).json()
    assert next(one["usage"] for one in english["functions"] if one["name"] == "ROUND") == "ROUND(number, [places])"


def test_what_is_too_long_is_refused(client: httpx.Client) -> None:
    for path in (":parse", ":try"):
        body = {"formula": "1" * (LONGEST + 1), "values": {}} if path == ":try" else {"formula": "1" * (LONGEST + 1)}
        assert client.post(f"/api/v1/formulas{path}", json=body).status_code == 422


def test_whoever_is_signed_in_may_ask_but_not_too_often(
    as_role: Callable[[str], httpx.Client], anonymous: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = as_role("viewer")
    assert read(viewer, "1")["canonical"] == "1"
    assert anonymous.post("/api/v1/formulas:parse", json={"formula": "1"}).status_code == 401
    monkeypatch.setattr(formulas, "rate", Rate(0.01, 1))
    assert read(viewer, "1")["canonical"] == "1"
    refused = viewer.post("/api/v1/formulas:try", json={"formula": "1", "values": {}})
    assert refused.status_code == 429 and refused.json()["code"] == "asked_too_often"
    assert int(refused.headers["retry-after"]) <= 100


def test_a_rate_lets_some_through_at_once_and_then_so_many_a_second() -> None:
    moment = [0.0]
    rate = Rate(2, 3, lambda: moment[0])
    for _ in range(3):
        rate.ask("a")
    with pytest.raises(TooManyError) as caught:
        rate.ask("a")
    assert caught.value.params == {"seconds": 1}
    rate.ask("b")
    moment[0] = 0.5
    rate.ask("a")
    with pytest.raises(TooManyError):
        rate.ask("a")
