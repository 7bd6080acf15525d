"""Telling the story to the services: the same calls that every user makes, many entries in one transaction."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from mazhi.bootstrap import System
from mazhi.demo.company import RULE
from mazhi.demo.days import day_of
from mazhi.demo.masters import enrol
from mazhi.demo.progress import Progress, write_progress
from mazhi.demo.story import Delivery, Entry, Making, Person, Post
from mazhi.demo.supplies import HEADER
from mazhi.kernel.errors import ProgrammingError
from mazhi.kernel.importing.model import ImportRequest
from mazhi.kernel.making.model import Made, MakeRequest
from mazhi.kernel.posting.model import ItemRef, PostRequest

MOST_POSTS = 250
MOST_ITEMS = 5_000
"""So much goes into one transaction: enough that commits cost little, little enough that others need not wait."""


class Teller:
    """Brings entries into the ledger in their order, each exactly once."""

    def __init__(self, system: System, entries: Sequence[Entry], progress: Progress) -> None:
        self._system = system
        self._entries = entries
        self._progress = progress

    def tell(self, on_day: Callable[[date, int], None]) -> Progress:
        """Go on after what is done; ``on_day`` hears of every day that is over, and how many entries are done."""
        waiting: list[Post] = []
        items = 0
        for place, entry in enumerate(self._entries):
            before = day_of(self._entries[place - 1].at) if place else None
            if waiting and (
                not isinstance(entry, Post) or len(waiting) >= MOST_POSTS or items >= MOST_ITEMS
                or day_of(entry.at) != before
            ):  # fmt: skip
                self._commit(waiting, place)
                waiting, items = [], 0
            if before is not None and day_of(entry.at) != before and place > self._progress.done - 1:
                on_day(before, place)
            if isinstance(entry, Making):
                self._make(entry, place)  # repeated when it was done: the answer has the codes
            elif place < self._progress.done:
                continue
            elif isinstance(entry, Delivery):
                self._import(entry, place)
            else:
                waiting.append(entry)
                items += len(entry.machines)
        self._commit(waiting, len(self._entries))
        return self._progress

    def _make(self, entry: Making, place: int) -> None:
        first = entry.machines[0]
        request = MakeRequest(
            product=first.product, rule=str(RULE["code"]), count=len(entry.machines), fields={"line": first.line},
            batch=first.batch, place=entry.place, document=entry.paper.text, occurred_at=entry.at,
            client_key=f"{self._progress.key}:{place}",
        )  # fmt: skip
        made = self._system.making.make(entry.by.actor(), request)
        if not isinstance(made, Made):
            raise ProgrammingError("a line makes more in a day than is made at once")
        for machine, code in zip(entry.machines, made.codes, strict=True):
            machine.code = code

    def _import(self, entry: Delivery, place: int) -> None:
        text = io.StringIO()
        csv.writer(text).writerows([HEADER, *entry.rows])
        actor = entry.by.actor()
        upload = self._system.importing.upload(
            actor, io.BytesIO(text.getvalue().encode("utf-8-sig")), f"外协整机 {entry.paper.text}.csv"
        )
        request = ImportRequest(
            upload, dry_run=False, mode="all", document=entry.paper.text, client_key=f"{self._progress.key}:{place}"
        )
        report = self._system.importing.run(actor, request)
        if isinstance(report, str):
            raise ProgrammingError(f"the import of {entry.paper.text} is another process's job: {report}")

    def _commit(self, posts: Sequence[Post], place: int) -> None:
        """Post these entries, and note that all before ``place`` are done, in one transaction."""
        for post in posts:
            if post.kind == "activate" and isinstance(post.partner, Person):
                enrol(self._system, post.partner)
        posting = self._system.posting
        prepared = []
        for post in posts:
            actor, request = post.by.actor(), _request(post)
            prepared.append((actor, request, posting.prepare(actor, request)))
        progress = replace(self._progress, done=place)
        with self._system.db.write() as tx:
            for actor, request, event_ids in prepared:
                posting.post_in(tx, actor, request, event_ids)
            write_progress(tx, progress)
        self._progress = progress


def _request(post: Post) -> PostRequest:
    partner = post.partner.code if isinstance(post.partner, Person) else post.partner
    data = dict(post.data)
    if post.new is not None:
        data["new"] = post.new.code
    return PostRequest(
        kind=post.kind,
        items=[ItemRef(machine.code, "own") for machine in post.machines],
        quantities=post.quantities,
        from_place=post.source,
        place=post.place,
        partner=partner,
        document=post.paper.text if post.paper else "",
        occurred_at=post.at,
        note=post.note,
        data=data,
    )
