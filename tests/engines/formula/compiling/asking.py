"""Asking a database what formulas come to, with their fields as real columns of real types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mazhi.engines.formula.compiling.compiler import compile_formula
from mazhi.engines.formula.compiling.model import Column, Compiled, Kind, ListColumn, ListValues, Rows, Source
from mazhi.engines.formula.nodes import Node
from mazhi.engines.formula.values import Value
from mazhi.kernel import clock
from mazhi.kernel.db import Tx
from mazhi.kernel.statements import Dialect

TYPES: dict[Dialect, dict[str, str]] = {
    "postgresql": {"number": "numeric", "text": "text", "date": "text", "moment": "bigint", "boolean": "boolean"},
    "sqlite": {"number": "text", "text": "text", "date": "text", "moment": "integer", "boolean": "boolean"},
}


def kind_of(value: Value) -> Kind | None:
    match value:
        case bool():
            return "boolean"
        case Decimal():
            return "number"
        case datetime():
            return "moment"
        case date():
            return "date"
        case str() if value:
            return "text"
        case _:
            return None


def stored(value: Value) -> Any:
    """Write a value as a column holds it."""
    if isinstance(value, datetime):
        return clock.to_micros(value.replace(tzinfo=clock.DEFAULT_ZONE))
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else value


def fits(value: Value) -> bool:
    """Tell whether a number can be held in millionths."""
    if not isinstance(value, Decimal):
        return True
    return abs(value) < 9_000_000_000_000 and value == round(value, 6)


def places(value: Value) -> int:
    """Return how many decimal places a number has."""
    return 6 if not isinstance(value, Decimal) else max(-int(value.normalize().as_tuple().exponent), 0)


class MixedError(Exception):
    """A list of values of several kinds, such as no column has."""


@dataclass
class Data:
    """The fields of a formula as parameters, a list as a table of its own made of them."""

    dialect: Dialect
    params: dict[str, Any]
    fields: dict[str, Source]

    def usual(self, name: str) -> Kind:
        """What an empty field holds, so that it is not always a text."""
        kinds: dict[str, Kind] = {"n": "number", "d": "date", "m": "moment", "b": "boolean"}
        return kinds.get(name[0], "text") if len(name) == 2 and name[1].isdigit() else "text"

    def one(self, value: Value, kind: Kind, *, small: bool = True) -> Column:
        name = f"d{len(self.params)}"
        if kind == "number" and small:
            assert value is None or isinstance(value, Decimal)
            self.params[name] = None if value is None else int(value.scaleb(6))
            return Column(kind, f"CAST(:{name} AS bigint)", decimals=places(value))
        self.params[name] = stored(value)
        return Column(kind, f"CAST(:{name} AS {TYPES[self.dialect][kind]})", exact=kind == "number")

    def add(self, name: str, value: Value) -> None:
        if not isinstance(value, tuple):
            self.fields[name] = self.one(value, kind_of(value) or self.usual(name), small=fits(value))
            return
        kind = next((kind for one in value if (kind := kind_of(one))), "text")
        if {kind_of(one) for one in value} - {None, kind}:
            raise MixedError
        small = all(map(fits, value))
        columns = [self.one(one if one != "" or kind == "text" else None, kind, small=small) for one in value]
        if len(self.fields) % 2 or not columns:
            self.fields[name] = ListValues(kind, tuple(columns))
            return
        rows = " UNION ALL ".join(f"SELECT {place} AS place, {one.sql} AS value" for place, one in enumerate(columns))
        table = f"({rows}) AS c{len(self.params)}"
        self.fields[name] = ListColumn(
            Column(kind, "value", exact=kind == "number" and not small), Rows(table, "TRUE", "place")
        )


def gather(values: Mapping[str, Value], dialect: Dialect) -> Data:
    found = Data(dialect, {}, {})
    for name, value in values.items():
        found.add(name, value)
    return found


def read(compiled: Compiled, found: Any) -> Value:
    """Read what the database answered as the value it stands for."""
    if found is None or found == "":
        return None
    match compiled.kind:
        case "number":
            return Decimal(found)
        case "boolean":
            return bool(found)
        case "date":
            return date.fromisoformat(found)
        case "moment":
            return clock.to_datetime(found, clock.DEFAULT_ZONE).replace(tzinfo=None)
        case _:
            assert isinstance(found, str)
            return found


@dataclass
class Answer:
    """What a database says of one formula."""

    kind: str
    value: Value
    fault: bool
    other: bool
    condition: bool
    stored: Any


def ask(tx: Tx, node: Node, values: Mapping[str, Value], at: datetime) -> Answer:
    """Work one formula out in the database."""
    data = gather(values, tx.dialect)
    compiled = compile_formula(node, data.fields, tx.dialect, at=at)
    return answers(tx, [compiled], data.params)[0]


def answers(tx: Tx, compiled: Sequence[Compiled], params: Mapping[str, Any]) -> list[Answer]:
    found = []
    for one in compiled:
        row = tx.row(
            f"SELECT {one.sql} AS v, {one.fault} AS f, {one.other} AS o, {one.condition} AS c, {one.stored} AS s",
            **one.params,
            **params,
        )
        assert row is not None
        assert row.f is not None and row.o is not None and row.c is not None
        value = read(one, row.v)
        found.append(Answer(one.kind, value, bool(row.f), bool(row.o), bool(row.c), row.s))
    return found
