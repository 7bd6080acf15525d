"""Planning an exchange (换货): the old piece comes back, the new one goes to its holder with its warranty."""

from __future__ import annotations

from dataclasses import replace

from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.posting.model import Change, ItemRef, changes
from mazhi.kernel.posting.operation import HolderRule, PlaceRule
from mazhi.kernel.posting.planning import Frame, Plan, Step, fill_setting, find_pieces, judge


def plan(tx: Tx, frame: Frame) -> Plan:
    """Judge both pieces; either both change or none."""
    new_ref = frame.request.data["new"]
    if isinstance(new_ref, str):
        new_ref = {"identifier": new_ref}
    wanted = ItemRef(str(new_ref.get("identifier", "")), new_ref.get("namespace"))
    refs = [frame.request.items[0], wanted]
    pieces, refused = find_pieces(tx, refs)
    pieces = [piece._replace(pointer=_pointer(piece.pointer)) for piece in pieces]
    refused = [replace(problem, pointer=_pointer(problem.pointer)) for problem in refused]
    event_id = frame.event_ids[0]
    refused += [
        Problem("wrong_product", {"product": piece.given, "why": "package"}, piece.pointer, piece.given)
        for piece in pieces
        if piece.facts.kind == "package"
    ]
    if refused:
        return Plan(event_id, [], 0, refused)
    old, new = pieces
    setting = frame.setting
    fill_setting(tx, setting, pieces)
    back, refused = judge([old], setting)
    giving = replace(
        setting,
        operation=replace(setting.operation, use=True, place=PlaceRule.CLEARED, holder=HolderRule.KEPT),
        from_ids=None,
        owner_id=None,
    )
    fill_setting(tx, giving, pieces)
    given, wrong = judge([new], giving, "exchange:new")
    refused += wrong
    if refused:
        return Plan(event_id, [], 0, refused)
    after = given[0][1].after._replace(
        quality=new.facts.quality,
        holder_id=old.facts.holder_id or setting.partner_id,
        warranty_start=old.facts.warranty_start,
        warranty_end=old.facts.warranty_end,
    )
    if old.facts.product_id != new.facts.product_id and not frame.request.data.get("other_product"):
        refused = [Problem("wrong_product", {"product": "", "why": "exchange"}, "/data/new", new.given)]
        return Plan(event_id, [], 0, refused)
    changed = [*back, (new, Change(after, changes(new.facts, after)))]
    return Plan(event_id, [Step(frame.stamp(event_id, frame.event_data), changed)], 1, [])


def _pointer(pointer: str | None) -> str:
    return "/data/new" if pointer == "/items/1" else "/items/0"
