"""Many scan into one step at once: every scan is answered once, none is lost, none doubled."""

from __future__ import annotations

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from mazhi.engines.flows.scans.views import Said
from mazhi.kernel.errors import ConflictError, PlatformError
from tests.engines.flows.scans.dock import RECEIVE, Dock, row

THREADS = 50
PIECES = [f"S{number:03d}" for number in range(1, 51)]


def test_fifty_people_scan_one_task_and_two_complete_it(dock: Dock) -> None:
    dock.draw(who=("chen", "li"), operation=RECEIVE)
    dock.shop.make(*PIECES)
    dock.shop.make("OTHER1", product="OTHER")
    instance = dock.start(row("WM", len(PIECES)), row("SKU", THREADS))
    tasks = {who: dock.task(who) for who in ("chen", "li")}
    step = dock.shop.todo("chen")[0].step_id
    together = threading.Barrier(THREADS)
    dice = random.Random(7)
    work = [*PIECES, *PIECES, "OTHER1"]
    dice.shuffle(work)

    def scan(place: int) -> list[str]:
        who = "chen" if place % 2 else "li"
        together.wait()
        answers = []
        for turn, code in enumerate(work[place::THREADS]):
            key = f"{place}-{turn}"
            first = dock.scan(code, who, task=tasks[who], client_key=key)
            if turn == 0:
                assert dock.scan(code, who, task=tasks[who], client_key=key).answer == first.answer
            answers.append(first.answer)
        answers.append(dock.scan("SKU", who, 1, task=tasks[who], client_key=f"{place}-sku").answer)
        return answers

    with ThreadPoolExecutor(THREADS) as pool:
        said = Counter(one for answers in pool.map(scan, range(THREADS)) for one in answers)
    assert said == {"right": len(PIECES) + THREADS, "duplicate": len(PIECES), "wrong": 1}
    done, right, wrong, twice, matched, wants = dock.recount(step)
    view = dock.look(task=tasks["chen"])
    assert (view.done * 1_000_000, view.wrong, view.duplicates, view.missing) == (done, wrong, twice, 0)
    assert (right, wrong, twice) == (len(PIECES) + THREADS, 1, len(PIECES))
    assert matched == done == sum(one.expected for one in wants)

    def complete(who: str) -> str:
        try:
            dock.complete(who, task=tasks[who])
        except ConflictError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(complete, ("chen", "li"))) == ["done", "task_closed"]
    (last,) = [one for one in dock.shop.steps(instance, "done") if one.node == "scan"]
    assert sorted(last.data["goods"]["items"]) == PIECES


def test_what_is_scanned_while_somebody_completes_is_posted_or_refused(dock: Dock) -> None:
    dock.draw(who=("chen", "li"), operation=RECEIVE, policies={"missing": "pass"})
    dock.shop.make(*PIECES[:20])
    instance = dock.start(row("WM", 20))
    task, other = dock.task("chen"), dock.task("li")
    together = threading.Barrier(5)

    def scan(place: int) -> list[str]:
        together.wait()
        taken = []
        for code in PIECES[place:20:4]:
            try:
                dock.scan(code, task=task)
            except ConflictError as error:
                assert error.code == "task_closed"
                break
            taken.append(code)
        return taken

    def complete() -> None:
        together.wait()
        while dock.look("li", other).done < 4:
            pass
        dock.complete("li", task=other)

    with ThreadPoolExecutor(5) as pool:
        scans = [pool.submit(scan, place) for place in range(4)]
        pool.submit(complete).result()
        right = sorted(code for one in scans for code in one.result())
    (last,) = [one for one in dock.shop.steps(instance, "done") if one.node == "scan"]
    assert sorted(last.data["goods"]["items"]) == right
    assert {code for code in PIECES[:20] if dock.item(code)["state"] == "in_stock"} == {*right}


def at_once(dock: Dock, *scans: tuple[str, str]) -> list[Said | PlatformError | None]:
    """Scan codes with keys so that all of them are answered in one turn, in this order."""
    waiting: list[Any] = []

    class KeptError(Exception):
        pass

    def keep(step: int, asked: Any) -> None:
        if asked.found is None and asked.raw == "NOBODY":
            return  # read it first
        waiting.append(asked)
        raise KeptError

    together, task = dock.scans._together, dock.task()
    dock.scans._together = SimpleNamespace(ask=keep)  # type: ignore[assignment]  # all that is asked of it
    try:
        for code, key in scans:
            with pytest.raises(KeptError):
                dock.scan(code, task=task, client_key=key)
    finally:
        dock.scans._together = together
    return dock.scans._answered(dock.shop.todo("chen")[0].step_id, waiting)


def test_what_is_scanned_in_one_turn_is_counted_one_after_another(dock: Dock) -> None:
    dock.stock("S1", "S2", "S3", "S4", "S5")
    dock.box("BOX", "S1", "S2")
    dock.box("PALLET", "BOX", "S3")
    dock.draw(boxes="explode")
    instance = dock.start(row("WM", 4))
    step = dock.shop.todo("chen")[0].step_id
    said = at_once(
        dock, ("S1", "a"), ("NOBODY", "b"), ("BOX", "c"), ("PALLET", "d"), ("S1", "a"), ("S2", "a"), ("S2", "e"),
        ("S4", "f"), ("S5", "g"), ("PALLET", "h"),
    )  # fmt: skip
    assert [one.code if isinstance(one, PlatformError) else one.answer for one in said] == [
        "right", "wrong", "right", "right", "right", "client_key_reused", "duplicate", "right", "wrong", "duplicate",
    ]  # fmt: skip
    done = [one.done for one in said if not isinstance(one, PlatformError) and one.answer == "right"]
    assert done == [1, 2, 3, 1, 4], "the same key again is told what it was told"
    view = dock.look()
    assert (view.done, view.missing, view.wrong, view.duplicates) == (4, 0, 2, 2)
    assert dock.recount(step)[:5] == (4_000_000, 4, 2, 2, 4_000_000)
    assert [one.seq for one in reversed(dock.lines())] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    dock.complete()
    (last,) = [one for one in dock.shop.steps(instance, "done") if one.node == "scan"]
    assert sorted(last.data["goods"]["items"]) == ["S1", "S2", "S3", "S4"]
