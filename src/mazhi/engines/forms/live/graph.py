"""Who needs whom among the fields that are worked out: formulas, roll-ups, what rules set, what is looked up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mazhi.engines.forms.names import columns_of
from mazhi.engines.forms.referring import Scope, named, scope_of
from mazhi.engines.formula.interpolating import parse_formula

if TYPE_CHECKING:
    from mazhi.engines.forms.model import Field, FieldKind
    from mazhi.engines.forms.rules.model import Rule
    from mazhi.kernel.master_data.model import Checks
    from mazhi.kernel.registry import Registry


@dataclass(slots=True)
class Node:
    """A field that is worked out.

    Attributes:
        of: The field.
        table: The sub-table that it is a column of, or None.
        pointer: Where it stands in the body of the form.
        needs: The ids of the fields that it is worked out from.
        sets: The rules that set it, in their order.
    """

    of: Field
    table: Field | None
    pointer: str
    needs: set[str] = field(default_factory=set)
    sets: list[Rule] = field(default_factory=list)


@dataclass(slots=True)
class Graph:
    """The fields of one form that are worked out.

    Attributes:
        nodes: By their ids, in the order of the form.
        outer: The fields of the form itself.
        scopes: By the id of a sub-table its columns and the fields around them.
    """

    nodes: dict[str, Node]
    outer: Scope
    scopes: Mapping[str, Scope]
    circles: list[list[str]] = field(default_factory=list)

    def order(self) -> list[Node]:
        """Return them all, each after those that it needs; circles are noted."""
        done: dict[str, Node] = {}
        path: list[str] = []

        def visit(key: str) -> None:
            if key in done or key not in self.nodes:
                return
            if key in path:
                self.circles.append([*path[path.index(key) :], key])
                return
            path.append(key)
            for other in sorted(self.nodes[key].needs):
                visit(other)
            path.pop()
            done[key] = self.nodes[key]

        for key in self.nodes:
            visit(key)
        return list(done.values())


def ids_of(names: Collection[str], scope: Scope, kinds: Registry[FieldKind]) -> Iterator[str]:
    """Give the ids of the fields that dotted names read: of ``lines.qty`` the column."""
    for name in names:
        first, _, rest = name.partition(".")
        one = scope.get(first)
        if one is None:
            continue
        column = columns_of(one.fields, kinds).get(rest) if kinds[one.kind].holds == "rows" else None
        yield column.id if column is not None else one.id


def graph(fields: tuple[Field, ...], rules: tuple[Rule, ...], kinds: Registry[FieldKind]) -> Graph:
    """Work out who needs whom."""
    outer = scope_of(fields, kinds)
    tables = [one for one in outer.values() if kinds[one.kind].holds == "rows"]
    scopes = {one.id: scope_of(one.fields, kinds, outer) for one in tables}
    found = Graph({}, outer, scopes)
    places = dict(_places(fields, "/fields", None, kinds))
    for key, (one, table, pointer) in places.items():
        node = Node(one, table, pointer)
        if _worked_out(node, found, kinds):
            found.nodes[key] = node
    for place, rule in enumerate(rules):
        if rule.kind != "set":
            continue
        for key in rule.fields:
            one, table, _ = places[key]
            node = found.nodes.setdefault(key, Node(one, table, f"/rules/{place}"))
            scope = outer if table is None else scopes[table.id]
            names = {name for _, text in rule.formulas() for name in parse_formula(text).names}
            node.needs |= set(ids_of(names, scope, kinds))
            node.sets.append(rule)
    return found


def _worked_out(node: Node, found: Graph, kinds: Registry[FieldKind]) -> bool:
    """Note what a field needs, if the server works it out."""
    kind = kinds[node.of.kind]
    scope = found.outer if node.table is None else found.scopes[node.table.id]
    if kind.compute is not None:
        computation = kind.compute(node.of)
        node.needs |= set(ids_of(computation.names, scope, kinds))
        table = found.outer.get(computation.table)
        if table is not None and table.id in found.scopes:
            node.needs |= set(ids_of(computation.inner, found.scopes[table.id], kinds))
        return True
    if kind.derive is not None:
        codes = {code for option in kind.options for code in named(node.of, option)}
        node.needs |= {scope[code].id for code in codes if code in scope}
        return True
    return False


def _places(
    fields: tuple[Field, ...], pointer: str, table: Field | None, kinds: Registry[FieldKind]
) -> Iterator[tuple[str, tuple[Field, Field | None, str]]]:
    for place, one in enumerate(fields):
        at = f"{pointer}/{place}"
        yield one.id, (one, table, at)
        inner = one if kinds[one.kind].holds == "rows" else table
        yield from _places(one.fields, f"{at}/fields", inner, kinds)


def check_circles(
    fields: tuple[Field, ...], rules: tuple[Rule, ...], kinds: Registry[FieldKind], checks: Checks
) -> None:
    """Note every circle with its path; those of what is only shown are noted elsewhere."""
    found = graph(fields, rules, kinds)
    found.order()
    for circle in found.circles:
        nodes = [found.nodes[key] for key in circle]
        if all(kinds[node.of.kind].derive is not None for node in nodes):
            continue
        path = " → ".join(node.of.title for node in nodes)
        checks.fault(nodes[0].pointer, "form_formula_circle", path=path)
