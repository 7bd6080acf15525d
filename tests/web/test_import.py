from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from mazhi.kernel.importing import service
from mazhi.kernel.spreadsheets.reading import open_spreadsheet
from tests.kernel.importing.world import table
from tests.web.test_jobs import finished

HEADER = ["机身编码", "型号", "仓位", "状态"]


@pytest.fixture
def keeper(client: httpx.Client, as_role: Callable[[str], httpx.Client]) -> httpx.Client:
    """Give a keeper's client in a house with one product and one place."""
    for path, body in (
        ("products", {"code": "WM-20", "name": "智能水表 DN20", "tracking": "serial"}),
        ("places", {"code": "WH1", "name": "成品仓", "kind": "warehouse"}),
    ):
        client.post(f"/api/v1/{path}", json=body).raise_for_status()
    return as_role("keeper")


def send(client: httpx.Client, content: bytes, path: str = "items:import", **form: Any) -> httpx.Response:
    return client.post(f"/api/v1/{path}", files={"file": ("期初.xlsx", content)}, data=form)


def good(count: int) -> list[list[Any]]:
    return [[f"SN{number:05d}", "WM-20", "WH1", "在库"] for number in range(count)]


def test_a_file_is_looked_at_checked_and_imported(keeper: httpx.Client) -> None:
    content = table(HEADER, *good(3), ["SN-4", "WM-2O", "WH1", "在库"])
    looked = send(keeper, content, "items:import-guess").json()
    assert looked["mapping"] == {"机身编码": "code", "型号": "product", "仓位": "place", "状态": "state"}
    assert looked["headers"] == HEADER
    assert looked["rows"][0] == ["SN00000", "WM-20", "WH1", "在库"]
    assert {field["name"] for field in looked["fields"]} >= {"code", "product", "imei1"}
    again = keeper.get("/api/v1/items:import-guess", params={"upload": looked["upload"]}).json()
    assert again == looked

    mapping = json.dumps(looked["mapping"], ensure_ascii=False)
    checked = keeper.post(
        "/api/v1/items:import", data={"upload": looked["upload"], "mapping": mapping, "dry_run": "true"}
    ).json()
    assert (checked["rows"], checked["good"], checked["imported"]) == (4, 3, 0)
    assert checked["bad"] == [
        {
            "row": 5,
            "column": "型号",
            "code": "unknown_product",
            "message": "没有产品“WM-2O”。",
            "advice": "可能是 WM-20。 请检查编码，或先建立这个产品。",
            "field": "product",
            "cell": "B5",
            "value": "WM-2O",
            "suggestion": "WM-20",
        }
    ]
    assert keeper.get("/api/v1/items/SN00001").status_code == 404

    done = send(keeper, content, mapping=mapping, client_key="k1").json()
    assert (done["good"], done["imported"], len(done["events"])) == (3, 3, 1)
    item = keeper.get("/api/v1/items/SN00001").json()
    assert (item["product"], item["place"], item["state"]) == ("WM-20", "WH1", "in_stock")
    repeated = send(keeper, content, mapping=mapping, client_key="k1").json()
    assert {**repeated, "upload": done["upload"]} == done


def test_the_bad_rows_come_as_a_workbook(keeper: httpx.Client, tmp_path: Any) -> None:
    content = table(HEADER, *good(3), ["SN-4", "WM-2O", "WH1", "在库"])
    checked = send(keeper, content, dry_run="true").json()
    answer = keeper.get(f"/api/v1/items:import/{checked['report']}/bad.xlsx")
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    path = tmp_path / "bad.xlsx"
    path.write_bytes(answer.content)
    rows = [row.values for row in open_spreadsheet(path).rows()]
    assert rows[1][:5] == ["SN-4", "WM-2O", "WH1", "在库", 5.0]
    assert str(rows[1][5]).startswith("型号：没有产品“WM-2O”。")


def test_the_template_is_a_workbook(keeper: httpx.Client) -> None:
    answer = keeper.get("/api/v1/items:import/template.xlsx")
    assert answer.status_code == 200
    guess = send(keeper, answer.content, "items:import-guess").json()
    assert set(guess["mapping"].values()) >= {"code", "product", "batch", "place", "state"}


