from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from mazhi.bootstrap import System
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.errors import ConflictError, Problem
from mazhi.kernel.jobs.service import JobRun


def finished(client: httpx.Client, job: str) -> dict[str, Any]:
    """Ask until the job is over."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        body: dict[str, Any] = client.get(f"/api/v1/jobs/{job}").raise_for_status().json()
        if body["state"] in {"done", "failed"}:
            return body
    raise AssertionError("the job did not end")


@pytest.fixture
def enqueue(system: System) -> Callable[..., str]:
    def work(run: JobRun) -> dict[str, object] | None:
        if run.body.get("refuse"):
            raise ConflictError("x", problems=[Problem("already_exists", {}, "/codes", "SN1")])
        if run.body.get("file"):
            path = run.files.new()
            path.write_text("序列号\n", "utf-8")
            with system.db.write() as tx:
                stored = run.files.keep(tx, path, name="序列号.csv", media_type="text/csv", actor=run.actor)
                run.finish(tx, {"file": stored.name}, file=stored)
            return None
        return {"n": run.body["n"]}

    system.jobs.handler("test", work)

    def add(actor: Actor = SYSTEM, kind: str = "test", **body: object) -> str:
        with system.db.write() as tx:
            return system.jobs.enqueue(tx, kind, body, actor=actor, total=3)

    return add


def test_a_job_can_be_followed_to_its_result(client: httpx.Client, enqueue: Callable[..., str]) -> None:
    body = finished(client, enqueue(n=7))
    assert (body["state"], body["done"], body["total"], body["result"], body["errors"]) == ("done", 3, 3, {"n": 7}, [])
    assert body["created_at"].endswith("Z")
    assert body["kind"] == "test"
    assert body["file"] is None


def test_what_went_wrong_is_said_in_the_readers_language(client: httpx.Client, enqueue: Callable[..., str]) -> None:
    job = enqueue(refuse=True)
    assert finished(client, job)["errors"][0]["message"] == "“SN1”已存在。"
    english = client.get(f"/api/v1/jobs/{job}", headers={"accept-language": "en"}).json()
    assert english["errors"] == [
        {
            "pointer": "/codes",
            "item": "SN1",
            "code": "already_exists",
            "message": "“SN1” exists already.",
            "advice": "Choose another code, or use the one that is there.",
        }
    ]
    assert english["state"] == "failed"


def test_a_result_file_is_fetched_with_its_name(client: httpx.Client, enqueue: Callable[..., str]) -> None:
    job = enqueue(file=True)
    assert finished(client, job)["file"] == {"name": "序列号.csv", "size": 10}
    answer = client.get(f"/api/v1/jobs/{job}/file")
    assert answer.text == "序列号\n"
    assert "utf-8''%E5%BA%8F" in answer.headers["content-disposition"]
    without = enqueue(n=1)
    finished(client, without)
    assert client.get(f"/api/v1/jobs/{without}/file").status_code == 404


def test_jobs_are_listed_newest_first_page_by_page(client: httpx.Client, enqueue: Callable[..., str]) -> None:
    ids = [enqueue(kind="nobody_does_this", n=number) for number in range(5)]
    first = client.get("/api/v1/jobs", params={"limit": 3, "kind": "nobody_does_this"}).json()
    second = client.get("/api/v1/jobs", params={"limit": 3, "kind": "nobody_does_this", "after": first["next"]}).json()
    assert [job["id"] for job in first["jobs"] + second["jobs"]] == sorted(ids, reverse=True)
    assert second["next"] is None
    assert client.get("/api/v1/jobs", params={"state": "done"}).json()["jobs"] == []
    assert client.get("/api/v1/jobs", params={"mine": True}).json()["jobs"] == []


def test_a_waiting_job_can_be_cancelled_once(client: httpx.Client, enqueue: Callable[..., str]) -> None:
    job = enqueue(kind="nobody_does_this")
    body = client.post(f"/api/v1/jobs/{job}:cancel").json()
    assert (body["state"], [one["code"] for one in body["errors"]]) == ("failed", ["job_cancelled"])
    again = client.post(f"/api/v1/jobs/{job}:cancel")
    assert (again.status_code, again.json()["code"]) == (409, "job_over")


def test_jobs_of_others_are_not_there_without_the_right(
    as_role: Callable[[str], httpx.Client], enqueue: Callable[..., str]
) -> None:
    job = enqueue(kind="nobody_does_this")
    service = as_role("service")
    assert service.get("/api/v1/jobs").json()["jobs"] == []
    for method, path in (("GET", ""), ("GET", "/file"), ("POST", ":cancel")):
        answer = service.request(method, f"/api/v1/jobs/{job}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_job")
    assert as_role("viewer").get(f"/api/v1/jobs/{job}").status_code == 200


def test_somebody_unknown_sees_nothing(anonymous: httpx.Client) -> None:
    for method, path in (("GET", ""), ("GET", "/x"), ("GET", "/x/file"), ("POST", "/x:cancel")):
        assert anonymous.request(method, f"/api/v1/jobs{path}").status_code == 401


def test_a_job_that_never_was_is_not_found(client: httpx.Client) -> None:
    assert client.get("/api/v1/jobs/nonsense").json()["code"] == "unknown_job"
