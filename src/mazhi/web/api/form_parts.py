"""Templates of field groups, for whoever draws forms."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from mazhi.engines.forms.parts.service import Part
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.form_shapes import FIELD, Name, Rules

router = APIRouter(prefix="/form-parts", tags=["forms"])

_EXAMPLE: dict[str, Any] = {"name": "检验结论", "fields": [FIELD], "rules": []}
_CODE = "6d6f1d52-2f0e-5f0e-9a36-0c7f2f1b5a01"


class NewFormPart(BaseModel):
    """Fields to be kept as a template."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    name: Name
    fields: Annotated[list[dict[str, Any]], Field(max_length=1_000, description="As a form has them.")]
    rules: Annotated[Rules, Field(description="Those that are about nothing but these fields.")] = []


class FormPartOut(BaseModel):
    """A template of a field group."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": _CODE, **_EXAMPLE}]})

    code: str
    name: str
    fields: list[dict[str, Any]]
    rules: list[dict[str, Any]]


class FormParts(BaseModel):
    """Every template of a field group."""

    parts: list[FormPartOut]


def _out(part: Part) -> FormPartOut:
    return FormPartOut(
        code=part.code, name=part.name,
        fields=[dict(one) for one in part.fields], rules=[dict(one) for one in part.rules],
    )  # fmt: skip


@router.get("", summary="Templates of field groups")
def form_parts(system: SystemDep, actor: ActorDep) -> FormParts:
    """List every template with its fields, in the order of the names."""
    return FormParts(parts=[_out(one) for one in system.form_parts.all(actor)])


@router.post("", summary="Keep fields as a template", status_code=201)
def keep_form_part(system: SystemDep, actor: ActorDep, body: NewFormPart, response: Response) -> FormPartOut:
    """Keep fields under a name for further forms; 409 if a template has that name."""
    made = system.form_parts.keep(actor, body.name, body.fields, body.rules)
    response.headers["Location"] = f"/api/v1/form-parts/{made.code}"
    return _out(made)


@router.delete("/{code}", summary="Delete a template of fields", status_code=204)
def delete_form_part(
    system: SystemDep, actor: ActorDep, code: Annotated[str, Path(max_length=64, description="The template's code.")]
) -> None:
    """Delete a template; forms that it was put on keep their fields."""
    system.form_parts.delete(actor, code)
