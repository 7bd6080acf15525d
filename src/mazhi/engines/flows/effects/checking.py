"""What automatic nodes name, checked when a flow is published: fields, formulas, forms, rights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from mazhi.engines.facts import FieldFacts, FormFacts
from mazhi.engines.flows.checking import Drawn
from mazhi.engines.flows.effects.filters import ASKS
from mazhi.engines.flows.effects.values import TARGET, WAYS, source_of
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.run import names_of
from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.interpolating import parse_text
from mazhi.engines.formula.naming import Named, Names, resolve
from mazhi.engines.formula.nodes import Node as Formula
from mazhi.engines.formula.parsing import parse
from mazhi.kernel.errors import ForbiddenError, PlatformError, Problem
from mazhi.kernel.outbound import hosts
from mazhi.kernel.outbound.fetching import allowed

GOODS = frozenset({"item", "items", "scan_list", "asset"})
"""Kinds of field that name items; what a formula or a text gives is taken as codes, too."""
DERIVED = frozenset({"formula", "rollup", "lookup", "text_combination", "amount_words"})
"""Kinds of field that nobody writes."""


@dataclass(frozen=True, slots=True)
class Looking:
    """One node that is checked.

    Attributes:
        drawn: What it may name.
        node: The node.
        target: The form whose records it changes, where its formulas may name them.
    """

    drawn: Drawn
    node: Node
    target: FormFacts | None = None

    def missing(self, option: str, zh: str, en: str) -> Problem:
        """Say that an option says nothing."""
        return Problem("flow_not_set", {"option": zh, "option_en": en}, f"/options/{option}")

    def right(self, right: str, pointer: str = "") -> Iterator[Problem]:
        """Say that the publisher lacks a right, and the flow with them."""
        if not self.drawn.actor.may(right):
            yield Problem("flow_no_right_for", {"right": right}, pointer)

    def form(self, code: str, pointer: str) -> tuple[str, FormFacts] | Problem:
        """Return an app and a form that is named: of the same app, or ``app/form``; empty: the flow's own."""
        app, name = split(code, self.drawn.app)
        if not name:
            return self.drawn.app, self.drawn.form
        if self.drawn.ports is None:
            return Problem("unknown_form", {"item": name}, pointer)
        try:
            return app, self.drawn.ports.records.form(self.drawn.tx, app, name)
        except PlatformError as error:
            return Problem(error.code, dict(error.params), pointer)

    def may(self, app: str, form: str, action: Literal["view", "create", "change"], pointer: str) -> Iterator[Problem]:
        """Say that the publisher may not write the records of a form."""
        ports = self.drawn.ports
        if ports is not None and not ports.records.may(self.drawn.tx, self.drawn.actor, app, form, action):
            yield Problem("flow_no_right_for", {"right": f"{form}: {action}"}, pointer)

    def source(self, source: object, pointer: str, table: str = "") -> Iterator[Problem]:
        """Say what is wrong with where a value comes from."""
        if not isinstance(source, Mapping) or not source:
            return
        if "formula" in source:
            yield from self.formula(str(source["formula"]), f"{pointer}/formula", table)
        elif "template" in source:
            yield from self.template(str(source["template"]), f"{pointer}/template", table)
        elif "field" in source:
            yield from self.named(str(source["field"]), f"{pointer}/field", table)
        elif "step" in source:
            yield from self.step(str(source["step"]), f"{pointer}/step")
        elif not source.keys() & {*WAYS}:
            yield Problem("flow_no_source", {}, pointer)

    def formula(self, text: str, pointer: str, table: str = "") -> Iterator[Problem]:
        """Say what is wrong with a formula over the record, or over a row of one of its sub-tables."""
        try:
            found = [parse(text)]
        except FormulaError as error:
            yield _told(error, pointer)
            return
        yield from self._unknown(found, pointer, table)

    def template(self, text: str, pointer: str, table: str = "") -> Iterator[Problem]:
        """Say what is wrong with a text with formulas in braces."""
        try:
            parts = parse_text(text).parts
        except FormulaError as error:
            yield _told(error, pointer)
            return
        yield from self._unknown([part.node for part in parts if not isinstance(part, str)], pointer, table)

    def named(self, code: str, pointer: str, table: str = "") -> Iterator[Problem]:
        """Say that a field of the flow's form is not there: ``code``, or ``table.code``."""
        if self.field(code, table) is None:
            yield Problem("flow_field_gone", {"field": code}, pointer)

    def field(self, code: str, table: str = "") -> FieldFacts | None:
        """Return a field of the flow's form: of a row first, then of the record."""
        form = self.drawn.form
        outer, dot, inner = code.partition(".")
        if dot:
            return form.by_code(inner, outer)
        return (form.by_code(code, table) if table else None) or form.by_code(code)

    def step(self, node: str, pointer: str) -> Iterator[Problem]:
        """Say that a node that is named is not there any more."""
        if node not in self.drawn.flow:
            yield Problem("flow_node_gone", {"item": node}, pointer)

    def assignments(self, given: object, app: str, form: FormFacts, pointer: str) -> Iterator[Problem]:
        """Say what is wrong with assignments to fields of a form of an app."""
        yield from self._assigned(given, form, pointer)
        yield from self.fixed(given, app, form, pointer)

    def fixed(self, given: object, app: str, form: FormFacts, pointer: str) -> Iterator[Problem]:
        """Say which fixed values their fields would not take."""
        values: dict[str, Any] = {}
        places: dict[str, str] = {}
        for place, one in enumerate(given if isinstance(given, list | tuple) else ()):
            if not isinstance(one, Mapping):
                continue
            at, table = f"{pointer}/{place}", str(one.get("table") or "")
            if not table:
                _fix(one, form, at, "", values, places, "/values")
                continue
            row: dict[str, Any] = {}
            columns = one.get("columns")
            for number, column in enumerate(columns if isinstance(columns, list) else ()):
                if isinstance(column, Mapping):
                    _fix(column, form, f"{at}/columns/{number}", table, row, places, f"/values/{table}/0")
            if row:
                values[table] = [row]
        if values and self.drawn.ports is not None:
            for problem in self.drawn.ports.records.misfits(self.drawn.tx, self.drawn.actor, app, form.code, values):
                yield replace(problem, pointer=_placed(problem.pointer or "", places) or pointer)

    def _assigned(self, given: object, form: FormFacts, pointer: str) -> Iterator[Problem]:
        for place, one in enumerate(given if isinstance(given, list) else ()):
            at = f"{pointer}/{place}"
            if not isinstance(one, Mapping):
                yield Problem("form_option_bad_shape", {}, at)
            elif "table" in one:
                yield from self._rows(one, form, at)
            else:
                yield from self.assignment(one, form, at, "", "")

    def _rows(self, one: Mapping[str, Any], form: FormFacts, at: str) -> Iterator[Problem]:
        into, source = str(one["table"]), str(one.get("from") or "")
        table = form.by_code(into)
        if table is None or table.holds != "rows":
            yield Problem("flow_field_gone", {"field": into}, f"{at}/table")
            return
        held = self.drawn.form.by_code(source)
        if source and (held is None or held.holds != "rows"):
            yield Problem("flow_field_gone", {"field": source}, f"{at}/from")
            return
        if one.get("when"):
            yield from self.formula(str(one["when"]), f"{at}/when", source)
        columns = one.get("columns") or ()
        if not isinstance(columns, list | tuple) or not all(isinstance(column, Mapping) for column in columns):
            yield Problem("form_option_bad_shape", {}, f"{at}/columns")
            return
        if not columns:
            yield Problem("flow_no_columns", {"table": table.title}, f"{at}/columns")
        for place, column in enumerate(columns):
            yield from self.assignment(column, form, f"{at}/columns/{place}", into, source)

    def assignment(self, one: Mapping[str, Any], form: FormFacts, at: str, into: str, table: str) -> Iterator[Problem]:
        """Say what is wrong with one assignment; ``table``: whose rows its formulas are about."""
        code = str(one.get("field", ""))
        target = form.by_code(code, into)
        if target is None:
            yield Problem("flow_field_gone", {"field": code}, f"{at}/field")
        elif target.kind in DERIVED:
            yield Problem("flow_field_derived", {"field": target.title}, f"{at}/field")
        if not source_of(one):
            yield Problem("flow_no_source", {}, at)
        yield from self.source(source_of(one), at, table)

    def filter(self, raw: object, form: FormFacts, pointer: str) -> Iterator[Problem]:
        """Say what is wrong with a filter over the records of a form."""
        if not isinstance(raw, Mapping):
            yield Problem("filter_not_a_condition", {}, pointer)
            return
        for word in ("and", "or"):
            if raw.keys() == {word} and isinstance(raw[word], list) and raw[word]:
                for place, one in enumerate(raw[word]):
                    yield from self.filter(one, form, f"{pointer}/{word}/{place}")
                return
        code = str(raw.get("field", ""))
        if form.by_code(code) is None:
            yield Problem("flow_field_gone", {"field": code}, f"{pointer}/field")
        if raw.get("is") not in ASKS:
            yield from self.source(source_of(raw), pointer)

    def goods(self, source: object, pointer: str) -> Iterator[Problem]:
        """Say what is wrong with where goods come from: a field, a column, or an earlier step."""
        if not isinstance(source, Mapping) or not source:
            return
        if "step" in source:
            yield from self.step(str(source["step"]), f"{pointer}/step")
        elif "table" in source:
            code = f"{source['table']}.{source.get('column', '')}"
            yield from self.named(code, f"{pointer}/column")
        else:
            yield from self.source(source, pointer)

    def address(self, address: str, pointer: str) -> Iterator[Problem]:
        """Say that a host may not be asked; of an address with formulas only the host is looked at."""
        try:
            allowed(address, hosts.read(self.drawn.tx))
        except ForbiddenError as error:
            yield Problem(error.code, dict(error.params), pointer)

    def _unknown(self, formulas: list[Formula], pointer: str, table: str) -> Iterator[Problem]:
        mine = names_of(self.drawn.form, table)
        other = Names(self._of_target())
        for one in formulas:
            for error in resolve(one, mine)[1]:
                if other.code(str(error.params.get("name", ""))) is None:
                    yield _told(error, pointer)

    def _of_target(self) -> Iterator[Named]:
        for one in self.target.fields if self.target is not None else ():
            whole = f"{one.table_code}.{one.code}" if one.table_code else one.code
            yield Named(f"{TARGET}{whole}", "", "reference" if one.names else "")


def _fix(
    one: Mapping[str, Any],
    form: FormFacts,
    at: str,
    table: str,
    into: dict[str, Any],
    places: dict[str, str],
    whole: str,
) -> None:
    """Note a fixed value that a field is given; what names no field, or one that nobody writes, is told elsewhere."""
    code = str(one.get("field") or "")
    target = form.by_code(code, table)
    if target is None or target.derived or target.kind in DERIVED or source_of(one).keys() != {"value"}:
        return
    into[code] = one["value"]
    places[f"{whole}/{code}"] = f"{at}/value"


def _placed(pointer: str, places: Mapping[str, str]) -> str:
    """Return where the value stands that a problem of a record is about."""
    return next((at for whole, at in places.items() if pointer == whole or pointer.startswith(f"{whole}/")), "")


def split(code: str, app: str) -> tuple[str, str]:
    """Return the app and the form that are named: ``app/form``, or a form of the same app."""
    first, slash, rest = code.partition("/")
    return (first, rest) if slash else (app, code)


def _told(error: FormulaError, pointer: str) -> Problem:
    return Problem(error.code, {**error.params, "start": error.start, "end": error.end}, pointer)
