"""What goes in and out of the routes of labels."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from mazhi.web.master_data import Code

TEMPLATE: dict[str, Any] = {
    "format": 1, "width_mm": 60, "height_mm": 40,
    "elements": [
        {"id": "name", "kind": "text", "x": 2, "y": 2, "w": 36, "h": 5, "value": "{product.name}", "size": 9},
        {"id": "code", "kind": "barcode", "x": 40, "y": 2, "w": 18, "h": 18, "symbology": "qr", "value": "{item.code}"},
    ],
}  # fmt: skip
EXAMPLE_LABEL: dict[str, Any] = {
    "code": "PLATE", "name": "产品铭牌", "uuid": "0d3e1f0e-6f3b-4f57-9d0e-1f7a4b8e7c11", "version": 3, "active": True,
    "draft": False, "width_mm": 60, "height_mm": 40, "updated_at": "2026-11-21T08:00:00Z", "updated_by": "admin",
    "base": 3, "revision": None, "saved_at": None, "saved_by": None, "template": TEMPLATE,
}  # fmt: skip

Template = Annotated[
    dict[str, JsonValue], Field(description="The template; see GET /labels:kinds for what can stand in it.")
]
Dpi = Literal[203, 300, 600]
Record = dict[str, JsonValue]


class ItemName(BaseModel):
    """An item by an identifier of one namespace."""

    model_config = ConfigDict(extra="forbid")

    identifier: Annotated[str, Field(min_length=1, max_length=400)]
    namespace: Annotated[str | None, Field(max_length=64)] = None


ItemRef = Annotated[str, Field(min_length=1, max_length=400)] | ItemName


def named(wanted: ItemRef) -> tuple[str, str | None]:
    """Return an identifier and its namespace."""
    return (wanted, None) if isinstance(wanted, str) else (wanted.identifier, wanted.namespace)


class NewLabel(BaseModel):
    """A new template."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"code": "PLATE", "name": "产品铭牌", "template": TEMPLATE}]}
    )

    code: Code
    name: Annotated[str, Field(max_length=200)]
    template: Template
    publish: Annotated[bool, Field(description="At once; else it begins as a draft, which may be incomplete.")] = True


class LabelChange(BaseModel):
    """What may be changed of a template besides what is drawn."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"name": "产品铭牌（新）"}]})

    name: Annotated[str | None, Field(max_length=200)] = None
    active: bool | None = None


class DraftBody(BaseModel):
    """What was drawn on top of a published version."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"base": 3, "template": TEMPLATE}]})

    base: Annotated[int, Field(ge=0, le=2**31 - 1, description="The version that it was begun on; 0 before the first.")]
    template: Template
    revision: Annotated[
        int | None,
        Field(ge=0, le=2**31 - 1, description="Of the draft that was there before; null: it is overwritten."),
    ] = None


class PublishBody(BaseModel):
    """Which version the draft was begun on, and why it is published."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"base": 3, "note": "加了批号"}]})

    base: Annotated[int, Field(ge=0, le=2**31 - 1)]
    note: Annotated[str, Field(max_length=200)] = ""


class RestoreBody(BaseModel):
    """Which version is drawn on again."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"version": 2}]})

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]


class LabelSummary(BaseModel):
    """A template as a list shows it."""

    code: str
    name: str
    uuid: str
    version: int | None = Field(description="In force; null before the first is published.")
    active: bool
    draft: bool = Field(description="Whether something was drawn since.")
    width_mm: float | None
    height_mm: float | None
    updated_at: str
    updated_by: str | None = Field(description="Who saved the draft; null without one.")


class LabelOut(LabelSummary):
    """A template with what is on the board: the draft where there is one, else the version in force."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE_LABEL]})

    base: int = Field(description="The version that it was begun on: for the next draft and for publishing.")
    revision: int | None = Field(description="Of the draft.")
    saved_at: str | None
    saved_by: str | None
    template: dict[str, Any]


class LabelPage(BaseModel):
    """One page of templates."""

    labels: list[LabelSummary]
    next: str | None


class VersionOut(BaseModel):
    """One published version; it never changes."""

    version: int
    uuid: str
    note: str
    created_at: str
    created_by: str


class VersionsOut(BaseModel):
    """All versions, newest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "versions": [
                        {
                            "version": 3, "uuid": "0d3e1f0e-6f3b-4f57-9d0e-1f7a4b8e7c11", "note": "加了批号",
                            "created_at": "2026-11-21T08:00:00Z", "created_by": "admin",
                        }
                    ]
                }
            ]
        }
    )  # fmt: skip

    versions: list[VersionOut]


