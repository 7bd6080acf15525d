"""召回处理: something done about pieces of a recall: marked, held, told, returned, destroyed, cleared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mazhi.engines.flows.effects.checking import Looking
from mazhi.engines.flows.effects.goods import goods_of
from mazhi.engines.flows.effects.values import Around
from mazhi.engines.flows.kind import Done, NodeKind, Outcome
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.refusing import refused_at
from mazhi.engines.options import Choice, Option
from mazhi.kernel.errors import ConflictError, Problem
from mazhi.kernel.posting.model import ItemRef, PostRequest
from mazhi.kernel.recalls.model import ACTIONS, MANAGE, ActionRequest, Where

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step

RELEASE = "release"
STATUS = "open"


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """Do it to the pieces that are named, or to all that nobody has dealt with."""
    del step
    options = node.options
    with refused_at(run, node):
        around = Around(run)
        number, action = around.word(options["recall"]), str(options["action"])
        items = [ItemRef(code) for code in goods_of(around, options["items"]).items]
        if options["items"] and not items:
            if options["nothing"] == "go_on":
                return Done("nothing")
            raise ConflictError("flow_nothing_to_do")
        note = around.text(str(options["note"]))[:500]
        if action == RELEASE:
            return _release(run, items, number, note)
        where = None if items else Where(status=STATUS)
        if run.ports.recalls is None:
            return Done("none")
        request = ActionRequest(
            kind=action, items=items, where=where, measure=around.text(str(options["measure"]))[:500], note=note,
            document=around.text(str(options["document"]))[:200],
        )  # fmt: skip
        answer = run.ports.recalls.act_within(run.tx, run.purse, run.acting, number, request)
    data: dict[str, Any] = {"recall": number, "did": action, "count": answer["accepted"], "event": answer["event"]}
    return Done("done", {**data, "job": answer["job"]} if answer["job"] else data)


def _release(run: Run, items: list[ItemRef], number: str, note: str) -> Done:
    """Take the hold of the recall away, which is an operation of its own."""
    request = PostRequest(kind=RELEASE, items=items, document=number, note=note, data={"reason": number})
    outcome = run.ports.posting.post_within(run.tx, run.purse, run.acting, request)
    return Done("done", {"recall": number, "did": RELEASE, "count": outcome.accepted}, event=outcome.event)


def undo(run: Run, node: Node, step: Step) -> None:
    """Refuse: what was done about a recall is on record with it, and is followed by another action instead."""
    if step.event_id is None and step.outcome == "done":
        problem = Problem("flow_recall_stays", {"recall": step.data.get("recall", "")})
        title = node.title or run.kind(node).zh
        raise ConflictError("flow_cannot_undo", problems=[problem], item=title, node=node.id)


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say what is missing, not there, or not the publisher's to do."""
    looking, options = Looking(drawn, node), node.options
    action = str(options["action"])
    if not options["recall"]:
        yield looking.missing("recall", "召回单号", "Recall")
    yield from looking.source(options["recall"], "/options/recall")
    yield from looking.goods(options["items"], "/options/items")
    if action == RELEASE:
        yield from looking.right("operation.release", "/options/action")
        if not options["items"]:
            yield looking.missing("items", "哪些件", "Items")
    else:
        yield from looking.right(MANAGE, "/options/action")
        operation = ACTIONS[action].operation
        if operation is not None:
            yield from looking.right(f"operation.{operation}", "/options/action")
    for name in ("measure", "note", "document"):
        yield from looking.template(str(options[name]), f"/options/{name}")


KIND = NodeKind(
    name="recall_action",
    zh="召回处理",
    en="Recall",
    zh_hint="冻结、解冻、通知、退回、销毁…",
    en_hint="Hold, release, notify, return, destroy…",
    group="goods",
    icon="warning",
    colour="#C8453F",
    options=(
        Option("recall", "召回单号", "Recall", "object", {}),
        Option(
            "action", "做什么", "What", "choice", "hold",
            choices=(
                *(Choice(one.name, one.zh, one.en) for one in ACTIONS.values()), Choice(RELEASE, "解冻", "Release"),
            ),
        ),
        Option("items", "哪些件", "Items", "object", {}, zh_hint="不填：还没有处理的全部。",
               en_hint="Empty: all that nobody has dealt with."),
        Option("measure", "措施", "Measure", "template", ""),
        Option("note", "备注", "Note", "template", ""),
        Option("document", "单据号", "Document", "template", ""),
        Option(
            "nothing", "没有东西时", "Where there is nothing", "choice", "fail",
            choices=(Choice("fail", "停下并提示", "Is refused"), Choice("go_on", "继续", "Goes on")),
        ),
    ),
    enter=enter,
    undo=undo,
    faults=faults,
    example={"recall": {"field": "recall"}, "action": "return", "items": {"field": "items"}},
)  # fmt: skip
