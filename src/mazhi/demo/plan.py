"""The whole story, day by day; pure, and the same for the same arguments."""

from __future__ import annotations

from datetime import date

from mazhi.demo.after_sales import AfterSales
from mazhi.demo.channel import Channel
from mazhi.demo.days import Days
from mazhi.demo.leak import Leak
from mazhi.demo.parts import Parts
from mazhi.demo.production import Production
from mazhi.demo.story import Story
from mazhi.demo.supplies import Supplies
from mazhi.demo.warehouse import Keeping, Transfers, Warehouse

SEED = 20_260_831


def write_story(last: date, items: int, *, seed: int = SEED) -> Story:
    """Write the story of so many purifiers that ends on ``last``; its entries are finished."""
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
    Leak(story, pumps.opened, pumps.bind()).run()
    story.finish()
    return story
