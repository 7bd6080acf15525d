"""Whether a drawn flow can be published: what is incomplete, and what it names that is not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mazhi.engines.facts import FormFacts
from mazhi.engines.flows import shapes
from mazhi.engines.flows.kind import NodeKind
from mazhi.engines.flows.model import Flow, Node
from mazhi.engines.flows.people import checking as people
from mazhi.engines.flows.ports import Ports
from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.interpolating import parse_text
from mazhi.engines.formula.naming import Named, Names, resolve
from mazhi.engines.formula.parsing import parse
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.registry import Registry


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a node may name.

    Attributes:
        tx: A snapshot, to look up what is named.
        app: The code of the app.
        flow: The flow.
        form: The form whose records run through it.
        actor: Who publishes: a flow may do what they may do, and nothing else.
        ports: Where nodes reach, to look up what they name elsewhere.
    """

    tx: Tx
    app: str
    flow: Flow
    form: FormFacts
    actor: Actor
    ports: Ports | None = None

    def formula(self, text: str, pointer: str) -> Iterator[Problem]:
        """Say what is wrong with a formula over the record, with its place in the text."""
        try:
            node = parse(text)
        except FormulaError as error:
            yield Problem(error.code, {**error.params, "start": error.start, "end": error.end}, pointer)
            return
        yield from self._names(resolve(node, self._known())[1], pointer)

    def template(self, text: str, pointer: str) -> Iterator[Problem]:
        """Say what is wrong with a text with formulas in braces."""
        try:
            parts = parse_text(text).parts
        except FormulaError as error:
            yield Problem(error.code, {**error.params, "start": error.start, "end": error.end}, pointer)
            return
        for part in parts:
            if not isinstance(part, str):
                yield from self._names(resolve(part.node, self._known())[1], pointer)

    def _known(self) -> Names:
        return Names(
            Named(
                f"{one.table_code}.{one.code}" if one.table_code else one.code, one.title if not one.table else "",
                "reference" if one.names else "",
            )
            for one in self.form.fields
        )  # fmt: skip

    def _names(self, errors: Iterable[FormulaError], pointer: str) -> Iterator[Problem]:
        for error in errors:
            yield Problem(error.code, {**error.params, "start": error.start, "end": error.end}, pointer)

    def field(self, key: object, pointer: str) -> Iterator[Problem]:
        """Say that a field (by its id or code) is not in the form any more."""
        known = {one.id for one in self.form.fields} | {one.code for one in self.form.fields}
        if key not in known:
            yield Problem("flow_field_gone", {"field": str(key)}, pointer)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something incomplete or wrong with a node; a click on it jumps there.

    Attributes:
        node: The id of the node.
        problem: What; its pointer is within the node.
        hard: Whether it stands in the way of publishing; else it is a hint.
    """

    node: str
    problem: Problem
    hard: bool = True


def check(drawn: Drawn, kinds: Registry[NodeKind]) -> list[Fault]:
    """Return everything that is incomplete or wrong, in the order of the drawing."""
    found: list[Fault] = []
    for node in drawn.flow.root.walk():
        kind = kinds[node.kind]
        misshapen = [Fault(node.id, problem) for problem in shapes.faults(node, kind)]
        if misshapen:  # nothing else about it can be read
            found += misshapen
            continue
        for problem in _common(node, kind, drawn):
            found.append(Fault(node.id, problem))
        if kind.faults is not None:
            for problem in kind.faults(node, drawn):
                found.append(Fault(node.id, replace(problem, pointer=problem.pointer or "")))
        if kind.work and not (node.options.get("due") or {}).get("hours"):
            found.append(Fault(node.id, Problem("flow_no_due", {}, "/options/due"), hard=False))
    return found


def _common(node: Node, kind: NodeKind, drawn: Drawn) -> Iterator[Problem]:
    """Check what all kinds of work have: people, and rights of fields that are still there."""
    who = node.options.get("who") or {}
    if kind.work and not who.get("ways"):
        yield Problem("flow_nobody_chosen", {}, "/options/who")
    yield from people.faults(node, kind, drawn)
    for key in node.options.get("fields") or {}:
        yield from drawn.field(key, f"/options/fields/{key}")
