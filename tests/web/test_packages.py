"""Packages over HTTP: types, SSCC codes, scanning the outer code, checking the contents."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from tests.web.contract.conftest import House, house

__all__ = ["house"]

SSCC = {
    "code": "SSCC",
    "name": "物流单元码",
    "segments": [
        {"kind": "constant", "value": "0690123456"},
        {"kind": "counter", "width": 7, "base": 10, "start": 1, "step": 1},
        {"kind": "check", "method": "gs1_mod10"},
    ],
}


def test_a_pallet_with_an_sscc_is_found_by_its_label_and_goes_with_all_its_contents(house: House) -> None:
    house.call("package-types", {"code": "PAL", "name": "托盘", "level": 3, "capacity": 3}, 201)
    house.call("code-rules", SSCC, 201)
    made = house.call("items:generate", {"kind": "package", "rule": "SSCC", "count": 2, "package_type": "PAL"}, 201)
    code = made["codes"][0]
    assert len(code) == 18
    assert code.startswith("06901234560000001")
    codes = house.stocked("S1-S3")
    house.post("pack", *codes, data={"into": code})
    for raw, symbology in ((f"(00){code}", None), (f"]C100{code}", None), (f"00{code}", "]C1")):
        (first, *_) = house.call("scans", {"raw": raw, "symbology": symbology}, 200)["readings"]
        assert (first["kind"], first["item"]["code"]) == ("package", code), raw
        assert first["elements"]["00"] == code
    assert house.post("ship", code, partner="D-GD")["accepted"] == 4
    assert house.facts("S1", "state", "parent") == ("shipped", code)
    answer = house.get(f"packages/{code}")
    assert (answer["type"]["code"], answer["count"], answer["full"], answer["state"]) == ("PAL", 3, True, "shipped")
    assert answer["contents"] == [{"product": "WM", "batch": None, "count": 3}]
    assert house.call(f"packages/{code}:check", {"codes": ["S1", "S2", "x"]}, 200) | {"package": ""} == {
        "package": "", "expected": 3, "matched": 2, "agrees": False, "missing": ["S3"], "foreign": [],
        "unknown": ["x"],
    }  # fmt: skip
    house.get("packages/S1", 409)
    house.get("packages/nobody", 404)


def test_a_full_package_names_its_capacity(house: House) -> None:
    house.call("package-types", {"code": "BOX", "name": "箱", "capacity": 1}, 201)
    house.call("items:generate", {"kind": "package", "codes": "B1", "package_type": "BOX"}, 201)
    house.stocked("S1-S2")
    (error,) = house.post("pack", "S1", "S2", status=409, data={"into": "B1"})["errors"]
    assert (error["code"], error["pointer"], error["params"]["most"]) == ("over_quantity", "/items/1", "1")
    assert house.client.patch("/api/v1/package-types/BOX", json={"version": 1, "capacity": 2}).json()["version"] == 2
    house.post("pack", "S1", "S2", data={"into": "B1"})
    assert [one["code"] for one in house.get("package-types")["types"]] == ["BOX"]


def test_types_are_named_rightly(house: House, anonymous: httpx.Client, as_role: Callable[[str], httpx.Client]) -> None:
    bad = house.call("items:generate", {"kind": "package", "codes": "B1", "package_type": "?"}, 422)
    assert bad["errors"][0]["pointer"] == "/package_type"
    bad = house.call("items:generate", {"product": "WM", "codes": "B1", "package_type": "?"}, 422)
    assert bad["errors"][0]["code"] == "type_without_package"
    body = {"code": "X", "name": "x"}
    assert anonymous.post("/api/v1/package-types", json=body).status_code == 401
    assert as_role("keeper").post("/api/v1/package-types", json=body).status_code == 403
    assert anonymous.get("/api/v1/packages/B1").status_code == 401
