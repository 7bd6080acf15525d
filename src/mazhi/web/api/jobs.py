"""Jobs: what runs in the background, how far it is, and what came of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from mazhi.engines.forms.exchange.importing import JOB as RECORDS_JOB
from mazhi.kernel import clock
from mazhi.kernel.importing.service import JOB as IMPORT_JOB
from mazhi.kernel.jobs.model import Job
from mazhi.kernel.sealing.service import JOB as VERIFY_JOB
from mazhi.kernel.texts import Language
from mazhi.web import language, problems
from mazhi.web.api import seals
from mazhi.web.api.import_items import spoken
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(prefix="/jobs", tags=["jobs"])

State = Literal["queued", "running", "done", "failed"]
JobId = Annotated[str, Path(max_length=64, examples=["0199aa00-1111-7abc-8def-001122334455"])]


class ErrorOut(BaseModel):
    """One problem of a job."""

    pointer: str | None
    item: str | None
    code: str
    message: str
    advice: str


class JobFileOut(BaseModel):
    """The file that a job left; fetch it at ``GET /jobs/{job}/file``."""

    name: str
    size: int


class JobOut(BaseModel):
    """A job. ``total`` is null where it is not known beforehand; a cancelled job is failed with job_cancelled."""

    id: str
    kind: str = Field(examples=["make"])
    state: State
    done: int
    total: int | None
    result: dict[str, Any] | None
    errors: list[ErrorOut]
    created_by: str
    created_at: str
    started_at: str | None
    finished_at: str | None
    cancelling: bool
    file: JobFileOut | None


class JobPage(BaseModel):
    """One page of jobs, newest first; ``next`` goes into ``after``."""

    jobs: list[JobOut]
    next: str | None


@router.get("", summary="List jobs")
def page(
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    *,
    state: State | None = None,
    kind: Annotated[str | None, Query(max_length=64)] = None,
    mine: bool = False,
    after: Annotated[str | None, Query(max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> JobPage:
    """List one's own jobs, newest first; with the right jobs.view everybody's. Results are left out here."""
    found, more = system.jobs.page(actor, state=state, kind=kind, mine=mine, after=after, limit=limit)
    lang = _language(request)
    return JobPage(jobs=[_out(system, job, lang, whole=False) for job in found], next=more)


@router.get("/{job}", summary="One job")
def one(job: JobId, request: Request, system: SystemDep, actor: ActorDep) -> JobOut:
    """Tell how far a job is, and in the end what came of it."""
    return _out(system, system.jobs.get(actor, job), _language(request), whole=True)


@router.post("/{job}:cancel", summary="Cancel a job")
def cancel(job: JobId, request: Request, system: SystemDep, actor: ActorDep) -> JobOut:
    """Stop a job: at once if it waits, else at its next step. What it has done until then stays."""
    return _out(system, system.jobs.cancel(actor, job), _language(request), whole=True)


@router.get("/{job}/file", summary="Fetch a job's file", response_class=FileResponse)
def file(job: JobId, system: SystemDep, actor: ActorDep) -> FileResponse:
    """Fetch the file that a job left; it is kept for seven days."""
    stored = system.jobs.file(actor, job)
    return FileResponse(system.jobs.files.path(stored), media_type=stored.media_type, filename=stored.name)


def _language(request: Request) -> Language:
    return language.choose(request.headers.get("accept-language", ""))


def _out(system: SystemDep, job: Job, lang: Language, *, whole: bool) -> JobOut:
    result = job.result if whole else None
    if result is not None and job.kind in {IMPORT_JOB, RECORDS_JOB}:
        result = spoken(result, lang)
    if result is not None and job.kind == VERIFY_JOB:
        result = seals.spoken(result, lang)
    return JobOut(
        id=job.id,
        kind=job.kind,
        state=job.state,
        done=job.done,
        total=job.total,
        result=result,
        errors=[ErrorOut(**problems.entry(problem, lang)) for problem in job.errors],
        created_by=job.actor.name,
        created_at=clock.to_text(job.created_at),
        started_at=None if job.started_at is None else clock.to_text(job.started_at),
        finished_at=None if job.finished_at is None else clock.to_text(job.finished_at),
        cancelling=job.cancelling and job.state == "running",
        file=_file(system, job),
    )


def _file(system: SystemDep, job: Job) -> JobFileOut | None:
    if job.file is None or job.result is None:
        return None
    path = system.jobs.files.folder / job.file
    return JobFileOut(name=str(job.result.get("file", "")), size=path.stat().st_size) if path.is_file() else None
