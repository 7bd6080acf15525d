"""Operations: which kinds there are, and carrying them out."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mazhi.kernel import clock
from mazhi.kernel.posting.kinds import operation_kinds
from mazhi.kernel.posting.model import ItemRef, PostRequest, QuantityLine
from mazhi.kernel.posting.operation import Operation
from mazhi.web import language, problems
from mazhi.web.answers import answer
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["operations"])

Code = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern="^[^\\x00]*$")]
Text = Annotated[str, StringConstraints(max_length=4000, pattern="^[^\\x00]*$")]


class ItemNamed(BaseModel):
    """An item by one of its identifiers, with the namespace where several may fit."""

    model_config = ConfigDict(extra="forbid")

    identifier: Code
    namespace: Code | None = None


class QuantityBody(BaseModel):
    """A quantity of batch or SKU goods; owner, quality and state say what it is drawn from."""

    model_config = ConfigDict(extra="forbid")

    product: Code
    batch: Code | None = None
    quantity: Annotated[Decimal, Field(max_digits=24)]
    owner: Code | None = None
    quality: Code | None = None
    state: Code | None = None


class OperationBody(BaseModel):
    """What is to be posted."""

    model_config = ConfigDict(
        extra="forbid",
        populate_by_name=True,
        json_schema_extra={
            "examples": [
                {
                    "items": ["RO260908L010037", {"identifier": "359881012345678", "namespace": "imei1"}],
                    "place": "WH1",
                    "document": "PO-1024",
                    "mode": "all",
                    "client_key": "5b0e6b7e-6f0a-4c0e-9a53-1f6f6f3a2b10",
                }
            ]
        },
    )

    items: list[Code | ItemNamed] = Field(default_factory=list)
    quantities: list[QuantityBody] = Field(default_factory=list)
    from_: Code | None = Field(default=None, alias="from", description="Where everything must be now.")
    place: Code | None = Field(default=None, description="Where everything is afterwards.")
    partner: Code | None = None
    document: Text | None = None
    occurred_at: datetime | None = Field(default=None, description="When it happened; null: now.")
    note: Text | None = None
    mode: Literal["all", "partial"] = "all"
    client_key: Annotated[str, StringConstraints(min_length=1, max_length=200, pattern="^[^\\x00]*$")] | None = None
    data: dict[str, Any] = Field(default_factory=dict)

    def request(self, kind: str) -> PostRequest:
        """Return it in the kernel's words."""
        return PostRequest(
            kind=kind,
            items=[
                ItemRef(one) if isinstance(one, str) else ItemRef(one.identifier, one.namespace) for one in self.items
            ],
            quantities=[QuantityLine(**line.model_dump()) for line in self.quantities],
            from_place=self.from_,
            place=self.place,
            partner=self.partner,
            document=self.document or "",
            occurred_at=None if self.occurred_at is None else clock.to_micros(self.occurred_at),
            note=self.note or "",
            mode=self.mode,
            client_key=self.client_key,
            data=self.data,
        )


class RefusedOut(BaseModel):
    """One item or line that was refused: which, why, and what to do."""

    pointer: str | None
    item: str | None
    code: str
    message: str
    advice: str
    params: dict[str, Any]


class OutcomeOut(BaseModel):
    """What was done; ``event`` is null where nothing was accepted."""

    event: int | None
    accepted: int
    refused: list[RefusedOut]
    remarks: list[RefusedOut] = Field(description="What else is worth knowing: what is reserved again, or is not.")


class DataFieldOut(BaseModel):
    """One field of an operation's ``data``."""

    name: str
    kind: str
    zh: str
    en: str
    required: bool
    choices: list[str]
    example: Any = None


class OperationOut(BaseModel):
    """One kind of operation, for a form to be made of it."""

    name: str
    zh: str
    en: str
    icon: str
    place: Literal["needed", "optional", "cleared"]
    holder: Literal["kept", "partner", "cleared"]
    single: bool
    quantities: bool
    chooses: list[str]
    allowed: bool
    data: list[DataFieldOut]


@router.get("/operations", summary="Operation kinds")
def kinds(system: SystemDep, actor: ActorDep) -> list[OperationOut]:
    """List the operations that can be posted, and whether the caller may."""
    with system.db.read() as tx:
        cycles = system.life_cycles.load(tx)
    found = []
    for kind in operation_kinds:
        if kind.posted:
            choices: list[str] = []
            for cycle in cycles.values() if kind.chooses else ():
                # What is chosen for parts that come out is the state of the parts, not that of their unit.
                part = f"{kind.name}:component"
                key = part if cycle.starts(part) else kind.name
                for start in cycle.starts(key):
                    choices += [state for state in cycle.choices(key, start) if state not in choices]
            found.append(_kind(kind, choices, actor.may(f"operation.{kind.name}")))
    return found


def _kind(kind: Operation, choices: list[str], allowed: bool) -> OperationOut:
    return OperationOut(
        name=kind.name,
        zh=kind.zh,
        en=kind.en,
        icon=kind.icon,
        place=kind.place.value,
        holder=kind.holder.value,
        single=kind.single,
        quantities=kind.quantities,
        chooses=choices,
        allowed=allowed,
        data=[
            DataFieldOut(
                name=one.name, kind=one.kind, zh=one.zh, en=one.en, required=one.required,
                choices=list(one.choices), example=one.example,
            )
            for one in kind.data
        ],
    )  # fmt: skip


@router.post("/operations/{kind}", summary="Carry out an operation", response_model=OutcomeOut)
def post(
    kind: str,
    body: OperationBody,
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    dry_run: Annotated[bool, Query(description="Answer as if it were posted, and change nothing.")] = False,
) -> Response:
    """Post an operation on items and quantities: everything or, with mode partial, what is right.

    The same client key again gives the same answer and changes nothing. With mode all any refusal is a 409 that
    carries every refusal, and nothing is changed. With dry_run the same is answered (event is null) and nothing is
    changed either way; the client key stays unused.
    """
    carry_out = system.posting.try_out if dry_run else system.posting.post
    outcome = carry_out(actor, body.request(kind))
    lang = language.choose(request.headers.get("accept-language", ""))
    refused = [problems.entry(problem, lang) for problem in outcome.refused]
    remarks = [problems.entry(problem, lang) for problem in outcome.remarks]
    return answer({"event": outcome.event, "accepted": outcome.accepted, "refused": refused, "remarks": remarks})
