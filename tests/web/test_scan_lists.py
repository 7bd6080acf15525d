"""Scan lists over HTTP: one answer for each scan, thousands pasted or sent as a file, saved with a record."""

from __future__ import annotations

import io
from typing import Any

import httpx
import pytest
import xlsxwriter

FORM = "/api/v1/apps/wms/forms/ship"
LISTS = "/api/v1/scan-lists"


def ident(number: int) -> str:
    return f"6d6f1d52-2f0e-4f0e-9a36-{number:012d}"


FIELDS: list[dict[str, Any]] = [
    {"id": ident(1), "code": "goods", "kind": "product", "title": "产品"},
    {
        "id": ident(2), "code": "scans", "kind": "scan_list", "title": "扫描", "options": {"product": "goods"},
    },
]  # fmt: skip


@pytest.fixture
def dock(client: httpx.Client) -> httpx.Client:
    """Give a client with goods and a published form."""
    for code in ("WM", "PB"):
        body = {"code": code, "name": code, "tracking": "serial"}
        assert client.post("/api/v1/products", json=body).status_code == 201
    for product, codes in (("WM", "SN001-SN020"), ("PB", "PB001-PB002")):
        made = client.post("/api/v1/items:generate", json={"product": product, "codes": codes, "client_key": product})
        assert made.status_code == 201, made.text
    client.post("/api/v1/apps", json={"code": "wms", "name": "仓库"})
    client.post("/api/v1/apps/wms/forms", json={"code": "ship", "name": "出库单", "fields": FIELDS})
    assert client.post(f"{FORM}/publish", json={"base": 0}).status_code == 200
    return client


def opened(dock: httpx.Client, **more: Any) -> str:
    body = {"app": "wms", "form": "ship", "field": "scans", **more}
    made = dock.post(LISTS, json=body)
    assert made.status_code == 201, made.text
    return f"{LISTS}/{made.json()['id']}"


def test_each_scan_has_one_answer_until_the_record_is_saved(dock: httpx.Client) -> None:
    one = opened(dock, values={"goods": "WM"})
    right = dock.post(f"{one}/scans", json={"raw": "SN001", "client_key": "a"}).json()
    assert (right["answer"], right["done"], right["line"]["item"], right["line"]["product"]) == (
        "right", 1, "SN001", "WM",
    )  # fmt: skip
    assert dock.post(f"{one}/scans", json={"raw": "SN001", "client_key": "a"}).json() == right
    wrong = dock.post(f"{one}/scans", json={"raw": "PB001"}).json()
    assert (wrong["answer"], wrong["code"]) == ("wrong", "scan_wrong_product")
    assert (wrong["message"], wrong["advice"]) == ("PB001 是 PB，这里只收 WM", "放回原处，换 WM 来扫")
    again = dock.post(f"{one}/scans", json={"raw": "SN001"}, headers={"accept-language": "en"}).json()
    assert (again["answer"], again["message"]) == ("duplicate", "SN001 was scanned before")
    assert dock.post(f"{one}/undo", json={"lines": [wrong["line"]["line"]]}).json()["wrong"] == 0
    number = dock.post(f"{FORM}/records", json={"values": {"goods": "WM", "scans": one.rsplit("/", 1)[1]}})
    assert number.status_code == 201, number.text
    late = dock.post(f"{one}/scans", json={"raw": "SN002"})
    assert (late.status_code, late.json()["code"]) == (409, "scan_list_saved")
    shown = dock.get(LISTS, params={"ids": f"{one.rsplit('/', 1)[1]},nonsense"}).json()["lists"]
    assert [(view["record"], view["count"], view["state"]) for view in shown] == [(number.json()["id"], 1, "bound")]


