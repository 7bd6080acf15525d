"""From the tree of a formula to SQLite: conditions in its own words where those are exact, all else through Python."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from mazhi.engines.formula.compiling.calling import FUNCTION, Wanted
from mazhi.engines.formula.compiling.model import Column, Compiled, ListColumn, NotInSqlError, Source
from mazhi.engines.formula.compiling.native import Native
from mazhi.engines.formula.functions import functions
from mazhi.engines.formula.nodes import Call, Node, names, to_json, walk

MOST_FIELDS = 120
"""SQLite's functions take 127 arguments."""


def compile_sqlite(node: Node, fields: Mapping[str, Source], now: datetime, like: Compiled) -> Compiled:
    """Write a formula of which PostgreSQL's words are known: what it comes to is the same.

    Raises:
        NotInSqlError: It reads too many fields.
    """
    params: dict[str, Any] = {}
    calls = _Calls(node, fields, now, like.kind, params)
    native = Native(fields, now, params, lambda one: calls.ask(one, "condition", "boolean"))
    value, stored = (calls.ask(node, wanted) for wanted in ("value", "stored"))
    exact = native.stored(node) if like.kind == "number" else None
    if exact is not None:
        stored = f"CASE WHEN {exact[1]} THEN {exact[0]} ELSE {stored} END"
    found = replace(
        like,
        dialect="sqlite",
        sql=value,
        stored=value if like.kind in {"text", "date", "boolean"} else stored,
        fault="FALSE" if like.fault == "(COALESCE(FALSE, TRUE))" else calls.ask(node, "fault"),
        other="FALSE" if like.other == "FALSE" else calls.ask(node, "other"),
        condition=native.condition(node) or calls.ask(node, "condition"),
    )
    said = " ".join((found.sql, found.stored, found.fault, found.other, found.condition))
    used = set(_PARAMETER.findall(said))
    return replace(found, params={name: value for name, value in params.items() if name in used})


_PARAMETER = re.compile(r":(\w+)")


class _Calls:
    """Writes calls of Python."""

    def __init__(
        self, node: Node, fields: Mapping[str, Source], now: datetime, kind: str, params: dict[str, Any]
    ) -> None:
        self._fields = fields
        self._now = now
        self._kind = kind
        self._params = params
        if len(names(node)) > MOST_FIELDS:
            raise NotInSqlError(node, "fields")

    def ask(self, node: Node, wanted: Wanted, kind: str | None = None) -> str:
        """Write a call for a node."""
        read = sorted(name for name in names(node) if name in self._fields)
        sources = [self._fields[name] for name in read]
        spec = {
            "tree": to_json(node),
            "fields": [[name, *_described(one)] for name, one in zip(read, sources, strict=True)],
            "kind": kind or self._kind,
            "wanted": wanted,
        }
        asks_now = any(isinstance(one, Call) and functions[one.name].uses_now for one in walk(node))
        now = self._param(self._now.isoformat()) if asks_now else "NULL"
        given = "".join(f", {_given(one)}" for one in sources)
        return f"{FUNCTION}({self._param(json.dumps(spec, ensure_ascii=False))}, {now}{given})"

    def _param(self, value: str) -> str:
        name = f"q{len(self._params)}"
        self._params[name] = value
        return f":{name}"


def _described(source: Source) -> tuple[str, bool, bool]:
    if isinstance(source, Column):
        return source.kind, source.exact, False
    if isinstance(source, ListColumn):
        return source.column.kind, source.column.exact, True
    return source.kind, any(one.exact for one in source.values), True


def _given(source: Source) -> str:
    if isinstance(source, Column):
        return source.sql
    if isinstance(source, ListColumn):
        rows = source.rows
        query = f"SELECT {source.column.sql} AS v FROM {rows.source} WHERE {rows.where} ORDER BY {rows.order}"
        return f"(SELECT json_group_array(v) FROM ({query}))"
    return f"json_array({', '.join(one.sql for one in source.values)})"
