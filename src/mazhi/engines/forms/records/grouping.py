"""Records counted and added up in groups (分组): one statement, with the reader's rows and fields inside it.

A group is the records that share a value, or whose dates lie in the same day, week, month or year; those without a
value are a group of their own, the last one. Up to two levels: every group of the first tells the totals of all of it,
also where only some of the groups within stand on the page.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.layout import MAIN, Slot
from mazhi.engines.forms.model import ColumnType, Field
from mazhi.engines.forms.publishing.store import table_name
from mazhi.engines.forms.records.adding_up import Method, Total, columns_of, methods_of, worked_out
from mazhi.engines.forms.records.asking import Where, compile_filter
from mazhi.engines.forms.records.bucketing import UNITS, Unit, bucket, bucket_filter, bucket_value, is_moment
from mazhi.engines.forms.records.deriving import linked, open_form
from mazhi.engines.forms.records.opened import Opened, look_up
from mazhi.engines.forms.references import told
from mazhi.engines.forms.rights.compiling import Reach, by_code, reach
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import NotFoundError, invalid
from mazhi.kernel.master_data.model import Checks

DEEPEST = 2
MOST_TOTALS = 10
_GROUPED: tuple[ColumnType, ...] = ("text", "number", "boolean", "date", "moment", "reference")
_OTHER = 1_000_000
"""The place of values that are none of a field's choices: after them."""


@dataclass(frozen=True, slots=True)
class Level:
    """By what records are grouped: a field, of dates in which unit, and which way the groups are sorted."""

    field: Field
    slot: Slot
    unit: Unit | None = None
    down: bool = False


@dataclass(slots=True)
class Group:
    """The records that share a value.

    Attributes:
        value: As clients get it; None for those without one.
        title: What it is called, where it names something.
        filter: What finds these records among all.
        count: How many they are.
        totals: What was asked for, by ``field:method``.
        groups: Those within.
    """

    value: Any
    title: str | None
    filter: Mapping[str, Any]
    count: int
    totals: Mapping[str, Any]
    groups: list[Group] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grouped:
    """One page of groups, and count and totals of all records that the filter lets through."""

    groups: list[Group]
    next: str | None
    count: int
    totals: Mapping[str, Any]


class Grouping:
    """Groups the records of the forms of one database."""

    def __init__(self, db: Database) -> None:
        """Work on that database."""
        self._db = db

    def groups(
        self,
        actor: Actor,
        app: str,
        form: str,
        *,
        by: str | None = None,
        filter_: object = None,
        totals: str | None = None,
        after: str | None = None,
        limit: int = 200,
    ) -> Grouped:
        """Return one page of groups; ``by`` is such as ``state,-made:month``, ``totals`` such as ``qty:sum``.

        Without ``by`` all records are counted and added up.

        Raises:
            NotFoundError: There is no such form, or it was never published.
            ForbiddenError: The reader may see no record of it.
            InvalidInputError: Something asked for is wrong or not for this reader; every fault is named.
        """
        with self._db.read() as tx:
            opened = open_form(tx, f"{app}/{form}")
            if opened is None:
                raise NotFoundError("unknown_form", item=form)
            may = reach(tx, actor, opened.id, opened.form, opened.layout.slots, look_up(tx))
            codes = by_code(opened.form, opened.layout.slots)
            open_ = {code: slot for code, slot in codes.items() if may.seen(slot.field, "") == ""}
            fields = {one.id: one for one in opened.form.walk()}
            checks = Checks()
            levels = read_levels(by, open_, fields, checks)
            wanted = read_totals(totals, open_, checks)
            checks.done()
            where = Where("1 = 1", {})
            if filter_ is not None:
                where = compile_filter(filter_, codes, look_up(tx), may.seen)
            rows = _ask(tx, opened, may, levels, wanted, where, _read_after(after, levels), limit + 1)
            return _page(tx, actor, levels, wanted, rows, limit)


def read_levels(
    raw: str | None, columns: Mapping[str, Slot], fields: Mapping[str, Field], checks: Checks, at: str = "/by"
) -> list[Level]:
    """Read what records are grouped by, such as ``state,-made:month``; faults go to the checks."""
    parts = [part for part in (raw or "").split(",") if part]
    if len(parts) > DEEPEST:
        checks.fault(at, "group_too_deep", limit=DEEPEST)
        return []
    found: list[Level] = []
    for part in parts:
        code, _, unit = part.removeprefix("-").partition(":")
        slot = columns.get(code)
        if slot is None:
            checks.fault(at, "record_unknown_field", item=code)
        elif slot.type not in _GROUPED:
            checks.fault(at, "group_not_by_this", item=code)
        elif unit and (unit not in UNITS or not _is_time(slot)):
            checks.fault(at, "group_unknown_unit", item=unit, known=", ".join(UNITS))
        else:
            usual: Unit | None = "day" if _is_time(slot) else None
            chosen: Unit | None = next((one for one in UNITS if one == unit), usual)
            found.append(Level(fields[slot.field], slot, chosen, part.startswith("-")))
    return found


