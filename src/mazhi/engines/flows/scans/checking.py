"""What a scan node names, checked when the flow is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mazhi.engines.facts import FormFacts
from mazhi.engines.flows.checking import Drawn
from mazhi.engines.flows.effects.checking import Looking
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.scans.model import POLICIES
from mazhi.kernel.errors import PlatformError, Problem
from mazhi.kernel.posting.kinds import operation_kinds
from mazhi.kernel.posting.operation import Operation, PlaceRule

KINDS = ("lines", "items", "box", "step", "free")
UNFIT = frozenset({"assemble", "commission", "correct", "disassemble", "exchange", "relabel"})
"""Operations that need more than pieces and a place."""
_SAYS = ("refuse", "warn", "pass")
_BLOCKING = ("held", "recalled")
_STORES = ("items", "package_binding", "scan_list")


def faults(node: Node, drawn: Drawn) -> Iterator[Problem]:
    """Say what of a scan node is incomplete or wrong."""
    looking = Looking(drawn, node)
    options = node.options
    yield from _against(options.get("against") or {}, looking)
    yield from _policies(options)
    if options.get("place"):
        yield from looking.source(options["place"], "/options/place")
    if options.get("photo"):
        yield from looking.named(str(options["photo"]), "/options/photo")
    yield from _operation(options.get("operation") or {}, looking)
    yield from _store_to(options.get("store_to") or {}, looking)


def _against(said: Mapping[str, Any], looking: Looking) -> Iterator[Problem]:
    kind, at = said.get("kind", "free"), "/options/against"
    if kind not in KINDS:
        yield Problem("scan_unknown_source", {"known": "、".join(KINDS)}, f"{at}/kind")
    elif kind == "lines":
        yield from _lines(said, looking)
    elif kind in {"items", "box"}:
        if said.get("field"):
            yield from looking.named(str(said["field"]), f"{at}/field")
        else:
            yield Problem("flow_not_set", {"option": "对着什么扫", "option_en": "Against what"}, f"{at}/field")
    elif kind == "step":
        yield from looking.step(str(said.get("node", "")), f"{at}/node")


def _lines(said: Mapping[str, Any], looking: Looking) -> Iterator[Problem]:
    at, form, via = "/options/against", looking.drawn.form, str(said.get("via") or "")
    if via:
        link = form.by_code(via)
        found = _linked(link.names if link else "", looking)
        if found is None:
            yield Problem("flow_field_gone", {"field": via}, f"{at}/via")
            return
        form = found
    table = str(said.get("table") or "")
    held = form.by_code(table)
    if held is None or held.holds != "rows":
        yield Problem("flow_field_gone", {"field": table}, f"{at}/table")
        return
    if not said.get("product") and not said.get("item"):
        yield Problem("flow_not_set", {"option": "产品", "option_en": "Product"}, f"{at}/product")
    for name in ("product", "quantity", "batch", "item"):
        if said.get(name) and form.by_code(str(said[name]), table) is None:
            yield Problem("flow_field_gone", {"field": str(said[name])}, f"{at}/{name}")


def _linked(names: str, looking: Looking) -> FormFacts | None:
    app, slash, form = names.partition("/")
    ports = looking.drawn.ports
    if not slash or ports is None:
        return None
    try:
        return ports.records.form(looking.drawn.tx, app, form)
    except PlatformError:
        return None


def _policies(options: Mapping[str, Any]) -> Iterator[Problem]:
    for name, says in (options.get("policies") or {}).items():
        if name not in POLICIES or says not in _SAYS:
            yield Problem("scan_bad_policy", {"name": str(name)}, f"/options/policies/{name}")
    posted = str((options.get("operation") or {}).get("kind") or "")
    operation = _named(posted)
    for name in _BLOCKING:
        says = (options.get("policies") or {}).get(name, "refuse")
        # Goods may go back to a supplier whatever the marks; who the partner is, is only known when it is scanned.
        if says != "refuse" and operation is not None and operation.use and operation.name != "ship":
            params: dict[str, object] = {"operation": operation.zh, "operation_en": operation.en}
            yield Problem("scan_policy_too_soft", params, f"/options/policies/{name}")
    for name, percent in (options.get("tolerance") or {}).items():
        good = isinstance(percent, int | float) and not isinstance(percent, bool) and 0 <= percent <= 100
        if name not in {"missing", "extra"} or not good:
            yield Problem("scan_bad_tolerance", {}, f"/options/tolerance/{name}")


def _named(kind: str) -> Operation | None:
    return next((one for one in operation_kinds if one.name == kind), None)


def _operation(said: Mapping[str, Any], looking: Looking) -> Iterator[Problem]:
    kind, at = str(said.get("kind") or ""), "/options/operation"
    if not kind:
        return
    operation = _named(kind)
    if operation is None or not operation.posted or kind in UNFIT:
        yield Problem("scan_operation_unfit", {"item": kind}, f"{at}/kind")
        return
    yield from looking.right(f"operation.{kind}", f"{at}/kind")
    for name in ("place", "from", "partner", "document"):
        if said.get(name):
            yield from looking.source(said[name], f"{at}/{name}")
    if operation.place is PlaceRule.NEEDED and not said.get("place"):
        yield Problem("flow_not_set", {"option": "库位", "option_en": "Place"}, f"{at}/place")
    data: Mapping[str, Any] = said.get("data") or {}
    for name, source in data.items():
        yield from looking.source(source, f"{at}/data/{name}")
    for field in operation.data:
        if field.required and not data.get(field.name):
            yield Problem("flow_not_set", {"option": field.zh, "option_en": field.en}, f"{at}/data/{field.name}")


def _store_to(said: Mapping[str, Any], looking: Looking) -> Iterator[Problem]:
    at, form = "/options/store_to", looking.drawn.form
    if said.get("table"):
        table = str(said["table"])
        held = form.by_code(table)
        if held is None or held.holds != "rows":
            yield Problem("flow_field_gone", {"field": table}, f"{at}/table")
            return
        for name in ("product", "quantity", "batch", "item"):
            if said.get(name) and form.by_code(str(said[name]), table) is None:
                yield Problem("flow_field_gone", {"field": str(said[name])}, f"{at}/{name}")
    elif said.get("field"):
        held = form.by_code(str(said["field"]))
        if held is None or held.kind not in _STORES:
            yield Problem("flow_field_gone", {"field": str(said["field"])}, f"{at}/field")
