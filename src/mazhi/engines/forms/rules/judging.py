"""What the rules of a form make of records that were worked out: what is there, required, locked, refused.

In this order: what is not shown is not there, so it is neither required nor checked; what is required must say
something; what is locked stays as it was; a check must hold. A condition that cannot be told shows, does not require,
does not lock, and refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.live.entries import Entry, says_nothing
from mazhi.engines.forms.live.plan import Condition, Plan, Table
from mazhi.engines.forms.live.working import Outside, fetch, holds, work_out
from mazhi.engines.forms.model import Field, Values
from mazhi.kernel.errors import Problem


@dataclass(slots=True)
class Verdict:
    """What the rules make of one record, or of one row.

    Attributes:
        entry: The record or row.
        table: Its table.
        pointer: Where it stands: ``/values``, ``/values/lines/0``.
        absent: The ids of the fields that are not there.
        required: The ids of those that must say something.
        locked: The ids of those that stay as they were.
        broken: The checks that refuse it, each with whether it could be told.
        lines: The same of the rows of its sub-tables.
    """

    entry: Entry
    table: Table
    pointer: str
    absent: frozenset[str]
    required: frozenset[str]
    locked: frozenset[str]
    broken: list[tuple[Condition, bool]] = field(default_factory=list)
    lines: list[Verdict] = field(default_factory=list)

    def all(self) -> Iterator[Verdict]:
        """Give it and those of its rows."""
        yield self
        yield from self.lines


def settle(plan: Plan, entries: Sequence[Entry], outside: Outside) -> list[Verdict]:
    """Work records out and judge them, until nothing holds a value that is not there.

    What is not there is left empty in a new record, and stays as it is stored in one that is changed.
    """
    if plan.shows:
        for entry in entries:
            for one in (entry, *(line for lines in entry.lines.values() for line in lines)):
                one.first = dict(one.row)
    work_out(plan, entries, outside)
    if not plan.judges:
        return [_plain(plan, entry) for entry in entries]
    fetch(plan.judged, entries, outside)
    found = [_judge(plan, entry) for entry in entries]
    waiting = list(range(len(entries)))
    # Each turn takes something more away from a record, so that there is an end.
    while plan.shows and (waiting := [place for place in waiting if _take_away(found[place])]):
        again = [entries[place] for place in waiting]
        work_out(plan, again, outside)
        fetch(plan.judged, again, outside)
        for place, entry in zip(waiting, again, strict=True):
            found[place] = _judge(plan, entry)
    return found


def _plain(plan: Plan, entry: Entry) -> Verdict:
    none = frozenset[str]()
    top = plan.tables[""]
    found = Verdict(entry, top, "/values", none, top.required, none)
    for key, lines in entry.lines.items():
        table = plan.tables[key]
        if table.required and table.of is not None:
            at = f"/values/{table.of.code}"
            found.lines += [
                Verdict(line, table, f"{at}/{place}", none, table.required, none) for place, line in enumerate(lines)
            ]
    return found


def _judge(plan: Plan, entry: Entry) -> Verdict:
    found = _verdict(entry, plan.tables[""], "/values")
    for key, lines in entry.lines.items():
        table = plan.tables[key]
        if table.of is not None and key not in found.absent:
            at = f"/values/{table.of.code}"
            found.lines += [_verdict(line, table, f"{at}/{place}") for place, line in enumerate(lines)]
    return found


def _verdict(entry: Entry, table: Table, pointer: str) -> Verdict:
    told = {one.place: (one, holds(one.when, entry)) for one in table.conditions}
    absent = frozenset(
        key
        for key, chain in table.chains.items()
        if not all(any(told[rule][1] is not False for rule in some if rule in told) for some in chain)
    )
    required = set(table.required)
    locked: set[str] = set()
    found = Verdict(entry, table, pointer, absent, frozenset(), frozenset())
    for one, held in told.values():
        if one.rule.kind == "require" and held:
            required |= one.fields
        elif one.rule.kind == "lock" and held:
            locked |= one.fields
        elif one.rule.kind == "check" and not held and not (one.fields and one.fields <= absent):
            found.broken.append((one, held is not None))
    required -= absent
    found.required = table.required if required == table.required else frozenset(required)
    found.locked = frozenset(locked) - absent
    return found


def _take_away(verdict: Verdict) -> bool:
    """Take out of a record what is not there; tell whether anything had to be taken."""
    top = verdict.entry
    changed = False
    for one in verdict.all():
        for field_ in one.table.fields:
            if field_.id in one.absent and field_.id not in one.entry.absent:
                changed |= _leave(one.entry, field_, top, one.table)
    if changed:
        for one in verdict.all():
            row = one.entry.first or {}
            one.entry.row.clear()
            one.entry.row.update(row)
            one.entry.set = frozenset()
    return changed


def _leave(entry: Entry, one: Field, top: Entry, table: Table) -> bool:
    """Leave a field as it was before, where a rule takes it away; tell whether that changes anything."""
    entry.absent |= {one.id}
    kind = field_kinds[one.kind]
    first = entry.first if entry.first is not None else {}
    if kind.holds == "rows":
        return _leave_rows(entry, one)
    if kind.holds != "value" or kind.derive is not None or kind.compute is not None or kind.issue is not None:
        return False
    if table.of is None:
        was = () if entry.before is None else entry.before.get(one.id, ())
    else:
        stood = [row.get(one.id) for row in top.lines_before.get(table.id, ())]
        was = first.get(one.id, ()) if first.get(one.id) in stood else ()
    held = entry.row.get(one.id, ())
    if says_nothing(was):
        first.pop(one.id, None)
        if entry.before is not None:
            first[one.id] = ()
    else:
        first[one.id] = was
    return not same(held, was)


def _leave_rows(entry: Entry, one: Field) -> bool:
    held = entry.lines.get(one.id, [])
    if entry.before is not None and one.id not in entry.given:
        return False
    entry.given.discard(one.id)
    before = entry.lines_before.get(one.id, [])
    lines = []
    for row in before:
        line = Entry(dict(row), entry.situation.at, before=row, outer=entry)
        line.first = dict(row)
        lines.append(line)
    entry.lines[one.id] = lines
    return bool(held or lines)


def same(one: Values | None, other: Values | None) -> bool:
    """Tell whether columns hold the same; nothing is nothing, however it is written."""
    return (says_nothing(one) and says_nothing(other)) or one == other


def faults(verdict: Verdict, writable: Callable[[str], bool], *, named: Collection[str] = ()) -> list[Problem]:
    """Say why a record is refused.

    ``writable`` tells of a field whether whoever writes may write it: nobody is asked for what is not theirs. ``named``
    are the codes that a change names; what it does not name is required by rules alone. In the entries ``given`` are
    the fields that were given something other than their default.
    """
    found: list[Problem] = []
    for one in verdict.all():
        found += _missing(one, verdict, writable, named)
        if one.locked:
            found += _locked(one, verdict, writable)
        found += [problem for condition, told in one.broken for problem in _broken(one, condition, told=told)]
    return found


def _missing(one: Verdict, top: Verdict, writable: Callable[[str], bool], named: Collection[str]) -> Iterator[Problem]:
    if not one.required:
        return
    changing = top.entry.before is not None
    always = one.required is one.table.required
    for asked in one.table.asked if always else one.table.fields:
        if asked.id not in one.required or asked.id in one.absent or not writable(asked.id):
            continue
        kind = field_kinds[asked.kind]
        if kind.derive is not None or kind.compute is not None or kind.issue is not None:
            continue
        if changing and one.entry.empty(asked.id) and asked.id in one.table.required:
            by_rule = asked.id in _by_rule(one)
            inside = one.table.of is not None and one.table.of.code in named
            if not by_rule and not inside and asked.code not in named:
                continue
        empty = not one.entry.lines.get(asked.id) if kind.holds == "rows" else one.entry.empty(asked.id)
        if empty:
            yield Problem("record_required", {"field": asked.title}, f"{one.pointer}/{asked.code}")


def _by_rule(one: Verdict) -> set[str]:
    found: set[str] = set()
    for condition in one.table.conditions:
        if condition.rule.kind == "require" and holds(condition.when, one.entry):
            found |= condition.fields
    return found


def _locked(one: Verdict, top: Verdict, writable: Callable[[str], bool]) -> Iterator[Problem]:
    for asked in one.table.fields:
        if asked.id not in one.locked or asked.id in one.entry.set or not writable(asked.id):
            continue
        if field_kinds[asked.kind].holds == "rows":
            good = _rows_stay(one.entry, asked)
        elif asked.id not in one.entry.given:
            good = True
        elif one.table.of is None:
            before = one.entry.before
            good = before is not None and same(one.entry.row.get(asked.id), before.get(asked.id))
        else:
            good = _cell_stays(one, top, asked)
        if not good:
            yield Problem("record_locked", {"field": asked.title}, f"{one.pointer}/{asked.code}")


def _rows_stay(entry: Entry, one: Field) -> bool:
    if one.id not in entry.given:
        return True
    before, after = entry.lines_before.get(one.id, []), [line.row for line in entry.lines.get(one.id, [])]
    keys = {key for row in before for key in row} & {
        inner.id for inner in one.fields if field_kinds[inner.kind].compute is None
    }
    keys |= {key for line in entry.lines.get(one.id, []) for key in line.given}
    return len(before) == len(after) and all(
        same(was.get(key), now.get(key)) for was, now in zip(before, after, strict=True) for key in keys
    )


def _cell_stays(one: Verdict, top: Verdict, asked: Field) -> bool:
    """Tell whether a cell holds nothing new: rows have no names, so any value that stood in the column may stand."""
    if top.entry.before is not None and one.table.id not in top.entry.given:
        return True
    held = one.entry.row.get(asked.id)
    return any(same(held, row.get(asked.id)) for row in top.entry.lines_before.get(one.table.id, ()))


def _broken(one: Verdict, condition: Condition, *, told: bool) -> Iterator[Problem]:
    rule = condition.rule
    code = "record_check" if told else "record_check_fault"
    titles = {field_.id: field_ for field_ in one.table.fields}
    at = [field_ for key, field_ in titles.items() if key in condition.fields and key not in one.absent]
    params: dict[str, object] = {"message": rule.message, "rule": rule.name}
    if not at:
        yield Problem(code, {**params, "field": ""}, one.pointer)
    for asked in at:
        yield Problem(code, {**params, "field": asked.title}, f"{one.pointer}/{asked.code}")
