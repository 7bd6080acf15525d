"""Date (日期): the day or time at which the codes are made, in the zone of the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mazhi.kernel.codes import calendar
from mazhi.kernel.codes.parameters import Choice, Parameter
from mazhi.kernel.codes.segment import Context, Meaning, SegmentKind, StaticSegment
from mazhi.kernel.errors import Problem


class Date(StaticSegment):
    """A moment written in one of the common forms."""

    kind = "date"

    def __init__(self, form: str, first_year: int) -> None:
        chosen = calendar.FORMATS[form]
        self.form = form
        self.slot = chosen.slot
        self.signs = tuple(f"{sign}@{first_year}" if sign == "Y:letter" else sign for sign in chosen.signs)
        self.body = {"kind": self.kind, "format": form}
        if form == "Y_LETTER":
            self.body["first_year"] = first_year
        self._sizes = [len(calendar.column(sign)[0]) for sign in self.signs]
        width = sum(self._sizes)
        self.widths = range(width, width + 1)

    def classes(self, _width: int) -> Sequence[frozenset[str]]:
        """Return which characters each place may have, one by one; the automaton knows how they go together."""
        return [
            frozenset(text[place] for text in calendar.words(sign))
            for sign, size in zip(self.signs, self._sizes, strict=True)
            for place in range(size)
        ]

    def text(self, context: Context) -> str | Problem:
        """Write the moment."""
        if not calendar.FIRST_DAY <= context.moment.date() <= calendar.LAST_DAY:
            return Problem("code_date_out_of_range", {"at": context.moment.isoformat()}, "/at")
        return "".join(calendar.write(sign, context.moment) for sign in self.signs)

    def read(self, text: str) -> Meaning | None:
        """Recognise a text that each sign can give; whether a day has all of them is for the whole code to say."""
        start = 0
        for sign, size in zip(self.signs, self._sizes, strict=True):
            if text[start : start + size] not in calendar.words(sign):
                return None
            start += size
        chosen = calendar.FORMATS[self.form]
        return Meaning(text, chosen.zh, chosen.en)


class DateKind(SegmentKind[Date]):
    """A moment in one of the common forms."""

    name = "date"
    zh = "日期"
    en = "Date"
    group = "business"
    parameters = (
        Parameter(
            "format",
            "choice",
            "写法",
            "Form",
            required=True,
            choices=tuple(Choice(name, form.zh, form.en) for name, form in calendar.FORMATS.items()),
        ),
        Parameter(
            "first_year",
            "integer",
            "字母 A 是哪一年",
            "Year of the letter A",
            default=2001,
            minimum=1980,
            maximum=2099,
            zh_help="只用于“年份字母 A–Z”。",
            en_help="Only for the letter of the year A–Z.",
        ),
    )
    example: ClassVar[Mapping[str, Any]] = {"kind": "date", "format": "YYMMDD"}

    def build(self, values: dict[str, Any], _pointer: str, _problems: list[Problem]) -> Date:
        """Make the segment."""
        return Date(values["format"], values["first_year"])


KIND = DateKind()
