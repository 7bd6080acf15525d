"""Pictures on labels over HTTP."""

from __future__ import annotations

import io
from collections.abc import Iterator

import httpx
import pytest
from PIL import Image, ImageDraw

from mazhi.engines.labels.templates.images import LARGEST_FILE, LONGEST_EDGE


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 20), mode: str = "RGB") -> bytes:
    image = Image.new(mode, size, "white" if mode != "RGBA" else (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((2, 2, size[0] // 2, size[1] // 2), fill="black")
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


def upload(client: httpx.Client, data: bytes, name: str = "logo.png") -> httpx.Response:
    return client.post("/api/v1/label-images", files={"file": (name, data)})


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_usual_pictures_are_taken_in_and_given_back_as_png(client: httpx.Client, kind: str) -> None:
    made = upload(client, picture(kind), f"标志.{kind.lower()}")
    assert made.status_code == 201, made.text
    assert (made.json()["width"], made.json()["height"]) == (40, 20) and made.json()["name"].startswith("标志")
    again = upload(client, picture(kind), "other.png")
    assert again.json()["id"] == made.json()["id"]
    found = client.get(f"/api/v1/label-images/{made.json()['id']}")
    assert found.headers["content-type"] == "image/png" and "immutable" in found.headers["cache-control"]
    assert Image.open(io.BytesIO(found.content)).mode in {"L", "LA"}
    assert len(client.get("/api/v1/label-images").json()["images"]) == 1


def test_a_body_may_be_the_file_itself(client: httpx.Client) -> None:
    made = client.post(
        "/api/v1/label-images", content=picture(), params={"name": "a.png"}, headers={"content-type": "image/png"}
    )
    assert made.status_code == 201 and made.json()["name"] == "a.png"


def test_large_pictures_become_as_large_as_labels_can_show(client: httpx.Client) -> None:
    made = upload(client, picture("PNG", (4000, 1000), "L")).json()
    assert (made["width"], made["height"]) == (LONGEST_EDGE, LONGEST_EDGE // 4)
    assert upload(client, picture("PNG", mode="RGBA")).json()["width"] == 40


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"", 422, "label_image_unreadable"),
        (b"GIF89a but not really", 422, "label_image_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 422, "label_image_unreadable"),
        (picture()[:60], 422, "label_image_unreadable"),
        (picture("PNG", (6000, 5000), "1"), 413, "label_image_pixels"),
        (picture("PNG", (20_000, 20_000), "1"), 413, "label_image_pixels"),
        (b"x" * (LARGEST_FILE + 1), 413, "label_image_too_large"),
    ],
    ids=["empty", "no gif", "svg", "cut off", "30 megapixels", "a bomb", "5 MB and a byte"],
)
def test_what_is_no_picture_for_a_label_is_refused(client: httpx.Client, data: bytes, status: int, code: str) -> None:
    refused = upload(client, data)
    assert refused.status_code == status, refused.text
    assert code in {refused.json()["code"], *(one["code"] for one in refused.json()["errors"])}
    assert client.get("/api/v1/label-images").json()["images"] == []


def test_fifty_megabytes_are_refused_before_they_are_read(client: httpx.Client) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 50 * 2**20:
            sent += 2**16
            yield b"\0" * 2**16

    said = client.post(
        "/api/v1/label-images",
        content=endless(),
        headers={"content-type": "image/png", "content-length": str(50 * 2**20)},
    )
    assert (said.status_code, said.json()["code"]) == (413, "label_image_too_large")


def test_a_form_without_a_file_is_refused(client: httpx.Client) -> None:
    refused = client.post("/api/v1/label-images", files={"other": b"x"})
    assert refused.json()["errors"][0]["pointer"] == "/file"
    broken = client.post(
        "/api/v1/label-images", content=b"??", headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert broken.status_code == 422
    assert client.get("/api/v1/label-images/none").json()["code"] == "unknown_label_image"


def test_a_picture_stands_on_a_label(client: httpx.Client) -> None:
    image = upload(client, picture()).json()["id"]
    element = {"id": "i", "kind": "image", "x": 0, "y": 0, "w": 10, "h": 5, "image": image}
    template = {"format": 1, "width_mm": 20, "height_mm": 10, "elements": [element]}
    shown = client.post("/api/v1/labels:preview", json={"template": template})
    assert shown.status_code == 200 and not shown.json()["checks"], shown.text
    element["image"] = "gone"
    missing = client.post("/api/v1/labels:preview", json={"template": template}).json()["checks"]
    assert missing[0]["code"] == "label_image_missing" and missing[0]["element"] == "i"
