"""One measured figure, and how it is written."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """A value beside its floor; ``ratio`` is value / floor for times, and for rates as well."""

    bench: str
    name: str
    value: float
    unit: str
    floor: float | None
    ratio: float | None
    engine: str
    rows: int

    def line(self) -> str:
        """Write it as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)


def figure(bench: str, name: str, value: float, unit: str, *, floor: float | None, engine: str, rows: int) -> Figure:
    """Build a figure, rounded to four significant digits."""
    ratio = None if not floor else float(f"{value / floor:.3g}")
    shown = None if floor is None else float(f"{floor:.4g}")
    return Figure(bench, name, float(f"{value:.4g}"), unit, shown, ratio, engine, rows)


def best(work: Callable[[int], None], rounds: int) -> float:
    """Run something several times and return the seconds of the median round."""
    times = []
    for number in range(rounds):
        start = time.perf_counter()
        work(number)
        times.append(time.perf_counter() - start)
    return statistics.median(times)
