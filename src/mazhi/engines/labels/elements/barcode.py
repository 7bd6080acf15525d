"""``barcode``: a barcode or matrix code, its modules whole dots, its quiet zone inside the element's box."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.evaluating import Scope
from mazhi.engines.formula.interpolating import Text, parse_text
from mazhi.engines.labels.carriers.family import carriers
from mazhi.engines.labels.carriers.model import Carrier, LabelError
from mazhi.engines.labels.element import LEAST_BAR_MM, LEAST_MODULE_MM, Drawn, Element, Plan, Spot
from mazhi.engines.labels.lettering import formula_problem
from mazhi.engines.labels.marks import DOTS_PER_MM, Matrix, Symbol
from mazhi.engines.labels.placeholder import crossed
from mazhi.engines.labels.properties import ALIGN, Choice, Property
from mazhi.engines.labels.readable import READABLE_GAP_MM, beside_bars
from mazhi.kernel.errors import Problem

READABLE = (Choice("none", "不印", "none"), Choice("below", "下方", "below"), Choice("above", "上方", "above"))
CORRECTION = tuple(Choice(one, one or "默认", one or "default") for one in ("", *"LMQH", "auto", *"012345678"))
CHECK = (Choice("none", "不加", "none"), Choice("mod43", "模 43", "modulo 43"))


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a symbol comes to stand in its box, in dots.

    Attributes:
        x: Left edge of the modules.
        y: Upper edge of the modules.
        module: Width of a module.
        width: Of all modules.
        height: Of all modules.
        text_top: Upper edge of the readable text.
        text_size: Its size; 0 if there is none.
    """

    x: int
    y: int
    module: int
    width: int
    height: int
    text_top: int
    text_size: int


class TooSmallError(Exception):
    """The box is too small: ``needed`` says how large it would have to be, in dots."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(width, height)
        self.width = width
        self.height = height


def quiet_dots(spot: Spot, matrix: Matrix, module: int) -> tuple[int, int, int, int]:
    """Return the quiet zone in dots: left, right, above, below."""
    wanted = spot.number("quiet_mm")
    if wanted > 0:
        wide = math.ceil(wanted * DOTS_PER_MM[spot.dpi])
        return (wide, wide, 0, 0) if matrix.linear else (wide, wide, wide, wide)
    left, right, above, below = matrix.quiet
    return left * module, right * module, above * module, below * module


def shape(spot: Spot, matrix: Matrix) -> Shape:
    """Find a symbol's place.

    Raises:
        TooSmallError: The box cannot take it.
    """
    size = spot.em(spot.number("readable_size")) if spot.text("readable") != "none" else 0
    text_high = size + spot.stroke(READABLE_GAP_MM) if size else 0
    wanted = spot.number("module_mm")
    module = max(1, round(wanted * DOTS_PER_MM[spot.dpi])) if wanted > 0 else _largest(spot, matrix, text_high)
    left, right, above, below = quiet_dots(spot, matrix, module)
    width = len(matrix.rows[0]) * module
    height = spot.height - text_high - above - below if matrix.linear else _high(matrix, module)
    least = max(1, spot.dots(1)) if matrix.linear else height
    if left + width + right > spot.width or height < least or above + height + below + text_high > spot.height:
        raise _too_small(spot, matrix, module if wanted > 0 else _smallest(spot, matrix), text_high)
    slack = spot.width - left - width - right
    x = left + {"left": 0, "center": slack // 2, "right": slack}[spot.text("align")]
    free = spot.height - text_high - above - height - below
    over = text_high if spot.text("readable") == "above" else 0
    y = over + above + free // 2
    top = y - above - text_high if over else y + height + below + text_high - size
    return Shape(x, y, module, width, height, top, size)


def _too_small(spot: Spot, matrix: Matrix, module: int, text_high: int) -> TooSmallError:
    left, right, above, below = quiet_dots(spot, matrix, module)
    high = max(1, spot.dots(1)) if matrix.linear else _high(matrix, module)
    return TooSmallError(left + len(matrix.rows[0]) * module + right, above + high + below + text_high)


def _smallest(spot: Spot, matrix: Matrix) -> int:
    """Return the smallest module that scanners read."""
    return math.ceil((LEAST_BAR_MM if matrix.linear else LEAST_MODULE_MM) * DOTS_PER_MM[spot.dpi])


def _high(matrix: Matrix, module: int) -> int:
    return len(matrix.rows) * matrix.row_modules * module


def _largest(spot: Spot, matrix: Matrix, text_high: int) -> int:
    """Return the largest module with which a symbol fits, at least one dot."""
    module = max(1, spot.width // len(matrix.rows[0]))
    while module > 1:
        left, right, above, below = quiet_dots(spot, matrix, module)
        wide = left + len(matrix.rows[0]) * module + right
        high = 0 if matrix.linear else _high(matrix, module) + above + below + text_high
        if wide <= spot.width and high <= spot.height:
            break
        module -= 1
    return module


class Drawer:
    """One barcode element, ready for many labels."""

    def __init__(self, spot: Spot) -> None:
        """Read the text and settle the carrier's options once."""
        self._spot = spot
        self.carrier: Carrier = carriers[spot.text("symbology")]
        self.text: Text = parse_text(spot.text("value"))
        self._options = self.carrier.settle(wanted_options(spot.values, self.carrier))
        self._last: tuple[str, Drawn] | None = None

    def draw(self, scope: Scope) -> Drawn:
        """Draw the symbol of one label."""
        try:
            missing = self.text.missing(scope)
            value = self.text.render(scope)
        except FormulaError as error:
            return self._refused(formula_problem(self._spot, error))
        if missing:
            return self._refused(*(self._spot.problem("label_field_missing", field=name) for name in missing))
        if self._last is None or self._last[0] != value:
            self._last = value, self._drawn(value)
        return self._last[1]

    def matrix(self, value: str) -> tuple[str, Matrix]:
        """Return checked content and its modules.

        Raises:
            LabelError: The carrier cannot carry it.
        """
        content = self.carrier.check(value, self._options)
        return content, self.carrier.encode(content, self._options)

    def _refused(self, *problems: Problem) -> Drawn:
        return Drawn(crossed(self._spot), problems)

    def _drawn(self, value: str) -> Drawn:
        spot = self._spot
        try:
            content, matrix = self.matrix(value)
        except LabelError as error:
            return self._refused(spot.problem(error.code, **error.params))
        try:
            placed = shape(spot, matrix)
        except TooSmallError as error:
            return self._refused(too_small(spot, error))
        symbol = Symbol(
            spot.id, placed.x, placed.y, self.carrier.name, content, tuple(self._options.items()), matrix,
            placed.module, placed.height, 0,
        )  # fmt: skip
        if not placed.text_size:
            return Drawn((symbol,))
        text, problems = beside_bars(spot, symbol, self.carrier.readable(content), placed.text_top, placed.text_size)
        return Drawn((symbol, *text), problems)


