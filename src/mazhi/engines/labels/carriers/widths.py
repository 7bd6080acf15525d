"""Modules of linear symbols from the widths of their bars and spaces."""

from __future__ import annotations


def modules(widths: str, wide: int = 1) -> str:
    """Return the modules of bars and spaces in turn, the first a bar.

    Args:
        widths: A digit for each, its width in modules; ``w`` stands for a wide one.
        wide: Width of a wide one in modules.
    """
    return "".join("10"[at % 2] * (wide if width == "w" else int(width)) for at, width in enumerate(widths))