def _is_time(slot: Slot) -> bool:
    return slot.type in {"date", "moment"}


def read_totals(raw: str | None, columns: Mapping[str, Slot], checks: Checks, at: str = "/totals") -> list[Total]:
    """Read what is added up and how, such as ``qty:sum,price:average``; faults go to the checks."""
    parts = list(dict.fromkeys(part for part in (raw or "").split(",") if part))
    if len(parts) > MOST_TOTALS:
        checks.fault(at, "group_too_many_totals", limit=MOST_TOTALS)
        return []
    found: list[Total] = []
    for part in parts:
        code, _, method = part.partition(":")
        slot = columns.get(code)
        known = () if slot is None else methods_of(slot)
        if slot is None:
            checks.fault(at, "record_unknown_field", item=code)
        elif method not in known:
            checks.fault(at, "group_unknown_total", item=code, known=", ".join(known))
        else:
            chosen: Method = next(one for one in known if one == method)
            found.append(Total(part, slot, chosen))
    return found


def _choices(level: Level) -> list[str]:
    given = level.field.options.get("choices")
    return [one for one in given if isinstance(one, str)] if isinstance(given, list | tuple) else []


def _read_after(after: str | None, levels: Sequence[Level]) -> list[Any] | None:
    """Read where a page begins: the value of each level, as the page before has said."""
    if after is None or not levels:
        return None
    try:
        found: Any = json.loads(after)
    except ValueError:
        found = None
    if not isinstance(found, list) or len(found) != len(levels):
        raise invalid("/after", "record_bad_after")
    for level, value in zip(levels, found, strict=True):
        kinds: dict[ColumnType, type] = {"number": int, "reference": int, "boolean": int}
        if value is not None and not isinstance(value, kinds.get(level.slot.type, str)):
            raise invalid("/after", "record_bad_after")
    return found


@dataclass(frozen=True, slots=True)
class _Sorted:
    """An expression that groups are sorted by, and where a page begins in it."""

    sql: str
    down: bool
    start: Any = None


def _keys(levels: Sequence[Level], after: Sequence[Any] | None, params: dict[str, Any]) -> list[_Sorted]:
    """Return what groups are sorted by: choices as the form lists them, all else by its value."""
    found: list[_Sorted] = []
    for place, level in enumerate(levels):
        name, start = f"k{place}", after[place] if after is not None else None
        choices = _choices(level)
        if choices:
            whens = ""
            for rank, choice in enumerate(choices):
                params[f"c{place}_{rank}"] = choice
                whens += f" WHEN :c{place}_{rank} THEN {rank}"
            rank_of = {choice: rank for rank, choice in enumerate(choices)}
            sql = f"CASE {name}{whens} ELSE CASE WHEN {name} IS NOT NULL THEN {_OTHER} END END"
            found.append(_Sorted(sql, level.down, None if start is None else rank_of.get(start, _OTHER)))
        found.append(_Sorted(name, level.down, start))
    return found


def _beyond(keys: Sequence[_Sorted], params: dict[str, Any]) -> str:
    """Return the condition for the groups after a place; those without a value come last, whichever way."""
    if not keys:
        return "1 = 0"
    first, rest = keys[0], _beyond(keys[1:], params)
    if first.start is None:
        return f"({first.sql} IS NULL AND {rest})"
    name = f"a{len(params)}"
    params[name] = first.start
    sign = "<" if first.down else ">"
    return f"({first.sql} {sign} :{name} OR {first.sql} IS NULL OR ({first.sql} = :{name} AND {rest}))"


