"""A scan list as a spreadsheet, page by page however long it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from mazhi.engines.forms.scan_lists.service import ScanLists
from mazhi.engines.forms.scan_lists.views import LineView
from mazhi.kernel import clock, texts
from mazhi.kernel.access.model import Actor
from mazhi.kernel.spreadsheets.writing import Table
from mazhi.kernel.texts import Language

_PAGE = 1_000
_TITLES = {
    "zh": [
        "序号", "结果", "扫到的", "序列号", "产品", "批次", "状态", "库位", "数量", "箱", "原因",
        "怎么办", "时间", "谁",
    ],
    "en": [
        "No.", "Answer", "Scanned", "Serial number", "Product", "Batch", "State", "Place", "Quantity", "Box", "Reason",
        "What to do", "At", "By",
    ],
}  # fmt: skip
_ANSWERS = {
    "right": ("对", "Right"),
    "wrong": ("错", "Wrong"),
    "duplicate": ("重复", "Duplicate"),
    "box": ("箱", "Box"),
    "undone": ("已撤销", "Taken back"),
}


def export(
    lists: ScanLists, actor: Actor, name: str, path: Path, kind: str, answers: Collection[str], language: Language
) -> None:
    """Write the lines of a list that were answered so."""
    with Table(path, kind, _TITLES[language]) as table:
        table.write(_rows(lists, actor, name, answers, language))


def _rows(
    lists: ScanLists, actor: Actor, name: str, answers: Collection[str], language: Language
) -> Iterator[Sequence[Any]]:
    after: int | None = None
    number = 0
    while True:
        page = lists.lines(actor, name, answers, after=after, newest=False, limit=_PAGE)
        for one in page.rows:
            number += 1
            yield _row(number, one, language)
        if page.next is None:
            return
        after = int(page.next)


def _row(number: int, one: LineView, language: Language) -> Sequence[Any]:
    problem = one.problem
    params = {} if problem is None else {"item": one.raw, **problem.params}
    return (
        number, _ANSWERS[one.answer][language == "en"], one.raw, one.item, one.product, one.batch, one.state, one.place,
        one.quantity or None, one.box, texts.message(problem.code, language, params) if problem else None,
        texts.advice(problem.code, language, params) if problem else None,
        clock.to_datetime(one.at, clock.DEFAULT_ZONE), one.by,
    )  # fmt: skip
