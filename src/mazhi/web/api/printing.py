"""Printing: jobs, what became of each label, and the print log."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mazhi.engines.labels.printing.log import LogQuestion
from mazhi.engines.labels.printing.model import MOST_COPIES, PrintJob, PrintRequest
from mazhi.kernel import clock
from mazhi.web import language, problems
from mazhi.web.api.jobs import ErrorOut
from mazhi.web.api.operations import Code, ItemNamed
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import CodeInPath, Limit, Named
from mazhi.web.print_shapes import LabelState, PrintedLabelPage, PrintStarted, TroubleOut, at, label_out, trouble_out

router = APIRouter(tags=["printing"])

JobId = Annotated[str, Path(max_length=64, examples=["0199aa00-1111-7abc-8def-001122334455"])]
State = Literal["queued", "running", "paused", "doubtful", "ready", "done", "cancelled", "failed"]
Outcome = Literal["printed", "again"]
Reason = Annotated[str, StringConstraints(max_length=500, pattern="^[^\\x00]*$")]
Text = Annotated[str, StringConstraints(max_length=200, pattern="^[^\\x00]*$")]
After = Annotated[str | None, Query(max_length=64, description="The `next` of the page before.")]


class PrintBody(BaseModel):
    """What is to be printed: items, or records of a form."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"printer": "ZT-1", "items": ["SN001", "SN002"], "client_key": "5b0e6b7e-6f0a-4c0e-9a53-1f6f6f3a2b10"},
                {"printer": "ZT-1", "items": ["SN001"], "copies": 2, "reason": "标签污损"},
            ]
        },
    )

    printer: Code
    items: list[Code | ItemNamed] = Field(default_factory=list, max_length=100_000)
    records: list[dict[str, Any]] = Field(default_factory=list, max_length=100_000)
    copies: Annotated[int, Field(ge=1, le=MOST_COPIES)] = 1
    reason: Reason = Field(default="", description="Why labels are printed again (补打).")
    start: Annotated[int, Field(ge=1, le=1000)] = Field(default=1, description="On sheets: the first free place.")
    document: Text = Field(default="", description="What it is printed for.")
    client_key: Code | None = None

    def request(self, label: str) -> PrintRequest:
        """Return it in the engine's words."""
        return PrintRequest(
            label=label, printer=self.printer,
            items=[(one, None) if isinstance(one, str) else (one.identifier, one.namespace) for one in self.items],
            records=self.records, copies=self.copies, reason=self.reason, client_key=self.client_key,
            start=self.start, document=self.document,
        )  # fmt: skip


class ConfirmationOut(BaseModel):
    """What came of scanning a label back."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "answer": "wrong", "expected": "SN001", "read": "SN002", "raw": "SN002", "by": "zhang",
                    "at": "2026-11-22T03:04:05Z",
                }
            ]
        }
    )  # fmt: skip

    answer: Literal["right", "wrong"]
    expected: str = Field(description="What stands on the job's first label.")
    read: str = Field(description="What the scan leads to.")
    raw: str
    at: str
    by: str


class PrintFileOut(BaseModel):
    """The file that a person prints; fetch it at ``GET /print-jobs/{id}/file``."""

    name: str
    size: int


class PrintJobOut(BaseModel):
    """A print job and how far it is."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "0199aa00-1111-7abc-8def-001122334455", "kind": "labels", "label": "PLATE", "version": 2,
                    "printer": "ZT-1", "state": "running", "wish": "", "total": 10000, "printed": 4210, "doubtful": 0,
                    "counts": {"printed": 4210, "sent": 100, "queued": 5690}, "copies": 1, "reason": "",
                    "document": "", "trouble": None, "errors": [], "confirmed": None, "file": None,
                    "created_by": "zhang", "created_at": "2026-11-22T03:04:05Z",
                    "started_at": "2026-11-22T03:04:06Z", "finished_at": None,
                }
            ]
        }
    )  # fmt: skip

    id: str
    kind: Literal["labels", "test"]
    label: str
    version: int
    printer: str
    state: State
    wish: Literal["", "pause", "cancel"] = Field(
        description="What was asked and comes true when the labels under way are settled."
    )
    total: int
    printed: int
    doubtful: int
    counts: dict[LabelState, int] | None = Field(description="Labels by state; null in lists.")
    copies: int
    reason: str
    document: str
    trouble: TroubleOut | None
    errors: list[ErrorOut]
    confirmed: ConfirmationOut | None
    file: PrintFileOut | None
    created_by: str
    created_at: str
    started_at: str | None
    finished_at: str | None


