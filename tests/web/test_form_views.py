"""Saved views over HTTP: private and shared, conflicts, fields that go away, and groups."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

FORM = "/api/v1/apps/qc/forms/card"
VIEWS = f"{FORM}/views"


def ident(number: int) -> str:
    return f"6d6f1d52-2f0e-4f0e-9a36-{number:012d}"


SERIAL = {"id": ident(1), "code": "serial", "kind": "text", "title": "序列号"}
STATE = {"id": ident(2), "code": "state", "kind": "choice", "title": "状态", "options": {"choices": ["好", "坏"]}}
WEIGHT = {"id": ident(3), "code": "重量", "kind": "number", "title": "重量"}
MADE = {"id": ident(4), "code": "made", "kind": "date", "title": "日期"}
UP = {"id": ident(5), "code": "up", "kind": "record", "title": "上级", "options": {"form": "qc/card"}}
BODY: dict[str, Any] = {
    "name": "坏的",
    "kind": "table",
    "shared": False,
    "default": False,
    "filter": {"and": [
        {"field": "state", "is": "equal", "value": "坏"},
        {"or": [{"field": "重量", "is": "more", "value": 1}, {"field": "serial", "is": "filled"}]},
    ]},
    "sort": "-重量",
    "group": [{"field": "made", "by": "month", "down": True}],
    "columns": [
        {"field": "serial", "width": 200, "frozen": True, "hidden": False},
        {"field": "重量", "width": None, "frozen": False, "hidden": True},
        {"field": "#created_at", "width": None, "frozen": False, "hidden": False},
    ],
    "options": {"row_height": "low", "totals": {"重量": "sum"}},
}  # fmt: skip


@pytest.fixture
def card(client: httpx.Client) -> httpx.Client:
    """Give a client with a published form, which keepers may see all of."""
    client.post("/api/v1/apps", json={"code": "qc", "name": "质检"})
    fields = [SERIAL, STATE, WEIGHT, MADE, UP]
    assert client.post("/api/v1/apps/qc/forms", json={"code": "card", "name": "卡", "fields": fields}).is_success
    client.post(f"{FORM}/publish", json={"base": 0})
    assert client.put(f"{FORM}/rights", json={"grants": [{"role": "keeper", "actions": ["view"]}]}).is_success
    return client


def parts(view: dict[str, Any]) -> dict[str, Any]:
    return {name: view[name] for name in BODY}


def save(client: httpx.Client, **more: Any) -> httpx.Response:
    return client.post(VIEWS, json={**BODY, **more})


def publish(client: httpx.Client, base: int, *fields: dict[str, Any]) -> None:
    assert client.put(f"{FORM}/draft", json={"base": base, "fields": list(fields)}).is_success
    assert client.post(f"{FORM}/publish", json={"base": base}).is_success


def test_a_view_comes_back_as_it_was_saved(card: httpx.Client) -> None:
    made = save(card)
    assert made.status_code == 201, made.text
    assert (parts(made.json()), made.json()["version"], made.json()["left_out"]) == (BODY, 1, [])
    assert [parts(one) for one in card.get(VIEWS).json()["views"]] == [BODY]
    path = f"{VIEWS}/{made.json()['id']}"
    changed = {**BODY, "name": "好的", "filter": None, "group": [], "version": 1}
    assert card.put(path, json=changed).json()["version"] == 2
    late = card.put(path, json=changed)
    assert (late.status_code, late.json()["code"]) == (409, "view_conflict")
    assert "a-admin" in late.json()["detail"]
    assert card.delete(path, params={"version": 1}).status_code == 409
    assert card.delete(path, params={"version": 2}).status_code == 204
    assert card.put(path, json={**changed, "version": 2}).status_code == 404
    assert card.get(VIEWS).json() == {"views": [], "hidden": [], "partial": []}


def test_ones_own_views_are_ones_own_and_shared_ones_everybodys(
    card: httpx.Client, as_role: Callable[[str], httpx.Client]
) -> None:
    keeper = as_role("keeper")
    mine = save(keeper, name="我的", default=True)
    assert mine.status_code == 201, mine.text
    assert save(keeper, shared=True).status_code == 403
    assert save(as_role("viewer")).status_code == 403
    shared = save(card, name="大家的", shared=True, default=True).json()
    assert [one["name"] for one in card.get(VIEWS).json()["views"]] == ["大家的"]
    seen = keeper.get(VIEWS).json()["views"]
    assert [(one["name"], one["shared"], one["default"]) for one in seen] == [
        ("大家的", True, True), ("我的", False, True),
    ]  # fmt: skip
    path = f"{VIEWS}/{shared['id']}"
    assert keeper.put(path, json={**BODY, "version": 1}).status_code == 403
    assert keeper.put(path, json={**BODY, "shared": True, "version": 1}).status_code == 403
    assert keeper.delete(path, params={"version": 1}).status_code == 403
    own = f"{VIEWS}/{mine.json()['id']}"
    assert card.put(own, json={**BODY, "version": 1}).status_code == 404
    assert keeper.put(own, json={**BODY, "shared": True, "version": 1}).status_code == 403


def test_a_form_opens_with_one_view_at_the_most(card: httpx.Client) -> None:
    one, other = (save(card, name=name, shared=True, default=True).json() for name in ("一", "二"))
    usual = {view["name"]: view["default"] for view in card.get(VIEWS).json()["views"]}
    assert usual == {"一": False, "二": True}
    back = {**BODY, "name": "一", "shared": True, "default": True, "version": 1}
    assert card.put(f"{VIEWS}/{one['id']}", json=back).json()["default"] is True
    assert [view["default"] for view in card.get(VIEWS).json()["views"]] == [True, False]
    assert other["version"] == 1


def test_what_a_view_names_and_is_gone_is_left_out_and_said(card: httpx.Client) -> None:
    save(card)
    publish(card, 1, {**SERIAL, "code": "sn"}, STATE, MADE)
    (view,) = card.get(VIEWS).json()["views"]
    assert view["left_out"] == [{"title": "重量", "why": "deleted"}]
    assert view["filter"]["and"][1] == {"field": "sn", "is": "filled"}
    assert (view["sort"], view["options"]) == (None, {"row_height": "low", "totals": {}})
    assert [one["field"] for one in view["columns"]] == ["sn", "#created_at"]
    publish(card, 2, {**SERIAL, "code": "sn"}, STATE, MADE, WEIGHT)
    (view,) = card.get(VIEWS).json()["views"]
    assert (view["left_out"], view["sort"]) == ([], "-重量")


@pytest.mark.parametrize("state", ["hidden", "masked"])
def test_what_the_reader_may_not_see_is_left_out_and_said(
    card: httpx.Client, as_role: Callable[[str], httpx.Client], state: str
) -> None:
    save(card, shared=True)
    save(card, shared=True, kind="kanban", options={"by": "state", "fields": ["重量"], "totals": {"重量": "sum"}})
    grant = {"role": "keeper", "actions": ["view"], "fields": {ident(3): state}}
    card.put(f"{FORM}/rights", json={"grants": [grant]})
    keeper = as_role("keeper")
    answer = keeper.get(VIEWS).json()
    table, board = answer["views"]
    assert (answer["hidden"], answer["partial"]) == ((["重量"], []) if state == "hidden" else ([], ["重量"]))
    assert table["left_out"] == board["left_out"] == [{"title": "重量", "why": "hidden"}]
    assert table["filter"] == {"and": [{"field": "state", "is": "equal", "value": "坏"},
                                       {"field": "serial", "is": "filled"}]}  # fmt: skip
    assert (table["sort"], table["options"]["totals"]) == (None, {})
    shown = state == "masked"
    assert ("重量" in {one["field"] for one in table["columns"]}) is shown
    assert (board["options"]["fields"] == ["重量"]) is shown
    for view in (table, board):
        asked = {"filter": json.dumps(view["filter"]), "sort": view["sort"] or ""}
        assert keeper.get(f"{FORM}/records", params=asked).status_code == 200
    refused = save(keeper, options={})
    assert refused.status_code == 422
    assert all("重量" not in (one["item"] or "") for one in refused.json()["errors"]) is False


def test_everything_that_is_wrong_with_a_view_is_named(card: httpx.Client) -> None:
    bad = {
        "name": " ",
        "kind": "table",
        "filter": {"field": "state", "is": "more or less"},
        "sort": "nothing",
        "group": [{"field": "state", "by": "month"}],
        "columns": [{"field": "serial", "width": 5}, {"field": "serial"}, {"field": "#secret"}],
        "options": {"row_height": "huge", "colour": "red", "totals": {"state": "sum"}},
    }
    answer = card.post(VIEWS, json=bad)
    assert answer.status_code == 422
    assert {(one["pointer"], one["code"]) for one in answer.json()["errors"]} == {
        ("/name", "text_missing"), ("/filter/is", "filter_unknown_comparison"), ("/sort", "record_unknown_field"),
        ("/group", "group_unknown_unit"), ("/columns/0/width", "view_bad_width"),
        ("/columns/1/field", "view_column_twice"), ("/columns/2/field", "record_unknown_field"),
        ("/options/row_height", "view_bad_option"), ("/options/colour", "view_unknown_option"),
        ("/options/totals", "group_unknown_total"),
    }  # fmt: skip
    for kind, options, code in (
        ("kanban", {}, "view_option_missing"),
        ("kanban", {"by": "made"}, "view_field_unfit"),
        ("kanban", {"by": 1}, "view_bad_option"),
        ("calendar", {"from": "state"}, "view_field_unfit"),
        ("tree", {"parent": "state"}, "view_field_unfit"),
        ("gallery", {"fields": ["serial"] * 9}, "view_bad_option"),
        ("cube", {}, "view_unknown_kind"),
    ):
        found = card.post(VIEWS, json={"name": "x", "kind": kind, "options": options}).json()
        assert found["errors"][0]["code"] == code, (kind, options)
    for kind, options in (
        ("kanban", {"by": "state", "title": "serial", "fields": ["重量"], "totals": {"重量": "sum"}}),
        ("calendar", {"from": "made", "span": "week"}),
        ("tree", {"parent": "up"}),
        ("gallery", {}),
    ):
        assert card.post(VIEWS, json={"name": "x", "kind": kind, "options": options}).status_code == 201


def test_every_change_of_a_view_stands_in_the_audit_trail(card: httpx.Client) -> None:
    made = save(card).json()
    card.put(f"{VIEWS}/{made['id']}", json={**BODY, "name": "好的", "version": 1})
    card.delete(f"{VIEWS}/{made['id']}", params={"version": 2})
    found = card.get("/api/v1/audit", params={"subject": "form_view"}).json()
    entries = next(value for value in found.values() if isinstance(value, list))
    assert [one["action"] for one in entries] == ["delete", "change", "create"]


def test_records_are_grouped_over_http(card: httpx.Client, as_role: Callable[[str], httpx.Client]) -> None:
    rows = [{"serial": str(n), "state": "好" if n % 3 else None, "重量": n} for n in range(9)]
    assert card.post(f"{FORM}/records:batch", json={"records": rows}).status_code == 201
    asked = {"by": "state", "totals": "重量:sum", "filter": '{"field": "重量", "is": "more", "value": 1}'}
    found = as_role("keeper").get(f"{FORM}/records:groups", params=asked).json()
    assert found == {
        "groups": [
            {"value": "好", "title": None, "filter": {"field": "state", "is": "equal", "value": "好"}, "count": 5,
             "totals": {"重量:sum": 26}, "groups": []},
            {"value": None, "title": None, "filter": {"field": "state", "is": "empty"}, "count": 2,
             "totals": {"重量:sum": 9}, "groups": []},
        ],
        "next": None, "count": 7, "totals": {"重量:sum": 35},
    }  # fmt: skip
    assert card.get(f"{FORM}/records:groups").json()["count"] == 9
    assert as_role("viewer").get(f"{FORM}/records:groups").status_code == 403
    assert card.get("/api/v1/apps/qc/forms/none/records:groups").status_code == 404
