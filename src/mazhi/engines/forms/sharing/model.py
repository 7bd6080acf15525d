"""What a public link is, what it shows, and what keeps robots off it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Field, Form
from mazhi.engines.forms.records.model import flat
from mazhi.engines.forms.rights.model import State
from mazhi.kernel import clock

TOKEN_BYTES = 24
LEAST_SECONDS = 2
"""Whoever sends a form sooner than this after opening it is no person."""
TICKET_HOURS = 24
PER_ADDRESS = 20
"""So many records one address may send through one link in a window."""
PER_LINK = 300
"""So many records one link takes in a window, from wherever."""
VIEWS_PER_ADDRESS = 240
WINDOW = 600 * clock.MICROS_PER_SECOND
MOST_ROWS = 200
"""So many rows a sub-table of a public form takes."""
LONGEST_BODY = 256 * 1024


@dataclass(frozen=True, slots=True)
class Link:
    """A link (公开链接) to a form.

    Attributes:
        id: Its number.
        name: What its makers call it; records say it was through this link.
        role: The code of the role whose rights it has.
        fields: Ids of the fields that it shows.
        lookups: Ids of the reference fields in which those who fill in may look things up.
        expires_at: When it ends by itself; None: never.
        most: How many records it takes; None: any number.
        used: How many it has taken.
        active: Whether it was not switched off.
        thanks: What is shown when a record was sent.
        version: Grows by one with each change.
    """

    id: int
    name: str
    role: str
    fields: Sequence[str]
    lookups: Sequence[str]
    expires_at: int | None
    most: int | None
    used: int
    active: bool
    thanks: str
    created_at: int
    created_by: str
    version: int

    def open(self, now: int) -> bool:
        """Tell whether it takes records."""
        return (
            self.active
            and (self.expires_at is None or now < self.expires_at)
            and (self.most is None or self.used < self.most)
        )


def new_token() -> str:
    """Make a link's secret: it is shown once and never stored."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """Return what is stored of a token; it is random and long, so that a plain hash keeps it."""
    return hashlib.sha256(b"link:" + token.encode("utf-8", "replace")).hexdigest()


def ticket(token_hash: str, now: int) -> str:
    """Write down when a form was opened, so that nobody can say otherwise."""
    return f"{now}.{_sign(token_hash, now)}"


def ticket_good(written: str, token_hash: str, now: int) -> bool:
    """Tell whether a form was opened long enough ago for a person, and not too long."""
    at, _, sign = written.partition(".")
    if not at.isascii() or not at.isdigit() or len(at) > 20 or not sign.isascii():
        return False
    opened = int(at)
    if not hmac.compare_digest(sign, _sign(token_hash, opened)):
        return False
    age = now - opened
    return LEAST_SECONDS * clock.MICROS_PER_SECOND <= age <= TICKET_HOURS * 3600 * clock.MICROS_PER_SECOND


def _sign(token_hash: str, at: int) -> str:
    return hmac.new(token_hash.encode(), str(at).encode(), hashlib.sha256).hexdigest()[:32]


def can_show(one: Field, lookups: Sequence[str]) -> bool:
    """Tell whether a public form can show a field at all: never what lists records or takes files."""
    kind = field_kinds[one.kind]
    if kind.holds in {"layout", "rows"}:
        return True
    if kind.derive is not None or kind.issue is not None or kind.compute is not None or kind.saved is not None:
        return False
    if kind.reference is not None:
        return one.id in lookups and not kind.reference.by_options
    return True


def shown(form: Form, link: Link, states: Mapping[str, State]) -> Form:
    """Return a form as a link shows it: chosen fields alone, and of those what its role may write."""

    def keep(fields: tuple[Field, ...]) -> tuple[Field, ...]:
        found = []
        for one in fields:
            kind = field_kinds[one.kind]
            inner = keep(one.fields)
            if kind.holds == "layout":
                if inner or (not kind.contains and one.id in link.fields):
                    found.append(replace(one, fields=inner))
            elif one.id in link.fields and states.get(one.id) == "writable" and can_show(one, link.lookups):
                found += [replace(one, fields=inner)] if kind.holds != "rows" or inner else []
        return tuple(found)

    return Form(keep(form.fields))


def lacking(form: Form, visible: Form) -> list[Field]:
    """Return the required fields that a public form does not show and that nothing else fills."""
    there = {one.id for one in visible.walk()}
    return [
        one
        for one in flat(form.fields, field_kinds)
        if one.required and one.default is None and one.id not in there and field_kinds[one.kind].issue is None
    ]


def only(visible: tuple[Field, ...], values: Mapping[str, Any], pointer: str = "/values") -> list[str]:
    """Return where values stand that a public form does not ask for."""
    known = {one.code: one for one in flat(visible, field_kinds)}
    wrong = [f"{pointer}/{code}" for code in values if code not in known]
    for code, one in known.items():
        rows = values.get(code)
        if one.fields and isinstance(rows, list):
            for place, row in enumerate(rows):
                if isinstance(row, Mapping):
                    wrong += only(one.fields, row, f"{pointer}/{code}/{place}")
    return wrong


@dataclass(frozen=True, slots=True)
class Opened:
    """A public form as it is filled in."""

    link: Link
    title: str
    form: Form
    ticket: str
    extra: Mapping[str, Any] = field(default_factory=dict)
