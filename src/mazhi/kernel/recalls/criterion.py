"""What one kind of criterion (召回条件) declares: its fields, and how it names what is affected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.products import store as products
from mazhi.kernel.recalls.model import Seeds, moment


@dataclass(slots=True)
class Asked:
    """One criterion under way: its fields, where it stands in the request, and what is wrong with it."""

    fields: Mapping[str, Any]
    pointer: str
    problems: list[Problem] = field(default_factory=list)

    def fault(self, name: str, code: str, given: str | None = None, /, **params: object) -> None:
        """Note that a field is wrong."""
        self.problems.append(Problem(code, params, f"{self.pointer}/{name}", given))

    def text(self, name: str) -> str:
        """Return a text field, "" where it is missing."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    @property
    def only_now(self) -> bool:
        """Whether only what is inside at this moment counts, not what ever was."""
        return bool(self.fields.get("only_now"))

    def product(self, tx: Tx) -> int | None:
        """Look up the product that the criterion is narrowed to."""
        code = self.text("product")
        if not code:
            return None
        found = products.by_codes(tx, [code]).get(code)
        if found is None:
            self.fault("product", "unknown_product", code, item=code)
            return None
        return found.id

    def window(self) -> tuple[int, int] | None:
        """Read ``from`` and ``to``; both ends belong to it."""
        start, end = moment(self.fields.get("from")), moment(self.fields.get("to"), end=True)
        for name, value in (("from", start), ("to", end)):
            if value is None:
                self.fault(name, "bad_moment", value=str(self.fields.get(name)))
        if start is None or end is None:
            return None
        if end < start:
            self.fault("to", "window_upside_down")
            return None
        return start, end


@dataclass(frozen=True, slots=True)
class Criterion:
    """One kind of criterion.

    Attributes:
        key: The field that tells it from the others.
        fields: Every field that it needs, and every one that it may have beside ``only_now``.
        find: Look up what it names; what is wrong goes into ``Asked.problems``.
    """

    name: str
    zh: str
    en: str
    key: str
    find: Callable[[Tx, Asked], Seeds]
    needed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
