from __future__ import annotations

import httpx


def test_a_ready_system_says_so(anonymous: httpx.Client) -> None:
    answer = anonymous.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer.headers["cache-control"] == "no-store"
