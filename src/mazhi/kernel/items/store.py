"""Every statement about items and identifiers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Index, Integer, Row, String, Table, Text, text

from mazhi.kernel.db import Id, Key, Tx, metadata

item = Table(
    "item",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("code", Key, nullable=False),
    Column("kind", String, nullable=False),  # serial | package
    Column("product_id", BigInteger, nullable=False, server_default="0"),
    Column("batch_id", BigInteger, nullable=False, server_default="0"),
    Column("state", Key, nullable=False),
    Column("quality", String, nullable=False),
    Column("owner_id", BigInteger, nullable=False, server_default="0"),
    Column("marks", Text, nullable=False, server_default=""),  # JSON list of [mark, cause, event id]; "" for none
    Column("holder_id", BigInteger, nullable=False, server_default="0"),
    Column("place_id", BigInteger, nullable=False, server_default="0"),
    Column("parent_id", BigInteger),
    Column("place_since", BigInteger, nullable=False),
    Column("state_since", BigInteger, nullable=False),
    Column("warranty_start", String),  # YYYY-MM-DD
    Column("warranty_end", String),
    Column("seq", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("attrs", Text, nullable=False, server_default=""),
    Index("item_code", "code"),
    Index("item_batch", "batch_id"),
    Index("item_place_state", "place_id", "state"),
    Index("item_product", "product_id", "id"),
    Index(
        "item_parent",
        "parent_id",
        sqlite_where=text("parent_id IS NOT NULL"),
        postgresql_where=text("parent_id IS NOT NULL"),
    ),
)

identifier = Table(
    "identifier",
    metadata,
    Column("value", Key, primary_key=True),
    Column("namespace", Key, primary_key=True),
    Column("item_id", BigInteger, nullable=False),
    Column("event_id", BigInteger, nullable=False, server_default="0"),  # the event that bound it
    # With the event, so that what an event bound is found in the index alone when it is sealed.
    Index("identifier_item", "item_id", "event_id"),
    # The last six characters: what people read off a label when they type a code.
    Index("identifier_tail", text("substr(value, length(value) - 5)")),
    sqlite_with_rowid=False,
)

_NAMED = {
    "product": "product",
    "place": "place",
    "batch": "batch",
    "partner": "partner",
    "holder": "partner",
    "item": "item",
}


def rows_by_ids(tx: Tx, ids: Sequence[int]) -> dict[int, Row[*tuple[Any, ...]]]:
    """Return item rows by id."""
    if len(ids) == 1:
        return {row.id: row for row in tx.rows("SELECT * FROM item WHERE id = :id", id=ids[0])}
    return {row.id: row for row in tx.rows("SELECT * FROM item WHERE id ANY(:ids, bigint)", ids=list(ids))}


def rows_by_identifier(tx: Tx, value: str, namespace: str | None) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the rows of the items that have this identifier, in a namespace or in any."""
    if "\0" in value:
        return []
    found = "SELECT item_id FROM identifier WHERE value = :value"
    if namespace is None:
        return tx.rows(f"SELECT * FROM item WHERE id IN ({found}) ORDER BY id", value=value)
    return tx.rows(
        f"SELECT * FROM item WHERE id IN ({found} AND namespace = :space) ORDER BY id", value=value, space=namespace
    )


def holders_of(tx: Tx, value: str, namespace: str | None) -> list[tuple[str, int]]:
    """Return ``(namespace, item id)`` of everything that has this identifier."""
    rows = tx.rows("SELECT namespace, item_id FROM identifier WHERE value = :value ORDER BY namespace", value=value)
    return [(space, item_id) for space, item_id in rows if namespace in {None, space}]


def ids_of_code(tx: Tx, name: str, code: str) -> list[int]:
    """Return the ids that a code stands for; a batch code may stand for several."""
    return [row[0] for row in tx.rows(f"SELECT id FROM {_NAMED[name]} WHERE code = :code", code=code)]


def codes_of(tx: Tx, name: str, ids: Iterable[int]) -> dict[int, str]:
    """Return codes by id."""
    return all_codes(tx, {name: ids})[name]


