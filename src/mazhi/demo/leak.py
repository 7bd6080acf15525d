"""The recall (召回): ten leaks lead to a batch of pumps; who has one is found by the parts, and most are exchanged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mazhi.demo.company import AGENT, BAD_BATCH, FITTER, INSPECTOR, R600, R800, REPAIRER, Worker
from mazhi.demo.days import day_of, later
from mazhi.demo.parts import DAYS_OF_RECALL, Affected
from mazhi.demo.story import Handling, Machine, Opening, Paper, Post, Story

MEASURES: dict[str, tuple[str, Worker, tuple[int, ...]]] = {
    "成品仓": ("就地冻结，仓内换泵", REPAIRER, (1, 2, 3)),
    "佛山分仓": ("就地冻结，仓内换泵", REPAIRER, (2, 3, 4)),
    "在途": ("拦截，改送佛山分仓", REPAIRER, (3, 4, 5)),
    "经销商": ("停售，退回换泵", REPAIRER, (3, 4, 5, 6, 7, 8, 9)),
    "用户": ("上门换泵", FITTER, (2, 3, 4, 5, 6, 7, 8, 9)),
    "换修": ("上门换泵", FITTER, (3, 4, 6)),
    "维修中": ("随修换泵", REPAIRER, (1, 2)),
}
"""What is done with the machines of a group, by whom, and on which days of the recall."""
PENDING = {
    "经销商": (("returning", 7),),
    "用户": (("schedule", 38), ("contact", 11), ("unreachable", 9), ("refuse", 4)),
}
"""So many are not done on the last day, by what is known of them."""


class Leak:
    """From the opening of the recall to the last day of the story."""

    def __init__(self, story: Story, opened: int, affected: Affected) -> None:
        self._story = story
        self._opened = opened
        self._affected = affected
        self._fresh = iter(affected.fresh)

    def run(self) -> None:
        """Tell it; what was planned for the machines after the opening does not happen any more."""
        machines = {machine for group in self._affected.groups.values() for machine in group}
        if not machines:
            return
        self._stop(machines)
        self._leaks()
        criteria = {"any": [{"batch": BAD_BATCH}], "products": [R800, R600]}
        self._story.add(Opening(self._opened, INSPECTOR, f"水泵批次 {BAD_BATCH} 密封圈漏水", criteria))
        self._story.add(Post(self._opened + 1_200_000_000, INSPECTOR, "hold", self._affected.loose, paper=Paper("DJ"),
                             data={"reason": f"召回批次 {BAD_BATCH}"}))  # fmt: skip
        self._notify()
        for name, group in self._affected.groups.items():
            self._handle(name, group)

    def _stop(self, machines: set[Machine]) -> None:
        kept = []
        for entry in self._story.entries:
            if isinstance(entry, Post) and entry.at > self._opened and machines & set(entry.machines):
                entry.machines = [machine for machine in entry.machines if machine not in machines]
                if not entry.machines and not entry.quantities:
                    continue
            kept.append(entry)
        self._story.entries = kept

    def _leaks(self) -> None:
        for machine in self._affected.groups["维修中"]:
            for post in self._affected.fates[machine].posts:
                if post.kind == "repair_in":
                    post.note = "漏水，水泵密封圈"

    def _notify(self) -> None:
        for place, name in enumerate(("在途", "经销商", "用户", "换修")):
            group = self._affected.groups[name]
            if group:
                at = later(self._opened, 1, 9.2 + 0.4 * place)
                self._story.add(Handling(at, AGENT, "notify", group, MEASURES[name][0]))

    def _handle(self, name: str, group: Sequence[Machine]) -> None:
        story = self._story
        measure, worker, days = MEASURES[name]
        left = {kind: story.scaled(count, least=0) for kind, count in PENDING.get(name, ())}
        done = group[: len(group) - sum(left.values())]
        for day, machines in _spread(done, days):
            for number, machine in enumerate(machines):
                moment = later(self._opened, day, 9.5 + 7 * number / max(1, len(machines)))
                paper = Paper("FW") if worker is FITTER else Paper("WX")
                pump = next(self._fresh)
                story.add(Post(moment, worker, "swap", [machine], paper=paper, out=self._affected.pump[machine],
                               into=pump, note="召回换泵", data={"reason": "召回换泵"}))  # fmt: skip
            story.add(Handling(later(self._opened, day, 17.4), worker, "rework", machines, measure))
        rest = list(group[len(done) :])
        last = day_of(story.days.end)
        for kind, count in left.items():
            machines, rest = rest[:count], rest[count:]
            if machines:
                moment = later(self._opened, DAYS_OF_RECALL - 2, 10.5)
                due = later(self._opened, DAYS_OF_RECALL + 2, 12)
                until = day_of(due) if kind in {"schedule", "returning"} else last
                story.add(Handling(moment, AGENT, kind, machines, measure, due=until.isoformat()))


def _spread(machines: Sequence[Machine], days: Sequence[int]) -> Iterator[tuple[int, Sequence[Machine]]]:
    """Split machines evenly over days."""
    for place, day in enumerate(days):
        part = machines[place * len(machines) // len(days) : (place + 1) * len(machines) // len(days)]
        if part:
            yield day, part
