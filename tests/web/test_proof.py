from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from mazhi.bootstrap import System

ROOT = Path(__file__).resolve().parents[2]


def live(client: httpx.Client) -> None:
    def post(path: str, body: dict[str, Any]) -> None:
        answer = client.post(f"/api/v1{path}", json=body)
        assert answer.is_success, answer.text

    post("/products", {"code": "WM", "name": "水表", "tracking": "serial"})
    post("/places", {"code": "WH1", "name": "成品仓", "kind": "warehouse"})
    post("/partners", {"code": "D1", "name": "经销商", "kind": "dealer"})
    post("/items:generate", {"product": "WM", "codes": "SN1-SN3"})
    post(
        "/operations/receive", {"items": ["SN1", "SN2"], "place": "WH1", "document": 'PO-"1"\\\n', "note": "到货\u2028"}
    )
    post("/operations/relabel", {"items": ["SN1"], "data": {"new": "新-1", "reason": "损坏"}})
    post(
        "/operations/ship",
        {"items": ["SN1"], "partner": "D1", "data": {"personal": {"phone": "13800000000", "name": "王女士"}}},
    )


def verifier(folder: Path, raw: bytes, *arguments: str) -> tuple[int, str]:
    """Run the stand-alone verifier in a process of its own, without site packages and without our package."""
    path = folder / "proof.json"
    path.write_bytes(raw)
    alone = folder / "verify_proof.py"
    alone.write_bytes((ROOT / "verify_proof.py").read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(alone), str(path), *arguments], capture_output=True, cwd=folder, check=False
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done.returncode, done.stdout.decode()


def test_a_proof_holds_in_another_process_and_breaks_with_one_byte(client: httpx.Client, tmp_path: Path) -> None:
    live(client)
    answer = client.get("/api/v1/items/SN1/proof")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"] == 'attachment; filename="proof---1.json"'
    raw = answer.content
    code, said = verifier(tmp_path, raw)
    assert code == 0, said
    assert "PROVEN: 4 history rows of 新-1" in said
    key = answer.json()["key"]
    assert verifier(tmp_path, raw, "--key", key.upper())[0] == 0
    code, said = verifier(tmp_path, raw, "--key", "00" * 32)
    assert code == 1
    assert "the public key is not the one given" in said
    spoiled = raw.replace(b'"in_stock"', b'"in_stuck"', 1)
    assert spoiled != raw
    code, said = verifier(tmp_path, spoiled)
    assert code == 1
    assert "it is not what was sealed" in said
    assert "13800000000" not in raw.decode()


def loaded() -> dict[str, Any]:
    module: dict[str, Any] = {"__name__": "verify_proof"}
    exec(compile((ROOT / "verify_proof.py").read_text("utf-8"), "verify_proof.py", "exec"), module)
    return module


def test_every_single_byte_counts(client: httpx.Client) -> None:
    live(client)
    raw = client.get("/api/v1/items/SN2/proof").content
    check = loaded()["check"]
    assert check(raw)[1].faults == []
    for place in range(0, len(raw), 41):
        other = bytearray(raw)
        other[place] ^= 1
        assert check(bytes(other))[1].faults, (place, raw[max(0, place - 20) : place + 20])


def resigned(proof: dict[str, Any], system: System) -> bytes:
    """Sign a changed proof with the ledger's own key: what the rows show must not rest on the file's signature."""
    from mazhi.kernel.sealing import proof as proofs

    proof = {name: value for name, value in proof.items() if name not in {"signature", "key"}}
    return proofs.spell(proofs.sign(proof, system.seals._key))


