"""Which of our two languages a reader wants."""

from __future__ import annotations

from functools import lru_cache

from mazhi.kernel.texts import Language


@lru_cache(maxsize=256)
def choose(accept_language: str) -> Language:
    """Pick Chinese or English by an ``Accept-Language`` header; Chinese where neither is asked for."""
    best: Language = "zh"
    weight = 0.0
    for part in accept_language[:500].split(","):
        tag, _, rest = part.strip().partition(";")
        primary = tag.strip().lower().split("-")[0]
        quality = _quality(rest)
        if quality > weight and primary in {"zh", "en"}:
            best, weight = "en" if primary == "en" else "zh", quality
    return best


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
