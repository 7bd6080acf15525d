"""Documents as PDF: letters and reports of recalls, the life of an item."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response

from mazhi.kernel.texts import Language
from mazhi.web import language
from mazhi.web.api.genealogy import At, Depth, Direction, Ever, question
from mazhi.web.api.recalls import Number
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["documents"])

LanguageQuery = Annotated[
    Literal["zh", "en"] | None, Query(alias="language", description="Instead of Accept-Language.", examples=["zh"])
]
PDF: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}, "description": "PDF"}
}


def _pdf(content: bytes, name: str) -> Response:
    shown = f"inline; filename*=UTF-8''{quote(name, safe='')}.pdf"
    return Response(content, media_type="application/pdf", headers={"content-disposition": shown})


def _language(request: Request, wanted: Language | None) -> Language:
    return wanted or language.choose(request.headers.get("accept-language", ""))


@router.get("/recalls/{recall}/report.pdf", summary="Report of a recall", response_class=Response, responses=PDF)
def recall_report(
    recall: Number, request: Request, system: SystemDep, actor: ActorDep, lang: LanguageQuery = None
) -> Response:
    """Set the report: criteria, scope and its hash, progress, where everything was, the pieces, the cruder way."""
    return _pdf(system.documents.recall_report(actor, recall, _language(request, lang)), f"{recall}-report")


@router.get(
    "/recalls/{recall}/letters/{partner}", summary="Letter to a partner", response_class=Response, responses=PDF
)
def recall_letter(
    recall: Number, partner: str, request: Request, system: SystemDep, actor: ActorDep, lang: LanguageQuery = None
) -> Response:
    """Set the letter to a partner who had some of the pieces when the recall was opened."""
    content = system.documents.recall_letter(actor, recall, partner, _language(request, lang))
    return _pdf(content, f"{recall}-{partner}")


@router.get(
    "/items/{identifier:path}/history.pdf", summary="Life history on paper", response_class=Response, responses=PDF
)
def life(
    identifier: str,
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    namespace: str | None = None,
    lang: LanguageQuery = None,
) -> Response:
    """Set the life of an item: facts, identifiers, parts, what happened, and the seal on it."""
    content = system.documents.life(actor, identifier, _language(request, lang), namespace)
    return _pdf(content, f"{identifier}-history")


@router.get(
    "/items/{identifier:path}/genealogy.pdf", summary="Genealogy on paper", response_class=Response, responses=PDF
)
def genealogy(
    identifier: str,
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    *,
    namespace: str | None = None,
    direction: Direction = "down",
    at: At = None,
    ever: Ever = False,
    depth: Depth = None,
    lang: LanguageQuery = None,
) -> Response:
    """Set what is inside an item, or what it is inside of, level by level, now or as of a moment."""
    asked = question(direction, at, depth, None, 100, ever)
    content = system.documents.genealogy(actor, identifier, asked, _language(request, lang), namespace)
    return _pdf(content, f"{identifier}-genealogy")
