"""Recalls: what criteria would hold, opening one, following it, and closing it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mazhi.kernel import clock
from mazhi.kernel.posting.model import ItemRef
from mazhi.kernel.recalls.model import ACTIONS, STATUSES, ActionRequest, OpenRequest, Where
from mazhi.web import language, problems
from mazhi.web.api.items import JobStarted, Limit
from mazhi.web.api.operations import Code, ItemNamed, RefusedOut, Text
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.recall_shapes import ComparisonOut, LogPage, PreviewOut, RecallItemPage, RecallOut, RecallPage

router = APIRouter(tags=["recalls"])

Number = Annotated[str, Path(max_length=64, examples=["RC-2611-01"])]
After = Annotated[str | None, Query(max_length=64, description="The `next` of the page before.")]
Role = Literal["unit", "part"]
STATUS_WORDS = ("all", "handled", "unhandled", *STATUSES)
Status = Annotated[
    str, StringConstraints(pattern=f"^({'|'.join(STATUS_WORDS)})$"), Field(description="A status, or several at once.")
]
Kind = Annotated[str, StringConstraints(pattern=f"^({'|'.join(ACTIONS)})$")]
Criteria = Annotated[
    dict[str, Any],
    Field(
        description=(
            "`any` of: {batch[, product]} · {supplier_batch[, product]} · {component[, namespace]} · "
            "{line, from, to[, product]} · {codes[, namespace]} (a list, or ranges as people type them) · "
            "{product, from, to} (made in that time). Each may have `only_now`: only what is inside at this moment, "
            "not what ever was. `products` narrows what is recalled and counted; other affected pieces go with it."
        ),
        examples=[{"any": [{"batch": "PB-2609-B"}], "products": ["CY-R800"]}],
    ),
]


class RecallPreviewBody(BaseModel):
    """Criteria to be looked at."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"criteria": {"any": [{"batch": "PB-2609-B"}]}}]}
    )

    criteria: Criteria


class OpenBody(RecallPreviewBody):
    """A recall to be opened."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name": "水泵批次 PB-2609-B 密封圈漏水",
                    "mock": False,
                    "criteria": {"any": [{"supplier_batch": "HY-2609-B"}]},
                    "deadline": "2026-12-11T18:00:00+08:00",
                    "client_key": "5b0e6b7e-6f0a-4c0e-9a53-1f6f6f3a2b10",
                }
            ]
        },
    )

    name: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern="^[^\\x00]*$")]
    mock: bool = Field(default=False, description="A drill: everything is measured, nothing is marked.")
    deadline: datetime | None = None
    note: Text | None = None
    document: Text | None = None
    occurred_at: datetime | None = Field(default=None, description="When it was opened; null: now.")
    confirmed: bool = Field(default=False, description="Go on where the criteria match nothing or everything.")
    client_key: Code | None = None

    def request(self) -> OpenRequest:
        """Return it in the kernel's words."""
        return OpenRequest(
            name=self.name, criteria=self.criteria, mock=self.mock, deadline=_micros(self.deadline),
            note=self.note or "", document=self.document or "", occurred_at=_micros(self.occurred_at),
            confirmed=self.confirmed, client_key=self.client_key,
        )  # fmt: skip


class OpenedOut(BaseModel):
    """What was opened: the number, how many units are recalled, and the hash of the frozen scope."""

    id: str = Field(examples=["RC-2611-01"])
    total: int
    parts: int
    hash: str
    marked: int = Field(description="How many pieces were marked at once.")
    held_balances: int = Field(description="How many balances of batch goods were held.")
    job: str | None = Field(description="The job that marks a large scope.")


class WhereBody(BaseModel):
    """Pieces of the recall by what they have in common; empty: all."""

    model_config = ConfigDict(extra="forbid")

    status: Status | None = None
    role: Role | None = None
    product: Code | None = None
    place: Code | None = None
    holder: Code | None = None
    state: Code | None = None


