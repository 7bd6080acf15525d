"""Completing a scan step: nothing is missing, or somebody answers for it; then everything is posted at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from mazhi.engines.facts import Goods
from mazhi.engines.flows.effects.values import Around
from mazhi.engines.flows.kind import Asked, Done
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.refusing import refused_at
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.scans import store
from mazhi.engines.flows.scans.model import Rules, amount, missing
from mazhi.engines.flows.state import Step
from mazhi.kernel.errors import ConflictError, Problem, ProgrammingError, invalid
from mazhi.kernel.posting.kinds import operation_kinds
from mazhi.kernel.posting.model import ItemRef, PostRequest, QuantityLine
from mazhi.kernel.scanning.pieces import MILLION, contents

ANYWAY = "anyway"
"""How somebody completes a step although something is missing, where the flow only warns of it."""
MOST_NAMED = 50
MOST_KEPT = 10_000
"""So many codes a step keeps for later steps; of more only the event says them."""


def passed(run: Run, step: Step) -> bool:
    """Tell whether a scan step was really completed."""
    row = store.scan(run.tx, step.id)
    return row is not None and row.state == "done"


def begun(run: Run, step: Step) -> bool:
    """Tell whether anything was scanned."""
    row = store.scan(run.tx, step.id)
    return row is not None and row.last > 0


def held(run: Run, step: Step) -> tuple[Any, Rules]:
    """Lock the scanning of a step, and return it with its rules."""
    row = store.scan(run.tx, step.id, lock=True)
    if row is None:
        raise ProgrammingError(f"step {step.id} scans nothing")
    return row, Rules.read(json.loads(row.rules))


def answer_for(run: Run, node: Node, step: Step, asked: Asked) -> None:
    """Note that somebody completes a step although something is missing, where the flow lets them.

    Raises:
        InvalidInputError: They do not say why (code ``scan_reason_needed``).
    """
    row, rules = held(run, step)
    if asked.how != ANYWAY or rules.policy("missing") != "warn" or not _lacking(run, row, rules):
        return
    if not asked.comment.strip():
        raise invalid("/comment", "scan_reason_needed")
    let_pass(run, node, step, row, "missing", asked.comment)


def let_pass(run: Run, node: Node, step: Step, row: Any, kind: str, reason: str, seq: int = 0) -> None:
    """Record that something was let pass, by whom and why."""
    one = {"kind": kind, "reason": reason, "by": run.actor.name, "at": run.at, "seq": seq}
    store.set_overrides(run.tx, step.id, [*json.loads(row.overrides), one])
    run.note("override", node, step, kind=kind, reason=reason, seq=seq)


def _lacking(run: Run, row: Any, rules: Rules) -> list[Problem]:
    """Return what is missing, each line as a problem."""
    if not row.good and (rules.free or not row.expected):
        return [Problem("scan_nothing", {})]
    if row.matched >= row.expected:
        return []
    short = {one.line for one in missing(store.wants(run.tx, row.step_id), rules)}
    if not short:
        return []
    return [
        Problem(
            "scans_missing_line" if one.place else "scans_missing_anywhere",
            {
                "item": one.item or (f"{one.product}（{one.batch}）" if one.batch else one.product),
                "line": one.line, "missing": amount(one.expected - one.done), "expected": amount(one.expected),
                "done": amount(one.done), "place": one.place or "",
            },
            item=one.item or one.product,
        )
        for one in store.described(run.tx, row.step_id, 0, len(short) + MOST_NAMED, open_only=True)
        if one.line in short
    ]  # fmt: skip


def refuse_missing(run: Run, row: Any, rules: Rules) -> None:
    """Refuse to complete a step of which something is missing, unless it was let pass.

    Raises:
        ConflictError: Something is missing (code ``scans_missing``), each line as a problem.
    """
    excused = {one["kind"] for one in json.loads(row.overrides)}
    if rules.policy("missing") == "pass" or "missing" in excused:
        return
    problems = _lacking(run, row, rules)
    if problems:
        lacks = amount(max(0, row.expected - row.matched))
        raise ConflictError(
            "scans_missing", problems=problems[:MOST_NAMED], count=len(problems), missing=lacks,
            done=amount(row.done), expected=amount(row.expected),
        )  # fmt: skip


def finish(run: Run, node: Node, step: Step) -> Done:
    """Complete a step: check that nothing is missing, post the operation, and keep what was scanned in the record.

    Raises:
        ConflictError: Something is missing (code ``scans_missing``), or the operation is refused
            (``flow_step_refused``, with every reason).
        InvalidInputError: There is no picture, where one is needed.
    """
    row, rules = held(run, step)
    if row.state != "open":
        raise ConflictError("task_closed", item=str(step.id), state=row.state)
    if rules.photo and not run.values().get(rules.photo):
        raise invalid(f"/values/{rules.photo}", "scan_photo_needed")
    refuse_missing(run, row, rules)
    lines = store.right(run.tx, step.id)
    event = _post(run, node, lines)
    _keep(run, node, lines)
    store.set_state(run.tx, step.id, "done", run.at)
    data: dict[str, Any] = {
        "done": amount(row.done), "expected": amount(row.expected), "missing": amount(row.expected - row.matched),
        "wrong": row.wrong, "duplicates": row.duplicates, "overrides": json.loads(row.overrides),
    }  # fmt: skip
    goods = goods_of(lines)
    if event is None or len(goods.items) <= MOST_KEPT:
        data["goods"] = {
            "items": [*goods.items], "quantities": [[p, b, format(q, "f")] for p, b, q in goods.quantities],
        }  # fmt: skip
    return Done("done", data, event)


def goods_of(lines: Sequence[Any]) -> Goods:
    """Return what was scanned: items, and quantities by product and batch."""
    totals: dict[tuple[str, str], int] = {}
    for one in lines:
        if one.answer == "right" and not one.item_id:
            key = (one.product, one.batch or "")
            totals[key] = totals.get(key, 0) + int(one.quantity)
    items = [one.item for one in lines if one.answer == "right" and one.item_id]
    return Goods(items, [(product, batch, Decimal(total) / MILLION) for (product, batch), total in totals.items()])


def _post(run: Run, node: Node, lines: Sequence[Any]) -> int | None:
    said: Mapping[str, Any] = node.options.get("operation") or {}
    if not said.get("kind") or not lines:
        return None
    around, kind = Around(run), str(said["kind"])
    data = {str(name): around.take(source) for name, source in (said.get("data") or {}).items()}
    request = PostRequest(
        kind=kind,
        items=_items(run, kind, lines),
        quantities=[
            QuantityLine(product, total, batch or None) for product, batch, total in goods_of(lines).quantities
        ],
        place=around.word(said.get("place")) or None,
        from_place=around.word(said.get("from")) or None,
        partner=around.word(said.get("partner")) or None,
        document=around.word(said.get("document")),
        data={name: value for name, value in data.items() if value is not None and value != ""},
    )
    with refused_at(run, node):
        return run.ports.posting.post_within(run.tx, run.purse, run.acting, request).event


def _items(run: Run, kind: str, lines: Sequence[Any]) -> list[ItemRef]:
    """Name what is posted: a box whose whole content was scanned goes as a box, so that it stays packed."""
    right = {one.item_id: one.item for one in lines if one.answer == "right" and one.item_id}
    boxes = {one.item_id: one.item for one in lines if one.answer == "box"}
    inside = contents(run.tx, boxes) if boxes and operation_kinds[kind].on_packages else {}
    whole = {box: {one.item_id for one in some} for box, some in inside.items()}
    whole = {box: some for box, some in whole.items() if some and some <= right.keys()}
    packed = {item for some in whole.values() for item in some}
    single = {item: code for item, code in right.items() if item not in packed and item not in whole}
    return [ItemRef(boxes[box], item_id=box) for box in whole] + [ItemRef(c, item_id=i) for i, c in single.items()]


def _keep(run: Run, node: Node, lines: Sequence[Any]) -> None:
    """Write what was scanned into the field or the sub-table of the record that the node names."""
    into: Mapping[str, Any] = node.options.get("store_to") or {}
    goods = goods_of(lines)
    if into.get("table"):
        values: dict[str, Any] = {str(into["table"]): _rows(into, lines, goods)}
    elif into.get("field"):
        facts = run.form().by_code(str(into["field"]))
        held: Any = [*goods.items]
        if facts is not None and facts.kind == "scan_list":
            one = run.instance
            held = run.ports.records.keep(run.tx, run.acting, one.app, one.form, facts.id, goods)
        values = {str(into["field"]): held}
    else:
        return
    one = run.instance
    with refused_at(run, node):
        run.ports.records.change(run.tx, run.acting, run.purse, one.app, one.form, one.record_id, values, None)
    run.changed()


def _rows(into: Mapping[str, Any], lines: Sequence[Any], goods: Goods) -> list[dict[str, Any]]:
    """Return the rows of a sub-table: one for each item where a column takes it, else for each product and batch."""
    named = {name: str(into[name]) for name in ("product", "batch", "item", "quantity") if into.get(name)}
    each: list[dict[str, Any]] = []
    totals: dict[tuple[str, str], int] = {}
    for one in lines:
        if one.answer != "right" or not one.item_id:
            continue
        if "item" in named:
            each.append({"item": one.item, "product": one.product, "batch": one.batch or "", "quantity": 1})
        else:
            key = (one.product or "", one.batch or "")
            totals[key] = totals.get(key, 0) + int(one.quantity)
    totals |= {
        (product, batch): totals.get((product, batch), 0) + int(total * MILLION)
        for product, batch, total in goods.quantities
    }
    each += [{"product": p, "batch": b, "quantity": amount(total)} for (p, b), total in totals.items()]
    return [{code: row.get(name) for name, code in named.items() if row.get(name) not in {None, ""}} for row in each]
