"""What differs between two versions of a form, for people to read before they publish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mazhi.engines.forms.model import USUAL, Field, Form


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs.

    Attributes:
        field: The id of the field.
        title: What it is called now, or was called before it was deleted.
        what: What happened to it; a field that is ``moved`` stands in another table, or elsewhere among the others.
        before: The properties that differ, as they were.
        after: The same properties as they are.
    """

    field: str
    title: str
    what: Literal["added", "deleted", "changed", "moved"]
    before: Mapping[str, Any]
    after: Mapping[str, Any]


_COMPARED = ("code", "kind", "title", *USUAL, "options")


def compare(old: Form | None, new: Form) -> list[Difference]:
    """Return what differs, in the order of the new version, what was deleted at the end."""
    before = {one.id: (one, place) for one, place in _places(old.fields if old else ())}
    after = {one.id: (one, place) for one, place in _places(new.fields)}
    found = []
    for key, (one, place) in after.items():
        if key not in before:
            found.append(Difference(key, one.title, "added", {}, _facts(one)))
            continue
        was, stood = before[key]
        old_facts, new_facts = _facts(was), _facts(one)
        changed = [name for name in _COMPARED if old_facts.get(name) != new_facts.get(name)]
        if changed:
            found.append(Difference(key, one.title, "changed", _only(old_facts, changed), _only(new_facts, changed)))
        elif stood != place:
            found.append(Difference(key, one.title, "moved", {"after": stood}, {"after": place}))
    found += [
        Difference(key, was.title, "deleted", _facts(was), {}) for key, (was, _) in before.items() if key not in after
    ]
    return found


def _places(fields: tuple[Field, ...], within: str = "") -> list[tuple[Field, str]]:
    """Give each field with what stands before it: the id of its neighbour, or of what it is within."""
    found: list[tuple[Field, str]] = []
    behind = within
    for one in fields:
        found += [(one, behind), *_places(one.fields, one.id)]
        behind = one.id
    return found


def _facts(one: Field) -> dict[str, Any]:
    return {name: getattr(one, name) for name in _COMPARED}


def _only(facts: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: facts[name] for name in names}