def test_even_with_the_key_no_other_story_can_be_told(client: httpx.Client, system: System) -> None:
    live(client)
    check = loaded()["check"]

    def faults(change: Callable[[dict[str, Any]], None]) -> str:
        proof = client.get("/api/v1/items/SN1/proof").json()
        change(proof)
        return " ".join(en for _, en in check(resigned(proof, system))[1].faults)

    assert faults(lambda proof: None) == ""
    other = client.get("/api/v1/items/SN2/proof").json()

    def leave_out(proof: dict[str, Any]) -> None:
        proof["rows"] = [one for one in proof["rows"] if one["row"][:1] != ["history"] or one["row"][3] != 2]

    def leave_out_the_last(proof: dict[str, Any]) -> None:
        proof["rows"] = [one for one in proof["rows"] if one["row"][:1] != ["history"] or one["row"][3] != 4]

    def swap(proof: dict[str, Any]) -> None:
        rows = proof["rows"]
        two = [place for place, one in enumerate(rows) if one["row"][0] == "history"][:2]
        rows[two[0]], rows[two[1]] = rows[two[1]], rows[two[0]]

    def exchange_contents(proof: dict[str, Any]) -> None:
        two = [one for one in proof["rows"] if one["row"][0] == "history"][:2]
        two[0]["row"], two[1]["row"] = two[1]["row"], two[0]["row"]

    def take_a_leaf_of_another(proof: dict[str, Any]) -> None:
        foreign = [one for one in other["rows"] if one["row"][:1] == ["history"] and one["row"][3] == 2]
        mine = [place for place, one in enumerate(proof["rows"]) if one["row"][:1] == ["history"]]
        proof["rows"][mine[1]] = foreign[0]

    def rename(proof: dict[str, Any]) -> None:
        proof["item"]["code"] = "SN9"

    def older_head(proof: dict[str, Any]) -> None:
        proof["head"]["total"] += 1

    assert "not whole or not in order: [1, 3, 4]" in faults(leave_out)
    assert "history rows and events do not match" in faults(leave_out)
    assert "not whole or not in order: [1, 2, 3]" in faults(leave_out_the_last)
    assert "not in order: [2, 1, 3, 4]" in faults(swap)
    assert "not what it was" in faults(exchange_contents).replace("it is not what was sealed", "not what it was")
    assert "it is another item's" in faults(take_a_leaf_of_another)
    assert "SN9 is not among the sealed identifiers" in faults(rename)
    assert "does not fit its own hash" in faults(older_head)


def test_a_proof_is_held_to_a_checkpoint_that_was_kept(client: httpx.Client, system: System, tmp_path: Path) -> None:
    live(client)
    system.seals.seal_all()
    for number in range(4, 12):
        client.post("/api/v1/operations/count", json={"items": ["SN3"], "data": {"session": f"S{number}"}})
        system.seals.seal_all()
    kept = client.get("/api/v1/ledger/checkpoints?limit=1").json()["checkpoints"][0]
    path = tmp_path / "kept.json"
    path.write_text(json.dumps(kept))
    raw = client.get("/api/v1/items/SN1/proof").content
    code, said = verifier(tmp_path, raw, "--checkpoint", str(path))
    assert code == 1
    assert "?checkpoint=1" in said
    raw = client.get("/api/v1/items/SN1/proof?checkpoint=1").content
    code, said = verifier(tmp_path, raw, "--checkpoint", str(path))
    assert code == 0, said
    kept["total"] += 1
    path.write_text(json.dumps(kept))
    code, said = verifier(tmp_path, raw, "--checkpoint", str(path))
    assert code == 1
    assert "the checkpoint kept, 1: its content does not fit its own hash" in said


@pytest.mark.parametrize(
    ("key", "message", "signature"),
    [
        (  # RFC 8032, 7.1: tests 1 to 3
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ],
)
def test_the_verifier_knows_signatures(key: str, message: str, signature: str) -> None:
    is_signed = loaded()["is_signed"]
    arguments = [bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature)]
    assert is_signed(*arguments)
    for place, text in enumerate(arguments):
        if text:
            broken = list(arguments)
            broken[place] = bytes([text[0] ^ 1]) + text[1:]
            assert not is_signed(*broken)
    assert not is_signed(arguments[0], arguments[1] + b"x", arguments[2])


def test_the_page_has_what_it_shows(client: httpx.Client, system: System) -> None:
    assert client.get("/api/v1/ledger/seals").json()["head"] is None
    live(client)
    system.seals.seal_all()
    seen = client.get("/api/v1/ledger/seals").json()
    assert seen["blocks"] == seen["head"]["number"] >= 1
    assert seen["rows"] == 15
    assert (seen["waiting"], seen["late"]) == (0, False)
    assert len(seen["keys"][0]["fingerprint"]) == 39
    started = client.post("/api/v1/ledger/verifications")
    assert started.status_code == 202
    system.jobs.run_pending()
    job = client.get(f"/api/v1/jobs/{started.json()['job']}").json()
    for _ in range(200):
        if job["state"] in {"done", "failed"}:
            break
        system.jobs.run_pending()
        job = client.get(f"/api/v1/jobs/{started.json()['job']}").json()
    assert job["state"] == "done", job
    assert (job["result"]["count"], job["result"]["faults"], job["result"]["rows"]) == (0, [], 15)
    assert client.get("/api/v1/ledger/seals").json()["last_verification"]["count"] == 0
    assert client.get("/api/v1/ledger/verifier").text == (ROOT / "verify_proof.py").read_text("utf-8")
    one = client.post("/api/v1/items/SN1/verification").json()
    assert (one["item"], one["faults"], one["waiting"]) == ("新-1", [], 0)
    assert one["rows"] == 4 + 4 + 2
    assert one["qr"].startswith("MAZHI-PROOF:新-1:")


