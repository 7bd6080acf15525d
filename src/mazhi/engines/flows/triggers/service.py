"""What starts flows by itself or from outside, put together."""

from __future__ import annotations

from mazhi.engines.flows.designing import Flows
from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.service import Running
from mazhi.engines.flows.triggers.allowed import require_start
from mazhi.engines.flows.triggers.buttons import Buttons
from mazhi.engines.flows.triggers.clockwork import Clockwork
from mazhi.engines.flows.triggers.hooks import Hooks
from mazhi.engines.flows.triggers.scanning import Stations
from mazhi.engines.flows.triggers.starting import Starting
from mazhi.engines.flows.triggers.watching import Watching
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import NotFoundError
from mazhi.kernel.scanning.service import Scanning


class Triggers:
    """The triggers of one database.

    Attributes:
        watching: Looks at records that are written; to be added to the watchers of the records.
        clockwork: Takes moments.
        buttons: Buttons on records.
        hooks: Webhooks.
        stations: Scans that start flows.
    """

    def __init__(self, db: Database, flows: Flows, running: Running, ports: Ports, scanning: Scanning) -> None:
        """Work on that database, and take the jobs of triggers."""
        self._db, self._flows, self._ports = db, flows, ports
        starting = Starting(db, flows, running, ports)
        self.watching = Watching(ports.jobs)
        self.clockwork = Clockwork(db, ports, starting)
        self.buttons = Buttons(db, flows, running, ports)
        self.hooks = Hooks(db, ports)
        self.stations = Stations(db, flows, running, ports, scanning)

    def require(self, actor: Actor, app: str, flow: str, record: int) -> None:
        """Refuse somebody who may not start a flow on a record: whoever starts it sees the record through it.

        Raises:
            NotFoundError: There is no such flow, or no such record that they see (code ``unknown_record``).
            ForbiddenError: They may not (code ``flow_may_not_start``).
        """
        with self._db.read() as tx:
            drawn = self._flows.in_force(tx, app, flow)[2]
            require_start(tx, self._ports, actor, app, flow, drawn, record)
            if record not in self._ports.records.seen(tx, actor, app, drawn.form, [record]):
                raise NotFoundError("unknown_record", item=str(record))

    def start(self) -> None:
        """Set the clocks right when the system starts."""
        self.clockwork.wind()

    def stop(self) -> None:
        """Nothing is left to be done when the system stops."""
