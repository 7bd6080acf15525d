"""Records within somebody else's transaction: for flows, which save a record together with a step and its postings.

The same preparing, judging and writing as everywhere; only whose rights count is different: those that the step gives.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from mazhi.engines import facts
from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.formula_values import ONE
from mazhi.engines.forms.layout import MAIN
from mazhi.engines.forms.model import Field
from mazhi.engines.forms.records import store
from mazhi.engines.forms.records.asking import Where, compile_filter, read_order
from mazhi.engines.forms.records.deriving import records
from mazhi.engines.forms.records.issuing import issuing
from mazhi.engines.forms.records.loading import load
from mazhi.engines.forms.records.model import flat
from mazhi.engines.forms.records.opened import Opened, look_up, open_form
from mazhi.engines.forms.records.paging import read_place
from mazhi.engines.forms.records.preparing import Prepared, misfits, prepare_changes, prepare_new
from mazhi.engines.forms.records.refusing import refuse
from mazhi.engines.forms.records.removing import delete
from mazhi.engines.forms.records.scoping import scope_over
from mazhi.engines.forms.records.watching import Watchers
from mazhi.engines.forms.records.writing import insert, lines_of, update
from mazhi.engines.forms.rights.compiling import Reach, by_code, reach
from mazhi.engines.forms.rights.model import HIDDEN, State, mask
from mazhi.engines.forms.scan_lists import store as scan_lists
from mazhi.engines.forms.scan_lists.filling import keep
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.codes.service import CodeRules
from mazhi.kernel.counters.purse import Purse
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import NotFoundError, Problem

EVERYTHING = Where("1 = 1", {})


class RecordsWithin:
    """The records of every form, in transactions of others."""

    def __init__(self, ids: Ids, rules: CodeRules, watchers: Watchers | None = None) -> None:
        """Take numbers of records from ``ids`` and serial numbers by ``rules``."""
        self._ids = ids
        self._rules = rules
        self._watchers = watchers or Watchers()

    def form(self, tx: Tx, app: str, form: str) -> facts.FormFacts:
        """Return the version in force of a form, as flows see it."""
        opened = open_form(tx, app, form)
        return facts.FormFacts(opened.id, form, opened.name, opened.version, tuple(_facts(opened)))

    def values(self, tx: Tx, app: str, form: str, number: int) -> Mapping[str, Any] | None:
        """Return what a record holds, whole; None where it is not there."""
        opened = open_form(tx, app, form)
        found = records(
            tx, opened, may := _whole(tx, opened), store.read(tx, opened.id, opened.columns(MAIN), may, [number])
        )
        return found[0].values if found else None

    def scope(self, tx: Tx, app: str, form: str, number: int) -> Callable[[str], object]:
        """Return what gives formulas the fields of a record by their names."""
        return scope_over(tx, open_form(tx, app, form))(self.values(tx, app, form, number) or {})

    def change(
        self,
        tx: Tx,
        actor: Actor,
        purse: Purse,
        app: str,
        form: str,
        number: int,
        values: Mapping[str, Any],
        states: Mapping[str, facts.State] | None,
    ) -> None:
        """Change a record by the rights of a step; what ``states`` does not name is read-only, None: all writable."""
        opened = _held(tx, app, form)
        stored = load(tx, opened, _whole(tx, opened), [number]).get(number)
        if stored is None:
            raise NotFoundError("unknown_record", item=str(number))
        fixed: set[str] = set()
        if states is not None:
            held: dict[str, State] = {one.id: _plain(states.get(one.id, "read_only")) for one in opened.form.walk()}
            fixed = _fixed(opened, held)
            stored.states = {**held, **dict.fromkeys(fixed, "writable")}
        (found,) = prepare_changes(tx, actor, opened, [(stored, values)], fixed)
        if states is not None:
            _require(opened, found, states)
        watching = self._watchers.open(tx, actor, app, form, opened)
        watching.judge([found])
        refuse([found])
        lines = lines_of([values])
        update(tx, actor, opened, [found], purse.take("record", lines, self._ids) if lines else ())
        watching.saved([found], [number])

    def create(
        self, tx: Tx, actor: Actor, purse: Purse, app: str, form: str, values: Sequence[Mapping[str, Any]]
    ) -> list[int]:
        """Add records with every rule of their form."""
        opened = _held(tx, app, form)
        issued = {one.id: self._issue(purse, one, len(values)) for one in issuing(opened)} if values else {}
        everything: dict[str, State] = {one.id: "writable" for one in opened.form.walk()}
        found = prepare_new(tx, actor, opened, everything, values, issued)
        watching = self._watchers.open(tx, actor, app, form, opened)
        watching.judge(found)
        refuse(found)
        ids = purse.take("record", len(values) + lines_of(values), self._ids)
        insert(tx, actor, opened, found, ids)
        watching.saved(found, ids[: len(values)])
        return ids[: len(values)]

    def _issue(self, purse: Purse, one: Field, count: int) -> list[Any]:
        kind = field_kinds[one.kind]
        make, pretend = kind.issue, kind.pretend
        if make is None:
            return []
        return purse.take(
            ("issue", one.id),
            count,
            lambda more: list(make(self._rules, one, more)),
            spare=0,
            pretend=None if pretend is None else lambda place: pretend(one, place),
        )

    def find(self, tx: Tx, app: str, form: str, filter_: object, limit: int) -> list[tuple[int, Mapping[str, Any]]]:
        """Return the records that a filter lets through, in the order of their numbers."""
        opened = open_form(tx, app, form)
        may, codes = _whole(tx, opened), by_code(opened.form, opened.layout.slots)
        where = compile_filter(filter_, codes, look_up(tx), may.seen)
        found = store.find(
            tx, opened.id, opened.columns(MAIN), may, where, read_order(None, codes), read_place(None), limit
        )
        return [(one.id, one.values) for one in sorted(records(tx, opened, may, found), key=lambda one: one.id)]

    def numbers(
        self, tx: Tx, app: str, form: str, filter_: object, after: int | None, limit: int, *, actor: Actor = SYSTEM
    ) -> list[int]:
        """Return the numbers of records that a filter lets through and somebody may see, the newest first."""
        opened = open_form(tx, app, form)
        slots = opened.layout.slots
        may = reach(tx, actor, opened.id, opened.form, slots, look_up(tx))
        where = compile_filter(filter_, by_code(opened.form, slots), look_up(tx), may.seen) if filter_ else EVERYTHING
        place = None if after is None else (None, after)
        return [row.id for row in store.find(tx, opened.id, (), may, where, read_order(None, {}), place, limit)]

    def seen(self, tx: Tx, actor: Actor, app: str, form: str, numbers: Sequence[int]) -> set[int]:
        """Return which of some records somebody may see."""
        opened = open_form(tx, app, form)
        may = reach(tx, actor, opened.id, opened.form, opened.layout.slots, look_up(tx))
        return {row.id for row in store.read(tx, opened.id, (), may, list(numbers))}

    def conceals(self, tx: Tx, actor: Actor, app: str, form: str, number: int) -> bool:
        """Tell whether somebody may see a record by their own rights, but not all of it."""
        opened = open_form(tx, app, form)
        may = reach(tx, actor, opened.id, opened.form, opened.layout.slots, look_up(tx))
        if not any("view" in grant.actions for grant in may.grants):
            return False
        found = load(tx, opened, may, [number], lock=False).get(number)
        return found is not None and not {"hidden", "masked"}.isdisjoint(found.states.values())

    def shown(
        self, tx: Tx, app: str, form: str, number: int, states: Mapping[str, facts.State] | None
    ) -> tuple[int, Mapping[str, Any]]:
        """Return the version of a record and what a step may see of it."""
        opened = open_form(tx, app, form)
        may = _whole(tx, opened)
        found = records(tx, opened, may, store.read(tx, opened.id, opened.columns(MAIN), may, [number]))
        if not found:
            raise NotFoundError("unknown_record", item=str(number))
        values = found[0].values
        return found[0].version, values if states is None else _seen(opened.form.fields, values, states)

    def remove(self, tx: Tx, actor: Actor, app: str, form: str, numbers: Mapping[int, int]) -> None:
        """Take records out of use, each in the version that the caller knows."""
        opened = _held(tx, app, form)
        delete(tx, actor, opened, _whole(tx, opened), list(numbers.items()))

    def may(self, tx: Tx, actor: Actor, app: str, form: str, action: Literal["view", "create", "change"]) -> bool:
        """Tell whether somebody may do something with at least some records of a form."""
        opened = open_form(tx, app, form)
        held = reach(tx, actor, opened.id, opened.form, opened.layout.slots, look_up(tx))
        return any(action in grant.actions for grant in held.grants)

    def misfits(self, tx: Tx, actor: Actor, app: str, form: str, values: Mapping[str, Any]) -> list[Problem]:
        """Say which of some values their fields would not take; nothing is said of fields that are not named."""
        return misfits(tx, actor, open_form(tx, app, form), values)

    def goods(self, tx: Tx, lists: Sequence[str]) -> facts.Goods:
        """Return what stands right in scan lists."""
        rows = scan_lists.goods_of(tx, lists) if lists else []
        return facts.Goods(
            [row.item for row in rows if row.item],
            [(row.product, row.batch or "", Decimal(row.quantity) / ONE) for row in rows if not row.item],
        )

    def keep(self, tx: Tx, actor: Actor, app: str, form: str, field: str, goods: facts.Goods) -> str:
        """Make a scan list of goods for a field of a record that is changed next."""
        return keep(tx, actor, open_form(tx, app, form).id, field, goods)


def _seen(fields: tuple[Field, ...], values: Mapping[str, Any], states: Mapping[str, facts.State]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for one in flat(fields, field_kinds):
        state = states.get(one.id, "read_only")
        if state == "hidden" or one.code not in values:
            continue
        value = values[one.code]
        if state == "masked":
            value = HIDDEN if field_kinds[one.kind].derive else mask(value, one.mask)
        elif field_kinds[one.kind].holds == "rows":
            value = [_seen(one.fields, row, states) for row in value or ()]
        seen[one.code] = value
    return seen


def _facts(opened: Opened) -> list[facts.FieldFacts]:
    found = []
    for one in flat(opened.form.fields, field_kinds):
        kind = field_kinds[one.kind]
        derived = kind.derive is not None
        found.append(
            facts.FieldFacts(one.id, one.code, one.title, one.kind, _names(one), holds=kind.holds, derived=derived)
        )
        if kind.holds == "rows":
            found += [
                facts.FieldFacts(
                    inner.id,
                    inner.code,
                    inner.title,
                    inner.kind,
                    _names(inner),
                    one.id,
                    one.code,
                    derived=field_kinds[inner.kind].derive is not None,
                )
                for inner in flat(one.fields, field_kinds)
            ]
    return found


def _names(one: Field) -> str:
    reference = field_kinds[one.kind].reference
    if reference is None:
        return ""
    return str(one.options.get("form", "")) if reference.by_options else reference.table


def _held(tx: Tx, app: str, form: str) -> Opened:
    """Open a form and let nobody publish another version until the transaction ends."""
    opened = open_form(tx, app, form)
    share = " FOR SHARE" if tx.dialect == "postgresql" else ""
    version = tx.scalar(f"SELECT version FROM design WHERE id = :id{share}", id=opened.id)
    return opened if version == opened.version else open_form(tx, app, form)


def _whole(tx: Tx, opened: Opened) -> Reach:
    return reach(tx, SYSTEM, opened.id, opened.form, opened.layout.slots, look_up(tx))


def _plain(state: facts.State) -> State:
    return "writable" if state == "required" else state


def _fixed(opened: Opened, states: Mapping[str, State]) -> set[str]:
    """Return the sub-tables that are read-only but for some columns: their rows are filled in, none comes or goes."""
    return {
        one.id
        for one in flat(opened.form.fields, field_kinds)
        if field_kinds[one.kind].holds == "rows"
        and states[one.id] == "read_only"
        and any(states[inner.id] == "writable" for inner in flat(one.fields, field_kinds))
    }


def _require(opened: Opened, found: Prepared, states: Mapping[str, facts.State]) -> None:
    """Note what the step requires and nobody has filled in."""
    known = {problem.pointer for problem in found.problems}
    for one in flat(opened.form.fields, field_kinds):
        pointer = f"/values/{one.code}"
        if field_kinds[one.kind].holds == "rows":
            lines = found.entry.lines.get(one.id, [])
            if states.get(one.id) == "required" and not lines and pointer not in known:
                found.problems.append(Problem("record_required", {"field": one.title}, pointer))
            for place, line in enumerate(lines):
                for inner in flat(one.fields, field_kinds):
                    if states.get(inner.id) == "required" and not line.row.get(inner.id):
                        at = f"{pointer}/{place}/{inner.code}"
                        found.problems.append(Problem("record_required", {"field": inner.title}, at))
        elif states.get(one.id) == "required" and not found.entry.row.get(one.id) and pointer not in known:
            found.problems.append(Problem("record_required", {"field": one.title}, pointer))
