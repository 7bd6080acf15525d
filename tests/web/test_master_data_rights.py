"""Who may look at master data and who may change it: the same for every kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

PRODUCT = {"code": "WM-20", "name": "智能水表", "tracking": "batch"}
KINDS: dict[str, dict[str, Any]] = {
    "products": {"code": "WM-21", "name": "水表", "tracking": "serial"},
    "partners": {"code": "D-GD-01", "name": "广东经销商", "kind": "dealer"},
    "places": {"code": "A", "name": "库", "kind": "bin"},
    "batches": {"code": "B2611", "product": "WM-20"},
}


def requests(kind: str) -> list[tuple[str, str, dict[str, Any] | None]]:
    """Return what changes this kind of master data."""
    one = f"/api/v1/{kind}/{KINDS[kind]['code']}"
    return [
        ("POST", f"/api/v1/{kind}", KINDS[kind]),
        ("PATCH", one, {"version": 1}),
        ("DELETE", one, None),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_gets_in_without_signing_in(anonymous: httpx.Client, kind: str) -> None:
    reads = [("GET", path, None) for path in (f"/api/v1/{kind}", f"/api/v1/{kind}/{KINDS[kind]['code']}")]
    for method, path, body in [*requests(kind), *reads]:
        assert anonymous.request(method, path, json=body).status_code == 401, (method, path)


@pytest.mark.parametrize("kind", KINDS)
def test_who_may_not_edit_may_only_look(
    as_role: Callable[[str], httpx.Client], client: httpx.Client, kind: str
) -> None:
    client.post("/api/v1/products", json=PRODUCT)
    assert client.post(f"/api/v1/{kind}", json=KINDS[kind]).status_code == 201
    viewer = as_role("viewer")
    for method, path, body in requests(kind):
        answer = viewer.request(method, path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "no_right"), (method, path)
    assert viewer.get(f"/api/v1/{kind}").status_code == 200
    assert viewer.get(f"/api/v1/{kind}/{KINDS[kind]['code']}").status_code == 200
