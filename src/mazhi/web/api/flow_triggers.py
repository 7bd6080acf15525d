"""What starts flows: buttons, scans at stations, and secret addresses for other systems."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Request

from mazhi.kernel.errors import Problem, TooLargeError, invalid
from mazhi.kernel.texts import advice, message
from mazhi.web import language
from mazhi.web.api.flows import FlowCode
from mazhi.web.api.forms import App, FormCode
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.flow_shapes import FlowProblem
from mazhi.web.flow_trigger_shapes import (
    FlowButton,
    FlowButtons,
    FlowHook,
    FlowHookTaken,
    FlowPress,
    FlowPressed,
    FlowPressedOne,
    FlowScan,
    FlowScanned,
    FlowScans,
    FlowStation,
    FlowStations,
)
from mazhi.web.rate import Rate

router = APIRouter(tags=["flows"])

Key = Annotated[str, Path(max_length=64, description="What the drawing calls the trigger.")]
Token = Annotated[str, Path(max_length=100, description="The secret of the address.")]
LARGEST = 1 << 20
hook_rate = Rate(a_second=5, at_once=50)
"""For each address that is known and each machine that asks for others."""
MOST = 100


async def _sent(request: Request) -> bytes:
    """Read the body, but no further than it may be large."""
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > LARGEST:
            raise TooLargeError("flow_hook_too_large", most=LARGEST // 1024)
    return bytes(found)


def _problems(request: Request, problems: Iterable[Problem]) -> list[FlowProblem]:
    lang = language.choose(request.headers.get("accept-language", ""))
    return [
        FlowProblem(
            code=one.code, message=message(one.code, lang, one.params), advice=advice(one.code, lang, one.params)
        )
        for one in problems
    ]  # fmt: skip


@router.get("/apps/{app}/forms/{form}/flow-buttons", summary="Buttons that start flows")
def flow_buttons(
    system: SystemDep, actor: ActorDep, app: App, form: FormCode,
    records: Annotated[
        str, Query(max_length=2_000, description="Numbers of records, with commas between.", examples=["7,8"])
    ],
) -> FlowButtons:  # fmt: skip
    """Return the buttons that the reader has on some records, each with the records on which it can be pressed."""
    parts = [one for one in records.split(",") if one]
    if not parts or len(parts) > MOST or not all(one.isascii() and one.isdecimal() and len(one) < 19 for one in parts):
        raise invalid("/records", "flow_bad_records", limit=MOST)
    found = system.triggers.buttons.on(actor, app, form, [int(one) for one in parts])
    return FlowButtons(
        buttons=[
            FlowButton(
                flow=one.flow, name=one.name, key=one.key, title=one.title, confirm=one.confirm, in_list=one.list,
                records=list(one.records),
            )
            for one in found
        ]
    )  # fmt: skip


@router.post("/apps/{app}/flows/{flow}/buttons/{key}", summary="Press a button that starts a flow")
def press_flow_button(
    request: Request, system: SystemDep, actor: ActorDep, app: App, flow: FlowCode, key: Key, body: FlowPress
) -> FlowPressed:
    """Start a flow on records, each for itself; the same client key again starts nothing."""
    found = system.triggers.buttons.press(
        actor, app, flow, key, body.records, client_key=body.client_key, chosen=body.chosen
    )
    return FlowPressed(
        results=[
            FlowPressedOne(record=one.record, id=one.instance, problems=_problems(request, one.problems))
            for one in found
        ]
    )


@router.post("/apps/{app}/flows/{flow}/hooks/{key}/token", summary="New address of a webhook", status_code=201)
def renew_flow_hook(system: SystemDep, actor: ActorDep, app: App, flow: FlowCode, key: Key) -> FlowHook:
    """Give a webhook a new secret address; it is told this once, and the one before is void."""
    token = system.triggers.hooks.renew(actor, app, flow, key)
    return FlowHook(path=f"/api/v1/hooks/{token}")


@router.post("/hooks/{token}", summary="Send something to a flow")
def take_flow_hook(
    system: SystemDep, token: Token, body: Annotated[bytes, Depends(_sent)],
    signature: Annotated[str, Header(alias="X-Mazhi-Signature", max_length=200)] = "",
    key: Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)] = None,
) -> FlowHookTaken:  # fmt: skip
    """Take JSON from another system. Nobody need be signed in: the address is the secret, a signature may be asked for.

    The same `Idempotency-Key` again changes nothing.
    """
    hook_rate.ask(token)
    taken = system.triggers.hooks.take(token, body, signature=signature, client_key=key)
    return FlowHookTaken(record=taken.record, id=taken.instance)


@router.get("/flow-stations", summary="What is started by scanning")
def flow_stations(system: SystemDep, actor: ActorDep) -> FlowStations:
    """Return the flows that the reader can start by scanning, and at which stations."""
    return FlowStations(
        flows=[
            FlowStation(app=one.app, flow=one.flow, name=one.name, stations=list(one.stations))
            for one in system.triggers.stations.offered(actor)
        ]
    )


@router.post("/flow-scans", summary="Scan at a station")
def scan_at_station(request: Request, system: SystemDep, actor: ActorDep, body: FlowScan) -> FlowScans:
    """Start every flow that starts with this code at this station; 409 where none does."""
    found = system.triggers.stations.scan(
        actor, body.raw, symbology=body.symbology, station=body.station, client_key=body.client_key
    )
    return FlowScans(
        results=[
            FlowScanned(
                app=one.app, flow=one.flow, name=one.name, title=one.title, form=one.form, record=one.record,
                made=one.made, id=one.instance, running=one.running,
                task=system.work_list.next_task(actor, one.instance or one.running or 0),
                problems=_problems(request, one.problems),
            )
            for one in found
        ]
    )  # fmt: skip
