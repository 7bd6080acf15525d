"""Labels of records over HTTP: their fields, and those of the item that they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx
import pytest

from tests.engines.labels.printing.fake_printer import FakePrinter
from tests.web.test_printing import printer_body, settled

CARD = "/api/v1/apps/qc/forms/card"


TEMPLATE = {
    "format": 1, "width_mm": 40, "height_mm": 20,
    "elements": [
        {
            "id": "a", "kind": "barcode", "x": 2, "y": 1, "w": 36, "h": 8, "symbology": "code128",
            "value": "{record.inspector}/{item.code}",
        },
    ],
}  # fmt: skip


def _field(code: str, kind: str) -> dict[str, Any]:
    return {"id": str(uuid5(NAMESPACE_URL, code)), "code": code, "kind": kind, "title": code}


@pytest.fixture
def shop(client: httpx.Client) -> Iterator[tuple[httpx.Client, FakePrinter]]:
    """Give a system with a form about items, a template of its fields, and a printer."""
    fields = [_field("serial", "item"), _field("inspector", "text"), _field("cost", "number")]
    with FakePrinter() as fake:
        for path, body in (
            ("products", {"code": "WM", "name": "水表", "tracking": "serial"}),
            ("places", {"code": "WH1", "name": "成品仓", "kind": "warehouse", "parent": None}),
            ("items:generate", {"product": "WM", "codes": "SN001-SN003"}),
            ("labels", {"code": "CHECKED", "name": "合格标签", "template": TEMPLATE}),
            ("printers", printer_body("ZT-1", fake.port)),
            ("apps", {"code": "qc", "name": "质检"}),
            ("apps/qc/forms", {"code": "card", "name": "检验单", "fields": fields}),
        ):
            answer = client.post(f"/api/v1/{path}", json=body)
            assert answer.status_code == 201, answer.text
        client.post(f"{CARD}/publish", json={"base": 0}).raise_for_status()
        yield client, fake


def _add(client: httpx.Client, **values: Any) -> int:
    made = client.post(f"{CARD}/records", json={"values": values})
    assert made.status_code == 201, made.text
    return int(made.json()["id"])


def _print(client: httpx.Client, ids: list[int], **about: Any) -> httpx.Response:
    return client.post(f"{CARD}/records:print", json={"label": "CHECKED", "printer": "ZT-1", "ids": ids, **about})


def test_labels_bear_the_fields_of_the_records_and_count_for_their_items(
    shop: tuple[httpx.Client, FakePrinter],
) -> None:
    client, fake = shop
    ids = [_add(client, serial=f"SN00{number}", inspector=f"QC-{number}") for number in (2, 1)]
    started = _print(client, ids, client_key="k-1")
    assert started.status_code == 202, started.text
    assert _print(client, ids, client_key="k-1").json() == started.json()
    job = settled(client, started.json()["job"])
    assert (job["printed"], job["document"]) == (2, "qc/card")
    assert [one.removeprefix(">:") for one in fake.printed] == ["QC-2/SN002", "QC-1/SN001"]
    log = client.get("/api/v1/print-log", params={"item": "SN001"}).json()["labels"]
    assert [one["label"] for one in log] == ["CHECKED"]
    again = _print(client, ids)
    assert (again.status_code, again.json()["code"]) == (409, "label_printed_before")


def test_a_record_that_the_reader_does_not_see_is_named_and_nothing_is_printed(
    shop: tuple[httpx.Client, FakePrinter], as_role: Callable[[str], httpx.Client]
) -> None:
    client, _ = shop
    seen, unseen = _add(client, serial="SN001", cost=1), _add(client, serial="SN002", cost=100)
    scope = {"kind": "condition", "filter": {"field": "cost", "is": "less", "value": 10}}
    grant = {"role": "line", "actions": ["view"], "scopes": [scope]}
    client.put(f"{CARD}/rights", json={"grants": [grant]}).raise_for_status()
    refused = _print(as_role("line"), [seen, unseen])
    assert refused.status_code == 422
    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [("/ids/1", "unknown_record")]
    assert client.get("/api/v1/print-jobs").json()["jobs"] == []
