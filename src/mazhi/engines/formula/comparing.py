"""How two values compare.

Texts compare without the case of A–Z, then by code points; a date equals the moment at which it begins. Empty
compares as 0, a text without characters, or FALSE; beside a date it is earlier. A number beside a text compares as
number if the text looks like one, a date beside a text likewise; otherwise they are not equal and have no order.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.values import ZERO, Fault, Value, as_moment, is_empty, read_date, read_number, shown

_FOLD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def fold_case(text: str) -> str:
    """Return a text without the case of A–Z; other letters keep theirs."""
    return text.translate(_FOLD)


def equal(left: Value, right: Value) -> bool:
    """Tell whether two values are equal; lists are if their values are, in their order."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return len(left) == len(right) and all(equal(*pair) for pair in zip(left, right, strict=True))
    found = _compare(left, right)
    return found == 0


def same(left: Value, right: Value) -> bool:
    """Tell whether two values are the same for a list: equal, and empty is nothing but empty."""
    if is_empty(left) or is_empty(right):
        return is_empty(left) and is_empty(right)
    return equal(left, right)


def order(left: Value, right: Value) -> int:
    """Return -1, 0 or 1.

    Raises:
        FaultError: The values have no order.
    """
    found = _compare(left, right)
    if found is None:
        raise FaultError("formula_not_comparable", left=shown(left), right=shown(right))
    return found


def _compare(left: Value, right: Value) -> int | None:
    for value in (left, right):
        if isinstance(value, Fault):
            raise FaultError(value.code, **value.params)
        if isinstance(value, tuple):
            return None
    if is_empty(left) or is_empty(right):
        return _beside_empty(left, right)
    if isinstance(left, str) and isinstance(right, str):
        return _sign(fold_case(left), fold_case(right))
    return _of_kinds(left, right)


def _of_kinds(left: Value, right: Value) -> int | None:
    if isinstance(left, bool) or isinstance(right, bool):
        return _sign(left, right) if isinstance(left, bool) and isinstance(right, bool) else None
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return _numbers(left, right)
    first = read_date(left) if isinstance(left, str) else left
    second = read_date(right) if isinstance(right, str) else right
    if isinstance(first, date) and isinstance(second, date):
        return _sign(as_moment(first), as_moment(second))
    return None


def _numbers(left: Value, right: Value) -> int | None:
    first = read_number(left) if isinstance(left, str) else left
    second = read_number(right) if isinstance(right, str) else right
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return _sign(first, second)
    return None


def _beside_empty(left: Value, right: Value) -> int | None:
    if is_empty(left) and is_empty(right):
        return 0
    if is_empty(right):
        found = _beside_empty(right, left)
        return None if found is None else -found
    if isinstance(right, bool):
        return _sign(False, right)
    if isinstance(right, Decimal):
        return _sign(ZERO, right)
    return -1


def _sign(left: object, right: object) -> int:
    return (left > right) - (left < right)  # type: ignore[operator, no-any-return]  # of one kind
