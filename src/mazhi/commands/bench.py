"""``mazhi bench``: the figures, each beside its floor; needs the source tree, where the benchmarks live."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from pathlib import Path

from mazhi.commands import Command

ROOT = Path(__file__).resolve().parents[3]
ENGINES = ("sqlite", "postgresql")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="benchmarks to run; all if none is named")
    parser.add_argument("--engine", choices=ENGINES, action="append", help="on this database only")
    parser.add_argument("--json", action="store_true", help="a line of JSON a figure")


def run(arguments: argparse.Namespace) -> int:
    """Run them and print a line a figure."""
    if not (ROOT / "bench" / "__init__.py").exists():
        print("the benchmarks are in the source tree, which is not here", file=sys.stderr)
        return 2
    sys.path.insert(0, str(ROOT))
    package = importlib.import_module("bench")
    modules = {name: importlib.import_module(f"bench.{name}") for _, name, _ in pkgutil.iter_modules(package.__path__)}
    known = {name: module for name, module in modules.items() if hasattr(module, "run")}
    unknown = [name for name in arguments.names if name not in known]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    for name in arguments.names or known:
        for engine in arguments.engine or ENGINES:
            for figure in known[name].run(engine):
                shown = f"{figure.bench:10} {figure.engine:10} {figure.name:42} {figure.value:>10g} {figure.unit:6}"
                beside = "" if figure.floor is None else f" floor {figure.floor:>9g}  ratio {figure.ratio:g}"
                print(figure.line() if arguments.json else shown + beside, flush=True)
    return 0


KIND = Command("bench", "measure, each figure beside its floor", configure, run)
