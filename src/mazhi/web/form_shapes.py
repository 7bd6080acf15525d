"""What the routes of apps, forms and records take and answer."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from mazhi.web.master_data import Code

FIELD: dict[str, Any] = {
    "id": "6d6f1d52-2f0e-4f0e-9a36-0c7f2f1b5a01",
    "code": "serial",
    "kind": "text",
    "title": "序列号",
    "required": True,
    "unique": True,
    "options": {"longest": 40},
}
RULE: dict[str, Any] = {
    "id": "6d6f1d52-2f0e-4f0e-9a36-0c7f2f1b5b01",
    "name": "重量不能为负",
    "kind": "check",
    "when": "weight >= 0",
    "fields": [FIELD["id"]],
    "message": "重量不能是负数。",
}
VALUES: dict[str, Any] = {"serial": "RO260908L010037", "weight": 12.5, "checks": [{"what": "耐压", "good": True}]}
RECORD: dict[str, Any] = {
    "id": 10041,
    "version": 1,
    "values": VALUES,
    "states": {"weight": "read_only"},
    "titles": {},
    "expanded": {},
    "deletable": True,
    "created_at": "2026-11-22T06:40:00Z",
    "created_by": "chen",
    "updated_at": "2026-11-22T06:40:00Z",
    "updated_by": "chen",
}
GRANT: dict[str, Any] = {
    "role": "keeper",
    "actions": ["view", "create", "change"],
    "scopes": [{"kind": "department_below"}],
    "fields": {FIELD["id"]: "read_only"},
}
Rules = Annotated[list[dict[str, Any]], Field(max_length=500)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]


def _with(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})


class NewApp(BaseModel):
    """An app to be added."""

    model_config = _with({"code": "qc", "name": "质检"})

    code: Code
    name: Name


class AppOut(BaseModel):
    """An app: forms that belong together."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"code": "qc", "name": "质检", "uuid": FIELD["id"]}]})

    code: str
    name: str
    uuid: str


class AppPage(BaseModel):
    """One page of apps in the order of their codes."""

    apps: list[AppOut]
    next: str | None


class NewForm(BaseModel):
    """A form to be added to an app; it is a draft until it is published."""

    model_config = _with({"code": "card", "name": "产品身份证", "fields": [FIELD]})

    code: Code
    name: Name
    fields: Annotated[list[dict[str, Any]], Field(max_length=1_000)] = []
    rules: Rules = []


class FormName(BaseModel):
    """What a form is to be called."""

    model_config = _with({"name": "产品身份证"})

    name: Name


class FormSummary(BaseModel):
    """A form as a list shows it."""

    code: str
    name: str
    uuid: str
    version: int | None = Field(description="In force; null before the first is published.")
    draft: bool = Field(description="Whether something is drawn that is not published.")
    updated_at: str


class FormOut(FormSummary):
    """A form with the fields and rules of the version in force, none before the first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "code": "card", "name": "产品身份证", "uuid": FIELD["id"], "version": 7, "draft": True,
                    "updated_at": "2026-11-22T06:40:00Z", "fields": [FIELD], "rules": [RULE], "trees": {},
                    "may": {"view": True, "create": True, "change": True, "delete": False, "export": True,
                            "import": False},
                    "writable": [FIELD["id"]],
                }
            ]
        }
    )  # fmt: skip

    fields: list[dict[str, Any]]
    rules: list[dict[str, Any]]
    trees: dict[str, Any] = Field(description="Every formula of fields and rules as a tree, by its text.")
    may: dict[str, bool] = Field(description="What the reader may do with records: view, create, change, delete, …")
    writable: list[str] = Field(description="The ids of the fields that the reader may give when adding a record.")


class FormPage(BaseModel):
    """One page of an app's forms in the order of their codes."""

    forms: list[FormSummary]
    next: str | None


class FormDraftBody(BaseModel):
    """What was drawn on top of a published version, however incomplete."""

    model_config = _with({"base": 7, "fields": [FIELD], "rules": [RULE]})

    base: Number
    fields: Annotated[list[dict[str, Any]], Field(max_length=1_000)]
    rules: Annotated[Rules | None, Field(description="Missing: those that were drawn before stay.")] = None
    revision: Number | None = None


