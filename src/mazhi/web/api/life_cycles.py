"""Life cycles."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from mazhi.kernel import clock, texts
from mazhi.kernel.errors import Problem
from mazhi.kernel.life_cycles.check import check
from mazhi.kernel.life_cycles.diff import Arrow, Difference
from mazhi.kernel.life_cycles.model import BIRTH, Group, Hue, LifeCycle, Shape
from mazhi.kernel.life_cycles.operations import ROWS, Row, Stage
from mazhi.web import language
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import tag

router = APIRouter(tags=["life_cycles"])

StateCode = Annotated[str, Field(max_length=64, examples=["in_stock"])]
Label = Annotated[str, Field(max_length=40)]
Number = Annotated[int, Query(ge=1, le=2**31 - 1)]


class StateBody(BaseModel):
    """One state, and how it is shown; ``end``: an item may stay in it for ever."""

    model_config = ConfigDict(extra="forbid")

    code: StateCode
    zh: Annotated[Label, Field(examples=["在库"])]
    en: Annotated[Label, Field(examples=["In stock"])]
    group: Group
    shape: Shape
    hue: Hue
    end: bool = False


class MoveBody(BaseModel):
    """From any of some states (``*``: all) to one; null leaves the state as it is."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    start: Annotated[list[StateCode], Field(alias="from", max_length=100)]
    to: StateCode | None


class Drawing(BaseModel):
    """States, and what operations make of them; a key may name a role, such as ``exchange:new``."""

    model_config = ConfigDict(extra="forbid")

    states: Annotated[list[StateBody], Field(max_length=200)]
    operations: Annotated[
        dict[Annotated[str, Field(max_length=40)], Annotated[list[MoveBody], Field(max_length=100)]],
        Field(max_length=200, examples=[{"commission": [{"from": [], "to": "coded"}]}]),
    ]

    def body(self) -> dict[str, Any]:
        """Return it as the kernel reads it."""
        return self.model_dump(by_alias=True, include={"states", "operations"})


class NewVersion(Drawing):
    """A new version; ``base`` is the version that it was drawn on, 0 for a new life cycle."""

    name: Annotated[str, Field(max_length=500, examples=["商品"])]
    base: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class Finding(BaseModel):
    """One thing that is wrong or odd about a drawing."""

    pointer: str | None
    code: str
    message: str
    advice: str


class DrawingFindings(BaseModel):
    """What stands in the way of saving, and what is only odd."""

    errors: list[Finding]
    warnings: list[Finding]


class Summary(BaseModel):
    """A life cycle in a list, with its states, which name and colour the state of every item."""

    code: str
    name: str
    version: int
    states: list[StateBody]


class LifeCycleList(BaseModel):
    """Every life cycle."""

    life_cycles: list[Summary]


class MatrixRow(BaseModel):
    """One row of the matrix: ``targets`` lists, per start state, where the operation may lead."""

    key: str
    stage: Stage
    zh: str
    en: str
    choice: bool
    steady: bool
    targets: dict[str, list[str]]


class VersionAnswer(BaseModel):
    """One version in the list of versions."""

    version: int
    name: str
    created_at: str
    created_by: str


class LifeCycleAnswer(Summary):
    """One version of a life cycle, as it was drawn and as a matrix."""

    birth: str
    operations: dict[str, list[MoveBody]]
    matrix: list[MatrixRow]
    warnings: list[Finding]
    versions: list[VersionAnswer]


class Saved(BaseModel):
    """The version that is in force now."""

    code: str
    version: int
    warnings: list[Finding]


class ArrowAnswer(BaseModel):
    """One arrow of the drawing; without a start it is the birth, without an end the state stays."""

    operation: str
    start: Annotated[str | None, Field(alias="from")]
    to: str | None


