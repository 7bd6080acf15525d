"""Sales: orders of dealers picked and shipped first in first out, received by shops, activated by customers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mazhi.demo.after_sales import AfterSales
from mazhi.demo.company import (
    C2000,
    CITIES,
    DEALERS,
    DOCK,
    FIRST_DEALER,
    FITTER,
    R600,
    R800,
    SHIPPERS,
    SHOPKEEPER,
    SOUTH_DOCK,
    WAREHOUSE,
    Dealer,
    projects,
    shops,
)
from mazhi.demo.days import at, later
from mazhi.demo.story import Machine, Paper, Person, Post, Story
from mazhi.demo.warehouse import Warehouse

FIRST_SALES = 5
"""The first working day on which anything is sold, counted from 0."""
SOLD = 0.822
"""So much of what is made has left the houses at the end."""
DAYS_TO_ACTIVATION = 41.0
"""How long goods wait for a customer, on average; most are still to be sold when the story ends."""
FAR_AWAY = "45"
STRAY = 0.013
"""So many of the first dealer's machines turn up with customers of another province (窜货)."""
TRUCKS = (("德邦", "DPK"), ("顺丰", "SF"), ("安能", "ANE"))
_FIRM_BUYS = 0.02
_LATE = 16.0
_WEIGHT = sum(dealer.weight for dealer in DEALERS)


class Channel:
    """The way from the house to the customer."""

    def __init__(self, story: Story, warehouse: Warehouse, after_sales: AfterSales) -> None:
        self._story = story
        self._warehouse = warehouse
        self._after_sales = after_sales
        self._wanted = dict.fromkeys(DEALERS, 0.0)
        self._next = {dealer: self._size() for dealer in DEALERS}

    def _size(self) -> int:
        return self._story.scaled(self._story.chance.uniform(24, 90))

    def run(self, number: int, day: date) -> None:
        """Let every dealer order whose demand has become large enough, on the n-th working day."""
        if number < FIRST_SALES:
            return
        story = self._story
        daily = SOLD * story.items / (len(story.days.working) - FIRST_SALES)
        for dealer in DEALERS:
            self._wanted[dealer] += daily * dealer.weight / _WEIGHT
            while self._wanted[dealer] >= self._next[dealer]:
                moment = at(day, 9.3 + story.chance.random() * 7.6)
                size = self._next[dealer]
                wanted = {R600: round(size / 3), R800: size - round(size / 3)}
                if not self._order(dealer, wanted, moment):
                    break
                self._wanted[dealer] -= size
                self._next[dealer] = self._size()
        if number % 6 == 4:
            self._order_large(day)

    def _order_large(self, day: date) -> None:
        """Sell commercial machines to the three largest dealers, if there are any."""
        for place, dealer in enumerate(sorted(DEALERS, key=lambda one: -one.weight)[:3]):
            self._order(dealer, {C2000: self._story.scaled(6)}, at(day, 13.4 + place / 3), house=WAREHOUSE)

    def _order(self, dealer: Dealer, wanted: dict[str, int], moment: int, *, house: str | None = None) -> bool:
        """Pick and ship one order (销售订单); False if nothing of it is there."""
        story, house = self._story, house or dealer.house
        machines = [one for product, n in wanted.items() for one in self._warehouse.take(house, product, n, moment)]
        if not machines:
            return False
        dock = DOCK if house == WAREHOUSE else SOUTH_DOCK
        shipper = SHIPPERS[house]
        picked = Post(
            moment, shipper, "pick", machines, place=dock, source=house, partner=dealer.code, paper=Paper("SO"),
            note=f"按先进先出，{dealer.name}",
        )  # fmt: skip
        if not story.add(picked):
            return True
        gone = later(moment, 0, _LATE + 1.5)
        if moment > later(moment, 0, _LATE):  # too late for the lorry of the day
            gone = later(moment, 1, 8.9)
        carrier, letters = story.chance.choice(TRUCKS)
        waybill = f"{letters} {story.chance.randint(1000, 9999)} {story.chance.randint(1000, 9999)}"
        shipped = Post(gone, shipper, "ship", machines, source=house, partner=dealer.code, paper=Paper("FH"),
                       note=f"运单 {waybill}", data={"carrier": carrier, "waybill": waybill})  # fmt: skip
        if story.add(shipped):
            self._arrive(dealer, machines, gone)
        return True

    def _arrive(self, dealer: Dealer, machines: Sequence[Machine], gone: int) -> None:
        story, chance = self._story, self._story.chance
        arrived = later(gone, chance.randint(2, 5), chance.uniform(10, 18))
        if dealer.scans:
            shop = chance.choice(shops(dealer))
            scanned = Post(arrived, SHOPKEEPER, "store_receive", machines, partner=shop.code, paper=Paper("DS"),
                           note=shop.name)  # fmt: skip
            if not story.add(scanned):
                return
        for bought in self._purchases(machines):
            self._activate(dealer, bought, arrived)

    def _purchases(self, machines: Sequence[Machine]) -> Iterator[Sequence[Machine]]:
        """Split what arrived into what one customer buys: one machine each, but for firms."""
        start = 0
        while start < len(machines):
            firm = self._story.chance.random() < _FIRM_BUYS or machines[start].product == C2000
            size = self._story.chance.randint(2, 4) if machines[start].product == C2000 else 1
            if firm and size == 1:
                size = self._story.chance.randint(8, 20)
            yield machines[start : start + size]
            start += size

    def _activate(self, dealer: Dealer, machines: Sequence[Machine], arrived: int) -> None:
        """Install machines at a customer's (激活), sooner or later, and let the rest of their lives follow."""
        story, chance = self._story, self._story.chance
        days = 1 + chance.expovariate(1 / DAYS_TO_ACTIVATION)
        moment = later(arrived, days, chance.uniform(9, 19))
        stray = dealer is FIRST_DEALER and chance.random() < STRAY
        province = FAR_AWAY if stray else dealer.province
        alone = len(machines) == 1 and machines[0].product != C2000
        customer: Person | str
        customer = story.person(CITIES[province]) if alone else chance.choice(projects(province)).code
        data = {"values": self._measured()} if chance.random() < 0.7 else {}
        done = Post(moment, FITTER, "activate", machines, partner=customer, paper=Paper("AZ"), data=data)
        if story.add(done):
            for machine in machines:
                self._after_sales.follow(machine, customer, moment, dealer.faults)

    def _measured(self) -> list[dict[str, object]]:
        chance = self._story.chance
        inlet = chance.randint(90, 320)
        return [
            {
                "name": "进水压力",
                "value": f"{chance.uniform(0.18, 0.34):.2f}",
                "unit": "MPa",
                "limit": "0.10–0.40",
                "ok": True,
            },
            {"name": "进水 TDS", "value": str(inlet), "unit": "mg/L", "limit": "≤ 500", "ok": True},
            {"name": "出水 TDS", "value": str(inlet // 18 + 2), "unit": "mg/L", "limit": "≤ 50", "ok": True},
        ]