def too_small(spot: Spot, error: TooSmallError) -> Problem:
    """Say how large the box would have to be."""
    per_mm = DOTS_PER_MM[spot.dpi]
    return spot.problem(
        "label_code_does_not_fit",
        width=f"{math.ceil(error.width / per_mm * 10) / 10:.1f}",
        height=f"{math.ceil(error.height / per_mm * 10) / 10:.1f}",
        box_width=f"{spot.width / per_mm:.1f}", box_height=f"{spot.height / per_mm:.1f}",
    )  # fmt: skip


def wanted_options(values: Mapping[str, object], carrier: Carrier) -> dict[str, object]:
    """Return what the template says of a carrier's options."""
    return {option.name: values[option.name] for option in carrier.options if option.name in values}


def plan(spot: Spot) -> Plan:
    """Make ready; a text without formulas gives the same symbol always."""
    drawer = Drawer(spot)
    return Plan(drawer.draw, fixed=drawer.text.fixed)


def faults(values: Mapping[str, object], pointer: str) -> Iterator[Problem]:
    """Yield the options that the carrier does not have."""
    carrier = carriers[str(values["symbology"])]
    for option in carrier.options:
        try:
            option.settle(values.get(option.name))
        except LabelError as error:
            yield Problem(error.code, error.params, f"{pointer}/{option.name}")


KIND = Element(
    name="barcode",
    zh="条码",
    en="Barcode",
    group="code",
    properties=(
        Property("symbology", "码制", "symbology", "carrier", "code128", required=True),
        Property("value", "内容", "content", "text", "{item.code}", required=True,
                 zh_hint="GS1 内容写成 (01){product.gtin}(21){item.code}",
                 en_hint="GS1 content in brackets: (01){product.gtin}(21){item.code}"),
        Property("module_mm", "窄条宽", "narrow bar", "number", 0, least=0, most=5, unit="mm",
                 zh_hint="取整到打印点；0 为能放下的最大值", en_hint="in whole dots; 0: as large as fits"),
        Property("ratio", "宽窄比", "wide to narrow", "number", 3, least=2, most=3, zh_hint="Code 39、ITF",
                 en_hint="of Code 39 and ITF"),
        Property("ec", "纠错等级", "error correction", "choice", "", choices=CORRECTION,
                 zh_hint="QR：L M Q H；PDF417：0–8", en_hint="QR: L M Q H; PDF417: 0–8"),
        Property("columns", "列数", "columns", "integer", 0, least=0, most=30, zh_hint="PDF417，0 为自动",
                 en_hint="of PDF417; 0: automatic"),
        Property("check_character", "校验字符", "check character", "choice", "none", choices=CHECK, zh_hint="Code 39",
                 en_hint="of Code 39"),
        Property("stem", "网址前缀", "address before the key", "plain", "", zh_hint="GS1 数字链接，如 https://cy.example",
                 en_hint="of a GS1 Digital Link, such as https://cy.example"),
        Property("readable", "明文", "readable text", "choice", "none", choices=READABLE),
        Property("readable_size", "明文字号", "size of the text", "number", 8, least=3, most=72, unit="pt"),
        Property("align", "对齐", "alignment", "choice", "center", choices=ALIGN),
        Property("quiet_mm", "静区", "quiet zone", "number", 0, least=0, most=50, unit="mm",
                 zh_hint="0 为标准规定的宽度", en_hint="0: as the standard wants"),
    ),
    example={"symbology": "qr", "value": "https://m.example.com/q/7Q2M9XK4"},
    plan=plan,
    size_mm=(20.0, 20.0),
    faults=faults,
)  # fmt: skip
