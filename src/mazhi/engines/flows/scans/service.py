"""What people do with a scan step: look how far it is, scan into it together, take a scan back, let something pass."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from mazhi.engines.flows import store as flows
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.running.skipping import OVERRIDE
from mazhi.engines.flows.scans import store
from mazhi.engines.flows.scans.answering import Counting, Scan, Took, take_back
from mazhi.engines.flows.scans.finishing import let_pass
from mazhi.engines.flows.scans.model import POLICIES, Rules, amount
from mazhi.engines.flows.scans.together import Together
from mazhi.engines.flows.scans.views import LineView, Said, StepView, line_view, said, step_view
from mazhi.engines.flows.scans.weighing import weigh
from mazhi.engines.flows.service import MANAGE, Running
from mazhi.engines.flows.state import Step
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import (
    ConflictError,
    ForbiddenError,
    NotFoundError,
    PlatformError,
    Problem,
    ProgrammingError,
    invalid,
)
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.master_data.model import Page
from mazhi.kernel.posting.quantities import to_millionths
from mazhi.kernel.posting.repeating import Request
from mazhi.kernel.scanning.model import LONGEST
from mazhi.kernel.scanning.pieces import Found, by_reading, contents, find, identified, is_visible, items
from mazhi.kernel.scanning.service import Scanning

BY_HAND = "flows.scan_by_hand"
SHOWN = 500
"""So many expected lines are shown at once."""
MOST_REMEMBERED = 10_000
"""Of so many tasks it is remembered of which step they are."""
_ALL = ("right", "wrong", "duplicate", "box")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A scan that waits for its answer.

    Attributes:
        actor: Who scanned.
        task: Their task.
        raw: The text.
        key: The client's key with the actor's name; empty for none.
        manual: Whether it was typed.
        quantity: How much it is, where somebody said it.
        found: What the text was read to be, where it had to be read.
    """

    actor: Actor
    task: int
    raw: str
    key: str
    manual: bool
    quantity: int | None
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class _Standing:
    """A task, the scanning of its step, and the rules as they are by now."""

    task: Any
    row: Any
    rules: Rules


