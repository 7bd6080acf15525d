"""What a user does with files: bring one, look at it until it belongs to something, take it back.

What a file belongs to decides who may have it from then on (see ``bind``): the library itself gives it to nobody.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError, TooLargeError, invalid
from mazhi.kernel.files import pictures, store
from mazhi.kernel.files.folder import Folder, Incoming
from mazhi.kernel.files.media_types import MediaType, ending_of, is_lie, titles_of
from mazhi.kernel.files.model import (
    KEPT_UNBOUND,
    LARGEST_POSSIBLE,
    MEGABYTE,
    USUAL_LARGEST,
    StoredFile,
    Uploader,
    clean_name,
    uploader_of,
)
from mazhi.kernel.files.pictures import Size
from mazhi.kernel.files.sniffing import look
from mazhi.kernel.jobs.service import JobRun, Jobs
from mazhi.kernel.posting.store import claim_request, store_answer
from mazhi.kernel.settings.store import read_setting, write_setting

RIGHT = "users.manage"
LIMIT = "files.largest_mb"
SWEEP = "sweep_files"
_AT_ONCE = 500
_HOUR = 3600 * clock.MICROS_PER_SECOND


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody says about a file that they bring.

    Attributes:
        name: What it is called.
        groups: What it may be, for a field that takes only some; empty: anything.
        client_key: The same key again brings nothing new.
    """

    name: str
    groups: Sequence[str] = ()
    client_key: str | None = None


