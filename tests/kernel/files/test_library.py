"""The library of files over real databases: taken in whole or not at all, removed when nobody needs them."""

from __future__ import annotations

import errno
import io
import os
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, TooLargeError
from mazhi.kernel.files import pictures, store
from mazhi.kernel.files.folder import Incoming
from mazhi.kernel.files.model import KEPT_UNBOUND, MEGABYTE, StoredFile, Uploader
from mazhi.kernel.files.service import Files, Wish
from mazhi.kernel.jobs.service import Jobs
from tests.kernel.files.pictures import HTML, PDF, SVG, bomb, jpeg, picture

CHEN, SUN = Uploader("user:1", "chen"), Uploader("user:2", "sun")
LATER = 2 * KEPT_UNBOUND


@pytest.fixture
def files(db: Database, tmp_path: Path) -> Files:
    jobs = Jobs(db, tmp_path / "jobs")
    return Files(db, Ids(Counters(db), "file"), jobs, tmp_path / "library")


def bring(files: Files, data: bytes, name: str = "a.pdf", by: Uploader = CHEN, **wish: object) -> StoredFile:
    incoming = files.begin(by)
    try:
        incoming.write(data)
        return files.keep(by, incoming, Wish(name, **wish))  # type: ignore[arg-type]
    finally:
        incoming.give_up()


def bound(files: Files, one: StoredFile, db: Database) -> None:
    with db.write() as tx:
        assert store.bind(tx, [one.id]) == 1


def left(files: Files) -> list[str]:
    """Name everything that lies in the folder."""
    return sorted(path.name for path in files.folder.root.rglob("*") if path.is_file())


def _opened(path: Path) -> Image.Image:
    return Image.open(io.BytesIO(path.read_bytes()))


def code_of(error: pytest.ExceptionInfo[InvalidInputError]) -> str:
    return error.value.problems[0].code


def test_a_file_is_taken_in_by_its_content_and_had_by_whoever_brought_it(files: Files) -> None:
    one = bring(files, PDF, "检验报告.pdf")
    assert (one.name, one.size, one.type.name, one.made_by) == ("检验报告.pdf", len(PDF), "application/pdf", "chen")
    assert files.waiting(CHEN, one.uuid) == one
    path, media_type = files.path(one)
    assert (path.read_bytes(), media_type, path.name) == (PDF, "application/pdf", one.sha256)
    with pytest.raises(NotFoundError, match="unknown_stored_file"):
        files.waiting(SUN, one.uuid)
    assert left(files) == [one.sha256]


def test_the_same_bytes_lie_once_however_often_they_come(files: Files, db: Database) -> None:
    one, other = bring(files, PDF, "a.pdf"), bring(files, PDF, "b.pdf", SUN)
    assert one.uuid != other.uuid
    assert left(files) == [one.sha256]
    files.take_back(CHEN, one.uuid)
    assert left(files) == [one.sha256]
    files.take_back(SUN, other.uuid)
    assert left(files) == []


def test_a_repeat_with_the_same_key_adds_nothing_and_another_file_with_it_is_refused(files: Files) -> None:
    one = bring(files, PDF, client_key="k")
    assert bring(files, PDF, client_key="k") == one
    with pytest.raises(ConflictError, match="client_key_reused"):
        bring(files, PDF + b" ", client_key="k")
    files.take_back(CHEN, one.uuid)
    assert bring(files, PDF, client_key="k").uuid != one.uuid


