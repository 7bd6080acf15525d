"""Everything that is printed is read: every carrier × 203 and 300 dpi × PNG, PDF, ZPL, TSPL, also harmed.

Drawn back to pixels by programs that are not ours and read by zxing-cpp; each code is read whole, blurred by a dot,
turned by 3° and with a tenth less contrast. Needs what the tests need: pypdfium2 and Node with zpl-renderer-js.
``MAZHI_BENCH_CONTENTS`` sets the number of contents of a carrier, resolution and output.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter
from collections.abc import Iterator

from tests.engines.labels import damage, samples, zpl_renderer
from tests.engines.labels.outputs import OUTPUTS

from bench.figure import Figure, figure
from mazhi.engines.labels.carriers.family import carriers
from mazhi.engines.labels.carriers.reading import read

CONTENTS = int(os.environ.get("MAZHI_BENCH_CONTENTS", "25"))
ROTATIONS = (0, 90, 180, 270)


def run(engine: str) -> Iterator[Figure]:
    """Yield for each carrier and in all: codes tried, those read, those read wrong; no database has a part in it."""
    if engine != "sqlite":
        return
    whole: Counter[str] = Counter()
    try:
        for kind in carriers:
            counted = _carrier(kind.name)
            whole += counted
            yield from _figures(kind.name, counted)
    finally:
        zpl_renderer.stop()
    yield from _figures("all", whole)


def _carrier(name: str) -> Counter[str]:
    counted: Counter[str] = Counter()
    for output, draw in OUTPUTS.items():
        chance = random.Random(f"bench {name} {output}")
        drawn = [
            samples.laid(
                name,
                samples.content(name, chance),
                dpi,
                samples.options(name, chance),
                chance.choice(ROTATIONS),
            )
            for dpi in (203, 300)
            for _ in range(CONTENTS)
        ]
        pictures = draw([laid for laid, _ in drawn])
        for (laid, symbol), picture in zip(drawn, pictures, strict=True):
            for harm, harmed in damage.KINDS.items():
                said = read(name, symbol.content, harmed(picture))
                counted["tried"] += 1
                counted["read" if said == symbol.content else "missed" if said is None else "wrong"] += 1
                if said != symbol.content:
                    about = f"{name} {output} {laid.dpi} dpi {symbol.rotation}° {harm}"
                    print(f"{about}: {symbol.content!r} was read as {said!r}", file=sys.stderr)
    return counted


def _figures(name: str, counted: Counter[str]) -> Iterator[Figure]:
    tried = counted["tried"]
    for what, value, unit in (
        ("read", 100 * counted["read"] / tried, "%"),
        ("wrong", counted["wrong"], "codes"),
        ("tried", tried, "codes"),
    ):
        yield figure("decode", f"{name}: {what}", value, unit, floor=None, engine="-", rows=tried)
