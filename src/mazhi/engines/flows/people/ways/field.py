"""表单字段: the people that a field of the record names: members, departments or roles.

A column of a sub-table is meant as ``lines.checker``; every row of it counts. Of a department its members are meant,
or with ``head`` who leads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mazhi.engines.flows.people import store
from mazhi.engines.flows.people.way import Said, Way
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.facts import FieldFacts, FormFacts
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.model import Node
    from mazhi.engines.flows.running.run import Run

OF_PEOPLE = frozenset({"user_account", "department", "role"})


def find(run: Run, _node: Node, said: Said) -> Sequence[int]:
    """Return who is named; nobody where the field is empty, or gone."""
    facts = _facts(run.form(), said)
    codes = list(dict.fromkeys(_held(run.values(), said)))
    match facts.names if facts is not None and codes else "":
        case "user_account":
            return store.users(run.tx, codes)
        case "role":
            return store.in_roles(run.tx, codes)
        case "department" if said.get("head") is True:
            chains = store.heads(run.tx, codes)
            return [head for chain in chains for head in chain[:1] if head]
        case "department":
            return store.in_departments(run.tx, codes, below=said.get("below") is True)
        case _:
            return ()


def _facts(form: FormFacts, said: Said) -> FieldFacts | None:
    first, _, column = str(said.get("field", "")).partition(".")
    return form.by_code(column, first) if column else form.by_code(first)


def _held(values: Mapping[str, Any], said: Said) -> Iterator[str]:
    first, _, column = str(said.get("field", "")).partition(".")
    held = values.get(first)
    found = [row.get(column) for row in held or ()] if column else [held]
    for one in found:
        yield from (str(code) for code in (one if isinstance(one, list) else [one]) if code)


def faults(said: Said, drawn: Drawn, pointer: str) -> Iterable[Problem]:
    """Say that the field is gone, or names no people."""
    facts = _facts(drawn.form, said)
    if facts is None:
        yield Problem("flow_field_gone", {"field": str(said.get("field", ""))}, f"{pointer}/field")
    elif facts.names not in OF_PEOPLE:
        yield Problem("flow_field_names_nobody", {"field": facts.title}, f"{pointer}/field")


KIND = Way(name="field", zh="表单里的人", en="Field of the form", find=find, faults=faults)
