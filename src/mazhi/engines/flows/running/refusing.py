"""Refusals of automatic nodes: which node could not do its thing is said with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.run import Run
from mazhi.kernel.errors import ConflictError, PlatformError, Problem


@contextmanager
def refused_at(run: Run, node: Node) -> Iterator[None]:
    """Say at which node something was refused, keeping every reason.

    Raises:
        ConflictError: What was refused inside (code ``flow_step_refused``, the reasons as problems).
    """
    try:
        yield
    except PlatformError as error:
        problems = error.problems or [Problem(error.code, dict(error.params))]
        title = node.title or run.kind(node).zh
        raise ConflictError("flow_step_refused", problems=problems, item=title, node=node.id) from error
