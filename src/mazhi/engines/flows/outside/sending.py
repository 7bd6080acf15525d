"""The jobs that send what steps have put together, and tell the steps what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from mazhi.engines.flows.kind import Done
from mazhi.engines.flows.outside import messages
from mazhi.engines.flows.outside.messages import ATTEMPTS, MAIL, PRINT, ROBOT, WEBHOOK
from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Step
from mazhi.engines.flows.waking import Waking, plain_answer
from mazhi.kernel import clock
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, PlatformError, Problem
from mazhi.kernel.jobs.model import Job, problems_of
from mazhi.kernel.jobs.service import JobRun
from mazhi.kernel.outbound import hosts, secrets
from mazhi.kernel.outbound.fetching import Answer, ask

AGAIN = frozenset({"query_unreachable", "mail_unreachable", "flow_answered"})
"""What may be better the next time."""
MOST_SECONDS = 10.0
_LATER = frozenset({408, 425, 429})


class AgainError(Exception):
    """It did not work and is tried again later."""


class Sending:
    """Sends for the flows of one database."""

    def __init__(self, db: Database, ports: Ports, waking: Waking) -> None:
        """Do the jobs of nodes that reach outside."""
        self._db = db
        self._ports = ports
        self._waking = waking
        for kind, work in {
            WEBHOOK: self._webhook, ROBOT: self._robot, MAIL: self._mail, PRINT: self._print,
        }.items():  # fmt: skip
            ports.jobs.handler(kind, self._handler(work), max_attempts=ATTEMPTS, given_up=self._given_up)

    def _handler(self, work: Callable[[JobRun], Mapping[str, Any]]) -> Callable[[JobRun], Mapping[str, Any] | None]:
        def handle(job: JobRun) -> Mapping[str, Any] | None:
            if job.body["waits"] and not self._waking.is_open(int(job.body["step"])):
                return None  # it was withdrawn, sent back or skipped meanwhile
            try:
                return work(job)
            except PlatformError as error:
                if error.code in AGAIN and job.attempt < ATTEMPTS:
                    self._waking.tried(int(job.body["step"]), job.attempt, problems_of(error))
                    raise AgainError(str(error)) from error
                raise

        return handle

    def _given_up(self, job: Job, problems: Sequence[Problem]) -> None:
        """Tell the step, whatever it was: a refusal, the last of many attempts, a process that died each time."""
        if job.body["waits"]:
            self._waking.fail(int(job.body["step"]), problems)
        else:
            self._waking.report(int(job.body["step"]), problems)

    def _webhook(self, job: JobRun) -> Mapping[str, Any]:
        body = job.body
        answer = self._ask(job, str(body["address"]), body["content"], body["headers"], str(body["sign"]))
        if not body["waits"]:
            return {"status": answer.status}
        read = answer.json() if body["fills"] else None
        self._waking.end(int(body["step"]), _taken(body["fills"], answer.status, read))
        return {"status": answer.status}

    def _robot(self, job: JobRun) -> Mapping[str, Any]:
        with self._db.read() as tx:
            held = secrets.read(tx)
        missing = [name for name in (job.body["secret"], job.body["sign"]) if name and name not in held]
        if missing:
            raise ConflictError("unknown_secret", item=missing[0])
        address, body = messages.robot_message(
            str(job.body["robot"]), held[job.body["secret"]], str(job.body["text"]), held.get(job.body["sign"], ""),
            clock.now() // clock.MICROS_PER_SECOND,
        )  # fmt: skip
        answer = self._ask(job, address, body, {}, "", method="POST")
        refusal = messages.robot_refusal(answer.json())
        if refusal:
            raise ConflictError("flow_robot_refused", host=answer.host, reason=refusal)
        return {"status": answer.status}

    def _mail(self, job: JobRun) -> Mapping[str, Any]:
        if self._ports.mail is None:
            raise ConflictError("mail_no_server")
        self._ports.mail.send(job.body["to"], str(job.body["subject"]), str(job.body["text"]), job.id)
        return {"sent": len(job.body["to"])}

    def _print(self, job: JobRun) -> Mapping[str, Any]:
        if self._ports.labels is None:
            raise ConflictError("nothing_to_print")
        body = job.body
        made = self._ports.labels.order(
            job.actor, str(body["label"]), str(body["printer"]), body["items"], copies=int(body["copies"]),
            reason=str(body["reason"]), client_key=job.id,
        )  # fmt: skip
        if body["waits"]:
            self._waking.end(int(body["step"]), plain_answer("ordered", job=made))
        return {"job": made}

    def _ask(
        self, job: JobRun, address: str, body: Any, headers: Mapping[str, Any], sign: str, *, method: str = ""
    ) -> Answer:
        """Ask another system; whatever is not taken is an error.

        Raises:
            PlatformError: It may not be asked, did not answer, or refused.
        """
        with self._db.read() as tx:
            known, held = hosts.read(tx), secrets.read(tx, _host(address))
        method = method or str(job.body["method"])
        content = None if body is None or method == "GET" else messages.content_of(body)
        said = {"Content-Type": "application/json; charset=utf-8"} if content is not None else {}
        said |= messages.headers_of(headers, held)
        said[messages.DELIVERY] = job.id
        if sign:
            at = clock.now() // clock.MICROS_PER_SECOND
            key = messages.headers_of({"key": {"secret": sign}}, held)["key"]
            said[messages.SIGNATURE] = messages.signature(key, at, content or b"")
        seconds = min(float(job.body.get("seconds") or MOST_SECONDS), MOST_SECONDS)
        answer = ask(address, known, method=method, content=content, headers=said, seconds=seconds)
        if answer.good:
            return answer
        later = answer.status >= 500 or answer.status in _LATER
        raise ConflictError("flow_answered" if later else "query_refused", host=answer.host, status=answer.status)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # that it is no address is said by whoever asks it
        return ""


def _taken(fills: list[dict[str, Any]], status: int, read: Any) -> Callable[[Run, Step], Done]:
    """Make what takes an answer: some of it into fields, some of it into the step's data."""

    def answer(run: Run, step: Step) -> Done:
        kept: dict[str, Any] = {}
        values = {}
        for one in fills:
            value = messages.at_path(read, str(one.get("path", "")))
            if one.get("field"):
                values[str(one["field"])] = value
            if one.get("as"):
                kept[str(one["as"])] = value
        if values:
            from mazhi.engines.flows.effects.writing import change

            here = run.instance
            step.data = {
                **step.data, "undo": {"changed": [change(run, here.app, here.form, here.record_id, values)]},
            }  # fmt: skip
        return Done("answered", {"status": status, "answer": kept})

    return answer
