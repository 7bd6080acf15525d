"""The whole story, day by day; pure, and the same for the same arguments."""

from __future__ import annotations

from datetime import date

from mazhi.demo.after_sales import AfterSales
from mazhi.demo.channel import Channel
from mazhi.demo.company import FULL
from mazhi.demo.days import Days
from mazhi.demo.excerpt import excerpt
from mazhi.demo.leak import Leak
from mazhi.demo.parts import Parts
from mazhi.demo.production import Production
from mazhi.demo.story import Machine, Story
from mazhi.demo.supplies import Supplies
from mazhi.demo.warehouse import Keeping, Transfers, Warehouse

SEED = 20_260_831


def write_story(last: date, items: int, *, seed: int = SEED) -> Story:
    """Write the story of so many purifiers that ends on ``last``; its entries are finished."""
    story, _, _ = _begin(last, items, seed)
    story.finish()
    return story


def write_leak(last: date, *, seed: int = SEED) -> Story:
    """Write only what the recall of the full story is about, up to the moment before somebody opens it."""
    story, opened, machines = _begin(last, FULL, seed)
    story.entries = excerpt(story.entries, opened, machines)
    story.finish()
    return story


def _begin(last: date, items: int, seed: int) -> tuple[Story, int, set[Machine]]:
    """Tell everything; say when the recall is opened, and of which machines."""
    story = Story(Days.until(last), items, seed)
    warehouse = Warehouse(story)
    parts = (
        Production(story, warehouse),
        Supplies(story, warehouse),
        Transfers(story, warehouse),
        Channel(story, warehouse, AfterSales(story, warehouse)),
        Keeping(story, warehouse),
    )
    for number, day in enumerate(story.days.working):
        for part in parts:
            part.run(number, day)
    pumps = Parts(story)
    affected = pumps.bind()
    Leak(story, pumps.opened, affected).run()
    return story, pumps.opened, {machine for group in affected.groups.values() for machine in group}
