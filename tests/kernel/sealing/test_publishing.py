from __future__ import annotations

import json
import shutil
import socketserver
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from mazhi.kernel.sealing import published, store, timestamps
from mazhi.kernel.sealing.publishing import Publisher, Publishing
from mazhi.kernel.sealing.service import Seals
from tests.kernel.world import World


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.server_address[1]  # type: ignore[index]  # a socket on loopback has (host, port)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_checkpoints_are_written_to_a_folder_now_and_then(told: World, seals: Seals, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    publisher = Publisher(told.db, Publishing(folder=folder))
    assert publisher.publish() == ["folder"]
    told.bear(["X1"])
    seals.seal_all()
    assert publisher.publish() == []  # not again within the hour
    assert publisher.publish(at_once=True) == ["folder"]
    assert [path.name for path in sorted(folder.iterdir())] == [
        "checkpoint-000000000003.json",
        "checkpoint-000000000004.json",
    ]
    assert list(published.compare(told.db, folder)) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda told: {**told, "total": told["total"] + 1}, "file"),
        (lambda told: {**told, "number": 99}, "file"),
        (lambda told: {"format": "other"}, "unreadable"),
        (lambda told: [], "unreadable"),
    ],
)
def test_an_altered_checkpoint_file_is_named(
    told: World, tmp_path: Path, change: Callable[[Any], Any], what: str
) -> None:
    Publisher(told.db, Publishing(folder=tmp_path / "c")).publish()
    (path,) = (tmp_path / "c").iterdir()
    path.write_text(json.dumps(change(json.loads(path.read_text()))))
    (fault,) = published.compare(told.db, tmp_path / "c")
    assert (fault.code, fault.subject, fault.params["what"]) == ("checkpoint_differs", path.name, what)


def test_a_ledger_sealed_anew_is_found_by_a_checkpoint_kept(told: World, tmp_path: Path, seals: Seals) -> None:
    Publisher(told.db, Publishing(folder=tmp_path / "c")).publish()
    with told.db.write() as tx:
        if tx.dialect == "sqlite":
            for (name,) in tx.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                tx.run(f"DROP TRIGGER {name}")
        else:
            tx.run("SET LOCAL session_replication_role = replica")
        tx.run("UPDATE history SET to_state = 'sold' WHERE seq = 2")
        for table in ("sealed", "seal_block", "seal_leaves", "seal_node", "seal_key"):
            tx.run(f"DELETE FROM {table}")
        tx.run("INSERT INTO unsealed (event_id) SELECT id FROM event")
    assert next(iter(published.compare(told.db, tmp_path / "c"))).params["what"] == "missing"
    seals.seal_all()
    for number in range(5):
        told.bear([f"Y{number}"])
        seals.seal_all()
    (fault,) = published.compare(told.db, tmp_path / "c")
    assert fault.params == {"block": 3, "what": "ledger"}


def test_what_cannot_be_sent_is_tried_again(told: World, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way")
    blocked = Publisher(told.db, Publishing(folder=tmp_path / "file" / "c"))
    assert blocked.publish() == []
    (stands,) = blocked.standing()
    assert (stands["to"], stands["number"], stands["failed_at"] is None) == (str(tmp_path / "file" / "c"), None, False)
    assert stands["trouble"]
    assert "not sent: folder" in caplog.text
    assert Publisher(told.db, Publishing(folder=tmp_path / "c")).publish() == ["folder"]


class _Post(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs to leave a message."""

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        reading = False
        for line in self.rfile:
            if reading:
                if line == b".\r\n":
                    reading = False
                    self.wfile.write(b"250 kept\r\n")
                else:
                    self.server.kept.append(line)  # type: ignore[attr-defined]
                continue
            word = line[:4].upper()
            reading = word == b"DATA"
            self.wfile.write({b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}.get(word, b"250 fine\r\n"))
            if word == b"QUIT":
                return


def test_checkpoints_are_mailed(told: World) -> None:
    server = socketserver.TCPServer(("127.0.0.1", 0), _Post)
    server.kept = []  # type: ignore[attr-defined]
    with serving(server) as port:
        wanted = Publishing(mail=f"smtp://127.0.0.1:{port}/?from=mazhi@example.com&to=auditor@example.com")
        assert Publisher(told.db, wanted).publish() == ["mail"]
    text = b"".join(server.kept).decode()  # type: ignore[attr-defined]
    assert "To: auditor@example.com" in text
    assert 'filename="checkpoint-000000000003.json"' in text


def _authority(folder: Path) -> None:
    """Make a time-stamping authority of one certificate."""
    (folder / "ts.cnf").write_text(
        "[req]\ndistinguished_name=dn\nx509_extensions=ext\nprompt=no\n[dn]\nCN=stamper\n"
        "[ext]\nextendedKeyUsage=critical,timeStamping\n"
        f"[tsa]\ndefault_tsa=t\n[t]\nserial={folder}/serial\nsigner_cert={folder}/c.pem\ncerts={folder}/c.pem\n"
        f"signer_key={folder}/k.pem\nsigner_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\n"
    )
    (folder / "serial").write_text("01\n")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-config", "ts.cnf",
         "-keyout", "k.pem", "-out", "c.pem"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


def test_checkpoints_are_stamped_by_a_time_stamping_service(told: World, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl here to play the service")
    _authority(tmp_path)

    class Stamper(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (tmp_path / "q").write_bytes(self.rfile.read(int(self.headers["content-length"])))
            assert self.headers["content-type"] == "application/timestamp-query"
            subprocess.run(
                ["openssl", "ts", "-reply", "-queryfile", "q", "-out", "r", "-config", "ts.cnf"],
                cwd=tmp_path, check=True, capture_output=True,
            )  # fmt: skip
            self.send_response(200)
            self.end_headers()
            self.wfile.write((tmp_path / "r").read_bytes())

        def log_message(self, *_: object) -> None:
            pass

    with serving(HTTPServer(("127.0.0.1", 0), Stamper)) as port:
        publisher = Publisher(told.db, Publishing(stamper=f"http://127.0.0.1:{port}/"))
        assert publisher.publish() == ["stamp"]
    with told.db.read() as tx:
        head = store.head(tx)
        answer = bytes(tx.scalar("SELECT answer FROM seal_published WHERE channel = 'stamp'"))
    assert head is not None
    (tmp_path / "answer").write_bytes(answer)
    done = subprocess.run(
        ["openssl", "ts", "-verify", "-digest", head.hash, "-in", "answer", "-CAfile", "c.pem"],
        cwd=tmp_path, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert "Verification: OK" in done.stdout + done.stderr
    with pytest.raises(ValueError, match="something else"):
        timestamps.check(answer, bytes(32), 1)


@pytest.mark.parametrize("answer", [b"", b"\x30", b"<html>", b"\x30\x05\x30\x03\x02\x01\x02"])
def test_an_answer_that_stamps_nothing_is_refused(answer: bytes) -> None:
    with pytest.raises(ValueError, match=r"time.stamp"):
        timestamps.check(answer, bytes(32), 1)


def test_other_addresses_are_no_stampers() -> None:
    with pytest.raises(ValueError, match="not an address"):
        timestamps.stamp("file:///etc/passwd", bytes(32), 1)
