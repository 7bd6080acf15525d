"""Fresh codes where some that a rule makes are taken already: drawn until there are enough, or none is left."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from mazhi.kernel.counters.purse import Purse
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.making.model import MakeRequest
from mazhi.kernel.posting import store as posting

WHOLE = 100_000
"""So small a space of random codes is looked at whole once draws miss: the answer is exact then."""
BATCH = 10_000
"""So many codes are drawn and looked up at a time."""
MEASURED = 20_000
"""So many draws say how full a larger space is."""
ROUNDS = 16
"""So often codes are drawn within one transaction, which begins again each time."""
LEAST_FREE = 0.01
"""Where fewer of them than this share are free, the rule is said to be crowded."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """How codes of one order are drawn.

    Attributes:
        rule: The rule's code, for messages.
        space: How many different codes there are where only a random part tells them apart; None where a number does.
        issue: Makes that many codes, all different.
    """

    db: Database
    rule: str
    namespace: str
    space: int | None
    issue: Callable[[int], Sequence[str]]

    def fresh(self, count: int, apart: Sequence[str]) -> list[str]:
        """Return ``count`` codes that nothing has, none of them among ``apart``.

        Raises:
            ConflictError: Fewer are left (``rule_exhausted``), or so few of a large space that drawing them would not
                end (``random_crowded``, saying how full it is).
        """
        known = set(apart)
        found: dict[str, None] = {}
        drawn, batch = 0, count
        while len(found) < count:
            codes = self._draw(batch, count - len(found))
            drawn += len(codes)
            found |= dict.fromkeys(self._free(codes, known))
            if len(found) >= count:
                break
            if self.space is None:
                batch = min(2 * batch, BATCH)  # numbers go on: what lies in their way is passed faster and faster
            elif self.space <= WHOLE:
                found |= dict.fromkeys(self._free(self.issue(self.space), known))
                if len(found) < count:
                    left = len(found) + len(known)
                    raise ConflictError("rule_exhausted", rule=self.rule, left=left, count=count + len(known))
            else:
                share = len(found) / drawn
                if drawn >= MEASURED and share < LEAST_FREE:
                    full = f"{100 - 100 * share:.1f}"
                    raise ConflictError("random_crowded", rule=self.rule, full=full, drawn=drawn)
                batch = min(BATCH, int((count - len(found)) / max(share, LEAST_FREE)) + 100)
        return list(found)[:count]

    def _draw(self, batch: int, missing: int) -> Sequence[str]:
        if self.space is not None:
            return self.issue(min(batch, self.space))
        try:
            return self.issue(batch)
        except ConflictError as error:
            if error.code != "rule_exhausted" or batch == missing:
                raise
        return self.issue(missing)

    def _free(self, codes: Sequence[str], known: set[str]) -> list[str]:
        with self.db.read() as tx:
            return free(tx, codes, self.namespace, known)


def free(tx: Tx, codes: Sequence[str], namespace: str, known: set[str]) -> list[str]:
    """Return which of some codes are neither taken nor known already."""
    taken = posting.resolve(tx, codes)
    passed = known | posting.on_rolls(tx, codes, namespace)
    return [
        code for code in codes if code not in passed and all(space != namespace for space, _ in taken.get(code, ()))
    ]


def draw_within(
    tx: Tx, purse: Purse, key: Hashable, request: MakeRequest, count: int, issue: Callable[[int], Sequence[str]]
) -> list[str]:
    """Return fresh codes from a purse, where some that the rule makes may be taken already.

    Raises:
        ConflictError: So many are taken that drawing does not end (code ``random_crowded``).
    """
    found: dict[str, None] = {}
    for round_ in range(ROUNDS):
        # What is taken is rare, or there is a long stretch of it: draw more and more of them.
        wanted = count - len(found) if round_ < 3 else max(count - len(found), min(2**round_, BATCH))
        drawn = purse.take(key, wanted, issue, spare=0)
        found |= dict.fromkeys(free(tx, drawn, request.namespace, set(found)))
        if len(found) >= count:
            return list(found)[:count]
    raise ConflictError("random_crowded", rule=request.rule, full="99", drawn=sum(2**one for one in range(ROUNDS)))
