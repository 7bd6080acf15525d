"""The parts in the machines: pumps with serials, membranes by batch; and one batch of pumps that leaks.

Told after everything else: which machines have a pump of the bad batch depends on where they are when it is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from mazhi.demo.company import (
    ASSEMBLERS,
    BAD_BATCH,
    FITTER,
    INSPECTOR,
    KEEPERS,
    MEMBRANE_BATCHES,
    MEMBRANES,
    PUMP,
    PUMP_BATCHES,
    PUMP_BIN,
    R600,
    R800,
    SPARES,
)
from mazhi.demo.days import at, later
from mazhi.demo.fates import Fate, fates
from mazhi.demo.story import Machine, Making, Paper, Person, Post, Story
from mazhi.kernel.posting.model import QuantityLine

WINDOW = range(7, 14)
"""The working days on which pumps of the bad batch were built in."""
DAYS_OF_RECALL = 10
NEW = {"成品仓": 96, "佛山分仓": 64, "在途": 40, "经销商": 148, "用户": 210, "维修中": 10}
"""So many new machines have such a pump, by where they are when the recall is opened."""
OLD = 4
"""So many machines made before got one as a spare."""
LEFT, FAILED = 22, 6
"""So many pumps of the batch are still in the spares house, and so many failed on the line."""
PROVINCES = 7
REPLACEMENTS = 640


@dataclass(slots=True)
class Affected:
    """The machines with a pump of the bad batch, by where they are; old ones are among the users'."""

    groups: dict[str, list[Machine]] = field(default_factory=dict)
    fates: dict[Machine, Fate] = field(default_factory=dict)
    pump: dict[Machine, Machine] = field(default_factory=dict)
    loose: list[Machine] = field(default_factory=list)
    fresh: list[Machine] = field(default_factory=list)
    """Pumps of a good batch, for the exchange."""


