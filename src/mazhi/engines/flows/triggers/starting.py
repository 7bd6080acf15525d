"""Starting flows that nobody waits for: in pages of one transaction, each exactly once, and what fails is visible."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mazhi.engines.flows import store as rows
from mazhi.engines.flows.designing import Flows
from mazhi.engines.flows.family import node_kinds
from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.running.failing import fail
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.service import Running, title_of
from mazhi.engines.flows.triggers import store
from mazhi.kernel import clock
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import PlatformError
from mazhi.kernel.jobs.model import JobCancelledError, JobLostError, JobReleasedError, problems_of
from mazhi.kernel.jobs.service import JobRun

START = "flow_start"
"""The kind of job that starts flows on records."""
PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """One flow that is to be started on one record.

    Attributes:
        app: The code of the app.
        flow: The code of the flow.
        record: The record.
        cursor: Where the job stands when it is done.
    """

    app: str
    flow: str
    record: int
    cursor: Any


@dataclass(frozen=True, slots=True)
class Why:
    """What it is started by.

    Attributes:
        origin: As the instance says it.
        depth: How many flows started one another to come to this.
        cause: The instance whose doing it is; 0 for none.
        keep: Of those that are wanted, which are still to be started; asked in the transaction that starts them.
    """

    origin: str
    depth: int = 0
    cause: int = 0
    keep: Callable[[Tx, Sequence[Wanted]], Sequence[Wanted]] = lambda _tx, wanted: wanted


class Starting:
    """Starts flows for jobs."""

    def __init__(self, db: Database, flows: Flows, running: Running, ports: Ports) -> None:
        """Work on that database, and take jobs of the kind ``flow_start``."""
        self._db = db
        self._flows = flows
        self._running = running
        self._ports = ports
        ports.jobs.handler(START, self.run)

    def run(self, job: JobRun) -> Mapping[str, object]:
        """Start flows on the records that a job names."""
        named = [
            (one["app"], one["flow"], record) for one in job.body["starts"] for record in one["records"]
        ]  # fmt: skip
        wanted = [Wanted(*one, cursor=place) for place, one in enumerate(named, 1)]
        why = Why(job.body["origin"], job.body["depth"], job.body["cause"])
        for place in range(job.cursor or 0, len(wanted), PAGE):
            self.page(job, wanted[place : place + PAGE], why)
        return {"records": len(wanted)}

    def page(self, job: JobRun, wanted: Sequence[Wanted], why: Why) -> None:
        """Start some flows in one transaction; if one of them cannot go on, each in its own."""
        try:
            with_purse(lambda purse: self._together(purse, job, wanted, why))
        except (JobLostError, JobCancelledError, JobReleasedError):
            raise
        except PlatformError as error:
            if len(wanted) > 1:
                for one in wanted:
                    self.page(job, [one], why)
            else:
                failure = error
                with_purse(lambda purse: self._failed(purse, job, wanted[0], why, failure))

    def _together(self, purse: Purse, job: JobRun, wanted: Sequence[Wanted], why: Why) -> None:
        with self._db.write() as tx:
            for one in why.keep(tx, wanted):
                if self._is_free(tx, one):
                    instance = self._running.start_within(
                        tx, purse, job.actor, one.app, one.flow, one.record, authority="flow", origin=why.origin,
                        depth=why.depth, cause=why.cause,
                    )  # fmt: skip
                    del instance
            job.checkpoint(tx, done=job.done + len(wanted), cursor=wanted[-1].cursor)

    def _is_free(self, tx: Tx, one: Wanted) -> bool:
        """Tell whether the record is still there, and the flow does not run on it already."""
        flow_id, _, drawn = self._flows.in_force(tx, one.app, one.flow)
        form = self._ports.records.form(tx, one.app, drawn.form)
        if not drawn.root.options.get("again"):
            store.hold_start(tx, flow_id, one.record)
            if (flow_id, one.record) in store.runs(tx, form.id, [one.record]):
                return False
        return self._ports.records.values(tx, one.app, drawn.form, one.record) is not None

    def _failed(self, purse: Purse, job: JobRun, one: Wanted, why: Why, error: PlatformError) -> None:
        """Leave an instance that could not go on at its beginning, and tell who manages flows."""
        with self._db.write() as tx:
            if why.keep(tx, [one]):
                flow_id, version, drawn = self._flows.in_force(tx, one.app, one.flow)
                form, now = self._ports.records.form(tx, one.app, drawn.form), clock.now()
                instance = rows.add_instance(
                    tx, flow_id=flow_id, version=version, app=one.app, flow=one.flow, form=drawn.form, form_id=form.id,
                    record_id=one.record, title="", state="running", starter_id=job.actor.user_id,
                    starter=job.actor.name, origin=why.origin, parent_step=0, depth=why.depth, started_at=now,
                )  # fmt: skip
                run = Run(tx, purse, self._ports, node_kinds, job.actor, drawn, instance)
                instance.title = title_of(run, form.name)
                if why.cause:
                    store.caused(tx, instance.id, why.cause)
                root = drawn.root
                step = rows.add_step(tx, flow_id, instance_id=instance.id, node=root.id, kind=root.kind, entered_at=now)
                run.note("start", root, step, origin=why.origin)
                fail(run, step, problems_of(error))
                run.close()
            job.checkpoint(tx, done=job.done + 1, cursor=one.cursor)
