"""What starts flows by itself or from outside, put together."""

from __future__ import annotations

from mazhi.engines.flows.designing import Flows
from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.service import Running
from mazhi.engines.flows.triggers.buttons import Buttons
from mazhi.engines.flows.triggers.clockwork import Clockwork, Skipped
from mazhi.engines.flows.triggers.hooks import Hooks
from mazhi.engines.flows.triggers.scanning import Stations
from mazhi.engines.flows.triggers.starting import Starting
from mazhi.engines.flows.triggers.watching import Watching
from mazhi.kernel.db import Database
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
        self._db = db
        starting = Starting(db, flows, running, ports)
        self.watching = Watching(ports.jobs)
        self.clockwork = Clockwork(db, ports, starting)
        self.buttons = Buttons(db, flows, running, ports)
        self.hooks = Hooks(db, ports)
        self.stations = Stations(db, flows, running, ports, scanning)

    def skipped(self, app: str, form: str, record: int) -> list[Skipped]:
        """Return the dates of a record that start nothing any more; who may see the record is for the caller to say."""
        with self._db.read() as tx:
            return self.clockwork.skipped(tx, app, form, record)

    def start(self) -> None:
        """Set the clocks right when the system starts."""
        self.clockwork.wind()

    def stop(self) -> None:
        """Nothing is left to be done when the system stops."""