class DifferenceAnswer(BaseModel):
    """What the newer version has more, has less and shows otherwise."""

    states_added: list[str]
    states_removed: list[str]
    states_changed: list[str]
    arrows_added: list[ArrowAnswer]
    arrows_removed: list[ArrowAnswer]


def _findings(request: Request, problems: tuple[Problem, ...]) -> list[Finding]:
    lang = language.choose(request.headers.get("accept-language", ""))
    return [
        Finding(
            pointer=problem.pointer,
            code=problem.code,
            message=texts.message(problem.code, lang, problem.params),
            advice=texts.advice(problem.code, lang, problem.params),
        )
        for problem in problems
    ]


def _summary(cycle: LifeCycle) -> dict[str, Any]:
    return {
        "code": cycle.code,
        "name": cycle.name,
        "version": cycle.version,
        "states": cycle.body()["states"],
    }


def _row(cycle: LifeCycle, row: Row) -> MatrixRow:
    targets = {state.code: list(choices) for state in cycle.states if (choices := cycle.choices(row.key, state.code))}
    if row.key == BIRTH:
        targets = {"": [cycle.birth]}
    return MatrixRow(
        key=row.key,
        stage=row.stage,
        zh=row.zh,
        en=row.en,
        choice=row.choice,
        steady=row.steady,
        targets=targets,
    )


def _arrows(arrows: tuple[Arrow, ...]) -> list[ArrowAnswer]:
    return [
        ArrowAnswer.model_validate({"operation": arrow.operation, "from": arrow.start or None, "to": arrow.to})
        for arrow in arrows
    ]


@router.get("/life-cycles")
def find(system: SystemDep, actor: ActorDep) -> LifeCycleList:  # noqa: ARG001 - whoever is signed in may look
    """List the life cycles that are in force, with their states."""
    return LifeCycleList(life_cycles=[Summary(**_summary(cycle)) for cycle in system.life_cycles.all()])


@router.post("/life-cycles:check")
def check_drawing(body: Drawing, system: SystemDep, actor: ActorDep, request: Request) -> DrawingFindings:  # noqa: ARG001 - signed in is enough
    """Look a drawing over without saving it."""
    found = system.life_cycles.check("", body.body())
    return DrawingFindings(errors=_findings(request, found.errors), warnings=_findings(request, found.warnings))


@router.get("/life-cycles/{code}")
def get(
    code: str,
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
    request: Request,
    response: Response,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
) -> LifeCycleAnswer:
    """Show one version of a life cycle, by default the one in force."""
    cycle = system.life_cycles.get(code, version=version)
    tag(response, cycle.version)
    return LifeCycleAnswer(
        **_summary(cycle),
        birth=cycle.birth,
        operations=cycle.body()["operations"],
        matrix=[_row(cycle, row) for row in ROWS],
        warnings=_findings(request, check(cycle).warnings),
        versions=[
            VersionAnswer(
                version=found.number,
                name=found.name,
                created_at=clock.to_text(found.created_at),
                created_by=found.created_by,
            )
            for found in system.life_cycles.versions(code)
        ],
    )


@router.put("/life-cycles/{code}")
def save(code: str, body: NewVersion, system: SystemDep, actor: ActorDep, request: Request) -> Saved:
    """Put a new version in force; items already made follow it from now on."""
    cycle = system.life_cycles.save(actor, code, body.name, body.body(), base=body.base)
    return Saved(code=code, version=cycle.version, warnings=_findings(request, check(cycle).warnings))


@router.get("/life-cycles/{code}/difference")
def difference(
    code: str,
    older: Number,
    newer: Number,
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
) -> DifferenceAnswer:
    """Say what changed from one version to another."""
    found: Difference = system.life_cycles.compare(code, older, newer)
    return DifferenceAnswer(
        states_added=list(found.states_added),
        states_removed=list(found.states_removed),
        states_changed=list(found.states_changed),
        arrows_added=_arrows(found.arrows_added),
        arrows_removed=_arrows(found.arrows_removed),
    )
