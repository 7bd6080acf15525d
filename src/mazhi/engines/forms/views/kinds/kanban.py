"""Cards in columns by the value of a field (看板); moving a card changes it."""

from __future__ import annotations

from mazhi.engines.forms.views.model import CARD, ViewKind, ViewOption

KIND = ViewKind(
    name="kanban",
    zh="看板",
    en="Kanban",
    options=(
        ViewOption("by", "field", stores=("text", "boolean", "reference"), required=True),
        *CARD,
        ViewOption("totals", "totals"),
    ),
)
