"""Printing over HTTP: from a template to a printer, and what the log says of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from mazhi.bootstrap import System
from tests.engines.labels.printing.fake_printer import FakePrinter

TEMPLATE = {
    "format": 1,
    "width_mm": 40,
    "height_mm": 20,
    "elements": [
        {
            "id": "a",
            "kind": "barcode",
            "x": 2,
            "y": 2,
            "w": 36,
            "h": 10,
            "symbology": "code128",
            "value": "{item.code}",
        },
        {"id": "b", "kind": "text", "x": 2, "y": 13, "w": 36, "h": 5, "value": "SN {item.code}"},
    ],
}


@pytest.fixture
def fake() -> Iterator[FakePrinter]:
    with FakePrinter() as printer:
        yield printer


@pytest.fixture
def shop(client: httpx.Client, fake: FakePrinter) -> httpx.Client:
    """A client of a system with nine items, a template and a printer."""
    for path, body in (
        ("products", {"code": "WM", "name": "水表", "tracking": "serial"}),
        ("places", {"code": "WH1", "name": "成品仓", "kind": "warehouse", "parent": None}),
        ("items:generate", {"product": "WM", "codes": "SN001-SN009"}),
        ("labels", {"code": "PLATE", "name": "铭牌", "template": TEMPLATE}),
        ("printers", printer_body("ZT-1", fake.port)),
    ):
        answer = client.post(f"/api/v1/{path}", json=body)
        assert answer.status_code == 201, answer.text
    return client


def printer_body(code: str, port: int, **about: Any) -> dict[str, Any]:
    return {
        "code": code,
        "name": "一号机",
        "driver": "tcp",
        "language": "zpl",
        "options": {"host": "127.0.0.1", "port": port},
        "place": "WH1",
        "station": "包装 1",
        **about,
    }


def order(client: httpx.Client, *items: str, **about: Any) -> str:
    answer = client.post("/api/v1/labels/PLATE:print", json={"printer": "ZT-1", "items": items, **about})
    assert answer.status_code == 202, answer.text
    return str(answer.json()["job"])


def settled(client: httpx.Client, job: str, *states: str, ready: Callable[[Any], bool] = bool) -> Any:
    """Ask until the job is where it should be."""
    until = time.monotonic() + 20
    while True:
        found = client.get(f"/api/v1/print-jobs/{job}").json()
        if found["state"] in (states or ("done",)) and ready(found):
            return found
        assert time.monotonic() < until, found


def test_labels_are_printed_logged_and_confirmed(shop: httpx.Client, fake: FakePrinter) -> None:
    job = order(shop, "SN001", "SN002", copies=2)
    done = settled(shop, job)
    assert (done["total"], done["printed"], done["counts"]) == (4, 4, {"printed": 4})
    assert (done["label"], done["version"], done["printer"], done["created_by"]) == ("PLATE", 1, "ZT-1", "a-admin")
    assert len(fake.printed) == 4
    rows = shop.get(f"/api/v1/print-jobs/{job}/labels").json()["labels"]
    assert [(row["n"], row["item"], row["copy"], row["state"], row["reprint"]) for row in rows] == [
        (1, "SN001", 1, "printed", False),
        (2, "SN001", 2, "printed", False),
        (3, "SN002", 1, "printed", False),
        (4, "SN002", 2, "printed", False),
    ]
    wrong = shop.post(f"/api/v1/print-jobs/{job}:confirm", json={"raw": "SN002"}).json()
    assert (wrong["answer"], wrong["expected"], wrong["read"]) == ("wrong", "SN001", "SN002")
    assert shop.post(f"/api/v1/print-jobs/{job}:confirm", json={"raw": "SN001"}).json()["answer"] == "right"
    assert shop.get(f"/api/v1/print-jobs/{job}").json()["confirmed"]["answer"] == "right"


def test_the_same_client_key_again_is_the_same_job(shop: httpx.Client, fake: FakePrinter) -> None:
    job = order(shop, "SN001", client_key="k1")
    assert order(shop, "SN001", client_key="k1") == job
    other = shop.post("/api/v1/labels/PLATE:print", json={"printer": "ZT-1", "items": ["SN002"], "client_key": "k1"})
    assert (other.status_code, other.json()["code"]) == (409, "client_key_reused")
    settled(shop, job)
    assert len(fake.printed) == 1


def test_printing_again_needs_a_reason_and_a_right_and_names_every_item(
    shop: httpx.Client, as_role: Callable[[str], httpx.Client]
) -> None:
    settled(shop, order(shop, "SN001", "SN002"))
    body = {"printer": "ZT-1", "items": ["SN001", "SN002", "SN003"]}
    refused = shop.post("/api/v1/labels/PLATE:print", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "label_printed_before")
    assert sorted(error["item"] for error in refused.json()["errors"]) == ["SN001", "SN002"]
    line = as_role("line")
    forbidden = line.post("/api/v1/labels/PLATE:print", json={**body, "reason": "污损"})
    assert (forbidden.status_code, forbidden.json()["code"]) == (403, "no_right")
    settled(shop, order(shop, "SN001", "SN002", "SN003", reason="污损"))
    log = shop.get("/api/v1/print-log", params={"item": "SN001"}).json()["labels"]
    assert [(row["reprint"], row["reason"]) for row in log] == [(True, "污损"), (False, "")]
    prints = shop.get("/api/v1/items/SN001/prints").json()
    assert (prints["count"], len(prints["labels"])) == (2, 2)
    again = shop.get("/api/v1/print-log", params={"reprint": True}).json()["labels"]
    assert [row["item"] for row in again] == ["SN001", "SN002"]


def test_real_labels_come_out_once_each_from_a_printer_that_drops_the_line(client: httpx.Client) -> None:
    with FakePrinter(drops=1 / 40) as fake:
        for path, body in (
            ("products", {"code": "WM", "name": "水表", "tracking": "serial"}),
            ("items:generate", {"product": "WM", "codes": "SN001-SN120"}),
            ("labels", {"code": "PLATE", "name": "铭牌", "template": TEMPLATE}),
            ("printers", {**printer_body("ZT-1", fake.port), "place": None}),
        ):
            assert client.post(f"/api/v1/{path}", json=body).status_code == 201
        settled(client, order(client, *(f"SN{number:03d}" for number in range(1, 121))))
        assert fake.dropped > 0
        assert len(fake.printed) == len(set(fake.printed)) == 120


def test_nothing_is_ordered_when_one_of_the_items_is_unknown(shop: httpx.Client, fake: FakePrinter) -> None:
    refused = shop.post("/api/v1/labels/PLATE:print", json={"printer": "ZT-1", "items": ["SN001", "X1", "X2"]})
    assert refused.status_code == 422
    assert [error["item"] for error in refused.json()["errors"]] == ["X1", "X2"]
    assert shop.get("/api/v1/print-log").json() == {"labels": [], "next": None}
    assert shop.get("/api/v1/print-jobs").json()["jobs"] == []


def test_a_new_code_makes_the_old_label_void_and_names_the_new_one(shop: httpx.Client) -> None:
    first = order(shop, "SN001")
    settled(shop, first)
    relabelled = shop.post(
        "/api/v1/operations/relabel", json={"items": ["SN001"], "data": {"new": "SN001-N", "reason": "损坏"}}
    )
    assert relabelled.status_code == 200, relabelled.text
    second = order(shop, "SN001")  # the old code still leads to the item
    settled(shop, second)
    new, old = shop.get("/api/v1/items/SN001-N/prints").json()["labels"]
    assert (new["code"], new["state"], new["reprint"]) == ("SN001-N", "printed", False)
    assert (old["code"], old["item"], old["state"], old["void_reason"]) == ("SN001", "SN001-N", "spoiled", "relabelled")
    assert old["replaced_by"] == {"job": second, "n": 1}


def test_printed_labels_are_declared_void_all_or_none(shop: httpx.Client) -> None:
    job = order(shop, "SN001", "SN002")
    settled(shop, job)
    both = [{"job": job, "n": 1}, {"job": job, "n": 9}]
    refused = shop.post("/api/v1/print-log:void", json={"labels": both, "reason": "贴歪"})
    assert (refused.status_code, refused.json()["code"]) == (409, "label_not_printed")
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/labels/1"]
    assert shop.post("/api/v1/print-log:void", json={"labels": both[:1], "reason": " "}).status_code == 422
    done = shop.post("/api/v1/print-log:void", json={"labels": both[:1], "reason": "贴歪"})
    assert done.json() == {"voided": 1}
    row = shop.get("/api/v1/items/SN001/prints").json()["labels"][0]
    assert (row["state"], row["void_reason"], row["void_by"]) == ("spoiled", "贴歪", "a-admin")
    # A void label is no excuse: the next one of the same code is a reprint all the same.
    again = shop.post("/api/v1/labels/PLATE:print", json={"printer": "ZT-1", "items": ["SN001"]})
    assert again.json()["code"] == "label_printed_before"


def test_out_of_paper_is_said_and_printing_goes_on_by_itself(shop: httpx.Client, fake: FakePrinter) -> None:
    fake.hold()
    job = order(shop, "SN001", "SN002")
    held = settled(shop, job, "running", ready=lambda found: found["trouble"] is not None)
    assert (held["trouble"]["code"], held["trouble"]["message"]) == ("paper_out", "缺纸。")
    printer = shop.get("/api/v1/printers/ZT-1").json()
    assert (printer["state"], printer["trouble"]["code"], printer["waiting"]) == ("trouble", "paper_out", 1)
    status = shop.get("/api/v1/printers/ZT-1/status").json()
    assert (status["live"], status["troubles"][0]["code"]) == (False, "paper_out")
    fake.load_paper()
    assert settled(shop, job)["trouble"] is None
    assert len(fake.printed) == 2
    assert shop.get("/api/v1/printers/ZT-1").json()["trouble"] is None


def test_a_job_cancelled_while_the_printer_is_out_of_paper_calls_back_what_it_holds(
    shop: httpx.Client, fake: FakePrinter
) -> None:
    fake.hold()
    job = order(shop, "SN001", "SN002")
    settled(shop, job, "running", ready=lambda found: found["trouble"] is not None)
    shop.post(f"/api/v1/print-jobs/{job}:cancel")
    assert settled(shop, job, "cancelled")["counts"] == {"cancelled": 2}
    fake.load_paper()
    assert fake.printed == []
    # What was cancelled was never printed, so this is no reprint.
    settled(shop, order(shop, "SN001"))


def test_an_unreachable_printer_is_named_and_jobs_can_be_paused_and_cancelled(shop: httpx.Client) -> None:
    assert shop.post("/api/v1/printers", json=printer_body("GONE", 9)).status_code == 422  # no port of raw printing
    with FakePrinter() as other:
        port = other.port
    assert shop.post("/api/v1/printers", json=printer_body("GONE", port)).status_code == 201
    job = order(shop, "SN001", printer="GONE")
    found = settled(shop, job, "queued", "running", ready=lambda found: found["trouble"] is not None)
    assert found["trouble"]["code"] == "printer_unreachable"
    assert "127.0.0.1" in found["trouble"]["message"]
    status = shop.get("/api/v1/printers/GONE/status").json()
    assert status["reachable"] is False or status["live"] is False
    shop.post(f"/api/v1/print-jobs/{job}:pause")
    settled(shop, job, "paused")
    assert shop.post(f"/api/v1/print-jobs/{job}:resume").json()["state"] in {"queued", "running"}
    shop.post(f"/api/v1/print-jobs/{job}:cancel")
    settled(shop, job, "cancelled")
    over = shop.post(f"/api/v1/print-jobs/{job}:pause")
    assert (over.status_code, over.json()["code"]) == (409, "print_job_over")


def test_a_paused_printer_keeps_its_jobs_and_goes_on_in_their_order(shop: httpx.Client, fake: FakePrinter) -> None:
    assert shop.post("/api/v1/printers/ZT-1:pause").json()["state"] == "paused"
    jobs = [order(shop, "SN001"), order(shop, "SN002")]
    assert {shop.get(f"/api/v1/print-jobs/{job}").json()["state"] for job in jobs} == {"queued"}
    assert shop.get("/api/v1/printers/ZT-1").json()["waiting"] == 2
    assert shop.post("/api/v1/printers/ZT-1:resume").json()["paused"] is False
    first, second = (settled(shop, job) for job in jobs)
    assert first["finished_at"] < second["finished_at"]


def test_a_test_page_and_a_status(shop: httpx.Client, fake: FakePrinter) -> None:
    job = shop.post("/api/v1/printers/ZT-1:test").json()["job"]
    done = settled(shop, job)
    assert (done["kind"], done["total"]) == ("test", 1)
    assert "ZT-1" in fake.printed[0]
    status = shop.get("/api/v1/printers/ZT-1/status").json()
    assert (status["reachable"], status["counter"], status["remaining"], status["troubles"]) == (True, 1, 0, [])


def test_the_browser_prints_a_file_that_is_fetched(shop: httpx.Client) -> None:
    made = shop.post("/api/v1/printers", json={"code": "WEB", "name": "浏览器", "driver": "browser", "language": "pdf"})
    assert made.status_code == 201, made.text
    job = order(shop, "SN001", "SN002", printer="WEB")
    ready = settled(shop, job, "ready")
    assert (ready["counts"], ready["file"]["name"]) == ({"sent": 2}, "PLATE.pdf")
    file = shop.get(f"/api/v1/print-jobs/{job}/file")
    assert file.headers["content-type"] == "application/pdf"
    assert file.content.startswith(b"%PDF")
    assert settled(shop, job)["counts"] == {"printed": 2}
    assert shop.get(f"/api/v1/print-jobs/{job}/file").status_code == 200


def test_a_folder_gets_whole_files(shop: httpx.Client, system: System) -> None:
    made = shop.post(
        "/api/v1/printers",
        json={"code": "HOT", "name": "文件夹", "driver": "folder", "language": "zpl", "options": {"folder": "line-1"}},
    )
    assert made.status_code == 201, made.text
    settled(shop, order(shop, "SN001", "SN002", printer="HOT"))
    (file,) = (system.settings.data / "print" / "line-1").iterdir()
    assert file.suffix == ".zpl"
    assert file.read_bytes().count(b"^XZ") == 2


def test_printers_are_kept_like_all_master_data(shop: httpx.Client, as_role: Callable[[str], httpx.Client]) -> None:
    found = shop.get("/api/v1/printers", params={"place": "WH1", "station": "包装 1"}).json()["printers"]
    assert [printer["code"] for printer in found] == ["ZT-1"]
    body = {
        key: found[0][key] for key in ("name", "driver", "language", "dpi", "options", "place", "station", "window")
    }
    changed = shop.put("/api/v1/printers/ZT-1", json={**body, "dpi": 300, "version": found[0]["version"]})
    assert (changed.status_code, changed.json()["dpi"]) == (200, 300)
    stale = shop.put("/api/v1/printers/ZT-1", json={**body, "version": found[0]["version"]})
    assert (stale.status_code, stale.json()["code"]) == (409, "edit_conflict")
    wrong = shop.post(
        "/api/v1/printers",
        json={
            **printer_body("P 2", 9100),
            "options": {"host": "169.254.169.254", "speed": 3},
            "media": {"darkness": 99},
            "language": "pdf",
        },
    ).json()
    assert {(error["pointer"], error["code"]) for error in wrong["errors"]} == {
        ("/options/speed", "printer_option_unknown"),
        ("/options/host", "printer_host_refused"),
        ("/media/darkness", "number_out_of_range"),
        ("/language", "not_one_of"),
    }
    keeper = as_role("keeper")
    assert keeper.post("/api/v1/printers", json=printer_body("P3", 9100)).status_code == 403
    assert keeper.get("/api/v1/printers/ZT-1").status_code == 200
    drivers = {one["name"]: one for one in keeper.get("/api/v1/printers:drivers").json()["drivers"]}
    assert {"tcp", "ipp", "folder", "browser"} <= drivers.keys()
    assert shop.post("/api/v1/printers", json=printer_body("P3", 9100)).status_code == 201
    assert shop.delete("/api/v1/printers/P3").status_code == 204
    settled(shop, order(shop, "SN001"))
    in_use = shop.delete("/api/v1/printers/ZT-1")
    assert (in_use.status_code, in_use.json()["errors"][0]["code"]) == (409, "used_by_print_log")


def test_who_sees_one_place_only_sees_only_its_labels_and_those_ordered_in_person(
    shop: httpx.Client, connect: Callable[[str], httpx.Client], system: System
) -> None:
    assert shop.post("/api/v1/places", json={"code": "WH2", "name": "分仓", "kind": "warehouse"}).status_code == 201
    for item, place in (("SN001", "WH1"), ("SN002", "WH2")):
        shop.post("/api/v1/operations/receive", json={"items": [item], "place": place})
    settled(shop, order(shop, "SN001", "SN002"))
    rights = [{"right": "items.view", "place": "WH2"}, {"right": "labels.print"}]
    assert shop.post("/api/v1/roles", json={"code": "far", "name": "分仓", "rights": rights}).status_code == 201
    far = connect(system.access.open_for("a-far", role="far"))
    assert [row["item"] for row in far.get("/api/v1/print-log").json()["labels"]] == ["SN002"]
    assert far.get("/api/v1/items/SN001/prints").status_code == 404


def test_the_log_goes_on_after_a_page_and_narrows_by_time(shop: httpx.Client) -> None:
    jobs = [order(shop, "SN001", "SN002"), order(shop, "SN003")]
    for job in jobs:
        settled(shop, job)
    first = shop.get("/api/v1/print-log", params={"limit": 2}).json()
    rest = shop.get("/api/v1/print-log", params={"limit": 2, "after": first["next"]}).json()
    assert [row["item"] for row in [*first["labels"], *rest["labels"]]] == ["SN003", "SN001", "SN002"]
    assert rest["next"] is None
    at = first["labels"][0]["created_at"]
    later = shop.get("/api/v1/print-log", params={"from": "2099-01-01T00:00:00Z"}).json()
    assert later["labels"] == []
    until = shop.get("/api/v1/print-log", params={"to": at, "printer": "ZT-1", "label": "PLATE"}).json()
    assert len(until["labels"]) >= 2
    bad = shop.get("/api/v1/print-log", params={"after": "nonsense"})
    assert (bad.status_code, bad.json()["errors"][0]["code"]) == (422, "bad_page_mark")


def test_a_viewer_may_look_and_not_print(shop: httpx.Client, as_role: Callable[[str], httpx.Client]) -> None:
    viewer = as_role("viewer")
    assert viewer.get("/api/v1/print-log").status_code == 200
    job = order(shop, "SN001")
    settled(shop, job)
    for path, body in (
        ("labels/PLATE:print", {"printer": "ZT-1", "items": ["SN002"]}),
        ("printers/ZT-1:test", None),
        ("printers/ZT-1:pause", None),
        (f"print-jobs/{job}:cancel", None),
        (f"print-jobs/{job}:confirm", {"raw": "SN001"}),
        ("print-log:void", {"labels": [{"job": job, "n": 1}], "reason": "x"}),
    ):
        assert viewer.post(f"/api/v1/{path}", json=body).status_code == 403, path
    assert viewer.get("/api/v1/print-jobs/none").json()["code"] == "unknown_print_job"
