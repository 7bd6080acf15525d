"""Buttons on records: which of them somebody has, and what happens when they are pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mazhi.engines.flows.designing import Flows
from mazhi.engines.flows.model import Flow
from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.service import Running
from mazhi.engines.flows.triggers import store
from mazhi.engines.flows.triggers.allowed import may_start
from mazhi.engines.flows.triggers.kind import holds
from mazhi.engines.flows.triggers.store import Trigger
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, NotFoundError, PlatformError, Problem, TooLargeError
from mazhi.kernel.jobs.model import problems_of
from mazhi.kernel.posting.repeating import Request

MOST = 100
"""So many records are asked about at once."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button that somebody has.

    Attributes:
        app: The code of the app.
        flow: The code of the flow.
        name: What people call the flow.
        key: What the drawing calls the button.
        title: What stands on it.
        confirm: What is asked before; empty for nothing.
        list: Whether it stands in the list, too.
        records: On which of the records it can be pressed.
    """

    app: str
    flow: str
    name: str
    key: str
    title: str
    confirm: str
    list: bool
    records: Sequence[int]


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came of pressing a button on one record.

    Attributes:
        record: The record.
        instance: The instance that was started, or None.
        problems: Why none was.
    """

    record: int
    instance: int | None
    problems: Sequence[Problem] = ()


class Buttons:
    """The buttons of the forms of one database."""

    def __init__(self, db: Database, flows: Flows, running: Running, ports: Ports) -> None:
        """Work on that database."""
        self._db = db
        self._flows = flows
        self._running = running
        self._ports = ports

    def on(self, actor: Actor, app: str, form: str, records: Sequence[int]) -> list[Button]:
        """Return the buttons that somebody has on some records, of those that they may see.

        Raises:
            TooLargeError: Too many records at once.
        """
        if len(records) > MOST:
            raise TooLargeError("too_many_records", limit=MOST)
        with self._db.read() as tx:
            return self._on(tx, actor, app, form, records)

    def _on(self, tx: Tx, actor: Actor, app: str, form: str, records: Sequence[int]) -> list[Button]:
        facts = self._ports.records.form(tx, app, form)
        triggers = store.of_form(tx, facts.id, ["button"])
        seen = self._ports.records.seen(tx, actor, app, form, records) if triggers else set()
        there = store.runs(tx, facts.id, seen) if seen else set()
        found = [(one, self._fitting(tx, actor, one, records, seen, there)) for one in triggers]
        return [
            Button(
                one.app, one.flow, one.name, one.key, str(one.options.get("title") or one.name),
                str(one.options.get("confirm") or ""), bool(one.options.get("list", True)), some,
            )
            for one, some in found
            if some
        ]  # fmt: skip

    def _fitting(
        self, tx: Tx, actor: Actor, one: Trigger, records: Sequence[int], seen: set[int], there: set[tuple[int, int]]
    ) -> list[int]:
        free = [
            number for number in records if number in seen and (one.again or (one.flow_id, number) not in there)
        ]  # fmt: skip
        if not free or not may_start(tx, self._ports, actor, one.app, one.flow, self._drawn(tx, one)):
            return []
        when = str(one.options.get("when") or "")
        scope = self._ports.records.scope
        return [number for number in free if not when or holds(when, scope(tx, one.app, one.form, number))]

    def _drawn(self, tx: Tx, one: Trigger) -> Flow:
        return self._flows.in_force(tx, one.app, one.flow)[2]

    def press(
        self, actor: Actor, app: str, flow: str, key: str, records: Sequence[int], *, client_key: str | None = None,
        chosen: Mapping[str, Sequence[str]] | None = None,
    ) -> list[Pressed]:  # fmt: skip
        """Press a button on records; each of them for itself, and the same client key again starts nothing.

        ``chosen``: who does steps that the starter chooses people for, user names by the ids of nodes.

        Raises:
            NotFoundError: The flow has no such button (code ``flow_no_trigger``).
            TooLargeError: Too many records at once.
        """
        if len(records) > MOST:
            raise TooLargeError("too_many_records", limit=MOST)
        with self._db.read() as tx:
            flow_id, _, drawn = self._flows.in_force(tx, app, flow)
            known = {one.key for one in store.of_flow(tx, flow_id) if one.kind == "button"}
        if key not in known:
            raise NotFoundError("flow_no_trigger", item=key)

        def start(purse: Purse, number: int) -> int:
            with self._db.write() as tx:
                one_key = None if client_key is None else f"{client_key}:{number}"
                request = Request(tx, "flow_button", actor, one_key, [app, flow, key, number])
                if request.answer is not None:
                    return int(request.answer["id"])
                buttons = self._on(tx, actor, app, drawn.form, [number])
                if not any((one.flow, one.key) == (flow, key) for one in buttons):
                    raise ConflictError("flow_no_button")
                made = self._running.start_within(
                    tx, purse, actor, app, flow, number, authority="person", origin="button", chosen=chosen
                )
                request.store({"id": made.id})
                return made.id

        return [self._each(number, start) for number in dict.fromkeys(records)]

    def _each(self, number: int, start: Callable[[Purse, int], int]) -> Pressed:
        try:
            return Pressed(number, with_purse(lambda purse: start(purse, number)))
        except PlatformError as error:
            return Pressed(number, None, problems_of(error))
