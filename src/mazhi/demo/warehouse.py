"""Goods on the shelves: lots in bins, first in first out; putaway, transfers between houses, holds and counting."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from mazhi.demo.company import (
    BINS,
    ENTRY,
    FAIR,
    INSPECTOR,
    KEEPERS,
    LARGE_BINS,
    R600,
    R800,
    ROAD,
    SOUTH,
    SOUTH_BINS,
    SPARE_BINS,
    SPARES,
    WAREHOUSE,
)
from mazhi.demo.days import at, later
from mazhi.demo.story import Machine, Paper, Post, Story

MOST_IN_A_LOT = 24
FORGOTTEN_DAYS = 12
"""Of the lots of the first days some are never sent on: they grow old on the shelf."""
FORGOTTEN = 0.03
RESERVED_DAYS = range(7, 14)
RESERVED = {WAREHOUSE: 110, SOUTH: 80}
SOUTHERN_SHARE = 0.38
SPARE_DAYS = (11, 33, 55)
SPARE_MACHINES = 52


@dataclass(slots=True, eq=False)
class Lot:
    """Machines that were put into one bin together, and since when they are there."""

    machines: list[Machine]
    bin: str
    since: int


class Warehouse:
    """What lies where in the three houses, as far as the story may still use it."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._lots: dict[tuple[str, str], deque[Lot]] = {}
        self._aside: list[Lot] = []
        self._reserve = {house: story.scaled(count) for house, count in RESERVED.items()}
        self._bins = {
            WAREHOUSE: cycle(BINS), SOUTH: cycle(SOUTH_BINS), SPARES: cycle(SPARE_BINS), "large": cycle(LARGE_BINS),
        }  # fmt: skip

    def shelve(
        self,
        moment: int,
        house: str,
        machines: Sequence[Machine],
        paper: Paper,
        *,
        kind: str = "putaway",
        large: bool = False,
    ) -> None:
        """Put machines into bins, a lot for each, and remember them for what comes."""  # fmt: skip
        story = self._story
        for lot in _lots(machines, MOST_IN_A_LOT if story.scale <= 1 else story.scaled(MOST_IN_A_LOT)):
            place = next(self._bins["large" if large else house])
            source = ENTRY if kind == "putaway" else ROAD
            done = Post(moment, KEEPERS[house], kind, lot, place=place, source=source, paper=paper)
            if not story.add(done):
                return
            early = moment < at(story.working(FORGOTTEN_DAYS), 0) and not large
            put = Lot(list(lot), place, moment)
            if self._reserved(house, lot) or (early and house != SPARES and story.chance.random() < FORGOTTEN):
                self._aside.append(put)
            else:
                self._lots.setdefault((house, lot[0].product), deque()).append(put)
            moment += 60_000_000 * story.chance.randint(2, 5)

    def _reserved(self, house: str, lot: Sequence[Machine]) -> bool:
        """Keep some machines of certain days for a large order that never comes (预留): they stay to be recalled."""
        left = self._reserve.get(house, 0)
        if left <= 0 or lot[0].day not in RESERVED_DAYS:
            return False
        self._reserve[house] = left - len(lot)
        return True

    def count(self, house: str, product: str) -> int:
        """Count what the story may still use."""
        return sum(len(lot.machines) for lot in self._lots.get((house, product), ()))

    def take(self, house: str, product: str, count: int, moment: int) -> list[Machine]:
        """Take up to so many machines, the oldest first, of what lies there at that moment."""
        found: list[Machine] = []
        lots = self._lots.get((house, product), deque())
        while lots and len(found) < count and lots[0].since < moment:
            lot = lots[0]
            wanted = count - len(found)
            found += lot.machines[:wanted]
            del lot.machines[:wanted]
            if not lot.machines:
                lots.popleft()
        return found

    def take_lot(self, house: str, product: str, most: int, moment: int) -> Lot | None:
        """Take (a part of) the newest lot that lies there at that moment; nobody will ask for it so soon."""
        lots = self._lots.get((house, product), deque())
        lot = next((lot for lot in reversed(lots) if lot.since < moment), None)
        if lot is None:
            return None
        taken = Lot(lot.machines[:most], lot.bin, lot.since)
        del lot.machines[:most]
        if not lot.machines:
            lots.remove(lot)
        self._aside.append(taken)
        return taken

    def put_back(self, house: str, lot: Lot) -> None:
        """Let the story use a lot again that was taken, before all others."""
        self._aside.remove(lot)
        self._lots.setdefault((house, lot.machines[0].product), deque()).appendleft(lot)

    def in_bins(self, prefix: str, moment: int) -> list[Machine]:
        """Return what lies at that moment in the bins whose codes begin so."""
        lots = [*self._aside, *(lot for lots in self._lots.values() for lot in lots)]
        here = [lot for lot in lots if lot.bin.startswith(prefix) and lot.since < moment]
        return [machine for lot in here for machine in lot.machines]


def _lots(machines: Sequence[Machine], most: int) -> Iterator[list[Machine]]:
    """Split machines by product and batch into lots of a size that a bin takes."""
    kinds: dict[tuple[str, str | None], list[Machine]] = {}
    for machine in machines:
        kinds.setdefault((machine.product, machine.batch), []).append(machine)
    for alike in kinds.values():
        for start in range(0, len(alike), most):
            yield alike[start : start + most]


