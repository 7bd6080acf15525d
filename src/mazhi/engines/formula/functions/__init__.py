"""The functions of the formula language, a file a family; every module binds its ``FUNCTIONS``."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterator

from mazhi.engines.formula.function import Function
from mazhi.kernel.errors import ProgrammingError


class Functions:
    """All functions, by English and Chinese name."""

    def __init__(self) -> None:
        """Import every module of this package and collect its ``FUNCTIONS``.

        Raises:
            ProgrammingError: Two functions share a name, or a module has none.
        """
        self._all: list[Function] = []
        self._by_name: dict[str, Function] = {}
        for found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
            module = importlib.import_module(f"{__name__}.{found.name}")
            declared: tuple[Function, ...] | None = getattr(module, "FUNCTIONS", None)
            if not declared:
                raise ProgrammingError(f"{module.__name__} must define FUNCTIONS")
            for function in declared:
                self._all.append(function)
                for name in (function.name, function.zh):
                    if name in self._by_name:
                        raise ProgrammingError(f"two functions are named {name}")
                    self._by_name[name] = function

    def __iter__(self) -> Iterator[Function]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, name: str) -> Function:
        return self._by_name[name]

    def find(self, name: str) -> Function | None:
        """Return the function of that name, in either language and any case."""
        return self._by_name.get(name.upper())

    def near(self, name: str) -> str:
        """Return the name that was probably meant, or nothing."""
        found = difflib.get_close_matches(name.upper()[:40], self._by_name, 1, 0.6)
        return found[0] if found else ""


functions = Functions()
