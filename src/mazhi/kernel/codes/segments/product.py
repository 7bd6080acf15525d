"""Product (产品): the product's category code, or its own code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from mazhi.kernel.codes.fitting import BEGINS, CHARS, FIT, WIDTH, Fitting, fitting_of
from mazhi.kernel.codes.parameters import Choice, Parameter
from mazhi.kernel.codes.segment import Context, Meaning, Preset, SegmentKind, StaticSegment
from mazhi.kernel.errors import Problem

POINTER = "/product"


class ProductSegment(StaticSegment):
    """What the product is, as the product itself says."""

    kind = "product"
    shows = "product"

    def __init__(self, source: Literal["category", "code"], fitting: Fitting, body: Mapping[str, Any]) -> None:
        self.source = source
        self.body = body
        self.widths = fitting.widths
        self._fitting = fitting

    def classes(self, width: int) -> Sequence[frozenset[str]]:
        """Return which characters each place may have."""
        return self._fitting.classes(width)

    def text(self, context: Context) -> str | Problem:
        """Write the product's category or code."""
        if context.product is None:
            if context.with_samples:
                return self._fitting.sample("P")
            return Problem("code_product_missing", {}, POINTER)
        value = context.product.category if self.source == "category" else context.product.code
        if not value:
            if context.with_samples:
                return self._fitting.sample("P")
            return Problem("code_product_without_category", {"product": context.product.code}, POINTER)
        return self._fitting.place(value, self.source, POINTER)

    def read(self, text: str) -> Meaning | None:
        """Take it as the category or the code."""
        if not self._fitting.fits(text):
            return None
        if self.source == "category":
            return Meaning(text, f"产品类别 {text}", f"product category {text}")
        return Meaning(text, f"产品 {text}", f"product {text}")


class ProductKind(SegmentKind[ProductSegment]):
    """A text that the product carries."""

    name = "product"
    zh = "产品类别"
    en = "Product category"
    group = "fixed"
    parameters = (
        Parameter(
            "source",
            "choice",
            "取自",
            "Taken from",
            default="category",
            choices=(
                Choice("category", "产品类别码", "The product's category code"),
                Choice("code", "产品编码", "The product's own code"),
            ),
        ),
        WIDTH,
        FIT,
        CHARS,
        BEGINS,
    )
    example: ClassVar[Mapping[str, Any]] = {"kind": "product", "source": "category", "width": 2}
    presets = (Preset("产品编码", "Product code", {"kind": "product", "source": "code", "width": 6, "chars": "signs"}),)

    def build(self, values: dict[str, Any], pointer: str, problems: list[Problem]) -> ProductSegment:
        """Make the segment."""
        fitting = fitting_of(values)
        problems += fitting.faults(pointer)
        return ProductSegment(values["source"], fitting, self.stored(values))


KIND = ProductKind()
