"""Formulas at random come to the same in Python and in SQL, on both databases."""

from __future__ import annotations

from collections import Counter

from mazhi.engines.formula.compiling.model import NotInSqlError
from mazhi.engines.formula.printing import write
from mazhi.kernel.db import Tx
from tests.engines.formula.compiling.asking import MixedError
from tests.engines.formula.compiling.random_formulas import Making
from tests.engines.formula.compiling.test_vectors import agree

SEEDS = range(300)


def test_formulas_at_random_come_to_the_same(tx: Tx) -> None:
    counted = Counter[str]()
    for seed in SEEDS:
        making = Making(seed)
        data, node = making.data(), making.formula()
        try:
            agree(tx, f"seed {seed}: {write(node)}", node, data)
            counted["said"] += 1
        except (NotInSqlError, MixedError):
            counted["unsaid"] += 1
    assert counted["said"] >= len(SEEDS) * 0.7, counted