class PrintJobPage(BaseModel):
    """One page of print jobs, newest first; ``next`` goes into ``after``."""

    jobs: list[PrintJobOut]
    next: str | None


class OutcomeBody(BaseModel):
    """What was found of one doubtful label."""

    model_config = ConfigDict(extra="forbid")

    n: Annotated[int, Field(ge=1, le=2**31 - 1)]
    outcome: Outcome


class ResolveBody(BaseModel):
    """What was found of doubtful labels; ``rest`` holds for those that are not named (null: they stay in doubt)."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"labels": [{"n": 41, "outcome": "printed"}], "rest": "again"}]},
    )

    labels: list[OutcomeBody] = Field(default_factory=list, max_length=10_000)
    rest: Outcome | None = None


class ConfirmBody(BaseModel):
    """A scan of the job's first label."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"raw": "SN001"}]})

    raw: Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern="^[^\\x00]*$")]


class LabelNamed(BaseModel):
    """A label by its job and its number in it."""

    model_config = ConfigDict(extra="forbid")

    job: Annotated[str, StringConstraints(max_length=64, pattern="^[^\\x00]*$")]
    n: Annotated[int, Field(ge=1, le=2**31 - 1)]


class VoidBody(BaseModel):
    """Labels that are void from now on."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"labels": [{"job": "0199aa00-1111-7abc-8def-001122334455", "n": 3}], "reason": "贴歪后销毁"}]
        },
    )

    labels: list[LabelNamed] = Field(min_length=1, max_length=10_000)
    reason: Reason


class VoidedOut(BaseModel):
    """How many labels were declared void."""

    voided: int


@router.post("/labels/{code:path}:print", status_code=202, summary="Print labels")
def print_labels(code: CodeInPath, body: PrintBody, system: SystemDep, actor: ActorDep) -> PrintStarted:
    """Order labels for items or records. Everything is checked first: template, data, codes, every item.

    409 label_printed_before names the items that have such a label already; give a reason to print it again.
    """
    return PrintStarted(job=system.printing.print(actor, body.request(code)))


@router.get("/print-jobs", summary="List print jobs")
def page(
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    *,
    state: Annotated[list[State] | None, Query(max_length=8)] = None,
    printer: Named = None,
    label: Named = None,
    mine: bool = False,
    after: After = None,
    limit: Limit = 100,
) -> PrintJobPage:
    """List print jobs, newest first."""
    found, more = system.printing.page(
        actor, states=state, printer=printer, label=label, mine=mine, after=after, limit=limit
    )
    codes = system.printers.codes({job.printer_id for job in found})
    return PrintJobPage(jobs=[_out(system, request, job, codes[job.printer_id]) for job in found], next=more)


@router.get("/print-jobs/{id}", summary="One print job")
def one(id: JobId, request: Request, system: SystemDep, actor: ActorDep) -> PrintJobOut:
    """Tell how far a print job is, what keeps it from going on, and its labels counted by state."""
    return _whole(system, request, actor, id)


@router.get("/print-jobs/{id}/labels", summary="Labels of a print job")
def labels(
    id: JobId,
    system: SystemDep,
    actor: ActorDep,
    state: LabelState | None = None,
    after: After = None,
    limit: Limit = 100,
) -> PrintedLabelPage:
    """List the labels of a job in their order."""
    system.printing.get(actor, id)
    found, more = system.print_log.page(actor, LogQuestion(job=id, state=state), after=after, limit=limit)
    return PrintedLabelPage(labels=[label_out(entry) for entry in found], next=more)


@router.get("/print-jobs/{id}/file", summary="Fetch a print job's file", response_class=FileResponse)
def file(id: JobId, system: SystemDep, actor: ActorDep) -> FileResponse:
    """Fetch the PDF of a job for the browser; with that its labels count as printed. It is kept for seven days."""
    stored = system.printing.file(actor, id)
    return FileResponse(
        system.jobs.files.path(stored),
        media_type=stored.media_type,
        filename=stored.name,
        content_disposition_type="inline",
    )


@router.post("/print-jobs/{id}:pause", summary="Pause a print job")
def pause(id: JobId, request: Request, system: SystemDep, actor: ActorDep) -> PrintJobOut:
    """Stop a job; the labels under way are finished first."""
    system.printing.pause(actor, id)
    return _whole(system, request, actor, id)


@router.post("/print-jobs/{id}:resume", summary="Go on with a print job")
def resume(id: JobId, request: Request, system: SystemDep, actor: ActorDep) -> PrintJobOut:
    """Go on with a paused job."""
    system.printing.resume(actor, id)
    return _whole(system, request, actor, id)


@router.post("/print-jobs/{id}:cancel", summary="Cancel a print job")
def cancel(id: JobId, request: Request, system: SystemDep, actor: ActorDep) -> PrintJobOut:
    """End a job. What the printer holds is called back where it can; what came out stays in the log."""
    system.printing.cancel(actor, id)
    return _whole(system, request, actor, id)


@router.post("/print-jobs/{id}:resolve", summary="Settle doubtful labels")
def resolve(
    id: JobId,
    body: ResolveBody,
    request: Request,
    system: SystemDep,
    actor: ActorDep,
) -> PrintJobOut:
    """Say which doubtful labels came out, and which are to be printed again; when none is left, the job goes on."""
    system.printing.resolve(actor, id, {one.n: one.outcome for one in body.labels}, body.rest)
    return _whole(system, request, actor, id)


@router.post("/print-jobs/{id}:confirm", summary="Scan the first label back")
def confirm(id: JobId, body: ConfirmBody, system: SystemDep, actor: ActorDep) -> ConfirmationOut:
    """Compare a scan with the job's first label: right, or wrong and what was expected. The answer is kept."""
    return ConfirmationOut.model_validate(_confirmation(system.printing.confirm(actor, id, body.raw)))


