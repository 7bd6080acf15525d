"""How each function is said in SQL, a file a family; every module binds ``SAYS``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping

from mazhi.engines.formula.compiling.writing import Given, Writer
from mazhi.engines.formula.nodes import Call

Say = Callable[..., Given]
"""Given the writer, the call, and its arguments: read as the function declares, except where it is lazy."""


def _all() -> dict[str, Say]:
    found: dict[str, Say] = {}
    for one in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        found |= importlib.import_module(f"{__name__}.{one.name}").SAYS
    return found


says: Mapping[str, Say] = _all()

__all__ = ["Call", "Say", "Writer", "says"]
