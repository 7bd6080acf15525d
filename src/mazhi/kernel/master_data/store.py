"""Statements that every table of master data shares; each feature's own ``store.py`` holds the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import BigInteger, Boolean, Column, ColumnElement, Integer, Row, Select, Table, and_, or_, select
from sqlalchemy import delete as delete_from
from sqlalchemy.dialects import postgresql, sqlite

from mazhi.kernel import clock
from mazhi.kernel.db import Tx
from mazhi.kernel.master_data.model import edit_conflict

_LAST_SIGN = "\U0010ffff"


class Known(Protocol):
    """A row of master data as its feature reads it."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def used(self) -> bool:
        """Whether something in the ledger refers to it."""


def bookkeeping() -> list[Column[Any]]:
    """Make the columns that every table of master data ends with."""
    return [
        Column("used", Boolean, nullable=False, default=False),  # something in the ledger refers to it
        Column("version", Integer, nullable=False, default=1),
        Column("created_at", BigInteger, nullable=False),
        Column("updated_at", BigInteger, nullable=False),
    ]


def mark_used(tx: Tx, table: Table, rows: Iterable[Known]) -> bool:
    """Note that the ledger refers to these rows from now on; False if one of them is gone meanwhile.

    It costs nothing but the first time.
    """
    fresh = [row.id for row in rows if not row.used]
    if not fresh:
        return True
    done = tx.run(f"UPDATE {table.name} SET used = true WHERE id ANY(:ids, bigint)", ids=fresh)
    return done.rowcount == len(set(fresh))


def insert(tx: Tx, table: Table, values: Mapping[str, object]) -> int | None:
    """Insert a row and return its id; None if its code is taken."""
    moment = clock.now()
    row = {**values, "version": 1, "created_at": moment, "updated_at": moment}
    maker = sqlite.insert if tx.dialect == "sqlite" else postgresql.insert
    statement = maker(table).values(row).on_conflict_do_nothing().returning(table.c.id)
    found: int | None = tx.conn.execute(statement).scalar()
    return found


def claim(tx: Tx, table: Table, row_id: int, version: int) -> None:
    """Hold a row until this transaction ends, if it still has the version that the user saw.

    Raises:
        ConflictError: It has another one (code ``edit_conflict``).
    """
    query = select(table.c.version).where(table.c.id == row_id)
    present = tx.conn.execute(query.with_for_update() if tx.dialect == "postgresql" else query).scalar()
    if present != version:
        raise edit_conflict(version, present or 0)


def update(tx: Tx, table: Table, row_id: int, values: Mapping[str, object]) -> None:
    """Change a row that was claimed; it gets the next version."""
    changed = {**values, "version": table.c.version + 1, "updated_at": clock.now()}
    tx.conn.execute(table.update().where(table.c.id == row_id).values(changed))


def lock(tx: Tx, table: Table, row_id: int) -> None:
    """Hold a row until this transaction ends: nobody deletes it, or begins to refer to it, meanwhile."""
    if tx.dialect == "postgresql":
        tx.conn.execute(select(table.c.id).where(table.c.id == row_id).with_for_update())


def delete(tx: Tx, table: Table, row_id: int) -> bool:
    """Delete a row that the ledger does not refer to; False if it is gone or in use."""
    done = tx.conn.execute(delete_from(table).where(table.c.id == row_id, table.c.used.is_(False)))
    return done.rowcount == 1


def starts_with(column: Column[Any], prefix: str) -> ColumnElement[bool]:
    """Say that a text begins so, as a range of the index (a bound LIKE would read the whole table)."""
    return and_(column >= prefix, column <= prefix + _LAST_SIGN)


def named(table: Table, wanted: str) -> ColumnElement[bool]:
    """Say that the code begins so, or that the name holds it anywhere."""
    return or_(starts_with(table.c.code, wanted), table.c.name.icontains(wanted, autoescape=True))


def page(tx: Tx, statement: Select[Any], key: Column[Any], after: str | None, limit: int) -> Sequence[Row[Any]]:
    """Return up to ``limit`` + 1 rows in the order of a key, those after one key."""
    if after is not None:
        statement = statement.where(key > after)
    return tx.conn.execute(statement.order_by(key).limit(limit + 1)).all()


def users(tx: Tx, questions: Mapping[str, str], row_id: int) -> list[str]:
    """Return which of some statements find a row that refers to this id."""
    return [kind for kind, question in questions.items() if tx.row(question, id=row_id) is not None]