class ActionBody(BaseModel):
    """Something done about pieces of a recall."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"kind": "schedule", "items": ["RO260908L010037"], "measure": "上门换泵", "due": "2026-11-22"},
                {"kind": "notify", "where": {"holder": "D-HN-02"}},
            ]
        },
    )

    kind: Kind = Field(description="Of these, mark, hold, clear and destroy are posted on the pieces as well.")
    items: list[Code | ItemNamed] = Field(default_factory=list)
    where: WhereBody | None = None
    measure: Annotated[str, StringConstraints(max_length=200, pattern="^[^\\x00]*$")] | None = Field(
        default=None, description="What is to be done, in words.", examples=["上门换泵"]
    )
    note: Text | None = None
    document: Text | None = None
    due: date | None = None
    occurred_at: datetime | None = Field(default=None, description="When it happened; null: now.")
    mode: Literal["all", "partial"] = "all"
    client_key: Code | None = None

    def request(self) -> ActionRequest:
        """Return it in the kernel's words."""
        return ActionRequest(
            kind=self.kind,
            items=[ItemRef(one) if isinstance(one, str) else ItemRef(one.identifier, one.namespace)
                   for one in self.items],
            where=None if self.where is None else Where(**self.where.model_dump()),
            measure=self.measure or "", note=self.note or "", document=self.document or "",
            due=None if self.due is None else self.due.isoformat(), occurred_at=_micros(self.occurred_at),
            mode=self.mode, client_key=self.client_key,
        )  # fmt: skip


class ActedOut(BaseModel):
    """What was recorded."""

    accepted: int
    event: int | None = Field(description="The event that it was posted as, where it touches the pieces.")
    job: str | None = Field(description="The job that does it, where there are many.")
    refused: list[RefusedOut]


class ListBody(BaseModel):
    """As which kind of spreadsheet."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"format": "xlsx"}]})

    format: Literal["xlsx", "csv"] = "xlsx"


class HashOut(BaseModel):
    """The hash of a scope: as it was at opening, and as its rows have it now."""

    id: str
    hash: str
    computed: str
    intact: bool


class CloseBody(BaseModel):
    """A recall to be closed."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"confirmed": True, "note": "剩 4 台用户拒绝"}]}
    )

    confirmed: bool = Field(default=False, description="Close although something is left to do.")
    note: Text | None = None
    release_stock: bool | None = Field(
        default=None,
        description="Whether the quantities that the recall held are released; null: if no unit is left open.",
    )


class ClosedOut(BaseModel):
    """A recall that was closed; what is open keeps its mark."""

    id: str
    state: Literal["closed"]
    open: int
    cleared: int
    released_balances: int = Field(description="How many balances of batch goods were released.")
    job: str | None


class WordOut(BaseModel):
    """One of the words that actions and statuses have."""

    name: str
    zh: str
    en: str
    status: str | None = None
    operation: str | None = None


class WordsOut(BaseModel):
    """The kinds of actions, and the statuses of pieces."""

    actions: list[WordOut]
    statuses: list[WordOut]


def _micros(moment: datetime | None) -> int | None:
    return None if moment is None else clock.to_micros(moment)


@router.get("/recall-words", summary="Words of recalls")
def words(_: ActorDep) -> WordsOut:
    """List the kinds of actions and the statuses, with their names."""
    actions = [
        WordOut(name=one.name, zh=one.zh, en=one.en, status=one.status, operation=one.operation)
        for one in ACTIONS.values()
    ]
    return WordsOut(actions=actions, statuses=[WordOut(name=name, zh=zh, en=en) for name, (zh, en) in STATUSES.items()])


@router.post("/recalls:preview", summary="What criteria would hold")
def preview(body: RecallPreviewBody, system: SystemDep, actor: ActorDep) -> PreviewOut:
    """Count the pieces that a recall with these criteria would hold; nothing is opened."""
    return PreviewOut.model_validate(system.recalls.preview(actor, body.criteria))


@router.post("/recalls", status_code=201, summary="Open a recall")
def open_(body: OpenBody, system: SystemDep, actor: ActorDep) -> OpenedOut:
    """Freeze the scope and mark what is in it; 409 where the criteria match nothing or everything, until confirmed."""
    return OpenedOut.model_validate(system.recalls.open(actor, body.request()))


