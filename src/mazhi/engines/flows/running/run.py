"""One run of the interpreter: everything that happens in one transaction, from what somebody did to where it stops."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from mazhi.engines.facts import FormFacts
from mazhi.engines.flows import store
from mazhi.engines.flows.kind import NodeKind
from mazhi.engines.flows.model import Flow, Node
from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.running.causing import causing
from mazhi.engines.flows.state import Instance, Line, Step
from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.naming import Named, Names
from mazhi.engines.formula.parsing import parse
from mazhi.engines.formula.values import Fault, Value, is_empty, to_boolean
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.purse import Purse
from mazhi.kernel.db import Tx
from mazhi.kernel.notices.model import NewNotice
from mazhi.kernel.registry import Registry

if TYPE_CHECKING:
    from mazhi.engines.flows.triggers.allowed import Authority


class Others(Protocol):
    """Other running flows, in the same transaction."""

    def start_within(
        self, tx: Tx, purse: Purse, actor: Actor, app: str, flow: str, record: int, *,
        authority: Authority, origin: str, parent_step: int = 0, depth: int = 0,
        cause: int = 0,
    ) -> Instance:  # fmt: skip
        """Start a flow on a record."""
        ...

    def open(self, tx: Tx, purse: Purse, actor: Actor, instance_id: int) -> Run:
        """Lock an instance and make a run of it."""
        ...

    def owes(self, tx: Tx, app: str, flow: str) -> bool:
        """Tell whether a flow does something that nobody may pass, or one that it waits for does."""
        ...


@lru_cache(maxsize=1024)
def parsed(text: str) -> Any:
    """Parse a formula of a flow once."""
    return parse(text)


def names_of(form: FormFacts, table: str = "") -> Names:
    """Return what formulas over a record (and over a row of one of its sub-tables) may name."""
    return Names(_named(form, table))


def _named(form: FormFacts, table: str) -> Iterator[Named]:
    titles = {one.id: one.title for one in form.fields if one.holds == "rows"}
    for one in form.fields:
        shape = "reference" if one.names else ""
        if not one.table:
            yield Named(one.code, one.title, shape)
            continue
        yield Named(f"{one.table_code}.{one.code}", f"{titles.get(one.table, one.table_code)}.{one.title}", shape)
        if table and one.table_code == table:
            yield Named(one.code, one.title, shape)


@dataclass(slots=True)
class Run:
    """What is going on in one transaction with one instance, which is locked.

    Attributes:
        tx: The transaction.
        purse: Numbers for what is made in it.
        ports: Where nodes reach.
        kinds: The kinds of node.
        actor: Who does it; the system where a moment has come.
        flow: The version that the instance runs by.
        instance: The instance.
        at: The present moment, µs.
        trial: Whether it is a test run, which is taken back: nothing may leave the system.
        chosen: Whom the actor has chosen (user names by the ids of nodes); None where nobody can be asked to choose.
        signed: Whether the actor has just proved anew who they are.
        others: Reaches other running flows in the same transaction.
        watch: Told what happens and why, for who wants to show it: a test run.
    """

    tx: Tx
    purse: Purse
    ports: Ports
    kinds: Registry[NodeKind]
    actor: Actor
    flow: Flow
    instance: Instance
    at: int = field(default_factory=clock.now)
    trial: bool = False
    chosen: Mapping[str, Sequence[str]] | None = None
    signed: bool = False
    others: Others | None = None
    watch: Callable[[str, Mapping[str, Any]], None] | None = None
    _lines: list[Line] = field(default_factory=list)
    _told: list[tuple[tuple[int, ...], NewNotice]] = field(default_factory=list)
    _scope: Callable[[str], object] | None = None
    _form: FormFacts | None = None

    def __post_init__(self) -> None:
        """Let everything that is written through this run be known as its doing."""
        self.ports = replace(self.ports, records=causing(self.ports.records, self.instance))

    @property
    def acting(self) -> Actor:
        """Whoever acts, with the rights of the flow: what it does was allowed to whoever published it."""
        return replace(self.actor, everything=True)

    @property
    def link(self) -> str:
        """The page of the instance, from the site's root."""
        return f"/flows/{self.instance.id}"

    def node(self, step: Step) -> Node:
        """Return the node that a step visits; of a version before this one, perhaps only what the step tells of it."""
        return self.flow.nodes.get(step.node) or Node(step.node, step.kind, "")

    def kind(self, node: Node) -> NodeKind:
        """Return the kind of a node."""
        return self.kinds[node.kind]

    def note(self, action: str, node: Node | None = None, step: Step | None = None, **data: Any) -> None:
        """Add a line to the trail."""
        self.seen("note", action=action, **data)
        self.instance.seq += 1
        self._lines.append(
            Line(
                self.instance.seq, self.at, self.actor.name, action, node.id if node else "",
                step.id if step else 0, data,
            )
        )  # fmt: skip

    def tell(self, users: Collection[int], kind: str, link: str = "", **params: Any) -> None:
        """Tell people something when the transaction ends; whoever acts needs not be told."""
        self.seen("tell", users=tuple(users), kind=kind, params=params)
        others = tuple(sorted({user for user in users if user and user != self.actor.user_id}))
        if others:
            told = {"flow": self.instance.flow, "title": self.instance.title, "by": self.actor.name, **params}
            self._told.append((others, NewNotice(kind, told, link or self.link)))

    def seen(self, what: str, /, **data: Any) -> None:
        """Tell whoever watches what happens; nobody watches but a test run."""
        if self.watch is not None:
            self.watch(what, data)

    def know(self, form: FormFacts) -> None:
        """Take the form from whoever has just opened it in the same transaction."""
        self._form = form

    def form(self) -> FormFacts:
        """Return the form whose records run through the flow."""
        if self._form is None:
            self._form = self.ports.records.form(self.tx, self.instance.app, self.instance.form)
        return self._form

    def value(self, name: str) -> object:
        """Give formulas the fields of the record, as they are now.

        Raises:
            LookupError: There is no such field.
        """
        if self._scope is None:
            one = self.instance
            self._scope = self.ports.records.scope(self.tx, one.app, one.form, one.record_id)
        try:
            return self._scope(name)
        except LookupError:
            # Whoever writes a formula may call a field by the title that they read.
            code = names_of(self.form()).code(name)
            if code is None or code == name:
                raise
            return self._scope(code)

    def values(self) -> Mapping[str, Any]:
        """Return what the record holds now; empty where it is gone."""
        one = self.instance
        return self.ports.records.values(self.tx, one.app, one.form, one.record_id) or {}

    def changed(self) -> None:
        """Forget what was read of the record: it was changed."""
        self._scope = None

    def work_out(self, formula: str) -> Value:
        """Work a formula over the record out; a fault is a value."""
        at = clock.to_datetime(self.at, clock.DEFAULT_ZONE).replace(tzinfo=None, microsecond=0)
        return evaluate(parsed(formula), self.value, at)

    def holds(self, formula: str) -> bool | Fault:
        """Tell whether a condition holds; empty counts as no, and a fault is told."""
        found = self.work_out(formula)
        if isinstance(found, Fault):
            return found
        try:
            return not is_empty(found) and to_boolean(found)
        except FaultError as error:
            return Fault(error.code, error.start, error.end, error.params)

    def close(self) -> None:
        """Write down what was gathered."""
        store.add_lines(self.tx, self.instance.id, self._lines)
        store.keep_instance(self.tx, self.instance)
        notices = self.ports.notices
        for users, notice in self._told:
            numbers = self.purse.take("notice", len(users), notices.ids)
            notices.tell(self.tx, users, notice, numbers)
        self._lines, self._told = [], []