class TaskScans:
    """The scan steps of one database."""

    def __init__(self, db: Database, running: Running, scanning: Scanning, cycles: LifeCycles) -> None:
        """Work on that database; ``scanning`` says what texts mean."""
        self._db = db
        self._running = running
        self._scanning = scanning
        self._cycles = cycles
        self._together: Together[int, _Asked, Said | None] = Together(self._answered)
        self._steps: dict[tuple[int, int], int] = {}

    def look(self, actor: Actor, task: int, *, after: int = 0, open_only: bool = False, limit: int = SHOWN) -> StepView:
        """Return how far the step of a task is.

        Raises:
            NotFoundError: There is no such task, or it is not the actor's, or its step is no scan step.
        """
        with self._db.read() as tx:
            there = self._seen(tx, actor, task)
            lines = store.described(tx, there.row.step_id, after, limit + 1, open_only=open_only)
            return step_view(there.row, there.rules, lines, limit, closed=not _is_open(there))

    def lines(
        self, actor: Actor, task: int, answers: Collection[str] = _ALL, *, after: int | None = None, limit: int = 100
    ) -> Page[LineView]:
        """Return one page of what was scanned, the newest first."""
        with self._db.read() as tx:
            there = self._seen(tx, actor, task)
            rows = store.page(tx, there.row.step_id, answers, after, limit + 1)
        shown = [line_view(row) for row in rows[:limit]]
        return Page(shown, str(shown[-1].seq) if len(rows) > limit else None)

    def scan(
        self, actor: Actor, task: int, raw: str, symbology: str | None = None, *, quantity: Decimal | None = None,
        client_key: str | None = None, manual: bool = False,
    ) -> Said:  # fmt: skip
        """Answer one scan: right, wrong with the reason and what to do, or there already.

        The same client key again is answered the same. Everybody who has an open task of the step scans into the
        same counter.

        Raises:
            NotFoundError: There is no such task, or it is not the actor's.
            ConflictError: The step is over (``task_closed``), or the client key was used for another scan.
            ForbiddenError: It was typed, and may not be (``scan_not_by_hand``).
            InvalidInputError: The quantity is none.
        """
        one = _Asked(
            actor, task, raw[: LONGEST + 1], "" if client_key is None else f"{actor.name}:{client_key}", manual,
            _millionths(quantity),
        )  # fmt: skip
        step_id = self._step_of(actor, task)
        answer = self._together.ask(step_id, one)
        if answer is None:  # what a text may mean that is no code of ours as it stands, nobody else waits for
            readings = self._scanning.read(one.raw, symbology, {"kind": ["item", "package"]}, actor=actor)
            with self._db.read() as tx:
                found = by_reading(tx, actor, {one.raw: readings})[one.raw]
            answer = self._together.ask(step_id, replace(one, found=found))
        if answer is None:
            raise ProgrammingError("what was read was not answered")
        return answer

    def _step_of(self, actor: Actor, task: int) -> int:
        """Return the step of a task of the actor's, which is the same for good."""
        found = self._steps.get((actor.user_id, task))
        if found is None:
            with self._db.read() as tx:
                known = store.task(tx, task)
            if known is None or known.user_id != actor.user_id:
                raise NotFoundError("unknown_task", item=str(task))
            if len(self._steps) >= MOST_REMEMBERED:
                self._steps.clear()
            found = self._steps[actor.user_id, task] = int(known.step_id)
        return found

    def _answered(self, step_id: int, asked: Sequence[_Asked]) -> list[Said | PlatformError | None]:
        """Answer the scans of a group, in one transaction; what one is refused harms none of the others.

        Scans of texts that are no code of ours as they stand are not answered: they must be read first.
        """
        with self._db.read() as tx:  # beforehand, so that the step is locked no longer than it must be
            row = store.scan(tx, step_id)
            if row is None:
                return [NotFoundError("unknown_task", item=str(one.task)) for one in asked]
            known = identified(tx, SYSTEM, [one.raw for one in asked if one.found is None])
            scans = [_understood(one, known) for one in asked]
            weighed = iter(self._weighed(tx, _rules(row), [one for one in scans if isinstance(one, Scan)]))
            scans = [next(weighed) if isinstance(one, Scan) else one for one in scans]
        if not any(isinstance(one, Scan) for one in scans):
            return [one for one in scans if not isinstance(one, Scan)]
        return self._counted(step_id, asked, scans)

    def _counted(
        self, step_id: int, asked: Sequence[_Asked], scans: Sequence[Scan | PlatformError | None]
    ) -> list[Said | PlatformError | None]:
        """Count the scans that were understood, and return the answers to all."""
        took: list[Took | Said | PlatformError | None] = []
        with self._db.write() as tx:
            row = store.scan(tx, step_id, lock=True)
            tasks, rules = store.tasks(tx, {one.task for one in asked}), _rules(row)
            counting = Counting(tx, row, rules, [one for one in scans if isinstance(one, Scan)])
            for one, scan in zip(asked, scans, strict=True):
                if not isinstance(scan, Scan):
                    took.append(scan)
                    continue
                there = _Standing(tasks.get(one.task), row, rules)
                try:
                    _may_scan(one.actor, one.task, there)
                    _by_hand(one.actor, rules, manual=scan.manual)
                    took.append(_question(scan, there) if _asks(one, scan, rules) else counting.take(scan))
                except PlatformError as error:
                    took.append(error)
            counting.write()
            lines = store.shown_all(tx, step_id, {one.seq for one in took if isinstance(one, Took)})
        return [
            said(lines[one.seq], rules, row.expected, row.expected - one.matched) if isinstance(one, Took) else one
            for one in took
        ]

    def undo(self, actor: Actor, task: int, seq: int, *, client_key: str | None = None) -> StepView:
        """Take a scan back, of a box with what came out of it; what was taken back already stays so.

        Raises:
            NotFoundError: There is no such task, or it is not the actor's, or there is no such line.
            ConflictError: The step is over (``task_closed``).
        """
        with self._db.write() as tx:
            there = self._open(tx, actor, task, lock=True)
            request = Request(tx, "task_scan_undo", actor, client_key, [task, seq])
            if request.answer is None:
                if store.shown(tx, there.row.step_id, seq) is None:
                    raise NotFoundError("unknown_scan", item=str(seq))
                take_back(tx, there.row, seq)
                request.store({"seq": seq})
            there = self._seen(tx, actor, task)
            return step_view(there.row, there.rules, [], 0, closed=False)

    def override(
        self, actor: Actor, task: int, kind: str, reason: str, *, seq: int | None = None, client_key: str | None = None
    ) -> StepView:
        """Let something pass that the step refuses: from now on, or one scan that was refused; it stands in the trail.

        What the operation itself refuses is never let pass.

        Raises:
            ForbiddenError: The actor may not (code ``no_right``).
            InvalidInputError: There is no reason, or no such kind.
            ConflictError: The step is over, or the scan was refused for another reason (``scan_not_overridable``).
        """
        if kind not in POLICIES:
            raise invalid("/kind", "scan_bad_policy", name=kind)
        if not reason.strip():
            raise invalid("/reason", "scan_reason_needed")

        def work(purse: Purse) -> StepView:
            with self._db.write() as tx:
                known = store.task(tx, task)
                if known is None:
                    raise NotFoundError("unknown_task", item=str(task))
                run = self._running.open(tx, purse, actor, known.instance_id)
                there = self._locked(tx, task)
                step = flows.step(tx, there.row.step_id)
                if step is None or step.node not in run.flow:
                    raise NotFoundError("unknown_task", item=str(task))
                node = run.flow[step.node]
                _may_override(tx, actor, node)
                request = Request(tx, "task_scan_override", actor, client_key, [task, kind, reason, seq])
                if request.answer is None:
                    self._let_pass(run, node, step, there, kind, reason, seq)
                    request.store({"kind": kind})
                run.close()
                there = self._locked(tx, task)
                return step_view(there.row, there.rules, [], 0, closed=False)

        return with_purse(work)

    def _let_pass(
        self, run: Run, node: Node, step: Step, there: _Standing, kind: str, reason: str, seq: int | None
    ) -> None:
        if seq is not None:
            line = store.shown(run.tx, step.id, seq)
            if line is None or line.answer != "wrong" or line.policy != kind or not (line.item_id or line.product_id):
                raise ConflictError("scan_not_overridable", item=str(seq), kind=kind)
            again = Scan(line.raw, _again(run, line), by=line.actor, manual=bool(line.manual))
            (again,) = self._weighed(run.tx, there.rules, [again])
            take_back(run.tx, there.row, seq)
            row = store.scan(run.tx, step.id)
            counting = Counting(run.tx, row, there.rules.eased({kind}), [again])
            number = counting.take(again)
            counting.write()
            if store.shown(run.tx, step.id, number.seq).said != "right":
                raise ConflictError("scan_not_overridable", item=line.raw[:80], kind=kind)
        let_pass(run, node, step, store.scan(run.tx, step.id), kind, reason, seq or 0)

    def _weighed(self, tx: Tx, rules: Rules, scans: Sequence[Scan]) -> list[Scan]:
        """Look into packages, and at what is wrong with pieces by themselves: a few statements for all scans."""
        boxes = {scan.box for scan in scans} - {0} if rules.boxes == "explode" else set()
        inside = contents(tx, boxes) if boxes else {}
        scans = [replace(scan, inside=inside.get(scan.box, ())) for scan in scans]
        pieces = {piece.item_id: piece for scan in scans for piece in scan.pieces if piece.item_id}
        reasons = weigh(tx, rules, [*pieces.values()], self._cycles)
        return [replace(scan, reasons=reasons) for scan in scans]

    def _seen(self, tx: Tx, actor: Actor, task: int) -> _Standing:
        """Return a task that somebody may look at: who has or had one of its step, or manages flows."""
        there = self._held(tx, store.task(tx, task), task)
        own = there.task.user_id == actor.user_id or store.has_task(tx, there.row.step_id, actor.user_id)
        if not (own or actor.may(MANAGE) or actor.may(OVERRIDE)):
            raise NotFoundError("unknown_task", item=str(task))
        return there

    def _open(self, tx: Tx, actor: Actor, task: int, *, lock: bool = False) -> _Standing:
        """Return an open task of the actor's, perhaps with its step held against everybody else."""
        there = self._locked(tx, task) if lock else self._held(tx, store.task(tx, task), task)
        _may_scan(actor, task, there)
        return there

    def _locked(self, tx: Tx, task: int) -> _Standing:
        """Lock the step of a task, and only then read how they stand."""
        known = store.task(tx, task)
        if known is None:
            raise NotFoundError("unknown_task", item=str(task))
        row = store.scan(tx, known.step_id, lock=True)
        # On SQLite nobody writes beside us; on PostgreSQL what was read before the lock may be old.
        there = self._held(tx, known if tx.dialect == "sqlite" else store.task(tx, task), task, row)
        if not _is_open(there):
            raise ConflictError("task_closed", item=str(task), state=there.task.state)
        return there

    def _held(self, tx: Tx, task: Any, number: int, row: Any = None) -> _Standing:
        row = store.scan(tx, task.step_id) if row is None and task is not None else row
        if task is None or row is None:
            raise NotFoundError("unknown_task", item=str(number))
        return _Standing(task, row, _rules(row))


