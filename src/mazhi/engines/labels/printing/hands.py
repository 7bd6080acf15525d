"""What a worker works with, given by whoever wires printing together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from mazhi.engines.labels.printers.driver import Pace, Session
from mazhi.engines.labels.printers.model import Printer
from mazhi.engines.labels.printing.model import PrintJob, Run, Target
from mazhi.kernel.jobs.model import Pauses

Open = Callable[[Printer, Pace, set[str]], Session]
Prepare = Callable[[PrintJob], Run]
Write = Callable[[PrintJob, Run, Target], None]


class LeaveError(Exception):
    """Ends the work on a job in good order: stopping, paused, cancelled, in doubt."""


@dataclass(slots=True)
class Hands:
    """What a worker works with.

    Attributes:
        open: Opens a session with a printer.
        prepare: Makes the run of a job anew.
        write_file: Writes the file of a job that a person prints.
        pace: How long is waited for a printer.
        pauses: How long is waited between attempts.
    """

    open: Open
    prepare: Prepare
    write_file: Write
    pace: Pace = field(default_factory=Pace)
    pauses: Pauses = field(default_factory=lambda: Pauses(first=500_000, longest=30_000_000))
