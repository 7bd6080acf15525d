"""Goods of a record or of an earlier step: items by their codes, and quantities of products."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from mazhi.engines.facts import Goods
from mazhi.engines.flows.effects.values import Around, last
from mazhi.engines.flows.scans import store as scans
from mazhi.engines.flows.scans.finishing import goods_of as scanned
from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.kernel.posting import store as posting
from mazhi.kernel.posting.model import QuantityLine

SCAN_LIST = "scan_list"


def goods_of(around: Around, source: object) -> Goods:
    """Return the goods that a source names; none where it names nothing.

    A source is ``{"field": code}`` (an item, items, a scan list, or a text with a code), ``{"table": code,
    "column": code}``, ``{"step": node}``: what an earlier step scanned, made or posted, or ``{"formula": text}``.
    """
    if not isinstance(source, Mapping) or not source:
        return Goods()
    if "step" in source:
        return _of_step(around, str(source["step"]))
    if "table" in source:
        return Goods(items=codes(around.field(f"{source['table']}.{source.get('column', '')}")))
    if "field" in source:
        code = str(source["field"])
        held = around.field(code)
        facts = around.run.form().by_code(code)
        if facts is not None and facts.kind == SCAN_LIST:
            return around.run.ports.records.goods(around.run.tx, [str(held)] if held else [])
        return Goods(items=codes(held))
    return Goods(items=codes(around.take(source)))


def codes(held: Any) -> list[str]:
    """Return the codes that a value holds, each once."""
    several = held if isinstance(held, list) else [held]
    return list(dict.fromkeys(str(one).strip() for one in several if one is not None and one != ""))


def _of_step(around: Around, node: str) -> Goods:
    step = last(around.run, node)
    if step is None:
        return Goods()
    if step.kind == "scan":
        return scanned(scans.right(around.run.tx, step.id))
    event = step.event_id if step.event_id is not None else step.data.get("event")
    return Goods() if event is None else Goods(items=posting.codes_of_event(around.run.tx, int(event)))


def quantities_of(around: Around, wanted: object) -> list[QuantityLine]:
    """Return the quantities that a node says: of the rows of a sub-table, or of the record itself.

    ``{"table": code, "product": source, "quantity": source, "batch", "owner", "state", "quality": sources, "when":
    formula}``; a row without a quantity is left out.

    Raises:
        InvalidInputError: A quantity is none; each is named.
    """
    if not isinstance(wanted, Mapping) or not wanted:
        return []
    table, when = str(wanted.get("table") or ""), str(wanted.get("when") or "")
    each = [around.at(table, row) for row in range(around.rows(table))] if table else [around]
    lines: list[QuantityLine] = []
    problems: list[Problem] = []
    for place, one in enumerate(each):
        if when and not one.holds(when):
            continue
        amount = one.take(wanted.get("quantity"))
        if amount is None or amount == "":
            continue
        quantity = _number(amount)
        product = one.word(wanted.get("product"))
        if quantity is None or not product:
            code = "flow_no_quantity" if quantity is None else "flow_no_product"
            problems.append(Problem(code, {"value": str(amount)[:50], "row": place + 1}, f"/quantities/{place}"))
            continue
        if quantity:
            more = {name: one.word(wanted.get(name)) or None for name in ("batch", "owner", "quality", "state")}
            lines.append(QuantityLine(product, quantity, **more))
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)
    return lines


def _number(value: Any) -> Decimal | None:
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None
