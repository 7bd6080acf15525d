"""Processes that tests start and kill: forked from one that has imported the system, so that each is there at once.

A new interpreter would import for longer than such a process lives.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import sys
from multiprocessing.connection import Connection

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["mazhi.bootstrap"])


class Worker:
    """A process of its own that runs the ``main`` of a module with these arguments."""

    def __init__(self, module: str, *arguments: object) -> None:
        """Start it."""
        there_in, here_in = _forks.Pipe(duplex=False)
        here_out, there_out = _forks.Pipe(duplex=False)
        words = [str(one) for one in arguments]
        self._process = _forks.Process(target=_work, args=(module, words, there_in, there_out), daemon=True)
        self._process.start()
        there_in.close()
        there_out.close()
        self._in = os.fdopen(os.dup(here_in.fileno()), "w", encoding="utf-8")
        self._out = os.fdopen(os.dup(here_out.fileno()), encoding="utf-8")
        here_in.close()
        here_out.close()

    def hear(self) -> str:
        """Wait for the next line that it writes; what it says at its end, where there is none."""
        return self._out.readline()

    def say(self, line: str) -> None:
        """Write a line for it to read."""
        self._in.write(f"{line}\n")
        self._in.flush()

    def kill(self) -> None:
        """End it without warning (SIGKILL), and wait until it is gone."""
        self._process.kill()
        self._end(60)

    def end(self, seconds: float = 120) -> int:
        """Let it read no more, wait until it ends by itself, and return its exit code."""
        self._in.close()
        return self._end(seconds)

    def _end(self, seconds: float) -> int:
        self._process.join(seconds)
        code = self._process.exitcode
        assert code is not None, "it does not end"
        self._process.close()
        self._in.close()
        self._out.close()
        return code


def _work(module: str, words: list[str], reading: Connection, writing: Connection) -> None:
    """Give the new process its streams and arguments, and run it."""
    os.dup2(reading.fileno(), 0)
    os.dup2(writing.fileno(), 1)
    reading.close()
    writing.close()
    sys.stdin, sys.stdout = os.fdopen(0, encoding="utf-8"), os.fdopen(1, "w", encoding="utf-8")
    sys.argv = [module, *words]
    importlib.import_module(module).main()
