"""Files over HTTP: taken in pieces with constant memory, given back shut in, refused with what they are."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from anyio.from_thread import BlockingPortal
from fastapi import FastAPI

from mazhi.bootstrap import System
from mazhi.kernel.files.model import MEGABYTE
from tests.kernel.files.pictures import HTML, PDF, PROGRAM, SVG, jpeg, package

FORM = "multipart/form-data; boundary=x"
FILES = "/api/v1/files"
CARD = "/api/v1/apps/qc/forms/card"
PHOTOS = {"id": "6d6f1d52-2f0e-4f0e-9a36-000000000009", "code": "photos", "kind": "image", "title": "照片"}
REPORT = {"id": "6d6f1d52-2f0e-4f0e-9a36-000000000010", "code": "report", "kind": "attachment", "title": "报告"}
AsRole = Callable[[str], httpx.Client]


def upload(client: httpx.Client, data: bytes, name: str = "a.pdf", **params: str) -> httpx.Response:
    return client.post(FILES, files={"file": (name, data)}, params=params)


@pytest.fixture
def card(client: httpx.Client) -> httpx.Client:
    """Give a client with a published form that has files."""
    assert client.post("/api/v1/apps", json={"code": "qc", "name": "质检"}).status_code == 201
    client.post("/api/v1/apps/qc/forms", json={"code": "card", "name": "卡", "fields": [PHOTOS, REPORT]})
    assert client.post(f"{CARD}/publish", json={"base": 0}).json()["version"] == 1
    return client


def test_a_file_is_uploaded_looked_at_and_taken_back(client: httpx.Client, as_role: AsRole) -> None:
    made = upload(client, jpeg((640, 320), turned=True), "外观.jpg")
    assert made.status_code == 201, made.text
    found = made.json()
    assert (found["name"], found["type"], found["width"], found["height"]) == ("外观.jpg", "image/jpeg", 320, 640)
    shown = client.get(found["thumbnail"])
    assert (shown.headers["content-type"], shown.content[8:12]) == ("image/webp", b"WEBP")
    assert as_role("keeper").get(found["url"]).status_code == 404
    assert client.delete(found["url"]).status_code == 204
    assert client.get(found["url"]).status_code == 404


def test_a_body_may_be_the_file_itself(client: httpx.Client) -> None:
    made = client.post(FILES, content=PDF, params={"name": "a.pdf"}, headers={"content-type": "application/pdf"})
    assert (made.status_code, made.json()["name"], made.json()["size"]) == (201, "a.pdf", len(PDF))


def test_a_repeat_brings_nothing_new(client: httpx.Client) -> None:
    first = upload(client, PDF, client_key="k").json()
    assert upload(client, PDF, client_key="k").json() == first
    assert upload(client, PDF + b"%", client_key="k").json()["code"] == "client_key_reused"


@pytest.mark.parametrize(
    ("data", "name", "accept", "code", "says"),
    [
        (HTML, "报告.pdf", "", "file_lies", "“报告.pdf”不是真正的 pdf 文件，内容其实是 HTML。"),
        (PROGRAM, "photo.jpg", "picture", "file_lies", "“photo.jpg”不是真正的 jpg 文件，内容其实是 program。"),
        (package("a"), "a.docx", "", "file_lies", "“a.docx”不是真正的 docx 文件，内容其实是 ZIP。"),
        (PDF, "a.pdf", "picture", "file_type_unwanted", "“a.pdf”是 PDF，这里不能上传。"),
        (SVG, "a.svg", "picture", "file_type_unwanted", "“a.svg”是 SVG，这里不能上传。"),
        (b"", "a.pdf", "", "file_empty", "“a.pdf”是空文件。"),
        (PDF, "a.pdf", "nonsense", "file_unknown_group", "没有这种文件类别。"),
    ],
)
def test_what_is_not_taken_is_told_what_it_is(
    client: httpx.Client, data: bytes, name: str, accept: str, code: str, says: str
) -> None:
    refused = upload(client, data, name, accept=accept)
    assert refused.status_code == 422, refused.text
    assert [(one["code"], one["message"]) for one in refused.json()["errors"]] == [(code, says)]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FORM),
        (b"--x\r\n", FORM),
        (b"nonsense", FORM),
        (b'--x\r\ncontent-disposition: form-data; name="other"\r\n\r\n1\r\n--x--\r\n', FORM),
        (b'--x\r\ncontent-disposition: form-data; name="file"\r\n\r\n1\r\n--x--\r\n', FORM),
        (
            b'--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\ncut off',
            FORM,
        ),
        (b"x" * 100_000, FORM),
        (b"--x", "multipart/form-data"),
        (b"--x", FORM + "x" * 300),
    ],
)  # fmt: skip
def test_a_form_without_a_file_or_cut_off_is_refused(client: httpx.Client, body: bytes, kind: str) -> None:
    refused = client.post(FILES, content=body, headers={"content-type": kind})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "upload_without_file")


def test_a_large_file_is_refused_by_its_length_and_while_it_comes(client: httpx.Client, system: System) -> None:
    assert client.put(f"{FILES}:limits", json={"largest_mb": 1}).json() == {"largest_mb": 1}
    assert client.get(f"{FILES}:limits").json() == {"largest_mb": 1}
    refused = upload(client, bytes(MEGABYTE + 100_000), "a.bin")
    assert (refused.status_code, refused.json()["code"]) == (413, "file_over_limit")

    def pieces() -> Iterator[bytes]:
        for _ in range(20):
            yield bytes(100_000)

    refused = client.post(FILES, content=pieces(), headers={"content-type": "application/octet-stream"})
    assert (refused.status_code, refused.json()["code"]) == (413, "file_over_limit")
    assert not any(path.is_file() for path in system.files.folder.root.rglob("*"))


def test_the_limit_is_set_by_administrators(as_role: AsRole) -> None:
    assert as_role("keeper").put(f"{FILES}:limits", json={"largest_mb": 1}).status_code == 403


def test_nobody_uploads_without_signing_in(anonymous: httpx.Client) -> None:
    assert upload(anonymous, PDF).status_code == 401


def test_a_hundred_megabytes_pass_through_little_memory(app: FastAPI, portal: BlockingPortal, system: System) -> None:
    token = system.access.open_for("a-admin", role="admin")
    head = b'--x\r\ncontent-disposition: form-data; name="file"; filename="a.bin"\r\n\r\n'
    size, piece = 99 * MEGABYTE, bytes(64 * 1024)
    pieces = iter([head, *[piece] * (size // len(piece)), b"\r\n--x--\r\n"])
    answered: list[dict[str, Any]] = []
    read = 0

    async def receive() -> dict[str, Any]:
        nonlocal read
        body = next(pieces, None)
        read += len(body or b"")
        return {"type": "http.request", "body": body or b"", "more_body": body is not None}

    async def send(message: Any) -> None:
        answered.append(message)

    headers = [(b"authorization", f"Bearer {token}".encode()), (b"content-type", FORM.encode())]
    scope = {
        "type": "http", "method": "POST", "path": FILES, "raw_path": FILES.encode(), "query_string": b"",
        "headers": headers, "scheme": "http", "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 5), "root_path": "",
        "http_version": "1.1", "asgi": {"version": "3.0"},
    }  # fmt: skip
    tracemalloc.start()
    try:
        portal.call(app, scope, receive, send)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert answered[0]["status"] == 201
    assert read > size
    assert peak < 12 * MEGABYTE


def test_a_file_of_a_record_is_given_shut_in_and_only_as_what_it_is(card: httpx.Client) -> None:
    given = {
        "report": [
            upload(card, data, name).json()["id"]
            for name, data in (("报告 1.pdf", PDF), ("a.zip", package("x")), ("a.txt", b"<b>hi"))
        ]
    }
    made = card.post(f"{CARD}/records", json={"values": given})
    assert made.status_code == 201, made.text
    pdf, archive, text = (card.get(one["url"]) for one in made.json()["values"]["report"])
    for one in (pdf, archive, text):
        assert one.headers["x-content-type-options"].split(", ")[0] == "nosniff"
        assert one.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
        assert one.headers["cache-control"] == "private, no-cache"
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["content-disposition"] == "inline; filename*=UTF-8''%E6%8A%A5%E5%91%8A%201.pdf"
    for one in (archive, text):
        assert one.headers["content-type"] == "application/octet-stream"
        assert one.headers["content-disposition"].startswith("attachment;")
    saved = card.get(f"{made.json()['values']['report'][0]['url']}?save=true")
    assert saved.headers["content-disposition"].startswith("attachment;")


def test_markup_that_a_field_takes_is_never_shown(card: httpx.Client) -> None:
    free = {**REPORT, "options": {"types": ["other"]}}
    card.put(f"{CARD}/draft", json={"base": 1, "fields": [free]})
    card.post(f"{CARD}/publish", json={"base": 1})
    given = [upload(card, HTML, "a.html").json()["id"], upload(card, SVG, "a.svg").json()["id"]]
    made = card.post(f"{CARD}/records", json={"values": {"report": given}}).json()
    for one in made["values"]["report"]:
        found = card.get(one["url"])
        assert found.headers["content-type"] == "application/octet-stream"
        assert found.headers["content-disposition"].startswith("attachment;")
        assert one["thumbnail"] is None


def test_what_is_known_already_is_not_sent_again_and_parts_are(card: httpx.Client) -> None:
    photo = jpeg((640, 320))
    given = {"photos": [upload(card, photo, "a.jpg").json()["id"]]}
    record = card.post(f"{CARD}/records", json={"values": given}).json()
    url = record["values"]["photos"][0]["url"]
    whole = card.get(url)
    assert whole.content == photo and whole.headers["accept-ranges"] == "bytes"
    again = card.get(url, headers={"if-none-match": whole.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert card.get(f"{url}?size=small", headers={"if-none-match": whole.headers["etag"]}).status_code == 200
    part = card.get(url, headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, photo[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(photo)}"
    assert card.get(url, headers={"range": "bytes=999999999-"}).status_code == 416
    assert card.get(f"{url}?size=huge").status_code == 422


def test_whoever_does_not_see_the_field_does_not_get_the_file(card: httpx.Client, as_role: AsRole) -> None:
    given = {"photos": [upload(card, jpeg(), "a.jpg").json()["id"]]}
    url = card.post(f"{CARD}/records", json={"values": given}).json()["values"]["photos"][0]["url"]
    keeper, line = as_role("keeper"), as_role("line")
    for state, status in (("writable", 200), ("read_only", 200), ("masked", 404), ("hidden", 404)):
        grant = {"role": "keeper", "actions": ["view"], "scopes": [], "fields": {PHOTOS["id"]: state}}
        assert card.put(f"{CARD}/rights", json={"grants": [grant]}).status_code == 200
        for address in (url, f"{url}?size=small", f"{url}?save=true"):
            assert keeper.get(address).status_code == status, state
        refused = line.get(url)
        assert (refused.status_code, refused.json()["code"]) == (403, "no_form_right")
    assert keeper.get(f"{FILES}/{given['photos'][0]}").status_code == 404


def test_somebody_elses_upload_is_not_to_be_had_by_any_way(card: httpx.Client, as_role: AsRole) -> None:
    keeper = as_role("keeper")
    mine = upload(keeper, jpeg(), "a.jpg").json()
    refused = card.post(f"{CARD}/records", json={"values": {"photos": [mine["id"]]}})
    assert [one["code"] for one in refused.json()["errors"]] == ["entry_file_unknown"]
    assert card.get(mine["url"]).status_code == 404
    assert card.delete(mine["url"]).status_code == 404
    assert keeper.get(mine["url"]).status_code == 200
