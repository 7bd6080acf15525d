"""Working out many records at once: field by field, each after those that it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.formula_values import shape_of, stored, value_of
from mazhi.engines.forms.live.entries import Entry, fill_all, of_table, says_nothing
from mazhi.engines.forms.live.plan import Fact, Needs, Plan, Read, Setting, Step
from mazhi.engines.forms.model import Field, FieldError, Values, keeper
from mazhi.engines.forms.references import codes_of, numbers_of
from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.evaluating import Worker
from mazhi.engines.formula.giving import given
from mazhi.engines.formula.values import Fault, Value, is_empty, rounded, to_boolean


class Outside(Protocol):
    """What formulas want to know that does not stand in the record; always of many at once."""

    def codes(self, one: Field, numbers: set[int]) -> Mapping[int, str]:
        """Return the codes of what a field names."""
        ...

    def numbers(self, one: Field, codes: set[str]) -> Mapping[str, int]:
        """Return the numbers of what a rule has a field name; unknown codes are missing."""
        ...

    def facts(self, one: Field, fact: str, codes: Sequence[str | None]) -> Sequence[Value]:
        """Return a fact of what a field names, for each code."""
        ...

    def derived(self, step: Step, scope: Mapping[str, Field], rows: Sequence[Mapping[str, Any]]) -> Sequence[Any]:
        """Return what a field that is only shown shows, for each row of values as clients get them."""
        ...


def work_out(plan: Plan, entries: Sequence[Entry], outside: Outside) -> None:
    """Work out formulas, roll-ups and what rules set in many records; what is absent is left as it is."""
    fill_all(plan, entries)
    for key, table in plan.tables.items():
        for one in table.reads:
            if one.read is None:
                _name(one, list(of_table(entries, key)), outside)
    for step in plan.steps:
        fetch(step.needs, entries, outside)
        some = list(of_table(entries, step.table))
        if step.computation is not None:
            _compute(step, some)
        elif step.derive is not None:
            _derive(plan, step, some, outside)
        else:
            _set(step, some, outside)


def fetch(needs: Needs, entries: Sequence[Entry], outside: Outside) -> None:
    """Fetch columns over rows, and facts of what fields name."""
    for one in needs.lists:
        for entry in entries:
            entry.known[one.name] = tuple(line.known[one.column] for line in entry.lines.get(one.table, ()))
    for fact in needs.facts:
        _look_up(fact, list(of_table(entries, fact.table)), outside)


def _look_up(fact: Fact, some: Sequence[Entry], outside: Outside) -> None:
    codes = [code if isinstance(code := entry.known[fact.source.code], str) else None for entry in some]
    for entry, value in zip(some, outside.facts(fact.source, fact.fact, codes), strict=True):
        entry.known[fact.name] = value


def _name(one: Read, some: Sequence[Entry], outside: Outside) -> None:
    """Read what a field names: a code, or a list of them."""
    reference = field_kinds[one.of.kind].reference
    if reference is None:
        return
    key, code = one.of.id, one.of.code
    held = [numbers_of(entry.row.get(key) or (), many=reference.many) for entry in some]
    told = outside.codes(one.of, {number for numbers in held for number in numbers})
    for entry, numbers in zip(some, held, strict=True):
        codes = tuple(told.get(number, "") for number in numbers)
        entry.known[code] = codes if reference.many else (codes[0] if codes else None)


def _compute(step: Step, some: Sequence[Entry]) -> None:
    computation, key, code = step.computation, step.of.id, step.of.code
    if computation is None:
        return
    work, decimals, result, rows = computation.work, step.of.options["decimals"], step.result, step.rows
    shape, show = shape_of(step.of, field_kinds), keeper(step.of, field_kinds).show
    for entry in some:
        lines = [line.situation for line in entry.lines.get(rows, ())] if rows else ()
        try:
            values = stored(work(entry.situation, lines), result, decimals)
        except FaultError:
            values = None
        if values is None:
            entry.row.pop(key, None)
            entry.known[code] = None
        else:
            entry.row[key] = values
            # Others read what is stored, so that they come to the same at the next saving.
            entry.known[code] = Decimal(values[0]).scaleb(-6) if shape == "number" else value_of(show(values), shape)


def _derive(plan: Plan, step: Step, some: Sequence[Entry], outside: Outside) -> None:
    scope = plan.tables[step.table].scope
    rows = [{code: _shown(entry, code, one) for code, one in step.sources.items()} for entry in some]
    for entry, shown in zip(some, outside.derived(step, scope, rows), strict=True):
        entry.known[step.of.code] = value_of(shown, "other")


def _shown(entry: Entry, code: str, one: Field) -> Any:
    kind = keeper(one, field_kinds)
    if kind.reference is not None or kind.derive is not None:
        found = entry.known[code]
        return list(found) if isinstance(found, tuple) else found
    if kind.holds != "value":
        return None
    values = entry.row.get(one.id)
    if values is None and entry.known.outer is not None and code not in entry.known:
        return given(entry.known[code])
    return None if says_nothing(values) else kind.show(values or ())


def _set(step: Step, some: Sequence[Entry], outside: Outside) -> None:
    found: list[tuple[Entry, Any]] = []
    for entry in some:
        if step.of.id not in entry.absent:
            holds, value = _last_holding(step.settings, entry)
            if holds and not isinstance(value, Fault):
                found.append((entry, _fitted(step.of, value)))
    reference = field_kinds[step.of.kind].reference
    if reference is not None:
        _set_names(step.of, found, outside, many=reference.many)
        return
    kind, shape = field_kinds[step.of.kind], shape_of(step.of, field_kinds)
    for entry, raw in found:
        try:
            values: Values = () if raw is None or raw in ("", []) else kind.clean(raw, step.of.options)
        except FieldError:
            continue
        _put(entry, step.of, values, value_of(kind.show(values), shape) if values else None)


def _last_holding(settings: Sequence[Setting], entry: Entry) -> tuple[bool, Value]:
    """Return what the last of the rules that hold sets; a fault leaves what the others set."""
    holds, value = False, None
    for setting in settings:
        try:
            if to_boolean(setting.when(entry.situation)):
                value, holds = setting.value(entry.situation), True
        except FaultError:
            continue
    return holds, value


def _fitted(one: Field, value: Value) -> Any:
    """Make a value one that the field takes, where only its precision says more than the field keeps."""
    if isinstance(value, Decimal) and "decimals" in one.options:
        value = rounded(value, one.options["decimals"])
    types = [column.type for column in field_kinds[one.kind].columns]
    if isinstance(value, datetime) and types == ["date"]:
        value = date(value.year, value.month, value.day)
    return None if is_empty(value) else given(value)


def _set_names(one: Field, found: Sequence[tuple[Entry, Any]], outside: Outside, *, many: bool) -> None:
    wanted = [(entry, codes_of(raw, many=many) if raw is not None else []) for entry, raw in found]
    numbers = outside.numbers(one, {code for _, codes in wanted for code in codes or ()})
    told = outside.codes(one, set(numbers.values()))
    for entry, codes in wanted:
        if codes is None or any(code not in numbers for code in codes):
            continue
        ids = [numbers[code] for code in codes]
        shown = tuple(told.get(number, "") for number in ids)
        values: Values = () if not ids else ((_json(ids),) if many else (ids[0],))
        _put(entry, one, values, shown if many else (shown[0] if shown else None))


def _json(ids: list[int]) -> str:
    return "[" + ", ".join(map(str, ids)) + "]"


def _put(entry: Entry, one: Field, values: Values, value: Value) -> None:
    entry.row[one.id] = values
    entry.known[one.code] = value
    entry.set |= {one.id}


def holds(when: Worker, entry: Entry) -> bool | None:
    """Tell whether a condition holds; None where it cannot be told."""
    try:
        return to_boolean(when(entry.situation))
    except FaultError:
        return None
