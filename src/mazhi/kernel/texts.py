"""The words that the server says, in Chinese and English.

Each package may hold a ``texts.toml``: a table per code with ``zh`` and ``en`` (the message), ``zh_advice`` and
``en_advice`` (what to do). All are read once; the same code in two files must not happen.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal

from mazhi.kernel.errors import ProgrammingError

Language = Literal["zh", "en"]


def _files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name not in {"static", "__pycache__"}:
                found += _files(entry)
        elif entry.name == "texts.toml":
            found.append(entry)
    return found


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return every text by code.

    Raises:
        ProgrammingError: A code stands in two files.
    """
    texts: dict[str, dict[str, str]] = {}
    for file in _files(resources.files("mazhi")):
        for code, entry in tomllib.loads(file.read_text("utf-8")).items():
            if code in texts:
                raise ProgrammingError(f"text {code!r} is defined twice, again in {file}")
            texts[code] = entry
    return texts


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return ""


def message(code: str, language: Language, params: dict[str, object]) -> str:
    """Say what a code means, its placeholders filled; an unknown code is said as itself."""
    return _fill(catalogue().get(code, {}).get(language, code), params)


def advice(code: str, language: Language, params: dict[str, object]) -> str:
    """Say what to do about a code; empty if there is nothing to add."""
    return _fill(catalogue().get(code, {}).get(f"{language}_advice", ""), params)


def _fill(template: str, params: dict[str, object]) -> str:
    return template.format_map(_Lenient(params))
