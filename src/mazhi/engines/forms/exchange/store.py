"""Every statement of the exchange about records: which are there, by their keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mazhi.engines.forms.layout import MAIN, Slot
from mazhi.engines.forms.publishing.store import PLAIN, table_name
from mazhi.engines.forms.rights.compiling import Reach
from mazhi.kernel.db import Tx


def by_keys(
    tx: Tx, form_id: int, slots: Sequence[Slot | None], reach: Reach, keys: Sequence[Sequence[Any]]
) -> dict[tuple[Any, ...], list[int]]:
    """Return the numbers of the records within reach that have some keys, by key; one statement for all.

    A slot that is None stands for the record's own number.
    """
    if not keys:
        return {}
    names = [slot.name if slot else "id" for slot in slots]
    types = [PLAIN[slot.type] if slot else "bigint" for slot in slots]
    shape = ", ".join(f"k{place} {type_}" for place, type_ in enumerate(types))
    within = reach.rows("view")
    joined = " AND ".join(f"{name} = k.k{place}" for place, name in enumerate(names))
    listed = ", ".join(f"k.k{place}" for place in range(len(names)))
    rows = tx.rows(
        f"SELECT f.id, {listed} FROM ROWS(:keys, {shape}) k JOIN {table_name(form_id, MAIN)} f ON {joined} "
        f"WHERE deleted_at IS NULL AND {within.sql}",
        keys=[list(key) for key in keys],
        **within.params,
    )
    found: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        found.setdefault(tuple(row)[1:], []).append(row.id)
    return found
