"""What one kind of trigger declares, and what it is given to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from mazhi.engines.facts import Saved, Saving
from mazhi.engines.flows.running.run import parsed
from mazhi.engines.formula.errors import FaultError, FormulaError
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.interpolating import parse_text
from mazhi.engines.formula.values import Fault, is_empty, to_boolean
from mazhi.engines.options import Option
from mazhi.kernel import clock
from mazhi.kernel.errors import PlatformError, Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn

Options = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """One record that is written, as a trigger looks at it."""

    saving: Saving
    saved: Saved
    at: datetime

    def holds(self, formula: str, *, before: bool = False) -> bool:
        """Tell whether a condition holds over the record, as it is or as it was; empty and faults count as no."""
        values = self.saved.before if before else self.saved.after
        return values is not None and holds(formula, self.saving.scope(values), self.at)

    def changed(self, fields: Iterable[str]) -> bool:
        """Tell whether one of some fields (ids or codes) is another than before; of none, whether any is."""
        wanted = set(fields)
        return bool(self.saved.changed & wanted if wanted else self.saved.changed)

    def said(self, template: str) -> str:
        """Fill a text with what the record holds."""
        try:
            return parse_text(template).render(self.saving.scope(self.saved.after)).strip()
        except FormulaError:
            return template


def holds(formula: str, scope: Callable[[str], object], at: datetime | None = None) -> bool:
    """Tell whether a condition holds; empty and faults count as no, and no condition as yes."""
    if not formula:
        return True
    moment = at or clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).replace(tzinfo=None, microsecond=0)
    found = evaluate(parsed(formula), scope, moment)
    if isinstance(found, Fault) or is_empty(found):
        return False
    try:
        return to_boolean(found)
    except FaultError:
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerKind:
    """One kind of trigger.

    Attributes:
        name: Its name, which is also its module's.
        zh: Chinese title.
        en: English title.
        zh_hint: What it is for, in a few words.
        en_hint: The same in English.
        options: What can be set.
        fires: Of what records start: whether the one that was written does.
        refuses: Of what is judged before saving: why a record must not be written.
        next: Of what moments start: the first of them after a moment, µs.
        late: Of what dates of records start: which day a record has that was written when its moment had passed, and
            that starts at once for it all the same.
        faults: What is incomplete or wrong when the flow is published; pointers are within the trigger.
        example: Options that make sense, for tests and docs.
    """

    name: str
    zh: str
    en: str
    zh_hint: str = ""
    en_hint: str = ""
    options: tuple[Option, ...] = ()
    fires: Callable[[Options, Seen], bool] | None = None
    refuses: Callable[[Options, Seen], Problem | None] | None = None
    next: Callable[[Options, int], int] | None = None
    late: Callable[[Options, Seen], str | None] | None = None
    faults: Callable[[Options, Drawn], Iterable[Problem]] | None = None
    example: Mapping[str, Any] = field(default_factory=dict)


WHEN = Option("when", "满足什么条件", "When", "formula", "", zh_hint="不填就是都算。空的字段当作不满足。",
              en_hint="Nothing said: always. An empty field counts as no.")  # fmt: skip


def formula_faults(options: Options, drawn: Drawn, *names: str) -> Iterable[Problem]:
    """Say what is wrong with the conditions of a trigger."""
    for name in names:
        if options.get(name):
            yield from drawn.formula(str(options[name]), f"/{name}")


def right_faults(drawn: Drawn, action: Literal["create", "change"], pointer: str) -> Iterable[Problem]:
    """Say that the publisher may not write records of the form, and so the trigger does not either."""
    form, ports = drawn.form.code, drawn.ports
    if ports is not None and not ports.records.may(drawn.tx, drawn.actor, drawn.app, form, action):
        yield Problem("flow_no_right_for", {"right": f"{form}: {action}"}, pointer)


def filter_faults(filter_: object, drawn: Drawn, pointer: str) -> Iterable[Problem]:
    """Say what is wrong with which records are meant: it is read just as it will be, and asked for no record."""
    if not filter_ or drawn.ports is None:
        return
    try:
        drawn.ports.records.numbers(drawn.tx, drawn.app, drawn.form.code, filter_, 0, 1)
    except PlatformError as error:
        found = error.problems or [Problem(error.code, dict(error.params))]
        for problem in found:
            yield replace(problem, pointer=f"{pointer}{(problem.pointer or '').removeprefix('/filter')}")
