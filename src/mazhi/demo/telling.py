"""Telling the story to the services: the same calls that every user makes, many entries in one transaction."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from mazhi.bootstrap import System
from mazhi.demo.company import RULE
from mazhi.demo.days import day_of
from mazhi.demo.masters import enrol
from mazhi.demo.progress import Progress, write_progress
from mazhi.demo.story import Delivery, Entry, Handling, Making, Opening, Person, Post
from mazhi.demo.supplies import HEADER
from mazhi.kernel.errors import ConflictError, ProgrammingError
from mazhi.kernel.importing.model import ImportRequest
from mazhi.kernel.making.model import Made, MakeRequest
from mazhi.kernel.posting.model import ItemRef, PostRequest
from mazhi.kernel.recalls.model import ActionRequest, OpenRequest

MOST_POSTS = 250
MOST_ITEMS = 5_000
"""So much goes into one transaction: enough that commits cost little, little enough that others need not wait."""


class Teller:
    """Brings entries into the ledger in their order, each exactly once."""

    def __init__(self, system: System, entries: Sequence[Entry], progress: Progress) -> None:
        self._system = system
        self._entries = entries
        self._progress = progress
        self._recall = ""

    def tell(self, on_day: Callable[[date, int], None]) -> Progress:
        """Go on after what is done; ``on_day`` hears of every day that is over, and how many entries are done."""
        day, known = None, self._progress.done
        for place, chunk in _chunks(self._entries):
            first, today = chunk[0], day_of(chunk[0].at)
            if day not in {None, today} and place > known:
                on_day(day_of(self._entries[place - 1].at), place)
            day = today
            if isinstance(first, Making):
                self._make(first, place)  # done or not: the answer has the codes
            elif isinstance(first, Delivery):
                if place >= self._progress.done:
                    self._import(first, place)
            elif isinstance(first, Opening | Handling):
                self._call_back(first, place)
            else:
                done = max(0, self._progress.done - place)
                self._commit([entry for entry in chunk[done:] if isinstance(entry, Post)], place + len(chunk))
        return self._progress

    def _make(self, entry: Making, place: int) -> None:
        first = entry.machines[0]
        rule, fields = (None, {}) if entry.typed else (str(RULE["code"]), {"line": first.line})
        request = MakeRequest(
            product=first.product, rule=rule, codes=entry.typed or None, count=len(entry.machines), fields=fields,
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
            # A server has taken up what a killed demo left.
            raise ConflictError("demo_import_elsewhere", job=report)

    def _call_back(self, entry: Opening | Handling, place: int) -> None:
        """Open the recall, or note what was done; the client key makes a repeat harmless."""
        recalls, actor, key = self._system.recalls, entry.by.actor(), f"{self._progress.key}:{place}"
        if isinstance(entry, Opening):
            opening = OpenRequest(entry.name, entry.criteria, occurred_at=entry.at, confirmed=True, client_key=key)
            self._recall = str(recalls.open(actor, opening)["id"])
            self._system.jobs.run_pending()
            return
        request = ActionRequest(
            entry.kind, [ItemRef(machine.code, "own") for machine in entry.machines], measure=entry.measure,
            due=entry.due, occurred_at=entry.at, client_key=key,
        )  # fmt: skip
        recalls.act(actor, self._recall, request)

    def _commit(self, posts: Sequence[Post], place: int) -> None:
        """Post these entries, and note that all before ``place`` are done, in one transaction."""
        if not posts:
            return
        posting = self._system.posting
        prepared = []
        for post in posts:
            actor, request = post.by.actor(), _request(post)
            prepared.append((post, actor, request, posting.prepare(actor, request)))
        progress = replace(self._progress, done=place)
        with self._system.db.write() as tx:
            for post, actor, request, event_ids in prepared:
                if post.kind == "activate" and isinstance(post.partner, Person):
                    enrol(self._system, tx, post.partner)
                posting.post_in(tx, actor, request, event_ids)
            write_progress(tx, progress)
        self._progress = progress


def _chunks(entries: Sequence[Entry]) -> Iterator[tuple[int, Sequence[Entry]]]:
    """Split entries into what is done at once, with its place: one of another kind, or some posts of one day."""
    start = items = 0
    for place, entry in enumerate(entries):
        first = entries[start]
        alone = not isinstance(entry, Post) or not isinstance(first, Post)
        full = place - start >= MOST_POSTS or items >= MOST_ITEMS
        if place > start and (alone or full or day_of(entry.at) != day_of(first.at)):
            yield start, entries[start:place]
            start, items = place, 0
        items += len(entry.machines)
    yield start, entries[start:]


def _request(post: Post) -> PostRequest:
    partner = post.partner.code if isinstance(post.partner, Person) else post.partner
    data = dict(post.data)
    if post.new is not None:
        data["new"] = post.new.code
    if post.parts or post.materials:
        data["components"] = [
            *({"item": part.code} for part in post.parts),
            *({"product": product, "batch": batch, "quantity": 1} for product, batch in post.materials),
        ]
    if post.out is not None and post.into is not None:
        data |= {"out": {"item": post.out.code}, "in": {"item": post.into.code}}
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
