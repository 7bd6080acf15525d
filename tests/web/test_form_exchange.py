"""Importing, exporting, comments, notices and public links over HTTP."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from mazhi.engines.forms.sharing import model
from tests.web.test_forms import CARD, add, card, ident
from tests.web.test_jobs import finished

__all__ = ["card"]

LINK: dict[str, Any] = {"name": "展会", "role": "visitor", "fields": [ident(1), ident(2)], "thanks": "谢谢"}


def send(client: httpx.Client, content: bytes) -> dict[str, Any]:
    answer = client.post(f"{CARD}/records:import-guess", files={"file": ("九月.csv", content)})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_file_is_looked_at_checked_imported_and_exported(card: httpx.Client) -> None:
    guess = send(card, "序列号,重量,别的\nA1,1.5,x\nA2,viel,y\n".encode("gbk"))
    assert (guess["encoding"], guess["keys"]) == ("gb18030", ["serial"])
    assert guess["mapping"] == {"序列号": "serial", "重量": "重量"}
    again = card.get(f"{CARD}/records:import-guess", params={"upload": guess["upload"], "header_row": 1}).json()
    assert again["columns"] == guess["columns"]
    body = {"upload": guess["upload"], "mapping": guess["mapping"], "keys": ["serial"]}
    checked = finished(card, card.post(f"{CARD}/records:import", json={**body, "dry_run": True}).json()["job"])
    (bad,) = checked["result"]["bad"]
    assert (bad["row"], bad["cell"], bad["message"]) == (3, "B3", "“重量”应是数字。")
    done = finished(card, card.post(f"{CARD}/records:import", json={**body, "client_key": "k"}).json()["job"])
    assert (done["result"]["added"], done["result"]["bad_rows"], done["file"]["name"]) == (1, 1, "九月 错误行.xlsx")
    assert card.get(f"/api/v1/jobs/{done['id']}/file").content.startswith(b"PK")
    out = finished(card, card.post(f"{CARD}/records:export", json={"format": "csv"}).json()["job"])
    text = card.get(f"/api/v1/jobs/{out['id']}/file").content.decode("utf-8-sig")
    assert text.splitlines()[0].startswith("编号,序列号,重量")
    assert card.get(f"{CARD}/records:import/template.xlsx").content.startswith(b"PK")


def test_wrong_requests_are_refused_with_every_fault(card: httpx.Client, anonymous: httpx.Client) -> None:
    upload = send(card, "序列号\nA1\n".encode())["upload"]
    wrong = {"upload": upload, "mapping": {"序列号": "nein", "weg": "serial"}, "keys": ["serial"]}
    answer = card.post(f"{CARD}/records:import", json=wrong).json()
    assert {one["code"] for one in answer["errors"]} == {
        "record_unknown_field", "unknown_column", "import_key_not_mapped",
    }  # fmt: skip
    assert card.post(f"{CARD}/records:import-guess").json()["errors"][0]["code"] == "file_missing"
    assert card.post(f"{CARD}/records:export", json={"format": "pdf"}).status_code == 422
    unknown = {"filter": {"field": "x", "is": "equal", "value": 1}}
    assert card.post(f"{CARD}/records:export", json=unknown).status_code == 422
    assert anonymous.post(f"{CARD}/records:export", json={}).status_code == 401


def test_comments_are_written_and_their_mentions_are_notices(card: httpx.Client) -> None:
    number = add(card, serial="1").json()["id"]
    at = f"{CARD}/records/{number}/comments"
    made = card.post(at, json={"text": "@admin 看", "client_key": "c"})
    assert (made.status_code, card.post(at, json={"text": "@admin 看", "client_key": "c"}).json()) == (201, made.json())
    (one,) = card.get(at).json()["comments"]
    assert (one["text"], one["own"], one["deleted"]) == ("@admin 看", True, False)
    assert card.get(f"{at}:people", params={"text": "adm"}).status_code == 200
    assert card.patch(f"{at}/{one['id']}", json={"text": "改"}).status_code == 204
    assert card.delete(f"{at}/{one['id']}").status_code == 204
    assert card.get(at).json()["comments"][0]["deleted"] is True
    assert card.get("/api/v1/notices").json() == {"notices": [], "next": None}
    assert card.get("/api/v1/notices:unread").json() == {"unread": 0}
    assert card.post("/api/v1/notices:read", json={"ids": None}).status_code == 204
    assert card.get(f"{CARD}/records/999/comments").status_code == 404


@pytest.fixture
def link(card: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Any], str]:
    """Give a public link and the path of its form in the API."""
    monkeypatch.setattr(model, "LEAST_SECONDS", 0)
    assert card.post("/api/v1/roles", json={"code": "visitor", "name": "访客", "rights": []}).status_code == 201
    grants = {"grants": [{"role": "visitor", "actions": ["create"]}]}
    assert card.put(f"{CARD}/rights", json=grants).status_code == 200
    made = card.post(f"{CARD}/links", json=LINK)
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found, f"/api/v1/public/forms/{found['path'].removeprefix('/p/')}"


def test_a_stranger_fills_the_form_in_and_nothing_else_opens(
    card: httpx.Client, anonymous: httpx.Client, link: tuple[dict[str, Any], str]
) -> None:
    made, path = link
    shown = anonymous.get(path).json()
    assert [one["code"] for one in shown["fields"]] == ["serial", "重量"]
    assert {one["name"] for one in shown["kinds"]} == {"text", "number"}
    entry = {"values": {"serial": "P1"}, "ticket": shown["ticket"], "client_key": "12345678"}
    sent = anonymous.post(f"{path}/records", json=entry)
    assert (sent.status_code, sent.json()) == (201, {"thanks": "谢谢"})
    assert anonymous.post(f"{path}/records", json=entry).status_code == 201
    (record,) = card.get(f"{CARD}/records").json()["records"]
    assert record["created_by"] == "公开表单·展会"
    # The token is no way to anything else, and no other method or page of it is there.
    token = made["path"].removeprefix("/p/")
    bearer = {"authorization": f"Bearer {token}"}
    for other in (f"{CARD}/records", CARD, "/api/v1/apps", "/api/v1/form-kinds", f"{CARD}/links", "/api/v1/notices"):
        assert anonymous.get(other).status_code == 401
        assert anonymous.get(other, headers=bearer).status_code == 401
    assert anonymous.get(f"{path}/records").status_code == 405
    assert anonymous.patch(f"{path}/records/{record['id']}", json={}).status_code in {404, 405}
    closed = card.put(f"{CARD}/links/{made['id']}", json={**LINK, "active": False, "version": made["version"]})
    assert (closed.status_code, closed.json()["open"]) == (200, False)
    refused = anonymous.post(f"{path}/records", json={**entry, "client_key": "another-key"})
    assert (refused.status_code, refused.json()["code"]) == (404, "link_closed")


def test_no_other_site_can_send_for_somebody(anonymous: httpx.Client, link: tuple[dict[str, Any], str]) -> None:
    _, path = link
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = anonymous.post(f"{path}/records", content=b'{"values":{}}', headers={"content-type": kind})
        assert answer.status_code == 422
    preflight = anonymous.options(f"{path}/records", headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in preflight.headers
    page = anonymous.get(path)
    assert "set-cookie" not in page.headers
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"


def test_what_is_wrong_is_told_at_its_field(anonymous: httpx.Client, link: tuple[dict[str, Any], str]) -> None:
    _, path = link
    entry = {"values": {"重量": "viel", "checks": []}, "ticket": anonymous.get(path).json()["ticket"]}
    answer = anonymous.post(f"{path}/records", json={**entry, "client_key": "12345678"})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/values/checks")
    entry["values"] = {"重量": "viel"}
    answer = anonymous.post(f"{path}/records", json={**entry, "client_key": "12345679"})
    assert {one["pointer"] for one in answer.json()["errors"]} == {"/values/serial", "/values/重量"}
