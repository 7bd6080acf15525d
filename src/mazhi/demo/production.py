"""A day on the lines: codes, final inspection, rework, receipt into the finished goods house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from mazhi.demo.company import ENTRY, INSPECTOR, KEEPERS, LABELLERS, LINES, R600, R800, TESTERS, WAREHOUSE
from mazhi.demo.days import Days, at, day_of, short, week_of
from mazhi.demo.story import Machine, Making, Paper, Post, Story
from mazhi.demo.warehouse import Warehouse

FAILS = 0.017
"""So many machines fail the first final inspection."""
BEYOND_REPAIR = 0.06
"""So many of those are scrapped; the others are reworked."""
RECEIPTS = (11.5, 15.6, 17.8)
_LIMITS: dict[str, tuple[tuple[str, str, str, float, float, int], ...]] = {
    R800: (
        ("产水量", "L/min", "≥ 2.10", 2.18, 0.03, 2),
        ("脱盐率", "%", "≥ 95.0", 96.9, 0.45, 1),
        ("保压降", "MPa", "≤ 0.02", 0.01, 0.003, 2),
        ("噪声", "dB", "≤ 50.0", 46.4, 0.9, 1),
    ),
    R600: (
        ("产水量", "L/min", "≥ 1.58", 1.66, 0.025, 2),
        ("脱盐率", "%", "≥ 95.0", 97.1, 0.45, 1),
        ("保压降", "MPa", "≤ 0.02", 0.01, 0.003, 2),
        ("噪声", "dB", "≤ 48.0", 45.0, 0.8, 1),
    ),
}
"""Per product: name, unit, limit, mean, spread and decimals of what is measured."""
_FAULTS = (
    ("保压降", 0.035, "保压降超限，返修密封"),
    ("噪声", 52.6, "噪声超限，更换水泵减震垫"),
    ("脱盐率", 93.4, "脱盐率不足，更换膜元件"),
    ("产水量", 1.42, "产水量不足，检查进水阀"),
)


def product_of(line: str, number: int) -> str:
    """Say what a line makes on the n-th working day: line 2 turns to the larger model two days a week."""
    return R800 if line == LINES[0] or number % 3 == 0 else R600


def batch_of(line: str, day: date, product: str) -> str:
    """Return the batch of a week: of a product that both lines make, line 2 has its own."""
    return f"B{week_of(day)}" + ("-2" if line != LINES[0] and product == R800 else "")


def batches(days: Days) -> Iterator[tuple[str, str, date]]:
    """Yield product, code and first day of every batch of the story."""
    seen: set[tuple[str, str]] = set()
    for number, day in enumerate(days.working):
        for line in LINES:
            product = product_of(line, number)
            batch = batch_of(line, day, product)
            if (product, batch) not in seen:
                seen.add((product, batch))
                yield product, batch, day


class Production:
    """The two lines, day by day."""

    def __init__(self, story: Story, warehouse: Warehouse) -> None:
        self._story = story
        self._warehouse = warehouse
        self._waiting: list[tuple[int, Machine]] = []
        self._slot = 0

    def run(self, number: int, day: date) -> None:
        """Make, inspect and receive what falls on the n-th working day, counted from 0."""
        papers = 0
        for line in LINES:
            machines = self._make(number, day, line)
            for machine, moment in zip(machines, self._moments(day, len(machines)), strict=True):
                papers += 1
                self._inspect(machine, moment, Paper("ZJ", f"ZJ-{short(day)}-{papers}"))
        self._receive(day)

    def _make(self, number: int, day: date, line: str) -> list[Machine]:
        slots = len(self._story.days.working) * len(LINES)
        items = self._story.items
        count = (self._slot + 1) * items // slots - self._slot * items // slots
        self._slot += 1
        product = product_of(line, number)
        machines = [Machine(product, batch_of(line, day, product), line, day=number) for _ in range(count)]
        if machines:
            paper = Paper("WO", f"WO-{short(day)}-{line[-1]}")
            self._story.add(Making(at(day, 7.87 + 0.05 * int(line[-1])), LABELLERS[line], machines, line, paper))
        return machines

    def _moments(self, day: date, count: int) -> list[int]:
        """Spread the machines of a day over its shift, from 8:40 to 17:05."""
        step = 8.4 / max(1, count)
        return [at(day, 8.67 + step * (place + self._story.chance.random())) for place in range(count)]

    def _inspect(self, machine: Machine, moment: int, paper: Paper) -> None:
        story = self._story
        fails = story.chance.random() < FAILS
        fault = story.chance.choices(_FAULTS, (6, 2, 1, 1))[0] if fails else None
        data: dict[str, Any] = {
            "quality": "rejected" if fault else "released",
            "values": self._measure(machine.product, fault),
        }
        note = fault[2] if fault else ""
        story.add(Post(moment, TESTERS[machine.line], "inspect", [machine], paper=paper, note=note, data=data))
        if fault is None:
            self._waiting.append((moment, machine))
        else:
            self._rework(machine, moment, paper)

    def _measure(self, product: str, fault: tuple[str, float, str] | None) -> list[dict[str, Any]]:
        values = []
        for name, unit, limit, mean, spread, decimals in _LIMITS[product]:
            ok = fault is None or fault[0] != name
            value = self._story.chance.gauss(mean, spread) if ok else fault[1] if fault else mean
            sign, bound = limit.split()
            value = max(value, float(bound)) if ok and sign == "≥" else min(value, float(bound)) if ok else value
            values.append({"name": name, "value": f"{value:.{decimals}f}", "unit": unit, "limit": limit, "ok": ok})
        return values

    def _rework(self, machine: Machine, moment: int, paper: Paper) -> None:
        """Repair what failed, the same day or the next, and inspect it again; a few are beyond repair."""
        story, day = self._story, day_of(moment)
        next_day = story.days.after(day)
        if story.chance.random() < BEYOND_REPAIR:
            done = at(next_day, 16.2) if next_day else story.days.end + 1
            broken = {"reason": "机架变形，无法返修"}
            story.add(Post(done, INSPECTOR, "scrap", [machine], paper=Paper("BF"), data=broken))
            return
        again = moment + 9_000_000_000  # two and a half hours
        if again > at(day, 17.2):
            if next_day is None:
                return
            again = at(next_day, 9.2 + story.chance.random() * 2)
        data = {"quality": "released", "values": self._measure(machine.product, None)}
        story.add(Post(again, TESTERS[machine.line], "inspect", [machine], paper=paper, note="返修后复检", data=data))
        self._waiting.append((again, machine))

    def _receive(self, day: date) -> None:
        """Receive three times a day what has passed by then, and put it away; the last of the last day waits."""
        story, keeper = self._story, KEEPERS[WAREHOUSE]
        for number, hour in enumerate(RECEIPTS, 1):
            moment = at(day, hour)
            ready = [machine for passed, machine in self._waiting if passed < moment]
            if not ready:
                continue
            self._waiting = [pair for pair in self._waiting if pair[0] >= moment]
            paper = Paper("RK", f"RK-{short(day)}-{number}")
            story.add(Post(moment, keeper, "receive", ready, place=ENTRY, paper=paper))
            if number < len(RECEIPTS):
                self._warehouse.shelve(moment + 2_700_000_000, WAREHOUSE, ready, Paper("SJ"))
            elif (next_day := story.days.after(day)) is not None:
                self._warehouse.shelve(at(next_day, 8.3), WAREHOUSE, ready, Paper("SJ"))
