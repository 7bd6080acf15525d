"""What a place is, and how places nest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from mazhi.kernel.master_data.model import Checks

PlaceKind = Literal["site", "warehouse", "zone", "bin", "line", "station", "vehicle", "other"]
KINDS: tuple[str, ...] = get_args(PlaceKind)
DEEPEST = 16
"""So many levels at the most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place (库位): somewhere that items can be.

    ``path`` holds the ids from the root down to this place, each between slashes: ``/1/7/23/``. ``used`` says
    that something in the ledger refers to it, so that it cannot be deleted.
    """

    id: int = 0
    code: str
    name: str
    kind: PlaceKind
    parent_id: int = 0
    path: str = "/"
    active: bool = True
    used: bool = False
    version: int = 1

    @property
    def around(self) -> tuple[int, ...]:
        """The ids of this place and of those around it, the innermost first."""
        return tuple(int(part) for part in reversed(self.path.strip("/").split("/")))

    @property
    def depth(self) -> int:
        """On which level it is; a root is on level 1."""
        return self.path.count("/") - 1

    def is_inside(self, other: Place) -> bool:
        """Tell whether this place is ``other`` or lies within it."""
        return self.path.startswith(other.path)


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place as people see it: the codes of the places around it, from the root down to itself."""

    place: Place
    path: tuple[str, ...]

    @property
    def parent(self) -> str | None:
        """The code of the place that it lies in."""
        return self.path[-2] if len(self.path) > 1 else None

    def facts(self) -> dict[str, Any]:
        """Write what a user may set as plain data, for the audit trail."""
        place = self.place
        return {
            "code": place.code,
            "name": place.name,
            "kind": place.kind,
            "parent": self.parent,
            "active": place.active,
        }


def check_place(place: Place, checks: Checks) -> None:
    """Note everything that is wrong with a place in itself."""
    checks.code("/code", place.code)
    checks.text("/name", place.name, needed=True)
    checks.one_of("/kind", place.kind, KINDS)
