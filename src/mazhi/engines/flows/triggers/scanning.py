"""Scans at a station that start flows: the code finds the record that names it, or begins a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mazhi.engines.flows.designing import Flows
from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.service import Running
from mazhi.engines.flows.triggers import store
from mazhi.engines.flows.triggers.allowed import may_start
from mazhi.engines.flows.triggers.kind import holds
from mazhi.engines.flows.triggers.store import Trigger
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, PlatformError, Problem
from mazhi.kernel.jobs.model import problems_of
from mazhi.kernel.posting.repeating import Request
from mazhi.kernel.scanning.service import Scanning


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan did with one flow.

    Attributes:
        app: The code of the app.
        flow: The code of the flow.
        form: The code of the form.
        record: The record that was found or made; 0 for none.
        made: Whether it was made.
        instance: The instance that was started, or None.
        problems: Why none was.
        name: What people call the flow.
        title: What the work list calls what was started.
        running: The instance that runs there already, because of which none was started.
    """

    app: str
    flow: str
    form: str
    record: int
    made: bool
    instance: int | None
    problems: Sequence[Problem] = ()
    name: str = ""
    title: str = ""
    running: int | None = None


@dataclass(frozen=True, slots=True)
class AtStation:
    """A flow that somebody can start by scanning.

    Attributes:
        app: The code of the app.
        flow: The code of the flow.
        name: What people call it.
        stations: Where; empty for any station.
    """

    app: str
    flow: str
    name: str
    stations: Sequence[str]


class Stations:
    """Scans that start flows."""

    def __init__(self, db: Database, flows: Flows, running: Running, ports: Ports, scanning: Scanning) -> None:
        """Work on that database."""
        self._db = db
        self._flows = flows
        self._running = running
        self._ports = ports
        self._scanning = scanning

    def offered(self, actor: Actor) -> list[AtStation]:
        """Return the flows that somebody can start by scanning, and at which stations."""
        with self._db.read() as tx:
            return [
                AtStation(one.app, one.flow, one.name, _stations(one))
                for one in store.of_kind(tx, "scan")
                if self._may(tx, actor, one)
            ]

    def scan(
        self, actor: Actor, raw: str, *, symbology: str | None = None, station: str = "", client_key: str | None = None
    ) -> list[Scanned]:
        """Start every flow that starts with a code at a station, each for itself.

        Raises:
            ConflictError: No flow starts with it (code ``flow_scan_starts_nothing``; ``flow_scan_unknown`` where
                nobody knows the code, ``flow_scan_elsewhere`` where one would at another station).
        """
        codes = self._codes(actor, raw, symbology)
        if not codes:
            raise ConflictError("flow_scan_unknown", item=raw[:80])
        with self._db.read() as tx:
            fitting = [one for one in store.of_kind(tx, "scan") if self._fits(tx, actor, one, codes)]
        here = [one for one in fitting if not _stations(one) or station in _stations(one)]
        if not here:
            others = "、".join(sorted({name for one in fitting for name in _stations(one)}))
            if others:
                raise ConflictError("flow_scan_elsewhere", item=raw[:80], stations=others)
            raise ConflictError("flow_scan_starts_nothing", item=raw[:80])
        return [self._each(actor, one, codes, client_key) for one in here]

    def _codes(self, actor: Actor, raw: str, symbology: str | None) -> Mapping[str, str]:
        """Return what the scan stands for, by the kind of field that can hold it; the likeliest reading of each."""
        found: dict[str, str] = {}
        for reading in self._scanning.read(raw, symbology, actor=actor):
            if reading.item is not None:
                found.setdefault("item", str(reading.item.get("code") or reading.value))
            if reading.batch:
                found.setdefault("batch", reading.batch)
            if reading.product:
                found.setdefault("product", reading.product)
        return found

    def _fits(self, tx: Tx, actor: Actor, one: Trigger, codes: Mapping[str, str]) -> bool:
        return self._code(tx, one, codes) is not None and self._may(tx, actor, one)

    def _may(self, tx: Tx, actor: Actor, one: Trigger) -> bool:
        drawn = self._flows.in_force(tx, one.app, one.flow)[2]
        return may_start(tx, self._ports, actor, one.app, one.flow, drawn)

    def _code(self, tx: Tx, one: Trigger, codes: Mapping[str, str]) -> str | None:
        field = self._ports.records.form(tx, one.app, one.form).by_code(str(one.options.get("field")))
        return None if field is None else codes.get(field.kind)

    def _each(self, actor: Actor, one: Trigger, codes: Mapping[str, str], client_key: str | None) -> Scanned:
        try:
            return with_purse(lambda purse: self._start(purse, actor, one, codes, client_key))
        except PlatformError as error:
            record = int(str(error.params.get("record", 0))) if error.code == "flow_runs_already" else 0
            with self._db.read() as tx:
                running = store.newest(tx, one.flow_id, one.form_id, record) if record else None
            return Scanned(one.app, one.flow, one.form, record, False, None, problems_of(error), one.name, "", running)

    def _start(
        self, purse: Purse, actor: Actor, one: Trigger, codes: Mapping[str, str], client_key: str | None
    ) -> Scanned:
        key = None if client_key is None else f"{client_key}:{one.id}"
        with self._db.write() as tx:
            request = Request(tx, "flow_scan", actor, key, [one.id, dict(codes)])
            if request.answer is not None:
                held = request.answer
                return Scanned(
                    one.app, one.flow, one.form, held["record"], held["made"], held["instance"], (), one.name,
                    held.get("title", ""),
                )  # fmt: skip
            record, made = self._record(tx, purse, actor, one, self._code(tx, one, codes))
            instance = self._running.start_within(
                tx, purse, actor, one.app, one.flow, record, authority="station", origin="scan"
            )
            request.store({"record": record, "made": made, "instance": instance.id, "title": instance.title})
        return Scanned(one.app, one.flow, one.form, record, made, instance.id, (), one.name, instance.title)

    def _record(self, tx: Tx, purse: Purse, actor: Actor, one: Trigger, code: str | None) -> tuple[int, bool]:
        """Find the newest record that names the code and fits; else add one, where the trigger says so."""
        records, options = self._ports.records, one.options
        field, how, when = str(options.get("field")), options.get("record", "either"), str(options.get("when") or "")
        if how != "new":
            where = {"field": field, "is": "equal", "value": code}
            for number in records.numbers(tx, one.app, one.form, where, None, 20):
                if not when or holds(when, records.scope(tx, one.app, one.form, number)):
                    return number, False
        if how == "find":
            raise ConflictError("flow_hook_nothing_found", field=field, value=str(code))
        return records.create(tx, actor, purse, one.app, one.form, [{field: code}])[0], True


def _stations(one: Trigger) -> Sequence[str]:
    """Return the stations at which a trigger holds; empty for any."""
    return [str(name) for name in one.options.get("stations") or ()]
