"""A form made ready: what is worked out at every save and in which order, what is read for it, and its rules.

It is made once for a version of a form; nothing is parsed for a record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mazhi.engines.forms.deriving import Computation, Derive
from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.formula_values import KEPT_AS, Result, reader
from mazhi.engines.forms.live.graph import Node, graph
from mazhi.engines.forms.model import Field, Form, Values
from mazhi.engines.forms.names import columns_of
from mazhi.engines.forms.referring import Scope, named
from mazhi.engines.forms.rules.model import Rule
from mazhi.engines.formula.evaluating import Worker, prepare
from mazhi.engines.formula.nodes import names
from mazhi.engines.formula.parsing import parse
from mazhi.engines.formula.values import Value

_RESULTS: Mapping[str, Result] = {kind: result for result, kind in KEPT_AS.items()}


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of what a field names: ``customer.region``.

    Attributes:
        name: The dotted name.
        source: The field that names it.
        fact: Which fact.
        table: The id of the sub-table that the field is a column of; empty for the form itself.
    """

    name: str
    source: Field
    fact: str
    table: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A column over the rows of a sub-table, as the form around it reads it: ``lines.qty``."""

    name: str
    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Needs:
    """What must be fetched before formulas are worked out."""

    lists: tuple[Listed, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """One rule that sets a field."""

    when: Worker
    value: Worker


@dataclass(frozen=True, slots=True)
class Step:
    """One field that is worked out.

    Attributes:
        of: The field.
        table: The id of the sub-table that it is a column of; empty for the form itself.
        needs: What is fetched before.
        computation: Of a formula or roll-up: how.
        rows: Of a roll-up: the id of the sub-table whose rows it goes through.
        result: Of a formula or roll-up: what it comes to.
        derive: Of what is only shown: how.
        sources: Of what is only shown: the fields that it is made of, by their codes.
        settings: The rules that set it.
    """

    of: Field
    table: str
    needs: Needs
    computation: Computation | None = None
    rows: str = ""
    result: Result = "text"
    derive: Derive | None = None
    sources: Mapping[str, Field] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """A field whose values formulas read: by which code, and how its columns are read; None where it names things."""

    of: Field
    read: Callable[[Values], Value] | None


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule made ready, with those of its fields that stand in one table."""

    rule: Rule
    place: int
    when: Worker
    fields: frozenset[str]
    names: frozenset[str]


@dataclass(slots=True)
class Table:
    """The form itself, or one of its sub-tables.

    Attributes:
        of: The field of the sub-table; None for the form itself.
        fields: Its fields that hold values or rows.
        scope: What a formula in it may name.
        own: Its own fields by their codes.
        reads: The fields that formulas read.
        conditions: The rules about its fields, but for those that set.
        chains: By the id of each field the rules that show it: of itself and of everything that it is laid out in.
        required: The ids of the fields that are always required.
        asked: These fields.
    """

    of: Field | None
    fields: tuple[Field, ...]
    scope: Scope
    own: Scope
    reads: tuple[Read, ...] = ()
    conditions: tuple[Condition, ...] = ()
    chains: Mapping[str, tuple[frozenset[int], ...]] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    asked: tuple[Field, ...] = ()

    @property
    def id(self) -> str:
        """The id of the sub-table's field; empty for the form itself."""
        return "" if self.of is None else self.of.id


@dataclass(slots=True)
class Plan:
    """A form made ready.

    Attributes:
        form: The form.
        steps: What is worked out, each after what it needs.
        tables: The form itself (by an empty id) and its sub-tables, by their ids.
        judged: What is fetched before the rules are looked at.
    """

    form: Form
    steps: tuple[Step, ...]
    tables: Mapping[str, Table]
    judged: Needs

    @property
    def shows(self) -> bool:
        """Whether a rule may take fields away."""
        return any(rule.kind == "show" for rule in self.form.rules)

    @property
    def judges(self) -> bool:
        """Whether there are rules beside those that set."""
        return any(rule.kind != "set" for rule in self.form.rules)

    @property
    def computed(self) -> frozenset[str]:
        """The ids of the formula fields and roll-ups."""
        return frozenset(step.of.id for step in self.steps if step.computation is not None)

    def used_by(self, fields: Collection[str]) -> frozenset[str]:
        """Return the ids of what is worked out from some fields, directly or not."""
        found = set(fields)
        needs = graph(self.form.fields, self.form.rules, field_kinds)
        for node in needs.order():
            if node.needs & found:
                found.add(node.of.id)
        return frozenset(found - set(fields))


def plan_of(form: Form) -> Plan:
    """Make a form ready, once as long as it is in use; it was checked when it was read."""
    known = _PLANS.get(id(form))
    if known is not None and known.form is form:
        return known
    if len(_PLANS) >= MOST_PLANS:
        _PLANS.clear()
    made = _PLANS[id(form)] = _Making(form).plan()
    return made


MOST_PLANS = 256
_PLANS: dict[int, Plan] = {}


