"""Putting printing together: the services and the spooler over one database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mazhi.engines.labels.printers.driver import Pace, Session
from mazhi.engines.labels.printers.model import Printer
from mazhi.engines.labels.printers.service import FOLDER, Printers
from mazhi.engines.labels.printing import store as job_store
from mazhi.engines.labels.printing.files import FileWriter
from mazhi.engines.labels.printing.hands import Hands
from mazhi.engines.labels.printing.leases import SECONDS
from mazhi.engines.labels.printing.log import PrintLog
from mazhi.engines.labels.printing.model import PrintJob, Run, Runs
from mazhi.engines.labels.printing.service import Printing
from mazhi.engines.labels.printing.spooler import Spooler
from mazhi.engines.labels.printing.test_page import TestRun
from mazhi.kernel.db import Database
from mazhi.kernel.items.service import Items
from mazhi.kernel.jobs.files import Files
from mazhi.kernel.jobs.model import Pauses
from mazhi.kernel.scanning.service import Scanning


@dataclass(frozen=True, slots=True)
class PrintSystem:
    """All that printing consists of."""

    printers: Printers
    printing: Printing
    log: PrintLog
    spooler: Spooler


def build(
    db: Database,
    runs: Runs,
    files: Files,
    items: Items,
    scanning: Scanning,
    data: Path,
    *,
    pace: Pace | None = None,
    pauses: Pauses | None = None,
    lease: float = SECONDS,
) -> PrintSystem:
    """Wire printing over one database; printers of the kind ``folder`` write below ``data/print``."""
    printers = Printers(db, data / FOLDER)

    def open_session(printer: Printer, with_pace: Pace, mute: set[str]) -> Session:
        return printers.open(printer, pace=with_pace, mute=mute)

    def prepare(job: PrintJob) -> Run:
        if job.kind == "test":
            return TestRun()
        fresh = system.printing.take_run(job.id)
        if fresh is not None:
            return fresh
        with db.read() as tx:
            source = job_store.source(tx, job.id)
        wanted = [(str(value), namespace) for value, namespace in source["items"]]
        return runs.prepare(job.actor, job.label, wanted, source["records"], version=job.version, dpi=job.dpi)

    hands = Hands(open=open_session, prepare=prepare, write_file=FileWriter(db, files).write)
    hands.pace = pace or hands.pace
    hands.pauses = pauses or hands.pauses
    spooler = Spooler(db, hands, lease=lease)
    printing = Printing(db, runs, files, read=lambda raw, actor: scanning.read(raw, actor=actor), wake=spooler.wake)
    system = PrintSystem(printers, printing, PrintLog(db, items), spooler)
    return system