def _again(run: Run, line: Any) -> Found:
    """Find anew what was scanned and refused."""
    if line.item_id:
        return Found(items(run.tx, run.acting, {line.item_id}).get(line.item_id))
    found = find(run.tx, run.acting, [line.raw]).get(line.raw, Found())
    if found.piece is None or found.piece.kind != "goods":
        return found
    return replace(found, piece=replace(found.piece, quantity=int(line.quantity)))


def _rules(row: Any) -> Rules:
    eased = {one["kind"] for one in json.loads(row.overrides) if not one["seq"]}
    return Rules.read(json.loads(row.rules)).eased(eased)


def _may_scan(actor: Actor, task: int, there: _Standing) -> None:
    if there.task is None or there.task.user_id != actor.user_id:
        raise NotFoundError("unknown_task", item=str(task))
    if there.task.state != "open" or not _is_open(there):
        raise ConflictError("task_closed", item=str(task), state=there.task.state)


def _is_open(there: _Standing) -> bool:
    task = there.task
    return bool(there.row.state == "open" and task.step_state == "open" and task.instance_state == "running")


def _by_hand(actor: Actor, rules: Rules, *, manual: bool) -> None:
    if manual and (rules.manual == "forbid" or (rules.manual == "right" and not actor.may(BY_HAND))):
        raise ForbiddenError("scan_not_by_hand")


