"""Label templates over HTTP."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

import httpx
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
    client.post("/api/v1/products", json={"code": "WM", "name": "智能水表", "tracking": "serial", "gtin": "06901234567892"})
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
