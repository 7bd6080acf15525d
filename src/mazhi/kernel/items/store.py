"""Every statement about items and identifiers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

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

_NAMED = {"product": "product", "place": "place", "batch": "batch", "partner": "partner", "holder": "partner"}


def rows_by_ids(tx: Tx, ids: Sequence[int]) -> dict[int, Row[*tuple[Any, ...]]]:
    """Return item rows by id."""
    if len(ids) == 1:
        return {row.id: row for row in tx.rows("SELECT * FROM item WHERE id = :id", id=ids[0])}
    return {row.id: row for row in tx.rows("SELECT * FROM item WHERE id ANY(:ids, bigint)", ids=list(ids))}


def identifiers_of(tx: Tx, ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Return ``item id → [(namespace, value)]``."""
    rows = tx.rows(
        "SELECT item_id, namespace, value FROM identifier WHERE item_id ANY(:ids, bigint) "
        "ORDER BY item_id, namespace, value",
        ids=list(ids),
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for item_id, namespace, value in rows:
        found.setdefault(item_id, []).append((namespace, value))
    return found


def holders_of(tx: Tx, value: str, namespace: str | None) -> list[tuple[str, int, int]]:
    """Return ``(namespace, item id, place id)`` of everything that has this identifier."""
    if "\0" in value:
        return []
    rows = tx.rows("SELECT namespace, item_id FROM identifier WHERE value = :value ORDER BY namespace", value=value)
    spaces = [(space, item_id) for space, item_id in rows if namespace in {None, space}]
    at = rows_by_ids(tx, sorted({item_id for _, item_id in spaces})) if spaces else {}
    return [(space, item_id, at[item_id].place_id) for space, item_id in spaces]


def ids_of_code(tx: Tx, name: str, code: str) -> list[int]:
    """Return the ids that a code stands for; a batch code may stand for several."""
    return [row[0] for row in tx.rows(f"SELECT id FROM {_NAMED[name]} WHERE code = :code", code=code)]


def codes_of(tx: Tx, name: str, ids: Iterable[int]) -> dict[int, str]:
    """Return codes by id."""
    wanted = sorted(set(ids) - {0})
    if not wanted:
        return {}
    rows = tx.rows(f"SELECT id, code FROM {_NAMED[name]} WHERE id ANY(:ids, bigint)", ids=wanted)
    return {row[0]: row[1] for row in rows}


def item_codes(tx: Tx, ids: Iterable[int]) -> dict[int, str]:
    """Return the codes of items by id."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {row[0]: row[1] for row in tx.rows("SELECT id, code FROM item WHERE id ANY(:ids, bigint)", ids=wanted)}


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
