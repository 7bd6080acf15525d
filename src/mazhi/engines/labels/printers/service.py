"""What a user does with printers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from mazhi.engines.labels.printers import store
from mazhi.engines.labels.printers.driver import Pace, PrinterError, Session, Setup, Status
from mazhi.engines.labels.printers.model import Printer, check_printer, drivers
from mazhi.engines.labels.printers.store import PrinterFilter
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import NotFoundError
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.master_data.model import Checks, Page, already_exists, in_use, page_of
from mazhi.kernel.places import store as places

EDIT = "printers.edit"
PRINT = "labels.print"
FOLDER = "print"
QUICK = Pace(connect=3.0, answer=1.5)
"""For whoever waits in front of a screen."""


class Printers:
    """The printers of one database; printers of the kind ``folder`` write below one folder."""

    def __init__(self, db: Database, root: Path) -> None:
        self._db = db
        self._root = root

    def create(self, actor: Actor, printer: Printer) -> Printer:
        """Add a printer.

        Raises:
            InvalidInputError: Some fields are wrong; all are named.
            ConflictError: The code is taken (code ``already_exists``).
        """
        actor.require(EDIT)
        with self._db.write() as tx:
            clean, place_id = _checked(tx, printer)
            found = master_data.insert(tx, store.printer, store.values(clean, place_id))
            if found is None:
                raise already_exists(clean.code)
            audit.record(tx, actor, subject="printer", key=clean.code, action="create", after=clean.facts())
        return replace(clean, id=found, version=1)

    def get(self, code: str) -> Printer:
        """Return one printer.

        Raises:
            NotFoundError: There is none of that code (code ``unknown_printer``).
        """
        with self._db.read() as tx:
            return known(tx, code)

    def find(
        self,
        *,
        text: str | None = None,
        place: str | None = None,
        station: str | None = None,
        driver: str | None = None,
        after: str | None = None,
        limit: int = 100,
    ) -> Page[Printer]:
        """Return one page of printers in the order of their codes; of a place also those below it."""
        with self._db.read() as tx:
            inside: frozenset[int] | None = None
            if place is not None:
                found = places.by_codes(tx, [place])
                inside = frozenset(places.inside(tx, [one.id for one in found.values()]) if found else ())
            wanted = PrinterFilter(text=text, place_ids=inside, station=station, driver=driver)
            rows = store.find(tx, wanted, after, limit)
        return page_of(rows, limit, [printer.code for printer in rows])

    def codes(self, ids: Collection[int]) -> dict[int, str]:
        """Return the codes of printers by id; of one that is gone an empty text."""
        with self._db.read() as tx:
            found = store.by_ids(tx, ids)
        return {one: found[one].code if one in found else "" for one in ids}

    def replace(self, actor: Actor, code: str, version: int, changes: Mapping[str, Any]) -> Printer:
        """Change the version of a printer that the user saw; the code never changes.

        Raises:
            NotFoundError: There is no such printer.
            InvalidInputError: Some fields are wrong; all are named.
            ConflictError: Somebody else changed it meanwhile (code ``edit_conflict``).
        """
        actor.require(EDIT)
        with self._db.write() as tx:
            old = known(tx, code)
            master_data.claim(tx, store.printer, old.id, version)
            new, place_id = _checked(tx, replace(old, **changes))
            master_data.update(tx, store.printer, old.id, store.values(new, place_id))
            audit.record(tx, actor, subject="printer", key=code, action="change", before=old.facts(), after=new.facts())
        return replace(new, version=version + 1)

    def delete(self, actor: Actor, code: str) -> None:
        """Remove a printer that never printed.

        Raises:
            NotFoundError: There is no such printer.
            ConflictError: The print log names it (code ``in_use``).
        """
        actor.require(EDIT)
        with self._db.write() as tx:
            old = known(tx, code)
            master_data.lock(tx, store.printer, old.id)
            if not master_data.delete(tx, store.printer, old.id):
                raise in_use(code, ["print_log"])
            audit.record(tx, actor, subject="printer", key=code, action="delete", before=old.facts())

    def pause(self, actor: Actor, code: str, *, paused: bool) -> Printer:
        """Stop sending to a printer, or go on; a label under way is finished."""
        actor.require(PRINT)
        with self._db.write() as tx:
            old = known(tx, code)
            if old.paused == paused:
                return old
            store.set_paused(tx, old.id, paused=paused)
            audit.record(
                tx, actor, subject="printer", key=code, action="change", before=old.facts(),
                after=replace(old, paused=paused).facts(),
            )  # fmt: skip
        return replace(old, paused=paused, version=old.version + 1)

    def open(self, printer: Printer, *, pace: Pace | None = None, mute: set[str] | None = None) -> Session:
        """Open a session with a printer.

        Raises:
            PrinterError: It can't be reached.
        """
        setup = Setup(
            options=printer.options,
            language=printer.language,
            root=self._root,
            pace=pace or Pace(),
            mute=set() if mute is None else mute,
        )
        return drivers[printer.driver].open(setup)

    def ask(self, printer: Printer) -> tuple[Status | None, int | None]:
        """Ask a printer how it is and how many labels it printed.

        Raises:
            PrinterError: It can't be reached.
        """
        if drivers[printer.driver].by_hand:
            return None, None
        with self.open(printer, pace=QUICK) as session:
            status, counter = None, None
            try:
                status = session.status()
                counter = session.counter()
            except PrinterError:
                if status is None:
                    raise
            return status, counter


def known(tx: Tx, code: str) -> Printer:
    """Return one printer.

    Raises:
        NotFoundError: There is none of that code (code ``unknown_printer``).
    """
    found = store.by_codes(tx, [code]).get(code)
    if found is None:
        raise NotFoundError("unknown_printer", item=code)
    return found


def _checked(tx: Tx, printer: Printer) -> tuple[Printer, int]:
    """Return the printer with its options completed and the id of its place; every fault is named."""
    checks = Checks()
    options = check_printer(printer, checks)
    place_id = 0
    if printer.place is not None:
        found = places.by_codes(tx, [printer.place]).get(printer.place)
        if found is None:
            checks.fault("/place", "unknown_place", item=printer.place)
        else:
            place_id = found.id
    checks.done()
    return replace(printer, options=options, name=printer.name.strip(), station=printer.station.strip()), place_id
