"""Who builds apps sees through the eyes of a role what the rights that they gave come to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx
import pytest

FORMS = "/api/v1/apps/qc/forms"
CARD = f"{FORMS}/card"
AS_LINE = {"mazhi-as-role": "line"}


def _field(code: str, kind: str) -> dict[str, Any]:
    return {"id": str(uuid5(NAMESPACE_URL, code)), "code": code, "kind": kind, "title": code}


@pytest.fixture
def card(client: httpx.Client) -> httpx.Client:
    """Publish a form whose cost the line does not see, and of which it sees the large ones only."""
    client.post("/api/v1/apps", json={"code": "qc", "name": "质检"}).raise_for_status()
    fields = [_field("serial", "text"), _field("weight", "number"), _field("cost", "number")]
    client.post(FORMS, json={"code": "card", "name": "检验单", "fields": fields}).raise_for_status()
    client.post(f"{CARD}/publish", json={"base": 0}).raise_for_status()
    grant = {
        "role": "line", "actions": ["view"], "fields": {fields[2]["id"]: "hidden"},
        "scopes": [{"kind": "condition", "filter": {"field": "weight", "is": "at_least", "value": 10}}],
    }  # fmt: skip
    client.put(f"{CARD}/rights", json={"grants": [grant]}).raise_for_status()
    for weight in (5, 15):
        values = {"serial": f"S{weight}", "weight": weight, "cost": 1}
        client.post(f"{CARD}/records", json={"values": values}).raise_for_status()
    return client


def test_what_a_role_sees_is_exactly_what_its_users_see(
    card: httpx.Client, as_role: Callable[[str], httpx.Client]
) -> None:
    everything = card.get(f"{CARD}/records").json()["records"]
    assert [one["values"]["serial"] for one in everything] == ["S15", "S5"]
    seen = card.get(f"{CARD}/records", headers=AS_LINE).raise_for_status().json()
    assert seen == as_role("line").get(f"{CARD}/records").json()
    (one,) = seen["records"]
    assert one["values"] == {"serial": "S15", "weight": 15}


def test_a_role_without_rights_on_the_form_sees_nothing(card: httpx.Client) -> None:
    refused = card.get(f"{CARD}/records", headers={"mazhi-as-role": "service"})
    assert (refused.status_code, refused.json()["code"]) == (403, "no_form_right")


def test_nothing_is_written_through_the_eyes_of_a_role(card: httpx.Client) -> None:
    refused = card.post(f"{CARD}/records", json={"values": {"serial": "S1"}}, headers=AS_LINE)
    assert (refused.status_code, refused.json()["code"]) == (403, "preview_reads_only")
    assert len(card.get(f"{CARD}/records").json()["records"]) == 2


def test_only_who_builds_apps_may_and_only_roles_that_exist(
    card: httpx.Client, as_role: Callable[[str], httpx.Client]
) -> None:
    assert as_role("viewer").get(f"{CARD}/records", headers=AS_LINE).json()["code"] == "no_right"
    assert card.get(f"{CARD}/records", headers={"mazhi-as-role": "nobody"}).json()["code"] == "unknown_role"


def test_a_role_lends_no_right_of_the_kernel_that_one_does_not_have(card: httpx.Client) -> None:
    assert card.get("/api/v1/users").status_code == 200
    assert card.get("/api/v1/users", headers=AS_LINE).status_code == 403
