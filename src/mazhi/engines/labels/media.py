"""Media (介质): what a printer is told of the labels in it and of how to print them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Cut = Literal["none", "each", "end"]


@dataclass(frozen=True, slots=True)
class Media:
    """Labels and settings of one job.

    Attributes:
        width_mm: Width of a label.
        height_mm: Height of a label.
        gap_mm: Height of the gap or the mark between two labels; 0 for endless paper.
        sensing: How the printer finds the next label: by the gap, by a black mark, or as it is set up itself.
        darkness: 0 (lightest) to 15; None leaves it to the printer.
        speed: Inches a second; None leaves it to the printer.
        cut: Cut after each label, after the last one, or never.
        peel: Peel each label off its liner and wait until it is taken.
        rotate: 180 prints upside down.
        copies: How often each label is printed.
        native: Let the printer draw the bars that it draws exactly as we do; else they are sent as pictures.
        graphics: How ZPL carries pictures: compressed (``z64``), or as digits for printers that only emulate ZPL.
    """

    width_mm: float
    height_mm: float
    gap_mm: float = 2.0
    sensing: Literal["gap", "mark", "keep"] = "gap"
    darkness: int | None = None
    speed: float | None = None
    cut: Cut = "none"
    peel: bool = False
    rotate: Literal[0, 180] = 0
    copies: int = 1
    native: bool = True
    graphics: Literal["z64", "digits"] = "z64"