def _may_override(tx: Tx, actor: Actor, node: Node) -> None:
    said_: Mapping[str, Any] = node.options.get("override") or {}
    roles = [str(one) for one in said_.get("roles") or ()]
    if actor.may(OVERRIDE) or (roles and store.has_role(tx, actor.user_id, roles)):
        return
    raise ForbiddenError("no_right", right=OVERRIDE)


def _millionths(quantity: Decimal | None) -> int | None:
    if quantity is None:
        return None
    found = to_millionths(quantity, signed=False)
    if isinstance(found, Problem):
        raise invalid("/quantity", found.code, **found.params)
    return found


def _understood(asked: _Asked, known: Mapping[str, Found]) -> Scan | PlatformError | None:
    """Return the scan, why it is refused, or None where its text must be read first."""
    found = asked.found
    if found is None:
        found = known.get(asked.raw)
        if found is None or found.piece is None or not is_visible(asked.actor, found.piece):
            return None
    piece = found.piece
    if asked.quantity is not None and piece is not None:  # what somebody typed goes before what stands in the code
        if piece.kind == "goods":
            found = replace(found, piece=replace(piece, quantity=asked.quantity))
        elif asked.quantity != piece.quantity:
            return invalid("/quantity", "scan_one_piece", item=piece.code)
    return Scan(asked.raw, found, by=asked.actor.name, manual=asked.manual, key=asked.key)


def _asks(asked: _Asked, scan: Scan, rules: Rules) -> bool:
    piece = scan.found.piece
    if piece is None or piece.kind != "goods" or piece.told or asked.quantity is not None or not rules.ask:
        return False
    return piece.tracking == "sku" or bool(piece.tracking == "batch" and piece.batch_id)


def _question(scan: Scan, there: _Standing) -> Said:
    """Ask how much it is: nothing is written down, and the client scans again with the quantity."""
    piece = scan.found.piece
    problem = Problem("scan_how_much", {"item": piece.product if piece else ""}, item=scan.raw)
    row = there.row
    expected, missing = amount(row.expected) if row.expected else None, amount(row.expected - row.matched)
    return Said("wrong", problem, False, True, amount(row.done), expected, None, missing)
