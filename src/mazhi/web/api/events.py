"""Events: what one was, and what its correction would take back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from mazhi.kernel import clock
from mazhi.kernel.events.service import Chain, Link
from mazhi.web import language, problems
from mazhi.web.api.operations import RefusedOut
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(prefix="/events", tags=["events"])

EventId = Annotated[int, Path(ge=1, le=2**63 - 1)]


class EventOut(BaseModel):
    """One event: what happened, when, by whom, to how many."""

    model_config = ConfigDict(
        populate_by_name=True,
        json_schema_extra={
            "examples": [
                {
                    "event": 1042,
                    "operation": "receive",
                    "occurred_at": "2026-11-21T08:00:00+08:00",
                    "recorded_at": "2026-11-21T08:00:02+08:00",
                    "actor": "wang",
                    "device": "PDA-03",
                    "document": "PO-1024",
                    "note": "",
                    "from": None,
                    "place": "WH1",
                    "partner": None,
                    "items": 20,
                    "quantities": 0,
                    "corrects": None,
                    "corrected_by": [],
                }
            ]
        },
    )

    event: int
    operation: str
    occurred_at: str
    recorded_at: str
    actor: str
    device: str
    document: str | None
    note: str
    from_: str | None = Field(alias="from")
    place: str | None
    partner: str | None
    items: int = Field(description="How many items it touched.")
    quantities: int = Field(description="How many quantity lines it moved.")
    corrects: int | None = Field(description="The event that this one takes back.")
    corrected_by: list[int] = Field(description="The events that took this one back, wholly or in part.")


class LinkOut(BaseModel):
    """One event that the correction takes back; ``more`` counts the items beyond those named."""

    event: int
    operation: str
    occurred_at: str
    recorded_at: str
    actor: str
    document: str | None
    items: list[str]
    more: int
    quantities: int

    @classmethod
    def of(cls, link: Link) -> LinkOut:
        """Build it from what the kernel knows."""
        return cls(
            event=link.event,
            operation=link.operation,
            occurred_at=clock.to_text(link.occurred_at),
            recorded_at=clock.to_text(link.recorded_at),
            actor=link.actor,
            document=link.document or None,
            items=list(link.codes),
            more=link.more,
            quantities=link.quantities,
        )


class ChainOut(BaseModel):
    """What a correction with its chain takes back in one transaction."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "event": 1042,
                    "possible": True,
                    "later": [
                        {
                            "event": 1100,
                            "operation": "ship",
                            "occurred_at": "2026-11-21T10:00:00+08:00",
                            "recorded_at": "2026-11-21T10:00:01+08:00",
                            "actor": "li",
                            "document": "SO-77",
                            "items": ["WM0001"],
                            "more": 0,
                            "quantities": 0,
                        }
                    ],
                    "itself": None,
                    "refused": [],
                }
            ]
        }
    )

    event: int
    possible: bool = Field(description="Whether the whole event can be taken back, with what came after it.")
    later: list[LinkOut] = Field(description="What stands in the way, newest first: taken back in this order.")
    itself: LinkOut | None = Field(description="The event itself, taken back last.")
    refused: list[RefusedOut]

    @classmethod
    def of(cls, chain: Chain, lang: Any) -> ChainOut:
        """Build it from what the kernel knows."""
        links = [LinkOut.of(link) for link in chain.links]
        return cls(
            event=chain.event,
            possible=chain.possible,
            later=[link for link in links if link.event != chain.event],
            itself=next((link for link in links if link.event == chain.event), None),
            refused=[RefusedOut.model_validate(problems.entry(problem, lang)) for problem in chain.refused],
        )


@router.get("/{event}", summary="One event")
def one(event: EventId, system: SystemDep, actor: ActorDep) -> EventOut:
    """Describe one event of the ledger."""
    found = system.events.get(actor, event)
    for name in ("occurred_at", "recorded_at"):
        found[name] = clock.to_text(found[name])
    return EventOut.model_validate(found)


@router.get("/{event}/later", summary="What a correction would take back")
def later(event: EventId, request: Request, system: SystemDep, actor: ActorDep) -> ChainOut:
    """Show the chain that POST /operations/correct with chain true would reverse, and change nothing."""
    chain = system.events.later(actor, event)
    return ChainOut.of(chain, language.choose(request.headers.get("accept-language", "")))
