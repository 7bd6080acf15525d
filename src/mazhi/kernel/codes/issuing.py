"""Making codes and reading them back, by rules that are stored."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock
from typing import Any, Protocol

from mazhi.kernel import clock
from mazhi.kernel.codes import store
from mazhi.kernel.codes.calendar import FIRST_DAY, LAST_DAY
from mazhi.kernel.codes.model import CodeRule, restore
from mazhi.kernel.codes.reading import Reading, read
from mazhi.kernel.codes.segment import Context, ProductWords
from mazhi.kernel.counters import store as counter_store
from mazhi.kernel.counters.service import Counters
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError, TooLargeError, invalid

MOST_AT_ONCE = 1_000_000
ATTEMPTS = 5
KEPT_IN_MEMORY = 500
LARGEST_NUMBER = 2**62
"""What a counter can hold."""


class ProductLike(Protocol):
    """What a code may say about a product."""

    @property
    def code(self) -> str:
        """The product's own code."""
        ...

    @property
    def category(self) -> str:
        """The code of its category."""
        ...


@dataclass(frozen=True, slots=True)
class IssuedCodes:
    """Codes that were made, all different, in the order of their numbers."""

    codes: list[str]
    rule: str
    version: int


@dataclass(frozen=True, slots=True)
class _Call:
    """One call for codes, understood."""

    rule: CodeRule
    row: Mapping[str, Any]
    texts: list[str]
    counter: str

    @property
    def limit(self) -> int:
        """How many numbers the counter has."""
        number = self.rule.number
        return min(number.capacity, LARGEST_NUMBER) if number else self.rule.random_space


class Issuing:
    """The half of :class:`CodeRules` that makes codes and reads them."""

    def __init__(self, db: Database, counters: Counters) -> None:
        self._db = db
        self._counters = counters
        self._memory: OrderedDict[tuple[object, ...], CodeRule] = OrderedDict()
        self._lock = Lock()

    def issue(
        self,
        code: str,
        count: int,
        *,
        fields: Mapping[str, str] | None = None,
        product: ProductLike | None = None,
        at: datetime,
    ) -> IssuedCodes:
        """Make ``count`` codes by the version in force.

        Numbers are never given out twice, even if the caller's transaction is rolled back: a gap is harmless, a
        duplicate is a recall. Random parts are not compared with codes made earlier; who stores the codes asks again
        for as many as turned out to exist. Must not be called inside a write transaction.

        Raises:
            NotFoundError: There is no such rule (``unknown_rule``).
            InvalidInputError: A field is missing or does not fit.
            ConflictError: Too few numbers are left (``rule_exhausted``) and none is used up, or the rule is not in
                use any more (``rule_retired``).
        """
        _check_count(count)
        context = _context(fields, product, at)
        for _ in range(ATTEMPTS):
            with self._db.read() as tx:
                call = self._call(known(tx, code), context)
                left = self._left(tx, call)
            if not call.rule.in_force:
                raise ConflictError("rule_retired", rule=code)
            if left < count:
                raise _exhausted(code, left, count)
            if call.rule.used or self._mark_used(call.row):
                first = 1
                if call.counter:
                    taken = self._counters.take(call.counter, count, limit=call.limit)
                    if taken is None:
                        raise _exhausted(code, self._left_now(call), count)
                    first = taken
                return IssuedCodes(call.rule.plan.make(call.texts, first, count), code, call.rule.version)
        raise ConflictError("rule_changed_meanwhile", rule=code)

    def space(self, code: str) -> int | None:
        """Return how many codes there are where only random parts tell them apart; None where a number does.

        Raises:
            NotFoundError: There is no such rule.
        """
        with self._db.read() as tx:
            rule = self.rule_of(known(tx, code))
        return None if rule.number else rule.random_space

    def ensure_left(
        self,
        code: str,
        count: int,
        *,
        fields: Mapping[str, str] | None = None,
        product: ProductLike | None = None,
        at: datetime,
    ) -> None:
        """Refuse a large order that the rule cannot fill, before the first of its codes is made.

        Raises:
            ConflictError: Fewer than ``count`` codes are left (``rule_exhausted``), or the rule is not in use.
            InvalidInputError: A field is missing or does not fit.
        """
        with self._db.read() as tx:
            call = self._call(known(tx, code), _context(fields, product, at))
            left = self._left(tx, call)
        if not call.rule.in_force:
            raise ConflictError("rule_retired", rule=code)
        if left < count:
            raise _exhausted(code, left, count)

    def _mark_used(self, row: Mapping[str, Any]) -> bool:
        with self._db.write() as tx:
            return store.mark_used(tx, row)

    def _left(self, tx: Tx, call: _Call) -> int:
        return call.limit - (counter_store.current(tx, call.counter) if call.counter else 0)

    def _left_now(self, call: _Call) -> int:
        with self._db.read() as tx:
            return self._left(tx, call)

    def _call(self, row: Mapping[str, Any], context: Context) -> _Call:
        """Bring a call's fields into the rule; all that is missing or wrong is named."""
        rule = self.rule_of(row)
        texts, problems = rule.plan.texts(context)
        counter = rule.counter_name(context, texts, problems)
        if problems:
            different = {(problem.code, problem.pointer): problem for problem in problems}
            raise InvalidInputError("invalid_input", problems=different.values())
        return _Call(rule, row, texts, counter)

    def preview(
        self,
        code: str,
        count: int,
        *,
        fields: Mapping[str, str] | None = None,
        product: ProductLike | None = None,
        at: datetime,
    ) -> list[str]:
        """Show the codes that would come next, without using up a number; fewer if fewer are left.

        What is missing among fields and product is made up.

        Raises:
            NotFoundError: There is no such rule.
            InvalidInputError: A field does not fit.
        """
        with self._db.read() as tx:
            row = known(tx, code)
            call = self._call(row, _context(fields, product, at, with_samples=True))
            first = counter_store.current(tx, call.counter) + 1 if call.counter else 1
        return _preview(call.rule, call.texts, first, count)

    def examples(
        self,
        rule: CodeRule,
        count: int,
        *,
        fields: Mapping[str, str] | None = None,
        product: ProductLike | None = None,
        at: datetime,
    ) -> list[str]:
        """Show codes of a rule that need not be saved, from its first number on.

        Raises:
            InvalidInputError: A field does not fit.
        """
        texts, problems = rule.plan.texts(_context(fields, product, at, with_samples=True))
        if problems:
            raise InvalidInputError("invalid_input", problems=problems)
        return _preview(rule, texts, 1, count)

    def decode(self, code: str, *, today: date | None = None) -> list[Reading]:
        """Take a code apart by every version of every rule that can have made it; those in force first."""
        with self._db.read() as tx:
            rows = store.everything(tx)
        day = today or clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).date()
        return [reading for row in rows for reading in read(self.rule_of(row), code, today=day)]

    def rule_of(self, row: Mapping[str, Any]) -> CodeRule:
        """Return the rule of a row; the last ones are kept ready to make codes."""
        key = tuple(row[name] for name in ("code", "version", "revision", "name", "status", "used"))
        with self._lock:
            rule = self._memory.get(key)
            if rule is not None:
                self._memory.move_to_end(key)
                return rule
        rule = restore(row)
        with self._lock:
            self._memory[key] = rule
            if len(self._memory) > KEPT_IN_MEMORY:
                self._memory.popitem(last=False)
        return rule


