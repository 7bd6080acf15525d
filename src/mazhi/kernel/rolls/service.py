"""What a user does with label rolls: have one made, give it out, take it back, note what was spoiled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.codes import typed
from mazhi.kernel.codes.service import CodeRules
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError, Problem
from mazhi.kernel.items.model import check_code
from mazhi.kernel.master_data.model import Checks, already_exists
from mazhi.kernel.packaging import store as packaging
from mazhi.kernel.partners import store as partners
from mazhi.kernel.places import store as places
from mazhi.kernel.posting.explaining import reason as why
from mazhi.kernel.products import store as products
from mazhi.kernel.products.model import Product
from mazhi.kernel.rolls import store
from mazhi.kernel.rolls.model import (
    MOST_LABELS,
    MOST_SCANS,
    REASONS,
    RIGHT,
    Label,
    NewPart,
    NewRoll,
    Roll,
    check_new,
)

RACES = 20
"""So often codes of a rule may turn out to be taken and be drawn again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Sets of a roll, both ends with; None: from the first, to the last."""

    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """To whom labels are given out: a place, a production line, a person; any of them may be left out."""

    sets: Range = Range()
    place: str | None = None
    line: str = ""
    partner: str | None = None
    document: str = ""


class Rolls:
    """Makes label rolls and follows their labels until they are bound."""

    def __init__(self, db: Database, codes: CodeRules) -> None:
        self._db = db
        self._codes = codes

    def make(self, actor: Actor, new: NewRoll) -> Roll:
        """Make a roll: all its labels with their codes, none of which is an item yet.

        Raises:
            InvalidInputError: Something is wrong with it; everything is named.
            ConflictError: The roll's code is taken, or codes given for labels are (each is named).
        """
        actor.require(RIGHT)
        checks = Checks()
        check_new(new, checks)
        product = self._check_names(new, checks)
        given = {place: _given(part, place, product, checks) for place, part in enumerate(new.parts)}
        sets = _sets(new, given, checks)
        checks.done()
        codes = {
            place: listed if listed is not None else self._issue(new.parts[place], sets, product)
            for place, listed in given.items()
        }
        for _ in range(RACES):
            try:
                return self._commit(actor, new, product, sets, codes)
            except _TakenError as error:
                self._replace(new, product, codes, given, error.lost)
        raise ConflictError("random_crowded", rule="", full="99.9", drawn=RACES)

    def _check_names(self, new: NewRoll, checks: Checks) -> Product:
        with self._db.read() as tx:
            product = products.by_codes(tx, [new.product]).get(new.product)
            for place, part in enumerate(new.parts):
                kind = packaging.by_code(tx, part.package_type) if part.package_type else None
                if part.package_type and (kind is None or not kind.active):
                    checks.fault(f"/parts/{place}/package_type", "no_package_type", item=part.package_type)
        if product is None:
            checks.fault("/product", "unknown_product", item=new.product)
            checks.done()
            raise AssertionError  # a fault was noted
        if product.tracking != "serial":
            about = {"product": product.code, "why": product.tracking, **why(product.tracking)}
            checks.problems.append(Problem("wrong_product", about, "/product"))
        return product

    def _issue(self, part: NewPart, sets: int, product: Product, count: int | None = None) -> list[str]:
        at = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE)
        wanted = sets * part.count if count is None else count
        about = None if part.kind == "package" else product
        return list(self._codes.issue(str(part.rule), wanted, fields=part.fields, product=about, at=at).codes)

    def _replace(
        self,
        new: NewRoll,
        product: Product,
        codes: dict[int, list[str]],
        given: dict[int, list[str] | None],
        lost: set[tuple[str, str]],
    ) -> None:
        """Draw codes of a rule again that turned out to be taken; given ones are refused, all of them named."""
        refused = [
            Problem("already_exists", {"code": code, "namespace": part.namespace}, f"/parts/{place}/codes", code)
            for place, part in enumerate(new.parts)
            if given[place] is not None
            for code in codes[place]
            if (code, part.namespace) in lost
        ]
        if refused:
            raise ConflictError("already_exists", problems=refused, item=refused[0].item, count=len(refused))
        for place, part in enumerate(new.parts):
            kept = [code for code in codes[place] if (code, part.namespace) not in lost]
            if len(kept) < len(codes[place]):
                codes[place] = kept + self._issue(part, 0, product, len(codes[place]) - len(kept))

    def _commit(self, actor: Actor, new: NewRoll, product: Product, sets: int, codes: dict[int, list[str]]) -> Roll:
        rows = [
            (code, part.namespace, number // part.count + 1, place, number % part.count + 1)
            for place, part in enumerate(new.parts)
            for number, code in enumerate(codes[place])
        ]
        repeated = {pair for pair, times in Counter((row[0], row[1]) for row in rows).items() if times > 1}
        if repeated:
            raise _TakenError(repeated)
        with self._db.write() as tx:
            store.hold_identifiers(tx)
            lost = store.taken(tx, [(row[0], row[1]) for row in rows])
            if lost:
                raise _TakenError(lost)
            roll_id = store.insert_roll(tx, new, product.id, sets)
            if roll_id is None:
                raise already_exists(new.code)
            store.insert_labels(tx, roll_id, rows, actor.name)
            first, last = codes[0][0], codes[0][-1]
            _log(tx, actor, roll_id, "made", len(rows), (first, last), (1, sets))
            facts = {"product": product.code, "sets": sets, "labels": len(rows)}
            audit.record(tx, actor, subject="roll", key=new.code, action="create", after=facts)
            return store.by_ids(tx, [roll_id])[roll_id]

    def issue(self, actor: Actor, code: str, given: Given) -> tuple[int, int]:
        """Give out the labels of some sets that are in store; return the issue's number and how many there are.

        Raises:
            NotFoundError: There is no such roll.
            InvalidInputError: The place or the partner is unknown, or the sets are not on the roll.
            ConflictError: None of these labels is in store (``nothing_to_issue``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            roll = known(tx, code)
            first, last = _between(roll, given.sets)
            checks = Checks()
            checks.text("/line", given.line)
            checks.text("/document", given.document)
            place = _one(places.by_codes(tx, [given.place or ""]), given.place, "/place", "unknown_place", checks)
            partner = _one(
                partners.by_codes(tx, [given.partner or ""]), given.partner, "/partner", "unknown_partner", checks
            )
            checks.done()
            number = store.next_issue(tx, roll.id)
            labels = store.lock_range(tx, roll.id, "ready", first, last)
            if not labels:
                raise ConflictError("nothing_to_issue", roll=code, first=first, last=last)
            store.move(tx, labels, "issued", actor.name, issue=number)
            store.insert_issue(tx, roll.id, number, Counter(label.part for label in labels))
            _log(
                tx, actor, roll.id, "issued", len(labels), _ends(labels), _sets_of(labels), issue=number,
                place_id=place, partner_id=partner, line=given.line, document=given.document,
            )  # fmt: skip
            return number, len(labels)

    def spoil(self, actor: Actor, codes: Sequence[str], reason: str, note: str = "", *, whole_set: bool = False) -> int:
        """Note labels that cannot be used any more; return how many.

        Raises:
            InvalidInputError: No label, too many, or no reason.
            ConflictError: Some are no labels, or bound, or spoiled already (``labels_refused``); nothing is changed.
        """
        actor.require("items.make")
        checks = Checks()
        checks.one_of("/reason", reason, REASONS)
        checks.text("/note", note)
        if reason == "other":
            checks.text("/note", note, needed=True)
        _some(codes, "/labels", checks)
        checks.done()
        with self._db.write() as tx:
            labels, refused = _locked(tx, codes, whole_set=whole_set)
            wrong = [label for label in labels if label.state not in {"ready", "issued"}]
            refused += [_occupied(tx, label) for label in wrong if not whole_set]
            good = [label for label in labels if label.state in {"ready", "issued"}]
            if refused or not good:
                refused = refused or [_occupied(tx, label) for label in wrong[:1]]
                raise ConflictError("labels_refused", problems=refused, refused=len(refused))
            store.move(tx, good, "spoiled", actor.name, reason=reason)
            for roll_id, group in _by_roll(good).items():
                text = f"{reason}: {note}" if note else reason
                _log(tx, actor, roll_id, "spoiled", len(group), _ends(group), _sets_of(group), reason=text)
            return len(good)

    def take_back(self, actor: Actor, code: str, sets: Range, codes: Sequence[str] | None = None) -> int:
        """Take labels back into store that were given out and not used: some, or all that are left of these sets.

        Raises:
            NotFoundError: There is no such roll.
            ConflictError: None of these labels is outside (``nothing_to_return``); or some of the ``codes`` named
                are not (``labels_refused``, each with its reason), and nothing is changed.
        """
        actor.require("items.make")
        with self._db.write() as tx:
            roll = known(tx, code)
            first, last = _between(roll, sets)
            labels = store.lock_range(tx, roll.id, "issued", first, last, codes=codes)
            if codes is not None:
                _refuse_others(tx, codes, labels)
            if not labels:
                raise ConflictError("nothing_to_return", roll=code, first=first, last=last)
            store.move(tx, labels, "ready", actor.name, issue=0)
            store.add_returned(tx, roll.id, Counter((label.issue, label.part) for label in labels))
            _log(tx, actor, roll.id, "returned", len(labels), _ends(labels), _sets_of(labels))
            return len(labels)


class _TakenError(Exception):
    """Some codes are identifiers or labels already; the transaction was rolled back."""

    def __init__(self, lost: set[tuple[str, str]]) -> None:
        super().__init__(lost)
        self.lost = lost


def known(tx: Tx, code: str) -> Roll:
    """Return a roll by its code.

    Raises:
        NotFoundError: There is none (``unknown_roll``).
    """
    found = store.by_codes(tx, [code]).get(code)
    if found is None:
        raise NotFoundError("unknown_roll", roll=code)
    return found


def _given(part: NewPart, place: int, product: Product, checks: Checks) -> list[str] | None:
    """Spell out the codes that were given for a part; None where a rule makes them."""
    if part.codes is None:
        return None
    pointer = f"/parts/{place}/codes"
    try:
        codes = typed.expand(part.codes, limit=MOST_LABELS)
    except InvalidInputError as error:
        checks.problems += [replace(problem, pointer=pointer) for problem in error.problems]
        return []
    seen: set[str] = set()
    for code in codes:
        wrong = check_code(code, pointer)
        if wrong is not None:
            checks.problems.append(wrong)
        elif part.kind == "piece" and not product.capture.fits(code):
            checks.problems.append(Problem("code_pattern", {"pattern": product.capture.pattern}, pointer, code))
        if code in seen:
            checks.problems.append(Problem("duplicate_in_request", {"first": code}, pointer, code))
        seen.add(code)
    return codes


def _sets(new: NewRoll, given: dict[int, list[str] | None], checks: Checks) -> int:
    """Return how many sets there are, and note parts whose codes make another number of them."""
    sets = new.sets
    if sets is None:
        first = next((place for place, codes in given.items() if codes is not None), None)
        sets = 0 if first is None else len(given[first] or ()) // max(new.parts[first].count, 1)
    for place, codes in given.items():
        wanted = sets * new.parts[place].count
        if codes is not None and len(codes) != wanted:
            checks.fault(f"/parts/{place}/codes", "count_differs", count=wanted, found=len(codes))
    if sets < 1 or sets * sum(part.count for part in new.parts) > MOST_LABELS:
        checks.fault("/sets", "number_out_of_range", value=sets, least=1, most=MOST_LABELS)
    return sets


def _one(found: Any, code: str | None, pointer: str, problem: str, checks: Checks) -> int:
    if code is None:
        return 0
    if code not in found:
        checks.fault(pointer, problem, item=code)
        return 0
    return int(found[code].id)


def _some(codes: Sequence[str], pointer: str, checks: Checks) -> None:
    if not codes:
        checks.fault(pointer, "nothing_to_do")
    if len(codes) > MOST_SCANS:
        checks.fault(pointer, "too_many_items", most=MOST_SCANS)


def _between(roll: Roll, sets: Range) -> tuple[int, int]:
    first = 1 if sets.first is None else sets.first
    last = roll.sets if sets.last is None else sets.last
    if not 1 <= first <= last <= roll.sets:
        problem = Problem("sets_out_of_range", {"sets": roll.sets, "first": first, "last": last}, "/first_set")
        raise InvalidInputError("invalid_input", problems=[problem])
    return first, last


def _locked(tx: Tx, codes: Sequence[str], *, whole_set: bool) -> tuple[list[Label], list[Problem]]:
    """Lock the labels of these codes, or all in their sets; name the codes that are no label's."""
    found = store.labels_of(tx, codes)
    known_codes = {label.code for label in found}
    refused = [
        Problem("not_on_a_roll", {}, f"/labels/{place}", code)
        for place, code in enumerate(codes)
        if code not in known_codes
    ]
    every = store.labels_in_sets(tx, [(label.roll_id, label.set_number) for label in found], locked=True)
    return [label for label in every if whole_set or label.code in known_codes], refused


def _occupied(tx: Tx, label: Label) -> Problem:
    """Say why a label is not free."""
    roll = store.by_ids(tx, [label.roll_id])[label.roll_id]
    facts = {"roll": roll.code, "set": label.set_number, "part": roll.parts[label.part].name}
    code = {"bound": "label_bound", "spoiled": "label_spoiled"}.get(label.state, "label_not_issued")
    return Problem(code, {**facts, "reason": label.reason}, None, label.code)


def _refuse_others(tx: Tx, codes: Sequence[str], labels: Sequence[Label]) -> None:
    """Refuse codes that are not among the labels found."""
    good = {label.code for label in labels}
    others = [code for code in dict.fromkeys(codes) if code not in good]
    if not others:
        return
    known_labels = {label.code: label for label in store.labels_of(tx, others)}
    problems = [
        Problem("not_on_a_roll", {}, "/labels", code)
        if code not in known_labels or known_labels[code].state == "issued"
        else _occupied(tx, known_labels[code])
        for code in others
    ]
    raise ConflictError("labels_refused", problems=problems, refused=len(problems))


def _by_roll(labels: Sequence[Label]) -> dict[int, list[Label]]:
    groups: dict[int, list[Label]] = {}
    for label in labels:
        groups.setdefault(label.roll_id, []).append(label)
    return groups


def _ends(labels: Sequence[Label]) -> tuple[str, str]:
    return labels[0].code, labels[-1].code


def _sets_of(labels: Sequence[Label]) -> tuple[int, int]:
    numbers = [label.set_number for label in labels]
    return min(numbers), max(numbers)


def _log(
    tx: Tx, actor: Actor, roll_id: int, kind: str, labels: int, ends: tuple[str, str], sets: tuple[int, int],
    **rest: Any,
) -> None:  # fmt: skip
    about = {
        "roll_id": roll_id, "kind": kind, "labels": labels, "first_code": ends[0], "last_code": ends[1],
        "first_set": sets[0], "last_set": sets[1], "at": clock.now(), "actor": actor.name, "device": actor.device,
    }  # fmt: skip
    store.insert_log(tx, [{**about, **rest}])
