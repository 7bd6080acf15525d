"""Tasks: one's own work list, one task, and what is done with it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.lists.model import Box
from mazhi.engines.flows.managing import Told
from mazhi.kernel import clock
from mazhi.kernel.texts import Language, advice, message
from mazhi.web import flow_answers, language
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import Limit, Named
from mazhi.web.task_shapes import (
    TaskActed,
    TaskActionBody,
    TaskBatchBody,
    TaskBatchOut,
    TaskBatchResult,
    TaskCounts,
    TaskNext,
    TaskOut,
    TaskPage,
    TaskPressing,
)

router = APIRouter(tags=["tasks"])

TaskId = Annotated[int, Path(ge=1, le=2**63 - 1, description="The task's number.")]
Action = Annotated[str, Path(max_length=64, description="The name of the action.")]
Before = Annotated[int | None, Query(ge=1, le=2**63 - 1, description="The `next` of the page before.")]


@router.get("/tasks", summary="One's own work list")
def tasks(
    system: SystemDep,
    actor: ActorDep,
    box: Annotated[Box, Query(description="Which box.")] = "todo",
    app: Named = None,
    flow: Named = None,
    text: Annotated[str, Query(max_length=100, description="Part of the title.")] = "",
    after: Before = None,
    limit: Limit = 50,
) -> TaskPage:
    """List one box of one's own work, the newest first, with what waits in the boxes."""
    found, more, counts = system.work_list.page(
        actor, box, app=app or "", flow=flow or "", text=text, after=after, limit=limit
    )
    now = clock.now()
    return TaskPage(
        tasks=[flow_answers.row(one, now) for one in found], next=more,
        counts=TaskCounts(todo=counts.todo, copied=counts.copied, drafts=counts.drafts),
    )  # fmt: skip


@router.get("/tasks:pressing", summary="What presses of one's own work")
def pressing_tasks(system: SystemDep, actor: ActorDep, limit: Limit = 50) -> TaskPressing:
    """Return one's own tasks, what is late or soon to be done first, then the oldest; and how many there are."""
    found, now = system.work_list.pressing(actor, limit=limit), clock.now()
    return TaskPressing(
        tasks=[flow_answers.row(one, now) for one in found.rows], count=found.count, late=found.late,
        kinds=dict(found.kinds),
    )  # fmt: skip


@router.post("/tasks:actions", summary="Do the same with many tasks")
def act_on_tasks(request: Request, system: SystemDep, actor: ActorDep, body: TaskBatchBody) -> TaskBatchOut:
    """Do the same with many of one's tasks, each by itself; what must be scanned or signed is refused."""
    asked = Asked(comment=body.comment)
    told = system.managing.batch(actor, body.tasks, body.kind, asked, client_key=body.client_key)
    lang = language.choose(request.headers.get("accept-language", ""))
    done = sum(one.error is None for one in told)
    return TaskBatchOut(results=[_told(one, lang) for one in told], done=done, refused=len(told) - done)


def _told(one: Told, lang: Language) -> TaskBatchResult:
    error = one.error
    if error is None:
        return TaskBatchResult(
            task=one.task, done=True, instance=one.instance.id if one.instance else None, code=None, message=None,
            advice=None,
        )  # fmt: skip
    # Of a fault of the body the first says more than that there is one.
    code, params = error.code, dict(error.params)
    if error.problems:
        code, params = error.problems[0].code, dict(error.problems[0].params)
    return TaskBatchResult(
        task=one.task, done=False, instance=None, code=code, message=message(code, lang, params),
        advice=advice(code, lang, params),
    )  # fmt: skip


@router.get("/tasks/{task}", summary="One task")
def get_task(request: Request, system: SystemDep, actor: ActorDep, task: TaskId) -> TaskOut:
    """Return one of one's own tasks with the record as its step shows it; it counts as read then."""
    lang = language.choose(request.headers.get("accept-language", ""))
    return flow_answers.task(system.work_list.task(actor, task), lang, clock.now())


@router.post("/tasks/{task}/actions/{kind}", summary="Act on a task")
def act_on_task(
    request: Request, system: SystemDep, actor: ActorDep, task: TaskId, kind: Action, body: TaskActionBody
) -> TaskActed:
    """Do something with one's task, with everything that follows; the same client key again does nothing."""
    asked = Asked(
        values=body.values, comment=body.comment, to=tuple(body.to), how=body.how, password=body.password,
        chosen={node: tuple(names) for node, names in body.chosen.items()},
        address=request.client.host if request.client else "",
    )  # fmt: skip
    held = system.running.act(actor, task, kind, asked, client_key=body.client_key)
    return TaskActed(
        instance=held.id, state=held.state, next=TaskNext(task=system.work_list.next_task(actor, held.id))
    )  # fmt: skip
