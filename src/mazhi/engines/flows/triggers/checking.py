"""Whether the triggers of a drawn flow can be published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mazhi.engines import options as declared
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.triggers.family import trigger_kinds
from mazhi.engines.flows.triggers.publishing import keys_of
from mazhi.kernel.errors import Problem
from mazhi.kernel.master_data.model import Checks

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn

MOST = 50


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say what is incomplete or wrong with the triggers of a start node, and with what it calls an instance."""
    yield from drawn.template(str(node.options.get("title") or ""), "/options/title")
    raw = node.options.get("triggers") or []
    if len(raw) > MOST:
        yield Problem("flow_too_many_triggers", {"limit": MOST}, "/options/triggers")
        return
    if not all(isinstance(one, Mapping) for one in raw):
        yield Problem("flow_trigger_bad", {}, "/options/triggers")
        return
    seen: set[str] = set()
    for place, (key, one) in enumerate(zip(keys_of(raw), raw, strict=True)):
        pointer = f"/options/triggers/{place}"
        if key in seen or len(key) > 64:
            yield Problem("flow_trigger_twice", {"item": key}, f"{pointer}/id")
        seen.add(key)
        for problem in _of(one, drawn):
            yield replace(problem, pointer=f"{pointer}{problem.pointer or ''}")


def _of(one: Mapping[str, Any], drawn: Drawn) -> Iterable[Problem]:
    name = str(one.get("kind"))
    if name not in trigger_kinds:
        yield Problem("flow_unknown_trigger", {"item": name}, "/kind")
        return
    kind, checks = trigger_kinds[name], Checks()
    given = {key: value for key, value in one.items() if key not in {"id", "kind"}}
    options = declared.settle(kind.options, given, checks, "")
    yield from checks.problems
    if not checks.problems and kind.faults is not None:
        yield from kind.faults(options, drawn)
