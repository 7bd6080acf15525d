"""What ``mazhi demo`` does: the invented company brought to life in an empty database, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mazhi.bootstrap import System
from mazhi.demo.company import FULL, LINES, MOST_PER_LINE_AND_DAY, R600, R800, USERS
from mazhi.demo.days import WORKING_DAYS
from mazhi.demo.forms import create_forms
from mazhi.demo.labels import create_labels
from mazhi.demo.masters import create_masters
from mazhi.demo.plan import write_story
from mazhi.demo.progress import Progress, read_progress, write_progress
from mazhi.demo.story import Story
from mazhi.demo.telling import Teller
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.access.users import NewUser
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.items.service import ItemFilter

MOST = WORKING_DAYS * len(LINES) * MOST_PER_LINE_AND_DAY
"""More the running number of the code rule does not have."""


@dataclass(frozen=True, slots=True)
class DemoUser:
    """A user of the demo; the password is None where there was one already."""

    name: str
    role: str
    password: str | None


class Demo:
    """The demo of one database."""

    def __init__(self, system: System) -> None:
        self._system = system

    def begin(self, items: int | None, *, add: bool = False) -> tuple[Progress, Story]:
        """Say what is to be told, something new or what an interrupted demo has left, and how far it has come.

        Raises:
            ConflictError: The demo is there already (``demo_loaded``), the database holds items of somebody else
                (``demo_not_empty``, unless ``add``), or an interrupted demo is of another size (``demo_unfinished``)
                or of another version of the program (``demo_changed``).
        """
        with self._system.db.read() as tx:
            known = read_progress(tx)
        if known is None:
            return self._begin_new(items or FULL, add=add)
        if known.finished:
            raise ConflictError("demo_loaded", items=known.items, last=known.last.isoformat())
        if items not in {None, known.items}:
            raise ConflictError("demo_unfinished", items=known.items)
        story = write_story(known.last, known.items)
        if len(story.entries) != known.entries:
            raise ConflictError("demo_changed")
        return known, story

    def _begin_new(self, items: int, *, add: bool) -> tuple[Progress, Story]:
        rows, _ = self._system.items.page(SYSTEM, ItemFilter(), limit=1)
        if rows and not add:
            raise ConflictError("demo_not_empty")
        last = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).date() - timedelta(days=1)
        story = write_story(last, items)
        progress = Progress(items, last, len(story.entries))
        with self._system.db.write() as tx:
            write_progress(tx, progress)
        return progress, story

    def tell(self, progress: Progress, story: Story, on_day: Callable[[date, int], None]) -> Progress:
        """Tell what is left of the story; ``on_day`` hears of each day that is over."""
        self._system.jobs.recover()  # an import that a killed demo has left
        if not progress.done:
            create_masters(self._system, story.days)
            create_labels(self._system)
        return Teller(self._system, story.entries, progress).tell(on_day)

    def finish(self, progress: Progress, on_user: Callable[[DemoUser], None]) -> None:
        """Add the users, each told at once with its password, and note that the demo is complete."""
        create_forms(self._system)
        for name, role in USERS:
            on_user(self._user(name, role))
        with self._system.db.write() as tx:
            write_progress(tx, replace(progress, finished=True))

    def _user(self, name: str, role: str) -> DemoUser:
        try:
            _, password = self._system.access.users.create(SYSTEM, NewUser(name, name, (role,), must_change=False))
        except ConflictError as error:
            if error.code != "already_exists":
                raise
            return DemoUser(name, role, None)
        return DemoUser(name, role, password)

    def figures(self) -> dict[str, int]:
        """Count the purifiers by state."""
        found: Counter[str] = Counter()
        for product in (R800, R600):
            for row in self._system.stock.balances(SYSTEM, {"product": product}):
                found[row["state"]] += row["quantity"]
        return dict(found)
