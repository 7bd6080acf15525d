"""Records below those that they name as theirs (树)."""

from __future__ import annotations

from mazhi.engines.forms.views.model import ViewKind, ViewOption

KIND = ViewKind(
    name="tree",
    zh="树",
    en="Tree",
    options=(
        ViewOption("parent", "field", kinds=("record",), required=True),
        ViewOption("row_height", "word", words=("low", "middle", "high")),
    ),
)