def test_a_large_file_becomes_a_job_whose_result_is_the_same_answer(
    keeper: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 10)
    answer = send(keeper, table(HEADER, *good(50), ["", "WM-20", "WH1", "在库"]))
    assert answer.status_code == 202
    job = finished(keeper, answer.json()["job"])
    assert (job["state"], job["done"], job["total"]) == ("done", 51, 51)
    assert (job["result"]["good"], job["result"]["imported"]) == (50, 50)
    assert [(bad["row"], bad["message"]) for bad in job["result"]["bad"]] == [(52, "没有序列号。")]


def test_all_or_nothing_is_refused_with_every_fault(keeper: httpx.Client) -> None:
    content = table(HEADER, *good(2), ["SN-4", "?", "WH1", "在库"], ["SN-5", "WM-20", "?", "在库"])
    answer = send(keeper, content, mode="all")
    assert answer.status_code == 409
    assert answer.json()["code"] == "import_refused"
    assert [(one["pointer"], one["item"], one["code"]) for one in answer.json()["errors"]] == [
        ("/rows/4/型号", "?", "unknown_product"),
        ("/rows/5/仓位", "?", "unknown_place"),
    ]


@pytest.mark.parametrize(
    ("form", "codes"),
    [
        ({"mapping": "not json"}, ["not_a_json_object"]),
        ({"mapping": "[1]"}, ["not_a_json_object"]),
        ({"mapping": "[" * 90_000}, ["not_a_json_object"]),
        ({"mapping": '{"\\ud800": ""}'}, ["not_a_json_object"]),
        ({"defaults": '{"product": "\\u0000"}'}, ["not_a_json_object"]),
        ({"mapping": '{"机身编码": "colour", "不在": "code"}'}, ["unknown_field", "unknown_column"]),
        ({"mapping": '{"型号": "product"}'}, ["code_column_missing"]),
        ({"mode": "some"}, ["field_not_one_of"]),
        ({"header_row": "0"}, ["field_too_small"]),
        ({"defaults": '{"code": "x"}', "mapping": '{"机身编码": "code"}'}, ["unknown_field"]),
    ],
)
def test_a_wrong_request_names_what_is_wrong(keeper: httpx.Client, form: dict[str, str], codes: list[str]) -> None:
    answer = send(keeper, table(HEADER, *good(1)), **form)
    assert answer.status_code == 422, answer.text
    assert [one["code"] for one in answer.json()["errors"]] == codes


def test_a_file_that_is_no_spreadsheet_is_refused_with_advice(keeper: httpx.Client) -> None:
    for path in ("items:import", "items:import-guess"):
        answer = send(keeper, b"%PDF-1.7", path)
        assert (answer.status_code, answer.json()["code"]) == (422, "spreadsheet_format")
        assert "xlsx" in answer.json()["advice"]
    empty = keeper.post("/api/v1/items:import", data={"dry_run": "true"})
    assert empty.json()["errors"][0]["code"] == "file_missing"
    assert keeper.post("/api/v1/items:import", data={"upload": "nonsense"}).json()["code"] == "unknown_file"


def test_who_may_not_import_is_refused(
    anonymous: httpx.Client, as_role: Callable[[str], httpx.Client], keeper: httpx.Client
) -> None:
    content = table(HEADER, *good(1))
    report = send(keeper, table(HEADER, ["", "?", "", ""]), dry_run="true").json()["report"]
    viewer = as_role("viewer")
    for path in ("items:import", "items:import-guess"):
        assert send(anonymous, content, path).status_code == 401
        assert send(viewer, content, path).json()["code"] == "no_right"
    assert anonymous.get("/api/v1/items:import/template.xlsx").status_code == 401
    assert viewer.get(f"/api/v1/items:import/{report}/bad.xlsx").status_code == 404
    assert keeper.get("/api/v1/items:import/nonsense/bad.xlsx").status_code == 404
