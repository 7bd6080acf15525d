"""Fresh codes where some that a rule makes are taken already: drawn until there are enough, or none is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.posting import store as posting

WHOLE = 100_000
"""So small a space of random codes is looked at whole once draws miss: the answer is exact then."""
BATCH = 10_000
"""So many codes are drawn and looked up at a time."""
MEASURED = 20_000
"""So many draws say how full a larger space is."""
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
            taken = posting.resolve(tx, codes)
            labels = posting.on_rolls(tx, codes, self.namespace)
        return [
            code
            for code in codes
            if code not in known | labels and all(space != self.namespace for space, _ in taken.get(code, ()))
        ]
