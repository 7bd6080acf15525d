"""What a user does to bring items into being: make codes by a rule, or take typed codes over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.batches import store as batches
from mazhi.kernel.codes import typed
from mazhi.kernel.codes.service import CodeRules
from mazhi.kernel.counters.purse import Purse, ShortageError
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, Problem, TooLargeError
from mazhi.kernel.items.model import check_code
from mazhi.kernel.jobs.service import JobRun, Jobs
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.making.birth import Births, taken, write
from mazhi.kernel.making.drawing import Drawing, draw_within
from mazhi.kernel.making.model import MOST_AT_ONCE, MOST_IN_A_JOB, Made, MakeRequest
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.packaging import store as packaging
from mazhi.kernel.places import store as places
from mazhi.kernel.posting import store as posting
from mazhi.kernel.posting.explaining import reason
from mazhi.kernel.posting.model import NEW, Facts
from mazhi.kernel.posting.period import check_time
from mazhi.kernel.posting.writing import Stamp
from mazhi.kernel.products import store as products
from mazhi.kernel.products.model import Product

JOB = "make"
RACES = 50
"""So often others may take codes between their being drawn and their being bound."""


@dataclass(frozen=True, slots=True)
class _Order:
    """A request with its names looked up."""

    request: MakeRequest
    actor: Actor
    facts: Facts
    product: Product | None
    at: int
    codes: Sequence[str] | None
    count: int
    package_type_id: int = 0


class Making:
    """Makes items."""

    def __init__(
        self, db: Database, codes: CodeRules, life_cycles: LifeCycles, jobs: Jobs, item_ids: Ids, event_ids: Ids
    ) -> None:
        self._db = db
        self._codes = codes
        self._life_cycles = life_cycles
        self._jobs = jobs
        self._item_ids = item_ids
        self._event_ids = event_ids
        jobs.handler(JOB, self._run)

    def make(self, actor: Actor, request: MakeRequest) -> Made | str:
        """Make items at once, or from ``MOST_AT_ONCE`` on as a job whose id is returned.

        Raises:
            InvalidInputError: The request is wrong, or the codes are.
            ConflictError: Codes exist already (all of them are named), the rule is exhausted, or the client key
                was used for another request.
        """
        actor.require("items.make")
        order = self._order(actor, request)
        known = self._known(request)
        if order.count > MOST_AT_ONCE:
            if known is not None:
                return str(known["job"])
            if request.rule is not None:
                at = clock.to_datetime(order.at, clock.DEFAULT_ZONE)
                self._codes.ensure_left(
                    request.rule, order.count, fields=_fields(request), product=order.product, at=at
                )
            return self._enqueue(order)
        return Made(**known) if known is not None else self._chunk(order, order.codes, order.count)

    def make_within(self, tx: Tx, purse: Purse, actor: Actor, request: MakeRequest) -> Made:
        """Make items in the caller's transaction, all at once; client keys are the caller's business.

        Raises:
            PlatformError: As ``make`` would; ``ShortageError`` is for the caller's purse.
            TooLargeError: More than are made at once.
        """
        actor.require("items.make")
        order = self._order_in(tx, actor, request)
        if order.count > MOST_AT_ONCE:
            raise TooLargeError("too_many_items", most=MOST_AT_ONCE)
        ids = purse.take("item", order.count, self._item_ids)
        (event_id,) = purse.take("event", 1, self._event_ids)
        issue = partial(self._issue, order)
        key = ("codes", request.rule, request.product, *sorted(_fields(request).items()))
        chosen = order.codes if order.codes is not None else draw_within(tx, purse, key, request, order.count, issue)
        births = Births(ids, chosen, order.facts, request.namespace)
        lost = taken(tx, births, event_id)
        if lost and order.codes is None:
            raise ShortageError(key, len(lost), issue)  # somebody else took them a moment ago: begin again
        if lost:
            raise _exists(lost)
        return self._bear(tx, order, event_id, births, clock.now())

    def _enqueue(self, order: _Order) -> str:
        """Leave a large request to a job; its client key is claimed among those of all requests."""
        request = order.request
        with self._db.write() as tx:
            if request.client_key is not None:
                known = posting.claim_request(tx, request.client_key, _fingerprint(request), clock.now())
                if known is not None:
                    return str(_answer(request, known)["job"])
            job = self._jobs.enqueue(tx, JOB, asdict(request), actor=order.actor, total=order.count)
            if request.client_key is not None:
                posting.store_answer(tx, request.client_key, None, json.dumps({"job": job}))
            return job

    def _order(self, actor: Actor, request: MakeRequest) -> _Order:
        with self._db.read() as tx:
            return self._order_in(tx, actor, request)

    def _order_in(self, tx: Tx, actor: Actor, request: MakeRequest) -> _Order:
        problems = _shape(request)
        codes: Sequence[str] | None = None
        if request.codes is not None and not problems:
            codes = _expand(request, problems)
        now = clock.now()
        at = now if request.occurred_at is None else request.occurred_at
        if problems:
            raise InvalidInputError("invalid_input", problems=problems)
        check_time(tx, actor, at, now)
        product, facts = self._facts(tx, actor, request, problems)
        package_type_id = _package_type(tx, request, problems)
        if product is not None and codes is not None:
            problems += [
                Problem("code_pattern", {"pattern": product.capture.pattern}, "/codes", code)
                for code in codes
                if not product.capture.fits(code)
            ]
        if problems:
            raise InvalidInputError("invalid_input", problems=problems)
        return _Order(
            request, actor, facts, product, at, codes, len(codes) if codes is not None else request.count or 0,
            package_type_id,
        )  # fmt: skip

    def _facts(
        self, tx: Tx, actor: Actor, request: MakeRequest, problems: list[Problem]
    ) -> tuple[Product | None, Facts]:
        """Look up product, batch and place, and say what the newborn items are."""
        product = products.by_codes(tx, [request.product]).get(request.product) if request.product else None
        place = places.by_codes(tx, [request.place]).get(request.place) if request.place else None
        batch = None
        if request.product and product is None:
            problems.append(Problem("unknown_product", {"item": request.product}, "/product"))
        if product is not None and product.tracking != "serial":
            why = {"product": product.code, "why": product.tracking, **reason(product.tracking)}
            problems.append(Problem("wrong_product", why, "/product"))
        if product is not None and request.batch:
            batch = batches.by_codes(tx, [(product.id, request.batch)]).get((product.id, request.batch))
            if batch is None:
                problems.append(Problem("unknown_batch", {"item": request.batch, "product": product.code}, "/batch"))
        if request.place and place is None:
            problems.append(Problem("unknown_place", {"item": request.place}, "/place"))
        areas = actor.areas("items.make")
        if areas is not None and (place.id if place else 0) not in areas:
            raise ForbiddenError("no_right", right="items.make")
        cycles = self._life_cycles.load(tx)
        cycle = cycles[product.life_cycle if product else "goods"]
        facts = NEW._replace(
            kind=request.kind,
            product_id=product.id if product else 0,
            batch_id=batch.id if batch else 0,
            place_id=place.id if place else 0,
            state=cycle.birth,
            quality="pending" if product is not None and "commission" in product.inspect_on else NEW.quality,
        )
        return product, facts

    def _known(self, request: MakeRequest) -> dict[str, Any] | None:
        """Return the answer of an earlier request with the same key, without using up numbers."""
        if request.client_key is None:
            return None
        with self._db.read() as tx:
            found = posting.known_request(tx, request.client_key, _fingerprint(request))
        return None if found is None else _answer(request, found)

    def _chunk(self, order: _Order, codes: Sequence[str] | None, count: int, run: JobRun | None = None) -> Made:
        """Make one chunk in one transaction and one event, with fresh codes or with given ones.

        A fresh code that is taken (a random part met an old one, or a foreign serial looks like ours) is drawn again.
        """
        ids = self._item_ids.take(count)
        (event_id,) = self._event_ids.take(1)
        chosen = list(codes) if codes is not None else self._issue(order, count)
        for _ in range(RACES):
            births = Births(ids, chosen, order.facts, order.request.namespace)
            try:
                return self._commit(order, event_id, births, run)
            except _TakenError as error:
                if codes is not None:
                    raise _exists(error.lost) from None
                lost = {value for value, _ in error.lost}
                kept = [code for code in chosen if code not in lost]
                chosen = [*kept, *self._drawing(order).fresh(count - len(kept), kept)]
        raise ConflictError("random_crowded", rule=order.request.rule, full="99.9", drawn=RACES * count)

    def _drawing(self, order: _Order) -> Drawing:
        rule = str(order.request.rule)
        return Drawing(
            self._db, rule, order.request.namespace, self._codes.space(rule), lambda count: self._issue(order, count)
        )

    def _commit(self, order: _Order, event_id: int, births: Births, run: JobRun | None) -> Made:
        request = order.request
        now = clock.now()
        with self._db.write() as tx:
            if run is None and request.client_key is not None:
                known = posting.claim_request(tx, request.client_key, _fingerprint(request), now)
                if known is not None:
                    return Made(**_answer(request, known))
            lost = taken(tx, births, event_id)
            if lost:
                raise _TakenError(lost)
            made = self._bear(tx, order, event_id, births, now)
            if run is not None:
                cursor = run.cursor or {"events": [], "first": made.first}
                cursor = {**cursor, "events": [*cursor["events"], event_id], "last": made.last}
                run.checkpoint(tx, done=run.done + made.count, cursor=cursor)
            elif request.client_key is not None:
                posting.store_answer(tx, request.client_key, event_id, json.dumps(asdict(made), ensure_ascii=False))
            return made

    def _bear(self, tx: Tx, order: _Order, event_id: int, births: Births, now: int) -> Made:
        """Write items whose identifiers are bound."""
        request = order.request
        at = now if request.occurred_at is None else order.at
        stamp = Stamp(
            event_id, "commission", at, now, order.actor.name, order.actor.device, request.document, request.note,
            _about(request),
        )  # fmt: skip
        write(tx, stamp, births)
        if order.product is not None:
            master_data.mark_used(tx, products.product, [order.product])
        if order.package_type_id:
            packaging.set_types(tx, births.ids, order.package_type_id)
        return Made(event_id, len(births.codes), births.codes[0], births.codes[-1], births.codes)

    def _issue(self, order: _Order, count: int) -> list[str]:
        request = order.request
        assert request.rule is not None  # noqa: S101 - _shape has seen to it
        at = clock.to_datetime(order.at, clock.DEFAULT_ZONE)
        issued = self._codes.issue(request.rule, count, fields=_fields(request), product=order.product, at=at)
        return list(issued.codes)

    def _run(self, run: JobRun) -> dict[str, Any]:
        """Do a making job: chunk by chunk, each with its own event, going on after the last one committed."""
        request = MakeRequest(**run.body)
        order = self._order(run.actor, request)
        if order.codes is not None and run.cursor is None:
            self._refuse_taken(request.namespace, order.codes)
        while run.done < order.count:
            size = min(MOST_AT_ONCE, order.count - run.done)
            codes = None if order.codes is None else order.codes[run.done : run.done + size]
            self._chunk(order, codes, size, run)
        with self._db.read() as tx:
            shown = posting.codes_of_event(tx, run.cursor["events"][0])
        events = run.cursor["events"]
        ends = {"first": run.cursor["first"], "last": run.cursor["last"]}
        return {"event": events[0], "count": order.count, **ends, "codes": shown, "events": events}

    def _refuse_taken(self, namespace: str, codes: Sequence[str]) -> None:
        """Look all given codes up before the first of them is made, so that a job is refused whole."""
        lost: set[tuple[str, str]] = set()
        for start in range(0, len(codes), MOST_AT_ONCE):
            with self._db.read() as tx:
                found = posting.resolve(tx, codes[start : start + MOST_AT_ONCE])
            lost |= {(value, namespace) for value, spaces in found.items() if namespace in {s for s, _ in spaces}}
        if lost:
            raise _exists(lost)


class _TakenError(Exception):
    """Some identifiers lead to other items already; the transaction was rolled back."""

    def __init__(self, lost: set[tuple[str, str]]) -> None:
        super().__init__(lost)
        self.lost = lost


def _exists(lost: set[tuple[str, str]]) -> ConflictError:
    problems = [
        Problem("already_exists", {"code": value, "namespace": space}, "/codes", value) for value, space in sorted(lost)
    ]
    return ConflictError("already_exists", problems=problems, item=problems[0].item, count=len(problems))


def _package_type(tx: Tx, request: MakeRequest, problems: list[Problem]) -> int:
    """Look up the type of the packages to be made; 0 where none is named."""
    if request.package_type is None:
        return 0
    found = packaging.by_code(tx, request.package_type)
    if found is None or not found.active:
        problems.append(Problem("no_package_type", {"item": request.package_type}, "/package_type"))
        return 0
    return found.id


def _shape(request: MakeRequest) -> list[Problem]:
    """Say what is wrong with a request before anything is looked up."""
    problems: list[Problem] = []
    if (request.rule is None) == (request.codes is None):
        problems.append(Problem("rule_or_codes", {}, "/rule"))
    if request.kind == "serial" and request.product is None:
        problems.append(Problem("field_needed", {"field": "product"}, "/product"))
    if request.kind == "package" and (request.product or request.batch):
        problems.append(Problem("package_without_product", {}, "/product"))
    if request.kind != "package" and request.package_type:
        problems.append(Problem("type_without_package", {}, "/package_type"))
    if request.codes is None and request.count is None:
        problems.append(Problem("field_needed", {"field": "count"}, "/count"))
    if request.count is not None and not 1 <= request.count <= MOST_IN_A_JOB:
        problems.append(Problem("count_range", {"most": MOST_IN_A_JOB}, "/count"))
    return problems


def _expand(request: MakeRequest, problems: list[Problem]) -> Sequence[str]:
    """Spell out typed codes; the number of them is checked before anything is made."""
    text = request.codes or ""
    found = typed.count(text)
    if request.count is not None and found != request.count:
        problems.append(Problem("count_differs", {"count": request.count, "found": found}, "/count"))
        return []
    codes = typed.expand(text, limit=MOST_IN_A_JOB)
    seen: set[str] = set()
    for code in codes:
        wrong = check_code(code, "/codes")
        if wrong is not None:
            problems.append(wrong)
        if code in seen:
            problems.append(Problem("duplicate_in_request", {"first": code}, "/codes", code))
        seen.add(code)
    if not codes:
        problems.append(Problem("nothing_to_do", {}, "/codes"))
    return codes


def _fields(request: MakeRequest) -> dict[str, str]:
    """Return what a code may show: the fields given, and the batch, which need not be given twice."""
    return {**({"batch": request.batch} if request.batch else {}), **request.fields}


def _about(request: MakeRequest) -> str:
    about = {"rule": request.rule, "fields": dict(request.fields), "package_type": request.package_type}
    kept = {name: value for name, value in about.items() if value}
    return json.dumps({"data": kept}, ensure_ascii=False, separators=(",", ":")) if kept else ""


def _fingerprint(request: MakeRequest) -> str:
    body = asdict(request)
    del body["client_key"]
    return hashlib.sha256(json.dumps(["make", body], sort_keys=True, default=str).encode()).hexdigest()


def _answer(request: MakeRequest, known: tuple[str, str]) -> dict[str, Any]:
    """Return the stored answer of an earlier request with the same key, if it was the same request."""
    body_hash, answer = known
    if body_hash != _fingerprint(request):
        raise ConflictError("client_key_reused", client_key=request.client_key)
    stored: dict[str, Any] = json.loads(answer)
    return stored
