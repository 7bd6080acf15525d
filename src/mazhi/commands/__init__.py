"""The command line's commands: one module per command, which binds it to ``KIND``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One command of ``mazhi``.

    Attributes:
        name: What is typed, and the name of its module.
        help: One line for ``mazhi --help``.
        configure: Adds the command's arguments to its parser.
        run: Does it and returns the exit code.
    """

    name: str
    help: str
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
