"""The folder of the library: bytes by their SHA-256, written whole or not at all.

A file is written under a name of its own in ``waiting``, brought to the disk and then renamed to its place, which its
content decides. While it is on the way a *mark* with its content's name stands in ``waiting``; it goes once the row
that names the content is committed. So what a killed process leaves is either a file in ``waiting`` or bytes with a
mark: both are found without looking through the library.

Removing goes the same way back: a mark, then the bytes to ``waiting``, then a second look whether somebody needs them
after all (a row, or another mark, whose owner will have a row in a moment); only then are they gone.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from mazhi.kernel.errors import TooLargeError
from mazhi.kernel.files.model import MEGABYTE

_SHA = re.compile(r"[0-9a-f]{64}")


class Incoming:
    """A file on its way in: written piece by piece, kept or given up.

    Attributes:
        path: Where its bytes are so far.
        size: How many there are.
    """

    def __init__(self, path: Path, largest: int) -> None:
        self.path = path
        self.size = 0
        self.sha256 = ""
        self._largest = largest
        self._hash = hashlib.sha256()
        self._target: BinaryIO | None = path.open("xb")

    def write(self, piece: bytes) -> None:
        """Add bytes.

        Raises:
            TooLargeError: There are more than may be (``file_over_limit``), or the disk is full (``file_disk_full``).
        """
        self.size += len(piece)
        if self.size > self._largest:
            raise TooLargeError("file_over_limit", limit=self._largest // MEGABYTE)
        self._hash.update(piece)
        if self._target is None:
            raise ValueError("closed")
        try:
            self._target.write(piece)
        except OSError as error:
            raise _full(error) from error

    def close(self) -> None:
        """Bring what is there to the disk."""
        if self._target is None:
            return
        try:
            self._target.flush()
            os.fsync(self._target.fileno())
        except OSError as error:
            raise _full(error) from error
        finally:
            self._target.close()
            self._target = None
        self.sha256 = self._hash.hexdigest()

    def give_up(self) -> None:
        """Leave nothing behind; what was kept stays."""
        if self._target is not None:
            self._target.close()
            self._target = None
        self.path.unlink(missing_ok=True)


def _full(error: OSError) -> Exception:
    return TooLargeError("file_disk_full") if error.errno in {errno.ENOSPC, errno.EDQUOT} else error


class Folder:
    """The library's folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._waiting = root / "waiting"

    def begin(self, largest: int) -> Incoming:
        """Open a new file of up to so many bytes."""
        self._waiting.mkdir(parents=True, exist_ok=True)
        return Incoming(self._waiting / secrets.token_hex(16), largest)

    def path(self, sha256: str) -> Path:
        """Return where bytes lie."""
        return self.root / sha256[:2] / sha256

    def derived(self, sha256: str, what: str) -> Path:
        """Return where something lies that was made from bytes and can be made again."""
        return self.root / sha256[:2] / f"{sha256}.{what}"

    def new(self) -> Path:
        """Return the path of a file to write and then to rename."""
        self._waiting.mkdir(parents=True, exist_ok=True)
        return self._waiting / secrets.token_hex(16)

    def put(self, incoming: Incoming) -> Path:
        """Put a closed file in its place and return its mark, which goes once its row is there."""
        mark = self.mark(incoming.sha256)
        place = self.path(incoming.sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        # Over bytes that lie there already too: they are the same, and may be about to be removed.
        incoming.path.replace(place)
        for folder in (place.parent, self.root):
            _sync(folder)
        return mark

    def mark(self, sha256: str) -> Path:
        """Note that bytes are on their way in or out."""
        self._waiting.mkdir(parents=True, exist_ok=True)
        mark = self._waiting / f"{secrets.token_hex(8)}.{sha256}"
        mark.touch(exist_ok=False)
        _sync(self._waiting)
        return mark

    def discard(self, mark: Path, needed: Callable[[str], bool]) -> bool:
        """Remove marked bytes unless somebody needs them; tell whether they are gone.

        Two who remove the same bytes make way for each other; whoever leaves last, and finds them still there, tries
        again.
        """
        sha256 = mark.name.partition(".")[2]
        while not self._discard(mark, sha256, needed):
            if not self.path(sha256).exists() or self._others(mark, sha256) or needed(sha256):
                return False
            mark = self.mark(sha256)
        return True

    def _discard(self, mark: Path, sha256: str, needed: Callable[[str], bool]) -> bool:
        place, away = self.path(sha256), self._waiting / f"{mark.name}.gone"
        gone = False
        if not needed(sha256):
            try:
                place.replace(away)
            except FileNotFoundError:
                gone = not place.exists()
            else:
                gone = not self._others(mark, sha256) and not needed(sha256)
                if gone:
                    away.unlink()
                else:
                    away.replace(place)
        if gone:
            for one in place.parent.glob(f"{sha256}.*"):
                one.unlink(missing_ok=True)
        mark.unlink(missing_ok=True)
        return gone

    def _others(self, mark: Path, sha256: str) -> bool:
        return any(one != mark for one in self._waiting.glob(f"*.{sha256}"))

    def tidy(self, before: float, needed: Callable[[str], bool]) -> int:
        """Clear away what killed processes left before a moment (seconds since 1970); return how many bytes' files."""
        count = 0
        for one in list(self._waiting.iterdir()) if self._waiting.is_dir() else []:
            parts = one.name.split(".")
            try:
                if one.stat().st_mtime >= before:
                    continue
            except FileNotFoundError:
                continue
            if len(parts) == 3 and _SHA.fullmatch(parts[1]):
                self._bring_back(one, parts[1], needed)
            elif len(parts) == 2 and _SHA.fullmatch(parts[1]):
                count += self.discard(one, needed)
            else:
                one.unlink(missing_ok=True)
                count += 1
        return count

    def _bring_back(self, away: Path, sha256: str, needed: Callable[[str], bool]) -> None:
        """End a removal that was interrupted."""
        if needed(sha256) and not self.path(sha256).exists():
            away.replace(self.path(sha256))
        else:
            away.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except (PermissionError, IsADirectoryError):  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
