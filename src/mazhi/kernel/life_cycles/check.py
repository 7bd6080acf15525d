"""Whether a drawn life cycle makes sense: what is wrong stops it from being saved, what is odd is shown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mazhi.kernel.errors import Problem
from mazhi.kernel.life_cycles.model import ANY, BIRTH, VOID, LifeCycle, Move
from mazhi.kernel.life_cycles.operations import BY_KEY, INTO_PARENT, OUT_OF_PARENT

BUILT_IN = "built_in"
MOST_STATES = 60
_STATE_CODE = re.compile(r"[a-z][a-z0-9_]{0,31}")


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found; only ``errors`` stand in the way of saving."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check(cycle: LifeCycle) -> Findings:
    """Look a life cycle over; warnings are only sought where nothing is wrong."""
    errors = [
        *_check_states(cycle),
        *_check_birth(cycle),
        *(problem for key in cycle.operations for problem in _check_operation(cycle, key)),
    ]
    if errors:
        return Findings(tuple(errors), ())
    return Findings((), tuple(_warnings(cycle)))


def _check_states(cycle: LifeCycle) -> Iterator[Problem]:
    if not cycle.states:
        yield Problem("life_cycle_without_states", pointer="/states")
    if len(cycle.states) > MOST_STATES:
        yield Problem("too_many_states", {"limit": MOST_STATES}, "/states")
    seen: set[str] = set()
    for place, state in enumerate(cycle.states):
        if not _STATE_CODE.fullmatch(state.code):
            yield Problem("bad_state_code", {"state": state.code}, f"/states/{place}/code")
        if state.code in seen:
            yield Problem("duplicate_state", {"state": state.code}, f"/states/{place}/code")
        seen.add(state.code)
        for language in ("zh", "en"):
            if not getattr(state, language).strip():
                yield Problem("state_without_name", {"state": state.code}, f"/states/{place}/{language}")


def _check_birth(cycle: LifeCycle) -> Iterator[Problem]:
    moves = cycle.operations.get(BIRTH, ())
    if len(moves) != 1 or moves[0].start or moves[0].to is None:
        yield Problem("life_cycle_without_birth", pointer=f"/operations/{BIRTH}")
    elif not any(cycle.birth in cycle.starts(key) for key in cycle.operations if _leads_on(cycle, key)):
        yield Problem("birth_leads_nowhere", {"state": cycle.birth}, f"/operations/{BIRTH}/0/to")


def _leads_on(cycle: LifeCycle, key: str) -> bool:
    return any(choice != cycle.birth for choice in cycle.choices(key, cycle.birth))


def _check_operation(cycle: LifeCycle, key: str) -> Iterator[Problem]:
    pointer = "/operations/" + key.replace("~", "~0").replace("/", "~1")
    if key not in BY_KEY:
        yield Problem("unknown_operation", {"operation": key}, pointer)
        return
    counts: Counter[str] = Counter()
    for place, move in enumerate(cycle.operations[key]):
        yield from _check_move(cycle, key, move, f"{pointer}/{place}")
        counts.update(set(move.start))
    if key != BIRTH and not BY_KEY[key].choice:
        for state in (state for state, count in counts.items() if count > 1):
            yield Problem("ambiguous_target", {"operation": key, "state": state}, pointer)


def _check_move(cycle: LifeCycle, key: str, move: Move, pointer: str) -> Iterator[Problem]:
    known = {state.code for state in cycle.states}
    for place, state in enumerate(move.start):
        if state not in known and state != ANY:
            yield Problem("unknown_state", {"state": state}, f"{pointer}/from/{place}")
        if state == VOID or move.start.index(state) != place:
            yield Problem("repeated_start", {"state": state}, f"{pointer}/from/{place}")
    if not move.start and key != BIRTH:
        yield Problem("move_without_start", {"operation": key}, f"{pointer}/from")
    if move.to is not None and move.to not in known:
        yield Problem("unknown_state", {"state": move.to}, f"{pointer}/to")
    yield from _check_meaning(key, move, pointer)


def _check_meaning(key: str, move: Move, pointer: str) -> Iterator[Problem]:
    """Hold a drawing to what the kernel itself means by an operation."""
    if BY_KEY[key].steady and move.to is not None:
        yield Problem("must_keep_state", {"operation": key}, f"{pointer}/to")
    if key in INTO_PARENT and move.to != BUILT_IN:
        yield Problem("component_not_built_in", {"operation": key}, f"{pointer}/to")
    if key not in INTO_PARENT and move.to == BUILT_IN:
        yield Problem("built_in_without_parent", {"operation": key}, f"{pointer}/to")
    if key in OUT_OF_PARENT and (move.start != (BUILT_IN,) or move.to is None):
        yield Problem("part_not_taken_out", {"operation": key}, pointer)
    touches_parts = key in OUT_OF_PARENT or BY_KEY[key].steady
    if not touches_parts and (BUILT_IN in move.start or ANY in move.start):
        yield Problem("built_in_part_touched", {"operation": key}, f"{pointer}/from")


def _warnings(cycle: LifeCycle) -> Iterator[Problem]:
    following = {state.code: _followers(cycle, state.code) for state in cycle.states}
    reached = _reach({cycle.birth}, following)
    ends = {state.code for state in cycle.states if state.end}
    leading: dict[str, set[str]] = {state: set() for state in following}
    for code, followers in following.items():
        for follower in followers:
            leading[follower].add(code)
    ending = _reach(ends, leading)
    for place, state in enumerate(cycle.states):
        pointer = f"/states/{place}"
        if state.code not in reached:
            yield Problem("state_never_reached", {"state": state.code}, pointer)
        elif not following[state.code] and not state.end:
            yield Problem("dead_end", {"state": state.code}, pointer)
        elif ends and state.code not in ending:
            yield Problem("no_way_to_an_end", {"state": state.code}, pointer)


def _followers(cycle: LifeCycle, state: str) -> set[str]:
    return {choice for key in cycle.operations for choice in cycle.choices(key, state)} - {state}


def _reach(start: set[str], following: dict[str, set[str]]) -> set[str]:
    reached, waiting = set(start), list(start)
    while waiting:
        fresh = following[waiting.pop()] - reached
        reached |= fresh
        waiting += fresh
    return reached
