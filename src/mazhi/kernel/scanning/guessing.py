"""What a text may have been meant to be when nothing here is called so.

A person types the last characters of a code, a telephone number instead of a customer, or slips. None of this is
done for a text that means something as it stands: what was scanned always beats what the system would have picked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.scanning import store
from mazhi.kernel.scanning.near_miss import slips
from mazhi.kernel.scanning.reading import Reading
from mazhi.kernel.scanning.store import Holder, Visible

MOST = 5
"""So many guesses are offered at the most; more would be no help."""
_LONGEST_ENDING = 32
_PHONE = re.compile(
    r"(?:(?:\+|00)?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}"  # mobile
    r"|(?:\(?0[0-9]{2,3}\)?[ -]?)[0-9]{7,8}"  # with area code
    r"|[48]00[ -]?[0-9]{3}[ -]?[0-9]{4}"
    r"|\+[0-9][0-9 -]{6,18}[0-9]"
)


def guess(tx: Tx, text: str, readings: list[Reading], visible: Visible) -> list[Reading]:
    """Return the readings with what may have been meant: before them if it fits exactly, behind if it is a slip."""
    if not store.storable([text]):
        return readings
    exact = [*_by_phone(tx, text), *_by_ending(tx, text, visible)]
    return [*exact, *readings] if exact else [*readings, *_by_slip(tx, text, visible)]


def _by_phone(tx: Tx, text: str) -> list[Reading]:
    phones = phone_spellings(text)
    return [
        Reading("partner", "phone", text, partner=partner.code, name=partner.name)
        for partner in (store.partners_by_phone(tx, phones) if phones else ())
    ]


def phone_spellings(text: str) -> list[str]:
    """Return the spellings under which a telephone number may be kept; none for what is no number."""
    if not _PHONE.fullmatch(text):
        return []
    digits = re.sub("[^0-9]", "", text)
    local = re.sub("^(?:0086|86)(?=1[0-9]{10}$)", "", digits)
    return list(dict.fromkeys((text, digits, local, "+86" + local, "86" + local)))


def _by_ending(tx: Tx, text: str, visible: Visible) -> list[Reading]:
    if not store.TAIL <= len(text) <= _LONGEST_ENDING:
        return []
    readings: list[Reading] = []
    for ending in dict.fromkeys((text, text.upper())):
        readings = readings or _readings(tx, store.holders_by_ending(tx, ending, 2 * MOST), "suffix", visible)
    if len(readings) > 1:
        for reading in readings:
            reading.problems.append(Problem("ambiguous_ending", {"item": text}))
    return readings


def _by_slip(tx: Tx, text: str, visible: Visible) -> list[Reading]:
    likely = {value: place for place, value in enumerate(slips(text))}
    held, _ = store.holders(tx, list(likely))
    holders = sorted(held, key=lambda holder: likely[holder.value])
    readings = _readings(tx, holders, "near_miss", visible)
    for reading in readings:
        reading.problems.append(Problem("near_miss", {"item": text, "code": reading.value}))
    return readings


def _readings(tx: Tx, holders: Iterable[Holder], via: str, visible: Visible) -> list[Reading]:
    first: dict[int, Holder] = {}
    for holder in holders:
        first.setdefault(holder.item_id, holder)
    rows = visible(store.items(tx, first.keys()))
    return [
        Reading(
            "package" if rows[item_id].kind == "package" else "item",
            via,
            holder.value,
            item_id=item_id,
            namespaces=(holder.namespace,),
        )
        for item_id, holder in first.items()
        if item_id in rows
    ][:MOST]
