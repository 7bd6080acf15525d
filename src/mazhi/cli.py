"""The command line ``mazhi``: its commands are the modules of ``mazhi.commands``."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence

from mazhi import commands
from mazhi.commands import Command
from mazhi.kernel import texts
from mazhi.kernel.errors import PlatformError
from mazhi.kernel.registry import Registry

CYCLES = (50_000, 20, 50)
"""How seldom cycles of garbage are looked for: a job that holds 100,000 records was slowed by a third by Python's usual
700, looking through them again and again for cycles that they do not have."""


def parser() -> argparse.ArgumentParser:
    """Build the parser with a sub-parser per command."""
    top = argparse.ArgumentParser(prog="mazhi", description="码志: one item, one code, and its whole life.")
    choices = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in Registry[Command](commands):
        sub = choices.add_parser(command.name, help=command.help, description=command.help)
        command.configure(sub)
        sub.set_defaults(run=command.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    chosen = parser().parse_args(arguments)
    gc.set_threshold(*CYCLES)
    try:
        code: int = chosen.run(chosen)
    except PlatformError as error:
        for line in explain(error):
            print(line, file=sys.stderr)
        return 2
    return code


def explain(error: PlatformError) -> list[str]:
    """Say in lines what was refused, in Chinese."""
    lines = [f"mazhi: {texts.message(error.code, 'zh', error.params)} ({error.code})"]
    if advice := texts.advice(error.code, "zh", error.params):
        lines.append(f"  {advice}")
    for problem in error.problems:
        params = {"item": problem.item or "", **problem.params}
        lines.append(f"  {texts.message(problem.code, 'zh', params)} ({problem.code})")
    return lines
