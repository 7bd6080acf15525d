"""What a formula is made into SQL from, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.nodes import Node
from mazhi.kernel.statements import Dialect

Kind = Literal["number", "text", "date", "moment", "boolean"]
"""What a column holds, as in tables of forms: numbers in millionths (bigint), dates as text ``YYYY-MM-DD``, moments in
µs UTC, booleans, texts. NULL is empty."""


@dataclass(frozen=True, slots=True)
class Column:
    """One value of the row that is asked about.

    Attributes:
        kind: What it holds.
        sql: The expression; whoever gives it vouches for it, nothing typed by a user may stand in it.
        exact: A number that is ``numeric`` (on SQLite: text) rather than millionths.
        decimals: A number's decimal places at most, if they are known to be fewer than six.
    """

    kind: Kind
    sql: str
    exact: bool = False
    decimals: int = 6


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that belong to the row that is asked about, such as those of a sub-table.

    Attributes:
        source: What stands after FROM: ``f_12 AS c``.
        where: Which rows: ``c.record = r.id``.
        order: What they are ordered by, without ties: ``c.position``.
    """

    source: str
    where: str
    order: str


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A list: one column over rows."""

    column: Column
    rows: Rows


@dataclass(frozen=True, slots=True)
class ListValues:
    """A list of single values, all of one kind."""

    kind: Kind
    values: tuple[Column, ...]


Source = Column | ListColumn | ListValues


Unsaid = Literal["function", "list", "mixed", "format", "unit", "condition", "text", "empty", "fields"]
UNSAID: Mapping[Unsaid, tuple[str, str]] = {
    "function": ("这个函数", "this function"),
    "list": ("把列表当作一个值", "a list in the place of a value"),
    "mixed": ("结果有时是一种类型，有时是另一种", "a result that is of one kind now and of another then"),
    "format": ("格式不是直接写在公式里的", "a format that does not stand in the formula"),
    "unit": ("单位不是直接写在公式里的", "a unit that does not stand in the formula"),
    "condition": ("条件文本不是直接写在公式里的", "a condition whose text does not stand in the formula"),
    "text": ("把文本字段读成日期", "a text field that is read as a date"),
    "empty": (
        "日期可能为空，加减后不知道是日期还是数字",
        "a date that may be empty: what comes of a sum may be a number",
    ),
    "fields": ("用到的字段太多", "too many fields"),
}
"""What SQL cannot say, beside the functions that declare it: that of which the types are not known before."""


class UnsaidError(Exception):
    """SQL cannot say something; whoever knows where it stands in the formula turns it into a ``NotInSqlError``."""

    def __init__(self, what: Unsaid) -> None:
        super().__init__(what)
        self.what = what


class NotInSqlError(FormulaError):
    """A part of a formula that SQL cannot say; it names the place (``formula_not_in_sql``)."""

    def __init__(self, node: Node, what: Unsaid) -> None:
        zh, en = UNSAID[what]
        super().__init__("formula_not_in_sql", node.start, node.end, what=what, what_zh=zh, what_en=en)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A formula as SQL for one database.

    Attributes:
        dialect: Which database.
        kind: What comes out; ``empty`` if that is all that ever does.
        sql: The value, NULL where it is empty or a fault: a number exactly (numeric, on SQLite its text), a date as
            text, a moment in µs UTC. A text that is empty may be NULL or without characters.
        fault: When it is a fault; never NULL.
        other: When it is a value of another sort than ``kind``; ``sql`` is NULL then. That is so where a date is
            added to or subtracted from and is empty: it counts as the number 0.
        condition: Whether it counts as TRUE; never NULL, a fault does not.
        stored: The value as tables hold it: a number in millionths, rounded; all else like ``sql``.
        params: The parameters of all of them, by the names that stand in them as ``:name``.
    """

    dialect: Dialect
    kind: Kind | Literal["empty"]
    sql: str
    fault: str
    other: str
    condition: str
    stored: str
    params: Mapping[str, Any]
