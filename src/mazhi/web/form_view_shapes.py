"""What the routes of views take and answer."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

_FILTER: dict[str, Any] = {"field": "state", "is": "equal", "value": "待拣货"}
_PARTS: dict[str, Any] = {
    "name": "待拣货",
    "kind": "table",
    "shared": True,
    "default": False,
    "filter": _FILTER,
    "sort": "-made",
    "group": [{"field": "customer", "by": None, "down": False}],
    "columns": [{"field": "serial", "width": 180, "frozen": True, "hidden": False}],
    "options": {"row_height": "low", "totals": {"weight": "sum"}},
}
Code = Annotated[str, Field(min_length=1, max_length=64)]


def _with(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})


class ViewGroupBy(BaseModel):
    """By what records are grouped."""

    model_config = _with({"field": "made", "by": "month", "down": True})

    field: Code
    by: Annotated[str | None, Field(max_length=10, description="Of dates: day, week, month or year.")] = None
    down: bool = False


class ViewColumn(BaseModel):
    """A column in its place; fields that are not named stand behind as the form has them."""

    model_config = _with({"field": "serial", "width": 180, "frozen": True, "hidden": False})

    field: Annotated[str, Field(min_length=1, max_length=64, description="A field, or #id, #created_by, #created_at…")]
    width: int | None = None
    frozen: bool = False
    hidden: bool = False


class FormViewBody(BaseModel):
    """A view to be saved."""

    model_config = _with(_PARTS)

    name: Annotated[str, Field(max_length=200)]
    kind: Annotated[str, Field(max_length=30, description="table, kanban, calendar, gallery or tree")]
    shared: bool = Field(default=False, description="For all who may see the form; only who may edit apps shares.")
    default: bool = Field(default=False, description="Whether the form opens with it.")
    filter: Any = None
    sort: Annotated[str | None, Field(max_length=100)] = None
    group: Annotated[list[ViewGroupBy], Field(max_length=2)] = []
    columns: Annotated[list[ViewColumn], Field(max_length=1_100)] = []
    options: dict[str, Any] = Field(default={}, description="What views of its kind can be set to.")


class FormViewChange(FormViewBody):
    """A view as it is to be from now on."""

    model_config = _with({**_PARTS, "version": 3})

    version: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None


class ViewLeftOut(BaseModel):
    """A field that the view names and the reader does not get."""

    title: str
    why: str = Field(description="deleted or hidden")


class FormViewOut(FormViewBody):
    """A saved view as its reader may use it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **_PARTS, "id": "0f6a3f0e-5d55-4c64-9a8e-5a1a4f1f2b11", "version": 3,
                    "updated_at": "2026-11-22T06:40:00Z", "updated_by": "chen",
                    "left_out": [{"title": "旧单号", "why": "deleted"}],
                }
            ]
        }
    )  # fmt: skip

    id: str
    version: int
    updated_at: str
    updated_by: str
    left_out: list[ViewLeftOut] = []


class FormViews(BaseModel):
    """The views of a form that a reader has, the shared ones first."""

    views: list[FormViewOut]
    hidden: list[str] = Field(default=[], description="Fields that are hidden from the reader in every row.")
    partial: list[str] = Field(
        default=[], description="Fields that the reader does not see whole in every row: nothing is sorted by them."
    )


class RecordGroup(BaseModel):
    """The records that share a value."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"value": "待拣货", "title": None, "filter": _FILTER, "count": 2, "totals": {"weight:sum": 26.5},
                 "groups": []}
            ]
        }
    )  # fmt: skip

    value: Any
    title: str | None = Field(description="What it is called, where the value names something.")
    filter: dict[str, Any] = Field(description="Finds these records among those around.")
    count: int
    totals: dict[str, Any]
    groups: list[RecordGroup]


class RecordGroups(BaseModel):
    """One page of groups, and count and totals of all records."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "groups": [{"value": "待拣货", "title": None, "filter": _FILTER, "count": 2,
                                "totals": {"weight:sum": 26.5}, "groups": []}],
                    "next": None, "count": 2, "totals": {"weight:sum": 26.5},
                }
            ]
        }
    )  # fmt: skip

    groups: list[RecordGroup]
    next: str | None
    count: int
    totals: dict[str, Any]
