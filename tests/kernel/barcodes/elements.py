"""Elements of every kind, made from the table."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from mazhi.kernel.barcodes.gs1.elements import SEPARATOR, Element
from mazhi.kernel.barcodes.gs1.table import TABLE, ApplicationIdentifier, Part

CHARACTERS = [chr(code) for code in range(33, 127)]


def part_text(part: Part) -> st.SearchStrategy[str]:
    """Make text of a part's length and characters; where a company prefix is due it begins with one."""
    allowed = [character for character in CHARACTERS if part.allowed.fullmatch(character)]
    if any(rule.code == "company_prefix" for _, rule in part.rules):
        return st.text(allowed, min_size=max(0, part.shortest - 5), max_size=part.longest - 5).map("69012".__add__)
    return st.text(allowed, min_size=part.shortest, max_size=part.longest)


@st.composite
def values(draw: st.DrawFn, ai: ApplicationIdentifier) -> str:
    """Make a value of the right form; what the rules ask beyond that is left to chance."""
    needed = sum(not part.optional for part in ai.parts)
    count = draw(st.integers(needed, len(ai.parts)))
    return "".join(draw(part_text(part)) for part in ai.parts[:count])


def messages(codes: Sequence[str] = tuple(TABLE)) -> st.SearchStrategy[list[Element]]:
    """Make elements of different identifiers, in any order; values spell no separator."""
    element = st.sampled_from(codes).flatmap(
        lambda code: values(TABLE[code]).map(lambda text: Element(TABLE[code], text))
    )
    return st.lists(element, min_size=1, max_size=6, unique_by=lambda element: element.ai.code).filter(
        lambda elements: not any(SEPARATOR.search(element.value) for element in elements)
    )
