"""A print system over a real database, with labels so small that ten thousand are quick."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from mazhi.engines.labels.printers.driver import Pace
from mazhi.engines.labels.printers.model import Printer
from mazhi.engines.labels.printing import wiring
from mazhi.engines.labels.printing.model import Line, PrintRequest, Target
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import NotFoundError
from mazhi.kernel.items.service import Items
from mazhi.kernel.jobs.files import Files
from mazhi.kernel.jobs.model import Pauses
from mazhi.kernel.scanning.service import Scanning
from tests.engines.labels.printing.fake_printer import FakePrinter

QUICK = Pace(connect=2.0, answer=0.3, stall=0.3, settle=0.02, grace=0.0, close=0.5)


@dataclass
class TinyRun:
    """Labels of a few bytes."""

    lines: Sequence[Line]
    version: int = 1
    per_sheet: int = 1

    def chunks(self, target: Target, labels: Sequence[int], total: int, at: int) -> Iterator[bytes]:
        for place in labels:
            code = self.lines[place].code
            if target.language == "zpl":
                yield f"^XA^FO9,9^A0N,20^FD{code}^FS^XZ\n".encode()
            elif target.language == "tspl":
                yield f'CLS\r\nTEXT 9,9,"1",0,1,1,"{code}"\r\nPRINT 1,1\r\n'.encode()
            else:
                yield f"%PDF {code}\n".encode()


@dataclass
class TinyRuns:
    """Runs of one template, PLATE; items are looked up by ``ids`` or get ids of their own."""

    ids: Callable[[str], int] | None = None
    made: int = 0
    per_sheet: int = 1
    known: dict[str, int] = field(default_factory=dict)

    def prepare(
        self,
        actor: Actor,
        label: str,
        items: Sequence[tuple[str, str | None]],
        records: Sequence[Mapping[str, Any]],
        *,
        version: int | None = None,
        dpi: int = 203,
    ) -> TinyRun:
        if label not in {"PLATE", "BOX"}:
            raise NotFoundError("unknown_label", item=label)
        self.made += 1
        return TinyRun([self._line(code) for code, _ in items], per_sheet=self.per_sheet)

    def _line(self, code: str) -> Line:
        return Line(self.known.setdefault(code, 1_000_000 + len(self.known)), code)


def make(db: Database, folder: Path, runs: TinyRuns | None = None, **pace: float) -> wiring.PrintSystem:
    """Wire printing with short waits."""
    items = Items(db)
    return wiring.build(
        db,
        runs or TinyRuns(),
        Files(db, folder / "files"),
        items,
        Scanning(db, items.by_ids),
        folder,
        pace=replace(QUICK, **pace),
        pauses=Pauses(first=1000, longest=20_000),
    )


@pytest.fixture
def runs() -> TinyRuns:
    return TinyRuns()


@pytest.fixture
def prints(db: Database, tmp_path: Path, runs: TinyRuns) -> Iterator[wiring.PrintSystem]:
    system = make(db, tmp_path, runs)
    yield system
    system.spooler.stop()


def add(prints: wiring.PrintSystem, fake: FakePrinter, code: str = "ZT-1", **about: Any) -> Printer:
    """Add a fake printer."""
    options = {"host": "127.0.0.1", "port": fake.port, **about.pop("options", {})}
    return prints.printers.create(
        SYSTEM,
        Printer(code=code, name=code, driver="tcp", language=fake.language, options=options, **about),
    )


def order(prints: wiring.PrintSystem, codes: Sequence[str], printer: str = "ZT-1", **about: Any) -> str:
    """Order labels."""
    request = PrintRequest(**{"label": "PLATE", "printer": printer, "items": [(code, None) for code in codes], **about})
    return prints.printing.print(SYSTEM, request)