class RenderBody(BaseModel):
    """What is rendered: items, records, or a record for each item."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"items": ["SN2611210001", "SN2611210002"], "format": "pdf", "dpi": 300}]},
    )

    items: list[ItemRef] = Field(default_factory=list, description="Up to 10,000.")
    records: list[Record] = Field(
        default_factory=list, description="Fields by name, as `record.…` in the template; beside items one for each."
    )
    format: Literal["png", "pdf", "zpl", "tspl"] = "pdf"
    dpi: Dpi = 203
    copies: Annotated[int, Field(ge=1, le=999, description="How often each label.")] = 1
    version: Annotated[int | None, Field(ge=1, le=2**31 - 1, description="Null: the one in force.")] = None
    sheet: Annotated[bool | None, Field(description="PDF on the template's sheets; null: if it has them.")] = None
    start: Annotated[int, Field(ge=1, le=10_000, description="First free position of the first sheet.")] = 1


class LabelPreviewBody(BaseModel):
    """A template that need not be stored, and what it is shown with."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"template": TEMPLATE, "dpi": 203}]})

    template: Template
    dpi: Dpi = 203
    item: ItemRef | None = None
    record: Record | None = None


class FixOut(BaseModel):
    """What one click changes."""

    element: str
    set: dict[str, Any]


class LabelCheckOut(BaseModel):
    """Something that is wrong or doubtful about a label."""

    element: str | None = Field(description="Id of the element.")
    code: str
    message: str
    advice: str
    blocking: bool = Field(description="Whether the label cannot be printed like this.")
    fix: FixOut | None


class ReadOut(BaseModel):
    """What a decoder read in the printed picture."""

    element: str
    symbology: str
    content: str
    read: str | None
    ok: bool


class LabelPreviewOut(BaseModel):
    """A label as it will be printed."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "width": 480, "height": 320, "png": "iVBORw0KGgo…", "checks": [],
                    "reads": [
                        {"element": "code", "symbology": "qr", "content": "SN1", "read": "SN1", "ok": True}
                    ],
                }
            ]
        }
    )  # fmt: skip

    width: int
    height: int
    png: str = Field(description="Base64.")
    checks: list[LabelCheckOut]
    reads: list[ReadOut]


class KindsOut(BaseModel):
    """All that can stand on a label, with its properties: palette and panels of a designer."""

    elements: list[dict[str, Any]] = Field(
        examples=[[{"name": "text", "label": "文本", "zh": "文本", "en": "Text", "group": "text", "properties": []}]]
    )
    carriers: list[dict[str, Any]] = Field(examples=[[{"name": "qr", "label": "QR 码", "group": "matrix"}]])


class FieldsOut(BaseModel):
    """The fields that a label may show, with the values of the sample, and the functions of formulas."""

    fields: list[dict[str, Any]] = Field(
        examples=[[{"name": "item.code", "label": "序列号", "group": "item", "type": "text", "value": "SN2611210001"}]]
    )
    groups: list[dict[str, str]] = Field(examples=[[{"name": "item", "label": "物品", "zh": "物品", "en": "Item"}]])
    functions: list[dict[str, Any]] = Field(examples=[[{"name": "IF", "zh": "如果", "usage": "如果(条件, 成立时)"}]])


class ReadyOut(BaseModel):
    """A template that comes with the system."""

    code: str
    name: str
    note: str
    width_mm: float | None
    height_mm: float | None
    template: dict[str, Any]


class ReadyPage(BaseModel):
    """All of them."""

    labels: list[ReadyOut]


class SettingsBody(BaseModel):
    """What holds for all labels."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"digital_link_host": "https://id.example.com"}]}
    )

    digital_link_host: Annotated[str, Field(max_length=200, description="What GS1 Digital Links begin with.")]


class ImageOut(BaseModel):
    """A picture that was taken in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "name": "logo.png",
                    "width": 300, "height": 120, "size": 4211, "uploaded_at": "2026-11-21T08:00:00Z",
                    "uploaded_by": "admin",
                }
            ]
        }
    )  # fmt: skip

    id: str = Field(description="SHA-256 of the stored picture: what a template names.")
    name: str
    width: int
    height: int
    size: int
    uploaded_at: str
    uploaded_by: str


class ImagePage(BaseModel):
    """One page of pictures."""

    images: list[ImageOut]
    next: str | None
