"""What the answers about printing share."""

from __future__ import annotations

from typing import Literal

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from mazhi.engines.labels.printing.model import LogEntry
from mazhi.kernel import clock
from mazhi.kernel.errors import Problem
from mazhi.web import language, problems

LabelState = Literal["queued", "sent", "printed", "doubtful", "spoiled", "cancelled"]


class PrintStarted(BaseModel):
    """The print job that does it; see ``GET /print-jobs/{id}``."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"job": "0199aa00-1111-7abc-8def-001122334455"}]})

    job: str


class TroubleOut(BaseModel):
    """What keeps a printer or a job from going on, in words; it goes on by itself when that is gone."""

    code: str = Field(examples=["paper_out"])
    message: str
    advice: str
    at: str


class ReplacedOut(BaseModel):
    """The label that took this one's place."""

    job: str
    n: int


class PrintedLabel(BaseModel):
    """One label of the print log."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "job": "0199aa00-1111-7abc-8def-001122334455", "n": 1, "item": "SN001", "code": "SN001",
                    "record": "", "copy": 1, "label": "PLATE", "version": 2, "printer": "ZT-1", "state": "printed",
                    "reprint": True, "reason": "标签污损", "user": "zhang", "created_at": "2026-11-22T03:04:05Z",
                    "sent_at": "2026-11-22T03:04:06Z", "printed_at": "2026-11-22T03:04:07Z", "void_reason": "",
                    "void_by": "", "void_at": None, "replaced_by": None,
                }
            ]
        }
    )  # fmt: skip

    job: str
    n: int = Field(description="Its number within the job.")
    item: str | None = Field(description="The item's present code; null where it is of no item.")
    code: str = Field(description="The code that stands on it.")
    record: str
    copy_: int = Field(alias="copy")
    label: str
    version: int
    printer: str
    state: LabelState
    reprint: bool = Field(description="The item had such a label before (补打).")
    reason: str
    user: str
    created_at: str
    sent_at: str | None
    printed_at: str | None
    void_reason: str = Field(description="Why it is void (作废); `relabelled`: the item has a new code.")
    void_by: str
    void_at: str | None
    replaced_by: ReplacedOut | None


class PrintedLabelPage(BaseModel):
    """One page of labels; ``next`` goes into ``after``."""

    labels: list[PrintedLabel]
    next: str | None


class ItemLabels(PrintedLabelPage):
    """One page of an item's labels, and how many it ever had; cancelled ones do not count."""

    count: int


def label_out(entry: LogEntry) -> PrintedLabel:
    """Show one label."""
    replaced = entry.replaced_by
    return PrintedLabel(
        job=entry.job, n=entry.n, item=entry.item, code=entry.code, record=entry.record, copy=entry.copy,
        label=entry.label, version=entry.version, printer=entry.printer, state=entry.state, reprint=entry.reprint,
        reason=entry.reason, user=entry.user, created_at=clock.to_text(entry.created_at), sent_at=at(entry.sent_at),
        printed_at=at(entry.printed_at), void_reason=entry.void_reason, void_by=entry.void_by,
        void_at=at(entry.void_at),
        replaced_by=None if replaced is None else ReplacedOut(job=replaced[0], n=replaced[1]),
    )  # fmt: skip


def at(micros: int | None) -> str | None:
    """Show a moment, where there is one."""
    return None if micros is None else clock.to_text(micros)


def trouble_out(request: Request, problem: Problem, micros: int) -> TroubleOut:
    """Say a trouble in the reader's language."""
    entry = problems.entry(problem, language.choose(request.headers.get("accept-language", "")))
    return TroubleOut(
        code=problem.code, message=str(entry["message"]), advice=str(entry["advice"]), at=clock.to_text(micros)
    )
