"""Secrets over HTTP: set by administrators, named to who draws flows, and never shown."""

from __future__ import annotations

from collections.abc import Callable

import httpx

SECRETS = "/api/v1/outbound-secrets"


def test_a_secret_is_kept_named_and_forgotten(client: httpx.Client, as_role: Callable[[str], httpx.Client]) -> None:
    assert client.put(f"{SECRETS}/erp", json={"value": "s3cret"}).status_code == 204
    keeper = as_role("keeper")
    assert keeper.get(SECRETS).json() == {"names": ["erp"], "hosts": {}}
    assert client.put(f"{SECRETS}/robot", json={"value": "k3y", "host": "Robot.example.com"}).status_code == 204
    assert keeper.get(SECRETS).json() == {"names": ["erp", "robot"], "hosts": {"robot": "robot.example.com"}}
    assert keeper.put(f"{SECRETS}/erp", json={"value": "x"}).status_code == 403
    bad = client.put(f"{SECRETS}/1x", json={"value": "x"})
    assert (bad.status_code, bad.json()["errors"][0]["code"]) == (422, "secret_bad_name")
    assert client.delete(f"{SECRETS}/erp").status_code == 204
    gone = client.delete(f"{SECRETS}/erp")
    assert (gone.status_code, gone.json()["code"]) == (404, "unknown_secret")
