"""Everything that is printed is read: a thousand random contents, each read whole, blurred, turned and faint.

``bench/decode.py`` does the same with as many contents as one likes.
"""

from __future__ import annotations

import random

import pytest

from mazhi.engines.labels.carriers.family import carriers
from mazhi.engines.labels.carriers.reading import read, reads
from tests.engines.labels import damage, samples
from tests.engines.labels.comparing import apart, raster
from tests.engines.labels.outputs import OUTPUTS

CONTENTS = {"png": 12, "pdf": 12, "tspl": 10, "zpl": 5}
"""How many random contents a carrier and resolution; 1,014 in all. The renderer of ZPL is the slowest."""


@pytest.mark.parametrize("output", list(OUTPUTS))
@pytest.mark.parametrize("carrier", [kind.name for kind in carriers])
def test_what_is_written_is_read_whatever_befalls_it(carrier: str, output: str) -> None:
    chance = random.Random(f"{carrier} {output}")
    drawn = [
        samples.laid(carrier, samples.content(carrier, chance), dpi, samples.options(carrier, chance))
        for dpi in (203, 300)
        for _ in range(CONTENTS[output])
    ]
    pictures = OUTPUTS[output]([laid for laid, _ in drawn])
    misread = [
        (laid.dpi, symbol.content, name, said)
        for (laid, symbol), picture in zip(drawn, pictures, strict=True)
        for name, harm in damage.KINDS.items()
        if (said := read(carrier, symbol.content, harm(picture))) != symbol.content
    ]
    assert misread == []
    assert {apart(raster(laid), picture) for (laid, _), picture in zip(drawn, pictures, strict=True)} == {0}


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("carrier", [kind.name for kind in carriers])
def test_a_turned_symbol_is_read_from_its_label_alone(carrier: str, rotation: int) -> None:
    chance = random.Random(f"{carrier} {rotation}")
    laid, symbol = samples.laid(
        carrier, samples.content(carrier, chance), 203, samples.options(carrier, chance), rotation
    )
    assert reads(symbol, raster(laid)) == symbol.content


def test_a_broken_quiet_zone_or_bar_is_noticed() -> None:
    laid, symbol = samples.laid("code128", "RO26112100017", 203, {})
    picture = raster(laid)
    picture.paste(0, (symbol.x + 60, 0, symbol.x + 80, laid.height))
    assert reads(symbol, picture) is None
