"""Printers: where they are, how they are reached, how they are."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mazhi.engines.labels.printers.driver import Driver, Option, PrinterError
from mazhi.engines.labels.printers.model import Printer, drivers
from mazhi.kernel import clock
from mazhi.kernel.errors import Problem
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import After, Code, IfMatch, Limit, Named, Search, based_on, locate, tag
from mazhi.web.print_shapes import PrintStarted, TroubleOut, trouble_out

router = APIRouter(tags=["printers"])

Language = Literal["zpl", "tspl", "pdf", "png"]
Resolution = Literal[203, 300, 600]
Line = Annotated[str, StringConstraints(max_length=200, pattern="^[^\\x00]*$")]
_EXAMPLE: dict[str, Any] = {
    "code": "ZT-1",
    "name": "一号线标签机",
    "driver": "tcp",
    "language": "zpl",
    "dpi": 203,
    "options": {"host": "192.0.2.20", "port": 9100},
    "place": "WH1",
    "station": "包装工位 1",
    "media": {"darkness": 8},
}


class PrinterBody(BaseModel):
    """What a user may set of a printer; the drivers and their options are at ``GET /printers:drivers``."""

    model_config = ConfigDict(extra="forbid")

    name: Line
    driver: Named = None
    language: Language
    dpi: Resolution = 203
    options: dict[str, Any] = Field(default_factory=dict, description="As the driver declares them.")
    place: Code | None = None
    station: Line = ""
    media: dict[str, Any] = Field(
        default_factory=dict,
        description="What the printer says instead of the template: darkness 0–15, speed 1–14 (inches a second), "
        "sensing gap|mark|keep, graphics z64|digits.",
    )
    window: int = Field(
        default=0,
        description="Labels sent at once, 0: as the driver thinks right. Of a printer that has no counter so many "
        "are in doubt when the line breaks.",
    )


class NewPrinter(PrinterBody):
    """A printer to be added."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    code: Code
    driver: Code


class PrinterChange(PrinterBody):
    """A printer as it shall be; ``version`` is the one that was read."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{**{k: v for k, v in _EXAMPLE.items() if k != "code"}, "version": 1}]},
    )

    driver: Code
    version: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None


class PrinterOut(BaseModel):
    """A printer, and what it is at."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **_EXAMPLE, "paused": False, "window": 0, "used": True, "version": 3, "state": "trouble",
                    "waiting": 2, "seen_at": "2026-11-22T03:04:05Z",
                    "trouble": {
                        "code": "paper_out", "message": "缺纸。", "advice": "请装入标签纸，打印会自动继续。",
                        "at": "2026-11-22T03:04:09Z",
                    },
                }
            ]
        }
    )  # fmt: skip

    code: str
    name: str
    driver: str
    language: Language
    dpi: int
    options: dict[str, Any]
    place: str | None
    station: str
    paused: bool
    media: dict[str, Any]
    window: int
    used: bool = Field(description="The print log names it, so it can't be deleted.")
    version: int
    state: Literal["idle", "printing", "paused", "trouble"]
    trouble: TroubleOut | None
    waiting: int = Field(description="Jobs that are not over.")
    seen_at: str | None = Field(description="When it last took a window of labels.")


class PrinterPage(BaseModel):
    """One page of printers."""

    printers: list[PrinterOut]
    next: str | None


class ChoiceOut(BaseModel):
    """One option of a driver."""

    name: str
    zh: str
    en: str
    type: Literal["text", "integer", "boolean", "choice", "host", "folder"]
    required: bool
    default: str | int | bool | None
    choices: list[str]
    least: int
    most: int
    example: str | int | bool


class DriverOut(BaseModel):
    """A kind of driver; the form for a printer comes from it."""

    name: str
    zh: str
    en: str
    languages: list[Language]
    options: list[ChoiceOut]
    window: tuple[int, int] = Field(description="Labels at once where the printer has a counter, and where not.")
    by_hand: bool = Field(description="A person fetches the job's file and prints it.")


class DriverList(BaseModel):
    """Every kind of driver."""

    drivers: list[DriverOut]


class PrinterStatusOut(BaseModel):
    """How a printer is; asked just now, or (``live`` false) as its job under way knows."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "live": True, "reachable": True, "busy": False, "remaining": 0, "counter": 18234,
                    "troubles": [], "at": "2026-11-22T03:04:05Z",
                }
            ]
        }
    )  # fmt: skip

    live: bool
    reachable: bool | None = Field(description="Null: it can't be asked (browser).")
    busy: bool | None
    remaining: int | None = Field(description="Labels that it still has to print.")
    counter: int | None = Field(description="Labels that it ever printed.")
    troubles: list[TroubleOut]
    at: str


@router.get("/printers:drivers", summary="Kinds of drivers")
def kinds(actor: ActorDep) -> DriverList:  # noqa: ARG001 - whoever is signed in may look
    """List the ways in which printers are reached, with the options of each declared as data."""
    return DriverList(drivers=[_driver(one) for one in drivers])


@router.post("/printers", status_code=201, summary="Add a printer")
def create(body: NewPrinter, request: Request, system: SystemDep, actor: ActorDep, response: Response) -> PrinterOut:
    """Add a printer. Addresses that are no printer's are refused."""
    printer = system.printers.create(actor, Printer(**body.model_dump()))
    locate(response, "printers", printer.code, printer.version)
    return _outs(system, request, [printer])[0]


