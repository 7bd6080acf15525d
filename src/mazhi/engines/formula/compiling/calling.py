"""Formulas on SQLite: the function through which its statements have them worked out by Python.

SQLite has no decimal numbers. A statement hands over what the formula is, once as text for all rows, and the values
of its fields; what comes back is what Python's evaluator says, exactly.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, cast

from mazhi.engines.formula.compiling.model import Kind
from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.evaluating import Situation, prepare
from mazhi.engines.formula.jsons import kind_of
from mazhi.engines.formula.jsons import to_json as result_json
from mazhi.engines.formula.nodes import from_json
from mazhi.engines.formula.values import CONTEXT, Value, is_empty, rounded, to_boolean
from mazhi.kernel import clock
from mazhi.kernel.db import add_sqlite_function

FUNCTION = "mazhi_formula"
MOST_STORED = Decimal("9223372036854")
"""Numbers in millionths end here."""
Wanted = Literal["value", "fault", "other", "condition", "stored"]
_RESULTS = {"datetime": "moment"}


class _Ready:
    """A formula made ready for many rows."""

    def __init__(self, spec: str) -> None:
        data = json.loads(spec)
        self._work = prepare(from_json(data["tree"]))
        self._places = {name: place for place, (name, *_) in enumerate(data["fields"])}
        self._read = [_reader(kind, exact=exact, many=many) for _, kind, exact, many in data["fields"]]
        self._kind: str = data["kind"]
        self._answer = _ANSWERS[cast(Wanted, data["wanted"])]

    def __call__(self, now: str | None, raw: tuple[Any, ...]) -> Any:
        read, places = self._read, self._places

        def scope(name: str) -> Value:
            place = places[name]
            found = raw[place]
            return None if found is None else read[place](found)

        at = None if now is None else datetime.fromisoformat(now)
        try:
            value, fault = self._work(Situation(scope, at)), False
        except FaultError:
            value, fault = None, True
        empty = fault or is_empty(value)
        of_kind = not empty and not isinstance(value, tuple) and _kind(value) == self._kind
        return self._answer(value if of_kind else None, value, fault, not empty and not of_kind)


def _kind(value: Value) -> str:
    found = kind_of(value)
    return _RESULTS.get(found, found)


def _reader(kind: Kind, *, exact: bool, many: bool) -> Callable[[Any], Value]:
    one = _READ["exact" if exact and kind == "number" else kind]
    if not many:
        return one
    return lambda raw: tuple(None if each is None else one(each) for each in json.loads(raw))


_READ: dict[str, Callable[[Any], Value]] = {
    "number": lambda raw: CONTEXT.create_decimal(raw).scaleb(-6, CONTEXT),
    "exact": CONTEXT.create_decimal,
    "text": lambda raw: raw,
    "date": lambda raw: date.fromisoformat(raw) if raw else None,
    "moment": lambda raw: clock.to_datetime(raw, clock.DEFAULT_ZONE).replace(tzinfo=None),
    "boolean": bool,
}


def _stored(value: Value) -> Any:
    if isinstance(value, Decimal):
        return int(rounded(value, 6).scaleb(6)) if abs(value) < MOST_STORED else None
    return _shown(value)


def _shown(value: Value) -> Any:
    if isinstance(value, datetime):
        return clock.to_micros(value.replace(tzinfo=clock.DEFAULT_ZONE))
    return result_json(value)


def _condition(value: Value) -> bool:
    try:
        return to_boolean(value)
    except FaultError:
        return False


_ANSWERS: dict[Wanted, Callable[[Value, Value, bool, bool], Any]] = {
    "value": lambda own, _value, _fault, _other: _shown(own),
    "stored": lambda own, _value, _fault, _other: _stored(own),
    "fault": lambda _own, _value, fault, _other: fault,
    "other": lambda _own, _value, _fault, other: other,
    "condition": lambda own, _value, fault, _other: not fault and _condition(own),
}

_ready = lru_cache(maxsize=512)(_Ready)


def _work_out(spec: str, now: str | None, *raw: Any) -> Any:
    return _ready(spec)(now, raw)


add_sqlite_function(FUNCTION, _work_out)
