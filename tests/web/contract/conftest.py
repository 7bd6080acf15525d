"""A company to talk to over HTTP: products of every kind, places, partners, and short ways to ask."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from starlette.responses import Response

from mazhi.bootstrap import System
from mazhi.kernel.access.model import SYSTEM
from mazhi.web.api import batches, partners, places, products

PRODUCTS: tuple[dict[str, Any], ...] = (
    {"code": "WM", "name": "智能水表", "tracking": "serial", "gtin": "06901234567892", "warranty_days": 730},
    {"code": "IQ", "name": "检验件", "tracking": "serial", "inspect_on": ["receive", "return_"]},
    {"code": "OUT", "name": "出库采集", "tracking": "serial", "capture": {"outbound_only": True}},
    {"code": "TRK", "name": "只跟踪", "tracking": "serial", "capture": {"track_only": True}, "warranty_days": 365},
    {"code": "AST", "name": "资产", "tracking": "serial", "life_cycle": "assets"},
    {"code": "BT", "name": "滤芯", "tracking": "batch"},
    {"code": "BI", "name": "来料检", "tracking": "batch", "inspect_on": ["receive"]},
    {"code": "SKU", "name": "螺丝", "tracking": "sku"},
)
PLACES = (("WH1", None), ("A-01", "WH1"), ("A-02", "WH1"), ("WH2", None))
PARTNERS = (("D-GD", "dealer"), ("SUP", "supplier"), ("C-1", "person"))


@dataclass
class House:
    """The company, seen by one client."""

    client: httpx.Client

    def call(self, path: str, body: dict[str, Any], status: int | None = None, **headers: str) -> Any:
        """Send a body and return the answer's; with ``status`` the answer must have it."""
        answer = self.client.post(f"/api/v1/{path}", json=body, headers=headers)
        assert status is None or answer.status_code == status, answer.text
        return answer.json()

    def get(self, path: str, status: int = 200, **params: Any) -> Any:
        """Fetch something."""
        answer = self.client.get(f"/api/v1/{path}", params=params)
        assert answer.status_code == status, answer.text
        return answer.json()

    def make(self, codes: str, product: str = "WM", **rest: Any) -> Any:
        """Make items with typed codes."""
        return self.call("items:generate", {"product": product, "codes": codes, **rest}, 201)

    def post(self, kind: str, *items: Any, status: int = 200, **body: Any) -> Any:
        """Post an operation; ``from`` is written ``from_``."""
        if "from_" in body:
            body["from"] = body.pop("from_")
        return self.call(f"operations/{kind}", {"items": list(items), **body}, status)

    def refused(self, kind: str, *items: Any, **body: Any) -> list[str]:
        """Post an operation that is refused, and return the codes of its refusals."""
        answer = self.post(kind, *items, status=409, **body)
        assert answer["code"] == "operation_refused"
        return [error["code"] for error in answer["errors"]]

    def stocked(self, codes: str, product: str = "WM", place: str = "WH1") -> list[str]:
        """Make items and receive them."""
        made: list[str] = self.make(codes, product)["codes"]
        self.post("receive", *made, place=place)
        return made

    def item(self, code: str) -> Any:
        """Fetch one item."""
        return self.get(f"items/{code}")

    def facts(self, code: str, *names: str) -> tuple[Any, ...]:
        """Fetch some facts of an item."""
        item = self.item(code)
        return tuple(item[name] for name in names)

    def stock(self, **wanted: str) -> dict[tuple[Any, ...], Any]:
        """Fetch balances as ``(place, state) → quantity``, summed."""
        found: dict[tuple[Any, ...], Any] = {}
        for row in self.get("stock", **wanted)["rows"]:
            key = (row["place"], row["state"])
            found[key] = found.get(key, 0) + row["quantity"]
        return found

    def bring_in(self, rows: Iterable[Sequence[str]]) -> Any:
        """Import items: rows of code, product, state, place, holder."""
        lines = ["code,product,state,place,holder", *(",".join(row) for row in rows)]
        mapping = {name: name for name in lines[0].split(",")}
        answer = self.client.post(
            "/api/v1/items:import",
            files={"file": ("期初.csv", "\n".join(lines).encode())},
            data={"mapping": json.dumps(mapping), "mode": "all"},
        )
        assert answer.status_code == 200 and not answer.json()["bad"], answer.text
        return answer.json()


@pytest.fixture
def house(client: httpx.Client, system: System) -> House:
    """Give a company with its master data; the routes are called as the functions they are, which costs less."""
    for product in PRODUCTS:
        products.create(products.NewProduct(**product), system, SYSTEM, Response())
    for code, parent in PLACES:
        kind = "warehouse" if parent is None else "bin"
        body = places.NewPlace.model_validate({"code": code, "name": code, "kind": kind, "parent": parent})
        places.create(body, system, SYSTEM, Response())
    for code, kind in PARTNERS:
        partner = partners.NewPartner.model_validate({"code": code, "name": code, "kind": kind})
        partners.create(partner, system, SYSTEM, Response())
    for product_code, code, expires in (("BT", "B1", "2020-01-01"), ("BT", "B2", None), ("BI", "B2", None)):
        batch = batches.NewBatch.model_validate({"code": code, "product": product_code, "expires_on": expires})
        batches.create(batch, system, SYSTEM, Response())
    return House(client)
