"""Who acts, and what they may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mazhi.kernel.errors import ForbiddenError

EVERYWHERE: None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: a signed-in user, an API token, or the system itself.

    ``rights`` maps a right (such as ``operation.receive`` or ``products.edit``) to the ids of the places
    where it holds, descendants included, or to None where it holds everywhere. A right that is not in it is
    not held.
    """

    name: str
    user_id: int = 0
    rights: Mapping[str, frozenset[int] | None] = field(default_factory=dict)
    everything: bool = False
    device: str = ""

    def areas(self, right: str) -> frozenset[int] | None:
        """Return where a right holds; None means everywhere, an empty set nowhere."""
        if self.everything:
            return EVERYWHERE
        return self.rights.get(right, frozenset())

    def may(self, right: str) -> bool:
        """Tell whether the right is held anywhere at all."""
        return self.everything or right in self.rights

    def require(self, right: str) -> None:
        """Refuse an actor without the right.

        Raises:
            ForbiddenError: The actor does not hold it anywhere (code ``no_right``).
        """
        if not self.may(right):
            raise ForbiddenError("no_right", right=right)


SYSTEM = Actor(name="system", everything=True)
"""The system itself: command line, demo, jobs."""
