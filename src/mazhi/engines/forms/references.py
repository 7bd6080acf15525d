"""Fields that name something else (引用): a product, a place, a person; stored by number, given and shown by code.

Codes are looked up for many records at once, one statement for each kind of field, never one for a value.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mazhi.engines.forms.formula_values import Shape
    from mazhi.kernel.db import Tx

LONGEST_LIST = 1_000


@dataclass(frozen=True, slots=True)
class Reference:
    """How a kind of field names something else.

    Attributes:
        find: From codes and the options of the field to numbers; unknown ones are missing. Where no field is at hand,
            as in filters, the options are empty.
        tell: From numbers to codes; of files to what is known of them.
        unknown: The code of the fault that names what was not found.
        many: Whether a field holds several.
        by_options: Whether the options of the field decide what is found.
        table: Where its things are, if it has details.
        details: What else is known of what it names, for look-ups: see ``Detail``.
        placed: Whether only those at places that the reader may view are told of.
    """

    find: Callable[[Tx, Collection[str], Mapping[str, Any]], Mapping[str, int]]
    tell: Callable[[Tx, Collection[int]], Mapping[int, Any]]
    unknown: str
    many: bool = False
    by_options: bool = False
    table: str = ""
    details: tuple[Detail, ...] = ()
    placed: bool = False


@dataclass(frozen=True, slots=True)
class Detail:
    """One fact of a named thing that other fields can show (带出): always as it is now, never copied.

    Attributes:
        name: As in options.
        zh: Chinese title.
        en: English title.
        sql: An expression over the row ``t`` of its table.
        shape: How formulas take it.
    """

    name: str
    zh: str
    en: str
    sql: str
    shape: Shape = "other"


def by_table(
    table: str,
    unknown: str,
    *,
    key: str = "code",
    only: str = "1 = 1",
    many: bool = False,
    details: tuple[Detail, ...] = (),
) -> Reference:
    """Make the reference to the rows of a table of the kernel, by its column of codes; ``only`` to some of them."""

    def find(tx: Tx, codes: Collection[str], _options: Mapping[str, Any]) -> Mapping[str, int]:
        rows = tx.rows(
            f"SELECT id, {key} AS code FROM {table} WHERE {key} ANY(:codes, text) AND {only}", codes=list(codes)
        )
        return {row.code: row.id for row in rows}

    def tell(tx: Tx, ids: Collection[int]) -> Mapping[int, str]:
        rows = tx.rows(f"SELECT id, {key} AS code FROM {table} WHERE id ANY(:ids, bigint)", ids=list(ids))
        return {row.id: row.code for row in rows}

    return Reference(find, tell, unknown, many, table=table, details=details)


def found(
    tx: Tx, reference: Reference, codes: Iterable[str], options: Mapping[str, Any] | None = None
) -> Mapping[str, int]:
    """Look codes up, each once."""
    # PostgreSQL takes no NUL, and nothing is called so.
    wanted = sorted(code for code in set(codes) if code.isprintable())
    return reference.find(tx, wanted, options or {}) if wanted else {}


def told(tx: Tx, reference: Reference, ids: Iterable[int]) -> Mapping[int, Any]:
    """Look numbers up, each once."""
    wanted = sorted(set(ids))
    return reference.tell(tx, wanted) if wanted else {}


def codes_of(raw: Any, *, many: bool) -> list[str] | None:
    """Return the codes that a client gave; None if it gave something else.

    What is shown as an object may be given back as it was shown: its ``id`` counts.
    """
    given: Sequence[Any] = raw if many and isinstance(raw, list) else [raw]
    given = [one.get("id") if isinstance(one, Mapping) else one for one in given]
    if len(given) > LONGEST_LIST or not all(isinstance(one, str) and one.strip() for one in given):
        return None
    return list(dict.fromkeys(one.strip() for one in given))


def numbers_of(values: Sequence[Any], *, many: bool) -> list[int]:
    """Return the numbers that a field's column holds."""
    if not values or values[0] is None:
        return []
    return list(json.loads(values[0])) if many else [values[0]]
