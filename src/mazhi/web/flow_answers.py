"""How tasks and running flows are written as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from mazhi.engines.flows.kind import ActionKind
from mazhi.engines.flows.lists.model import (
    Choice,
    Did,
    InstanceView,
    Named,
    Offered,
    Person,
    Shown,
    TaskView,
    TrailLine,
)
from mazhi.engines.flows.lists.service import title
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.state import Instance, Step
from mazhi.kernel import clock
from mazhi.kernel.texts import Language, advice, message
from mazhi.web.task_shapes import (
    FlowInstanceOut,
    FlowInstanceRow,
    FlowSignatureOut,
    FlowStepOut,
    FlowTrailLine,
    RecordFlow,
    TaskAction,
    TaskChoice,
    TaskDid,
    TaskNode,
    TaskOut,
    TaskPerson,
    TaskRecord,
    TaskRow,
    TaskSign,
    TaskTarget,
)


def moment(at: int | None) -> datetime | None:
    """Write a moment, or none."""
    return None if at is None else clock.to_datetime(at)


def person(one: Person) -> TaskPerson:
    """Write who somebody is."""
    return TaskPerson(code=one.code, name=one.name)


def row(one: Named, now: int) -> TaskRow:
    """Write one line of a box."""
    entry, held = one.entry, one.entry.instance
    return TaskRow(
        id=entry.task or None, instance=held.id, app=held.app, flow=held.flow, flow_name=one.flow, form=held.form,
        form_name=one.form, record=held.record_id, title=held.title, node=entry.node, node_title=one.node_title,
        kind=one.node_kind, state=entry.state, instance_state=held.state, starter=person(one.starter),
        at=clock.to_datetime(entry.at), due_at=moment(entry.due_at),
        late=entry.due_at is not None and entry.due_at < now, read=entry.read,
    )  # fmt: skip


def instance_row(held: Instance, name: str, starter: Person) -> FlowInstanceRow:
    """Write a running flow in short."""
    return FlowInstanceRow(
        id=held.id, app=held.app, flow=held.flow, flow_name=name, version=held.version, title=held.title,
        state=held.state, starter=person(starter), started_at=clock.to_datetime(held.started_at),
        ended_at=moment(held.ended_at),
    )  # fmt: skip


def of_record(one: Named) -> RecordFlow:
    """Write a flow of a record."""
    held = instance_row(one.entry.instance, one.flow, one.starter)
    return RecordFlow(**held.model_dump(), node_title=one.node_title)


def task(view: TaskView, lang: Language, now: int) -> TaskOut:
    """Write one task."""
    one, options = view.task, view.node.options
    sign = options.get("sign") or {}
    return TaskOut(
        id=one.id, state=one.state, via=one.via, created_at=clock.to_datetime(one.created_at),
        due_at=moment(one.due_at), late=one.state == "open" and one.due_at is not None and one.due_at < now,
        instance=instance_row(view.instance, view.flow_name, view.starter),
        node=TaskNode(
            id=view.node.id, step=view.step.id, title=title(view.node), kind=view.node.kind,
            hint=str(options.get("hint") or ""), phrases=[str(text) for text in options.get("phrases") or ()],
        ),
        record=_record(view.instance, view.record), draft=dict(one.draft),
        actions=[_offered(offered, lang) for offered in view.offered], choices=choices(view.choices),
        sign=TaskSign(needed=True, meaning=str(sign.get("meaning", ""))) if sign.get("needed") else None,
        scan={"href": f"/tasks/{one.id}/scan"} if view.node.kind == "scan" else None,
        people=[_did(did) for did in view.people],
    )  # fmt: skip


def instance(view: InstanceView, lang: Language) -> FlowInstanceOut:
    """Write a running flow with its drawing and trail."""
    held = view.instance
    return FlowInstanceOut(
        **instance_row(held, view.flow_name, view.starter).model_dump(), form=held.form,
        record=_record(held, view.record), record_id=held.record_id, origin=held.origin, tree=view.flow.root.body(),
        steps=[_step(step, view.people.get(step.id, ()), lang) for step in view.steps],
        trail=[_line(line, lang) for line in view.trail], standing=list(view.standing), task=view.own_task or None,
        may=[_offered(offered, lang) for offered in view.offered],
    )  # fmt: skip


def choices(found: Iterable[Choice]) -> list[TaskChoice]:
    """Write the steps whose people are chosen."""
    return [
        TaskChoice(
            node=one.node.id, title=title(one.node),
            among=None if one.among is None else [person(who) for who in one.among],
        )
        for one in found
    ]  # fmt: skip


def _record(held: Instance, shown: Shown | None) -> TaskRecord | None:
    if shown is None:
        return None
    return TaskRecord(
        app=held.app, form=held.form, id=held.record_id, version=shown.version, values=dict(shown.values),
        states={code: str(state) for code, state in shown.states.items()}, title=held.title,
    )  # fmt: skip


def _offered(one: Offered, lang: Language) -> TaskAction:
    kind: ActionKind = one.action
    return TaskAction(
        name=kind.name, title=one.title or (kind.zh if lang == "zh" else kind.en), comment=kind.comment, to=kind.to,
        danger=kind.danger, signs=kind.signs, targets=[_target(node) for node in one.targets], how=list(one.how),
    )  # fmt: skip


def _target(node: Node) -> TaskTarget:
    return TaskTarget(node=node.id, title=title(node))


def _did(one: Did) -> TaskDid:
    held = one.task
    return TaskDid(
        task=held.id, user=person(one.person), state=held.state, via=held.via, action=held.action,
        comment=held.comment, at=moment(held.acted_at),
    )  # fmt: skip


def in_words(data: Mapping[str, Any], lang: Language) -> dict[str, Any]:
    """Say the problems that a step or a line of the trail holds in the reader's language, the first as ``reason``.

    They are kept as codes with what fills them. A line from before they were has its reason in words, and keeps it.
    """
    kept = data.get("problems")
    if not isinstance(kept, list) or not kept:
        return dict(data)
    said = [{**one, **_said(str(one["code"]), dict(one.get("params") or {}), lang)} for one in kept]
    return {**data, "problems": said, "reason": said[0]["message"]}


def _said(code: str, params: dict[str, object], lang: Language) -> dict[str, str]:
    return {"message": message(code, lang, params), "advice": advice(code, lang, params)}


def _step(step: Step, people: Iterable[Did], lang: Language) -> FlowStepOut:
    return FlowStepOut(
        id=step.id, node=step.node, kind=step.kind, state=step.state, outcome=step.outcome, scope=step.scope,
        entered_at=clock.to_datetime(step.entered_at), left_at=moment(step.left_at), due_at=moment(step.due_at),
        data=in_words(step.data, lang), people=[_did(one) for one in people],
    )  # fmt: skip


def _line(line: TrailLine, lang: Language) -> FlowTrailLine:
    sign = line.signature
    return FlowTrailLine(
        seq=line.seq, at=clock.to_datetime(line.at), actor=person(line.actor), action=line.action, node=line.node,
        title=line.title, step=line.step, data=in_words(line.data, lang),
        sign=None if sign is None else FlowSignatureOut(meaning=sign.meaning, hash=sign.hash, holds=sign.holds),
    )  # fmt: skip
