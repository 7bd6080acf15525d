"""Who acts, and what they may do.

Rights (权限) are of an operation and an area. Rights on single rows (own, department, region, condition) and single
fields (hidden, masked, read-only) belong to forms and come with them: a row right will be a condition that
``Actor`` hands to the statement that reads, a field right a set of names per form version. Neither may be checked
after reading, so neither has a place in ``require``.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from mazhi.kernel import clock
from mazhi.kernel.errors import ForbiddenError

EVERYWHERE: None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: a signed-in user, an API token, or the system itself.

    ``rights`` maps a right (such as ``operation.receive`` or ``products.edit``) to the ids of the places
    where it holds, descendants included, or to None where it holds everywhere. A right that is not in it is
    not held. ``role_id`` is the role through whose eyes somebody looks who tries out what they gave it (预览), 0 for
    all roles of the user.
    """

    name: str
    user_id: int = 0
    rights: Mapping[str, frozenset[int] | None] = field(default_factory=dict)
    everything: bool = False
    device: str = ""
    role_id: int = 0

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

    def as_role(self, role_id: int, rights: Mapping[str, frozenset[int] | None]) -> Actor:
        """Return who looks through the eyes of a role: its rights, as far as they are the actor's own as well."""
        shared: dict[str, frozenset[int] | None] = {}
        for right in rights:
            if self.may(right):
                theirs, mine = rights[right], self.areas(right)
                shared[right] = mine if theirs is None else theirs if mine is None else theirs & mine
        return replace(self, rights=shared, everything=False, role_id=role_id)

    def holds(self, right: str, place_id: int) -> bool:
        """Tell whether the right is held at a place and everything below it; 0 is everywhere."""
        areas = self.areas(right)
        return areas is None or (place_id != 0 and place_id in areas)


SYSTEM = Actor(name="system", everything=True)
"""The system itself: command line, demo, jobs."""

UserLanguage = Literal["zh", "en"]

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 128
_USERNAME = re.compile(r"[\w.@+-]{1,64}")
_COMMON = frozenset(
    {
        "12345678", "123456789", "1234567890", "87654321", "password", "password1", "passw0rd", "qwertyui",
        "qwerty123", "1qaz2wsx", "abc12345", "abcd1234", "a1234567", "admin123", "admin888", "administrator",
        "iloveyou", "88886666", "woaini1314", "a123456789",
    }
)  # fmt: skip


def fold_username(typed: str) -> str:
    """Bring a user name into the form in which it is kept: without case, width or blanks around it."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def is_username(folded: str) -> bool:
    """Tell whether a folded name may be one: letters of any script, digits and ``. @ + - _``."""
    return _USERNAME.fullmatch(folded) is not None and folded not in {".", ".."}


def password_fault(password: str, username: str) -> str | None:
    """Return the code of what is wrong with a new password, or None."""
    if len(password) < SHORTEST_PASSWORD:
        return "password_too_short"
    if len(password) > LONGEST_PASSWORD:
        return "password_too_long"
    folded = password.casefold()
    if folded in _COMMON or folded == username or len(set(folded)) == 1:
        return "password_too_common"
    return None


@dataclass(frozen=True, slots=True)
class LockOut:
    """How a row of failed sign-ins slows the next ones down.

    Attributes:
        free: So many failures cost nothing.
        longest: The longest wait, in seconds.
    """

    free: int
    longest: int

    def wait(self, failures: int) -> int:
        """Return for how many microseconds nobody is let in after so many failures in a row."""
        if failures < self.free:
            return 0
        seconds = min(self.longest, 10 << min(failures - self.free, 20))
        return seconds * clock.MICROS_PER_SECOND


PER_USER = LockOut(free=5, longest=900)
PER_ADDRESS = LockOut(free=30, longest=60)
"""Milder: a whole hall may stand behind one address."""
FORGET_FAILURES = 3600 * clock.MICROS_PER_SECOND


def address_group(address: str) -> str:
    """Return what counts as one client address: of IPv6 the first 64 bits, which one household shares."""
    if ":" not in address:
        return address
    try:
        return str(ipaddress.IPv6Network((address.split("%", maxsplit=1)[0], 64), strict=False))
    except ValueError:
        return address


@dataclass(frozen=True, slots=True)
class Department:
    """A department (部门); ``parent`` is the code of the one above it, ``head`` the user name of who leads it."""

    code: str
    name: str
    parent: str | None
    active: bool
    version: int
    head: str | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """One right of a role, at one place and below it or (place None) everywhere."""

    right: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role (角色): rights that are given together. ``users`` counts who has it."""

    code: str
    name: str
    everything: bool
    rights: tuple[Grant, ...]
    users: int
    version: int


@dataclass(frozen=True, slots=True)
class User:
    """A user (用户), without anything secret.

    ``email`` is told to whoever manages users and to the user, and to nobody else; ``mails`` are the topics of notices
    that come to it as well.
    """

    username: str
    name: str
    department: str | None
    language: UserLanguage
    roles: tuple[str, ...]
    active: bool
    must_change: bool
    version: int
    created_at: int
    email: str = ""
    mails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApiToken:
    """An API token (接口令牌), without its secret."""

    name: str
    scopes: tuple[str, ...]
    expires_at: int | None
    created_at: int
    last_used_at: int | None
