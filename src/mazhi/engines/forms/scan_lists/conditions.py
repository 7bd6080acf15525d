"""From the options of a field and what stands in the form around it to what its list takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from mazhi.engines.forms.model import Field
from mazhi.engines.forms.records.deriving import linked, open_form
from mazhi.engines.forms.records.opened import Opened
from mazhi.engines.forms.scan_lists import store
from mazhi.engines.forms.scan_lists.model import Conditions
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.places import store as places
from mazhi.kernel.products import store as products
from mazhi.kernel.scanning.pieces import MILLION

StateNames = Callable[[Tx], Mapping[str, tuple[str, str]]]
"""What every state is called, in Chinese and English."""

_LARGEST = 10**15


def read(
    tx: Tx, actor: Actor, opened: Opened, field: Field, context: Mapping[str, Any], names: StateNames
) -> Conditions:
    """Work out what a list takes."""
    options = field.options
    product_code, place_code = _text(context.get("product")), _text(context.get("place"))
    product = products.by_codes(tx, [product_code]).get(product_code) if product_code else None
    within: set[int] | None = None
    if place_code:
        place = places.by_codes(tx, [place_code]).get(place_code)
        within = places.inside(tx, [place.id]) if place is not None and place.id else set()
    listed = listed_by(tx, actor, opened, field, context)
    expected = millionths(context.get("expected"))
    if expected is None and listed:
        expected = int(store.by_ids(tx, [listed])[listed].quantity)
    return Conditions(
        takes=options["takes"],
        boxes=options["boxes"],
        product=0 if not product_code else (product.id or -1) if product is not None else -1,
        product_code=product_code,
        products=tuple(options["products"]),
        states=tuple(options["states"]),
        places=within,
        place_code=place_code,
        blocked=options["blocked"],
        expected=expected,
        over=options["over"],
        listed=listed,
        once=options["once"],
        names=names(tx) if options["states"] else {},
    )


def listed_by(tx: Tx, actor: Actor, opened: Opened, field: Field, context: Mapping[str, Any]) -> int:
    """Return the list of the linked record, which says what should come, if the reader may see it; 0 for none."""
    number = _text(context.get("list_record"))
    named = str(field.options["list_field"] or "")
    link = next((one for one in opened.form.walk() if one.code == field.options["list_record"]), None)
    if not (number.isascii() and number.isdigit() and named and link is not None):
        return 0
    code = str(link.options.get("form", ""))
    other = open_form(tx, code)
    there = (
        next((one for one in other.form.walk() if one.code == named and one.kind == field.kind), None)
        if other
        else None
    )
    seen = linked(tx, actor)(code, [int(number)]).get(int(number), {}) if there is not None else {}
    if there is None or there.code not in seen:
        return 0
    rows = store.bound_to(tx, there.id, [int(number)])
    return int(rows[0].id) if rows else 0


def millionths(value: Any) -> int | None:
    """Return a number of a form in millionths; None for what is none."""
    if value is None or isinstance(value, bool):
        return None
    try:
        found = Decimal(str(value)) * MILLION
    except InvalidOperation:
        return None
    return int(found) if found.is_finite() and 0 <= found < _LARGEST else None


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) and value.isprintable() else ""
