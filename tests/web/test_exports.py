from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from mazhi.kernel.importing import service as importing
from mazhi.kernel.spreadsheets.reading import open_spreadsheet
from tests.kernel.importing.world import table
from tests.web.test_import import HEADER, good, keeper, send
from tests.web.test_jobs import finished

__all__ = ["keeper"]


def fetched(client: httpx.Client, job: str, folder: Path) -> list[list[Any]]:
    """Fetch the file of an export and read it."""
    over = finished(client, job)
    assert over["state"] == "done", over["errors"]
    path = folder / over["file"]["name"]
    path.write_bytes(client.get(f"/api/v1/jobs/{job}/file").content)
    return [row.values for row in open_spreadsheet(path).rows()]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_items_are_exported_as_the_filter_says(keeper: httpx.Client, tmp_path: Path, kind: str) -> None:
    rows = [*good(5), ["SN-6", "WM-20", "", "已售出"]]
    assert send(keeper, table(HEADER, *rows)).json()["imported"] == 6
    answer = keeper.post("/api/v1/exports", json={"what": "items", "format": kind, "filter": {"state": "in_stock"}})
    assert answer.status_code == 202
    got = fetched(keeper, answer.json()["job"], tmp_path)
    assert got[0][:6] == ["序列号", "种类", "产品", "批次", "状态", "质量"]
    assert [row[0] for row in got[1:]] == [f"SN{number:05d}" for number in range(5)]
    assert got[1][:6] == ["SN00000", "单件", "WM-20", None, "在库", "合格"]


def test_what_is_exported_can_be_imported_again(keeper: httpx.Client, tmp_path: Path) -> None:
    send(keeper, table(HEADER, *good(2)))
    job = keeper.post("/api/v1/exports", json={"format": "csv"}).json()["job"]
    finished(keeper, job)
    content = keeper.get(f"/api/v1/jobs/{job}/file").content
    checked = send(keeper, content, dry_run="true").json()
    assert (checked["rows"], {bad["code"] for bad in checked["bad"]}) == (2, {"already_exists"})


def test_the_codes_that_a_job_made_are_exported(
    keeper: httpx.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 0)
    job = send(keeper, table(HEADER, *good(30))).json()["job"]
    finished(keeper, job)
    export = keeper.post("/api/v1/exports", json={"what": "codes", "job": job, "format": "csv"}).json()["job"]
    got = fetched(keeper, export, tmp_path)
    assert got[0] == ["序列号", "产品", "批次"]
    assert [row[0] for row in got[1:]] == [f"SN{number:05d}" for number in range(30)]
    refused = keeper.post("/api/v1/exports", json={"what": "codes", "job": export})
    assert refused.json()["code"] == "job_without_items"


def test_wrong_requests_are_refused(keeper: httpx.Client) -> None:
    for body in ({"format": "pdf"}, {"filter": {"colour": "red"}}, {"what": "all"}, {"more": 1}):
        assert keeper.post("/api/v1/exports", json=body).status_code == 422
    assert keeper.post("/api/v1/exports", json={"what": "codes", "job": "x"}).json()["code"] == "unknown_job"


def test_who_may_not_look_at_items_may_not_export_them(
    anonymous: httpx.Client, connect: Callable[[str | None], httpx.Client]
) -> None:
    assert anonymous.post("/api/v1/exports", json={}).status_code == 401
