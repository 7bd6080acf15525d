"""Scopes over genealogies that real operations have made: assembled, taken apart, swapped, and taken back."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mazhi.kernel.errors import ConflictError
from tests.kernel.recalls.conftest import RecallWorld

PIECES = 7


class Bench:
    """A few pieces on a work bench, and what an observer with pencil and paper has noted down about them."""

    def __init__(self, world: RecallWorld, dice: random.Random) -> None:
        world.runs += 1
        self.world, self.dice = world, dice
        self.codes = [f"W{world.runs}-{number}" for number in range(PIECES)]
        world.bear(self.codes, state="in_stock", place_id=world.ids["WH1"])
        self.noted: list[tuple[int, str, str]] = []  # put in by this event: parent, child
        self.inside: dict[str, str] = {}
        self.done: list[tuple[int, dict[str, str]]] = []  # each event, and what was inside what before it

    def _free(self) -> list[str]:
        return [code for code in self.codes if code not in self.inside]

    def step(self) -> None:
        """Do one thing."""
        kind = self.dice.choice(["assemble", "assemble", "remove", "swap", "take back"])
        if kind == "take back":
            self._take_back()
        elif kind == "assemble":
            parent, child = self.dice.sample(self.codes, 2)
            if child in self._free():
                self._post(kind, parent, [child], [], {"components": [child]})
        elif self.inside:
            child, parent = self.dice.choice(sorted(self.inside.items()))
            if kind == "remove":
                self._post(kind, parent, [], [child], {"components": [child], "to": "in_stock"})
            elif fresh := [code for code in self._free() if code != parent]:
                new = self.dice.choice(fresh)
                self._post(kind, parent, [new], [child], {"out": child, "in": new})

    def _post(self, kind: str, parent: str, into: list[str], out: list[str], data: dict[str, object]) -> None:
        before = dict(self.inside)
        try:
            event = self.world.post(kind, parent, data=data, place="WH1" if out else None).event
        except ConflictError:
            return  # a cycle, or a part of something that is itself built in
        assert event is not None
        self.done.append((event, before))
        for code in out:
            del self.inside[code]
        for code in into:
            self.inside[code] = parent
            self.noted.append((event, parent, code))

    def _take_back(self) -> None:
        """Correct the last thing done: it never happened."""
        if self.done:
            event, before = self.done.pop()
            self.world.post("correct", data={"event": event})
            self.inside = before
            self.noted = [note for note in self.noted if note[0] != event]

    def affected(self, named: str, *, now: bool) -> set[str]:
        """Return everything above a piece, by the notes."""
        pairs = [(p, c) for c, p in self.inside.items()] if now else [(p, c) for _, p, c in self.noted]
        found = {named}
        while more := {parent for parent, child in pairs if child in found} - found:
            found |= more
        return found


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), steps=st.integers(3, 14))
def test_a_scope_is_what_an_observer_has_noted(world: RecallWorld, seed: int, steps: int) -> None:
    dice = random.Random(seed)
    bench = Bench(world, dice)
    for _ in range(steps):
        bench.step()
    named = dice.choice(bench.codes)
    for only_now in (False, True):
        opened = world.open({"component": named, "only_now": only_now}, mock=True)
        rows = world.rows(opened["id"])
        assert set(rows) == bench.affected(named, now=only_now)
        assert {code for code, row in rows.items() if row["role"] == "part"} == set(rows) & bench.inside.keys()


def test_a_part_swapped_out_under_a_recall_stays_marked_and_cannot_go_in_again(world: RecallWorld) -> None:
    world.bear(["P1", "P2"], batch_id=world.ids["PB-1"], state="in_stock", place_id=world.ids["WH1"])
    world.bear(["GOOD", "M1", "M2"], state="in_stock", place_id=world.ids["WH1"])
    world.post("assemble", "M1", data={"components": ["P1"]})
    opened = world.open({"batch": "PB-1"}, products=["WM"])
    assert (opened["total"], opened["parts"]) == (2, 1)
    try:
        world.post("assemble", "M2", data={"components": ["P2"]})
    except ConflictError as error:
        assert [problem.code for problem in error.problems] == ["recalled"]
    else:
        raise AssertionError("a recalled part was built in")
    world.post("swap", "M1", data={"out": "P1", "in": "GOOD"}, place="WH1")
    world.act(opened["id"], "rework", "M1", measure="换泵")
    assert world.item("P1")["marks"] == ["recalled"]
    world.recalls.close(world.actor, opened["id"], confirmed=True)
    assert (world.item("M1")["marks"], world.item("P1")["marks"]) == ([], ["recalled"])
