"""Files of jobs: uploads that wait to be read and results that wait to be fetched.

They lie in one folder under random names, are described in the table ``job_file``, and go after some days.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import NotFoundError, TooLargeError
from mazhi.kernel.jobs import store
from mazhi.kernel.jobs.model import StoredFile

KEEP_DAYS = 7
_CHUNK = 1 << 20
_STRAY_SECONDS = 86_400


class Files:
    """The folder of job files."""

    def __init__(self, db: Database, folder: Path) -> None:
        self._db = db
        self.folder = folder

    def new(self) -> Path:
        """Return the path of a file to write; it counts for nothing until :meth:`keep` records it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / secrets.token_hex(16)

    def receive(self, source: BinaryIO, limit: int) -> Path:
        """Copy an upload to disk.

        Raises:
            TooLargeError: It has more than ``limit`` bytes (code ``file_too_large``); nothing is left behind.
        """
        path = self.new()
        size = 0
        with path.open("wb") as target:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    break
                target.write(chunk)
        if size > limit:
            path.unlink()
            raise TooLargeError("file_too_large", limit=limit // (1 << 20))
        return path

    def keep(
        self, tx: Tx, path: Path, *, name: str, media_type: str, actor: Actor, days: int = KEEP_DAYS
    ) -> StoredFile:
        """Record a written file in the caller's transaction, after making sure that it is on the disk."""
        with path.open("rb") as written:
            os.fsync(written.fileno())
        now = clock.now()
        made = StoredFile(
            id=path.name,
            name=name,
            media_type=media_type,
            size=path.stat().st_size,
            created_at=now,
            expires_at=now + days * clock.MICROS_PER_DAY,
            created_by=actor.name,
        )
        store.insert_file(tx, made)
        return made

    def get(self, file_id: str) -> StoredFile:
        """Return a file's description.

        Raises:
            NotFoundError: It never was, or its time is over (code ``unknown_file``).
        """
        with self._db.read() as tx:
            found = store.get_file(tx, file_id)
        if found is None or not (self.folder / found.id).is_file():
            raise NotFoundError("unknown_file")
        return found

    def path(self, stored: StoredFile) -> Path:
        """Return where a file lies."""
        return self.folder / stored.id

    def stream(self, stored: StoredFile) -> Iterator[bytes]:
        """Read a file piece by piece."""
        with self.path(stored).open("rb") as source:
            while chunk := source.read(_CHUNK):
                yield chunk

    def sweep(self, now: int) -> int:
        """Delete files whose time is over, and strays that a killed process left; return how many."""
        with self._db.read() as tx:
            expired = store.expired_files(tx, now)
        if expired:
            with self._db.write() as tx:
                store.forget_files(tx, expired)
        gone = 0
        for name in expired:
            gone += self._delete(self.folder / name)
        return gone + self._sweep_strays(now)

    def _sweep_strays(self, now: int) -> int:
        if not self.folder.is_dir():
            return 0
        limit = now / clock.MICROS_PER_SECOND - _STRAY_SECONDS
        old = [path for path in self.folder.iterdir() if path.is_file() and path.stat().st_mtime < limit]
        with self._db.read() as tx:
            strays = [path for path in old if store.get_file(tx, path.name) is None]
        return sum(self._delete(path) for path in strays)

    def _delete(self, path: Path) -> int:
        path.unlink(missing_ok=True)
        return 1
