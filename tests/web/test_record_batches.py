"""Many records at once over HTTP: changed, checked, deleted, taken into use again; rules and what one may do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

FORMS = "/api/v1/apps/qc/forms"
CARD = f"{FORMS}/card"
RECORDS = f"{CARD}/records"


def ident(number: int) -> str:
    return f"6d6f1d52-2f0e-4f0e-9a36-{number:012d}"


FIELDS: list[dict[str, Any]] = [
    {"id": ident(1), "code": "serial", "kind": "text", "title": "序列号", "required": True, "unique": True},
    {"id": ident(2), "code": "qty", "kind": "number", "title": "数量"},
    {"id": ident(3), "code": "twice", "kind": "formula", "title": "两倍", "options": {"formula": "qty*2"}},
    {"id": ident(4), "code": "part", "kind": "record", "title": "配件", "options": {"form": "qc/part"}},
]
RULES = [
    {
        "id": ident(11), "name": "不为负", "kind": "check", "when": "qty>=0", "fields": [ident(2)],
        "message": "数量不能是负数。",
    }
]  # fmt: skip


@pytest.fixture
def card(client: httpx.Client) -> httpx.Client:
    """Give a client with two published forms."""
    assert client.post("/api/v1/apps", json={"code": "qc", "name": "质检"}).status_code == 201
    part = [{"id": ident(21), "code": "name", "kind": "text", "title": "名称"}]
    for code, fields, rules in (("part", part, []), ("card", FIELDS, RULES)):
        body = {"code": code, "name": code, "fields": fields, "rules": rules}
        assert client.post(FORMS, json=body).status_code == 201
        published = client.post(f"{FORMS}/{code}/publish", json={"base": 0})
        assert published.status_code == 200, published.text
    return client


def add(client: httpx.Client, *records: dict[str, Any]) -> list[int]:
    made = client.post(f"{RECORDS}:batch", json={"records": list(records)})
    assert made.status_code == 201, made.text
    ids: list[int] = made.json()["ids"]
    return ids


def seen(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(one["pointer"], one["code"]) for one in answer.json()["errors"]]


def test_many_records_are_changed_at_once_or_the_good_ones_of_them(card: httpx.Client) -> None:
    one, two, three = add(card, {"serial": "a", "qty": 1}, {"serial": "b"}, {"serial": "c"})
    changes = [
        {"id": one, "version": 1, "values": {"qty": 5}},
        {"id": two, "version": 9, "values": {"qty": 6}},
        {"id": three, "values": {"qty": -1}},
        {"id": 999_999, "values": {}},
        {"id": one, "values": {"qty": 7}},
    ]
    refused = card.patch(f"{RECORDS}:batch", json={"changes": changes})
    assert refused.status_code == 422
    wrong = [("/1", "record_conflict"), ("/2/values/qty", "record_check"), ("/3", "unknown_record"),
             ("/4", "record_named_twice")]  # fmt: skip
    assert seen(refused) == wrong
    assert card.get(f"{RECORDS}/{one}").json()["values"]["qty"] == 1, "all or none"
    body = {"changes": changes, "good_only": True, "client_key": "k"}
    done = card.patch(f"{RECORDS}:batch", json=body).json()
    assert done["ids"] == [one]
    assert [(one["place"], one["errors"][0]["code"]) for one in done["refused"]] == [
        (1, "record_conflict"), (2, "record_check"), (3, "unknown_record"), (4, "record_named_twice"),
    ]  # fmt: skip
    assert done["refused"][1]["errors"][0]["message"] == "校验没有通过：数量不能是负数。"
    assert card.patch(f"{RECORDS}:batch", json=body).json() == done, "the same request changes nothing again"
    found = card.get(f"{RECORDS}/{one}").json()
    assert (found["version"], found["values"]["qty"], found["values"]["twice"]) == (2, 5, 10)


def test_records_are_checked_without_saving(card: httpx.Client) -> None:
    (one,) = add(card, {"serial": "a", "qty": 1})
    new = [{"serial": "x"}, {"serial": "a", "qty": -2}, {"serial": "x"}]
    found = card.post(f"{RECORDS}:check", json={"records": new}).json()["refused"]
    assert [(one["place"], [(fault["pointer"], fault["code"]) for fault in one["errors"]]) for one in found] == [
        (1, [("/values/qty", "record_check")]),
        (2, [("/values/serial", "record_twice")]),
    ]
    changed = {"records": [{"serial": None}, {"qty": 2}], "ids": [one, 77]}
    found = card.post(f"{RECORDS}:check", json=changed).json()["refused"]
    assert [fault["code"] for one in found for fault in one["errors"]] == ["record_required", "unknown_record"]
    assert card.post(f"{RECORDS}:check", json={"records": new, "ids": [1]}).status_code == 422
    assert len(card.get(RECORDS).json()["records"]) == 1


def test_a_value_that_is_taken_is_named_with_its_place_and_its_record(card: httpx.Client) -> None:
    (one,) = add(card, {"serial": "a"})
    single = card.post(RECORDS, json={"values": {"serial": "a"}})
    assert (single.status_code, seen(single)) == (409, [("/values/serial", "record_duplicate")])
    assert single.json()["errors"][0]["params"]["record"] == one
    many = card.post(f"{RECORDS}:batch", json={"records": [{"serial": "b"}, {"serial": "a"}, {"serial": "b"}]})
    assert seen(many) == [("/1/values/serial", "record_duplicate"), ("/2/values/serial", "record_twice")]


def test_deleted_records_are_listed_and_come_back(card: httpx.Client) -> None:
    one, two, three = add(card, {"serial": "a"}, {"serial": "b"}, {"serial": "c"})
    stale = card.post(f"{RECORDS}:delete", json={"records": [{"id": one, "version": 1}, {"id": two, "version": 3}]})
    assert (stale.status_code, stale.json()["code"]) == (409, "record_conflict")
    body = {"records": [{"id": one, "version": 1}, {"id": two, "version": 1}]}
    assert card.post(f"{RECORDS}:delete", json=body).status_code == 204
    page = card.get(f"{RECORDS}:deleted", params={"limit": 1}).json()
    rest = card.get(f"{RECORDS}:deleted", params={"limit": 1, "after": page["next"]}).json()
    assert [record["record"]["id"] for record in page["records"] + rest["records"]] == [two, one]
    assert (page["records"][0]["record"]["values"]["serial"], rest["next"]) == ("b", None)
    back = card.post(f"{RECORDS}/{one}:restore")
    assert (back.status_code, back.json()["version"], back.json()["values"]["serial"]) == (200, 3, "a")
    assert card.post(f"{RECORDS}/{one}:restore").status_code == 404
    assert card.get(f"{RECORDS}:deleted", params={"after": '["x", 1]'}).status_code == 422
    card.patch(f"{RECORDS}/{three}", json={"version": 1, "values": {"serial": "b"}})
    taken = card.post(f"{RECORDS}/{two}:restore")
    assert (taken.status_code, seen(taken)) == (409, [("/values/serial", "record_duplicate")])
    history = card.get(f"{RECORDS}/{one}/history").json()["changes"]
    assert [change["action"] for change in history] == ["restore", "delete"]


def test_a_record_whose_rows_hold_what_is_taken_meanwhile_stays_deleted(client: httpx.Client) -> None:
    code = {"id": ident(32), "code": "code", "kind": "text", "title": "件号", "unique": True}
    fields = [{"id": ident(31), "code": "parts", "kind": "subform", "title": "部件", "fields": [code]}]
    client.post("/api/v1/apps", json={"code": "qc", "name": "质检"})
    client.post(FORMS, json={"code": "card", "name": "card", "fields": fields})
    client.post(f"{CARD}/publish", json={"base": 0})
    (one,) = add(client, {"parts": [{"code": "a"}, {"code": "b"}]})
    client.delete(f"{RECORDS}/{one}", params={"version": 1})
    (two,) = add(client, {"parts": [{"code": "b"}]})
    refused = client.post(f"{RECORDS}/{one}:restore")
    assert (refused.status_code, seen(refused)) == (409, [("/values/parts", "record_duplicate")])
    assert (
        refused.json()["errors"][0]["params"] | {"value": "b", "record": two} == refused.json()["errors"][0]["params"]
    )
    client.patch(f"{RECORDS}/{two}", json={"version": 1, "values": {"parts": []}})
    back = client.post(f"{RECORDS}/{one}:restore")
    assert [line["code"] for line in back.json()["values"]["parts"]] == ["a", "b"]


def test_linked_records_are_answered_where_asked_for(card: httpx.Client) -> None:
    part = card.post(f"{FORMS}/part/records", json={"values": {"name": "阀"}}).json()["id"]
    (one,) = add(card, {"serial": "a", "part": str(part)})
    assert card.get(f"{RECORDS}/{one}").json()["expanded"] == {}
    expected = {"part": {str(part): {"name": "阀"}}}
    assert card.get(f"{RECORDS}/{one}", params={"expand": "part"}).json()["expanded"] == expected
    assert card.get(RECORDS, params={"expand": "part"}).json()["records"][0]["expanded"] == expected
    assert card.get(RECORDS, params={"expand": "serial"}).status_code == 422


@pytest.mark.parametrize(
    "values",
    [
        {"serial": "x" * 5_000},
        {"serial": ["a"]},
        {"qty": 10**400},
        {"qty": {"x": 1}},
        {"a/b²/3": 1, "~": 2},
        {"part": "9" * 30},
    ],
)
def test_nonsense_is_refused_with_its_place(card: httpx.Client, values: dict[str, Any]) -> None:
    (one,) = add(card, {"serial": "a"})
    bodies = (
        ("POST", f"{RECORDS}:batch", {"records": [values, {"serial": "b"}]}),
        ("PATCH", f"{RECORDS}:batch", {"changes": [{"id": one, "values": values}]}),
    )
    for method, path, body in bodies:
        answer = card.request(method, path, json=body)
        assert answer.status_code == 422, answer.text
        assert answer.json()["errors"], answer.text
    assert card.post(f"{RECORDS}:check", json={"records": [values]}).json()["refused"][0]["errors"]


def test_the_form_says_what_its_reader_may_do(card: httpx.Client, as_role: Callable[[str], httpx.Client]) -> None:
    everything = dict.fromkeys(("view", "create", "change", "delete", "export", "import"), True)
    assert card.get(CARD).json()["may"] == everything
    assert ident(2) in card.get(CARD).json()["writable"]
    keeper = as_role("keeper")
    assert not any(keeper.get(CARD).json()["may"].values())
    grant = {"role": "keeper", "actions": ["view", "create"], "scopes": [], "fields": {ident(2): "read_only"}}
    card.put(f"{CARD}/rights", json={"grants": [grant]})
    found = keeper.get(CARD).json()
    assert found["may"] == {**dict.fromkeys(everything, False), "view": True, "create": True}
    assert ident(1) in found["writable"] and ident(2) not in found["writable"]
    (one,) = add(card, {"serial": "a"})
    assert keeper.post(f"{RECORDS}:delete", json={"records": [{"id": one, "version": 1}]}).status_code == 403
    assert keeper.get(f"{RECORDS}:deleted").status_code == 403
    assert keeper.post(f"{RECORDS}/{one}:restore").status_code == 403
    assert keeper.patch(f"{RECORDS}:batch", json={"changes": [{"id": one, "values": {}}]}).status_code == 403
    assert keeper.post(f"{RECORDS}:check", json={"records": [{"serial": "b"}]}).status_code == 200
