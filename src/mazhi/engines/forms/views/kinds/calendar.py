"""Records on their days (日历)."""

from __future__ import annotations

from mazhi.engines.forms.views.model import CARD, ViewKind, ViewOption

KIND = ViewKind(
    name="calendar",
    zh="日历",
    en="Calendar",
    options=(
        ViewOption("from", "field", stores=("date", "moment"), required=True),
        ViewOption("to", "field", stores=("date", "moment")),
        ViewOption("span", "word", words=("month", "week")),
        *CARD,
    ),
)
