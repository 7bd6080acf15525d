"""The kinds of field that forms can have, as the designer's palette and panel need them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from mazhi.engines.forms.declaring import declaration
from mazhi.web.dependencies import ActorDep

router = APIRouter(tags=["forms"])

_EXAMPLE: dict[str, Any] = {
    "groups": [{"value": "common", "title": {"zh": "常用", "en": "Common"}}],
    "common": [
        {
            "name": "required", "title": {"zh": "必填", "en": "Required"}, "hint": {"zh": "没有填不能保存。",
            "en": "A record without it is refused."}, "type": "flag", "default": False, "required": False,
        }
    ],
    "kinds": [
        {
            "name": "text", "title": {"zh": "单行文本", "en": "Text"}, "hint": {"zh": "", "en": ""}, "group": "common",
            "icon": "FontSize", "holds": "value", "stores": ["text"], "names": False, "many": False, "details": [],
            "derived": False, "issued": False, "common": ["hint", "required"], "options": [],
            "example": {"options": {}, "value": "无划痕"},
        }
    ],
}  # fmt: skip


class FormKindsOut(BaseModel):
    """Every kind of field with everything that can be set for it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    groups: list[dict[str, Any]]
    common: list[dict[str, Any]]
    kinds: list[dict[str, Any]]


@router.get("/form-kinds", summary="Kinds of field")
def form_kinds(actor: ActorDep) -> FormKindsOut:  # noqa: ARG001 - signed in is enough
    """Return the kinds of field (控件) by group, what fields of many kinds have, and the options of each."""
    return FormKindsOut.model_validate(declaration())
