"""Exporting flows as BPMN 2.0."""

from __future__ import annotations

from mazhi.engines.flows.bpmn.writing import write
from mazhi.engines.flows.designing import Flows
from mazhi.kernel.db import Database


class Bpmn:
    """The flows of one database as XML."""

    def __init__(self, db: Database, flows: Flows) -> None:
        """Work on that database."""
        self._db = db
        self._flows = flows

    def export(self, app: str, code: str, *, version: int | None = None) -> bytes:
        """Return a published version as XML, without a number the one in force.

        Raises:
            NotFoundError: There is no such flow or version.
            ConflictError: The flow was never published (code ``flow_not_published``).
        """
        design = self._flows.get(app, code)
        with self._db.read() as tx:
            number, flow = version, None
            if version is None:
                _, number, flow = self._flows.in_force(tx, app, code)
            else:
                flow = self._flows.version(tx, design.id, design.code, version)
        return write(flow, code, design.name, number or 0)