@pytest.mark.parametrize(
    ("data", "name", "groups", "code"),
    [
        (b"", "a.pdf", (), "file_empty"),
        (HTML, "a.pdf", (), "file_lies"),
        (SVG, "a.png", ("picture",), "file_lies"),
        (PDF, "a.pdf", ("picture",), "file_type_unwanted"),
        (jpeg()[:30], "a.jpg", (), "file_broken_picture"),
    ],
)
def test_what_is_not_taken_leaves_nothing(
    files: Files, data: bytes, name: str, groups: tuple[str, ...], code: str
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        bring(files, data, name, groups=groups)
    assert code_of(refused) == code
    assert left(files) == []


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(files: Files) -> None:
    for size in ((8_001, 8_000), (9_000, 9_000), (60_000, 60_000)):
        with pytest.raises(TooLargeError, match="file_pixels"):
            bring(files, bomb(*size), "a.png")
    assert left(files) == []
    assert bring(files, bomb(8_000, 8_000), "a.png").width == 8_000


def test_too_many_bytes_are_refused_by_what_is_said_and_by_counting(files: Files) -> None:
    files.set_largest(SYSTEM, 1)
    with pytest.raises(TooLargeError, match="file_over_limit"):
        files.begin(CHEN, announced=MEGABYTE + 1)
    assert left(files) == []
    with pytest.raises(TooLargeError, match="file_over_limit"):
        bring(files, bytes(MEGABYTE + 1))
    assert bring(files, bytes(MEGABYTE), "a.bin").size == MEGABYTE
    assert files.largest(Uploader("x", "x", largest=5)) == 5
    with pytest.raises(ForbiddenError):
        files.set_largest(Actor("chen"), 5)
    with pytest.raises(InvalidInputError):
        files.set_largest(SYSTEM, 5000)
    assert files.largest() == MEGABYTE


def test_a_full_disk_is_told_and_leaves_nothing(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(TooLargeError, match="file_disk_full"):
        bring(files, PDF)
    assert left(files) == []


def test_nobody_fills_the_disk_with_uploads_that_wait(files: Files) -> None:
    visitor = Uploader("link:1", "visitor", most=2)
    for number in range(2):
        bring(files, PDF, f"{number}.pdf", visitor)
    with pytest.raises(ConflictError, match="too_many_uploads"):
        files.begin(visitor)


def test_uploads_that_nothing_was_made_of_go_after_a_day(files: Files, db: Database) -> None:
    kept, lost = bring(files, PDF), bring(files, jpeg(), "a.jpg")
    files.path(lost, "small")
    bound(files, kept, db)
    assert files.sweep(clock.now()) == 0
    assert files.sweep(clock.now() + LATER) == 1
    assert left(files) == [kept.sha256]
    with pytest.raises(NotFoundError):
        files.waiting(CHEN, lost.uuid)
    with db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM job WHERE kind = 'sweep_files'") in {1, 2}


def test_bytes_that_a_record_has_stay_when_another_upload_of_them_goes(files: Files, db: Database) -> None:
    kept, lost = bring(files, PDF), bring(files, PDF, by=SUN)
    bound(files, kept, db)
    assert files.sweep(clock.now() + LATER) == 1
    assert files.path(kept)[0].read_bytes() == PDF
    with db.read() as tx:
        assert store.by_number(tx, [kept.id, lost.id]).keys() == {kept.id}


class _Killed(BaseException):
    """Ends a process as far as a test can: nothing after it runs, no clearing away either."""


def _kill(*_args: object, **_named: object) -> None:
    raise _Killed


@pytest.mark.parametrize("at", ["write", "fsync", "look", "mark", "rename", "row", "unmark"])
def test_a_process_killed_while_a_file_comes_in_leaves_nothing_that_stays(
    files: Files, db: Database, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    targets = {
        "write": (Incoming, "close"),
        "fsync": (os, "fsync"),
        "look": (pictures, "measure"),
        "mark": (type(files.folder), "put"),
        "rename": (Path, "replace"),
        "row": (store, "add"),
        "unmark": (Path, "unlink"),
    }
    incoming = files.begin(CHEN)
    incoming.write(jpeg())
    with monkeypatch.context() as patch:
        patch.setattr(*targets[at], _kill)
        with pytest.raises(_Killed):
            files.keep(CHEN, incoming, Wish("a.jpg"))
    with db.read() as tx:
        rows = tx.rows("SELECT uuid, sha256 FROM file")
    for row in rows:
        assert files.path(files.waiting(CHEN, row.uuid))[0].read_bytes() == jpeg()
    assert bool(rows) is (at == "unmark")
    _age(files)
    files.sweep(clock.now())
    incoming.give_up()
    assert left(files) == [row.sha256 for row in rows]
    again = bring(files, jpeg(), "a.jpg")
    assert files.path(again)[0].read_bytes() == jpeg()


@pytest.mark.parametrize("at", ["forget", "is_needed", "replace", "unlink"])
def test_a_process_killed_while_files_go_is_followed_by_one_that_ends_the_work(
    files: Files, db: Database, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    bring(files, PDF)
    kept = bring(files, jpeg(), "a.jpg")
    bound(files, kept, db)
    with monkeypatch.context() as patch:
        patch.setattr(store if at in {"forget", "is_needed"} else Path, at, _kill)
        with pytest.raises(_Killed):
            files.sweep(clock.now() + LATER)
    _age(files)
    files.sweep(clock.now() + LATER)
    files.sweep(clock.now() + LATER)
    assert left(files) == [kept.sha256]


def _age(files: Files) -> None:
    """Let everything in the waiting room be two days old."""
    old = time.time() - 172_800
    for path in (files.folder.root / "waiting").iterdir():
        os.utime(path, (old, old))


def test_bytes_that_come_while_they_are_removed_are_there_at_the_end(files: Files) -> None:
    """The same content comes and goes from several sides at once; whoever was told it is there finds it."""
    failures: list[BaseException] = []

    def come_and_go(number: int) -> None:
        by = Uploader(f"user:{number}", "x")
        try:
            for _ in range(12):
                one = bring(files, PDF, by=by)
                deadline = time.monotonic() + 5
                while not files.folder.path(one.sha256).exists():
                    # For a moment it may be looked at elsewhere, see the folder.
                    assert time.monotonic() < deadline
                files.take_back(by, one.uuid)
        except BaseException as error:  # noqa: BLE001 - collected and asserted below
            failures.append(error)

    threads = [threading.Thread(target=come_and_go, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert left(files) == []


def test_small_pictures_stand_upright_and_do_not_tell_where_they_were_taken(files: Files) -> None:
    photo = jpeg((640, 320), turned=True, located=True)
    assert Image.open(io.BytesIO(photo)).getexif().get_ifd(0x8825)
    one = bring(files, photo, "外观.jpg")
    assert (one.width, one.height) == (320, 640)
    path, media_type = files.path(one, "small")
    small = _opened(path)
    assert (small.size, media_type, small.format) == ((120, 240), "image/webp", "WEBP")
    assert not small.getexif() and not small.info.get("exif")
    # What was at the left of a picture turned clockwise stands at its top.
    top, bottom = small.convert("RGB").getpixel((60, 20)), small.convert("RGB").getpixel((60, 220))
    assert isinstance(top, tuple) and isinstance(bottom, tuple)
    assert top[1] < 100 < bottom[1]
    before = path.stat().st_mtime_ns
    assert files.path(one, "small")[0].stat().st_mtime_ns == before
    assert _opened(files.path(one, "large")[0]).size == (320, 640)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_depth_have_small_ones(files: Files, mode: str) -> None:
    one = bring(files, picture("PNG", (300, 200), mode), "a.png")
    assert _opened(files.path(one, "small")[0]).size == (240, 160)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF:UserWarning")
def test_what_has_no_small_picture_says_so(files: Files) -> None:
    for data, name in ((PDF, "a.pdf"), (b"II*\0broken", "a.tif"), (jpeg()[:-200] + bytes(200), "cut.jpg")):
        one = bring(files, data, name)
        with pytest.raises(NotFoundError, match="file_no_preview"):
            files.path(one, "small")


def test_bytes_that_are_lost_are_told(files: Files) -> None:
    one = bring(files, PDF)
    files.folder.path(one.sha256).unlink()
    with pytest.raises(NotFoundError, match="file_lost"):
        files.path(one)
