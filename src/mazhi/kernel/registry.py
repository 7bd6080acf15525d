"""The kinds of one family, found by walking its package: adding a kind is adding a file."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Generic, Protocol, TypeVar

from mazhi.kernel.errors import InvalidInputError, ProgrammingError


class Kind(Protocol):
    """What every kind of every family has."""

    @property
    def name(self) -> str:
        """The kind's name, which is also its module's name."""
        ...


K = TypeVar("K", bound=Kind)


class Registry(Generic[K]):
    """The kinds of one family, by name, in alphabetical order."""

    def __init__(self, package: ModuleType) -> None:
        """Import every module of ``package`` and collect its ``KIND``.

        Raises:
            ProgrammingError: A module has no ``KIND``, or one that is not named like its module.
        """
        self.family = package.__name__.rsplit(".", 1)[-1]
        self._kinds: dict[str, K] = {}
        for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda module: module.name):
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            kind: K | None = getattr(module, "KIND", None)
            if kind is None:
                raise ProgrammingError(f"{module.__name__} must define KIND")
            if kind.name != found.name:
                raise ProgrammingError(f"{module.__name__} defines {kind.name!r}; a module is named like its kind")
            self._kinds[kind.name] = kind

    def __getitem__(self, name: str) -> K:
        """Return the kind of that name.

        Raises:
            InvalidInputError: There is none (code ``unknown_kind``).
        """
        try:
            return self._kinds[name]
        except KeyError:
            raise InvalidInputError(
                "unknown_kind", family=self.family, kind=name, known=", ".join(self._kinds)
            ) from None

    def __contains__(self, name: object) -> bool:
        return name in self._kinds

    def __iter__(self) -> Iterator[K]:
        return iter(self._kinds.values())

    def __len__(self) -> int:
        return len(self._kinds)
