"""What forms ask besides their own records: other systems, and whether parts fit."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from mazhi.engines.forms.scan_lists.model import amount
from mazhi.kernel import texts
from mazhi.kernel.outbound.hosts import Host
from mazhi.web import language
from mazhi.web.api.forms import App, FormCode
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["form queries"])

_NO_NUL = "^[^\\x00]*$"


class QueryBody(BaseModel):
    """What stands in the form."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"values": {"serial": "RO261112L010025"}}]}
    )

    values: dict[str, Any]


class QueryOut(BaseModel):
    """What the fields are filled with, by their codes; null where the answer says nothing."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"values": {"name": "家用反渗透净水机"}}]})

    values: dict[str, Any]


@router.post("/apps/{app}/forms/{form}/queries/{field}", summary="Ask another system")
def ask(
    system: SystemDep,
    actor: ActorDep,
    app: App,
    form: FormCode,
    field: Annotated[str, Path(max_length=64, description="The query's code or id.")],
    body: QueryBody,
) -> QueryOut:
    """Ask the other system that a query of the form names, and return what fields are filled with; nothing is saved."""
    return QueryOut(values=system.form_queries.ask(actor, f"{app}/{form}", field, body.values))


class HostBody(BaseModel):
    """A host that the server may ask."""

    model_config = ConfigDict(extra="forbid")

    host: Annotated[str, Field(min_length=1, max_length=253, pattern=_NO_NUL)]
    port: Annotated[int | None, Field(ge=1, le=65_535)] = None
    plain: Annotated[bool, Field(description="Also without encryption.")] = False
    private: Annotated[bool, Field(description="Also in the own network.")] = False
    authorization: Annotated[
        str, Field(max_length=2_000, pattern="^[\\x20-\\x7e]*$", description="Kept where none is given.")
    ] = ""


class HostsBody(BaseModel):
    """Every host that the server may ask."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"hosts": [{"host": "erp.example.com", "authorization": "Bearer 1234"}]}]},
    )

    hosts: Annotated[list[HostBody], Field(max_length=200)]


class HostOut(BaseModel):
    """A host; its authorization is never shown."""

    host: str
    port: int | None
    plain: bool
    private: bool
    authorized: bool


class HostsOut(BaseModel):
    """Every host that the server may ask."""

    hosts: list[HostOut]


def _host(one: Host) -> HostOut:
    return HostOut(
        host=one.host, port=one.port, plain=one.plain, private=one.private, authorized=bool(one.authorization)
    )


@router.get("/outbound-hosts", summary="Hosts that may be asked")
def hosts(system: SystemDep, actor: ActorDep) -> HostsOut:
    """Return the hosts that queries of forms may ask."""
    return HostsOut(hosts=[_host(one) for one in system.outbound_hosts.list(actor)])


@router.put("/outbound-hosts", summary="Set the hosts that may be asked")
def set_hosts(system: SystemDep, actor: ActorDep, body: HostsBody) -> HostsOut:
    """Replace the hosts that queries of forms may ask."""
    wanted = [Host(one.host.lower(), one.port, one.plain, one.private, one.authorization) for one in body.hosts]
    return HostsOut(hosts=[_host(one) for one in system.outbound_hosts.set(actor, wanted)])


class PartsBody(BaseModel):
    """An item, and what was scanned as its parts."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"item": "RO260908L010037", "parts": ["PM-2611-01873"]}]}
    )

    item: Annotated[str, Field(min_length=1, max_length=200, pattern=_NO_NUL)]
    parts: Annotated[list[Annotated[str, Field(max_length=8_192)]], Field(max_length=1_000)]


class PartOut(BaseModel):
    """A part, and why it does not belong, if it does not."""

    raw: str
    answer: Literal["right", "wrong"]
    code: str
    message: str
    advice: str
    item: str | None
    product: str | None
    state: str | None


class NeedOut(BaseModel):
    """One line of the bill of materials."""

    product: str
    name: str
    tracking: str
    needed: int | float
    inside: int | float = Field(description="Built in already.")
    given: int | float = Field(description="Among what was scanned.")
    missing: int | float


class PartsOut(BaseModel):
    """Parts compared with the bill of materials."""

    item: str
    product: str | None
    bom: int | None = Field(description="The version of the bill; null where there is none and any part is right.")
    complete: bool
    parts: list[PartOut]
    needs: list[NeedOut]


@router.post("/part-checks", summary="Compare parts with the bill of materials")
def check_parts(system: SystemDep, actor: ActorDep, body: PartsBody, request: Request) -> PartsOut:
    """Say what is missing in an item and which parts do not belong; nothing is changed."""
    lang = language.choose(request.headers.get("accept-language", ""))
    found = system.bindings.check_parts(actor, body.item, body.parts)
    parts = []
    for one in found.compared.parts:
        problem = one.problem
        parts.append(
            PartOut(
                raw=one.part.raw,
                answer="wrong" if problem else "right",
                code=problem.code if problem else "",
                message=texts.message(problem.code, lang, problem.params) if problem else "",
                advice=texts.advice(problem.code, lang, problem.params) if problem else "",
                item=one.part.code or None,
                product=one.part.product or None,
                state=one.part.state or None,
            )
        )
    needs = [
        NeedOut(
            product=row.code, name=row.name, tracking=row.tracking, needed=amount(one.needed),
            inside=amount(one.inside), given=amount(one.given), missing=amount(one.missing),
        )
        for one in found.compared.needs
        if (row := found.products.get(one.product_id)) is not None
    ]  # fmt: skip
    return PartsOut(
        item=found.item, product=found.product, bom=found.bom, complete=found.compared.complete, parts=parts,
        needs=needs,
    )  # fmt: skip
