"""The workbook to fill in: a column for each field, what can be chosen, and a sheet that explains it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mazhi.engines.forms.exchange.cells import write
from mazhi.engines.forms.exchange.targets import Target
from mazhi.kernel import texts
from mazhi.kernel.spreadsheets.writing import XlsxBook, XlsxSheet
from mazhi.kernel.texts import Language

_SHEETS = {"zh": ("数据", "填写说明", "选项"), "en": ("Data", "How to fill in", "Choices")}
_HEADS = {
    "zh": ("列", "必填", "类型", "怎么填", "可以填什么", "例"),
    "en": ("Column", "Required", "Kind", "How", "What it takes", "Example"),
}
_YES = {"zh": "必填", "en": "yes"}
_LONGEST_RULE = 250
"""A list of choices within a rule has at most 255 signs; a longer one stands in a sheet of its own."""
_CHOICES_SHOWN = 50


def write_template(path: Path, known: Sequence[Target], language: Language) -> None:
    """Write it for the fields that somebody may bring in."""
    columns = [one for one in known if one.writable]
    book = XlsxBook(path)
    data, how, choices = _SHEETS[language]
    titles = [one.title + "*" * one.required for one in columns]
    sheet = book.sheet(data, titles, widths=[max(12, min(40, 2 * len(title) + 4)) for title in titles])
    explained = book.sheet(how, _HEADS[language], widths=[24, 8, 14, 48, 48, 24])
    long: list[tuple[int, list[str]]] = []
    for place, one in enumerate(columns):
        explained.row(_explain(one, language))
        offered = _choices(one)
        if offered and one.kind is not None and one.kind.columns[0].type != "json":
            if sum(map(len, offered)) + len(offered) <= _LONGEST_RULE and not any("," in word for word in offered):
                sheet.choose(place, offered)
            else:
                long.append((place, offered))
    if long:
        _write_choices(book.sheet(choices, [titles[place] for place, _ in long]), long)
        for number, (place, offered) in enumerate(long):
            column = chr(ord("A") + number) if number < 26 else None
            if column:
                sheet.choose(place, f"='{choices}'!${column}$2:${column}${len(offered) + 1}")
    book.close()


def _write_choices(sheet: XlsxSheet, long: Sequence[tuple[int, list[str]]]) -> None:
    for row in range(max(len(offered) for _, offered in long)):
        sheet.row([offered[row] if row < len(offered) else None for _, offered in long])


def _choices(one: Target) -> list[str]:
    if one.field is None or one.kind is None:
        return []
    if one.kind.columns and one.kind.columns[0].type == "boolean" and len(one.kind.columns) == 1:
        return [str(one.field.options.get("yes", "是")), str(one.field.options.get("no", "否"))]
    found = one.field.options.get("choices") or one.field.options.get("paths") or []
    return [str(word) for word in found]


def _explain(one: Target, language: Language) -> list[str | None]:
    field, kind = one.field, one.kind
    if field is None or kind is None:
        return [one.title]
    shape = kind.columns[0].type if len(kind.columns) == 1 else "text"
    if kind.reference is not None:
        shape = "json" if kind.reference.many else "reference"
    how = texts.message(f"import_how_{shape}", language, {})
    if one.table is not None:
        how = f"{how} {texts.message('import_how_table', language, {'table': one.table.title})}"
    offered = _choices(one)
    listed = "、".join(offered[:_CHOICES_SHOWN]) + ("…" if len(offered) > _CHOICES_SHOWN else "")
    options, example = kind.example
    example_cell = None if kind.options and options and offered else write(field, kind, example, workbook=False)
    if offered:
        example_cell = offered[0]
    name = kind.zh if language == "zh" else kind.en
    hint = f"{field.hint} {how}".strip()
    return [
        one.title, _YES[language] if one.required else None, name, hint, listed or None,
        None if example_cell is None else str(example_cell),
    ]  # fmt: skip
