"""Handing work on, and asking others to sign: what happens to the tasks of a step. See ``seats`` for what it means."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mazhi.engines.flows import store
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.people import store as people
from mazhi.engines.flows.running import work
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Step, Task
from mazhi.kernel.access.model import fold_username
from mazhi.kernel.errors import InvalidInputError, Problem, invalid

MOST = 20
"""So many people can be named with an action."""


def named(run: Run, names: Sequence[str], step: Step | None = None, *, most: int = MOST) -> list[int]:
    """Return the active users whom somebody names.

    Raises:
        InvalidInputError: Nobody is named, too many are, one is no active user, or has the work of the step already.
    """
    asked = list(dict.fromkeys(fold_username(name) for name in names))
    if not 1 <= len(asked) <= most:
        raise invalid("/to", "task_name_people", most=most)
    found = people.users_by_name(run.tx, asked)
    problems = [Problem("unknown_user", {"user": name}, "/to", name) for name in asked if name not in found]
    if step is not None:
        busy = {one.user_id for one in store.tasks(run.tx, [step.id]) if one.state in {"open", "waiting"}}
        problems += [Problem("task_has_it", {"user": name}, "/to", name) for name in asked if found.get(name) in busy]
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)
    return [found[name] for name in asked]


def hand_on(run: Run, node: Node, step: Step, task: Task, user: int, action: str, comment: str, *, via: str) -> None:
    """Let somebody else have a task, with its turn and with those who were asked to sign at it."""
    waits = task.state == "waiting"
    work.act(run, task, action, comment)
    work.give(run, node, step, [user], via=via, origin=task.id, place=task.place, waits=waits)


def ask(run: Run, node: Node, step: Step, task: Task, users: Collection[int], via: str) -> None:
    """Let others sign at somebody's seat, all at the same time."""
    for user in users:
        work.give(run, node, step, [user], via=via, origin=task.id, place=task.place)


def usernames(run: Run, users: Collection[int]) -> list[str]:
    """Return the names that stand in the trail."""
    found = people.names(run.tx, set(users))
    return [found[user][0] for user in users if user in found]
