"""条件分支: of several ways the first whose condition holds is taken, and the last one otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mazhi.engines.flows.kind import NodeKind
from mazhi.engines.flows.model import Node
from mazhi.engines.formula.values import Fault
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step


def choose(run: Run, node: Node) -> Node | None:
    """Return the first case that holds; a condition that comes to a fault does not hold, which the trail tells."""
    for case in node.children[:-1]:
        when = str(case.options.get("when", ""))
        held = run.holds(when)
        run.seen("condition", case=case.id, when=when, held=held)
        if isinstance(held, Fault):
            run.note("fault", case, code=held.code)
        elif held:
            return case
    return node.children[-1]


def stands(run: Run, node: Node, step: Step) -> bool:
    """Tell whether the same way would be taken now."""
    way = choose(run, node)
    return way is not None and way.id == step.outcome


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say which condition is missing or names what is not there, and that the last case has none."""
    for place, case in enumerate(node.children):
        when, pointer = str(case.options.get("when", "")), f"/children/{place}/options/when"
        last = place == len(node.children) - 1
        if last and when:
            yield Problem("flow_last_case", {}, pointer)
        elif not last and not when:
            yield Problem("flow_no_condition", {"case": case.title}, pointer)
        elif when:
            yield from drawn.formula(when, pointer)


KIND = NodeKind(
    name="branch",
    zh="条件分支",
    en="Branch",
    zh_hint="按条件走其中一条",
    en_hint="One way of several",
    group="logic",
    icon="branch",
    colour="#1E9E63",
    contains="cases",
    choose=choose,
    stands=stands,
    faults=faults,
)