def known(tx: Tx, code: str) -> Mapping[str, Any]:
    """Return the row of the newest version of a rule.

    Raises:
        NotFoundError: There is none of that code (``unknown_rule``).
    """
    row = store.newest(tx, code)
    if row is None:
        raise NotFoundError("unknown_rule", rule=code)
    return row


def _context(
    fields: Mapping[str, str] | None, product: ProductLike | None, at: datetime, *, with_samples: bool = False
) -> Context:
    if at.tzinfo is None:
        raise InvalidInputError("time_without_zone", value=at.isoformat())
    # Checked before the zone is changed, which fails at the ends of the calendar.
    moment = at.astimezone(clock.DEFAULT_ZONE) if FIRST_DAY.year - 1 <= at.year <= LAST_DAY.year + 1 else at
    if not FIRST_DAY <= moment.date() <= LAST_DAY:
        raise invalid("/at", "code_date_out_of_range", at=at.isoformat())
    words = ProductWords(product.code, product.category) if product else None
    return Context(moment, fields or {}, words, with_samples)


def _check_count(count: int) -> None:
    if count < 1:
        raise invalid("/count", "code_count_too_small", count=count)
    if count > MOST_AT_ONCE:
        raise TooLargeError("code_count_too_large", count=count, limit=MOST_AT_ONCE)


def _exhausted(code: str, left: int, count: int) -> ConflictError:
    return ConflictError("rule_exhausted", rule=code, left=max(left, 0), count=count)


def _preview(rule: CodeRule, texts: list[str], first: int, count: int) -> list[str]:
    left = rule.number.capacity - first + 1 if rule.number else rule.random_space
    count = min(count, left)
    return rule.plan.make(texts, first, count) if count > 0 else []
