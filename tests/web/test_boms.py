"""Bills of materials over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from tests.web.contract.conftest import House, house

__all__ = ["house"]


def test_a_bill_is_published_read_and_obeyed(house: House, as_role: Callable[[str], httpx.Client]) -> None:
    house.get("products/WM/bom", 404)
    lines = [{"component": "AST", "quantity": 1, "substitutes": ["IQ"]}, {"component": "SKU", "quantity": 0.5}]
    body = {"base": 0, "lines": lines}
    assert as_role("keeper").put("/api/v1/products/WM/bom", json=body).status_code == 403
    answer = house.client.put("/api/v1/products/WM/bom", json=body)
    assert (answer.status_code, answer.json()["version"], answer.headers["etag"]) == (200, 1, '"1"')
    assert house.client.put("/api/v1/products/WM/bom", json=body).status_code == 409
    bad = {"base": 1, "lines": [{"component": "?", "quantity": 1}]}
    assert house.client.put("/api/v1/products/WM/bom", json=bad).json()["errors"][0]["pointer"] == "/lines/0/component"
    assert house.get("products/WM/bom")["lines"][1] == {
        "component": "SKU", "quantity": 0.5, "substitutes": [], "note": "",
    }  # fmt: skip
    assert house.get("products/WM/bom", version=1)["version"] == 1
    assert [one["version"] for one in house.get("products/WM/bom/versions")["versions"]] == [1]
    house.stocked("M1-M2")
    answer = house.post("assemble", "M1", status=409, data={"components": ["M2"]})
    (error,) = answer["errors"]
    assert (error["code"], error["params"]["product"]) == ("wrong_product", "WM")
    assert "物料清单" in error["message"]