@router.get("/recalls", summary="List recalls")
def page(
    system: SystemDep,
    actor: ActorDep,
    *,
    state: Literal["open", "closed"] | None = None,
    mock: bool | None = None,
    after: After = None,
    limit: Limit = 100,
) -> RecallPage:
    """List recalls, newest first."""
    found, more = system.recalls.reading.page(actor, state=state, mock=mock, after=after, limit=limit)
    return RecallPage.model_validate({"recalls": found, "next": more})


@router.get("/recalls/{recall}", summary="One recall")
def one(recall: Number, system: SystemDep, actor: ActorDep, counted: Literal["opened", "now"] = "opened") -> RecallOut:
    """Describe a recall; its units are counted by where they were when it was opened, or by where they are now."""
    return RecallOut.model_validate(system.recalls.reading.get(actor, recall, now=counted == "now"))


@router.get("/recalls/{recall}/items", summary="Pieces of a recall")
def items(
    recall: Number,
    system: SystemDep,
    actor: ActorDep,
    *,
    status: Annotated[Status, Query()] = "all",
    role: Role | None = None,
    product: str | None = None,
    place: str | None = None,
    holder: str | None = None,
    state: str | None = None,
    after: After = None,
    limit: Limit = 100,
) -> RecallItemPage:
    """List the pieces of a recall, each with where it is now and what has become of it."""
    where = Where(status=status, role=role, product=product, place=place, holder=holder, state=state)
    found, more = system.recalls.reading.items(actor, recall, where, after=after, limit=limit)
    return RecallItemPage.model_validate({"items": found, "next": more})


@router.get("/recalls/{recall}/hash", summary="Check the frozen scope")
def check_scope(recall: Number, system: SystemDep, actor: ActorDep) -> HashOut:
    """Compute the hash of the scope again, and say whether it is still the one of the opening."""
    return HashOut.model_validate(system.recalls.reading.check_scope(actor, recall))


@router.post("/recalls/{recall}:export", status_code=202, summary="Export the pieces of a recall")
def export(recall: Number, body: ListBody, request: Request, system: SystemDep, actor: ActorDep) -> JobStarted:
    """Start an export; when its job is done, its file is at ``GET /jobs/{job}/file``."""
    lang = language.choose(request.headers.get("accept-language", ""))
    return JobStarted(job=system.recall_export.start(actor, recall, body.format, lang))


@router.get("/recalls/{recall}/log", summary="What was done in a recall")
def log(recall: Number, system: SystemDep, actor: ActorDep, after: After = None, limit: Limit = 100) -> LogPage:
    """List what was done in a recall, newest first."""
    found, more = system.recalls.reading.log(actor, recall, after=after, limit=limit)
    return LogPage.model_validate({"entries": found, "next": more})


@router.get("/recalls/{recall}/comparison", summary="The cruder way")
def comparison(recall: Number, system: SystemDep, actor: ActorDep) -> ComparisonOut:
    """Say what a recall by production dates would have called back needlessly, and what it would have missed."""
    return ComparisonOut.model_validate(system.recalls.comparison.compare(actor, recall))


@router.post("/recalls/{recall}/actions", summary="Record an action")
def act(recall: Number, body: ActionBody, request: Request, system: SystemDep, actor: ActorDep) -> ActedOut:
    """Record what was done about pieces: all of them or, with mode partial, those that it is right for."""
    told = system.recalls.act(actor, recall, body.request())
    lang = language.choose(request.headers.get("accept-language", ""))
    refused = [problems.entry(problem, lang) for problem in told["refused"]]
    return ActedOut.model_validate({**told, "refused": refused})


@router.post("/recalls/{recall}:close", summary="Close a recall")
def close(recall: Number, body: CloseBody, system: SystemDep, actor: ActorDep) -> ClosedOut:
    """Close a recall: marks come off what is handled, quantities are released; asks where something is left to do."""
    told = system.recalls.close(
        actor, recall, confirmed=body.confirmed, note=body.note or "", release_stock=body.release_stock
    )
    return ClosedOut.model_validate(told)
