"""SQLite and PostgreSQL behind one small door.

``Database.read()`` gives a consistent snapshot, ``Database.write()`` one transaction that commits when the block
ends. On SQLite all writers of a process share one connection and commit together (group commit): a block that ends
while others wait leaves the commit, and its one fsync, to the last of them, and returns only after that commit.

Statements of hot paths are text, written once for both databases with three marks that the dialect replaces:

* ``ANY(:ids, bigint)`` – membership in a list parameter,
* ``ROWS(:rows, id bigint, code text)`` – a list of tuples as a table with these columns,
* ``/*LOCK*/`` – ``FOR UPDATE`` where rows are locked one by one.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import psycopg
from sqlalchemy import (
    BigInteger,
    Connection,
    Engine,
    Integer,
    MetaData,
    Row,
    String,
    Table,
    create_engine,
    event,
)
from sqlalchemy.exc import DBAPIError

from mazhi.kernel.errors import ProgrammingError
from mazhi.kernel.pool import ClosingPool, give_back
from mazhi.kernel.statements import Dialect, Result, array, expand

metadata = MetaData()
"""Every table of the system; each feature's ``store.py`` declares its own on it."""

Id = BigInteger().with_variant(Integer, "sqlite")
"""A 64-bit key; on SQLite it compiles to INTEGER, so that a single key column is the row id itself."""

Key = String().with_variant(String(collation="C"), "postgresql")
"""Text that is compared byte by byte on both databases, so that a prefix is a range of the index."""

T = TypeVar("T")
BUSY_SECONDS = 60
GROUP_LIMIT = 128
"""So many blocks share a commit at the most, so that the first of them does not wait for ever."""
GROUP_SECONDS = 0.02
COPY_FROM = 200
"""From so many rows on, PostgreSQL takes them by COPY."""


