"""Delegations: who stands in for whom during an absence."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from mazhi.engines.flows.people.model import Delegation
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.web.api.tasks import Before
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import Limit
from mazhi.web.task_shapes import DelegationOut, DelegationPage, NewDelegation, TaskPerson

router = APIRouter(tags=["tasks"])

DelegationId = Annotated[int, Path(ge=1, le=2**63 - 1, description="The delegation's number.")]


@router.get("/delegations", summary="Who stands in for whom")
def delegations(
    system: SystemDep,
    actor: ActorDep,
    everybody: Annotated[bool, Query(description="Everybody's; for who manages flows.")] = False,
    after: Before = None,
    limit: Limit = 100,
) -> DelegationPage:
    """List the delegations that one gave or was given and that are not over, the newest first."""
    found, more = system.delegations.page(actor, everybody=everybody, after=after, limit=limit)
    return DelegationPage(delegations=[_out(one, actor) for one in found], next=more)


@router.post("/delegations", summary="Let somebody stand in", status_code=201)
def add_delegation(system: SystemDep, actor: ActorDep, body: NewDelegation) -> DelegationOut:
    """Let somebody do one's work for a while; who manages flows can do it for others."""
    made = system.delegations.add(
        actor, body.to, clock.to_micros(body.starts_at), clock.to_micros(body.ends_at), apps=body.apps,
        owner=body.owner or "",
    )  # fmt: skip
    return _out(made, actor)


@router.delete("/delegations/{delegation}", summary="End a delegation", status_code=204)
def end_delegation(system: SystemDep, actor: ActorDep, delegation: DelegationId) -> None:
    """End a delegation now; work that came meanwhile stays where it is."""
    system.delegations.end(actor, delegation)


def _out(one: Delegation, actor: Actor) -> DelegationOut:
    return DelegationOut(
        id=one.id, owner=TaskPerson(code=one.from_user, name=one.from_name or one.from_user),
        to=TaskPerson(code=one.to_user, name=one.to_name or one.to_user),
        starts_at=clock.to_datetime(one.starts_at), ends_at=clock.to_datetime(one.ends_at), apps=list(one.apps),
        created_by=one.created_by, own=one.from_id == actor.user_id or actor.may("flows.manage"),
    )  # fmt: skip
