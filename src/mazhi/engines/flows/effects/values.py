"""Values of automatic nodes: as they are said, of a field, by a formula, or what an earlier step came to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from mazhi.engines.flows import store
from mazhi.engines.flows.running.run import Run, parsed
from mazhi.engines.flows.state import Step
from mazhi.engines.formula.errors import FaultError, FormulaError
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.giving import given
from mazhi.engines.formula.interpolating import parse_text
from mazhi.engines.formula.values import Fault, Value, is_empty, to_boolean
from mazhi.kernel import clock
from mazhi.kernel.errors import InvalidInputError, Problem

TARGET = "target."
"""What formulas call the fields of the record by that a node changes: ``target.stock + amount``."""
WAYS = ("value", "field", "formula", "template", "step", "this")
"""How a source says where its value comes from."""


def is_source(said: object) -> bool:
    """Tell whether something says where a value comes from, and is not a value itself."""
    return isinstance(said, Mapping) and said.keys() <= {*WAYS, "key"} and not {*WAYS}.isdisjoint(said)


@dataclass(slots=True)
class Around:
    """What the values of a node are about: the record of the flow, or one row of one of its sub-tables.

    Attributes:
        run: The run.
        table: The code of the sub-table; empty for the record itself.
        row: Which of its rows, from 0.
        target: Gives the fields of the record that is changed, where that is another one.
    """

    run: Run
    table: str = ""
    row: int = 0
    target: Callable[[str], object] | None = None
    _values: dict[str, Any] = field(default_factory=dict)

    def at(self, table: str, row: int) -> Around:
        """Return what is around one row of a sub-table."""
        return replace(self, table=table, row=row)

    def rows(self, table: str) -> int:
        """Count the rows of a sub-table."""
        return len(self.values().get(table) or ())

    def values(self) -> Mapping[str, Any]:
        """Return what the record holds, read once."""
        if not self._values:
            self._values.update(self.run.values())
        return self._values

    def value(self, name: str) -> object:
        """Give formulas a field: of the row first, then of the record.

        Raises:
            LookupError: There is no such field.
        """
        if self.target is not None and name.startswith(TARGET):
            return self.target(name.removeprefix(TARGET))
        if self.table and (code := self._column(name)):
            column = self.run.value(f"{self.table}.{code}")
            return column[self.row] if isinstance(column, tuple) else column
        return self.run.value(name)

    def _column(self, name: str) -> str:
        """Return the code of a column of the row that a name means; empty where it means none."""
        columns = [one for one in self.run.form().fields if one.table_code == self.table]
        for means in ("code", "title"):
            found = [one.code for one in columns if getattr(one, means) == name]
            if len(found) == 1:
                return found[0]
        return ""

    def formula(self, text: str) -> Value:
        """Work a formula out.

        Raises:
            InvalidInputError: It comes to a fault (code ``flow_formula_fault``), which is its problem.
        """
        at = clock.to_datetime(self.run.at, clock.DEFAULT_ZONE).replace(tzinfo=None, microsecond=0)
        found = evaluate(parsed(text), self.value, at)
        if isinstance(found, Fault):
            problem = Problem(found.code, {**found.params, "start": found.start, "end": found.end}, item=text[:200])
            raise InvalidInputError("flow_formula_fault", problems=[problem], formula=text[:200])
        return found

    def holds(self, text: str) -> bool:
        """Tell whether a condition holds; empty counts as no."""
        found = self.formula(text)
        try:
            return not is_empty(found) and to_boolean(found)
        except FaultError as error:
            problem = Problem(error.code, dict(error.params), item=text[:200])
            raise InvalidInputError("flow_formula_fault", problems=[problem], formula=text[:200]) from error

    def text(self, template: str) -> str:
        """Write a text with formulas in braces.

        Raises:
            InvalidInputError: A formula in it comes to a fault (code ``flow_formula_fault``).
        """
        at = clock.to_datetime(self.run.at, clock.DEFAULT_ZONE).replace(tzinfo=None, microsecond=0)
        try:
            return parse_text(template).render(self.value, at=at)
        except FormulaError as error:
            problem = Problem(error.code, {**error.params, "start": error.start, "end": error.end}, item=template[:200])
            raise InvalidInputError("flow_formula_fault", problems=[problem], formula=template[:200]) from error

    def field(self, code: str) -> Any:
        """Return what a field holds, as clients get it: of the row first, then of the record."""
        held = self.values()
        if self.table:
            row = (held.get(self.table) or ())[self.row]
            if code in row:
                return row[code]
        table, dot, column = code.partition(".")
        if dot and isinstance(held.get(table), list):
            return [row.get(column) for row in held[table] if row.get(column) is not None and row[column] != ""]
        return held.get(code)

    def take(self, source: object) -> Any:
        """Return a value as clients give it; what is no mapping is the value itself."""
        if not isinstance(source, Mapping):
            return source
        if "formula" in source:
            return given(self.formula(str(source["formula"])))
        if "template" in source:
            return self.text(str(source["template"]))
        if "field" in source:
            return self.field(str(source["field"]))
        if "step" in source:
            step = last(self.run, str(source["step"]))
            return None if step is None else _at(step.data, str(source.get("key", "")))
        if source.get("this"):
            return str(self.run.instance.record_id)
        return source.get("value")

    def json(self, source: object) -> Any:
        """Return a value as other systems read it: numbers are numbers, whatever they come from."""
        if isinstance(source, Mapping) and "formula" in source:
            found = self.formula(str(source["formula"]))
            if isinstance(found, Decimal):
                return int(found) if found == found.to_integral_value() else float(found)
            return given(found)
        return self.take(source)

    def word(self, source: object) -> str:
        """Return a value as a code or a text; empty for nothing. Of several the first one counts."""
        found = self.take(source)
        if isinstance(found, list):
            found = found[0] if found else None
        return "" if found is None else str(found).strip()


def last(run: Run, node: str) -> Step | None:
    """Return how a node was done last in this instance."""
    done = [one for one in store.steps(run.tx, run.instance.id, {"done"}) if one.node == node]
    return done[-1] if done else None


def _at(data: Any, path: str) -> Any:
    """Return what stands in a step's data at a path such as ``answer.number``."""
    for name in path.split("."):
        data = data.get(name) if isinstance(data, Mapping) else None
    return data


def values_of(around: Around, assignments: object) -> dict[str, Any]:
    """Return the values that assignments come to, by the codes of the fields that they are for.

    An assignment is ``{"field": code}`` with where its value comes from (``value``, ``formula``, ``template``,
    ``from``: a field, ``step`` and ``key``, ``this``); or for a sub-table ``{"table": code, "from": sub-table,
    "when": formula, "columns": [assignments]}``: a row for each row there.
    """
    found: dict[str, Any] = {}
    for one in assignments if isinstance(assignments, list) else ():
        if "table" in one:
            found[str(one["table"])] = _rows(around, one)
        else:
            found[str(one["field"])] = around.take(source_of(one))
    return found


def source_of(assignment: Mapping[str, Any]) -> dict[str, Any]:
    """Return where an assignment's value comes from."""
    rest = {name: value for name, value in assignment.items() if name != "field"}
    return {"field": rest["from"]} if "from" in rest else rest


def _rows(around: Around, one: Mapping[str, Any]) -> list[dict[str, Any]]:
    table, when = str(one.get("from", "")), str(one.get("when") or "")
    if not table:
        return [values_of(around, one.get("columns"))]
    each = [around.at(table, row) for row in range(around.rows(table))]
    return [values_of(row, one.get("columns")) for row in each if not when or row.holds(when)]
