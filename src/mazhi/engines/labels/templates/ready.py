"""The templates that come with the system (现成模板): to print with at once, or to begin from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class ReadyLabel:
    """One template that comes with the system.

    Attributes:
        code: Its file's name.
        zh: What it is called.
        en: The same in English.
        zh_note: What it is for.
        en_note: The same in English.
        template: What it says.
    """

    code: str
    zh: str
    en: str
    zh_note: str
    en_note: str
    template: Mapping[str, Any]


@cache
def ready_labels() -> tuple[ReadyLabel, ...]:
    """Return all of them, in the order of their codes."""
    folder = resources.files("mazhi.engines.labels") / "ready"
    found = []
    for file in sorted(folder.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".json"):
            body = json.loads(file.read_text("utf-8"))
            code = file.name.removesuffix(".json")
            said = [str(body.get(name, "")) for name in ("zh", "en", "zh_note", "en_note")]
            found.append(ReadyLabel(code, said[0], said[1], said[2], said[3], body["template"]))
    return tuple(found)