def test_codes_are_pasted_and_every_refused_one_is_named(dock: httpx.Client) -> None:
    one = opened(dock)
    told = dock.post(f"{one}/scans:batch", json={"text": "SN001-SN010, NO1", "client_key": "p"}).json()
    assert (told["right"], told["wrong"], told["first"], told["last"]) == (10, 1, 1, 11)
    page = dock.get(f"{one}/lines", params={"answers": ["wrong"], "order": "oldest"}).json()
    assert [(line["raw"], line["source"], line["code"]) for line in page["lines"]] == [("NO1", 11, "unknown_item")]
    first = dock.get(f"{one}/lines", params={"limit": 4}).json()
    rest = dock.get(f"{one}/lines", params={"after": first["next"]}).json()
    assert ([line["line"] for line in first["lines"]], len(rest["lines"])) == ([11, 10, 9, 8], 7)
    assert dock.post(f"{one}/scans:batch", json={}).status_code == 422
    assert dock.post(f"{one}/scans:batch", json={"text": "SN9-SN1"}).status_code == 422
    assert dock.post(f"{one}/undo", json={"answers": ["wrong"]}).json()["wrong"] == 0
    assert dock.post(f"{one}/undo", json={}).status_code == 422
    assert dock.get(f"{one}/missing").json() == {"items": [], "next": None}


def _workbook() -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([["备注", "机身号"], ["a", "SN003"], ["b", 123456789012345678], ["", "SN004"]]):
            sheet.write_row(row, 0, cells)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "column", "right", "wrong"),
    [
        ("序列号\r\nSN001\r\nSN002\r\n\r\n".encode("gb18030"), None, 2, 0),
        (b"SN001\nSN002\nSN003\n", None, 3, 0),
        (_workbook(), "机身号", 2, 1),
    ],
    ids=["csv in GBK", "text", "xlsx"],
)
def test_a_file_is_sent(dock: httpx.Client, content: bytes, column: str | None, right: int, wrong: int) -> None:
    one = opened(dock)
    data = {"column": column} if column else {}
    told = dock.post(f"{one}/files", files={"file": ("codes.csv", content)}, data=data)
    assert told.status_code == 200, told.text
    assert (told.json()["right"], told.json()["wrong"]) == (right, wrong)
    missing = dock.post(f"{one}/files", files={"file": ("c.csv", b"a\nb\n")}, data={"column": "x"})
    assert (missing.status_code, missing.json()["errors"][0]["code"]) == (422, "scan_file_no_column")


def test_a_list_is_exported_with_its_reasons_and_without_formulas(dock: httpx.Client) -> None:
    one = opened(dock)
    dock.post(f"{one}/scans", json={"raw": "=1+1"})
    dock.post(f"{one}/scans", json={"raw": "SN001"})
    found = dock.get(f"{one}/export", params={"format": "csv", "answers": ["right", "wrong"]})
    lines = found.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("序号,结果,扫到的,序列号")
    assert lines[1].startswith("1,错,'=1+1,") and "系统里没有" in lines[1]
    assert lines[2].startswith("2,对,SN001,SN001,WM")
    assert dock.get(f"{one}/export").content[:2] == b"PK"


def test_parts_are_compared_with_the_bill(dock: httpx.Client) -> None:
    bill = {"base": 0, "lines": [{"component": "PB", "quantity": 2}]}
    assert dock.put("/api/v1/products/WM/bom", json=bill).status_code in {200, 201}
    told = dock.post("/api/v1/part-checks", json={"item": "SN001", "parts": ["PB001", "SN002"]}).json()
    assert [(part["answer"], part["code"]) for part in told["parts"]] == [("right", ""), ("wrong", "part_not_wanted")]
    assert [(need["product"], need["needed"], need["missing"]) for need in told["needs"]] == [("PB", 2, 1)]
    assert (told["bom"], told["complete"]) == (1, False)


def test_hosts_that_may_be_asked_never_show_their_secret(dock: httpx.Client) -> None:
    body = {"hosts": [{"host": "ERP.example.com", "authorization": "Bearer 1"}]}
    shown = dock.put("/api/v1/outbound-hosts", json=body).json()["hosts"]
    assert shown == dock.get("/api/v1/outbound-hosts").json()["hosts"]
    assert shown == [{"host": "erp.example.com", "port": None, "plain": False, "private": False, "authorized": True}]
    refused = dock.post(f"{FORM}/queries/nothing", json={"values": {}})
    assert (refused.status_code, refused.json()["code"]) == (404, "unknown_query")
