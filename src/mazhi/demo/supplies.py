"""What is not made on the lines: filters by batch, screws by quantity, commercial machines from an assembler."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from mazhi.demo.company import (
    ASSEMBLER,
    C2000,
    DEALERS,
    ENTRY,
    FILTER,
    FILTER_BINS,
    KEEPERS,
    LINES,
    LONG_SCREW,
    SCREW,
    SCREW_SUPPLIER,
    SHIPPERS,
    SPARE_BINS,
    SPARES,
    WAREHOUSE,
)
from mazhi.demo.days import Days, at, short
from mazhi.demo.story import Delivery, Machine, Paper, Post, Story
from mazhi.demo.warehouse import Warehouse
from mazhi.kernel.barcodes.check_digits import luhn
from mazhi.kernel.posting.model import QuantityLine

SHELF_LIFE = 365
DELIVERIES = (7, 31, 53)
MACHINES = 80
HEADER = ("序列号", "产品", "IMEI 1", "MAC 地址", "生产日期")
_SCREW_BIN, _LONG_SCREW_BIN = SPARE_BINS[-1], SPARE_BINS[-2]


@dataclass(frozen=True, slots=True)
class FilterBatch:
    """A batch of filters: when it was made and expires, how many there are at first, and where."""

    code: str
    made_on: date
    expires_on: date
    quantity: int
    bin: str
    since: date | None


def filter_batches(days: Days) -> Iterator[FilterBatch]:
    """Yield the batches: one expired, one that soon will be, the rest fresh and made during the story."""
    life = timedelta(days=SHELF_LIFE)
    plan: list[tuple[date, int, date | None]] = [
        (days.last - life - timedelta(days=8), 36, None),
        (days.last - life + timedelta(days=46), 120, None),
    ]
    plan += [(days.first - timedelta(days=20), 900, None)]
    plan += [(days.working[number], 960, days.working[number]) for number in (9, 27, 45, 63)]
    for number, (made, quantity, since) in enumerate(plan):
        code = f"FC-{made:%y%m}-{(made.day - 1) // 7 + 1}"
        yield FilterBatch(code, made, made + life, quantity, FILTER_BINS[number], since)


class Supplies:
    """Goods that come in and go out beside the lines."""

    def __init__(self, story: Story, warehouse: Warehouse) -> None:
        self._story = story
        self._warehouse = warehouse
        self._filters = list(filter_batches(story.days))
        self._left = {batch.code: batch.quantity for batch in self._filters}
        self._imeis = 0

    def run(self, number: int, day: date) -> None:
        """Do what falls on the n-th working day, counted from 0."""
        if number == 0:
            self._open(day)
        self._filters_in(day)
        if number % 3 == 2:
            self._filters_out(number, day)
        self._screws(number, day)
        if number in DELIVERIES:
            self._deliver(day)

    def _open(self, day: date) -> None:
        """Enter what was there before the story (期初)."""
        old = [batch for batch in self._filters if batch.since is None]
        for batch in old:
            self._filter_post(batch, at(day, 7.5), "receive", batch.quantity, Paper("QC"), "期初建账")
        for product, place, quantity in ((SCREW, _SCREW_BIN, 42_000), (LONG_SCREW, _LONG_SCREW_BIN, 18_000)):
            self._screw_post(product, place, at(day, 7.6), "receive", quantity, Paper("QC"), "期初建账")

    def _filters_in(self, day: date) -> None:
        for batch in self._filters:
            if batch.since == day:
                self._filter_post(
                    batch, at(day, 16.4), "receive", batch.quantity, Paper("RK", f"RK-{short(day)}-9"), "自制"
                )

    def _filters_out(self, number: int, day: date) -> None:
        """Ship a box to a dealer, of the oldest batch that is still sold: the first two are not."""
        for batch in self._filters[2:]:
            if (batch.since is None or batch.since < day) and self._left[batch.code] >= 80:
                dealer = DEALERS[number % len(DEALERS)]
                lines = [QuantityLine(FILTER, Decimal(80), batch.code)]
                self._left[batch.code] -= 80
                self._story.add(Post(at(day, 11.1), SHIPPERS[WAREHOUSE], "ship", quantities=lines, source=batch.bin,
                                     partner=dealer.code, paper=Paper("FH"), note="8 箱 × 10 支"))  # fmt: skip
                return

    def _filter_post(self, batch: FilterBatch, moment: int, kind: str, quantity: int, paper: Paper, note: str) -> None:
        lines = [QuantityLine(FILTER, Decimal(quantity), batch.code)]
        self._story.add(
            Post(moment, KEEPERS[WAREHOUSE], kind, quantities=lines, place=batch.bin, paper=paper, note=note)
        )

    def _screws(self, number: int, day: date) -> None:
        """Buy every four weeks, issue every week, count once."""
        weekly = ((SCREW, _SCREW_BIN, 13_440), (LONG_SCREW, _LONG_SCREW_BIN, 6_720))
        for product, place, quantity in weekly:
            if number % 12 == 1:
                self._screw_post(
                    product, place, at(day, 14.2), "receive", quantity * 2 + 1000, Paper("PO"), "永坚紧固件"
                )
            if number % 6 == 2:
                lines = [QuantityLine(product, Decimal(quantity))]
                self._story.add(Post(at(day, 7.7), KEEPERS[SPARES], "issue", quantities=lines, source=place,
                                     place=LINES[0], paper=Paper("LL"), note="产线周领料"))  # fmt: skip
        if number == 68:
            lines = [QuantityLine(SCREW, Decimal(-230))]
            self._story.add(Post(at(day, 18.2), KEEPERS[SPARES], "adjust", quantities=lines, place=_SCREW_BIN,
                                 paper=Paper("PD"), data={"reason": "盘亏"}))  # fmt: skip

    def _screw_post(
        self, product: str, place: str, moment: int, kind: str, quantity: int, paper: Paper, note: str
    ) -> None:
        lines = [QuantityLine(product, Decimal(quantity))]
        partner = SCREW_SUPPLIER if paper.series == "PO" else None
        self._story.add(Post(moment, KEEPERS[SPARES], kind, quantities=lines, place=place, partner=partner, paper=paper,
                             note=note))  # fmt: skip

    def _deliver(self, day: date) -> None:
        """Take in commercial machines: the assembler's list of serials and IMEI, then the goods themselves."""
        story, made = self._story, day - timedelta(days=3)
        count = min(600, story.scaled(MACHINES, least=2))
        machines = [Machine(C2000, code=f"RC{short(made)}L03{number:04d}") for number in range(1, count + 1)]
        rows = [(machine.code, C2000, self._imei(), self._mac(), f"{day:%Y-%m-%d} 09:30") for machine in machines]
        paper = Paper("PO")
        story.add(Delivery(at(day, 9.6), KEEPERS[WAREHOUSE], machines, rows, paper))
        story.add(
            Post(at(day, 14.0), KEEPERS[WAREHOUSE], "receive", machines, place=ENTRY, partner=ASSEMBLER, paper=paper)
        )
        self._warehouse.shelve(at(day, 14.8), WAREHOUSE, machines, Paper("SJ"), large=True)

    def _imei(self) -> str:
        """Return the next IMEI; type codes that begin with 00 are set aside for tests."""
        self._imeis += 1
        digits = f"00102030{self._imeis:06d}"
        return digits + luhn(digits)

    def _mac(self) -> str:
        """Return a MAC address of the range that nobody owns."""
        return f"02:C1:F0:{self._imeis >> 16 & 255:02X}:{self._imeis >> 8 & 255:02X}:{self._imeis & 255:02X}"
