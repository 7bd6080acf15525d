"""Formulas as SQL, for the database at hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mazhi.engines.formula.compiling.model import Compiled, NotInSqlError, Source
from mazhi.engines.formula.compiling.postgres import Compiler
from mazhi.engines.formula.compiling.reading import to_boolean
from mazhi.engines.formula.compiling.sqlite import compile_sqlite
from mazhi.engines.formula.compiling.values import zone
from mazhi.engines.formula.compiling.writing import NO, ListVal, Val, Writer, choose, either
from mazhi.engines.formula.nodes import Node
from mazhi.kernel import clock
from mazhi.kernel.statements import Dialect

LARGEST_STORED = "9223372036854"
"""Numbers in millionths end here."""


def compile_formula(
    node: Node, fields: Mapping[str, Source], dialect: Dialect, *, at: datetime | None = None
) -> Compiled:
    """Write a formula as SQL.

    Args:
        node: The formula.
        fields: What its names mean; one that is not there is a fault, as everywhere.
        dialect: The database.
        at: The present moment as wall-clock time; now by default.

    Raises:
        NotInSqlError: SQL cannot say it (``formula_not_in_sql``), on either database.
    """
    now = at or clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).replace(tzinfo=None, microsecond=0)
    found = _postgres(node, fields, now)
    if dialect == "postgresql":
        return found
    return compile_sqlite(node, fields, now, found)


def _postgres(node: Node, fields: Mapping[str, Source], now: datetime) -> Compiled:
    w = Writer()
    value = Compiler(w, fields, now).value(node)
    if isinstance(value, ListVal):
        raise NotInSqlError(node, "list")
    shown, stored = _shown(w, value)
    nothing = either(value.fault, value.other)
    sql = w.wrap(choose(nothing, "NULL", shown))
    stored = w.wrap(choose(nothing, "NULL", stored))
    fault = w.wrap(f"COALESCE({value.fault}, TRUE)")
    condition = NO
    if value.sort not in {"date", "moment"}:
        truth = to_boolean(w, value)
        condition = f"COALESCE({choose(truth.fault, NO, truth.sql)}, FALSE)"
    return Compiled(
        dialect="postgresql",
        kind=value.sort,
        sql=sql,
        fault=fault,
        other=w.wrap(choose(value.fault, NO, value.other)) if value.other != NO else NO,
        condition=w.wrap(condition) if condition != NO else NO,
        stored=stored,
        params=w.params,
    )


def _shown(w: Writer, value: Val) -> tuple[str, str]:
    """Return a value exactly, and as tables hold it."""
    if value.sort == "date":
        written = f"to_char({value.sql}, 'YYYY-MM-DD')"
        return written, written
    if value.sort == "moment":
        micros = f"CAST(extract(epoch FROM ({value.sql} AT TIME ZONE {zone(w)})) * 1000000 AS bigint)"
        return micros, micros
    if value.sort == "number":
        millionths = f"CAST(round({value.sql} * 1000000, 0) AS bigint)"
        return value.sql, f"CASE WHEN abs({value.sql}) < {LARGEST_STORED} THEN {millionths} END"
    return value.sql, value.sql