@router.get("/print-log", summary="The print log")
def log(
    system: SystemDep,
    actor: ActorDep,
    *,
    item: Annotated[str | None, Query(max_length=200, description="Any identifier of an item.")] = None,
    namespace: Annotated[str | None, Query(max_length=200)] = None,
    label: Named = None,
    printer: Named = None,
    user: Named = None,
    state: LabelState | None = None,
    reprint: bool | None = None,
    since: Annotated[datetime | None, Query(alias="from")] = None,
    until: Annotated[datetime | None, Query(alias="to")] = None,
    after: After = None,
    limit: Limit = 100,
) -> PrintedLabelPage:
    """List every label that was ever ordered: who, what, when, where, why again; newest job first."""
    asked = LogQuestion(
        item=item, namespace=namespace, label=label, printer=printer, user=user, state=state, reprint=reprint,
        since=None if since is None else clock.to_micros(since),
        until=None if until is None else clock.to_micros(until),
    )  # fmt: skip
    found, more = system.print_log.page(actor, asked, after=after, limit=limit)
    return PrintedLabelPage(labels=[label_out(entry) for entry in found], next=more)


@router.post("/print-log:void", summary="Declare labels void")
def void(body: VoidBody, system: SystemDep, actor: ActorDep) -> VoidedOut:
    """Declare printed labels void (作废): spoiled, or destroyed. All or none; the log keeps them."""
    return VoidedOut(voided=system.print_log.void(actor, [(one.job, one.n) for one in body.labels], body.reason))


def _whole(system: SystemDep, request: Request, actor: ActorDep, job_id: str) -> PrintJobOut:
    job, counts = system.printing.get(actor, job_id)
    codes = system.printers.codes({job.printer_id})
    return _out(system, request, job, codes[job.printer_id]).model_copy(update={"counts": counts})


def _out(system: SystemDep, request: Request, job: PrintJob, printer: str) -> PrintJobOut:
    lang = language.choose(request.headers.get("accept-language", ""))
    trouble = None
    if job.trouble is not None and job.trouble_at is not None:
        trouble = trouble_out(request, job.trouble, job.trouble_at)
    confirmed = None if job.confirmed is None else ConfirmationOut.model_validate(_confirmation(job.confirmed))
    return PrintJobOut(
        id=job.id, kind=job.kind, label=job.label, version=job.version, printer=printer, state=job.state,
        wish=job.wish, total=job.total, printed=job.printed, doubtful=job.doubtful, counts=None,
        copies=job.copies, reason=job.reason, document=job.document, trouble=trouble,
        errors=[ErrorOut(**problems.entry(one, lang)) for one in job.errors], confirmed=confirmed,
        file=_file(system, job), created_by=job.created_by, created_at=clock.to_text(job.created_at),
        started_at=at(job.started_at), finished_at=at(job.finished_at),
    )  # fmt: skip


def _confirmation(found: Any) -> dict[str, object]:
    return {
        "answer": "right" if found.right else "wrong", "expected": found.expected, "read": found.read,
        "raw": found.raw, "at": clock.to_text(found.at), "by": found.by,
    }  # fmt: skip


def _file(system: SystemDep, job: PrintJob) -> PrintFileOut | None:
    if job.file is None:
        return None
    path = system.jobs.files.folder / job.file
    return PrintFileOut(name=f"{job.label}.pdf", size=path.stat().st_size) if path.is_file() else None
