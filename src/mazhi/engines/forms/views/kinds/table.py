"""Rows and columns (表格)."""

from __future__ import annotations

from mazhi.engines.forms.views.model import ViewKind, ViewOption

KIND = ViewKind(
    name="table",
    zh="表格",
    en="Table",
    options=(
        ViewOption("row_height", "word", words=("low", "middle", "high")),
        ViewOption("totals", "totals"),
        ViewOption("folded", "flag"),
    ),
)
