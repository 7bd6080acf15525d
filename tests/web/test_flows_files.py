"""Files of records, as far as people are shown them by flows."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.bootstrap import System
from tests.engines.flows.shop import APP, field, ident, members, node
from tests.kernel.files.pictures import PDF
from tests.web.conftest import Connect
from tests.web.test_flow_tasks import Firm


@pytest.fixture
def firm(system: System, connect: Connect) -> Firm:
    return Firm(system, connect)


def brought(firm: Firm, who: str) -> dict[str, Any]:
    """Upload a file and return how a record names it."""
    made = firm.client(who).post("/api/v1/files", files={"file": ("a.pdf", PDF)})
    assert made.status_code == 201, made.text
    return {"id": made.json()["id"]}


def test_who_is_shown_a_file_by_their_work_has_it_and_nobody_else(firm: Firm) -> None:
    rows = field("rows", "subform", fields=[field("paper", "attachment")])
    firm.form("card", [field("no"), field("photo", "attachment"), rows])
    firm.draw(
        node("fill", "bring", who=members("chen")),
        node("approve", "look", who=members("zhang")),
        node("approve", "blind", who=members("li"), fields={ident("photo"): "hidden", ident("paper"): "masked"}),
        form="card",
    )  # fmt: skip
    number = firm.start(record=firm.record("card", no="1"))
    record = firm.instance(number).record_id
    photo, paper = brought(firm, "chen"), brought(firm, "chen")
    firm.act("chen", "submit", values={"photo": [photo], "rows": [{"paper": [paper]}]})
    where = f"/api/v1/apps/{APP}/forms/card/records/{record}/files"

    def had(who: str) -> list[int]:
        return [firm.client(who).get(f"{where}/{one['id']}").status_code for one in (photo, paper)]

    assert (had("chen"), had("zhang"), had("boss")) == ([200, 200], [200, 200], [200, 200])
    assert had("li") == [403, 403], "it is not their turn, and they may not see the form"
    firm.act("zhang", "approve")
    assert (had("li"), had("zhang")) == ([403, 403], [200, 200])
    other = firm.record("card", no="2")
    elsewhere = f"/api/v1/apps/{APP}/forms/card/records/{other}/files/{photo['id']}"
    assert firm.client("zhang").get(elsewhere).status_code == 403
    assert firm.client("zhang").get(f"{where}/{ident('none')}").status_code == 403
