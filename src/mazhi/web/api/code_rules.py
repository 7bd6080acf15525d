"""Code rules: drawing them up, looking at what they will make, and reading codes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from mazhi.bootstrap import System
from mazhi.kernel import clock
from mazhi.kernel.codes.assessment import Assessment
from mazhi.kernel.codes.catalogue import catalogue
from mazhi.kernel.codes.forecast import Forecast, alternatives, forecast
from mazhi.kernel.codes.model import CodeRule, hints
from mazhi.kernel.codes.reading import Part, Reading, split
from mazhi.kernel.codes.service import StoredRule
from mazhi.kernel.errors import InvalidInputError, NotFoundError, Problem, invalid
from mazhi.kernel.products.model import Product
from mazhi.kernel.texts import Language
from mazhi.web import language, problems
from mazhi.web.code_rule_shapes import (
    AlternativeAnswer,
    Examples,
    ForecastAnswer,
    KindsAnswer,
    NewRule,
    Note,
    OverlapAnswer,
    PartAnswer,
    ReadingAnswer,
    Readings,
    RuleAnswer,
    RuleChange,
    RuleCheckAnswer,
    RulePage,
    RulePreviewBody,
    RuleReadBody,
    RuleSummary,
    Sketch,
)
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import After, CodeInPath, IfMatch, Limit, Search, based_on, locate, tag

router = APIRouter(tags=["code rules"])

EXAMPLES = 3


def _language(request: Request) -> Language:
    return language.choose(request.headers.get("accept-language", ""))


def _now() -> datetime:
    return clock.to_datetime(clock.now(), clock.DEFAULT_ZONE)


def _product(system: System, code: str | None) -> Product | None:
    if code is None:
        return None
    try:
        return system.products.get(code)
    except NotFoundError:
        raise invalid("/product", "unknown_product", product=code) from None


def _notes(found: Sequence[Problem], lang: Language) -> list[Note]:
    return [Note.model_validate(problems.entry(problem, lang)) for problem in found]


def _summary(stored: StoredRule) -> dict[str, Any]:
    rule = stored.rule
    return {
        "code": rule.code,
        "name": rule.name,
        "version": rule.version,
        "status": stored.status,
        "used": rule.used,
        "segments": rule.body(),
        "example": rule.specimen(_now()),
        "capacity": rule.capacity,
        "created_at": clock.to_text(stored.created_at),
        "created_by": stored.created_by,
    }


def _answer(system: System, stored: StoredRule, lang: Language) -> RuleAnswer:
    examples = system.codes.preview(stored.rule.code, EXAMPLES, at=_now())
    return RuleAnswer(**_summary(stored), examples=examples, hints=_notes(hints(stored.rule), lang))


def _part(part: Part, lang: Language) -> PartAnswer:
    return PartAnswer(
        segment=part.segment,
        kind=part.kind,
        text=part.text,
        start=part.start,
        end=part.end,
        value=part.meaning.value,
        meaning=part.meaning.zh if lang == "zh" else part.meaning.en,
    )


def _reading(reading: Reading, lang: Language) -> ReadingAnswer:
    rule = reading.rule
    return ReadingAnswer(
        rule=rule.code,
        name=rule.name,
        version=rule.version,
        in_force=rule.in_force,
        parts=[_part(part, lang) for part in reading.parts],
    )


def _forecast(found: Forecast) -> ForecastAnswer:
    return ForecastAnswer.model_validate(found, from_attributes=True)


@router.post("/code-rules", status_code=201)
def create(body: NewRule, system: SystemDep, actor: ActorDep, request: Request, response: Response) -> RuleAnswer:
    """Add a rule. A rule that could make a code of another rule is refused, with an example."""
    stored = system.codes.create(actor, body.model_dump())
    locate(response, "code-rules", stored.rule.code, stored.rule.version)
    return _answer(system, stored, _language(request))


@router.get("/code-rules")
def find(
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
    q: Search = None,
    active: Annotated[bool | None, Query()] = None,
    after: After = None,
    limit: Limit = 100,
) -> RulePage:
    """List rules, each in its newest version, in the order of their codes."""
    page = system.codes.find(q, active=active, after=after, limit=limit)
    return RulePage(rules=[RuleSummary(**_summary(stored)) for stored in page.rows], next=page.next)


@router.get("/code-rules/segment-kinds")
def segment_kinds(request: Request, actor: ActorDep) -> KindsAnswer:  # noqa: ARG001 - signed in is enough
    """List the kinds of segments with their parameters: all that a designer needs to show its palette."""
    return KindsAnswer.model_validate(catalogue(_language(request)))


@router.post("/code-rules:check")
def check(body: Sketch, system: SystemDep, request: Request, actor: ActorDep) -> RuleCheckAnswer:  # noqa: ARG001 - signed in is enough
    """Say everything about a rule that is being drawn up, without saving it or using up a number."""
    lang = _language(request)
    found = system.codes.assess({"code": body.code, "name": body.name, "segments": body.segments})
    if found.rule is None or found.problems:
        return RuleCheckAnswer(problems=_notes(found.problems, lang))
    try:
        examples = _examples(system, found.rule, body)
    except InvalidInputError as error:
        return RuleCheckAnswer(problems=_notes(error.problems, lang), **_assessed(found, lang))
    parts = [_part(part, lang) for part in split(found.rule, examples[0])]
    foreseen = forecast(found.rule, planned=body.planned, per_period=body.per_period)
    others = alternatives(found.rule, planned=body.planned, per_period=body.per_period)
    return RuleCheckAnswer(
        problems=[],
        **_assessed(found, lang),
        examples=examples,
        parts=parts,
        capacity=found.rule.capacity,
        forecast=_forecast(foreseen),
        alternatives=[
            AlternativeAnswer(
                label=other.zh if lang == "zh" else other.en,
                segments=other.segments,
                forecast=_forecast(other.forecast),
            )
            for other in others
        ],
    )


def _assessed(found: Assessment, lang: Language) -> dict[str, Any]:
    overlaps = [
        OverlapAnswer(rule=clash.rule, name=clash.name, version=clash.version, example=clash.example)
        for clash in found.clashes
    ]
    return {"hints": _notes(found.hints, lang), "overlaps": overlaps}


def _examples(system: System, rule: CodeRule, body: RulePreviewBody) -> list[str]:
    return system.codes.examples(
        rule, body.count, fields=body.fields, product=_product(system, body.product), at=body.at or _now()
    )


@router.post("/code-rules:decode")
def decode(body: RuleReadBody, system: SystemDep, request: Request, actor: ActorDep) -> Readings:  # noqa: ARG001 - signed in is enough
    """Take a code apart into what its segments say, by every rule and version that can have made it."""
    lang = _language(request)
    return Readings(readings=[_reading(reading, lang) for reading in system.codes.decode(body.code)])


@router.get("/code-rules/{code}")
def get(code: CodeInPath, system: SystemDep, request: Request, response: Response, actor: ActorDep) -> RuleAnswer:  # noqa: ARG001 - signed in is enough
    """Show the newest version of a rule."""
    stored = system.codes.get(code)
    tag(response, stored.rule.version)
    return _answer(system, stored, _language(request))


@router.put("/code-rules/{code}")
def update(
    code: CodeInPath,
    body: RuleChange,
    system: SystemDep,
    actor: ActorDep,
    request: Request,
    response: Response,
    if_match: IfMatch = None,
) -> RuleAnswer:
    """Change a rule. Other segments make a new version once the rule has made a code; the old one is kept."""
    version = body.version if if_match is None else based_on(body.version, if_match)
    stored = system.codes.update(actor, code, body.model_dump(exclude={"version"}), version=version)
    tag(response, stored.rule.version)
    return _answer(system, stored, _language(request))


@router.delete("/code-rules/{code}", status_code=204)
def delete(code: CodeInPath, system: SystemDep, actor: ActorDep) -> None:
    """Remove a rule that has never made a code; any other can only be retired."""
    system.codes.delete(actor, code)


@router.get("/code-rules/{code}/versions")
def versions(code: CodeInPath, system: SystemDep, actor: ActorDep) -> RulePage:  # noqa: ARG001 - signed in is enough
    """List all versions of a rule, the newest first."""
    return RulePage(rules=[RuleSummary(**_summary(stored)) for stored in system.codes.versions(code)], next=None)


@router.post("/code-rules/{code}/preview")
def preview(code: CodeInPath, body: RulePreviewBody, system: SystemDep, actor: ActorDep) -> Examples:  # noqa: ARG001 - signed in is enough
    """Show the codes that would come next; uses up no number."""
    product = _product(system, body.product)
    examples = system.codes.preview(code, body.count, fields=body.fields, product=product, at=body.at or _now())
    return Examples(examples=examples)
