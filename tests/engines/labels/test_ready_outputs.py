"""The templates that come with the system: printers draw the raster, within a dot at every edge, and it is read."""

from __future__ import annotations

import pytest

from mazhi.engines.labels.carriers.reading import reads
from mazhi.engines.labels.data.model import sample
from mazhi.engines.labels.layout import Layout
from mazhi.engines.labels.marks import Laid, Symbol
from mazhi.engines.labels.model import parse
from mazhi.engines.labels.templates.ready import ReadyLabel, ready_labels
from mazhi.engines.labels.templates.run import media_of
from mazhi.engines.labels.writers import tspl, zpl
from tests.engines.labels import zpl_renderer
from tests.engines.labels.comparing import apart, raster
from tests.engines.labels.tspl_interpreter import Printer

RECORD = dict.fromkeys(("from", "to", "weight", "price", "code", "customer", "name", "patient", "quantity"), "A12")


def laid(ready: ReadyLabel, dpi: int) -> Laid:
    return Layout(parse(ready.template), dpi).try_lay(sample(RECORD))[0]


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("ready", ready_labels(), ids=lambda ready: ready.code)
def test_a_printer_draws_the_raster_of_every_ready_template(ready: ReadyLabel, dpi: int) -> None:
    one = laid(ready, dpi)
    media = media_of(parse(ready.template))
    whole = raster(one)
    # Two labels, so that what is fixed is kept by the printer, and one, so that it is not.
    printed = [
        *Printer(one.width, one.height).run(b"".join(tspl.write([one, one], media))),
        *Printer(one.width, one.height).run(b"".join(tspl.write([one], media))),
    ]
    assert [apart(whole, label.picture) for label in printed] == [0, 0, 0]
    jobs = [
        zpl_renderer.Job(b"".join(zpl.write(laids, media)), one.width, one.height, dpi)
        for laids in ([one, one] if dpi == 203 else [one],)
    ]
    drawn = [picture for pictures in zpl_renderer.render(jobs) for picture in pictures]
    assert all(apart(whole, picture) <= 1 for picture in drawn)
    for symbol in one.marks:
        if isinstance(symbol, Symbol):
            for picture in (*drawn, *(label.picture for label in printed)):
                assert reads(symbol, picture) == symbol.content
