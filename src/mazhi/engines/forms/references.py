"""Fields that name something else (引用): a product, a place, a person; stored by number, given and shown by code.

Codes are looked up for many records at once, one statement for each kind of field, never one for a value.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mazhi.kernel.db import Tx

LONGEST_LIST = 1_000


@dataclass(frozen=True, slots=True)
class Reference:
    """How a kind of field names something else.

    Attributes:
        find: From codes to numbers; unknown ones are missing.
        tell: From numbers to codes.
        unknown: The code of the fault that names what was not found.
        many: Whether a field holds several.
    """

    find: Callable[[Tx, Collection[str]], Mapping[str, int]]
    tell: Callable[[Tx, Collection[int]], Mapping[int, str]]
    unknown: str
    many: bool = False


def by_table(table: str, unknown: str, *, key: str = "code", many: bool = False) -> Reference:
    """Make the reference to the rows of a table of the kernel, by its column of codes."""

    def find(tx: Tx, codes: Collection[str]) -> Mapping[str, int]:
        rows = tx.rows(f"SELECT id, {key} AS code FROM {table} WHERE {key} ANY(:codes, text)", codes=list(codes))
        return {row.code: row.id for row in rows}

    def tell(tx: Tx, ids: Collection[int]) -> Mapping[int, str]:
        rows = tx.rows(f"SELECT id, {key} AS code FROM {table} WHERE id ANY(:ids, bigint)", ids=list(ids))
        return {row.id: row.code for row in rows}

    return Reference(find, tell, unknown, many)


def found(tx: Tx, reference: Reference, codes: Iterable[str]) -> Mapping[str, int]:
    """Look codes up, each once."""
    wanted = sorted(set(codes))
    return reference.find(tx, wanted) if wanted else {}


def told(tx: Tx, reference: Reference, ids: Iterable[int]) -> Mapping[int, str]:
    """Look numbers up, each once."""
    wanted = sorted(set(ids))
    return reference.tell(tx, wanted) if wanted else {}


def codes_of(raw: Any, *, many: bool) -> list[str] | None:
    """Return the codes that a client gave; None if it gave something else."""
    given: Sequence[Any] = raw if many and isinstance(raw, list) else [raw]
    if len(given) > LONGEST_LIST or not all(isinstance(one, str) and one.strip() for one in given):
        return None
    return list(dict.fromkeys(one.strip() for one in given))


def numbers_of(values: Sequence[Any], *, many: bool) -> list[int]:
    """Return the numbers that a field's column holds."""
    if not values or values[0] is None:
        return []
    return list(json.loads(values[0])) if many else [values[0]]
