"""How two values compare, in SQL: the rules of ``formula.comparing``."""

from __future__ import annotations

from dataclasses import replace

from mazhi.engines.formula.compiling.model import UnsaidError
from mazhi.engines.formula.compiling.reading import as_moment, read_moment, read_number, settled
from mazhi.engines.formula.compiling.writing import NO, Val, Writer, both, either, is_empty

_ALIKE = {"date": "moment"}


def folded(sql: str) -> str:
    """Return a text without the case of A–Z, to be compared by code points."""
    return f'lower({sql} COLLATE "C")'


def _alike(value: Val, other: Val) -> str:
    return _ALIKE.get(other.sort if value.sort == "empty" else value.sort, value.sort)


def _side(value: Val, sort: str) -> str:
    """Return one side of a comparison of values of one sort; what is empty is the least there is, or 0, or FALSE."""
    if value.sort == "empty":
        return {"number": "0", "text": "''", "boolean": "FALSE", "moment": "CAST('-infinity' AS timestamp)"}[sort]
    if sort == "text":
        return folded(value.sql)
    sql = as_moment(value) if sort == "moment" else value.sql
    if not value.nullable:
        return sql
    least = {"number": "0", "boolean": "FALSE", "moment": "CAST('-infinity' AS timestamp)"}[sort]
    return f"COALESCE({sql}, {least})"


def compare(w: Writer, operator: str, left: Val, right: Val) -> Val:
    """Compare two single values; values that have no order are unequal, and a fault otherwise."""
    if NO not in {left.other, right.other} or (left.other != right.other and not _both_dates_or_numbers(left, right)):
        raise UnsaidError("empty")
    found = _compare(w, operator, replace(left, other=NO), replace(right, other=NO))
    other = either(left.other, right.other)
    if other == NO:
        return found
    # The other value is a number beside a date, or the reverse: unequal, and without an order.
    if operator in {"=", "<>"}:
        return replace(
            found, sql=f"CASE WHEN {other} THEN {'FALSE' if operator == '=' else 'TRUE'} ELSE {found.sql} END"
        )
    return found.but(other)


def _both_dates_or_numbers(left: Val, right: Val) -> bool:
    sorts = {_ALIKE.get(one.sort, one.sort) for one in (left, right)}
    return len(sorts) == 1 and sorts <= {"moment", "number"} and not (left.nullable or right.nullable)


def _compare(w: Writer, operator: str, left: Val, right: Val) -> Val:
    left, right = _settled(w, left, right), _settled(w, right, left)
    fault = either(left.fault, right.fault)
    if left.sort == right.sort == "empty":
        return Val("boolean", "TRUE" if operator in {"=", "<=", ">="} else "FALSE", fault)
    sort = _alike(left, right) if left.sort != "empty" else _alike(right, right)
    other = _alike(right, left) if right.sort != "empty" else sort
    if sort == other:
        return Val("boolean", f"({_side(left, sort)} {operator} {_side(right, sort)})", fault)
    found = w.let(order(w, left, right))
    if operator == "=":
        return Val("boolean", f"COALESCE({found} = 0, FALSE)", fault)
    if operator == "<>":
        return Val("boolean", f"COALESCE({found} <> 0, TRUE)", fault)
    return Val("boolean", f"({found} {operator} 0)", either(fault, f"({found} IS NULL)"))


def _settled(w: Writer, value: Val, other: Val) -> Val:
    # An empty number beside a text that stands for one is not 0 but empty, and earlier than the text.
    if other.sort == "number":
        return value if other.nullable else settled(w, value, "number")
    return settled(w, value, "date") if other.sort in {"date", "moment"} else value


def order(w: Writer, left: Val, right: Val) -> str:
    """Return -1, 0 or 1; NULL where the values have no order."""
    left, right = w.atom(left), w.atom(right)
    no_left, no_right = is_empty(left), is_empty(right)
    cases = [
        (both(no_left, no_right), "0"),
        (no_left, _beside_empty(right)),
        (no_right, f"-({_beside_empty(left)})"),
    ]
    arms = "".join(f" WHEN {condition} THEN {found}" for condition, found in cases if condition != NO)
    direct = _direct(w, left, right)
    return f"CASE{arms} ELSE {direct} END" if arms else direct


def _beside_empty(value: Val) -> str:
    """How empty compares with a value."""
    if value.sort == "boolean":
        return f"CASE WHEN {value.sql} THEN -1 ELSE 0 END"
    if value.sort == "number":
        return f"CAST(-sign({value.sql}) AS integer)"
    return "-1"


def _direct(w: Writer, left: Val, right: Val) -> str:
    sorts = {left.sort, right.sort}
    if "boolean" in sorts:
        return _sign(left.sql, right.sql) if sorts == {"boolean"} else "CAST(NULL AS integer)"
    if "number" in sorts:
        if sorts == {"number"}:
            return _sign(left.sql, right.sql)
        if sorts != {"number", "text"}:
            return "CAST(NULL AS integer)"
        first, second = (read_number(w, one.sql).sql if one.sort == "text" else one.sql for one in (left, right))
        return _sign(w.let(first), w.let(second))
    if sorts == {"text"}:
        return _sign(w.let(folded(left.sql)), w.let(folded(right.sql)))
    if "empty" in sorts:
        return "CAST(NULL AS integer)"
    moments = (read_moment(w, one.sql).sql if one.sort == "text" else as_moment(one) for one in (left, right))
    return _sign(*moments)


def _sign(left: str, right: str) -> str:
    return f"CASE WHEN {left} < {right} THEN -1 WHEN {left} > {right} THEN 1 WHEN {left} = {right} THEN 0 END"


def same(w: Writer, left: Val, right: Val) -> str:
    """Tell whether two values are the same for a list: equal, and empty is nothing but empty."""
    left, right = w.atom(left), w.atom(right)
    no_left, no_right = is_empty(left), is_empty(right)
    equal = compare(w, "=", left, right).sql
    if no_left == NO and no_right == NO:
        return equal
    return f"CASE WHEN {either(no_left, no_right)} THEN {both(no_left, no_right)} ELSE {equal} END"
