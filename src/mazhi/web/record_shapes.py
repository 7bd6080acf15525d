"""What the routes of many records at once take and answer."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from mazhi.web.form_shapes import RECORD, VALUES, Number, RecordOut

Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
_CHANGE: dict[str, Any] = {"id": 10041, "version": 1, "values": {"weight": 13}}
_ERROR: dict[str, Any] = {
    "pointer": "/values/weight", "item": None, "code": "entry_not_a_number", "message": "“重量”应是数字。",
    "advice": None, "params": {"field": "重量"},
}  # fmt: skip


def _with(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})


class RecordToChange(BaseModel):
    """One of many records to be changed; without a version whichever is present."""

    model_config = _with(_CHANGE)

    id: Id
    values: dict[str, Any]
    version: Number | None = None


class RecordChanges(BaseModel):
    """Records to be changed: all or none, or with ``good_only`` those that are good."""

    model_config = _with({"changes": [_CHANGE], "good_only": False, "client_key": "9c1d"})

    changes: Annotated[list[RecordToChange], Field(min_length=1, max_length=1_000)]
    good_only: bool = False
    client_key: Annotated[str | None, Field(max_length=200)] = None


class RecordRefusal(BaseModel):
    """Why one of many records was refused."""

    place: int = Field(description="Which of them, from 0.")
    errors: list[dict[str, Any]] = Field(description="Every fault, with its place within the record.")


class RecordOutcome(BaseModel):
    """What came of many records."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"ids": [10041], "refused": [{"place": 1, "errors": [_ERROR]}]}]}
    )

    ids: list[int] = Field(description="The numbers of those that were written, in their order.")
    refused: list[RecordRefusal]


class RecordsToCheck(BaseModel):
    """Records to be checked without saving: new ones, or with ``ids`` changes of those that are there."""

    model_config = _with({"records": [VALUES]})

    records: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=1_000)]
    ids: Annotated[list[Id] | None, Field(max_length=1_000)] = None


class RecordVerdict(BaseModel):
    """The records that would be refused, each with every fault."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"refused": [{"place": 1, "errors": [_ERROR]}]}]})

    refused: list[RecordRefusal]


class RecordToDelete(BaseModel):
    """One of many records to be deleted, and the version that was seen."""

    id: Id
    version: Number


class RecordsToDelete(BaseModel):
    """Records to be deleted, all or none."""

    model_config = _with({"records": [{"id": 10041, "version": 2}]})

    records: Annotated[list[RecordToDelete], Field(min_length=1, max_length=1_000)]


class DeletedRecord(BaseModel):
    """A deleted record as it was."""

    record: RecordOut
    deleted_at: str
    deleted_by: str


class DeletedRecords(BaseModel):
    """One page of deleted records, those deleted last first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "records": [{"record": RECORD, "deleted_at": "2026-11-22T06:50:00Z", "deleted_by": "chen"}],
                    "next": None,
                }
            ]
        }
    )

    records: list[DeletedRecord]
    next: str | None
