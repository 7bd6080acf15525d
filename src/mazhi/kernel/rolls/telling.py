"""Saying what a code is that nothing here has: perhaps a label of a roll that is not bound yet."""

from __future__ import annotations

from collections.abc import Sequence

from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.items import store as items
from mazhi.kernel.rolls import store

_STATES = {"ready": "label_not_issued", "spoiled": "label_spoiled"}


def tell_labels(tx: Tx, codes: Sequence[str]) -> dict[str, Problem]:
    """Say of each code that is an unbound label which roll it is of, for which product, and what to do."""
    labels = [label for label in store.labels_of(tx, codes) if label.state != "bound"] if codes else []
    if not labels:
        return {}
    rolls = store.by_ids(tx, [label.roll_id for label in labels])
    products = items.codes_of(tx, "product", {roll.product_id for roll in rolls.values()})
    return {
        label.code: Problem(
            _STATES.get(label.state, "label_not_bound"),
            {
                "item": label.code,
                "roll": rolls[label.roll_id].code,
                "set": label.set_number,
                "part": rolls[label.roll_id].parts[label.part].name,
                "product": products.get(rolls[label.roll_id].product_id),
                "reason": label.reason,
            },
            None,
            label.code,
        )
        for label in labels
    }
