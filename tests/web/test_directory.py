from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest


def test_whoever_is_signed_in_reads_names_and_nothing_else(
    client: httpx.Client, anonymous: httpx.Client, as_role: Callable[[str], httpx.Client]
) -> None:
    for name, title in (("li", "李工"), ("gone", "前员工")):
        body = {"username": name, "name": title, "roles": [], "password": "a-long-password-1"}
        client.post("/api/v1/users", json=body).raise_for_status()
    gone = client.get("/api/v1/users/gone").json()
    client.patch("/api/v1/users/gone", json={"active": False, "version": gone["version"]}).raise_for_status()
    names = as_role("keeper").get("/api/v1/directory/users").raise_for_status().json()["names"]
    assert {"code": "li", "name": "李工"} in names
    assert "gone" not in {one["code"] for one in names}
    assert all(one.keys() == {"code", "name"} for one in names)
    assert anonymous.get("/api/v1/directory/users").status_code == 401


@pytest.mark.parametrize("of", ["users", "roles"])
def test_names_are_searched_as_they_are_written(client: httpx.Client, of: str) -> None:
    everybody = client.get(f"/api/v1/directory/{of}").json()["names"]
    assert everybody == sorted(everybody, key=lambda one: one["code"])
    first = everybody[0]
    found = client.get(f"/api/v1/directory/{of}", params={"q": first["code"].upper()[1:], "limit": 5}).json()["names"]
    assert first in found
    assert client.get(f"/api/v1/directory/{of}", params={"q": "%"}).json()["names"] == []


def test_only_people_and_roles_are_listed(client: httpx.Client) -> None:
    assert client.get("/api/v1/directory/sessions").status_code in {404, 422}
