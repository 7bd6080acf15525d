"""What can be wrong with a formula, and what can go wrong in one.

Positions count characters (code points) of the formula's source, from 0; ``end`` is the first that no longer belongs.
"""

from __future__ import annotations

from mazhi.kernel.errors import InvalidInputError, Problem


class FormulaError(InvalidInputError):
    """A formula that cannot be read, or whose value cannot be used; it names the place in the source."""

    def __init__(self, code: str, start: int, end: int, **params: object) -> None:
        super().__init__(code)
        self.params = {"start": start, "end": end, **params}
        self.start = start
        self.end = end

    def problem(self, pointer: str | None = None, item: str | None = None, **more: object) -> Problem:
        """Write it as one problem of a larger document."""
        return Problem(self.code, {**self.params, **more}, pointer, item)

    def moved(self, by: int) -> FormulaError:
        """Return the same error ``by`` characters farther on, for a formula inside a text."""
        rest = {name: value for name, value in self.params.items() if name not in {"start", "end"}}
        return FormulaError(self.code, self.start + by, self.end + by, **rest)


class FaultError(Exception):
    """Carries a fault from where it arises to whoever deals with it; never leaves the engine."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.start = -1
        self.end = -1
