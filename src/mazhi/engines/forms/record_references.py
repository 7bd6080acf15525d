"""How fields name the records of other forms."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from mazhi.engines.forms.references import Reference

if TYPE_CHECKING:
    from mazhi.kernel.db import Tx

_LARGEST = 2**63 - 1


def _find(tx: Tx, codes: Collection[str], options: Mapping[str, Any]) -> Mapping[str, int]:
    """Find records of the form of the options; without one, as in filters, any number will do.

    Whether whoever writes may see them is looked at where the writer is known.
    """
    numbers = {code: int(code) for code in codes if code.isascii() and code.isdigit() and len(code) < 20}
    numbers = {code: number for code, number in numbers.items() if number <= _LARGEST}
    if not options.get("form"):
        return numbers
    form = tx.scalar("SELECT id FROM design WHERE kind = 'form' AND code = :code AND version > 0", code=options["form"])
    if form is None or not numbers:
        return {}
    rows = tx.rows(
        f"SELECT id FROM f_{int(form)} WHERE id ANY(:ids, bigint) AND deleted_at IS NULL",
        ids=sorted({*numbers.values()}),
    )
    there = {row.id for row in rows}
    return {code: number for code, number in numbers.items() if number in there}


def _tell(_tx: Tx, ids: Collection[int]) -> Mapping[int, str]:
    return {number: str(number) for number in ids}


RECORD = Reference(_find, _tell, "unknown_record", by_options=True)
