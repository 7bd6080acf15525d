"""``table``: rows and columns of text; the last row may stand for every piece in a box or every part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal, cast

from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.evaluating import Scope
from mazhi.engines.formula.interpolating import Text, parse_text
from mazhi.engines.labels.element import AnyMark, Drawn, Element, Plan, Spot
from mazhi.engines.labels.fonts import FaceName
from mazhi.engines.labels.lettering import FONTS, formula_problem, text_problems
from mazhi.engines.labels.marks import Box
from mazhi.engines.labels.properties import Choice, Property
from mazhi.engines.labels.readable import moved
from mazhi.engines.labels.text import Style, set_text
from mazhi.kernel.errors import Problem

SOURCES = (
    Choice("", "固定的行", "fixed rows"),
    Choice("contents", "箱内物品", "contents"),
    Choice("parts", "部件", "parts"),
)
PADDING_MM = 0.9
_ROW_IN_EM = 1.5


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the rules are, in dots."""

    columns: tuple[int, ...]
    aligns: tuple[Literal["left", "center", "right"], ...]
    rule: int


class Table:
    """One table, ready for many labels."""

    def __init__(self, spot: Spot) -> None:
        """Read all cells once."""
        self._spot = spot
        self._rows = [[parse_text(cell) for cell in row] for row in _rows_of(spot)]
        self._source = spot.text("source")
        self._grid = _grid(spot)
        size, smallest = spot.em(spot.number("size")), spot.em(spot.number("min_size"))
        self._style = Style(face=cast(FaceName, spot.text("font")), size=size, smallest=smallest, shrink=True)

    @property
    def fixed(self) -> bool:
        """Whether it is the same on every label."""
        return not self._source and all(cell.fixed for row in self._rows for cell in row)

    def draw(self, scope: Scope) -> Drawn:
        """Draw it with the data of one label."""
        try:
            rows = self._written(scope)
        except FormulaError as error:
            return Drawn((), (formula_problem(self._spot, error),))
        high = self._row_height(len(rows))
        room = max(0, (self._spot.height - self._grid.rule) // max(high, 1))
        problems: list[Problem] = []
        if len(rows) > room:
            problems.append(self._spot.problem("label_table_does_not_fit", rows=len(rows), room=room))
        whole = not problems
        edges = [min(number * high, self._spot.height - 1) for number in range(len(rows) + 1)]
        if not self._source and rows:
            edges[-1] = self._spot.height - self._grid.rule
        marks = list(self._rules(edges))
        for number, row in enumerate(rows):
            bold = number == 0 and self._spot.flag("header")
            for place, text in enumerate(row[: len(self._grid.aligns)]):
                words, found = self._cell(text, place, (edges[number], edges[number + 1]), bold=bold)
                marks += words
                problems += found if whole else ()
        return Drawn(marks, problems)

    def _written(self, scope: Scope) -> list[list[str]]:
        if not self._source or not self._rows:
            return [[cell.render(scope) for cell in row] for row in self._rows]
        written = [[cell.render(scope) for cell in row] for row in self._rows[:-1]]
        for one in _entries(scope, self._source):
            written.append(_row(self._rows[-1], scope, one))
        return written

    def _row_height(self, count: int) -> int:
        if wanted := self._spot.dots(self._spot.number("row_mm")):
            return wanted
        if self._source:
            return round(self._style.size * _ROW_IN_EM)
        return (self._spot.height - self._grid.rule) // max(count, 1)

    def _rules(self, edges: Sequence[int]) -> list[AnyMark]:
        rule, spot = self._grid.rule, self._spot
        if not rule or len(edges) < 2:
            return []
        marks: list[AnyMark] = [Box(spot.id, 0, edge, spot.width, rule) for edge in edges]
        for column in self._grid.columns:
            for above, below in pairwise(edges):
                if below - above > rule:
                    marks.append(Box(spot.id, column, above + rule, rule, below - above - rule))
        return marks

    def _cell(
        self, text: str, place: int, rows: tuple[int, int], *, bold: bool
    ) -> tuple[list[AnyMark], Sequence[Problem]]:
        grid, padding = self._grid, self._spot.dots(PADDING_MM)
        left, right = grid.columns[place] + grid.rule + padding, grid.columns[place + 1] - padding
        top, bottom = rows[0] + grid.rule, rows[1]
        face = cast(FaceName, self._style.face + ("_bold" if bold else ""))
        style = replace(self._style, face=face, align=grid.aligns[place])
        setting = set_text(text, style, max(1, right - left), max(1, bottom - top), element=self._spot.id)
        return [moved(words, left, top) for words in setting.words], text_problems(self._spot, text, style, setting)


def _rows_of(spot: Spot) -> Sequence[Sequence[str]]:
    return cast(Sequence[Sequence[str]], spot.values["rows"])


def _grid(spot: Spot) -> Grid:
    columns = cast(Sequence[Mapping[str, Any]], spot.values["columns"])
    shares = [float(column.get("share", 1)) for column in columns]
    rule = spot.stroke(spot.number("thickness")) if spot.number("thickness") > 0 else 0
    room, edges, used = spot.width - rule, [0], 0.0
    for share in shares:
        used += share
        edges.append(round(room * used / sum(shares)))
    aligns = tuple(cast(Literal["left", "center", "right"], column.get("align", "left")) for column in columns)
    return Grid(tuple(edges), aligns, rule)


def _entries(scope: Scope, source: str) -> Sequence[Mapping[str, object]]:
    try:
        found = scope(source)
    except LookupError:
        return ()
    return cast(Sequence[Mapping[str, object]], found or ())


def _row(cells: Sequence[Text], scope: Scope, entry: Mapping[str, object]) -> list[str]:
    def seen(name: str) -> object:
        return entry.get(name[4:]) if name.startswith("row.") else scope(name)

    return [cell.render(seen) for cell in cells]


def plan(spot: Spot) -> Plan:
    """Read the cells once."""
    table = Table(spot)
    return Plan(table.draw, table.fixed)


KIND = Element(
    name="table",
    zh="表格",
    en="Table",
    group="shape",
    properties=(
        Property("columns", "列", "columns", "columns", [{"share": 1, "align": "left"}, {"share": 2, "align": "left"}]),
        Property("rows", "行", "rows", "rows", [["型号", "{product.code}"], ["批号", "{batch.code}"]],
                 zh_hint="格内可写 {字段}；取自箱内物品或部件时，最后一行按每件重复，写 {row.code}",
                 en_hint="cells may hold {fields}; with contents or parts the last row is repeated: {row.code}"),
        Property("source", "取自", "rows from", "choice", "", choices=SOURCES),
        Property("header", "首行加粗", "first row bold", "boolean", False),
        Property("thickness", "线粗", "thickness", "number", 0.125, least=0, most=5, unit="mm", zh_hint="0 为不画线",
                 en_hint="0: no rules"),
        Property("row_mm", "行高", "row height", "number", 0, least=0, most=200, unit="mm", zh_hint="0 为自动",
                 en_hint="0: by itself"),
        Property("font", "字体", "font", "choice", "sans", choices=FONTS),
        Property("size", "字号", "size", "number", 7.0, least=3, most=100, unit="pt"),
        Property("min_size", "最小字号", "smallest size", "number", 5.0, least=2, most=100, unit="pt",
                 zh_hint="放不下时缩小到这个字号为止", en_hint="cells shrink to this size"),
    ),
    example={"rows": [["型号", "CY-R800"], ["批号", "B2637"]]},
    plan=plan,
    size_mm=(40.0, 12.0),
)  # fmt: skip
