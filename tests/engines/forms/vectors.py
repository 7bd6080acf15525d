"""Working out one record without a database, as the vectors of rules describe it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.live.entries import Entry, Row
from mazhi.engines.forms.live.plan import Step, plan_of
from mazhi.engines.forms.model import Field, Form, read
from mazhi.engines.forms.records.cleaning import Cleaner, Given
from mazhi.engines.forms.records.model import show
from mazhi.engines.forms.records.preparing import Prepared, judge
from mazhi.engines.forms.rules.judging import Verdict, faults, settle
from mazhi.engines.formula.values import Value
from mazhi.kernel.errors import Problem

USUAL = {"shown": True, "required": False, "locked": False}
_FORMS: dict[int, Form] = {}


class Known:
    """What is known outside the record: facts by field and code; codes stand for the numbers of what they name."""

    def __init__(self, facts: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        self._facts = facts

    def codes(self, _one: Field, numbers: set[Any]) -> Mapping[Any, str]:
        return {number: number for number in numbers}

    def numbers(self, one: Field, codes: set[str]) -> Mapping[str, Any]:
        return {code: code for code in codes if code in self._facts.get(one.code, {})}

    def facts(self, one: Field, fact: str, codes: Sequence[str | None]) -> Sequence[Value]:
        known = self._facts.get(one.code, {})
        return [known.get(code or "", {}).get(fact) for code in codes]

    def derived(self, _step: Step, _scope: Mapping[str, Field], rows: Sequence[Mapping[str, Any]]) -> Sequence[Any]:
        return [None for _ in rows]


def come_to(body: Mapping[str, Any], case: Mapping[str, Any], now: str) -> dict[str, Any]:
    """Work one case out: the values, the states that are not as usual, and the faults."""
    if id(body) not in _FORMS:
        _FORMS[id(body)] = read(body, field_kinds)
    form = _FORMS[id(body)]
    at = datetime.fromisoformat(now)
    cleaner = Cleaner(form)
    if "stored" not in case:
        given = _named(cleaner.new(case["values"]))
        entry = Entry(given.cleaned.own, at)
        entry.given = given.named | set(given.lines)
    else:
        stored = _named(cleaner.new(case["stored"]))
        given = _named(cleaner.changes(case["values"]))
        entry = Entry({**stored.cleaned.own, **given.cleaned.own}, at, before=stored.cleaned.own)
        entry.given = set(given.named)
        entry.lines_before = stored.cleaned.lines
        for table, rows in stored.cleaned.lines.items():
            entry.lines[table] = [Entry(dict(row), at, before=row, outer=entry) for row in rows]
    assert given.problems == []
    for table, rows in given.cleaned.lines.items():
        entry.lines[table] = [Entry(row, at, outer=entry) for row in rows]
        for line, named in zip(entry.lines[table], given.lines.get(table, []), strict=True):
            line.given = named
    (verdict,) = settle(plan_of(form), [entry], Known(case.get("facts", {})))
    refused = faults(verdict, lambda _key: True, named=set(case["values"]))
    lines: dict[str, list[Row]] = {table: [line.row for line in rows] for table, rows in entry.lines.items()}
    told = {one.kind: _Same() for one in form.walk()}
    return {
        "result": show(form.fields, entry.row, lines, field_kinds, told),
        "states": {place: state for place, state in _states(verdict).items() if state != USUAL},
        "faults": sorted([(one.pointer or "").removeprefix("/values"), one.code] for one in refused),
    }


def faults_of(form: Form, values: Mapping[str, Any]) -> list[Problem]:
    """Say why a new record is refused, as far as that can be said without a database."""
    given = _named(Cleaner(form).new(values))
    entry = Entry(given.cleaned.own, datetime(2026, 11, 22))  # noqa: DTZ001 - wall-clock time
    entry.given = given.named | set(given.lines)
    for table, rows in given.cleaned.lines.items():
        entry.lines[table] = [Entry(row, entry.situation.at, outer=entry) for row in rows]
    found = Prepared(given, entry)
    (verdict,) = settle(plan_of(form), [entry], Known({}))
    judge(form, found, verdict, lambda _key: True, ())
    return found.problems


class _Same(dict[Any, Any]):
    def __missing__(self, key: Any) -> Any:
        return key

    def get(self, key: Any, _default: Any = None) -> Any:
        return key


def _named(given: Given) -> Given:
    for one in given.cleaned.named:
        reference = field_kinds[one.field.kind].reference
        many = reference is not None and reference.many
        one.row[one.field.id] = (json.dumps(one.codes),) if many else (one.codes[0],)
    return given


def _states(verdict: Verdict) -> dict[str, dict[str, bool]]:
    return {
        f"{one.pointer.removeprefix('/values')}/{field.code}": {
            "shown": field.id not in one.absent,
            "required": field.id in one.required,
            "locked": field.id in one.locked,
        }
        for one in verdict.all()
        for field in one.table.fields
    }
