"""What flows ask of the other engines; whoever builds the system hands them in.

Engines do not know each other: forms and labels have what is described here, in their own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from mazhi.engines.facts import FormFacts, Goods, State
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.codes.service import CodeRules
from mazhi.kernel.counters.purse import Purse
from mazhi.kernel.counts.service import Counts
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.jobs.service import Jobs
from mazhi.kernel.mailing.service import Mailing
from mazhi.kernel.making.service import Making
from mazhi.kernel.notices.service import Notices
from mazhi.kernel.posting.service import Posting
from mazhi.kernel.recalls.service import Recalls
from mazhi.kernel.reservations.service import Reservations


class Records(Protocol):
    """The records of forms, within the caller's transaction. Values are JSON by codes, as clients give and get them."""

    def form(self, tx: Tx, app: str, form: str) -> FormFacts:
        """Return the version in force.

        Raises:
            NotFoundError: There is no such form.
            ConflictError: It was never published.
        """
        ...

    def values(self, tx: Tx, app: str, form: str, number: int) -> Mapping[str, Any] | None:
        """Return what a record holds, whole; None where there is no such record, or it was deleted."""
        ...

    def scope(self, tx: Tx, app: str, form: str, number: int) -> Callable[[str], object]:
        """Return what gives formulas the fields of a record by their (dotted) names."""
        ...

    def change(
        self,
        tx: Tx,
        actor: Actor,
        purse: Purse,
        app: str,
        form: str,
        number: int,
        values: Mapping[str, Any],
        states: Mapping[str, State] | None,
    ) -> None:
        """Change a record with every rule of its form, by the rights of a step in place of the actor's own.

        ``states`` by the ids of fields; what is missing in it is read-only, None: everything may be written.

        Raises:
            InvalidInputError: Values are wrong, or a required one is missing; every fault is named.
            ConflictError: A unique value is taken.
        """
        ...

    def create(
        self, tx: Tx, actor: Actor, purse: Purse, app: str, form: str, values: Sequence[Mapping[str, Any]]
    ) -> list[int]:
        """Add records with every rule of their form and return their numbers."""
        ...

    def find(self, tx: Tx, app: str, form: str, filter_: object, limit: int) -> list[tuple[int, Mapping[str, Any]]]:
        """Return the records that a filter lets through, in the order of their numbers, whole."""
        ...

    def numbers(
        self, tx: Tx, app: str, form: str, filter_: object, after: int | None, limit: int, *, actor: Actor = SYSTEM
    ) -> list[int]:
        """Return the numbers of records that a filter lets through and somebody may see, the newest first.

        They are those that are older than ``after``; None as a filter lets everything through.
        """
        ...

    def seen(self, tx: Tx, actor: Actor, app: str, form: str, numbers: Sequence[int]) -> set[int]:
        """Return which of some records somebody may see."""
        ...

    def conceals(self, tx: Tx, actor: Actor, app: str, form: str, number: int) -> bool:
        """Tell whether somebody may see a record by their own rights, but not all of it."""
        ...

    def shown(
        self, tx: Tx, app: str, form: str, number: int, states: Mapping[str, State] | None
    ) -> tuple[int, Mapping[str, Any]]:
        """Return the version of a record and what a step may see of it: nothing hidden, and masked what is masked.

        Raises:
            NotFoundError: There is no such record.
        """
        ...

    def remove(self, tx: Tx, actor: Actor, app: str, form: str, numbers: Mapping[int, int]) -> None:
        """Take records out of use, each in the version that the caller knows.

        Raises:
            NotFoundError: One of them is not there.
            ConflictError: One of them was changed since.
        """
        ...

    def may(self, tx: Tx, actor: Actor, app: str, form: str, action: Literal["view", "create", "change"]) -> bool:
        """Tell whether somebody may do something with at least some records of a form."""
        ...

    def misfits(self, tx: Tx, actor: Actor, app: str, form: str, values: Mapping[str, Any]) -> list[Problem]:
        """Say which of some values their fields would not take, with pointers such as ``/values/amount``."""
        ...

    def goods(self, tx: Tx, lists: Sequence[str]) -> Goods:
        """Return what stands right in scan lists, by the values of their fields."""
        ...

    def keep(self, tx: Tx, actor: Actor, app: str, form: str, field: str, goods: Goods) -> str:
        """Make a scan list of goods for a field (by its id) of a record that is changed next; return its value."""
        ...


class Labels(Protocol):
    """Printing: checked within the caller's transaction, ordered after it."""

    def faults(self, tx: Tx, label: str, printer: str) -> Iterable[Problem]:
        """Say what of a template and a printer is not there, or not ready."""
        ...

    def order(
        self, actor: Actor, label: str, printer: str, items: Sequence[str], *, copies: int, reason: str, client_key: str
    ) -> str:
        """Order labels in a transaction of its own and return the print job; the same key again orders nothing.

        Raises:
            PlatformError: They cannot be printed, with every reason.
        """
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything that nodes reach: other engines as protocols, the kernel's services as they are."""

    records: Records
    posting: Posting
    notices: Notices
    jobs: Jobs
    codes: CodeRules
    making: Making | None = None
    labels: Labels | None = None
    recalls: Recalls | None = None
    counts: Counts | None = None
    reservations: Reservations | None = None
    mail: Mailing | None = None
    confirm: Callable[[Actor, str, str], None] | None = None
    """Proves anew, by a password given at an address, that somebody is who they are; refuses by raising."""
    ended: tuple[Callable[[Any], None], ...] = ()
    """Who wants to know, within the transaction, that an instance has ended (its ``Run`` is given)."""
