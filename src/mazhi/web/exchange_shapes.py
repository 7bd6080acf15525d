"""What the routes of importing and exporting records take and answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Word = Annotated[str, StringConstraints(max_length=200, pattern="^[^\\x00]*$")]


class RecordTarget(BaseModel):
    """What a column can stand for: ``#`` the record's number, a field, or ``table.field``."""

    name: str
    title: str
    kind: str = Field(description="The kind of the field; empty for the record's number.")
    table: str = Field(description="The title of the sub-table that it is a column of.")
    required: bool
    writable: bool = Field(description="Others only serve to find records.")
    key: bool = Field(description="Whether records can be found by it.")


class RecordColumn(BaseModel):
    """A column of the file, and what it probably stands for."""

    number: int
    letters: str
    name: str
    target: str | None


class RecordSheet(BaseModel):
    """Another sheet, which holds the rows of a sub-table."""

    table: str
    sheet: str
    join: str = Field(description="The title of what leads to the record.")


class RecordGuess(BaseModel):
    """What a file looks like, and what each column probably stands for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "upload": "9f2c", "name": "身份证.csv", "format": "csv", "encoding": "gb18030", "sheets": [""],
                    "sheet": "", "header_rows": [1, 1],
                    "columns": [{"number": 1, "letters": "A", "name": "序列号", "target": "serial"}],
                    "rows": [["RO260908L010037"]], "mapping": {"序列号": "serial"},
                    "targets": [
                        {"name": "serial", "title": "序列号", "kind": "text", "table": "", "required": True,
                         "writable": True, "key": True}
                    ],
                    "tables": [], "keys": ["serial"],
                }
            ]
        }
    )  # fmt: skip

    upload: str
    name: str
    format: str
    encoding: str
    sheets: list[str]
    sheet: str
    header_rows: list[int]
    columns: list[RecordColumn]
    rows: list[list[str]]
    mapping: dict[str, str]
    targets: list[RecordTarget]
    tables: list[RecordSheet]
    keys: list[str] = Field(description="By what records are probably found.")


class RecordImportBody(BaseModel):
    """How an uploaded file is checked or imported."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "upload": "9f2c", "mapping": {"序列号": "serial"}, "keys": ["serial"], "existing": "update",
                    "missing": "add", "dry_run": True,
                }
            ]
        },
    )  # fmt: skip

    upload: Annotated[str, StringConstraints(max_length=64)]
    mapping: Annotated[dict[Word, Word], Field(max_length=1_000, description="Name of a column → name of a target.")]
    sheet: Word = ""
    header_row: Annotated[int, Field(ge=1, le=2**20)] | None = None
    keys: Annotated[list[Word], Field(max_length=10)] = []
    existing: Literal["update", "skip", "refuse"] = "update"
    missing: Literal["add", "skip"] = "add"
    clear: Annotated[bool, Field(description="Whether a blank cell empties a field of an existing record.")] = False
    dry_run: bool = False
    client_key: Annotated[str | None, StringConstraints(min_length=1, max_length=200)] = None


class RecordExportBody(BaseModel):
    """Which records are exported, and how; ``csv_gbk`` is for older programs."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"format": "xlsx", "filter": {"field": "weight", "is": "more", "value": 1}, "sort": "-serial"}]
        },
    )

    format: Literal["xlsx", "csv", "csv_gbk"] = "xlsx"
    filter: Any = None
    sort: Annotated[str | None, StringConstraints(max_length=100)] = None
    fields: Annotated[list[Word], Field(max_length=1_000, description="Codes of fields; none: all of them.")] = []