def _ask(
    tx: Tx,
    opened: Opened,
    may: Reach,
    levels: Sequence[Level],
    totals: Sequence[Total],
    where: Where,
    after: Sequence[Any] | None,
    limit: int,
) -> list[Mapping[str, Any]]:
    """Run the statement; a row is a group of the last level, with the sums of what is around it."""
    within = may.rows("view")
    sums = [("n", "count(*)", "sum"), *(one for total in totals for one in columns_of(total))]
    sums = list({name: (name, sql, over) for name, sql, over in sums}.values())
    names = [f"k{place}" for place in range(len(levels))]
    read = [f"{bucket(tx.dialect, one.slot, one.unit)} AS k{place}" for place, one in enumerate(levels)]
    leaf = (
        f"SELECT {', '.join([*read, *(f'{sql} AS {name}' for name, sql, _ in sums)])} "
        f"FROM {table_name(opened.id, MAIN)} WHERE deleted_at IS NULL AND {within.sql} AND {where.sql}"
    )
    params: dict[str, Any] = {**where.params, **within.params}
    if not levels:
        return [dict(row._mapping) for row in tx.rows(leaf, **params)]
    leaf += f" GROUP BY {', '.join(str(place + 1) for place in range(len(levels)))}"
    around = [("t", ""), ("p", "PARTITION BY k0")] if len(levels) > 1 else [("t", "")]
    windows = [f"{over}({name}) OVER ({part}) AS {mark}_{name}" for mark, part in around for name, _, over in sums]
    keys = _keys(levels, after, params)
    beyond = "1 = 1" if after is None else _beyond(keys, params)
    order = ", ".join(f"{one.sql} IS NULL, {one.sql} {'DESC' if one.down else 'ASC'}" for one in keys)
    shown = ", ".join([*names, *(name for name, _, _ in sums), *windows])
    rows = tx.rows(
        f"WITH leaf AS ({leaf}), told AS (SELECT {shown} FROM leaf) "
        f"SELECT * FROM told WHERE {beyond} ORDER BY {order} LIMIT {limit}",
        **params,
    )
    return [dict(row._mapping) for row in rows]


def _page(
    tx: Tx,
    actor: Actor,
    levels: Sequence[Level],
    totals: Sequence[Total],
    rows: Sequence[Mapping[str, Any]],
    limit: int,
) -> Grouped:
    def summed(row: Mapping[str, Any], mark: str) -> tuple[int, dict[str, Any]]:
        part = {name.removeprefix(mark): value for name, value in row.items() if name.startswith(mark)}
        return int(part["n"]), {one.name: worked_out(one, part) for one in totals}

    if not levels:
        count, all_ = summed(rows[0], "")
        return Grouped([], None, count, all_)
    count, all_ = summed(rows[0], "t_") if rows else (0, dict.fromkeys((one.name for one in totals), None))
    shown = rows[:limit]
    called = [
        _called(tx, actor, level, {row[f"k{place}"] for row in shown if row[f"k{place}"] is not None})
        for place, level in enumerate(levels)
    ]
    found: list[Group] = []
    outer: list[Any] = []
    for row in shown:
        into, begun = found, not outer or outer[0] != row["k0"]
        if len(levels) == DEEPEST:
            if begun:
                found.append(_group(levels[0], row["k0"], called[0], *summed(row, "p_")))
            into = found[-1].groups
        outer = [row["k0"]]
        last = len(levels) - 1
        into.append(_group(levels[last], row[f"k{last}"], called[last], *summed(row, "")))
    more = len(rows) > limit
    after = json.dumps([shown[-1][f"k{place}"] for place in range(len(levels))], ensure_ascii=False) if more else None
    return Grouped(found, after, count, all_)


_Called = Mapping[Any, tuple[Any, str | None]]
"""By what the column holds the value as clients get it, and what it is called."""


def _group(level: Level, raw: Any, called: _Called, count: int, totals: Mapping[str, Any]) -> Group:
    code = level.field.code
    if raw is None:
        return Group(None, None, {"field": code, "is": "empty"}, count, totals)
    if level.unit is not None:
        filter_ = bucket_filter(code, raw, level.unit, moment=is_moment(level.slot))
        return Group(bucket_value(raw, level.unit), None, filter_, count, totals)
    value, title = called.get(raw, (raw, None))
    return Group(value, title, {"field": code, "is": "equal", "value": value}, count, totals)


def _called(tx: Tx, actor: Actor, level: Level, held: Collection[Any]) -> _Called:
    """Look up what the values of some groups are called, as far as the reader may see it."""
    kind = field_kinds[level.field.kind]
    if level.slot.type == "boolean":
        return {one: (bool(one), None) for one in held}
    if kind.reference is None:
        if level.slot.type == "number" and len(kind.columns) == 1:
            return {one: (kind.show((one,)), None) for one in held}
        return {one: (one, None) for one in held}
    codes = told(tx, kind.reference, held)
    names: dict[int, Any] = {}
    if kind.reference.by_options:
        title = level.field.options.get("title")
        if title:
            seen = linked(tx, actor)(str(level.field.options["form"]), list(held))
            names = {number: values.get(str(title)) for number, values in seen.items()}
    else:
        sql = next((one.sql for one in kind.reference.details if one.name == "name"), None)
        if sql is not None and held:
            rows = tx.rows(
                f"SELECT t.id, {sql} AS name FROM {kind.reference.table} t WHERE t.id ANY(:ids, bigint)",
                ids=sorted(held),
            )
            names = {row.id: row.name for row in rows}
    return {one: (codes.get(one), None if names.get(one) is None else str(names[one])) for one in held}
