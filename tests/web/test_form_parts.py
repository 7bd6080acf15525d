"""Templates of field groups over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx

from mazhi.bootstrap import System

PARTS = "/api/v1/form-parts"
FIELDS: list[dict[str, Any]] = [
    {"id": "a", "code": "lines", "kind": "subform", "title": "检验项", "fields": [
        {"id": "b", "code": "what", "kind": "choice", "title": "项目", "options": {"choices": ["耐压", "外观"]}},
    ]},
    {"id": "c", "code": "verdict", "kind": "text", "title": "结论"},
]  # fmt: skip
RULES = [{"id": "r", "name": "有", "kind": "require", "when": "TRUE", "fields": ["c"], "message": "", "value": ""}]


def keep(client: httpx.Client, name: str = "检验结论", **more: Any) -> httpx.Response:
    return client.post(PARTS, json={"name": name, "fields": FIELDS, "rules": RULES, **more})


def test_a_kept_group_of_fields_is_there_for_colleagues_as_it_was_drawn(
    client: httpx.Client, connect: Callable[[str | None], httpx.Client], system: System
) -> None:
    made = keep(client, " 检验结论 ")
    assert made.status_code == 201, made.text
    assert made.headers["Location"] == f"{PARTS}/{made.json()['code']}"
    keep(client, "A 组")
    colleague = connect(system.access.open_for("a-colleague", role="admin"))
    found = colleague.get(PARTS).json()["parts"]
    assert [one["name"] for one in found] == ["A 组", "检验结论"]
    assert (found[1]["fields"], found[1]["rules"]) == (FIELDS, RULES)


def test_no_two_templates_have_one_name_until_the_first_is_deleted(client: httpx.Client) -> None:
    code = keep(client, "Check").json()["code"]
    taken = keep(client, "CHECK ")
    assert (taken.status_code, taken.json()["code"]) == (409, "form_part_name_taken")
    assert "Check" in taken.json()["detail"]
    assert client.delete(f"{PARTS}/{code}").status_code == 204
    assert client.get(PARTS).json()["parts"] == []
    gone = client.delete(f"{PARTS}/{code}")
    assert (gone.status_code, gone.json()["code"]) == (404, "unknown_form_part")
    assert keep(client, "CHECK", fields=FIELDS[1:], rules=[]).status_code == 201
    assert [(one["name"], one["fields"]) for one in client.get(PARTS).json()["parts"]] == [("CHECK", FIELDS[1:])]


def test_every_fault_of_what_is_to_be_kept_is_named(client: httpx.Client) -> None:
    wrong = keep(client, " ", fields=[{"id": "a"}, {**FIELDS[1], "kind": "no"}, {**FIELDS[0], "fields": "x"}])
    assert wrong.status_code == 422, wrong.text
    assert {(one["pointer"], one["code"]) for one in wrong.json()["errors"]} == {
        ("/name", "text_missing"),
        ("/fields/0", "form_not_a_field"),
        ("/fields/1/kind", "form_unknown_kind"),
        ("/fields/2/fields", "form_not_a_list"),
    }
    assert keep(client, fields=[]).json()["errors"][0]["code"] == "form_part_empty"


def test_what_is_kept_and_deleted_stands_in_the_audit_trail(client: httpx.Client) -> None:
    code = keep(client).json()["code"]
    client.delete(f"{PARTS}/{code}")
    found = client.get("/api/v1/audit", params={"subject": "form_part"}).json()["entries"]
    assert [(one["key"], one["action"]) for one in found] == [(code, "change"), (code, "create")]


def test_only_who_draws_forms_sees_keeps_or_deletes_templates(
    client: httpx.Client, as_role: Callable[[str], httpx.Client]
) -> None:
    code = keep(client).json()["code"]
    keeper = as_role("keeper")
    answers = [keeper.get(PARTS), keep(keeper, "别的"), keeper.delete(f"{PARTS}/{code}")]
    assert [one.status_code for one in answers] == [403, 403, 403]
    assert len(client.get(PARTS).json()["parts"]) == 1
