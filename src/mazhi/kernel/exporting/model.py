"""What can be exported, and the columns of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from mazhi.kernel.clock import DEFAULT_ZONE
from mazhi.kernel.texts import Language

Format = Literal["xlsx", "csv"]
FORMATS: tuple[Format, ...] = ("xlsx", "csv")

ITEM_COLUMNS: Mapping[str, tuple[str, str]] = {
    "code": ("序列号", "Serial number"),
    "kind": ("种类", "Kind"),
    "product": ("产品", "Product"),
    "batch": ("批次", "Batch"),
    "state": ("状态", "State"),
    "quality": ("质量", "Quality"),
    "marks": ("标记", "Marks"),
    "place": ("库位", "Place"),
    "owner": ("货主", "Owner"),
    "holder": ("持有方", "Holder"),
    "parent": ("所在整机或包装", "Inside"),
    "identifiers": ("其他标识", "Other identifiers"),
    "born_at": ("生产日期", "Made on"),
    "place_since": ("到库时间", "At the place since"),
    "state_since": ("状态起始", "In the state since"),
    "warranty_start": ("质保开始", "Warranty start"),
    "warranty_end": ("质保结束", "Warranty end"),
}
CODE_COLUMNS: Mapping[str, tuple[str, str]] = {name: ITEM_COLUMNS[name] for name in ("code", "product", "batch")}

_WORDS: Mapping[str, tuple[str, str]] = {
    "serial": ("单件", "Item"),
    "package": ("包装", "Package"),
    "released": ("合格", "Released"),
    "pending": ("待检", "Pending"),
    "concession": ("让步接收", "Concession"),
    "rejected": ("不合格", "Rejected"),
    "held": ("冻结", "Held"),
    "recalled": ("召回", "Recalled"),
    "suspect": ("疑似", "Suspect"),
}


def titles(columns: Mapping[str, tuple[str, str]], language: Language) -> list[str]:
    """Return the header of a table."""
    return [pair[language == "en"] for pair in columns.values()]


def word(value: str | None, language: Language) -> str | None:
    """Say one of the kernel's words in a reader's language."""
    return None if value is None else _WORDS.get(value, (value, value))[language == "en"]


def item_row(item: Mapping[str, Any], states: Mapping[str, tuple[str, str]], language: Language) -> Sequence[Any]:
    """Write an item as a row of the table."""
    others = [one for one in item["identifiers"] if one["value"] != item["code"]]
    state = item["state"]
    return (
        item["code"],
        word(item["kind"], language),
        item["product"],
        item["batch"],
        None if state is None else states.get(state, (state, state))[language == "en"],
        word(item["quality"], language),
        ", ".join(word(mark, language) or "" for mark in item["marks"]),
        item["place"],
        item["owner"],
        item["holder"],
        item["parent"],
        ", ".join(f"{one['namespace']}:{one['value']}" for one in others),
        _local(item["born_at"]),
        _local(item["place_since"]),
        _local(item["state_since"]),
        item["warranty"]["start"],
        item["warranty"]["end"],
    )


def _local(moment: str | None) -> datetime | None:
    return None if moment is None else datetime.fromisoformat(moment).astimezone(DEFAULT_ZONE)
