"""``date``: the day of printing or a date of the data, some days on, written as wanted."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.evaluating import Scope, Situation
from mazhi.engines.formula.nodes import Field
from mazhi.engines.formula.parsing import parse
from mazhi.engines.labels.element import Element, Plan, Spot
from mazhi.engines.labels.lettering import LETTERING, letter
from mazhi.engines.labels.properties import Property

_PARTS = re.compile(r"y{4}|y{2}|M{1,2}|d{1,2}|H{1,2}|m{1,2}|s{1,2}|'[^']*'")


def written(moment: date, wanted: str) -> str:
    """Write a date: ``yyyy yy MM M dd d HH H mm m ss s``, other signs as they are, letters in single quotes."""
    time = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 - a day
    numbers = {"y": time.year, "M": time.month, "d": time.day, "H": time.hour, "m": time.minute, "s": time.second}

    def part(found: re.Match[str]) -> str:
        signs = found[0]
        if signs[0] == "'":
            return signs[1:-1]
        return f"{numbers[signs[0]]:0{len(signs)}d}"[-max(2, len(signs)) :]

    return _PARTS.sub(part, wanted)


def as_date(value: object) -> date | None:
    """Read a date from the data, where dates may be text."""
    if isinstance(value, date):
        return value
    try:
        return datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def plan(spot: Spot) -> Plan:
    """Read the date of each label."""
    source, wanted = spot.text("source"), spot.text("format")
    later = timedelta(days=int(spot.number("offset_days")))
    node = parse(source)
    name = node.name if isinstance(node, Field) else source

    def moment(scope: Scope) -> date | None:
        try:
            return as_date(scope("print.now" if source == "now" else name))
        except LookupError:
            if source == "now":
                return Situation(scope).at
            raise FormulaError("formula_unknown_field", 0, len(source), name=name) from None

    def write(scope: Scope) -> str:
        found = moment(scope)
        try:
            return "" if found is None else written(found + later, wanted)
        except OverflowError:
            raise FormulaError("formula_date_range", 0, len(source)) from None

    return letter(spot, write, fixed=False)


KIND = Element(
    name="date",
    zh="日期",
    en="Date",
    group="text",
    properties=(
        Property("source", "取自", "source", "field", "now", zh_hint="now 为打印时间，或写日期字段，如 batch.made_on",
                 en_hint="now is the time of printing; or a date field, such as batch.made_on"),
        Property("format", "格式", "format", "plain", "yyyy-MM-dd", zh_hint="yyyy 年 MM 月 dd 日 HH 时 mm 分",
                 en_hint="yyyy MM dd HH mm ss"),
        Property("offset_days", "加天数", "days added", "integer", 0, least=-36_500, most=36_500,
                 zh_hint="如有效期 = 生产日期 + 730 天", en_hint="such as a shelf life of 730 days"),
        *LETTERING,
    ),
    example={"source": "now", "format": "yyyy-MM-dd"},
    plan=plan,
    size_mm=(20.0, 6.0),
)  # fmt: skip
