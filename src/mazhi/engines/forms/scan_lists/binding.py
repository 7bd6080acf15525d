"""What happens to scan lists when the record is saved: they become its content, and nobody scans into them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mazhi.engines.forms.model import Field, Values
from mazhi.engines.forms.scan_lists import store
from mazhi.engines.forms.scan_lists.model import amount
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ConflictError, InvalidInputError, Problem
from mazhi.kernel.items import store as items

_MOST_NAMED = 20


def bind(tx: Tx, actor: Actor, field: Field, saved: Sequence[tuple[int, Values]]) -> None:
    """Bind the lists that records now name, and let go of those that they named before.

    Raises:
        InvalidInputError: A list does not belong there or does not fit; each is named.
        ConflictError: An item stands in another record already (code ``scan_items_taken``).
    """
    wanted: dict[int, set[int]] = {}
    for number, values in saved:
        wanted.setdefault(number, set()).update(value for value in values[:1] if value is not None)
    lists = store.by_ids(tx, {one for some in wanted.values() for one in some}, lock=True)
    before = store.bound_to(tx, field.id, wanted)
    at = f"/{field.code}"
    problems = [
        Problem(code, {"field": field.title}, at)
        for record, some in wanted.items()
        for one in some
        if (code := _misplaced(tx, actor, field, lists.get(one), record))
    ] or _misfits(tx, field, wanted, lists, at)
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)
    gone = [row for row in before if row.id not in wanted[row.record_id]]
    _turn(tx, wanted, lists, gone)
    fresh = [one for one, row in lists.items() if row.state != "bound"]
    if field.options["once"] and fresh:
        _claim(tx, field, fresh, lists)


def _turn(tx: Tx, wanted: Mapping[int, set[int]], lists: Mapping[int, Any], gone: Sequence[Any]) -> None:
    """Let go of the lists that records named before, and bind those that they name now."""
    now = clock.now()
    for row in gone:
        store.set_state(tx, [row.id], "replaced", row.record_id, now)
    if gone:
        store.release_items(tx, [row.id for row in gone])
    for row in lists.values():
        if row.base_id and not row.copied:
            store.copy_base(tx, row.id, row.base_id)
    for record, some in wanted.items():
        if some:
            store.set_state(tx, some, "bound", record, now)


def _misplaced(tx: Tx, actor: Actor, field: Field, row: Any, record: int) -> str | None:
    """Return the code of what is wrong with a list standing in a field of a record."""
    if row is None or row.field != field.id:
        return "scan_list_elsewhere"
    if row.state != "open":
        return None if row.record_id == record else "scan_list_elsewhere"
    if row.base_id:
        return None if store.by_ids(tx, [row.base_id])[row.base_id].record_id == record else "scan_list_elsewhere"
    mine = actor.everything or row.shared or row.maker_id == actor.user_id
    return None if mine else "scan_list_elsewhere"


def _misfits(
    tx: Tx, field: Field, wanted: Mapping[int, set[int]], lists: Mapping[int, Any], pointer: str
) -> list[Problem]:
    """Return what does not fit: a list that must not be empty, is of another product, or is not complete."""
    problems: list[Problem] = []
    products = _around(tx, field, "product", wanted, lists)
    numbers = _around(tx, field, "expected", wanted, lists)
    for record, some in wanted.items():
        for row in (lists[one] for one in some):
            if field.required and not row.good:
                problems.append(Problem("record_required", {"field": field.title}, pointer))
            expected = numbers.get(record)
            if field.options["complete"] and expected is not None and int(row.quantity) != expected:
                params: dict[str, object] = {
                    "field": field.title,
                    "done": amount(int(row.quantity)),
                    "expected": amount(expected),
                }
                problems.append(Problem("scan_list_incomplete", params, pointer))
            product = products.get(record)
            count = store.others(tx, row.id if row.copied else row.base_id, product) if product else 0
            if count:
                problems.append(Problem("scan_list_other_product", {"field": field.title, "count": count}, pointer))
    return problems


def _around(
    tx: Tx, field: Field, option: str, wanted: Mapping[int, set[int]], lists: Mapping[int, Any]
) -> dict[int, Any]:
    """Return what stands in the field of the form that an option names, by record; nothing where it names none."""
    # Here, since what reads forms needs the kinds of field, of which this is one.
    from mazhi.engines.forms.layout import MAIN
    from mazhi.engines.forms.scan_lists.access import Access

    code = field.options[option]
    form = next((row.form_id for row in lists.values()), None)
    if not code or form is None:
        return {}
    opened = Access().form_of(tx, form)
    other = next((one for one in opened.form.walk() if one.code == code), None)
    slots = opened.layout.live_slots(other.id, MAIN) if other is not None else ()
    return store.values_of(tx, form, slots[0].name, wanted) if slots else {}


def _claim(tx: Tx, field: Field, fresh: Sequence[int], lists: Mapping[int, Any]) -> None:
    """Note that no other record may hold these items; two who save at the same moment are told apart by the key."""
    held = store.claimed_by_others(tx, field.id, fresh)
    if held:
        others = store.by_ids(tx, {number for _, number in held})
        records = {number: row.record_id for number, row in others.items()}
        there = store.alive(tx, next(iter(lists.values())).form_id, records.values())
        store.release_items(tx, [number for number, record in records.items() if record not in there])
        held = [(item, number) for item, number in held if records[number] in there]
    if held:
        codes = items.item_codes(tx, [item for item, _ in held[:_MOST_NAMED]])
        problems = [
            Problem("scan_elsewhere", {"item": codes.get(item, ""), "record": records[number]}, f"/{field.code}")
            for item, number in held[:_MOST_NAMED]
        ]
        raise ConflictError("scan_items_taken", problems=problems, count=len(held))
    if store.claim_items(tx, field.id, fresh) < store.count_items(tx, fresh):
        raise ConflictError("scan_items_taken", count=1)
