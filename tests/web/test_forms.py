"""Apps, forms and records over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

FORMS = "/api/v1/apps/qc/forms"
CARD = f"{FORMS}/card"


def ident(number: int) -> str:
    return f"6d6f1d52-2f0e-4f0e-9a36-{number:012d}"


SERIAL = {"id": ident(1), "code": "serial", "kind": "text", "title": "序列号", "required": True, "unique": True}
WEIGHT = {"id": ident(2), "code": "重量", "kind": "number", "title": "重量"}
CHECKS = {
    "id": ident(3), "code": "checks", "kind": "subform", "title": "检验",
    "fields": [{"id": ident(4), "code": "good", "kind": "switch", "title": "合格"}],
}  # fmt: skip


@pytest.fixture
def card(client: httpx.Client) -> httpx.Client:
    """Give a client with a published form."""
    assert client.post("/api/v1/apps", json={"code": "qc", "name": "质检"}).status_code == 201
    made = client.post(FORMS, json={"code": "card", "name": "产品身份证", "fields": [SERIAL, WEIGHT, CHECKS]})
    assert made.status_code == 201, made.text
    assert client.post(f"{CARD}/publish", json={"base": 0}).json()["version"] == 1
    return client


def add(client: httpx.Client, **values: Any) -> httpx.Response:
    return client.post(f"{CARD}/records", json={"values": values})


def test_a_form_is_drawn_tried_published_and_drawn_again(card: httpx.Client) -> None:
    assert [one["code"] for one in card.get(FORMS).json()["forms"]] == ["card"]
    assert card.get("/api/v1/apps").json()["apps"][0]["code"] == "qc"
    add(card, serial="1")
    add(card, serial="x")
    changed = [{**SERIAL, "kind": "number"}]
    saved = card.put(f"{CARD}/draft", json={"base": 1, "fields": changed})
    assert (saved.status_code, saved.json()["revision"]) == (200, 1)
    assert card.get(f"{CARD}/draft").json()["fields"] == changed
    tried = card.post(f"{CARD}/try").json()
    assert (tried["version"], tried["converted"], tried["misfits"]) == (None, 1, 1)
    assert (tried["named"][0]["value"], tried["named"][0]["message"]) == ("x", "“序列号”应是数字。")
    assert {one["what"] for one in tried["differences"]} == {"changed", "deleted"}
    refused = card.post(f"{CARD}/publish", json={"base": 1})
    assert (refused.status_code, refused.json()["code"]) == (409, "form_misfits")
    done = card.post(f"{CARD}/publish", json={"base": 1, "accept_misfits": True, "note": "改成数字"})
    assert done.json()["version"] == 2
    assert [one["note"] for one in card.get(f"{CARD}/versions").json()["versions"]] == ["改成数字", ""]
    assert card.post(f"{CARD}/restore", json={"version": 1}).json()["fields"][1]["code"] == "重量"
    assert card.post(f"{CARD}/publish", json={"base": 2}).json()["version"] == 3
    assert {one["values"]["serial"] for one in card.get(f"{CARD}/records").json()["records"]} == {"1", "x"}


def test_a_form_is_renamed_and_keeps_its_code(card: httpx.Client) -> None:
    assert card.put(CARD, json={"name": "产品护照"}).json()["name"] == "产品护照"
    assert card.put(CARD, json={"name": ""}).status_code == 422
    assert (card.get(CARD).json()["code"], card.get(CARD).json()["version"]) == ("card", 1)


def test_every_kind_of_field_is_declared_in_a_group_that_is_known(client: httpx.Client) -> None:
    found = client.get("/api/v1/form-kinds").json()
    groups = {one["value"] for one in found["groups"]}
    assert {one["group"] for one in found["kinds"]} <= groups
    common = {one["name"] for one in found["common"]}
    assert all(set(one["common"]) <= common for one in found["kinds"])


def test_who_publishes_second_is_told_who_was_first(card: httpx.Client) -> None:
    card.put(f"{CARD}/draft", json={"base": 1, "fields": [SERIAL]})
    card.post(f"{CARD}/publish", json={"base": 1})
    late = card.put(f"{CARD}/draft", json={"base": 1, "fields": []})
    assert (late.status_code, late.json()["code"]) == (409, "publish_conflict")


def test_a_record_is_added_changed_by_version_listed_and_deleted(card: httpx.Client) -> None:
    made = add(card, serial="RO-1", 重量=12.5, checks=[{"good": True}])
    assert made.status_code == 201, made.text
    assert made.headers["etag"] == '"1"'
    number = made.json()["id"]
    one = f"{CARD}/records/{number}"
    assert card.get(one).json() == made.json()
    changed = card.patch(one, json={"values": {"重量": 13}}, headers={"if-match": '"1"'})
    assert (changed.json()["version"], changed.json()["values"]["重量"]) == (2, 13)
    stale = card.patch(one, json={"values": {"重量": 14}, "version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "record_conflict")
    assert card.patch(one, json={"values": {}}).status_code == 422
    history = card.get(f"{one}/history").json()["changes"]
    assert history[0]["fields"] == {ident(2): {"from": 12.5, "to": 13}}
    add(card, serial="RO-2")
    wanted = json.dumps({"field": "重量", "is": "more", "value": 12})
    found = card.get(f"{CARD}/records", params={"filter": wanted, "sort": "-重量"}).json()
    assert [record["id"] for record in found["records"]] == [number]
    page = card.get(f"{CARD}/records", params={"limit": 1}).json()
    rest = card.get(f"{CARD}/records", params={"limit": 1, "after": page["next"]}).json()
    assert [record["id"] for record in rest["records"]] == [number]
    assert card.delete(one, params={"version": 2}).status_code == 204
    assert card.get(one).status_code == 404


def test_every_fault_of_many_records_is_named_and_nothing_stays(card: httpx.Client) -> None:
    bad = card.post(f"{CARD}/records:batch", json={"records": [{"serial": "a"}, {"重量": "x"}, {"serial": 7}]})
    assert bad.status_code == 422
    assert [(one["pointer"], one["code"]) for one in bad.json()["errors"]] == [
        ("/1/values/serial", "record_required"),
        ("/1/values/重量", "entry_not_a_number"),
        ("/2/values/serial", "entry_not_text"),
    ]
    body = {"records": [{"serial": "a"}, {"serial": "b"}], "client_key": "k"}
    once = card.post(f"{CARD}/records:batch", json=body).json()
    assert card.post(f"{CARD}/records:batch", json=body).json() == once
    taken = add(card, serial="a")
    assert (taken.status_code, taken.json()["code"]) == (409, "record_duplicates")
    assert taken.json()["errors"][0]["code"] == "record_duplicate"


@pytest.mark.parametrize("filter_", ["x", "[1]", '{"field": "serial"}', "[" * 3000])
def test_a_filter_that_is_none_is_refused(card: httpx.Client, filter_: str) -> None:
    assert card.get(f"{CARD}/records", params={"filter": filter_}).status_code == 422


def test_rights_hold_over_http(card: httpx.Client, as_role: Callable[[str], httpx.Client]) -> None:
    number = add(card, serial="RO-1", 重量=1).json()["id"]
    keeper = as_role("keeper")
    assert keeper.get(f"{CARD}/records").status_code == 403
    grant = {"role": "keeper", "actions": ["view", "create"], "scopes": [], "fields": {ident(2): "hidden"}}
    assert card.put(f"{CARD}/rights", json={"grants": [grant]}).json()["grants"] == [grant]
    seen = keeper.get(f"{CARD}/records/{number}").json()
    assert (seen["values"], seen["states"]) == ({"serial": "RO-1", "checks": []}, {
        "serial": "read_only", "重量": "hidden", "checks": "read_only",
    })  # fmt: skip
    assert add(keeper, serial="RO-2").status_code == 201
    assert add(keeper, serial="RO-3", 重量=1).status_code == 422
    assert keeper.patch(f"{CARD}/records/{number}", json={"version": 1, "values": {}}).status_code == 403
    assert keeper.delete(f"{CARD}/records/{number}", params={"version": 1}).status_code == 403


def test_only_who_may_build_apps_draws_forms(card: httpx.Client, as_role: Callable[[str], httpx.Client]) -> None:
    viewer = as_role("viewer")
    for method, path, body in (
        ("POST", "/api/v1/apps", {"code": "x", "name": "x"}),
        ("POST", FORMS, {"code": "x", "name": "x"}),
        ("PUT", f"{CARD}/draft", {"base": 1, "fields": []}),
        ("GET", f"{CARD}/draft", None),
        ("POST", f"{CARD}/try", None),
        ("POST", f"{CARD}/publish", {"base": 1}),
        ("POST", f"{CARD}/restore", {"version": 1}),
        ("GET", f"{CARD}/rights", None),
        ("PUT", f"{CARD}/rights", {"grants": []}),
    ):
        assert viewer.request(method, path, json=body).status_code == 403, (method, path)
    assert viewer.get(CARD).json()["fields"][0]["code"] == "serial"


def test_a_slash_in_a_code_is_refused(card: httpx.Client) -> None:
    assert card.post("/api/v1/apps", json={"code": "a/b", "name": "x"}).status_code == 422
    assert card.post(FORMS, json={"code": "a/b", "name": "x"}).status_code == 422


def test_rules_are_drawn_published_and_answered_with_their_trees(card: httpx.Client) -> None:
    check = {
        "id": ident(90), "name": "不为负", "kind": "check", "when": "重量>=0", "fields": [ident(2)], "message": "为负",
    }  # fmt: skip
    fields = [SERIAL, WEIGHT, CHECKS]
    saved = card.put(f"{CARD}/draft", json={"base": 1, "fields": fields, "rules": [check]})
    assert saved.json()["rules"] == [check]
    without = card.put(f"{CARD}/draft", json={"base": 1, "fields": fields})
    assert without.json()["rules"] == [check], "who knows only fields loses no rule"
    tried = card.post(f"{CARD}/try").json()["differences"]
    assert [(one["of"], one["what"], one["after"]) for one in tried] == [("rule", "added", check)]
    card.post(f"{CARD}/publish", json={"base": 1})
    found = card.get(CARD).json()
    assert (found["rules"], list(found["trees"])) == ([check], ["重量>=0"])
    assert found["trees"]["重量>=0"]["kind"] == "binary"
    assert card.put(f"{CARD}/draft", json={"base": 2, "fields": fields}).json()["rules"] == [check]
    assert card.put(f"{CARD}/draft", json={"base": 2, "fields": fields, "rules": []}).json()["rules"] == []
