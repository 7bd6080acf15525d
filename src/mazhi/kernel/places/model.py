"""What a place is, and how places nest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

PlaceKind = Literal["site", "warehouse", "zone", "bin", "line", "station", "vehicle", "other"]
KINDS: tuple[str, ...] = get_args(PlaceKind)


@dataclass(frozen=True, slots=True)
class Place:
    """A place (库位): somewhere that items can be.

    ``path`` holds the ids from the root down to this place, each between slashes: ``/1/7/23/``. ``used`` says
    that something in the ledger refers to it, so that it cannot be deleted.
    """

    id: int
    code: str
    name: str
    kind: PlaceKind
    parent_id: int
    path: str
    active: bool = True
    used: bool = False
    version: int = 1

    @property
    def around(self) -> tuple[int, ...]:
        """The ids of this place and of those around it, the innermost first."""
        return tuple(int(part) for part in reversed(self.path.strip("/").split("/")))

    def is_inside(self, other: Place) -> bool:
        """Tell whether this place is ``other`` or lies within it."""
        return self.path.startswith(other.path)