class Parts:
    """Binds parts to machines when the story of the machines is told."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self.opened = at(story.days.last - timedelta(days=DAYS_OF_RECALL), 9.33)
        self._pumps: dict[str, list[Machine]] = {code: [] for code, *_ in PUMP_BATCHES}

    def bind(self) -> Affected:
        """Build a pump and a membrane into every machine; return those with a pump of the bad batch."""
        made = [
            (machine, entry)
            for entry in self._story.entries
            if isinstance(entry, Making)
            for machine in entry.machines
            if machine.product in {R800, R600}
        ]
        affected = self._choose([machine for machine, _ in made])
        bad = {machine for group in affected.groups.values() for machine in group}
        inspected: dict[Machine, int] = {}
        for entry in self._story.entries:
            if isinstance(entry, Post) and entry.kind == "inspect":
                for machine in entry.machines:
                    inspected[machine] = min(entry.at, inspected.get(machine, entry.at))
        for machine, making in made:
            pump = self._pump(_batch(machine.day, bad=machine in bad and machine.day in WINDOW))
            self._assemble(machine, pump, max(making.at + 300_000_000, inspected.get(machine, 0) - 1_800_000_000))
            affected.pump[machine] = pump
        self._replace(affected)
        affected.loose = [self._pump(BAD_BATCH) for _ in range(self._story.scaled(LEFT))]
        failed = [self._pump(BAD_BATCH) for _ in range(self._story.scaled(FAILED))]
        affected.fresh = [self._pump(PUMP_BATCHES[-1][0]) for _ in range(self._story.scaled(REPLACEMENTS, least=40))]
        self._supply()
        self._fail(failed)
        self._membranes()
        return affected

    def _choose(self, machines: Sequence[Machine]) -> Affected:
        """Choose machines of the window so that the figures by place come out, as far as the story has them."""
        story = self._story
        window = [machine for machine in machines if machine.day in WINDOW]
        early = [machine for machine in machines if machine.day < WINDOW.start and machine.product == R800]
        given = {post.new for post in story.entries if isinstance(post, Post)}
        known = fates(story.entries, self.opened, [one for one in (*window, *early) if one not in given])
        where: dict[str, list[Machine]] = {name: [] for name in NEW}
        for machine in window:
            name = _where(known[machine]) if machine in known else None
            if name:
                where[name].append(machine)
        where["用户"] = _in_provinces(where["用户"], known)
        found = Affected()
        for name, wanted in NEW.items():
            count = min(len(where[name]), story.scaled(wanted, least=0))
            found.groups[name] = sorted(story.chance.sample(where[name], count), key=machines.index)
        long_ago = self.opened - 35 * 86_400_000_000
        users = [
            machine
            for machine in early
            if machine in known
            and known[machine].state == "sold"
            and known[machine].posts[-1].kind == "activate"
            and known[machine].posts[-1].at < long_ago
            and isinstance(known[machine].holder, Person)
        ]
        found.groups["换修"] = users[: story.scaled(OLD, least=0)]
        found.fates = {machine: known[machine] for group in found.groups.values() for machine in group}
        return found

    def _pump(self, batch: str) -> Machine:
        known = self._pumps[batch]
        pump = Machine(PUMP, batch, code=f"HY{batch[3:7]}{batch[8]}{len(known) + 1:04d}")
        known.append(pump)
        return pump

    def _assemble(self, machine: Machine, pump: Machine, moment: int) -> None:
        membrane = next(code for code, first in reversed(MEMBRANE_BATCHES) if machine.day >= first)
        materials = [(MEMBRANES[machine.product], membrane)]
        paper = Paper("WO", f"WO-{self._story.working(machine.day):%y%m%d}-{machine.line[-1]}")
        worker = ASSEMBLERS[machine.line]
        self._story.add(Post(moment, worker, "assemble", [machine], paper=paper, parts=[pump], materials=materials))

    def _replace(self, affected: Affected) -> None:
        """Give a few machines at customers' a pump of the bad batch as a spare, weeks before it is known to be bad."""
        for number, machine in enumerate(affected.groups["换修"]):
            pump = self._pump(BAD_BATCH)
            moment = later(self.opened, -28 + 3 * number, 14.1)
            old, affected.pump[machine] = affected.pump[machine], pump
            self._story.add(Post(moment, FITTER, "swap", [machine], paper=Paper("WX"), out=old, into=pump,
                                 note="异响，上门换泵，备件取自服务车", data={"reason": "异响"}))  # fmt: skip

    def _supply(self) -> None:
        """Let the pumps come in before they are needed: coded by their maker, received, inspected by sample."""
        story, keeper = self._story, KEEPERS[SPARES]
        for code, _, first in PUMP_BATCHES:
            pumps = self._pumps[code]
            if not pumps:
                continue
            moment = at(story.working(max(0, first - 2)), 7.0 if first == 0 else 10.2)
            paper = Paper("PO")
            typed = f"{pumps[0].code}-{pumps[-1].code}" if len(pumps) > 1 else pumps[0].code
            story.add(Making(moment - 600_000_000, keeper, pumps, None, paper, typed=typed))
            story.add(Post(moment, keeper, "receive", pumps, place=PUMP_BIN, paper=paper, note="恒涌泵业来料"))
            sample = max(1, round(len(pumps) * 80 / 600)) if code == BAD_BATCH else max(1, len(pumps) // 20)
            values = [
                {"name": "抽检", "value": str(sample), "unit": f"/ {len(pumps)} 只", "limit": "0 收 1 退", "ok": True}
            ]
            story.add(Post(moment + 2_400_000_000, INSPECTOR, "inspect", pumps, paper=Paper("IQC"),
                           data={"quality": "released", "values": values}, note="进料抽检合格"))  # fmt: skip

    def _fail(self, failed: Iterable[Machine]) -> None:
        """Scrap pumps that failed when they were tried on the line."""
        for number, pump in enumerate(failed):
            day = self._story.working(WINDOW[number % len(WINDOW)])
            self._story.add(Post(at(day, 15.4), INSPECTOR, "scrap", [pump], paper=Paper("BF"),
                                 data={"reason": "上线试压不良"}))  # fmt: skip

    def _membranes(self) -> None:
        story = self._story
        need = story.items + 200
        for code, first in MEMBRANE_BATCHES:
            moment = at(story.working(max(0, first - 1)), 7.2)
            lines = [QuantityLine(product, Decimal(need), code) for product in MEMBRANES.values()]
            story.add(Post(moment, KEEPERS[SPARES], "receive", quantities=lines, place=PUMP_BIN, paper=Paper("PO"),
                           note="津膜科技来料"))  # fmt: skip


def _batch(day: int, *, bad: bool) -> str:
    if bad:
        return BAD_BATCH
    return [code for code, _, first in PUMP_BATCHES if first <= day and code != BAD_BATCH][-1]


def _where(fate: Fate) -> str | None:
    """Say in which group of the recall a machine is; None for those that the story leaves alone."""
    if fate.state == "in_stock":
        return {"A": "成品仓", "F": "佛山分仓"}.get(fate.place[:1])
    return {"shipped": "在途", "at_dealer": "经销商", "sold": "用户", "in_repair": "维修中"}.get(fate.state)


def _in_provinces(machines: Sequence[Machine], known: dict[Machine, Fate]) -> list[Machine]:
    """Keep the machines of persons in the provinces where most are."""
    provinces: dict[str, list[Machine]] = {}
    for machine in machines:
        holder = known[machine].holder
        if isinstance(holder, Person):
            provinces.setdefault(holder.region[:2], []).append(machine)
    most = sorted(provinces.values(), key=len, reverse=True)[:PROVINCES]
    return [machine for group in most for machine in group]