class FormDraftOut(BaseModel):
    """What is drawn and not published."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "base": 7, "revision": 3, "saved_at": "2026-11-22T06:40:00Z", "saved_by": "chen",
                    "fields": [FIELD], "rules": [RULE],
                }
            ]
        }
    )  # fmt: skip

    base: int
    revision: int
    saved_at: str
    saved_by: str
    fields: list[dict[str, Any]]
    rules: list[dict[str, Any]]


class FormPublishBody(BaseModel):
    """Which version the draft was begun on, and whether values that do not fit may stay behind."""

    model_config = _with({"base": 7, "note": "加了批号", "accept_misfits": False})

    base: Number
    note: Annotated[str, Field(max_length=200)] = ""
    accept_misfits: bool = False


class DifferenceOut(BaseModel):
    """One field or rule that differs."""

    field: str = Field(description="The id of the field, or of the rule.")
    title: str
    of: str = Field("field", description="field or rule")
    what: str = Field(description="added, deleted, changed or moved")
    before: dict[str, Any]
    after: dict[str, Any]


class MisfitOut(BaseModel):
    """A value that a field's new kind does not take; it stays in the old column."""

    field: str
    row: int
    value: Any
    code: str
    message: str


class DuplicateOut(BaseModel):
    """A value in the way of a field that is to be unique."""

    field: str
    value: Any
    records: list[int]


class FormBroken(BaseModel):
    """Something that builds on the form and would be wrong with it."""

    item: str = Field(description="Which flow, and which of its steps.")
    code: str
    message: str
    advice: str


class FormReport(BaseModel):
    """What publishing does, or would do, to the data."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "version": 8, "differences": [], "converted": 1200, "misfits": 1,
                    "named": [{"field": FIELD["id"], "row": 17, "value": "约 3", "code": "entry_not_a_number",
                               "message": "“重量”应是数字。"}],
                    "duplicates": [], "broken": [],
                }
            ]
        }
    )  # fmt: skip

    version: int | None = Field(description="The version that was made; null where it was only tried.")
    differences: list[DifferenceOut]
    converted: int
    misfits: int
    named: list[MisfitOut]
    duplicates: list[DuplicateOut]
    broken: list[FormBroken] = Field(description="Steps of flows that would not work any more; where it is tried out.")


class GrantsBody(BaseModel):
    """Who may do what; it replaces what was said before."""

    model_config = _with({"grants": [GRANT]})

    grants: Annotated[list[dict[str, Any]], Field(max_length=200)]


class GrantsOut(BaseModel):
    """Who may do what."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"grants": [GRANT]}]})

    grants: list[dict[str, Any]]


class NewRecord(BaseModel):
    """A record to be added; the same client key again adds nothing."""

    model_config = _with({"values": VALUES, "client_key": "3f0c7b3e-0a0e-4c55-8d1a-0d6f7a5f9b11"})

    values: dict[str, Any]
    client_key: Annotated[str | None, Field(max_length=200)] = None


class NewRecords(BaseModel):
    """Records to be added, all or none."""

    model_config = _with({"records": [VALUES], "client_key": "3f0c7b3e-0a0e-4c55-8d1a-0d6f7a5f9b11"})

    records: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=1_000)]
    client_key: Annotated[str | None, Field(max_length=200)] = None


class RecordChange(BaseModel):
    """The fields to be changed; what is not named stays. A sub-table is given whole."""

    model_config = _with({"version": 1, "values": {"weight": 13}})

    values: dict[str, Any]
    version: Number | None = None


class RecordOut(BaseModel):
    """One record as its reader may see it."""

    model_config = ConfigDict(json_schema_extra={"examples": [RECORD]})

    id: int
    version: int
    values: dict[str, Any]
    states: dict[str, str] = Field(description="The fields that the reader may not simply write.")
    titles: dict[str, dict[str, Any]] = Field(
        description="What linked records are called, by the id of the field and the record's number."
    )
    expanded: dict[str, dict[str, Any]] = Field(
        {}, description="Where asked for: the values of linked records, by the code of the field and their number."
    )
    deletable: bool
    created_at: str
    created_by: str
    updated_at: str
    updated_by: str


class RecordPage(BaseModel):
    """One page of records."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"records": [RECORD], "next": None}]})

    records: list[RecordOut]
    next: str | None


class RecordIds(BaseModel):
    """The numbers of the records that were added, in their order."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"ids": [10041, 10042]}]})

    ids: list[int]


class RecordChangeOut(BaseModel):
    """What was changed in a record; fields by their ids."""

    version: int
    at: str
    by: str
    action: str
    fields: dict[str, Any]


class RecordHistory(BaseModel):
    """Everything that was changed in a record, newest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "changes": [
                        {
                            "version": 2, "at": "2026-11-22T06:45:00Z", "by": "chen", "action": "change",
                            "fields": {FIELD["id"]: {"from": "RO1", "to": "RO2"}},
                        }
                    ]
                }
            ]
        }
    )  # fmt: skip

    changes: list[RecordChangeOut]
