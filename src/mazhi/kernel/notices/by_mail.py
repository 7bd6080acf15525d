"""Notices by mail: to whoever has an address and wants such notices there, one mail each, so that nobody sees others'.

What leaves the transaction is who is told and of which notice. The address is looked up when the mail is written: it
stands in no job, and whoever has unsubscribed meanwhile gets nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from mazhi.kernel import texts
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, Problem
from mazhi.kernel.jobs.service import JobRun, Jobs
from mazhi.kernel.mailing.service import Mailing
from mazhi.kernel.notices import store, topics

JOB = "notice_mail"
ATTEMPTS = 5


class MailAgainError(Exception):
    """The server was not to be reached, and is tried again later."""


class NoticeMail:
    """Mails of one system; without a server there are none."""

    def __init__(self, db: Database, jobs: Jobs, mailing: Mailing | None, *, site: str = "") -> None:
        """Hand mails to that server; ``site`` is where the system is found, for the links in them."""
        self._db = db
        self._jobs = jobs
        self._mailing = mailing
        self._site = site.rstrip("/")
        jobs.handler(JOB, self._run, max_attempts=ATTEMPTS)

    @property
    def ready(self) -> bool:
        """Whether there is a server."""
        return self._mailing is not None and self._mailing.ready

    def told(self, tx: Tx, kind: str, pairs: Sequence[tuple[int, int]]) -> None:
        """Leave a notice, by user and number, to a job that mails it to those who want it by mail."""
        topic = topics.topic_of(kind)
        if not topic or not self.ready:
            return
        wanted = store.by_mail(tx, {user for user, _ in pairs}, topic)
        self._leave(tx, [[user, number] for user, number in pairs if user in wanted], {})

    def write(self, tx: Tx, users: Collection[int], subject: str, text: str) -> int:
        """Leave a mail to some people to a job; return to how many: who has no address, or wants no mail, gets none."""
        wanted = store.by_mail(tx, users, "") if self.ready else {}
        self._leave(tx, [[user, 0] for user in sorted(wanted)], {"subject": subject, "text": text})
        return len(wanted)

    def _leave(self, tx: Tx, pairs: list[list[int]], said: dict[str, str]) -> None:
        if pairs:
            self._jobs.enqueue(tx, JOB, {"to": pairs, **said}, actor=SYSTEM, total=len(pairs))

    def _run(self, run: JobRun) -> dict[str, Any]:
        to: list[list[int]] = run.body["to"]
        for place in range(int(run.cursor or 0), len(to)):
            user, number = to[place]
            self._send(run, user, number)
            with self._db.write() as tx:
                run.checkpoint(tx, done=place + 1, cursor=place + 1)
        return {"sent": len(to) - len(run.errors)}

    def _send(self, run: JobRun, user: int, number: int) -> None:
        with self._db.read() as tx:
            row = store.recipient(tx, user)
            notice = store.one(tx, user, number) if number else None
        if row is None or self._mailing is None or (number and notice is None):
            return  # shut out, or without an address by now
        if notice is not None and topics.topic_of(notice.kind) not in topics.chosen(row.mails):
            return
        if notice is None:
            subject, text = str(run.body["subject"]), str(run.body["text"])
        else:
            subject = text = texts.message(notice.kind, row.language, dict(notice.params))
            if self._site and notice.link:
                text = f"{text}\n\n{self._site}{notice.link}"
        text = f"{text}\n\n{texts.message('mail_foot', row.language, {})}"
        try:
            self._mailing.send([row.email], subject, text, f"{run.id}.{user}")
        except ConflictError as error:
            if error.code == "mail_unreachable" and run.attempt < ATTEMPTS:
                raise MailAgainError(str(error)) from error
            # What the server says may name the address, which whoever looks at jobs is not told.
            run.errors.append(Problem(error.code, {"host": error.params.get("host", ""), "reason": "—"}))
