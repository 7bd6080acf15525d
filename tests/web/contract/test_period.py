from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.web.contract.conftest import House

MONTH = datetime.now(UTC).replace(microsecond=0) - timedelta(days=10)


def put(client: httpx.Client, until: datetime | None, reason: str = "", status: int = 200) -> dict[str, Any]:
    body = {"closed_until": until and until.isoformat(), "reason": reason}
    answer = client.put("/api/v1/ledger/period", json=body)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_books_are_open_closed_and_opened_again_with_a_reason(house: House) -> None:
    client = house.client
    assert house.get("ledger/period") == {"closed_until": None, "by": None, "at": None, "reason": ""}
    closed = put(client, MONTH)
    assert datetime.fromisoformat(str(closed["closed_until"])) == MONTH and closed["by"] == "a-admin"
    assert house.get("ledger/period") == closed
    put(client, MONTH + timedelta(days=1))
    for earlier in (MONTH, None):
        refused = put(client, earlier, status=422)
        assert [(e["pointer"], e["code"]) for e in refused["errors"]] == [("/reason", "reopening_needs_reason")]
    assert put(client, None, "盘点有误")["closed_until"] is None
    ahead = put(client, datetime.now(UTC) + timedelta(hours=1), status=422)
    assert [(e["pointer"], e["code"]) for e in ahead["errors"]] == [("/closed_until", "closing_ahead")]
    entries = house.get("audit", subject="period")["entries"]
    assert [one["action"] for one in entries] == ["reopen", "close", "close"]


def test_late_entry_into_a_closed_period_is_refused_and_a_correction_of_it_is_not(house: House) -> None:
    house.stocked("T1")
    old = (MONTH - timedelta(days=1)).isoformat()
    event = house.post("move", "T1", place="WH2", occurred_at=old)["event"]
    put(house.client, MONTH)
    assert house.refused("move", "T1", place="WH1", occurred_at=old) == ["closed_period"]
    assert house.refused("correct", occurred_at=old, data={"event": event, "reason": "错"}) == ["closed_period"]
    assert house.post("correct", data={"event": event, "reason": "错"})["accepted"] == 1
    assert house.facts("T1", "place") == ("WH1",)
    last = house.get("items/T1/history")["events"][-1]
    assert datetime.fromisoformat(last["occurred_at"]) > MONTH
    house.post("move", "T1", place="WH2", occurred_at=(MONTH + timedelta(hours=1)).isoformat())


def test_only_those_with_the_right_close_and_everybody_may_know(as_role: Callable[[str], httpx.Client]) -> None:
    keeper = as_role("keeper")
    assert put(keeper, MONTH, status=403)["code"] == "no_right"
    assert keeper.get("/api/v1/ledger/period").status_code == 200
