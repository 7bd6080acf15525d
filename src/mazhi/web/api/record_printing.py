"""Labels of records: what stands on them is what their reader may see."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Form
from mazhi.engines.forms.records.model import flat
from mazhi.engines.forms.records.rows import Record
from mazhi.engines.labels.printing.model import MOST_COPIES, PrintRequest
from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.web.api.forms import App, FormCode
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.print_shapes import PrintStarted

router = APIRouter(tags=["records"])

_ITEM = "item"
"""The kind of field whose code a label of the record bears."""


class RecordPrintBody(BaseModel):
    """Which labels are printed for which records."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"label": "PLATE", "printer": "ZT-1", "ids": [5, 6], "copies": 1}]},
    )

    label: Annotated[str, Field(min_length=1, max_length=64)]
    printer: Annotated[str, Field(min_length=1, max_length=64)]
    ids: Annotated[list[Annotated[int, Field(ge=1, le=2**63 - 1)]], Field(min_length=1, max_length=1_000)]
    copies: Annotated[int, Field(ge=1, le=MOST_COPIES)] = 1
    start: Annotated[int, Field(ge=1, le=1000, description="On sheets: the first free place.")] = 1
    reason: Annotated[str, Field(max_length=500, description="Why labels are printed again.")] = ""
    client_key: Annotated[str | None, Field(max_length=64)] = None


@router.post("/apps/{app}/forms/{form}/records:print", status_code=202, summary="Print labels of records")
def print_records(system: SystemDep, actor: ActorDep, app: App, form: FormCode, body: RecordPrintBody) -> PrintStarted:
    """Order a label for each record: its fields as `record.…`, and those of the item that it is about, if it names one.

    Hidden fields are missing and masked ones masked, as everywhere.
    """
    found = {one.id: one for one in system.records.get(actor, app, form, sorted(set(body.ids)))}
    missing = [
        Problem("unknown_record", {}, f"/ids/{at}", str(one)) for at, one in enumerate(body.ids) if one not in found
    ]
    if missing:
        raise InvalidInputError("invalid_input", problems=missing)
    records = [found[one] for one in body.ids]
    request = PrintRequest(
        label=body.label, printer=body.printer, items=_items(system.forms.form(app, form), records),
        records=[{"id": one.id, **one.values} for one in records], copies=body.copies, reason=body.reason,
        client_key=body.client_key, start=body.start, document=f"{app}/{form}",
    )  # fmt: skip
    return PrintStarted(job=system.printing.print(actor, request))


def _items(form: Form, records: list[Record]) -> list[tuple[str, str | None]]:
    """Return the items that the records are about: those of the first field for one that all of them have filled in."""
    for one in flat(form.fields, field_kinds):
        codes = [record.values.get(one.code) for record in records]
        if one.kind == _ITEM and all(isinstance(code, str) for code in codes):
            return [(str(code), None) for code in codes]
    return []