class Transfers:
    """Goods that go from the main house to the others (调拨): a paper, a lorry, two days."""

    def __init__(self, story: Story, warehouse: Warehouse) -> None:
        self._story = story
        self._warehouse = warehouse
        self._under_way: dict[tuple[str, str], int] = {}

    def run(self, number: int, day: date) -> None:
        """Send what the southern house should have, every other day, and sometimes spares."""
        if number in SPARE_DAYS:
            self._send(at(day, 9.5), SPARES, {R800: self._story.scaled(SPARE_MACHINES * 2 / 3),
                                              R600: self._story.scaled(SPARE_MACHINES / 3)})  # fmt: skip
        if number % 2 == 0 and number > 1:
            wanted = {product: self._missing(product) for product in (R800, R600)}
            self._send(at(day, 9.25), SOUTH, wanted)

    def _missing(self, product: str) -> int:
        here = self._warehouse.count(WAREHOUSE, product)
        there = self._warehouse.count(SOUTH, product)
        return max(0, round(SOUTHERN_SHARE * (here + there)) - there)

    def _send(self, moment: int, house: str, wanted: dict[str, int]) -> None:
        story = self._story
        machines = [
            machine for product, n in wanted.items() for machine in self._warehouse.take(WAREHOUSE, product, n, moment)
        ]
        if not machines:
            return
        paper = Paper("DB")
        days = 0 if house == SPARES else 2
        note = "成品仓 → 备件仓" if house == SPARES else "成品仓 → 佛山分仓，在途 2 天"
        story.add(
            Post(moment, KEEPERS[WAREHOUSE], "move", machines, place=ROAD, source=WAREHOUSE, paper=paper, note=note)
        )
        self._warehouse.shelve(later(moment, days, 14.3), house, machines, paper, kind="move")


class Keeping:
    """What else a keeper has to do with what lies there: holds, counting, loans."""

    def __init__(self, story: Story, warehouse: Warehouse) -> None:
        self._story = story
        self._warehouse = warehouse
        self._released: list[tuple[str, Lot]] = []

    def run(self, number: int, day: date) -> None:
        """Do what falls on this working day, counted from 0."""
        for house, lot in [pair for pair in self._released if pair[1].since < at(day, 0)]:
            self._warehouse.put_back(house, lot)
            self._released.remove((house, lot))
        holds = {
            20: (WAREHOUSE, R800, 24, "密封圈来料复检", 4),
            64: (SOUTH, R800, 22, "密封圈来料复检", 0),
            67: (WAREHOUSE, R600, 8, "外箱破损，待换箱", 0),
            69: (WAREHOUSE, R800, 6, "铭牌印错，待更换", 0),
        }
        if number in holds:
            self._hold(day, *holds[number])
        if number == 68:
            self._count(day)
        if number == 40:
            self._lend(day)

    def _hold(self, day: date, house: str, product: str, count: int, reason: str, days: int) -> None:
        moment = at(day, 15.2)
        lot = self._warehouse.take_lot(house, product, self._story.scaled(count), moment)
        if lot is None:
            return
        paper = Paper("DJ")
        held = Post(moment, INSPECTOR, "hold", list(lot.machines), paper=paper, data={"reason": reason})
        if not self._story.add(held) or not days:
            return
        free = Post(later(moment, days, 10.4), INSPECTOR, "release", list(lot.machines), paper=paper,
                    data={"reason": "复检合格"})  # fmt: skip
        if self._story.add(free):
            lot.since = free.at
            self._released.append((house, lot))

    def _count(self, day: date) -> None:
        """Count the racks of one aisle (盘点); one machine is not there."""
        moment = at(day, 18.6)
        machines = self._warehouse.in_bins("A-0", moment)
        lost = self._warehouse.take(WAREHOUSE, R800, 1, moment)
        found = [machine for machine in machines if machine not in lost]
        if not found or not lost:
            return
        keeper, paper, data = KEEPERS[WAREHOUSE], Paper("PD"), {"reason": "盘亏", "to": "lost"}
        self._story.add(Post(moment, keeper, "count", found, paper=paper, note="A 区 01–09 排"))
        self._story.add(Post(at(day, 18.9), keeper, "adjust", lost, paper=paper, data=data, note="盘点时不在架上"))

    def _lend(self, day: date) -> None:
        """Lend machines to a fair (借出); most of them come back."""
        moment = at(day, 8.8)
        machines = self._warehouse.take(WAREHOUSE, R800, self._story.scaled(6), moment)
        if not machines:
            return
        keeper, paper = KEEPERS[WAREHOUSE], Paper("JY")
        self._story.add(Post(moment, keeper, "check_out", machines, partner=FAIR, paper=paper, note="广州水展样机"))
        back = machines[: len(machines) * 2 // 3]
        if back:
            returned = Post(later(moment, 8, 16.5), keeper, "check_in", back, place=ENTRY, paper=paper,
                            data={"to": "in_stock"})  # fmt: skip
            self._story.add(returned)