class _Making:
    def __init__(self, form: Form) -> None:
        self._form = form
        self._graph = graph(form.fields, form.rules, field_kinds)
        outer = self._graph.outer
        own = {one.id: columns_of(one.fields, field_kinds) for one in outer.values() if one.id in self._graph.scopes}
        self._tables = {"": Table(None, tuple(outer.values()), outer, outer)}
        for one in outer.values():
            if one.id in own:
                scope = self._graph.scopes[one.id]
                self._tables[one.id] = Table(one, tuple(own[one.id].values()), scope, own[one.id])
        self._read: dict[str, dict[str, Field]] = {key: {} for key in self._tables}

    def plan(self) -> Plan:
        steps = tuple(self._step(node) for node in self._graph.order())
        lists: dict[str, Listed] = {}
        facts: dict[tuple[str, str], Fact] = {}
        for key, table in self._tables.items():
            table.conditions = tuple(self._conditions(key, table))
            read = {name for one in table.conditions for name in one.names}
            needs = self._needs(read, key)
            lists |= {one.name: one for one in needs.lists}
            facts |= {(one.table, one.name): one for one in needs.facts}
            table.asked = tuple(one for one in table.fields if one.required)
            table.required = frozenset(one.id for one in table.asked)
        self._chains()
        for key, table in self._tables.items():
            table.reads = tuple(_read(one) for one in self._read[key].values())
        return Plan(self._form, steps, self._tables, Needs(tuple(lists.values()), tuple(facts.values())))

    def _step(self, node: Node) -> Step:
        table = node.table.id if node.table is not None else ""
        kind = field_kinds[node.of.kind]
        self._note(table, node.of)
        if kind.compute is not None:
            computation = kind.compute(node.of)
            needs = self._needs(computation.names, table)
            rows = ""
            if computation.table:
                rows = self._graph.outer[computation.table].id
                inner = self._needs(computation.inner, rows)
                needs = Needs((*needs.lists, *inner.lists), (*needs.facts, *inner.facts))
            return Step(node.of, table, needs, computation, rows, _RESULTS[node.of.stored_as])
        if kind.derive is not None:
            scope = self._tables[table].scope
            codes = {code for option in kind.options for code in named(node.of, option)}
            sources = {code: scope[code] for code in sorted(codes) if code in scope}
            for code in sources:
                self._needs({code}, table)
            return Step(node.of, table, Needs(), derive=kind.derive, sources=sources)
        read = {name for rule in node.sets for _, text in rule.formulas() for name in names(parse(text))}
        settings = tuple(Setting(prepare(parse(rule.when)), prepare(parse(rule.value))) for rule in node.sets)
        return Step(node.of, table, self._needs(read, table), settings=settings)

    def _needs(self, read: Iterable[str], table: str) -> Needs:
        """Sort names into lists and facts, and note the fields whose values are read."""
        lists, facts = [], []
        for name in sorted(read):
            first, _, rest = name.partition(".")
            one = self._tables[table].scope.get(first)
            if one is None:
                continue
            where = table if first in self._tables[table].own else ""
            if one.id in self._tables:
                column = self._tables[one.id].own.get(rest)
                if column is not None:
                    self._note(one.id, column)
                    lists.append(Listed(name, one.id, rest))
                continue
            self._note(where, one)
            if rest:
                facts.append(Fact(name, one, rest, where))
        return Needs(tuple(lists), tuple(facts))

    def _note(self, table: str, one: Field) -> None:
        if field_kinds[one.kind].holds == "value":
            self._read[table][one.code] = one

    def _conditions(self, key: str, table: Table) -> Iterable[Condition]:
        mine = {one.id for one in table.fields} | _laid_out(
            table.of.fields if table.of is not None else self._form.fields
        )
        for place, rule in enumerate(self._form.rules):
            fields = frozenset(rule.fields) & mine
            if rule.kind != "set" and (fields or not (rule.fields or key)):
                node = parse(rule.when)
                yield Condition(rule, place, prepare(node), fields, names(node))

    def _chains(self) -> None:
        shown: dict[str, set[int]] = {}
        for place, rule in enumerate(self._form.rules):
            for key in rule.fields if rule.kind == "show" else ():
                shown.setdefault(key, set()).add(place)

        def walk(
            fields: Sequence[Field], around: tuple[frozenset[int], ...], into: dict[str, tuple[frozenset[int], ...]]
        ) -> None:
            for one in fields:
                chain = (*around, frozenset(shown[one.id])) if one.id in shown else around
                if chain:
                    into[one.id] = chain
                if field_kinds[one.kind].holds != "rows":
                    walk(one.fields, chain, into)

        for table in self._tables.values():
            into: dict[str, tuple[frozenset[int], ...]] = {}
            walk(self._form.fields if table.of is None else table.of.fields, (), into)
            table.chains = into


def _laid_out(fields: Sequence[Field]) -> set[str]:
    """Return the ids of what only lays out, in one table."""
    found: set[str] = set()
    for one in fields:
        if field_kinds[one.kind].holds == "layout":
            found |= {one.id, *_laid_out(one.fields)}
    return found


def _read(one: Field) -> Read:
    kind = field_kinds[one.kind]
    if kind.reference is not None or kind.derive is not None:
        return Read(one, None)
    return Read(one, reader(one, field_kinds))
