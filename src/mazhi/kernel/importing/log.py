"""The log of faults while an import runs: a line a bad row, cut back to the last checkpoint after a kill."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from mazhi.kernel.importing.model import Fault


class FaultLog:
    """Bad rows with their faults, in order of rows, on disk: there may be a million of them."""

    def __init__(self, path: Path, size: int = 0) -> None:
        """Go on at ``size`` bytes; what was written after them belongs to a chunk that never committed."""
        self.path = path
        self._file = path.open("a+b")
        self._file.truncate(min(size, path.stat().st_size))

    @property
    def size(self) -> int:
        """How many bytes are on the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self.path.stat().st_size

    def add(self, rows: dict[int, Sequence[Fault]]) -> None:
        """Write the bad rows of a chunk."""
        for row in sorted(rows):
            body = json.dumps([fault.body() for fault in rows[row]], ensure_ascii=False, default=str)
            self._file.write(body.encode() + b"\n")

    def read(self) -> Iterator[list[Fault]]:
        """Read everything, a list of faults for each bad row."""
        self._file.flush()
        with self.path.open("rb") as source:
            for line in source:
                yield [Fault(**one) for one in json.loads(line)]

    def close(self) -> None:
        """Close the file; a run that was interrupted goes on with it."""
        self._file.close()

    def remove(self) -> None:
        """Close and delete the log; its content is in the report by now."""
        self.close()
        self.path.unlink(missing_ok=True)
