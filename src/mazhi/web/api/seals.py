"""The ledger's seals: how much is sealed, the checkpoints, verification, the stand-alone verifier, personal data."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as InPath
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from mazhi.kernel.texts import Language
from mazhi.web.api.item_proof import VERIFIER, CheckpointOut, FaultOut, spoken_by, told
from mazhi.web.api.items import JobStarted
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["ledger"])


class KeyOut(BaseModel):
    """A public key that checkpoints are signed with."""

    key: str
    fingerprint: str = Field(examples=["3A7F 90C2 11D4 0B6E 52AA 8E01 77C9 D3F5"])
    since: str


class VerificationOut(BaseModel):
    """The last verification of the whole ledger."""

    at: str
    actor: str
    job: str
    rows: int
    blocks: int
    head: str | None
    count: int = Field(description="How many faults it found.")
    faults: list[FaultOut]


class PublishedOut(BaseModel):
    """One place outside that checkpoints are sent to."""

    channel: Literal["folder", "mail", "stamp"]
    to: str = Field(examples=["/mnt/audit/checkpoints"])
    number: int | None = Field(description="The checkpoint that was sent last.")
    at: str | None
    failed_at: str | None = Field(description="Since when sending fails; it is tried again.")
    trouble: str | None


class SealsOut(BaseModel):
    """How much of the ledger is sealed."""

    blocks: int
    rows: int = Field(description="Sealed rows: events, history, stock moves, identifiers, edges.")
    waiting: int = Field(description="Events that are not sealed yet.")
    late: bool = Field(description="Some have waited for more than a minute: nobody seals.")
    head: CheckpointOut | None
    keys: list[KeyOut]
    last_verification: VerificationOut | None
    published: list[PublishedOut] = Field(description="Places outside; none where no one is configured.")


class CheckpointPage(BaseModel):
    """Some checkpoints, in order; ``next`` goes into ``after``."""

    checkpoints: list[CheckpointOut]
    next: int | None


@router.get("/ledger/seals", summary="State of the seals")
def seals(request: Request, system: SystemDep, actor: ActorDep) -> SealsOut:
    """Tell how much is sealed, how much waits, the public keys, and what the last verification said."""
    found = system.seals.overview(actor)
    last = found["last_verification"]
    if last is not None:
        last = {**last, "faults": told(last["faults"], spoken_by(request))}
    return SealsOut.model_validate({**found, "last_verification": last})


@router.get("/ledger/checkpoints", summary="List checkpoints")
def checkpoints(
    system: SystemDep,
    actor: ActorDep,
    after: Annotated[int, Query(ge=0, le=2**63 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> CheckpointPage:
    """List the signed checkpoints, oldest first. Whoever keeps one elsewhere can hold the ledger to it."""
    found, more = system.seals.checkpoints(actor, after, limit)
    return CheckpointPage(checkpoints=[CheckpointOut(**one.told()) for one in found], next=more)


@router.post("/ledger/verifications", status_code=202, summary="Verify the whole ledger")
def verify(system: SystemDep, actor: ActorDep) -> JobStarted:
    """Compare the whole ledger with its seals; the job's result holds ``count`` and the first 1,000 ``faults``."""
    return JobStarted(job=system.seals.start_verification(actor))


@router.get("/ledger/verifier", summary="The stand-alone verifier", response_class=FileResponse)
def verifier(actor: ActorDep) -> FileResponse:
    """Fetch ``verify_proof.py``, which checks a proof with nothing but Python."""
    del actor
    return FileResponse(VERIFIER, media_type="text/x-python", filename="verify_proof.py")


@router.delete("/events/{event}/personal", status_code=204, summary="Erase personal data")
def erase(
    event: Annotated[int, InPath(ge=1, le=2**63 - 1, examples=[17])], system: SystemDep, actor: ActorDep
) -> Response:
    """Erase the personal data of an event for good. Its salted hash stays, and with it every proof."""
    system.personal.erase(actor, event)
    return Response(status_code=204)


def spoken(result: dict[str, Any], lang: Language) -> dict[str, Any]:
    """Write a verification's result in the reader's language."""
    return {**result, "faults": [one.model_dump() for one in told(result["faults"], lang)]}