def all_codes(tx: Tx, ids: Mapping[str, Iterable[int]]) -> dict[str, dict[int, str]]:
    """Return codes by id for several kinds of things (``product``, ``place``, ``item`` …), in one statement."""
    found: dict[str, dict[int, str]] = {name: {} for name in ids}
    asked, params = _asked(ids)
    if asked:
        for name, row_id, code, _ in tx.rows(" UNION ALL ".join(asked), **params):
            found[name][row_id] = code
    return found


class Around(NamedTuple):
    """What belongs to some items: ``identifiers`` by item as (namespace, value), births by item, codes by id."""

    identifiers: dict[int, list[tuple[str, str]]]
    births: dict[int, int]
    codes: dict[str, dict[int, str]]


def around(tx: Tx, item_ids: Sequence[int], ids: Mapping[str, Iterable[int]]) -> Around:
    """Return everything that a description of items needs besides their rows, in one statement."""
    found = Around({}, {}, {name: {} for name in ids})
    asked, params = _asked(ids)
    asked = [
        "SELECT 'identifiers' AS name, item_id, namespace, value FROM identifier WHERE item_id ANY(:items, bigint)",
        "SELECT 'births', item_id, CAST(occurred_at AS text), '' FROM history "
        "WHERE item_id ANY(:items, bigint) AND seq = 1",
        *asked,
    ]
    for name, row_id, first, second in tx.rows(" UNION ALL ".join(asked), items=list(item_ids), **params):
        if name == "identifiers":
            found.identifiers.setdefault(row_id, []).append((first, second))
        elif name == "births":
            found.births[row_id] = int(first)
        else:
            found.codes[name][row_id] = first
    for identifiers in found.identifiers.values():
        identifiers.sort()
    return found


def _asked(ids: Mapping[str, Iterable[int]]) -> tuple[list[str], dict[str, list[int]]]:
    wanted = {name: known for name, some in ids.items() if (known := sorted(set(some) - {0}))}
    return [
        f"SELECT '{name}', id, code, '' FROM {_NAMED[name]} WHERE id ANY(:{name}, bigint)" for name in wanted
    ], wanted


def item_codes(tx: Tx, ids: Iterable[int]) -> dict[int, str]:
    """Return the codes of items by id."""
    return codes_of(tx, "item", ids)


_COLUMNS = {"product": "product_id", "place": "place_id", "batch": "batch_id", "holder": "holder_id"}


def page(
    tx: Tx,
    conditions: Mapping[str, Any],
    prefix: str | None,
    after: tuple[str, int] | None,
    limit: int,
    areas: frozenset[int] | None,
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return ``(id, code)`` of one page: by code where there is a prefix, else by id.

    A prefix is a range of the index, never a bound LIKE.
    """
    where, params = ["1 = 1"], dict[str, Any]()
    for name, value in conditions.items():
        if name in _COLUMNS:
            one = len(value) == 1
            where.append(f"{_COLUMNS[name]} = :{name}" if one else f"{_COLUMNS[name]} ANY(:{name}, bigint)")
            params[name] = value[0] if one else value
        elif name == "mark":
            where.append("marks <> '' AND marks LIKE :mark")
            params[name] = f'%["{value}",%'
        else:
            where.append(f"{name} = :{name}")
            params[name] = value
    if areas is not None:
        where.append("place_id ANY(:areas, bigint)")
        params["areas"] = sorted(areas)
    order = "id"
    if prefix is not None:
        where.append("code >= :low AND code < :high")
        params |= {"low": prefix, "high": prefix + "\U0010ffff"}
        order = "code, id"
    if after is not None:
        where.append("(code, id) > (:code, :id)" if prefix is not None else "id > :id")
        params |= {"id": after[1]} | ({"code": after[0]} if prefix is not None else {})
    return tx.rows(
        f"SELECT id, code FROM item WHERE {' AND '.join(where)} ORDER BY {order} LIMIT {int(limit)}", **params
    )
