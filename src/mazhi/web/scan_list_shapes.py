"""What the routes of scan lists take and answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mazhi.engines.forms.scan_lists.model import MOST
from mazhi.engines.forms.scan_lists.views import BatchView, LineView, ListView
from mazhi.kernel import clock, texts
from mazhi.kernel.texts import Language

UUID = "6d6f1d52-2f0e-4f0e-9a36-0c7f2f1b5c01"
_LIST: dict[str, Any] = {
    "id": UUID, "field": "6d6f1d52-2f0e-4f0e-9a36-0c7f2f1b5a01", "state": "open", "record": None, "maker": "sun",
    "shared": False, "count": 12, "done": 12, "expected": 50, "wrong": 1, "duplicates": 0, "listed": False,
}  # fmt: skip
_LINE: dict[str, Any] = {
    "line": 13, "answer": "right", "raw": "RO261112L010025", "code": "", "message": "", "advice": "",
    "item": "RO261112L010025", "kind": "serial", "product": "CY-R800", "product_name": "家用反渗透净水机 800 加仑",
    "batch": None, "state": "in_stock", "place": "A-03-1", "quantity": 1, "box": None, "source": 0,
    "at": "2026-11-22T06:29:00Z", "by": "sun", "meant": [],
}  # fmt: skip

Answer = Literal["right", "wrong", "duplicate"]
ClientKey = Annotated[str, Field(min_length=1, max_length=200, pattern="^[^\\x00]*$")]


def _with(*examples: dict[str, Any], closed: bool = True) -> ConfigDict:
    return ConfigDict(extra="forbid" if closed else "ignore", json_schema_extra={"examples": list(examples)})


class ScanListBody(BaseModel):
    """A field that is to be scanned into: of a new record, or of one that is changed."""

    model_config = _with({"app": "wms", "form": "ship", "field": "scans", "values": {"product": "CY-R800"}})

    app: Annotated[str, Field(max_length=64)]
    form: Annotated[str, Field(max_length=64)]
    field: Annotated[str, Field(max_length=64, description="Its code, or its id.")]
    record: Annotated[int | None, Field(ge=1, le=2**63 - 1, description="The record that is changed.")] = None
    values: Annotated[
        dict[str, Any], Field(description="What stands in the other fields: product, place, how many.")
    ] = {}
    shared: Annotated[bool, Field(description="Whether others who may fill the form in may scan into it too.")] = False


class ScanListChange(BaseModel):
    """What now stands in the other fields of the form."""

    model_config = _with({"values": {"product": "CY-R800", "planned": 50}})

    values: dict[str, Any]
    shared: bool | None = None


class ScanListOut(BaseModel):
    """A scan list and how far it is; its id is the value of the field."""

    model_config = _with(_LIST, closed=False)

    id: str
    field: str
    state: Literal["open", "bound", "replaced"]
    record: int | None
    maker: str
    shared: bool
    count: int = Field(description="Lines that count.")
    done: int | float = Field(description="How many pieces, or how much, they are.")
    expected: int | float | None
    wrong: int
    duplicates: int
    listed: bool = Field(description="Whether another record's list says what should come.")


class ScanListsOut(BaseModel):
    """Scan lists, as far as the reader may see them."""

    lists: list[ScanListOut]


class ListScanBody(BaseModel):
    """One scan."""

    model_config = _with({"raw": "RO261112L010025", "symbology": None, "client_key": "0199-7a"})

    raw: Annotated[str, Field(max_length=100_000, description="The text as it came, AIM identifier and all.")]
    symbology: Annotated[str | None, Field(max_length=100)] = None
    client_key: ClientKey | None = None


class ScanLineOut(BaseModel):
    """One line: what was said to a scan, and what it leads to as that is now."""

    model_config = _with(_LINE, closed=False)

    line: int
    answer: Literal["right", "wrong", "duplicate", "box", "undone"] = Field(
        description="box: a package whose content was counted in its place."
    )
    raw: str
    code: str
    message: str
    advice: str
    item: str | None
    kind: str | None
    product: str | None
    product_name: str | None
    batch: str | None
    state: str | None
    place: str | None
    quantity: int | float
    box: str | None = Field(description="The package that it came out of.")
    source: int = Field(description="The row of what was pasted or sent as a file; 0 for a scan.")
    at: str
    by: str
    meant: list[str] = Field(description="Codes that may have been meant.")


class ListScanAnswer(BaseModel):
    """The answer to one scan."""

    model_config = _with(
        {"answer": "right", "code": "", "message": "", "advice": "", "done": 12, "expected": 50, "line": _LINE},
        closed=False,
    )

    answer: Answer
    code: str
    message: str
    advice: str
    done: int | float
    expected: int | float | None
    line: ScanLineOut


class ScanBatchBody(BaseModel):
    """Many codes at once: as a list, or as people write them, with ranges (``SN001-SN050``)."""

    model_config = _with({"text": "RO261112L010025-RO261112L010040, BX2611020047", "client_key": "0199-7b"})

    codes: Annotated[list[Annotated[str, Field(max_length=8_192)]] | None, Field(max_length=MOST)] = None
    text: Annotated[str | None, Field(max_length=10_000_000)] = None
    client_key: ClientKey | None = None


class ScanBatchOut(BaseModel):
    """What came of many codes; the lines that they made go from ``first`` to ``last``."""

    model_config = _with(
        {
            "right": 990, "wrong": 7, "duplicate": 3, "boxes": 0, "first": 14, "last": 1013, "done": 1002,
            "expected": None,
        },
        closed=False,
    )  # fmt: skip

    right: int
    wrong: int
    duplicate: int
    boxes: int
    first: int
    last: int
    done: int | float
    expected: int | float | None


class UndoBody(BaseModel):
    """Lines that are taken back; or all that were answered in some way."""

    model_config = _with({"lines": [13]}, {"answers": ["wrong", "duplicate"]})

    lines: Annotated[list[Annotated[int, Field(ge=1, le=2**63 - 1)]], Field(max_length=10_000)] = []
    answers: Annotated[list[Answer], Field(max_length=3)] = []


class ScanLinePage(BaseModel):
    """One page of lines."""

    lines: list[ScanLineOut]
    next: str | None


class MissingItem(BaseModel):
    """Something that should come and was not scanned yet."""

    item: str
    product: str | None
    state: str | None
    place: str | None


class MissingPage(BaseModel):
    """One page of what is missing."""

    items: list[MissingItem]
    next: str | None


def list_out(view: ListView) -> ScanListOut:
    """Write a list."""
    return ScanListOut.model_validate(view, from_attributes=True)


def batch_out(view: BatchView) -> ScanBatchOut:
    """Write what came of many codes."""
    return ScanBatchOut.model_validate(view, from_attributes=True)


def line_body(view: LineView, lang: Language) -> dict[str, Any]:
    """Write a line in the reader's language."""
    problem = view.problem
    params = {} if problem is None else {"item": view.raw, **problem.params}
    return {
        "line": view.line, "answer": view.answer, "raw": view.raw, "code": problem.code if problem else "",
        "message": texts.message(problem.code, lang, params) if problem else "",
        "advice": texts.advice(problem.code, lang, params) if problem else "",
        "item": view.item, "kind": view.kind, "product": view.product, "product_name": view.product_name,
        "batch": view.batch, "state": view.state, "place": view.place, "quantity": view.quantity, "box": view.box,
        "source": view.source, "at": clock.to_text(view.at), "by": view.by, "meant": view.meant,
    }  # fmt: skip