class Files:
    """The library of files of one database and one folder."""

    def __init__(self, db: Database, ids: Ids, jobs: Jobs, root: Path) -> None:
        """Keep bytes below ``root``; uploads that nothing was made of are removed by a job."""
        self._db = db
        self._ids = ids
        self._jobs = jobs
        self.folder = Folder(root)
        jobs.handler(SWEEP, self._sweep)

    def largest(self, uploader: Uploader | None = None) -> int:
        """Return how many bytes one file may have."""
        with self._db.read() as tx:
            said = read_setting(tx, LIMIT)
        house = USUAL_LARGEST if said is None else int(said) * MEGABYTE
        return house if uploader is None or uploader.largest is None else min(house, uploader.largest)

    def set_largest(self, actor: Actor, megabytes: int) -> None:
        """Set how many megabytes one file may have.

        Raises:
            InvalidInputError: It is no sensible number (code ``file_limit_out_of_range``).
        """
        actor.require(RIGHT)
        most = LARGEST_POSSIBLE // MEGABYTE
        if not 1 <= megabytes <= most:
            raise invalid("/largest_mb", "file_limit_out_of_range", most=most)
        with self._db.write() as tx:
            before = read_setting(tx, LIMIT)
            write_setting(tx, LIMIT, str(megabytes))
            audit.record(
                tx, actor, subject="setting", key=LIMIT, action="change",
                before={"value": before}, after={"value": str(megabytes)},
            )  # fmt: skip

    def begin(self, uploader: Uploader, *, announced: int | None = None) -> Incoming:
        """Open a file that comes in; ``announced`` is how many bytes it is said to have.

        Raises:
            TooLargeError: They are more than may be (code ``file_over_limit``); nothing is read then.
            ConflictError: Too many uploads of theirs wait already (code ``too_many_uploads``).
        """
        largest = self.largest(uploader)
        if announced is not None and announced > largest:
            raise TooLargeError("file_over_limit", limit=largest // MEGABYTE)
        with self._db.read() as tx:
            if store.count_unbound(tx, uploader.key) >= uploader.most:
                raise ConflictError("too_many_uploads", limit=uploader.most)
        return self.folder.begin(largest)

    def keep(self, uploader: Uploader, incoming: Incoming, wish: Wish) -> StoredFile:
        """Take a file in that has come whole.

        Raises:
            InvalidInputError: It is empty, broken, not what its name says, or not what may be brought.
            TooLargeError: It is a picture of too many pixels.
            ConflictError: The client key was used for another file (code ``client_key_reused``).
        """
        name = clean_name(wish.name)
        if not incoming.size:
            raise invalid("/file", "file_empty", name=name)
        incoming.close()
        found = look(incoming.path, name)
        _check(found, name, wish.groups)
        width, height = _measured(incoming.path, found, name)
        made = StoredFile(
            id=self._ids.take(1)[0], uuid=str(uuid.uuid4()), sha256=incoming.sha256, size=incoming.size, type=found,
            name=name, width=width, height=height, owner=uploader.key, made_by=uploader.name, made_at=clock.now(),
            bound=False,
        )  # fmt: skip
        mark = self.folder.put(incoming)
        with self._db.write() as tx:
            present = self._repeated(tx, made, wish.client_key)
            if present is None:
                store.add(tx, made)
                self._see_to_it(tx, made.made_at)
        mark.unlink()
        return present or made

    def _repeated(self, tx: Tx, made: StoredFile, client_key: str | None) -> StoredFile | None:
        """Return what the same key has brought before; one whose upload was removed meanwhile brings it anew."""
        if client_key is None:
            return None
        key, said = f"files:{made.owner}:{client_key}", f"{made.sha256}:{made.name}"
        stored = claim_request(tx, key, said, made.made_at)
        if stored is not None and stored[0] != said:
            raise ConflictError("client_key_reused", client_key=client_key)
        if stored is not None:
            before: str = json.loads(stored[1])
            present = store.by_uuid(tx, [before]).get(before)
            if present is not None:
                return present
        store_answer(tx, key, None, json.dumps(made.uuid))
        return None

    def _see_to_it(self, tx: Tx, moment: int) -> None:
        """Have uploads removed that nobody makes anything of; one job for all of an hour."""
        hour = moment // _HOUR
        run_at = (hour + 1) * _HOUR + KEPT_UNBOUND
        self._jobs.enqueue(tx, SWEEP, {}, actor=SYSTEM, run_at=run_at, client_key=str(hour))

    def waiting(self, uploader: Uploader, file_id: str) -> StoredFile:
        """Return an upload to whoever brought it, as long as it belongs to nothing.

        Raises:
            NotFoundError: There is none such (code ``unknown_stored_file``).
        """
        with self._db.read() as tx:
            found = store.by_uuid(tx, [file_id]).get(file_id)
        if found is None or found.bound or found.owner != uploader.key:
            raise NotFoundError("unknown_stored_file")
        return found

    def take_back(self, uploader: Uploader, file_id: str) -> None:
        """Remove an upload that belongs to nothing.

        Raises:
            NotFoundError: There is none such (code ``unknown_stored_file``).
        """
        found = self.waiting(uploader, file_id)
        mark = self.folder.mark(found.sha256)
        with self._db.write() as tx:
            gone = store.remove_unbound(tx, file_id, uploader.key)
        self.folder.discard(mark, self._needed)
        if not gone:
            raise NotFoundError("unknown_stored_file")

    def by_uuid(self, tx: Tx, uuids: Collection[str]) -> dict[str, StoredFile]:
        """Return files by what clients call them, for whoever has asked the rights."""
        return store.by_uuid(tx, uuids)

    def path(self, stored: StoredFile, size: Size | None = None) -> tuple[Path, str]:
        """Return where the bytes of a file lie, or of a smaller picture of it, and what type they are.

        Raises:
            NotFoundError: There is no such picture, or the bytes are lost (``file_no_preview``, ``file_lost``).
        """
        whole = self.folder.path(stored.sha256)
        if not whole.is_file():
            raise NotFoundError("file_lost", name=stored.name)
        if size is None:
            return whole, stored.type.name
        if not stored.previewed:
            raise NotFoundError("file_no_preview")
        small = self.folder.derived(stored.sha256, f"{size}.webp")
        if not small.is_file():
            made = self.folder.new()
            try:
                if not pictures.derive(whole, made, size):
                    raise NotFoundError("file_no_preview")
                made.replace(small)
            finally:
                made.unlink(missing_ok=True)
        return small, "image/webp"

    def sweep(self, now: int) -> int:
        """Remove uploads that waited too long, and what killed processes left; return how many of both."""
        before, count = now - KEPT_UNBOUND, 0
        while True:
            with self._db.read() as tx:
                old = store.unbound_before(tx, before, _AT_ONCE)
            # First the marks: should this process end here, the bytes are still found.
            marks = [self.folder.mark(sha256) for sha256 in {sha256 for _, sha256 in old}]
            if old:
                with self._db.write() as tx:
                    store.forget(tx, [number for number, _ in old])
            for mark in marks:
                self.folder.discard(mark, self._needed)
            count += len(old)
            if len(old) < _AT_ONCE:
                return count + self.folder.tidy(before / clock.MICROS_PER_SECOND, self._needed)

    def _sweep(self, _run: JobRun) -> dict[str, Any]:
        return {"removed": self.sweep(clock.now())}

    def _needed(self, sha256: str) -> bool:
        with self._db.read() as tx:
            return store.is_needed(tx, sha256)


def _check(found: MediaType, name: str, groups: Sequence[str]) -> None:
    if is_lie(name, found):
        raise invalid("/file", "file_lies", name=name, claimed=ending_of(name), found=found.title)
    if groups and found.group not in groups:
        raise invalid("/file", "file_type_unwanted", name=name, found=found.title, wanted=titles_of(list(groups)))


def _measured(path: Path, found: MediaType, name: str) -> tuple[int, int]:
    if not found.drawn:
        return 0, 0
    try:
        return pictures.measure(path)
    except InvalidInputError:
        if not found.inline:
            # Of these there are kinds that we cannot read.
            return 0, 0
        raise invalid("/file", "file_broken_picture", name=name) from None


__all__ = ["Files", "Wish", "uploader_of"]
