"""Text statements: the marks that each database spells differently, and what a driver answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import Row, RowMapping
from sqlalchemy.engine import result_tuple

Dialect = Literal["sqlite", "postgresql"]


class Statement(NamedTuple):
    """A template in the words of one database; which parameters are lists, and which tables of how many columns."""

    sql: str
    lists: tuple[str, ...]
    tables: tuple[tuple[str, int], ...]


@lru_cache(maxsize=1024)
def expand(template: str, dialect: Dialect) -> Statement:
    """Put a template into the words of one database; each is worked out once."""
    lists: set[str] = set()
    tables: dict[str, int] = {}

    def any_of(found: re.Match[str]) -> str:
        name, kind = found.groups()
        lists.add(name)
        if dialect == "sqlite":
            return f"IN (SELECT value FROM json_each(:{name}))"
        return f"= ANY(CAST(:{name} AS {kind}[]))"

    def rows_of(found: re.Match[str]) -> str:
        name = found.group(1)
        columns = [column.split() for column in found.group(2).split(",")]
        tables[name] = len(columns)
        if dialect == "sqlite":
            picks = ", ".join(f"value ->> {place} AS {column}" for place, (column, _) in enumerate(columns))
            return f"(SELECT {picks} FROM json_each(:{name}))"
        arrays = ", ".join(f"CAST(:{name}_{place} AS {kind}[])" for place, (_, kind) in enumerate(columns))
        return f"(SELECT * FROM unnest({arrays}) AS t({', '.join(column for column, _ in columns)}))"

    sql = re.sub(r"ANY\(:(\w+), (\w+)\)", any_of, template)
    sql = re.sub(r"ROWS\(:(\w+), ([^)]*)\)", rows_of, sql)
    if dialect == "postgresql":
        sql = sql.replace("/*LOCK*/", "FOR UPDATE").replace("%", "%%")
        sql = re.sub(r"(?<![:\w]):(\w+)", r"%(\1)s", sql)
    return Statement(sql, tuple(lists), tuple(tables.items()))


def array(values: Sequence[Any]) -> Sequence[Any] | str:
    """Return a list as PostgreSQL takes it fastest: whole numbers as the text of an array, all else as it is.

    The driver looks at every element of a list by itself, which costs more than finding a thousand rows.
    """
    if set(map(type, values)) == {int}:
        return "{" + ",".join(map(str, values)) + "}"
    return values


@lru_cache(maxsize=4096)
def _row_maker(names: tuple[str | bytes, ...]) -> Callable[[Iterable[Any]], Row[*tuple[Any, ...]]]:
    return result_tuple([name.decode() if isinstance(name, bytes) else name for name in names])


class Result:
    """What a text statement has answered, read whole; ``rowcount`` is how many rows it changed."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, cursor: Any) -> None:
        """Read everything that a driver's cursor has to give."""
        self._rows: list[Row[*tuple[Any, ...]]] = []
        answer = getattr(cursor, "pgresult", None)
        names: tuple[str | bytes, ...]
        if answer is not None:  # PostgreSQL's driver would build an object a column for its description
            names = tuple(answer.fname(place) for place in range(answer.nfields))
        else:
            names = tuple(column[0] for column in cursor.description or ())
        if names:
            self._rows = list(map(_row_maker(names), cursor.fetchall()))
        self.rowcount: int = cursor.rowcount

    def all(self) -> Sequence[Row[*tuple[Any, ...]]]:
        """Return every row."""
        return self._rows

    def __iter__(self) -> Iterator[Row[*tuple[Any, ...]]]:
        """Go through the rows."""
        return iter(self._rows)

    def first(self) -> Row[*tuple[Any, ...]] | None:
        """Return the first row, or None."""
        return self._rows[0] if self._rows else None

    def one(self) -> Row[*tuple[Any, ...]]:
        """Return the only row."""
        (row,) = self._rows
        return row

    def scalar(self) -> Any:
        """Return the first column of the first row, or None."""
        return self._rows[0][0] if self._rows else None

    def mappings(self) -> Iterator[RowMapping]:
        """Go through the rows as mappings."""
        return (row._mapping for row in self._rows)
