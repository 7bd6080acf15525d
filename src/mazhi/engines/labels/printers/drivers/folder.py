"""Folder (文件夹): each window becomes a file, for programs that watch a folder.

A file appears whole, by renaming. From the moment when its name is stored as memo until the renaming something lies
under a hidden name beside its place; so after a kill it is plain whether it was handed over.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mazhi.engines.labels.printers.driver import Driver, Look, Option, PrinterError, Session, Setup, Wait
from mazhi.kernel.master_data.model import Checks

_NAME = re.compile(r"[\w\-](?:[\w\-. ]*[\w\-])?")
_ENDINGS = {"zpl": "zpl", "tspl": "prn", "pdf": "pdf", "png": "png"}


class FolderSession(Session):
    """Writes files."""

    def __init__(self, setup: Setup) -> None:
        """Find the folder, or make it.

        Raises:
            PrinterError: It can't be written to.
        """
        self._setup = setup
        self._folder = setup.root / str(setup.options["folder"])
        self._ending = _ENDINGS[setup.language]
        self._parts: list[bytes] = []
        self._name = ""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(error) from None

    def begin(self, key: str, count: int) -> str:
        """Return the file's name and how many labels it will hold."""
        self._name = f"{key}.{self._ending}"
        self._parts = []
        try:
            self._hidden(self._name).touch()
            sync(self._folder)
        except OSError as error:
            raise _unwritable(error) from None
        return f"{count}/{self._name}"

    def send(self, data: bytes, wait: Wait) -> None:  # noqa: ARG002 - a disk makes nobody wait
        """Collect what the file will hold."""
        self._parts.append(data)

    def complete(self) -> None:
        """Write the file under a hidden name, make sure that it is on the disk, and rename it."""
        hidden = self._hidden(self._name)
        try:
            with hidden.open("wb") as file:
                file.writelines(self._parts)
                file.flush()
                os.fsync(file.fileno())
            hidden.rename(self._whole(self._name))
            sync(self._folder)
        except OSError as error:
            raise _unwritable(error) from None

    def look(self, memo: str) -> Look:
        """Tell whether the file was handed over; what watches the folder may have taken it away since."""
        count, _, name = memo.partition("/")
        try:
            self._hidden(name).unlink()
        except FileNotFoundError:
            return Look(int(count), busy=False)
        return Look(0, busy=False)

    def _hidden(self, name: str) -> Path:
        return self._folder / f".{name}.part"

    def _whole(self, name: str) -> Path:
        return self._folder / name


def sync(folder: Path) -> None:
    """Make sure that a renaming is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(error: OSError) -> PrinterError:
    return PrinterError("folder_unwritable", reason=error.strerror or type(error).__name__)


def _check(options: Mapping[str, Any], checks: Checks) -> None:
    parts = str(options["folder"]).split("/")
    if not all(_NAME.fullmatch(part) for part in parts) or len(parts) > 4:
        checks.fault("/options/folder", "folder_name_wrong", folder=str(options["folder"]))


KIND = Driver(
    name="folder",
    zh="文件夹",
    en="Folder",
    languages=("zpl", "tspl", "pdf", "png"),
    options=(Option(name="folder", zh="文件夹", en="Folder", type="folder", most=100, example="line-1"),),
    open=FolderSession,
    check=_check,
    window=(500, 500),
)
