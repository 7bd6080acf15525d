"""What happens to machines that customers have: repairs, returns, exchanges, and the scrap that is left."""

from __future__ import annotations

from mazhi.demo.company import AGENT, INSPECTOR, R600, R800, REPAIR, REPAIRER, RETURNED, SPARES
from mazhi.demo.days import later
from mazhi.demo.story import Machine, Paper, Person, Post, Story
from mazhi.demo.warehouse import Warehouse

RETURNS = 0.052
"""So many of the machines that were activated would be returned if the story went on."""
EXCHANGES = 0.004
TOO_EARLY = 1.75
"""So many times more faults are to come than the story sees: most lie after its end."""
_FAULTS = ("漏水", "异响", "不出水", "出水慢", "显示板不亮", "开机报警")
_REASONS = ("客户退货，七天无理由", "安装位置不合适", "外观划伤", "漏水", "出水口感不满意")


class AfterSales:
    """Plans what becomes of a machine after its activation."""

    def __init__(self, story: Story, warehouse: Warehouse) -> None:
        self._story = story
        self._warehouse = warehouse

    def follow(self, machine: Machine, customer: Person | str, sold: int, faults: float) -> None:
        """Let at the most one thing happen to a machine; ``faults`` of a hundred come to repair."""
        chance = self._story.chance
        drawn = chance.random()
        moment = later(sold, 2 + chance.expovariate(1 / 16), chance.uniform(9, 17))
        repairs = faults / 100 * TOO_EARLY
        if drawn < repairs:
            self._repair(machine, customer, moment)
        elif drawn < repairs + RETURNS:
            self._return(machine, moment)
        elif drawn < repairs + RETURNS + EXCHANGES and isinstance(customer, Person):
            self._exchange(machine, moment)

    def _repair(self, machine: Machine, customer: Person | str, moment: int) -> None:
        story, chance = self._story, self._story.chance
        paper = Paper("WX")
        fault = chance.choice(_FAULTS)
        taken = Post(moment, AGENT, "repair_in", [machine], place=REPAIR, partner=customer, paper=paper, note=fault)
        if story.add(taken):
            done = later(moment, 4 + chance.expovariate(1 / 14), chance.uniform(9, 17))
            story.add(Post(done, REPAIRER, "repair_out", [machine], partner=customer, paper=paper,
                           data={"to": "sold"}, note=f"{fault}，已修复寄回"))  # fmt: skip

    def _return(self, machine: Machine, moment: int) -> None:
        """Take a machine back; it waits for inspection, and the worst of them are scrapped."""
        story, chance = self._story, self._story.chance
        paper = Paper("TH")
        back = Post(
            moment, AGENT, "return_", [machine], place=RETURNED, paper=paper, data={"reason": chance.choice(_REASONS)}
        )
        if not story.add(back):
            return
        looked = later(moment, chance.randint(1, 6), chance.uniform(9, 17))
        quality = chance.choices(("concession", "rejected", "pending"), (5, 4, 2))[0]
        if quality == "pending" or not story.add(
            Post(looked, INSPECTOR, "inspect", [machine], paper=paper, data={"quality": quality})
        ):
            return
        if quality == "rejected" and chance.random() < 0.55:
            data = {"reason": "退回检验不合格，无维修价值"}
            moment = later(looked, chance.randint(3, 9), 16.3)
            story.add(Post(moment, INSPECTOR, "scrap", [machine], paper=Paper("BF"), data=data))

    def _exchange(self, machine: Machine, moment: int) -> None:
        """Give the customer a machine of the spares house for the broken one (换货)."""
        if machine.product not in {R800, R600}:
            return
        spare = self._warehouse.take(SPARES, machine.product, 1, moment)
        if spare:
            self._story.add(Post(moment, AGENT, "exchange", [machine], place=RETURNED, paper=Paper("HH"),
                                 data={"reason": "漏水"}, new=spare[0]))  # fmt: skip
