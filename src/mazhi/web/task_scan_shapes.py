"""What the routes of scan steps take and answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mazhi.engines.flows.scans.views import LineView, Said, StepView
from mazhi.kernel import clock, texts
from mazhi.kernel.errors import Problem
from mazhi.kernel.texts import Language

Answer = Literal["right", "wrong", "duplicate"]
Says = Literal["refuse", "warn", "pass"]
Kind = Literal[
    "missing", "extra", "duplicate", "wrong_product", "wrong_batch", "wrong_state", "wrong_place", "held", "recalled",
    "unknown",
]  # fmt: skip
ClientKey = Annotated[str, Field(min_length=1, max_length=200, pattern="^[^\\x00]*$")]

_LINE: dict[str, Any] = {
    "seq": 13, "answer": "right", "raw": "RO261112L010025", "code": "", "message": "", "advice": "",
    "item": "RO261112L010025", "kind": "serial", "product": "CY-R800", "product_name": "家用反渗透净水机 800 加仑",
    "batch": None, "state": "in_stock", "place": "A-03-1", "quantity": 1, "box": None, "manual": False,
    "at": "2026-11-22T06:29:00Z", "by": "sun", "meant": [],
}  # fmt: skip
_WRONG: dict[str, Any] = {
    "answer": "wrong", "code": "task_scan_of_another", "message": "RO261112L020044 属于 SO-1031，不在 SO-1024 里",
    "advice": "放回 A-03-2，给 SO-1031 留着；看“还差”，拿本单的", "stop": True, "ask": False,
    "done": 12, "expected": 50, "missing": 38,
    "params": {"item": "RO261112L020044", "owner": "SO-1031", "order": "SO-1024", "place": "A-03-2"},
}  # fmt: skip


def _with(*examples: dict[str, Any], closed: bool = True) -> ConfigDict:
    return ConfigDict(extra="forbid" if closed else "ignore", json_schema_extra={"examples": list(examples)})


class TaskScanBody(BaseModel):
    """One scan."""

    model_config = _with(
        {"raw": "RO261112L010025", "client_key": "0199-7a"}, {"raw": "PP2611A", "quantity": 20, "client_key": "0199-7b"}
    )

    raw: Annotated[str, Field(max_length=100_000, description="The text as it came, AIM identifier and all.")]
    symbology: Annotated[str | None, Field(max_length=100)] = None
    quantity: Annotated[
        Decimal | None, Field(description="Of batch and SKU goods; missing: what stands in the code.")
    ] = None
    client_key: ClientKey | None = None
    manual: Annotated[bool, Field(description="Whether it was typed.")] = False


class TaskScanLine(BaseModel):
    """One scan, what was said to it, and what it leads to as that is now."""

    model_config = _with(_LINE, closed=False)

    seq: int
    answer: Literal["right", "wrong", "duplicate", "box", "undone"] = Field(
        description="box: a package whose content was counted in its place."
    )
    raw: str
    code: str
    message: str
    advice: str
    item: str | None
    kind: str | None
    product: str | None
    product_name: str | None
    batch: str | None
    state: str | None
    place: str | None
    quantity: int | float
    box: str | None = Field(description="The package that it came out of.")
    manual: bool
    at: str
    by: str
    meant: list[str] = Field(description="Codes that may have been meant.")


class TaskScanAnswer(BaseModel):
    """The answer to one scan."""

    model_config = _with(
        {**_WRONG, "line": {**_LINE, "answer": "wrong", "raw": "RO261112L020044", "code": "task_scan_of_another"}},
        closed=False,
    )

    answer: Answer
    code: str = Field(description="Why it is not right, or what is told although it is.")
    message: str
    advice: str
    stop: bool = Field(description="Whether scanning waits until somebody has looked at it.")
    ask: bool = Field(description="The quantity is wanted: send the scan again with it. Nothing was written down.")
    done: int | float
    expected: int | float | None
    missing: int | float = Field(description="How much is missing by now.")
    params: dict[str, Any] = Field(description="The codes that the message names: whose it is, where it stands …")
    line: TaskScanLine | None


class TaskScanPage(BaseModel):
    """One page of scans, the newest first."""

    scans: list[TaskScanLine]
    next: str | None


class TaskScanExpected(BaseModel):
    """One line of what should be scanned."""

    line: int
    title: str
    product: str | None
    product_name: str | None
    batch: str | None
    item: str | None
    place: str | None = Field(description="Where the item stands.")
    expected: int | float
    done: int | float


class TaskScanOverride(BaseModel):
    """Something that was let pass."""

    kind: str
    reason: str
    by: str
    at: str
    seq: int = Field(description="The scan that was let pass; 0: from then on all.")


class TaskScanState(BaseModel):
    """How far a scan step is."""

    model_config = _with(
        {
            "expected": 50, "done": 12, "missing": 38, "wrong": 1, "duplicates": 0, "next": None,
            "lines": [
                {"line": 1, "title": "家用反渗透净水机 800 加仑", "product": "CY-R800", "item": None, "place": None,
                 "product_name": "家用反渗透净水机 800 加仑", "batch": None, "expected": 50, "done": 12}
            ],
            "policies": {"missing": "refuse", "extra": "refuse"}, "manual": "allow", "continuous": True, "photo": "",
            "boxes": "explode", "ask": True, "free": False, "operation": "ship", "overrides": [], "closed": False,
        },
        closed=False,
    )  # fmt: skip

    expected: int | float
    done: int | float
    missing: int | float
    wrong: int
    duplicates: int
    lines: list[TaskScanExpected]
    next: int | None = Field(description="Where the next page of lines begins.")
    policies: dict[str, Says]
    manual: Literal["allow", "right", "forbid"]
    continuous: bool
    photo: str = Field(description="The field of the record that must hold a picture.")
    boxes: str
    ask: bool
    free: bool = Field(description="Whether nothing in particular is expected.")
    operation: str = Field(description="What is posted in the end.")
    overrides: list[TaskScanOverride]
    closed: bool


class TaskScanUndoBody(BaseModel):
    """The scan that is taken back."""

    model_config = _with({"seq": 13, "client_key": "0199-7c"})

    seq: Annotated[int, Field(ge=1, le=2**63 - 1)]
    client_key: ClientKey | None = None


class TaskScanOverrideBody(BaseModel):
    """What is let pass, and why; with ``seq`` that one scan, else everything of the kind from now on."""

    model_config = _with({"kind": "missing", "reason": "供应商少发 2 台，已通知补发", "client_key": "0199-7d"})

    kind: Kind
    reason: Annotated[str, Field(max_length=1_000)]
    seq: Annotated[int | None, Field(ge=1, le=2**63 - 1)] = None
    client_key: ClientKey | None = None


def state_body(view: StepView) -> dict[str, Any]:
    """Write how far a step is."""
    lines = [
        {
            "line": one.line, "title": one.title, "product": one.product, "product_name": one.product_name,
            "batch": one.batch, "item": one.item, "place": one.place, "expected": one.expected, "done": one.done,
        }
        for one in view.lines
    ]  # fmt: skip
    return {
        "expected": view.expected, "done": view.done, "missing": view.missing, "wrong": view.wrong,
        "duplicates": view.duplicates, "lines": lines, "next": view.next, "policies": dict(view.policies),
        "manual": view.manual, "continuous": view.continuous, "photo": view.photo, "boxes": view.boxes,
        "ask": view.ask, "free": view.free, "operation": view.operation, "closed": view.closed,
        "overrides": [{**one, "at": clock.to_text(one["at"])} for one in view.overrides],
    }  # fmt: skip


def line_body(view: LineView, lang: Language) -> dict[str, Any]:
    """Write a scan in the reader's language."""
    return {
        "seq": view.seq, "answer": view.answer, "raw": view.raw, **_told(view.problem, view.raw, lang),
        "item": view.item, "kind": view.kind, "product": view.product, "product_name": view.product_name,
        "batch": view.batch, "state": view.state, "place": view.place, "quantity": view.quantity, "box": view.box,
        "manual": view.manual, "at": clock.to_text(view.at), "by": view.by, "meant": list(view.meant),
    }  # fmt: skip


def said_body(view: Said, lang: Language) -> dict[str, Any]:
    """Write the answer to a scan."""
    raw = view.line.raw if view.line is not None else ""
    return {
        "answer": view.answer, **_told(view.problem, raw, lang), "stop": view.stop, "ask": view.ask,
        "done": view.done, "expected": view.expected, "missing": view.missing,
        "params": dict(view.problem.params) if view.problem else {},
        "line": None if view.line is None else line_body(view.line, lang),
    }  # fmt: skip


def _told(problem: Problem | None, raw: str, lang: Language) -> dict[str, str]:
    if problem is None:
        return {"code": "", "message": "", "advice": ""}
    params = {"item": raw, **problem.params}
    return {
        "code": problem.code, "message": texts.message(problem.code, lang, params),
        "advice": texts.advice(problem.code, lang, params) or "",
    }  # fmt: skip
