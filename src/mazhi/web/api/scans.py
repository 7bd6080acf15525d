"""Scans: what a scanned text means here."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from mazhi.kernel import texts
from mazhi.kernel.barcodes.families import symbologies
from mazhi.kernel.scanning.model import is_warning
from mazhi.kernel.scanning.reading import Kind, Reading
from mazhi.kernel.texts import Language
from mazhi.web import language
from mazhi.web.answers import answer
from mazhi.web.api.items import ItemOut
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["scans"])


class ScanBody(BaseModel):
    """What a scanner sent."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"raw": "]C1010690123456789210B2611\u001d21SN0001", "symbology": None, "context": {}},
                {"raw": "6901234567892", "symbology": "ean13", "context": {"kind": "product"}},
            ]
        },
    )

    raw: Annotated[str, Field(max_length=100_000, description="The text as it came, AIM identifier and all.")]
    symbology: Annotated[
        str | None, Field(max_length=100, description="What the device calls the symbology; see GET /symbologies.")
    ] = None
    context: dict[str, Any] | None = Field(
        default=None,
        description="What the field expects: kind (one or a list), product, namespace. Readings that fit stand first.",
    )


class ScanProblem(BaseModel):
    """One thing that is wrong, or doubtful, with a reading."""

    code: str
    message: str
    advice: str
    level: Literal["error", "warning"]


class ScanPart(BaseModel):
    """One GS1 element, explained."""

    ai: str
    title: str
    value: str
    meaning: str = Field(description="The value in words, where it does not say it all: a date, an amount.")


class ReadingOut(BaseModel):
    """One way in which the text can be meant."""

    kind: Kind
    rank: int
    via: str = Field(description="identifier, code, gs1, digital_link, gtin, …, suffix, phone, near_miss, raw.")
    item: ItemOut | None
    elements: dict[str, str]
    problems: list[ScanProblem]
    advice: str
    value: str
    carries: str | None = Field(description="What the code itself names: serial, batch, product, package.")
    symbology: str | None
    namespaces: list[str]
    product: str | None
    batch: str | None
    place: str | None
    partner: str | None
    name: str | None
    parts: list[ScanPart]


class ScanAnswer(BaseModel):
    """Every reading, the likeliest first; there is always one."""

    readings: list[ReadingOut]


@router.post("/scans", summary="Read a scanned text", response_model=ScanAnswer)
def scan(body: ScanBody, request: Request, system: SystemDep, actor: ActorDep) -> Response:
    """Tell every way in which a scanned text can be meant, and what it stands for here."""
    lang = language.choose(request.headers.get("accept-language", ""))
    readings = system.scanning.read(body.raw, body.symbology, body.context, actor=actor)
    return answer({"readings": [_told(reading, lang) for reading in readings]})


def _told(reading: Reading, lang: Language) -> dict[str, Any]:
    problems = [
        {
            "code": problem.code,
            "message": texts.message(problem.code, lang, problem.params),
            "advice": texts.advice(problem.code, lang, problem.params),
            "level": "warning" if is_warning(problem.code) else "error",
        }
        for problem in reading.problems
    ]
    return {
        "kind": reading.kind,
        "rank": reading.rank,
        "via": reading.via,
        "item": reading.item,
        "elements": dict(reading.elements),
        "problems": problems,
        "advice": next((problem["advice"] for problem in problems if problem["advice"]), ""),
        "value": reading.value,
        "carries": reading.carries,
        "symbology": reading.symbology,
        "namespaces": reading.namespaces,
        "product": reading.product,
        "batch": reading.batch,
        "place": reading.place,
        "partner": reading.partner,
        "name": reading.name,
        "parts": [
            {"ai": part.ai, "title": part.zh if lang == "zh" else part.en, "value": part.value, "meaning": part.meaning}
            for part in reading.parts
        ],
    }


class SymbologyOut(BaseModel):
    """One symbology that is read."""

    name: str
    title: str
    aim: list[str] = Field(description="AIM identifiers that scanners put in front, most usual first.")
    carries: Literal["gs1", "gtin", "any"]
    example: str


class SymbologyList(BaseModel):
    """Every symbology."""

    symbologies: list[SymbologyOut]


@router.get("/symbologies", summary="Symbologies that are read")
def list_symbologies(request: Request, actor: ActorDep) -> SymbologyList:  # noqa: ARG001 - signed in is enough
    """List the symbologies, with the names that ``POST /scans`` takes."""
    lang = language.choose(request.headers.get("accept-language", ""))
    return SymbologyList(
        symbologies=[
            SymbologyOut(
                name=kind.name,
                title=kind.zh if lang == "zh" else kind.en,
                aim=list(kind.aim),
                carries=kind.carries,
                example=kind.example,
            )
            for kind in symbologies
        ]
    )
