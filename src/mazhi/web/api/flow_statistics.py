"""How flows go: what waits where, how long it takes, what began and ended."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from mazhi.engines.flows.statistics.service import LONGEST
from mazhi.kernel import clock
from mazhi.web.api.flows import FlowCode
from mazhi.web.api.forms import App
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.flow_trigger_shapes import FlowDay, FlowFigures, FlowNodeFigures, FlowVersionFigures

router = APIRouter(tags=["flows"])

Days = Annotated[int, Query(ge=1, le=LONGEST, description="So many days back, today included.")]


def _seconds(micros: int | None) -> float | None:
    return None if micros is None else micros / clock.MICROS_PER_SECOND


@router.get("/apps/{app}/flows/{flow}/statistics", summary="How a flow goes")
def flow_statistics(system: SystemDep, actor: ActorDep, app: App, flow: FlowCode, days: Days = 30) -> FlowFigures:
    """Return for each node what passed, what waits and how long it takes; and what began and ended on each day."""
    found = system.flow_statistics.of(actor, app, flow, days=days)
    return FlowFigures(
        since=clock.to_text(found.since),
        nodes=[
            FlowNodeFigures(
                node=one.node, title=one.title, kind=one.kind, passed=one.passed, median=_seconds(one.median),
                ninetieth=_seconds(one.ninetieth), waiting=one.waiting, late=one.late, failed=one.failed,
                oldest_at=None if one.oldest is None else clock.to_text(one.oldest),
            )
            for one in found.nodes
        ],
        versions=[
            FlowVersionFigures(version=number, state=state, count=count) for number, state, count in found.versions
        ],
        days=[FlowDay(day=one.day.isoformat(), started=one.started, ended=one.ended) for one in found.days],
    )  # fmt: skip
