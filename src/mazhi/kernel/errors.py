"""The error tree.

::

    PlatformError            the user can cause it; has a stable code, details are data
    ├── InvalidInputError    422  the request itself is wrong
    ├── NotFoundError        404  what was named does not exist
    ├── ConflictError        409  the request is right, the present state does not allow it
    ├── ForbiddenError       403  the caller lacks a right
    ├── UnauthorizedError    401  nobody is signed in
    ├── TooLargeError        413  more than is taken at once
    └── TooManyError         429  asked too often (sign-in and public pages only)
    ProgrammingError         our mistake; start-up must refuse

Texts are not here: every code has its title, message and advice in a ``texts.toml``, in both languages, and
``web`` renders them for the reader. Nobody parses a message.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: which, why and (through its code's text) what to do.

    ``pointer`` is a JSON pointer into the request body (RFC 6901), ``item`` the code as the user gave it,
    ``params`` fill the placeholders of the text.
    """

    code: str
    params: dict[str, object] = field(default_factory=dict)
    pointer: str | None = None
    item: str | None = None


class PlatformError(Exception):
    """Something that the user can cause and can be told about."""

    def __init__(self, code: str, *, problems: Iterable[Problem] = (), **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
        self.problems = list(problems)


class InvalidInputError(PlatformError):
    """The request is malformed or contradicts itself."""


class NotFoundError(PlatformError):
    """What the request names does not exist."""


class ConflictError(PlatformError):
    """The request is well formed, but the present state does not allow it."""


class ForbiddenError(PlatformError):
    """The caller lacks the right."""


class UnauthorizedError(PlatformError):
    """The caller is not signed in, or the token is no longer valid."""


class TooLargeError(PlatformError):
    """The request carries more than is taken at once."""


class TooManyError(PlatformError):
    """The caller asked too often."""


class ProgrammingError(Exception):
    """A mistake in our own code."""


def invalid(pointer: str, code: str, **params: object) -> InvalidInputError:
    """Build the error for one wrong field of a request body."""
    return InvalidInputError("invalid_input", problems=[Problem(code, params, pointer)])
