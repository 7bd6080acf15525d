"""What should be scanned, worked out and frozen when a step is entered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from mazhi.engines.flows.effects.goods import goods_of
from mazhi.engines.flows.effects.values import Around
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.scans import store
from mazhi.engines.flows.scans.model import Posting, Rules, Want
from mazhi.engines.flows.state import Step
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import ConflictError, Problem
from mazhi.kernel.partners import store as partners
from mazhi.kernel.places import store as places
from mazhi.kernel.scanning.pieces import MILLION, contents, find

MOST_NAMED = 50
_LARGEST = 10**9


def freeze(run: Run, node: Node, step: Step) -> None:
    """Write down what a step expects and by which rules, for as long as it is open.

    Raises:
        ConflictError: Nothing is expected where something should be, or it names what is not there; nothing has
            changed then (codes ``scan_nothing_expected``, ``scan_source_unknown``).
    """
    wants = wanted(run, node)
    rules = rules_of(run, node)
    if not wants and not rules.free and rules.policy("missing") == "refuse":
        raise ConflictError("scan_nothing_expected", item=node.title or run.kind(node).zh, node=node.id)
    store.add(run.tx, step.id, run.instance.id, node.id, rules.body(), run.at)
    if wants:
        store.expect(run.tx, step.id, wants)


def rules_of(run: Run, node: Node) -> Rules:
    """Read the rules of a node for the record as it is now."""
    options, around = node.options, Around(run)
    place = around.word(options.get("place") or None)
    found = places.by_codes(run.tx, [place]).get(place) if place else None
    tolerance: Mapping[str, Any] = options.get("tolerance") or {}
    return Rules(
        free=(options.get("against") or {}).get("kind", "free") == "free",
        policies=dict(options.get("policies") or {}),
        missing=float(tolerance.get("missing") or 0),
        extra=float(tolerance.get("extra") or 0),
        boxes=str(options.get("boxes") or "explode"),
        states=tuple(options.get("states") or ()),
        place_id=found.id or 0 if found is not None else 0,
        place=place if found is not None else "",
        manual=str(options.get("manual") or "allow"),
        ask=bool(options.get("ask", True)),
        photo=str(options.get("photo") or ""),
        continuous=bool(options.get("continuous", True)),
        operation=_posting(run, around, options.get("operation") or {}),
        title=run.instance.title,
        boxes_of=_outer(run, node),
    )


def stands(run: Run, node: Node, step: Step) -> bool:
    """Tell whether what was scanned is still what the record asks for: the same goods, in the same place."""
    row = store.scan(run.tx, step.id)
    if row is None:
        return False
    then = Rules.read(json.loads(row.rules))
    try:
        now, wants = rules_of(run, node), wanted(run, node)
    except ConflictError:
        return False  # the step says why when it is entered again
    if _where(then) != _where(now):
        return False
    # What has become of the content of boxes since is no matter of the record.
    return bool(then.boxes_of) or _bare(store.wants(run.tx, step.id)) == _bare(wants)


def _where(rules: Rules) -> tuple[object, ...]:
    posted = rules.operation or Posting("")
    return (
        rules.place_id, [*rules.boxes_of], posted.kind, posted.place_id, posted.from_id, posted.partner_id,
        posted.document,
    )  # fmt: skip


def _bare(wants: Iterable[Want]) -> list[Want]:
    return [replace(one, done=0) for one in wants]


def _outer(run: Run, node: Node) -> tuple[str, ...]:
    against: Mapping[str, Any] = node.options.get("against") or {}
    if against.get("kind") != "box":
        return ()
    return tuple(goods_of(Around(run), {"field": str(against.get("field", ""))}).items)


def _posting(run: Run, around: Around, said: Mapping[str, Any]) -> Posting | None:
    if not said.get("kind"):
        return None
    codes = {name: around.word(said.get(name)) for name in ("place", "from", "partner")}
    by_code = places.by_codes(run.tx, [codes[name] for name in ("place", "from") if codes[name]])
    ids = {name: (by_code[codes[name]].id or 0) if codes[name] in by_code else 0 for name in ("place", "from")}
    partner = partners.by_codes(run.tx, [codes["partner"]]).get(codes["partner"]) if codes["partner"] else None
    data = {str(name): around.take(source) for name, source in (said.get("data") or {}).items()}
    return Posting(
        kind=str(said["kind"]),
        place_id=ids["place"],
        from_id=ids["from"],
        partner_id=(partner.id or 0) if partner else 0,
        partner_kind=partner.kind if partner else "",
        document=around.word(said.get("document")),
        data={name: value for name, value in data.items() if value is not None},
    )


def wanted(run: Run, node: Node) -> list[Want]:
    """Work out the expected lines, in their order."""
    against: Mapping[str, Any] = node.options.get("against") or {}
    match against.get("kind"):
        case "lines":
            return _numbered(_lines(run, against))
        case "items":
            return _numbered(_goods(run, {"field": against.get("field")}))
        case "step":
            return _numbered(_goods(run, {"step": against.get("node")}))
        case "box":
            return _numbered(_content(run, str(against.get("field", ""))))
        case _:
            return []


def _numbered(found: Iterable[tuple[int, int, int, int]]) -> list[Want]:
    """Number lines; one item is expected once, and a quantity of nothing not at all."""
    lines: list[Want] = []
    items: set[int] = set()
    for item, product, batch, quantity in found:
        if quantity > 0 and item not in items:
            lines.append(Want(len(lines) + 1, item, product, batch, quantity))
            items |= {item} - {0}
    return lines


def _goods(run: Run, source: Mapping[str, Any]) -> list[tuple[int, int, int, int]]:
    goods = goods_of(Around(run), source)
    found = _items(run, goods.items)
    products, batches = store.by_codes(
        run.tx, {one[0] for one in goods.quantities}, {one[1] for one in goods.quantities}
    )
    return found + [
        (0, products[product], batches.get((products[product], batch), 0), int(quantity * MILLION))
        for product, batch, quantity in goods.quantities
        if product in products
    ]


def _items(run: Run, codes: Sequence[str]) -> list[tuple[int, int, int, int]]:
    found = find(run.tx, SYSTEM, codes) if codes else {}
    pieces = {code: found[code].piece for code in codes}
    unknown = [code for code, one in pieces.items() if one is None or not one.item_id]
    if unknown:
        problems = [Problem("unknown_item", {"item": code}, item=code) for code in unknown[:MOST_NAMED]]
        raise ConflictError("scan_source_unknown", problems=problems, count=len(unknown))
    return [(one.item_id, one.product_id, one.batch_id, MILLION) for one in pieces.values() if one is not None]


def _content(run: Run, field: str) -> list[tuple[int, int, int, int]]:
    """Return what is in the box that a field names; other items stand for themselves."""
    outer = goods_of(Around(run), {"field": field})
    found = find(run.tx, SYSTEM, outer.items) if outer.items else {}
    boxes = [one.piece for one in found.values() if one.piece is not None and one.piece.kind == "package"]
    inside = contents(run.tx, {one.item_id for one in boxes}) if boxes else {}
    plain = [code for code in outer.items if found[code].piece not in boxes]
    packed = [(one.item_id, one.product_id, one.batch_id, MILLION) for some in inside.values() for one in some]
    return packed + _items(run, plain)


def _lines(run: Run, against: Mapping[str, Any]) -> list[tuple[int, int, int, int]]:
    """Read the lines of an order: of the record itself, or of the record that it links to."""
    rows = [
        row for held in _records(run, str(against.get("via") or "")) for row in held.get(str(against["table"])) or ()
    ]
    word = {
        name: [_text(row.get(str(against.get(name) or ""))) for row in rows] for name in ("product", "batch", "item")
    }
    batches = {code.partition("@")[0] for code in word["batch"]}
    products, of_product = store.by_codes(run.tx, {*word["product"]}, batches)
    named = dict.fromkeys(code for code in word["item"] if code)
    items = dict(zip(named, _items(run, [*named]), strict=True))
    found = []
    for place, row in enumerate(rows):
        item, product = word["item"][place], products.get(word["product"][place], 0)
        if item:
            found.append(items[item])
        elif product:
            batch = of_product.get((product, word["batch"][place].partition("@")[0]), 0)
            found.append((0, product, batch, _quantity(row, against)))
    return found


def _records(run: Run, via: str) -> list[Mapping[str, Any]]:
    if not via:
        return [run.values()]
    held, facts = run.values().get(via), run.form().by_code(via)
    app, _, form = (facts.names if facts else "").partition("/")
    several = held if isinstance(held, list) else [held]
    numbers = [int(text) for text in (str(one or "") for one in several) if text.isdecimal()]
    found = [run.ports.records.values(run.tx, app, form, number) for number in numbers] if form else []
    return [one for one in found if one is not None]


def _quantity(row: Mapping[str, Any], against: Mapping[str, Any]) -> int:
    """Return how much a line wants; one where no column says it, none where the column is empty."""
    if not against.get("quantity"):
        return MILLION
    try:
        found = Decimal(str(row.get(str(against["quantity"]))))
    except InvalidOperation:
        return 0
    return int(found * MILLION) if found.is_finite() and 0 < found < _LARGEST else 0


def _text(value: Any) -> str:
    found = value[0] if isinstance(value, list) and value else value
    return str(found).strip() if found not in (None, []) else ""
