"""Planning a relabelling (换标): a new code for the item; the old one still leads to it."""

from __future__ import annotations

import json

from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.items.model import check_code
from mazhi.kernel.life_cycles.model import VOID
from mazhi.kernel.posting import store
from mazhi.kernel.posting.model import Change
from mazhi.kernel.posting.planning import Frame, Plan, Step, fill_setting, find_pieces, judge

OWN = "own"


def plan(tx: Tx, frame: Frame) -> Plan:
    """Bind the new code, if it is free, and write the change of code into the history."""
    event_id = frame.event_ids[0]
    pieces, refused = find_pieces(tx, frame.request.items)
    fill_setting(tx, frame.setting, pieces)
    changed, wrong = judge(pieces, frame.setting)
    refused += wrong
    new = str(frame.request.data["new"])
    problem = check_code(new, "/data/new")
    if problem is not None:
        refused.append(problem)
    if refused:
        return Plan(event_id, [], 0, refused)
    piece, change = changed[0]
    if piece.facts.state == VOID:
        return Plan(event_id, [], 0, [Problem("wrong_state", {"state": VOID}, piece.pointer, piece.given)])
    if piece.code == new or store.insert_identifiers(tx, [(new, OWN, piece.id, event_id)]):
        return Plan(event_id, [], 0, [Problem("already_exists", {"code": new}, "/data/new", new)])
    store.update_code(tx, piece.id, new)
    data = json.dumps({"code": [piece.code, new]}, ensure_ascii=False, separators=(",", ":"))
    step = Step(frame.stamp(event_id, frame.event_data), [(piece, Change(change.after, data))])
    return Plan(event_id, [step], 1, [])
