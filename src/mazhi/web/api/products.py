"""Products."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from mazhi.kernel.products.model import (
    Capture,
    CaptureMode,
    CaptureRule,
    Product,
    Tracking,
    WarrantyFrom,
    gtin14,
)
from mazhi.kernel.products.store import ProductFilter
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import (
    After,
    Code,
    CodeInPath,
    IfMatch,
    Limit,
    Named,
    Search,
    based_on,
    locate,
    tag,
)

router = APIRouter(prefix="/products", tags=["products"])

Name = Annotated[str, Field(max_length=500, examples=["智能水表 DN20"])]
Days = Annotated[int, Field(ge=0, le=36_500)]
Kinds = Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=50, examples=[["receive"]])]


class CaptureRuleBody(BaseModel):
    """One line of the capture rule; null means every operation, or every place."""

    model_config = ConfigDict(extra="forbid")

    operation: Annotated[str | None, Field(max_length=40, examples=["ship"])] = None
    place: Annotated[str | None, Field(max_length=64, examples=["WH1"])] = None
    mode: CaptureMode


class CaptureBody(BaseModel):
    """How serial numbers are captured, per operation and place."""

    model_config = ConfigDict(extra="forbid")

    rules: Annotated[list[CaptureRuleBody], Field(max_length=200)] = []
    outbound_only: bool = False
    track_only: bool = False
    pattern: Annotated[
        str,
        Field(
            max_length=300,
            description="Masks for foreign serials: # digit, @ letter, ? either, * any characters, | or.",
            examples=["SN########|@@-####*"],
        ),
    ] = ""

    def as_capture(self) -> Capture:
        """Turn it into what the kernel knows."""
        return Capture(
            tuple(CaptureRule(rule.mode, rule.operation, rule.place) for rule in self.rules),
            self.outbound_only,
            self.track_only,
            self.pattern,
        )


class ProductFields(BaseModel):
    """What may be set of a product, whether it is new or changed."""

    model_config = ConfigDict(extra="forbid")

    batch_managed: bool = False
    shelf_life_days: Annotated[int | None, Field(ge=1, le=36_500, examples=[540])] = None
    gtin: Annotated[str | None, Field(max_length=14, examples=["06901234567892"])] = None
    unit: Annotated[str, Field(max_length=50, examples=["台"])] = ""
    category: Annotated[str, Field(max_length=50, examples=["WM"])] = ""
    warranty_days: Annotated[Days | None, Field(examples=[730])] = None
    warranty_from: WarrantyFrom = "activate"
    warranty_delay_days: Days = 0
    stock_age_days: Annotated[Days | None, Field(examples=[180])] = None
    inspect_on: Kinds = []
    life_cycle: Code = "goods"
    capture: CaptureBody = CaptureBody()
    rule: Annotated[str | None, Field(max_length=64, description="Code rule that makes its codes.")] = None


class NewProduct(ProductFields):
    """A product to be added."""

    code: Annotated[Code, Field(examples=["WM-20"])]
    name: Name
    tracking: Tracking


class ProductChange(ProductFields):
    """Fields of a product to be changed; what is missing stays."""

    version: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    name: Name = ""
    tracking: Tracking = "serial"
    active: bool = True


class ProductAnswer(ProductFields):
    """A product."""

    code: str
    name: str
    tracking: Tracking
    active: bool
    used: bool
    version: int


class ProductPage(BaseModel):
    """One page of products."""

    products: list[ProductAnswer]
    next: str | None


def _given(body: ProductFields) -> dict[str, Any]:
    """Return the fields that were sent, as the kernel knows them."""
    given = {name: getattr(body, name) for name in body.model_fields_set if name != "version"}
    if "capture" in given:
        given["capture"] = body.capture.as_capture()
    if "inspect_on" in given:
        given["inspect_on"] = tuple(body.inspect_on)
    return given


def _answer(product: Product) -> ProductAnswer:
    facts = product.facts()
    return ProductAnswer(**facts, used=product.used, version=product.version)


@router.post("", status_code=201)
def create(body: NewProduct, system: SystemDep, actor: ActorDep, response: Response) -> ProductAnswer:
    """Add a product."""
    product = system.products.create(actor, Product(**_given(body)))
    locate(response, "products", product.code, product.version)
    return _answer(product)


@router.get("")
def find(
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
    q: Search = None,
    tracking: Tracking | None = None,
    category: Named = None,
    life_cycle: Named = None,
    gtin: Annotated[str | None, Query(max_length=14)] = None,
    active: bool | None = None,
    after: After = None,
    limit: Limit = 100,
) -> ProductPage:
    """List products in the order of their codes."""
    wanted = ProductFilter(
        text=q,
        tracking=tracking,
        category=category,
        life_cycle=life_cycle,
        gtin=gtin14(gtin) or gtin if gtin else None,
        active=active,
    )
    page = system.products.find(wanted, after=after, limit=limit)
    return ProductPage(products=[_answer(product) for product in page.rows], next=page.next)


@router.get("/{code:path}")
def get(code: CodeInPath, system: SystemDep, actor: ActorDep, response: Response) -> ProductAnswer:  # noqa: ARG001 - signed in is enough
    """Show one product."""
    product = system.products.get(code)
    tag(response, product.version)
    return _answer(product)


@router.patch("/{code:path}")
def change(
    code: CodeInPath,
    body: ProductChange,
    system: SystemDep,
    actor: ActorDep,
    response: Response,
    if_match: IfMatch = None,
) -> ProductAnswer:
    """Change some fields of a product."""
    product = system.products.change(actor, code, based_on(body.version, if_match), _given(body))
    tag(response, product.version)
    return _answer(product)


@router.delete("/{code:path}", status_code=204)
def delete(code: CodeInPath, system: SystemDep, actor: ActorDep) -> None:
    """Remove a product that nothing refers to; what is in use can only be deactivated."""
    system.products.delete(actor, code)
