"""Which fields a formula may name, and how: by code, or by the title that people read.

What is found is a formula that names every field by its code; what is not is noted with its place.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.nodes import Binary, Call, Field, Node, Unary


@dataclass(frozen=True, slots=True)
class Named:
    """A field that a formula may name.

    Attributes:
        code: Its dotted name.
        title: What people read; may be used in place of the code unless two fields share it.
        shape: What it holds; of a ``reference`` every fact may be named, ``customer.name``.
    """

    code: str
    title: str = ""
    shape: str = ""


class Names:
    """The fields around a formula."""

    def __init__(self, fields: Iterable[Named]) -> None:
        fields = list(fields)
        self._codes = {one.code for one in fields}
        titled: dict[str, set[str]] = {}
        for one in fields:
            if one.title:
                titled.setdefault(one.title, set()).add(one.code)
        self._titles: Mapping[str, str] = {
            title: min(codes) for title, codes in titled.items() if len(codes) == 1 and title not in self._codes
        }
        self._references = {one.code for one in fields if one.shape == "reference"}

    def code(self, name: str) -> str | None:
        """Return the code that a name means, or None where it means nothing."""
        if name in self._codes:
            return name
        if name in self._titles:
            return self._titles[name]
        first, dot, fact = name.rpartition(".")
        while dot:
            outer = self.code(first)
            if outer is not None and outer in self._references:
                return f"{outer}.{fact}"
            first, dot, more = first.rpartition(".")
            fact = f"{more}.{fact}"
        return None

    def near(self, name: str) -> str:
        """Return the code that was probably meant, or nothing."""
        known = {**{code: code for code in self._codes}, **self._titles}
        found = difflib.get_close_matches(name, known, 1, 0.6)
        return known[found[0]] if found else ""


def resolve(node: Node, names: Names) -> tuple[Node, list[FormulaError]]:
    """Return the formula with codes in place of titles, and an error for every name that means nothing."""
    problems: list[FormulaError] = []

    def settled(one: Node) -> Node:
        match one:
            case Field():
                code = names.code(one.name)
                if code is None:
                    near = names.near(one.name)
                    problems.append(FormulaError("formula_unknown_field", one.start, one.end, name=one.name, near=near))
                    return one
                return replace(one, name=code)
            case Unary():
                return replace(one, operand=settled(one.operand))
            case Binary():
                return replace(one, left=settled(one.left), right=settled(one.right))
            case Call():
                return replace(one, arguments=tuple(settled(each) for each in one.arguments))
            case _:
                return one

    return settled(node), problems
