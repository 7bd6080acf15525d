"""Parts of the form behind tabs (标签页): each section within is a tab."""

from __future__ import annotations

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Choice, Option

KIND = FieldKind(
    name="tabs",
    zh="标签页",
    en="Tabs",
    zh_hint="里面的每个分段是一页。",
    en_hint="Each section within is a tab.",
    group="layout",
    icon="Switcher",
    holds="layout",
    contains=True,
    example=({}, None),
    options=(
        Option(
            "place",
            "标签位置",
            "Place of the tabs",
            "choice",
            "top",
            choices=(Choice("top", "上面", "Top"), Choice("left", "左边", "Left")),
        ),
    ),
)
