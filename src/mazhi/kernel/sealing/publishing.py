"""Sending checkpoints away: whoever keeps one elsewhere can tell when the whole ledger, seals and all, was replaced."""

from __future__ import annotations

import json
import logging
import os
import smtplib
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.db import Database
from mazhi.kernel.sealing import store, timestamps
from mazhi.kernel.sealing.model import Checkpoint

EVERY = 3600 * clock.MICROS_PER_SECOND
SECONDS = 20
_log = logging.getLogger("mazhi.sealing")


@dataclass(frozen=True, slots=True)
class Publishing:
    """Where checkpoints go.

    Attributes:
        folder: A folder (better on another machine) that gets a file for each.
        mail: ``smtp://[user:password@]host[:port]/?from=…&to=…`` (``smtps`` for TLS from the start).
        stamper: Address of an RFC 3161 time-stamping service.
        every: At most one in so many microseconds, and one at an orderly stop.
    """

    folder: Path | None = None
    mail: str | None = None
    stamper: str | None = None
    every: int = EVERY

    @classmethod
    def from_environment(cls) -> Publishing:
        """Read ``MAZHI_CHECKPOINT_FOLDER``, ``_MAIL``, ``_STAMPER`` and ``_MINUTES``."""
        folder = os.environ.get("MAZHI_CHECKPOINT_FOLDER")
        minutes = os.environ.get("MAZHI_CHECKPOINT_MINUTES", "")
        return cls(
            folder=Path(folder).absolute() if folder else None,
            mail=os.environ.get("MAZHI_CHECKPOINT_MAIL") or None,
            stamper=os.environ.get("MAZHI_CHECKPOINT_STAMPER") or None,
            every=int(minutes) * 60 * clock.MICROS_PER_SECOND if minutes.isdecimal() else EVERY,
        )


class Publisher:
    """Sends the head to every place that is configured, now and then."""

    def __init__(self, db: Database, wanted: Publishing) -> None:
        self._db = db
        self._wanted = wanted
        self._channels: dict[str, Callable[[Checkpoint], bytes]] = {}
        if wanted.folder is not None:
            self._channels["folder"] = self._write
        if wanted.mail is not None:
            self._channels["mail"] = self._mail
        if wanted.stamper is not None:
            self._channels["stamp"] = self._stamp
        self._failed: dict[str, tuple[int, str]] = {}

    def standing(self) -> list[dict[str, Any]]:
        """Say for each channel where it leads, what was sent last and when, and what went wrong since."""
        told = []
        with self._db.read() as tx:
            for name in self._channels:
                number, at = store.last_published(tx, name)
                failed = self._failed.get(name)
                told.append(
                    {
                        "channel": name,
                        "to": self._target(name),
                        "number": number or None,
                        "at": clock.to_text(at) if number else None,
                        "failed_at": clock.to_text(failed[0]) if failed else None,
                        "trouble": failed[1] if failed else None,
                    }
                )
        return told

    def _target(self, name: str) -> str:
        """Return where a channel leads, as far as everybody may know: no user, no password."""
        if name == "folder":
            return str(self._wanted.folder)
        if name == "mail":
            asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self._wanted.mail or "").query))
            return asked.get("to", "")
        return urllib.parse.urlsplit(self._wanted.stamper or "").hostname or ""

    def publish(self, *, at_once: bool = False) -> list[str]:
        """Send the head where it is due; return the channels that took it. What fails is tried again later."""
        taken = []
        for name, send in self._channels.items():
            with self._db.read() as tx:
                head = store.head(tx)
                number, at = store.last_published(tx, name)
            if head is None or head.number <= number or not (at_once or clock.now() - at >= self._wanted.every):
                continue
            try:
                answer = send(head)
            except (OSError, ValueError, smtplib.SMTPException, urllib.error.URLError) as error:
                _log.exception("checkpoint %s not sent: %s", head.number, name)
                self._failed[name] = (clock.now(), str(error) or type(error).__name__)
                continue
            self._failed.pop(name, None)
            with self._db.write() as tx:
                store.note_published(tx, head.number, name, clock.now(), answer)
            taken.append(name)
        return taken

    def _write(self, head: Checkpoint) -> bytes:
        assert self._wanted.folder is not None  # noqa: S101 - else the channel is not there
        self._wanted.folder.mkdir(parents=True, exist_ok=True)
        path = self._wanted.folder / file_name(head)
        with path.open("xb") as target:
            target.write(spell(head))
            target.flush()
            os.fsync(target.fileno())
        return path.name.encode()

    def _mail(self, head: Checkpoint) -> bytes:
        where = urllib.parse.urlsplit(self._wanted.mail or "")
        asked = dict(urllib.parse.parse_qsl(where.query))
        message = EmailMessage()
        message["Subject"] = f"码志台账检查点 {head.number}"
        message["From"], message["To"] = asked.get("from", "mazhi@localhost"), asked["to"]
        message.set_content(spell(head).decode())
        message.add_attachment(spell(head), maintype="application", subtype="json", filename=file_name(head))
        host = where.hostname or "localhost"
        opened = (
            smtplib.SMTP_SSL(host, where.port or 465, timeout=SECONDS)
            if where.scheme == "smtps"
            else smtplib.SMTP(host, where.port or 25, timeout=SECONDS)
        )
        with opened as server:
            if where.username:
                server.login(urllib.parse.unquote(where.username), urllib.parse.unquote(where.password or ""))
            server.send_message(message)
        return asked["to"].encode()

    def _stamp(self, head: Checkpoint) -> bytes:
        return timestamps.stamp(self._wanted.stamper or "", bytes.fromhex(head.hash), SECONDS)


def file_name(head: Checkpoint) -> str:
    """Name a checkpoint's file so that they sort."""
    return f"checkpoint-{head.number:012d}.json"


def spell(head: Checkpoint) -> bytes:
    """Write a checkpoint's file."""
    return (json.dumps(head.told(), indent=1, sort_keys=True) + "\n").encode()


def read(told: Mapping[str, object]) -> Checkpoint:
    """Read a checkpoint's file back.

    Raises:
        ValueError: It is none.
    """
    names = Checkpoint.__slots__
    if not names or not set(names) <= told.keys():
        raise ValueError("no checkpoint")
    # The kinds are those of a file that may be altered: comparing it is what tells.
    return Checkpoint(**{name: told[name] for name in names})  # type: ignore[arg-type]
