"""What differs between two versions of a form, fields and rules, for people to read before they publish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from mazhi.engines.forms.model import USUAL, Field, Form
from mazhi.engines.forms.rules.model import Rule


@dataclass(frozen=True, slots=True)
class Difference:
    """One field or rule that differs.

    Attributes:
        field: The id of the field, or of the rule.
        title: What it is called now, or was called before it was deleted.
        what: What happened to it; a field that is ``moved`` stands in another table, or elsewhere among the others.
        before: The properties that differ, as they were.
        after: The same properties as they are.
        of: Whether it is a field or a rule.
    """

    field: str
    title: str
    what: Literal["added", "deleted", "changed", "moved"]
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    of: Literal["field", "rule"] = "field"


_COMPARED = ("code", "kind", "title", *USUAL, "options")


def compare(old: Form | None, new: Form) -> list[Difference]:
    """Return what differs, in the order of the new version, what was deleted at the end; the rules after the fields."""
    return [*_fields(old, new), *_rules(old.rules if old else (), new.rules)]


def _rules(old: tuple[Rule, ...], new: tuple[Rule, ...]) -> list[Difference]:
    before = {rule.id: rule for rule in old}
    after = {rule.id: rule for rule in new}
    found = []
    for key, rule in after.items():
        was = before[key].body() if key in before else {}
        facts = rule.body()
        changed = [name for name in facts | was if was.get(name) != facts.get(name)]
        if not was:
            found.append(Difference(key, rule.name, "added", {}, facts, "rule"))
        elif changed:
            earlier, later = ({name: one.get(name) for name in changed} for one in (was, facts))
            found.append(Difference(key, rule.name, "changed", earlier, later, "rule"))
    # Rules that set the same field do so in their order.
    stay = [key for key in before if key in after]
    if stay != [key for key in after if key in before]:
        found += [
            Difference(key, after[key].name, "moved", {}, {}, "rule")
            for key, other in zip((key for key in after if key in before), stay, strict=True)
            if key != other
        ]
    return found + [
        Difference(key, was.name, "deleted", was.body(), {}, "rule") for key, was in before.items() if key not in after
    ]


def _fields(old: Form | None, new: Form) -> list[Difference]:
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
