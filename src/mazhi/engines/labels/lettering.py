"""What all elements of the text family share: how their text is set, and which properties say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, cast

from PIL import Image, ImageChops

from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.evaluating import Scope
from mazhi.engines.formula.interpolating import Text
from mazhi.engines.labels.bits import to_bits, to_image
from mazhi.engines.labels.element import Drawn, Plan, Spot
from mazhi.engines.labels.fonts import FaceName
from mazhi.engines.labels.marks import DOTS_PER_MM, Picture
from mazhi.engines.labels.properties import ALIGN, VALIGN, Choice, Property
from mazhi.engines.labels.text import Setting, Style, missing, set_text
from mazhi.kernel.errors import Problem

FONTS = (Choice("sans", "黑体", "sans"), Choice("mono", "等宽", "monospaced"))
LETTERING = (
    Property("font", "字体", "font", "choice", "sans", choices=FONTS, zh_hint="编码用等宽字体，零带点，不会看成字母 O",
             en_hint="codes read best monospaced: the zero is dotted"),
    Property("size", "字号", "size", "number", 8.0, least=3, most=400, unit="pt"),
    Property("bold", "加粗", "bold", "boolean", False),
    Property("align", "水平对齐", "alignment", "choice", "left", choices=ALIGN),
    Property("valign", "垂直对齐", "vertical alignment", "choice", "middle", choices=VALIGN),
    Property("wrap", "自动换行", "wrap", "boolean", False, zh_hint="按中文避头尾规则换行",
             en_hint="breaks lines by the rules of Chinese setting"),
    Property("shrink", "放不下时缩小", "shrink to fit", "boolean", False),
    Property("min_size", "最小字号", "smallest size", "number", 5.0, least=2, most=400, unit="pt",
             zh_hint="缩小到这个字号为止", en_hint="shrinking stops here"),
    Property("line_height", "行高", "line height", "number", 1.2, least=0.8, most=4, zh_hint="字号的倍数",
             en_hint="times the size"),
    Property("vertical", "竖排", "vertical", "boolean", False),
    Property("invert", "反白", "inverted", "boolean", False, zh_hint="黑底白字，底色充满元素框",
             en_hint="white on a black box"),
)  # fmt: skip


def style_of(spot: Spot) -> Style:
    """Return how an element's text is to be set."""
    face = spot.text("font") + ("_bold" if spot.flag("bold") else "")
    return Style(
        face=cast(FaceName, face),
        size=spot.em(spot.number("size")),
        smallest=spot.em(spot.number("min_size")),
        align=cast(Literal["left", "center", "right"], spot.text("align")),
        valign=cast(Literal["top", "middle", "bottom"], spot.text("valign")),
        wrap=spot.flag("wrap"),
        shrink=spot.flag("shrink"),
        line_height=spot.number("line_height"),
        vertical=spot.flag("vertical"),
    )


def letter(spot: Spot, write: Callable[[Scope], str], *, fixed: bool) -> Plan:
    """Make an element ready that shows a text.

    Args:
        spot: Where.
        write: The text for the data of one label; may raise ``FormulaError``.
        fixed: Whether it is the same for all data.
    """
    style = style_of(spot)
    last: tuple[str, Drawn] = "", Drawn()

    def draw(scope: Scope) -> Drawn:
        nonlocal last
        try:
            text = write(scope)
        except FormulaError as error:
            return Drawn((), (formula_problem(spot, error),))
        if text != last[0]:
            last = text, lettered(spot, text, style)
        return last[1]

    return Plan(draw, fixed)


def formula_problem(spot: Spot, error: FormulaError) -> Problem:
    """Say which element's formula cannot be worked out."""
    return error.problem(element=spot.name or spot.id, id=spot.id)


def written(text: Text) -> Callable[[Scope], str]:
    """Return what writes a text with formulas."""
    if text.fixed:
        whole = "".join(part for part in text.parts if isinstance(part, str))
        return lambda _scope: whole
    return text.render


def lettered(spot: Spot, text: str, style: Style) -> Drawn:
    """Draw a text in an element's box."""
    inverted = spot.flag("invert")
    margin = max(1, style.size // 6) if inverted else 0
    width, height = max(1, spot.width - 2 * margin), spot.height
    setting = set_text(text, style, width, height, element=spot.id)
    problems = text_problems(spot, text, style, setting)
    if not inverted:
        return Drawn(setting.words, problems)
    return Drawn((_inverted(spot, setting, margin),), problems)


def text_problems(spot: Spot, text: str, style: Style, setting: Setting) -> list[Problem]:
    """Say what cannot be shown, and whether it does not fit."""
    problems = []
    if lost := missing(text, style.face):
        problems.append(spot.problem("label_sign_missing", signs=lost, text=text[:40]))
    if not setting.fits:
        per_mm = DOTS_PER_MM[spot.dpi]
        wide, high = (setting.high, setting.wide) if style.vertical else (setting.wide, setting.high)
        problems.append(
            spot.problem(
                "label_text_does_not_fit", text=text[:40],
                width=f"{wide / per_mm:.1f}", height=f"{high / per_mm:.1f}",
                box_width=f"{spot.width / per_mm:.1f}", box_height=f"{spot.height / per_mm:.1f}",
            )
        )  # fmt: skip
    return problems


def _inverted(spot: Spot, setting: Setting, margin: int) -> Picture:
    box = Image.new("1", (max(1, spot.width), max(1, spot.height)))
    for words in setting.words:
        box.paste(255, (words.x + margin, words.y), to_image(words.bits))
    return Picture(spot.id, 0, 0, to_bits(ImageChops.invert(box)))
