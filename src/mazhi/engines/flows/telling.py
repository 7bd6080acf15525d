"""What a test run tells of each step: who would get it, why it goes where it goes, what would be written and sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mazhi.engines.facts import FormFacts
from mazhi.engines.flows import store
from mazhi.engines.flows.people import store as people
from mazhi.engines.flows.running.run import Run, names_of, parsed
from mazhi.engines.flows.state import Step
from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.giving import given
from mazhi.engines.formula.nodes import names
from mazhi.engines.formula.values import Fault
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.purse import Purse
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import PlatformError
from mazhi.kernel.posting.model import Outcome, PostRequest
from mazhi.kernel.posting.service import Posting

MOST = 20
"""So many items and rows are named; of the rest only the number is told."""
NOTES = frozenset({"nobody", "delegate", "same", "fault"})
"""What stands in the trail beside the ordinary and says why somebody got a step, or nobody did."""
SENT = (
    "method", "address", "content", "to", "subject", "text", "robot", "label", "printer", "items", "copies",
)  # fmt: skip
"""What of a message is told."""
_TOLD = frozenset({"notice_copy", "notice_flow_text"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, by user name and by the name that people read."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Looked:
    """One condition that was looked at.

    Attributes:
        case: The id of the way that it stands for.
        when: The formula.
        held: Whether it held.
        fault: Why it could not be worked out; empty where it could.
        values: What the fields in it held, by their titles.
    """

    case: str
    when: str
    held: bool
    fault: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that would be done.

    Attributes:
        what: ``create``, ``change``, ``post``, ``send``, ``tell`` or ``note``.
        data: What of it people want to know; JSON.
    """

    what: str
    data: Mapping[str, Any]


@dataclass(slots=True)
class Watcher:
    """Notes down what a test run does, step by step; everything belongs to the step that was entered last."""

    run: Run | None = None
    looked: dict[int, list[Looked]] = field(default_factory=dict)
    effects: dict[int, list[Effect]] = field(default_factory=dict)
    told: dict[int, list[int]] = field(default_factory=dict)

    def saw(self, what: str, data: Mapping[str, Any]) -> None:
        """Take what a run tells."""
        if self.run is None:
            return
        match what:
            case "condition":
                self.looked.setdefault(self._step(), []).append(_looked(self.run, data))
            case "send":
                self._add("send", {"kind": data["kind"], **_sent(data["body"])})
            case "tell" if data["kind"] in _TOLD:
                self.told.setdefault(self._step(), []).extend(data["users"])
                if data["params"].get("text"):
                    self._add("tell", {"text": data["params"]["text"]})
            case "note" if data["action"] in NOTES:
                self._add("note", dict(data))

    def posted(self, request: PostRequest, outcome: Outcome) -> None:
        """Take what was posted."""
        codes = [one.value for one in request.items]
        self._add(
            "post",
            {
                "operation": request.kind, "items": codes[:MOST], "count": outcome.accepted,
                "quantities": [
                    {"product": one.product, "batch": one.batch or "", "quantity": str(one.quantity)}
                    for one in request.quantities[:MOST]
                ],
                "place": request.place or "", "from_place": request.from_place or "",
                "partner": request.partner or "", "document": request.document,
            },
        )  # fmt: skip

    def _add(self, what: str, data: Mapping[str, Any]) -> None:
        self.effects.setdefault(self._step(), []).append(Effect(what, data))

    def _step(self) -> int:
        run = self.run
        found = None if run is None else run.tx.scalar(
            "SELECT MAX(id) FROM flow_step WHERE instance_id = :instance", instance=run.instance.id
        )  # fmt: skip
        return int(found or 0)


class WatchedPosting(Posting):
    """Posting within somebody else's transaction, told to a watcher."""

    def __init__(self, posting: Posting, watcher: Watcher) -> None:
        """Post as ``posting`` does."""
        self._posting, self._watcher = posting, watcher

    def __getattr__(self, name: str) -> Any:
        """Be in everything else what it stands for."""
        return getattr(self._posting, name)

    def post_within(self, tx: Tx, purse: Purse, actor: Actor, request: PostRequest) -> Outcome:
        """Post, and tell of it."""
        outcome = self._posting.post_within(tx, purse, actor, request)
        self._watcher.posted(request, outcome)
        return outcome


def _looked(run: Run, data: Mapping[str, Any]) -> Looked:
    held = data["held"]
    fault = held.code if isinstance(held, Fault) else ""
    return Looked(str(data["case"]), str(data["when"]), held is True, fault, dict(_values(run, str(data["when"]))))


def _values(run: Run, when: str) -> Iterator[tuple[str, Any]]:
    """Give what the fields of a condition hold, by their titles."""
    try:
        named = sorted(names(parsed(when)))
    except FormulaError:
        return
    known, titles = names_of(run.form()), _titles(run.form())
    for name in named:
        try:
            value = run.value(name)
        except LookupError:
            continue
        yield titles.get(known.code(name) or name, name), _given(value)


def _given(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_given(one) for one in value[:MOST]]
    return value.code if isinstance(value, Fault) else given(value)


def _sent(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a message people want to know; secrets stand in it by their names only."""
    return {name: body[name] for name in SENT if body.get(name) is not None and body.get(name) != ""}


def written(run: Run, step: Step) -> list[Effect]:
    """Return which records a step would add and change, from what it keeps for taking it back."""
    undo = step.data.get("undo") or {}
    found = []
    for one in undo.get("made") or ():
        form = _form(run, one["app"], one["form"])
        values = run.ports.records.values(run.tx, one["app"], one["form"], int(one["record"])) or {}
        held = {code: value for code, value in values.items() if value not in (None, "", [])}
        found.append(Effect("create", {"form": form.name if form else one["form"], "values": _told(held, form)}))
    for one in undo.get("changed") or ():
        form = _form(run, one["app"], one["form"])
        before, after = one.get("before") or {}, one.get("after") or {}
        changed = {code: value for code, value in after.items() if value != before.get(code)}
        told = _told(changed, form)
        for line, code in zip(told, changed, strict=True):
            line["before"] = _short(before.get(code))
        name = form.name if form else one["form"]
        found.append(Effect("change", {"form": name, "record": one["record"], "values": told}))
    return found


def _form(run: Run, app: str, form: str) -> FormFacts | None:
    try:
        return run.ports.records.form(run.tx, app, form)
    except PlatformError:
        return None


def _titles(form: FormFacts | None) -> dict[str, str]:
    fields = form.fields if form is not None else ()
    return {f"{one.table_code}.{one.code}" if one.table_code else one.code: one.title for one in fields}


def _told(values: Mapping[str, Any], form: FormFacts | None) -> list[dict[str, Any]]:
    titles = _titles(form)
    return [{"field": titles.get(code, code), "value": _short(value)} for code, value in values.items()]


def _short(value: Any) -> Any:
    """Return a value as it can be read; of rows how many there are."""
    if isinstance(value, list):
        return {"rows": len(value)} if any(isinstance(one, Mapping) for one in value) else value[:MOST]
    return value


def people_of(run: Run, watcher: Watcher) -> dict[int, tuple[Person, ...]]:
    """Return who would get each step: whose task it would be, or who would be told."""
    found: dict[int, dict[int, None]] = {}
    for task in store.tasks_of(run.tx, run.instance.id):
        found.setdefault(task.step_id, {})[task.user_id] = None
    for step, users in watcher.told.items():
        found.setdefault(step, {}).update(dict.fromkeys(users))
    named = people.names(run.tx, {user for users in found.values() for user in users})
    return {step: tuple(Person(*named[user]) for user in users if user in named) for step, users in found.items()}
