"""How long something takes (时长), kept in seconds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.fields.number import millionths, plain
from mazhi.engines.forms.model import Column, FieldKind, Values
from mazhi.engines.options import Choice, Option

LONGEST = 100 * 366 * 86_400
_CLOCK = re.compile(r"([0-9]{1,6})[:：]([0-5]?[0-9])(?:[:：]([0-5]?[0-9]))?", re.ASCII)
_WORDS = re.compile(
    r"(?:([0-9]{1,6})\s*(?:天|d))?\s*(?:([0-9]{1,6})\s*(?:小时|时|h))?\s*"
    r"(?:([0-9]{1,6})\s*(?:分钟|分|min|m))?\s*(?:([0-9]{1,6})\s*(?:秒|s))?",
    re.ASCII,
)


def _seconds(written: str) -> object:
    clock = _CLOCK.fullmatch(written)
    if clock is not None:
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0)
    words = _WORDS.fullmatch(written)
    if words is None or not any(words.groups()):
        return written
    return sum(int(part or 0) * unit for part, unit in zip(words.groups(), (86_400, 3600, 60, 1), strict=True))


def _clean(raw: Any, _options: Mapping[str, Any]) -> Values:
    found = _seconds(raw.strip()) if isinstance(raw, str) else raw
    return (millionths(found, {"decimals": 0, "least": 0, "most": LONGEST}),)


KIND = FieldKind(
    name="duration",
    zh="时长",
    en="Duration",
    zh_hint="可以填 1:30、2小时15分 或秒数。",
    en_hint="1:30, 2h 15m, or a number of seconds.",
    group="advanced",
    icon="Hourglass",
    example=({}, 5400),
    options=(
        Option(
            "unit", "显示到", "Shown in", "choice", "minutes",
            choices=(
                Choice("days", "天", "Days"), Choice("hours", "小时", "Hours"),
                Choice("minutes", "分钟", "Minutes"), Choice("seconds", "秒", "Seconds"),
            ),
        ),
    ),
    columns=(Column("number"),),
    clean=_clean,
    show=lambda values: plain(values[0]),
)  # fmt: skip
