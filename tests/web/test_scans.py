from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from mazhi.bootstrap import System
from mazhi.kernel import clock
from mazhi.kernel.products.store import product

GTIN = "06901234567892"


@pytest.fixture
def furnished(system: System) -> None:
    """Put one product in."""
    now = clock.now()
    with system.db.write() as tx:
        tx.conn.execute(
            product.insert().values(
                code="RO", name="净水机", tracking="serial", gtin=GTIN, created_at=now, updated_at=now
            )
        )


def read(client: httpx.Client, raw: str, **asked: Any) -> list[dict[str, Any]]:
    answered = client.post("/api/v1/scans", json={"raw": raw, **asked})
    assert answered.status_code == 200, answered.text
    readings: list[dict[str, Any]] = answered.json()["readings"]
    return readings


def test_nobody_scans_without_signing_in(anonymous: httpx.Client) -> None:
    assert anonymous.post("/api/v1/scans", json={"raw": "A"}).status_code == 401
    assert anonymous.get("/api/v1/symbologies").status_code == 401


@pytest.mark.usefixtures("furnished")
def test_a_reading_has_the_shape_that_clients_rely_on(client: httpx.Client) -> None:
    (reading,) = read(client, "]E06901234567892", symbology=None, context={})
    assert reading | {"value": "", "name": "", "parts": []} == {
        "kind": "product",
        "rank": 1,
        "via": "gtin",
        "item": None,
        "elements": {"01": GTIN},
        "problems": [],
        "advice": "",
        "value": "",
        "carries": "product",
        "symbology": "ean13",
        "namespaces": [],
        "product": "RO",
        "batch": None,
        "place": None,
        "partner": None,
        "name": "",
        "parts": [],
    }
    assert reading["parts"] == [{"ai": "01", "title": "贸易项目代码 GTIN", "value": GTIN, "meaning": ""}]


def test_problems_come_in_the_readers_language(client: httpx.Client) -> None:
    raw = f"]C101{GTIN}10" + "A" * 25
    (chinese, *_), (english, *_) = (
        client.post("/api/v1/scans", json={"raw": raw}, headers={"accept-language": tongue}).json()["readings"]
        for tongue in ("zh-CN", "en")
    )
    assert [problem["code"] for problem in chinese["problems"]] == ["lost_separator", "unknown_product"]
    assert chinese["problems"][0]["level"] == "error"
    assert "扫描器设置" in chinese["advice"]
    assert "{GS}" in chinese["advice"]
    assert "scanner's settings" in english["advice"]
    assert "25" in english["problems"][0]["message"]


@pytest.mark.parametrize(
    "body",
    [{}, {"raw": None}, {"raw": 1}, {"raw": "A", "symbology": 1}, {"raw": "A", "more": 1}, {"raw": "A" * 100_001},
     {"raw": "A", "context": "x"}],
)  # fmt: skip
def test_a_body_that_is_no_scan_is_refused(client: httpx.Client, body: dict[str, Any]) -> None:
    answered = client.post("/api/v1/scans", json=body)
    assert answered.status_code == 422
    assert answered.json()["code"] == "invalid_input"


def test_whatever_is_scanned_is_answered(client: httpx.Client) -> None:
    for raw in ("", "\x1d", "x" * 9000, "😀", "'; --", "\u202e", "]C1", "(01)"):
        (reading, *_) = read(client, raw)
        assert (reading["kind"], reading["rank"]) == ("unknown", 1)
        assert reading["advice"]


def test_half_a_character_is_no_server_error(client: httpx.Client) -> None:
    for raw in (rb'"\ud800"', rb'"SN\udfff1"', rb'"\ud83d"'):
        answered = client.post(
            "/api/v1/scans", content=b'{"raw":' + raw + b"}", headers={"content-type": "application/json"}
        )
        assert answered.status_code in (200, 422)


def test_symbologies_are_listed_in_the_readers_language(as_role: Callable[[str], httpx.Client]) -> None:
    listed = as_role("viewer").get("/api/v1/symbologies").json()["symbologies"]
    (qr,) = [kind for kind in listed if kind["name"] == "qr"]
    assert (qr["title"], qr["carries"]) == ("QR 码", "any")
    assert "]Q1" in qr["aim"]