def test_an_altered_item_gets_no_proof_and_the_row_is_named(client: httpx.Client, system: System) -> None:
    live(client)
    system.seals.seal_all()
    with system.db.write() as tx:
        if system.db.dialect == "sqlite":
            tx.run("DROP TRIGGER history_refuses_update")
        else:
            tx.run("SET LOCAL session_replication_role = replica")
        tx.run(
            "UPDATE history SET actor = 'nobody' WHERE seq = 2 AND item_id = (SELECT id FROM item WHERE code = 'SN2')"
        )
    answer = client.get("/api/v1/items/SN2/proof")
    assert answer.status_code == 409
    assert answer.json()["code"] == "proof_broken"
    assert "SN2：履历第 2 行" in answer.json()["errors"][0]["message"]
    found = client.post("/api/v1/items/SN2/verification", headers={"accept-language": "en"}).json()["faults"]
    assert [one["code"] for one in found] == ["row_altered"]
    assert "history row 2" in found[0]["message"]
    assert client.post("/api/v1/items/SN3/verification").json()["faults"] == []


def test_personal_data_is_shown_erased_and_proofs_stay(
    client: httpx.Client, as_role: Callable[[str], httpx.Client], system: System
) -> None:
    live(client)
    system.seals.seal_all()
    shipped = client.get("/api/v1/items/SN1/history").json()["events"][-1]
    assert shipped["data"]["personal"] == {"name": "王女士", "phone": "13800000000"}
    keeper = as_role("keeper")
    assert "personal" not in keeper.get("/api/v1/items/SN1/history").json()["events"][-1]["data"]
    url = f"/api/v1/events/{shipped['event']}/personal"
    assert keeper.delete(url).status_code == 403
    assert client.delete(url).status_code == 204
    assert client.delete(url).status_code == 204
    assert client.delete("/api/v1/events/1/personal").status_code == 404
    data = client.get("/api/v1/items/SN1/history").json()["events"][-1]["data"]
    assert "personal" not in data
    assert data["personal_erased_at"].startswith("20")
    assert client.get("/api/v1/items/SN1/proof").status_code == 200
    with system.db.read() as tx:
        for table in ("event", "history", "payload", "request", "audit"):
            assert "13800000000" not in str([tuple(row) for row in tx.rows(f"SELECT * FROM {table}")])
    from mazhi.kernel.sealing.verification import verify

    assert list(verify(system.db)) == []
    audit = client.get("/api/v1/audit?subject=personal").json()["entries"]
    assert [one["action"] for one in audit] == ["erase"]


@pytest.mark.parametrize("personal", ["text", ["a"], {"x": "y" * 20000}])
def test_personal_data_of_another_shape_is_refused(client: httpx.Client, personal: object) -> None:
    live(client)
    answer = client.post(
        "/api/v1/operations/hold", json={"items": ["SN2"], "data": {"reason": "x", "personal": personal}}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/data/personal"


def test_an_evidence_package_can_be_checked_with_nothing_but_what_is_in_it(
    client: httpx.Client, tmp_path: Path
) -> None:
    live(client)
    folder = tmp_path / "evidence"
    answer = client.get("/api/v1/items/SN1/evidence")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    names = {"请先读我.txt", "proof.json", "verify_proof.py", "生命履历.pdf", "组成.pdf", "去向.pdf", "组成与去向.json"}
    assert {path.name for path in folder.iterdir()} == names | {"SHA256SUMS"}
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        names.remove(name)
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert names == set()
    readme = (folder / "请先读我.txt").read_text()
    assert client.get("/api/v1/ledger/seals").json()["keys"][0]["fingerprint"] in readme
    assert "新-1" in readme
    trees = json.loads((folder / "组成与去向.json").read_text())
    assert [trees[way]["nodes"][0]["code"] for way in ("down", "up")] == ["新-1", "新-1"]
    words = "".join(sheet.extract_text() for sheet in PdfReader(folder / "生命履历.pdf").pages)
    assert "新-1" in words
    run = [sys.executable, "-I", "-S", "verify_proof.py", "proof.json"]
    done = subprocess.run(run, capture_output=True, cwd=folder, check=False)
    assert (done.returncode, b"PROVEN" in done.stdout) == (0, True)
    english = client.get("/api/v1/items/SN1/evidence", params={"language": "en"})
    assert "README.txt" in zipfile.ZipFile(io.BytesIO(english.content)).namelist()
    assert client.get("/api/v1/items/NO/evidence").status_code == 404