@dataclass(slots=True)
class Tx:
    """One open transaction (or snapshot) and how to run statements in it."""

    conn: Connection
    dialect: Dialect
    slot: int = 0

    def run(self, template: str, **params: Any) -> Result:
        """Run a text statement with the marks described above; lists may be passed as they are.

        It goes straight to the driver: building a statement's context anew costs more than most look-ups.
        """
        return self._ask(template, params, Result)

    def tuples(self, template: str, **params: Any) -> list[tuple[Any, ...]]:
        """Run a query and return all its rows as the driver gives them: where there are many, names cost too much."""
        return self._ask(template, params, _fetch)

    def _ask(self, template: str, params: dict[str, Any], answer: Callable[[Any], T]) -> T:
        sql, lists, tables = expand(template, self.dialect)
        if self.dialect == "sqlite":
            for name in (*lists, *(name for name, _ in tables)):
                params[name] = json.dumps(params[name], ensure_ascii=False)
        else:
            for name in lists:
                params[name] = array(params[name])
            for name, width in tables:
                rows = params.pop(name)
                for place, column in enumerate(zip(*rows, strict=True) if rows else [()] * width):
                    params[f"{name}_{place}"] = array(list(column))
        try:
            return answer(_driver(self.conn).execute(sql, params))
        except (sqlite3.Error, psycopg.Error) as error:
            self._fail(error, sql, params)

    def _fail(self, error: sqlite3.Error | psycopg.Error, sql: str, params: Mapping[str, Any]) -> NoReturn:
        """Raise what the other ways to a database would raise, and give a lost server's connections up."""
        engine, base = self.conn.engine, sqlite3.Error if self.dialect == "sqlite" else psycopg.Error
        # It takes the driver's own connection too, whatever its signature says.
        lost = engine.dialect.is_disconnect(error, _driver(self.conn), None)  # type: ignore[arg-type]
        if lost:
            self.conn.invalidate(error)
            engine.dispose()
        raise DBAPIError.instance(
            sql, dict(params), error, base, connection_invalidated=lost, dialect=engine.dialect
        ) from error

    def rows(self, template: str, **params: Any) -> Sequence[Row[*tuple[Any, ...]]]:
        """Run a query and return all its rows."""
        return self.run(template, **params).all()

    def row(self, template: str, **params: Any) -> Row[*tuple[Any, ...]] | None:
        """Run a query and return its first row, or None where there is none."""
        return self.run(template, **params).first()

    def scalar(self, template: str, **params: Any) -> Any:
        """Run a query and return the first column of its first row (None where there is none)."""
        return self.run(template, **params).scalar()

    def insert(self, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Insert many rows the fastest way that the database has: executemany, or COPY on PostgreSQL."""
        if not rows:
            return
        names = ", ".join(columns)
        cursor = self.conn.connection.cursor()
        try:
            if self.dialect == "postgresql" and len(rows) >= COPY_FROM:
                with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                return
            mark = "?" if self.dialect == "sqlite" else "%s"
            marks = ", ".join([mark] * len(columns))
            statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"
            if len(rows) == 1:  # PostgreSQL's driver turns many into a pipeline, which costs more than one statement
                cursor.execute(statement, rows[0])
            else:
                cursor.executemany(statement, rows)
        finally:
            cursor.close()


def _fetch(cursor: Any) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _driver(conn: Connection) -> Any:
    """Return the driver's own connection; statements on it take part in the open transaction."""
    return conn.connection.driver_connection


def gave_way(error: DBAPIError) -> bool:
    """Tell whether the database has ended a transaction so that another one can go on: it may be begun again."""
    return getattr(error.orig, "sqlstate", None) in {"40P01", "40001"}  # PostgreSQL: deadlock, serialization


class _TakenBackError(Exception):
    """Ends a trial."""


@dataclass(slots=True)
class _Group:
    """The blocks that share one commit."""

    started: float
    size: int = 0
    done: threading.Event = field(default_factory=threading.Event)
    failure: BaseException | None = None


class _SqliteWriter:
    """The one writing connection of a process, with group commit."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._waiting = 0
        self._count = threading.Lock()
        self._conn: Connection | None = None
        self._group: _Group | None = None
        self._inside = threading.local()

    @contextmanager
    def block(self) -> Iterator[Tx]:
        if getattr(self._inside, "open", False):
            raise ProgrammingError("a write block inside a write block would wait for itself; pass the Tx on")
        with self._count:
            self._waiting += 1
        self._lock.acquire()
        with self._count:
            self._waiting -= 1
        self._inside.open = True
        try:
            conn, group = self._open()
        except BaseException:
            self._inside.open = False
            self._lock.release()
            raise
        try:
            driver = _driver(conn)
            driver.execute("SAVEPOINT block")
            try:
                yield Tx(conn, "sqlite")
            except BaseException:
                driver.execute("ROLLBACK TO block")
                raise
            finally:
                driver.execute("RELEASE block")
        except BaseException:
            self._leave(conn, group)
            raise
        self._leave(conn, group)
        group.done.wait()
        if group.failure is not None:
            raise group.failure

    def _open(self) -> tuple[Connection, _Group]:
        if self._conn is None:
            self._conn = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if self._group is None:
            _driver(self._conn).execute("BEGIN IMMEDIATE")
            self._group = _Group(time.monotonic())
        self._group.size += 1
        return self._conn, self._group

    def _leave(self, conn: Connection, group: _Group) -> None:
        """End this block's turn: commit the group if nobody waits for the connection, or if it is full."""
        try:
            with self._count:
                alone = self._waiting == 0
            if alone or group.size >= GROUP_LIMIT or time.monotonic() - group.started > GROUP_SECONDS:
                self._group = None
                try:
                    _driver(conn).execute("COMMIT")
                except BaseException as error:  # noqa: BLE001 - every waiting block must learn of it and raises it
                    group.failure = error
                    self._abandon(conn)
                finally:
                    group.done.set()
        finally:
            self._inside.open = False
            self._lock.release()

    def _abandon(self, conn: Connection) -> None:
        try:
            _driver(conn).execute("ROLLBACK")
        finally:
            conn.invalidate()
            conn.close()
            self._conn = None

    def close(self) -> None:
        with self._lock:
            if self._conn is not None:
                self._conn.close()
                self._conn = None


class Database:
    """The one way to the data.

    Attributes:
        dialect: Which database stands behind it.
        url: Where it is, without a password, for messages.
    """

    def __init__(self, url: str) -> None:
        """Open ``sqlite:///path`` or ``postgresql://…``; a plain path is a SQLite file."""
        if "://" not in url:
            url = f"sqlite:///{url}"
        if url.startswith(("postgresql://", "postgres://")):
            url = "postgresql+psycopg://" + url.split("://", 1)[1]
        self._full_url = url
        self.dialect: Dialect = "postgresql" if url.startswith("postgresql") else "sqlite"
        if self.dialect == "sqlite":
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
            lite: dict[str, Any] = {
                "poolclass": ClosingPool, "pool_size": 64, "max_overflow": 64,
                "connect_args": {"check_same_thread": False, "timeout": BUSY_SECONDS},
            }  # fmt: skip
            self.engine = create_engine(url, **lite)
            event.listen(self.engine, "connect", _prepare_sqlite)
            # Readers have an engine of their own: switching a connection between reading and writing would make
            # SQLite prepare every statement anew, which costs more than most look-ups.
            self.readers = create_engine(url, isolation_level="AUTOCOMMIT", **lite)
            event.listen(self.readers, "connect", _prepare_sqlite_reader)
            self._writer = _SqliteWriter(self.engine)
        else:
            self.engine = create_engine(url, poolclass=ClosingPool, pool_size=24, max_overflow=40, pool_pre_ping=False)
            # An engine of their own here too: what kind of transaction it is then goes with the BEGIN, and is not
            # set and set back at every look-up.
            self.readers = create_engine(
                url,
                poolclass=ClosingPool,
                pool_size=16,
                max_overflow=24,
                pool_pre_ping=False,
                isolation_level="REPEATABLE READ",
            )
            event.listen(self.readers, "connect", _prepare_postgres_reader)
        self.url = self.engine.url.render_as_string(hide_password=True)
        self._slots = threading.local()
        self._next_slot = 0

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """Open a consistent snapshot; writing in it fails."""
        with self.readers.connect() as conn:
            if self.dialect == "postgresql":
                with conn.begin():
                    yield Tx(conn, "postgresql")
                return
            driver = _driver(conn)
            driver.execute("BEGIN")
            try:
                yield Tx(conn, "sqlite")
            finally:
                driver.execute("ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[Tx]:
        """Open one transaction: all of the block or nothing, durable when the block has ended."""
        if self.dialect == "sqlite":
            with self._writer.block() as tx:
                yield tx
            return
        with self.engine.begin() as conn:
            yield Tx(conn, "postgresql", slot=self._slot())

    @contextmanager
    def trial(self) -> Iterator[Tx]:
        """Open a transaction that is taken back when the block ends: what would come of it, without its coming."""
        try:
            with self.write() as tx:
                yield tx
                raise _TakenBackError
        except _TakenBackError:
            pass

    def _slot(self) -> int:
        """Give each thread a stock slot of its own, so that hot balances are not one row for all."""
        slot: int | None = getattr(self._slots, "value", None)
        if slot is None:
            slot = self._next_slot = (self._next_slot + 1) % 16
            self._slots.value = slot
        return slot

    def close(self) -> None:
        """Give back every connection, also those that threads have in their hands, as soon as they let go."""
        if self.dialect == "sqlite":
            self._writer.close()
        give_back(self.readers)
        give_back(self.engine)


_sqlite_functions: dict[str, Callable[..., Any]] = {}


def add_sqlite_function(name: str, work: Callable[..., Any]) -> None:
    """Let statements on SQLite call a function that depends on its arguments alone; for connections opened later.

    A module that needs one adds it when it is imported, before any database is opened.
    """
    _sqlite_functions[name] = work


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # Transactions are opened by hand: the driver's own BEGIN would come too late and would not be IMMEDIATE.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",  # else INSERT OR REPLACE passes the triggers that guard the ledger
        "cache_size=-65536",
        "temp_store=MEMORY",
        "mmap_size=1073741824",
        "journal_size_limit=67108864",
        f"busy_timeout={BUSY_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")
    for name, work in _sqlite_functions.items():
        connection.create_function(name, -1, work, deterministic=True)


def _prepare_sqlite_reader(connection: sqlite3.Connection, record: object) -> None:
    _prepare_sqlite(connection, record)
    connection.execute("PRAGMA query_only=ON")


def _prepare_postgres_reader(connection: psycopg.Connection, _record: object) -> None:
    connection.read_only = True