@router.get("/printers", summary="List printers")
def find(
    request: Request,
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
    q: Search = None,
    place: Named = None,
    station: Annotated[str | None, Query(max_length=200)] = None,
    driver: Named = None,
    after: After = None,
    limit: Limit = 100,
) -> PrinterPage:
    """List printers in the order of their codes; of a place also those at places within it."""
    page = system.printers.find(text=q, place=place, station=station, driver=driver, after=after, limit=limit)
    return PrinterPage(printers=_outs(system, request, page.rows), next=page.next)


@router.get("/printers/{code}/status", summary="How a printer is")
def status(code: str, request: Request, system: SystemDep, actor: ActorDep) -> PrinterStatusOut:
    """Ask the printer how it is, for three seconds at most; while it prints, its job knows."""
    actor.require("items.view")
    printer = system.printers.get(code)
    now = clock.now()
    stands = system.spooler.standing([printer.id])[printer.id]
    if stands.worked and stands.waiting:
        (out,) = _outs(system, request, [printer])
        troubles = [out.trouble] if out.trouble else []
        return PrinterStatusOut(
            live=False, reachable=not troubles, busy=True, remaining=None, counter=None, troubles=troubles,
            at=clock.to_text(now),
        )  # fmt: skip
    try:
        found, counter = system.printers.ask(printer)
    except PrinterError as error:
        trouble = trouble_out(request, Problem(error.code, dict(error.params)), now)
        return PrinterStatusOut(
            live=True, reachable=False, busy=None, remaining=None, counter=None, troubles=[trouble],
            at=clock.to_text(now),
        )  # fmt: skip
    return PrinterStatusOut(
        live=True,
        reachable=None if drivers[printer.driver].by_hand else True,
        busy=found.busy if found else None,
        remaining=found.remaining if found else None,
        counter=counter,
        troubles=[trouble_out(request, Problem(code), now) for code in (found.troubles if found else ())],
        at=clock.to_text(now),
    )


@router.get("/printers/{code}", summary="One printer")
def get(
    code: str,
    request: Request,
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
    response: Response,
) -> PrinterOut:
    """Show one printer."""
    printer = system.printers.get(code)
    tag(response, printer.version)
    return _outs(system, request, [printer])[0]


@router.put("/printers/{code}", summary="Change a printer")
def change(
    code: str,
    body: PrinterChange,
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    response: Response,
    if_match: IfMatch = None,
) -> PrinterOut:
    """Change a printer; jobs under way go on with what they have begun."""
    version = based_on(body.version, if_match)
    printer = system.printers.replace(actor, code, version, body.model_dump(exclude={"version"}))
    tag(response, printer.version)
    return _outs(system, request, [printer])[0]


@router.delete("/printers/{code}", status_code=204, summary="Remove a printer")
def delete(code: str, system: SystemDep, actor: ActorDep) -> None:
    """Remove a printer that never printed; one that the print log names can only be paused."""
    system.printers.delete(actor, code)


@router.post("/printers/{code}:test", status_code=202, summary="Print a test page")
def test(code: str, system: SystemDep, actor: ActorDep) -> PrintStarted:
    """Order a test label, which shows name, address, resolution and time; it takes its turn like any job."""
    return PrintStarted(job=system.printing.test(actor, code))


@router.post("/printers/{code}:pause", summary="Pause a printer")
def pause(code: str, request: Request, system: SystemDep, actor: ActorDep) -> PrinterOut:
    """Stop sending to a printer; what it has is finished."""
    return _outs(system, request, [system.printers.pause(actor, code, paused=True)])[0]


@router.post("/printers/{code}:resume", summary="Go on with a printer")
def resume(code: str, request: Request, system: SystemDep, actor: ActorDep) -> PrinterOut:
    """Go on sending to a paused printer."""
    printer = system.printers.pause(actor, code, paused=False)
    system.spooler.wake()
    return _outs(system, request, [printer])[0]


def _outs(system: SystemDep, request: Request, printers: list[Printer]) -> list[PrinterOut]:
    standing = system.spooler.standing([printer.id for printer in printers])
    outs = []
    for printer in printers:
        stands = standing[printer.id]
        trouble = None
        if stands.trouble is not None and stands.trouble_at is not None:
            trouble = trouble_out(request, stands.trouble, stands.trouble_at)
        state = "paused" if printer.paused else "trouble" if trouble else "printing" if stands.worked else "idle"
        outs.append(
            PrinterOut.model_validate(
                {
                    **printer.facts(),
                    "used": printer.used,
                    "version": printer.version,
                    "state": state,
                    "trouble": trouble,
                    "waiting": stands.waiting,
                    "seen_at": None if stands.seen_at is None else clock.to_text(stands.seen_at),
                }
            )
        )
    return outs


def _driver(driver: Driver) -> DriverOut:
    return DriverOut(
        name=driver.name, zh=driver.zh, en=driver.en, languages=list(driver.languages),
        options=[_option(one) for one in driver.options], window=driver.window, by_hand=driver.by_hand,
    )  # fmt: skip


def _option(option: Option) -> ChoiceOut:
    return ChoiceOut(
        name=option.name, zh=option.zh, en=option.en, type=option.type, required=option.default is None,
        default=option.default, choices=list(option.choices), least=option.least, most=option.most,
        example=option.example,
    )  # fmt: skip
