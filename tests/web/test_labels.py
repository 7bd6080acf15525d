"""Label templates over HTTP."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

import httpx
import pypdf
import pytest
import zxingcpp
from PIL import Image

from mazhi.bootstrap import System

TEMPLATE = {
    "format": 1,
    "width_mm": 60,
    "height_mm": 40,
    "elements": [
        {"id": "name", "kind": "text", "x": 2, "y": 2, "w": 36, "h": 5, "value": "{product.name}", "size": 9},
        {"id": "code", "kind": "barcode", "x": 40, "y": 2, "w": 18, "h": 18, "symbology": "qr", "value": "{item.code}"},
        {"id": "gtin", "kind": "barcode", "x": 2, "y": 20, "w": 50, "h": 15, "symbology": "gs1_128",
         "value": "(01){product.gtin}(21){item.code}"},
    ],
}  # fmt: skip


def make(client: httpx.Client, count: int = 3) -> list[str]:
    client.post(
        "/api/v1/products", json={"code": "WM", "name": "智能水表", "tracking": "serial", "gtin": "06901234567892"}
    )
    codes = f"SN001-SN{count:03}"
    answer = client.post("/api/v1/items:generate", json={"product": "WM", "codes": codes, "client_key": "k"})
    assert answer.status_code == 201, answer.text
    return list(answer.json()["codes"])


def add(client: httpx.Client, code: str = "PLATE", **more: object) -> httpx.Response:
    return client.post("/api/v1/labels", json={"code": code, "name": "铭牌", "template": {**TEMPLATE, **more}})


def read(png: bytes) -> set[str]:
    return {one.text for one in zxingcpp.read_barcodes(Image.open(io.BytesIO(png)).convert("L"))}


def test_a_label_is_added_rendered_and_read(client: httpx.Client) -> None:
    codes = make(client)
    made = add(client)
    assert made.status_code == 201, made.text
    assert made.json()["version"] == 1 and made.json()["uuid"] and not made.json()["draft"]
    png = client.post("/api/v1/labels/PLATE:render", json={"items": codes[:1], "format": "png", "dpi": 300})
    assert png.status_code == 200, png.text
    assert png.headers["content-type"] == "image/png"
    assert "SN001" in read(png.content)
    pdf = client.post("/api/v1/labels/PLATE:render", json={"items": codes, "format": "pdf"})
    assert pdf.content.startswith(b"%PDF")
    zpl = client.post("/api/v1/labels/PLATE:render", json={"items": codes, "format": "zpl"})
    assert zpl.content.count(b"^XA") >= 3
    tspl = client.post("/api/v1/labels/PLATE:render", json={"items": codes, "format": "tspl"})
    assert tspl.content.count(b"PRINT 1") == 3


def test_templates_are_listed_shown_renamed_and_taken_out_of_use(client: httpx.Client) -> None:
    add(client, "A/1")
    add(client, "B")
    page = client.get("/api/v1/labels", params={"limit": 1}).json()
    assert [one["code"] for one in page["labels"]] == ["A/1"] and page["next"] == "A/1"
    assert page["labels"][0]["width_mm"] == 60
    shown = client.get("/api/v1/labels/A/1").json()
    assert shown["template"]["elements"][0]["id"] == "name" and shown["base"] == 1
    assert client.put("/api/v1/labels/A/1", json={"name": "新名"}).json()["name"] == "新名"
    assert client.delete("/api/v1/labels/B").status_code == 204
    assert [one["code"] for one in client.get("/api/v1/labels").json()["labels"]] == ["A/1"]
    assert client.get("/api/v1/labels", params={"active": False}).json()["labels"][0]["code"] == "B"
    make(client)
    refused = client.post("/api/v1/labels/B:render", json={"items": ["SN001"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "label_inactive")
    assert client.put("/api/v1/labels/B", json={"active": True}).json()["active"]
    assert add(client, "B").json()["code"] == "already_exists"
    assert client.get("/api/v1/labels/none").json()["code"] == "unknown_label"


def test_a_draft_becomes_a_version_and_an_old_one_comes_back(client: httpx.Client) -> None:
    add(client)
    wider = {**TEMPLATE, "width_mm": 70}
    saved = client.put("/api/v1/labels/PLATE/draft", json={"base": 1, "template": wider}).json()
    assert saved["draft"] and saved["revision"] == 1 and saved["template"]["width_mm"] == 70
    assert saved["saved_by"] == "a-admin"
    other = client.put("/api/v1/labels/PLATE/draft", json={"base": 1, "template": wider, "revision": 7})
    assert (other.status_code, other.json()["code"]) == (409, "draft_conflict")
    assert other.json()["params"]["by"] == "a-admin"
    published = client.post("/api/v1/labels/PLATE:publish", json={"base": 1, "note": "宽些"})
    assert published.status_code == 200 and published.json()["version"] == 2 and not published.json()["draft"]
    late = client.post("/api/v1/labels/PLATE:publish", json={"base": 1})
    assert (late.status_code, late.json()["code"]) == (409, "publish_conflict")
    assert late.json()["params"]["by"] == "a-admin" and late.json()["params"]["at"].endswith("Z")
    assert late.json()["detail"].startswith("a-admin 在 20")
    nothing = client.post("/api/v1/labels/PLATE:publish", json={"base": 2})
    assert (nothing.status_code, nothing.json()["code"]) == (409, "label_no_draft")
    versions = client.get("/api/v1/labels/PLATE/versions").json()["versions"]
    assert [(one["version"], one["note"], one["created_by"]) for one in versions] == [
        (2, "宽些", "a-admin"),
        (1, "", "a-admin"),
    ]
    assert len({one["uuid"] for one in versions}) == 2
    assert client.get("/api/v1/labels/PLATE", params={"version": 1}).json()["template"]["width_mm"] == 60
    restored = client.post("/api/v1/labels/PLATE:restore", json={"version": 1}).json()
    assert restored["draft"] and restored["template"]["width_mm"] == 60 and restored["version"] == 2
    assert client.delete("/api/v1/labels/PLATE/draft").status_code == 204
    assert not client.get("/api/v1/labels/PLATE").json()["draft"]
    assert client.post("/api/v1/labels/PLATE:restore", json={"version": 9}).json()["code"] == "unknown_version"


def test_a_draft_may_be_incomplete_but_is_not_published_so(client: httpx.Client) -> None:
    sketch = {**TEMPLATE, "elements": [{"kind": "barcode", "x": 1, "y": 1, "w": 10, "h": 10, "value": "{1+}"}]}
    body = {"code": "NEW", "name": "草稿", "template": sketch, "publish": False}
    made = client.post("/api/v1/labels", json=body).json()
    assert made["version"] is None and made["draft"]
    refused = client.post("/api/v1/labels/NEW:publish", json={"base": 0})
    assert refused.status_code == 422
    (fault,) = refused.json()["errors"]
    assert (fault["pointer"], fault["code"]) == ("/elements/0/value", "formula_unfinished")
    assert fault["params"]["start"] == 3
    assert client.delete("/api/v1/labels/NEW/draft").json()["code"] == "label_only_draft"
    newer = client.put("/api/v1/labels/NEW/draft", json={"base": 0, "template": {**TEMPLATE, "format": 99}})
    assert (newer.status_code, newer.json()["code"]) == (422, "label_format_newer")


def test_every_fault_of_a_template_is_named_at_once(client: httpx.Client) -> None:
    wrong = [
        {"kind": "text", "x": 1, "y": 1, "w": 10, "h": 5, "value": "{FOO(1)}", "colour": "red"},
        {"kind": "hologram", "x": 1, "y": 1, "w": 10, "h": 5},
    ]
    refused = add(client, elements=wrong, width_mm=-1)
    assert refused.status_code == 422
    assert {(one["pointer"], one["code"]) for one in refused.json()["errors"]} >= {
        ("/width_mm", "label_property_wrong"),
        ("/elements/0/colour", "label_property_unknown"),
        ("/elements/0/value", "formula_function"),
        ("/elements/1/kind", "label_kind_unknown"),
    }


def test_labels_that_cannot_be_printed_are_all_named_before_anything_is(client: httpx.Client) -> None:
    make(client)
    client.post("/api/v1/products", json={"code": "NO", "name": "无码", "tracking": "serial"})
    client.post("/api/v1/items:generate", json={"product": "NO", "codes": "NO1-NO2", "client_key": "n"})
    add(client)
    refused = client.post("/api/v1/labels/PLATE:render", json={"items": ["SN001", "NO1", "NO2"], "format": "zpl"})
    assert (refused.status_code, refused.json()["code"]) == (422, "label_cannot_print")
    assert [(one["pointer"], one["item"], one["code"]) for one in refused.json()["errors"]] == [
        ("/items/1", "NO1", "label_field_missing"),
        ("/items/2", "NO2", "label_field_missing"),
    ]
    assert "product.gtin" in refused.json()["errors"][0]["message"]
    unknown = client.post("/api/v1/labels/PLATE:render", json={"items": ["??", {"identifier": "SN001"}, "!!"]})
    assert [(one["pointer"], one["code"]) for one in unknown.json()["errors"]] == [
        ("/items/0", "unknown_item"),
        ("/items/2", "unknown_item"),
    ]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"items": []}, 422, "label_nothing_to_print"),
        ({"items": ["SN001", "SN002"], "format": "png"}, 422, "label_png_single"),
        ({"items": ["x"] * 10_001}, 413, "label_too_many"),
        ({"items": ["SN001"] * 100, "copies": 101}, 413, "label_too_many"),
        ({"items": ["SN001"], "records": [{}, {}]}, 422, "label_records_paired"),
        ({"items": ["SN001"], "dpi": 150}, 422, "field_not_one_of"),
        ({"items": ["SN001"], "version": 9}, 404, "unknown_version"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_rendered_is_refused(client: httpx.Client, body: object, status: int, code: str) -> None:
    make(client)
    add(client)
    refused = client.post("/api/v1/labels/PLATE:render", json=body)
    assert refused.status_code == status, refused.text
    assert code in {refused.json()["code"], *(one["code"] for one in refused.json()["errors"])}


def test_records_and_sheets_are_rendered(client: httpx.Client) -> None:
    elements = [{"kind": "text", "x": 2, "y": 2, "w": 50, "h": 6, "value": "{客户} {print.number}/{print.total}"}]
    sheet = {"rows": 2, "columns": 2}
    add(client, elements=elements, sheet=sheet)
    body = {"records": [{"客户": f"甲{number}"} for number in range(5)], "format": "pdf", "start": 2}
    pdf = client.post("/api/v1/labels/PLATE:render", json=body)
    assert pdf.status_code == 200 and pages(pdf.content) == 2
    single = client.post("/api/v1/labels/PLATE:render", json={**body, "sheet": False})
    assert pages(single.content) == 5
    twice = client.post("/api/v1/labels/PLATE:render", json={**body, "sheet": False, "copies": 2})
    assert pages(twice.content) == 10
    zpl = client.post("/api/v1/labels/PLATE:render", json={**body, "format": "zpl", "copies": 2})
    assert zpl.content.count(b"^PQ2") == 5
    wrong = client.post("/api/v1/labels/PLATE:render", json={**body, "start": 5})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "label_sheet_start")


def pages(pdf: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_a_preview_shows_what_is_wrong_and_what_is_read(client: httpx.Client) -> None:
    made = client.post("/api/v1/labels:preview", json={"template": TEMPLATE, "dpi": 300})
    assert made.status_code == 200, made.text
    shown = made.json()
    assert shown["width"] == 709
    assert [(one["element"], one["symbology"], one["ok"]) for one in shown["reads"]] == [
        ("code", "qr", True),
        ("gtin", "gs1_128", True),
    ]
    assert "SN2611210001" in read(base64.b64decode(shown["png"]))
    make(client)
    real = client.post("/api/v1/labels:preview", json={"template": TEMPLATE, "item": "SN002"}).json()
    assert real["reads"][0]["content"] == "SN002"
    small = {**TEMPLATE, "elements": [{**TEMPLATE["elements"][1], "w": 2, "h": 2}]}  # type: ignore[index]
    checks = client.post("/api/v1/labels:preview", json={"template": small}).json()["checks"]
    assert checks[0]["element"] == "code" and checks[0]["blocking"] and checks[0]["message"]
    missing = client.post("/api/v1/labels:preview", json={"template": TEMPLATE, "item": "none"})
    assert missing.json()["errors"][0]["pointer"] == "/item"


def test_a_designer_is_told_everything(client: httpx.Client) -> None:
    kinds = client.get("/api/v1/labels:kinds").json()
    assert {"text", "barcode", "table"} <= {one["name"] for one in kinds["elements"]}
    assert {"qr", "gs1_128", "digital_link"} <= {one["name"] for one in kinds["carriers"]}
    fields = client.get("/api/v1/labels:fields", headers={"accept-language": "en"}).json()
    assert fields["fields"][0]["label"] == "Code" and fields["fields"][0]["value"] == "SN2611210001"
    functions = {one["name"]: one for one in fields["functions"]}
    assert len(functions) >= 50 and functions["IF"]["usage"].startswith("IF(condition")
    make(client)
    real = client.get("/api/v1/labels:fields", params={"item": "SN003"}).json()
    assert {one["name"]: one["value"] for one in real["fields"]}["item.code"] == "SN003"
    latest = client.get("/api/v1/labels:fields", params={"product": "WM"}).json()
    assert {one["name"]: one["value"] for one in latest["fields"]}["product.name"] == "智能水表"
    assert client.get("/api/v1/labels:fields", params={"product": "none"}).status_code == 200
    ready = client.get("/api/v1/labels:ready").json()["labels"]
    assert len(ready) >= 15
    for one in ready:
        shown = client.post("/api/v1/labels:preview", json={"template": one["template"], "dpi": 203})
        assert shown.status_code == 200, shown.text
        assert all(read["ok"] for read in shown.json()["reads"]), (one["code"], shown.json()["reads"])


def test_digital_links_begin_as_the_house_wants(client: httpx.Client, as_role: Callable[[str], httpx.Client]) -> None:
    assert client.get("/api/v1/labels:settings").json() == {"digital_link_host": "https://id.gs1.org"}
    changed = client.put("/api/v1/labels:settings", json={"digital_link_host": "https://q.example.com/"})
    assert changed.json() == {"digital_link_host": "https://q.example.com"}
    wrong = client.put("/api/v1/labels:settings", json={"digital_link_host": "javascript:alert(1)"})
    assert wrong.json()["errors"][0]["code"] == "label_host_wrong"
    refused = as_role("viewer").put("/api/v1/labels:settings", json={"digital_link_host": "https://a.example"})
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/labels", {"code": "X", "name": "X", "template": TEMPLATE}),
        ("PUT", "/labels/PLATE", {"name": "X"}),
        ("DELETE", "/labels/PLATE", None),
        ("PUT", "/labels/PLATE/draft", {"base": 1, "template": TEMPLATE}),
        ("DELETE", "/labels/PLATE/draft", None),
        ("POST", "/labels/PLATE:publish", {"base": 1}),
        ("POST", "/labels/PLATE:restore", {"version": 1}),
        ("POST", "/labels/PLATE:render", {"items": ["SN001"]}),
        ("POST", "/label-images", None),
    ],
    ids=lambda value: str(value)[:25],
)
def test_who_lacks_the_right_is_refused(
    client: httpx.Client,
    anonymous: httpx.Client,
    as_role: Callable[[str], httpx.Client],
    method: str,
    path: str,
    body: object,
) -> None:
    add(client)
    address = f"/api/v1{path}"
    assert anonymous.request(method, address, json=body).status_code == 401
    assert as_role("viewer").request(method, address, json=body).status_code == 403


@pytest.mark.parametrize("path", ["", ":kinds", ":fields", ":ready", ":settings", "/PLATE", "/PLATE/versions"])
def test_whoever_is_signed_in_may_look(
    client: httpx.Client, anonymous: httpx.Client, as_role: Callable[[str], httpx.Client], path: str
) -> None:
    add(client)
    assert anonymous.get(f"/api/v1/labels{path}").status_code == 401
    assert as_role("viewer").get(f"/api/v1/labels{path}").status_code == 200


def test_what_is_done_with_templates_is_audited(client: httpx.Client, system: System) -> None:
    add(client)
    client.put("/api/v1/labels/PLATE/draft", json={"base": 1, "template": TEMPLATE})
    client.post("/api/v1/labels/PLATE:publish", json={"base": 1})
    client.delete("/api/v1/labels/PLATE")
    with system.db.read() as tx:
        rows = tx.rows("SELECT action FROM audit WHERE subject = 'label' ORDER BY recorded_at, id")
    assert [row.action for row in rows] == ["create", "publish", "change"]
