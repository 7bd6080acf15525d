"""What a record is filled with that a trigger makes: by formulas, or out of what another system sends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mazhi.engines.flows.effects.checking import DERIVED, Looking
from mazhi.engines.flows.running.run import parsed
from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.giving import given
from mazhi.engines.formula.naming import Names, resolve
from mazhi.engines.formula.parsing import parse
from mazhi.engines.formula.values import Fault
from mazhi.kernel import clock
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn


def fill(values: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Work out what a new record holds: ``{"field", "value"}`` as it is, ``{"field", "formula"}`` worked out."""
    at = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).replace(tzinfo=None, microsecond=0)
    found: dict[str, Any] = {}
    for one in values:
        if one.get("formula"):
            worked = evaluate(parsed(str(one["formula"])), _nothing, at)
            found[str(one["field"])] = None if isinstance(worked, Fault) else given(worked)
        else:
            found[str(one["field"])] = one.get("value")
    return found


def picked(mapping: Sequence[Mapping[str, Any]], sent: object) -> dict[str, Any]:
    """Take out of JSON what goes into each field; what is not there is left out."""
    found = {str(one["field"]): at(sent, place_of(one)) for one in mapping}
    return {field: value for field, value in found.items() if value is not None}


def place_of(one: Mapping[str, Any]) -> str:
    """Return the place in JSON that a row names, as ``path`` or, where the designer wrote it, as ``value``."""
    return str(one.get("path") or one.get("value") or "").strip()


def at(sent: object, path: str) -> Any:
    """Return what stands at a place in JSON, such as ``order.lines.0.no``; None where nothing does."""
    held: Any = sent
    for part in path.split(".") if path else ():
        if isinstance(held, Mapping):
            held = held.get(part)
        elif isinstance(held, list) and part.isdecimal() and int(part) < len(held):
            held = held[int(part)]
        else:
            return None
    return held


def value_faults(values: object, drawn: Drawn, pointer: str) -> Iterable[Problem]:
    """Say which field is gone or takes something else, and which formula is none; it can name nothing yet."""
    for place, one in _pairs(values):
        yield from _field(one, drawn, f"{pointer}/{place}")
        if isinstance(one, Mapping) and one.get("formula"):
            for error in _wrong(str(one["formula"])):
                yield Problem(
                    error.code, {**error.params, "start": error.start, "end": error.end}, f"{pointer}/{place}/formula"
                )
    yield from Looking(drawn, drawn.flow.root).fixed(values, drawn.app, drawn.form, pointer)


def _wrong(formula: str) -> list[FormulaError]:
    try:
        return resolve(parse(formula), Names(()))[1]
    except FormulaError as error:
        return [error]


def path_faults(values: object, drawn: Drawn, pointer: str) -> Iterable[Problem]:
    """Say which field is gone, and for which nothing is said."""
    for place, one in _pairs(values):
        yield from _field(one, drawn, f"{pointer}/{place}")
        if not isinstance(one, Mapping) or not place_of(one):
            yield Problem("flow_trigger_no_path", {}, f"{pointer}/{place}/path")


def _pairs(values: object) -> Iterable[tuple[int, object]]:
    return enumerate(values) if isinstance(values, list | tuple) else ()


def _field(one: object, drawn: Drawn, pointer: str) -> Iterable[Problem]:
    code = str(one.get("field", "")) if isinstance(one, Mapping) else ""
    target = drawn.form.by_code(code)
    if target is None:
        yield Problem("flow_field_gone", {"field": code}, f"{pointer}/field")
    elif target.derived or target.kind in DERIVED:
        yield Problem("flow_field_derived", {"field": target.title}, f"{pointer}/field")


def _nothing(name: str) -> object:
    raise LookupError(name)
