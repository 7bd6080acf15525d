"""What a form's makers do with public links, and what whoever holds one may do: fill the form in, nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mazhi.engines.forms.exchange.targets import states
from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Field, Form
from mazhi.engines.forms.records.opened import Opened, open_form
from mazhi.engines.forms.records.service import Records
from mazhi.engines.forms.rights.compiling import Reach
from mazhi.engines.forms.rights.model import State
from mazhi.engines.forms.rights.store import grants
from mazhi.engines.forms.sharing import store
from mazhi.engines.forms.sharing.model import (
    LONGEST_BODY,
    MOST_ROWS,
    PER_ADDRESS,
    PER_LINK,
    VIEWS_PER_ADDRESS,
    WINDOW,
    Link,
    can_show,
    hash_token,
    lacking,
    new_token,
    only,
    shown,
    ticket,
    ticket_good,
)
from mazhi.engines.forms.sharing.model import Opened as Shown
from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor, address_group
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PlatformError,
    Problem,
    TooLargeError,
    TooManyError,
)
from mazhi.kernel.master_data.model import Checks, edit_conflict

RIGHT = "apps.edit"
WRITER = "公开表单"
"""The system's own user that writes what comes through links; it has no account, nobody can sign in as it."""
MOST_OPTIONS = 20
LONGEST_NAME = 100
LONGEST_THANKS = 1_000
_LAST_SIGN = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class LinkBody:
    """What the makers of a link say of it; see ``Link``."""

    name: str
    role: str
    fields: Sequence[str]
    lookups: Sequence[str] = ()
    expires_at: int | None = None
    most: int | None = None
    thanks: str = ""
    active: bool = True


class Links:
    """The public links to the forms of one database, as their makers see them."""

    def __init__(self, db: Database, ids: Ids) -> None:
        """Work on that database, with numbers from ``ids``."""
        self._db = db
        self._ids = ids

    def all(self, actor: Actor, app: str, form: str) -> list[Link]:
        """Return the links of a form, newest first; what their tokens were nobody knows any more."""
        actor.require(RIGHT)
        with self._db.read() as tx:
            return store.of_form(tx, open_form(tx, app, form).id)

    def create(self, actor: Actor, app: str, form: str, body: LinkBody) -> tuple[Link, str]:
        """Make a link; its token is given once and never again.

        Raises:
            InvalidInputError: Something is wrong with it; every fault is named.
        """
        actor.require(RIGHT)
        (number,) = self._ids.take(1)
        token = new_token()
        with self._db.write() as tx:
            opened = open_form(tx, app, form)
            role = _check(tx, opened, body)
            now = clock.now()
            store.insert(
                tx, id=number, form_id=opened.id, name=body.name.strip(), token_hash=hash_token(token), role_id=role,
                body=_inner(body), expires_at=body.expires_at, most=body.most, used=0, active=body.active,
                created_at=now, created_by=actor.name, version=1,
            )  # fmt: skip
            made = self._get(tx, opened, number)
            audit.record(
                tx, actor, subject="form_link", key=f"{app}/{form}/{number}", action="create", after=_plain(made)
            )
        return made, token

    def change(self, actor: Actor, app: str, form: str, number: int, version: int, body: LinkBody) -> Link:
        """Change the version of a link that the user saw; switched off, it is closed from this moment on.

        Raises:
            InvalidInputError: Something is wrong with it; every fault is named.
            ConflictError: Somebody changed it meanwhile (code ``edit_conflict``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            opened = open_form(tx, app, form)
            before = self._get(tx, opened, number)
            role = _check(tx, opened, body)
            values = {
                "name": body.name.strip(), "role_id": role, "body": _inner(body), "expires_at": body.expires_at,
                "most": body.most, "active": body.active,
            }  # fmt: skip
            if not store.change(tx, number, version, values):
                raise edit_conflict(version, before.version)
            after = self._get(tx, opened, number)
            audit.record(
                tx, actor, subject="form_link", key=f"{app}/{form}/{number}", action="change", before=_plain(before),
                after=_plain(after),
            )  # fmt: skip
        return after

    def _get(self, tx: Tx, opened: Opened, number: int) -> Link:
        found = store.get(tx, opened.id, number)
        if found is None:
            raise NotFoundError("unknown_form_link", item=str(number))
        return found


@dataclass(frozen=True, slots=True)
class _Open:
    """A link that takes records, and the form as it shows it."""

    link: Link
    app: str
    code: str
    title: str
    form: Form


class PublicForms:
    """Forms as whoever holds a link sees them. A token opens one form for filling in, and nothing else at all."""

    def __init__(self, db: Database, records: Records) -> None:
        """Work on that database; records are written as all records are."""
        self._db = db
        self._records = records

    def open(self, token: str, address: str) -> Shown:
        """Return the form that a token opens.

        Raises:
            NotFoundError: There is no such link (``link_unknown``), or it takes no more (``link_closed``).
            TooManyError: Asked too often from one address.
        """
        self._slow_down(f"view:{address_group(address)}", VIEWS_PER_ADDRESS)
        with self._db.read() as tx:
            found = self._open(tx, token)
        return Shown(found.link, found.title, found.form, ticket(hash_token(token), clock.now()))

    def submit(
        self, token: str, values: Mapping[str, Any], *, client_key: str, opened_at: str, trap: str, address: str
    ) -> str:
        """Write a record and return what is shown then; the same client key again writes nothing.

        Whoever fills in the field that no person sees is thanked, and nothing is written.

        Raises:
            NotFoundError: There is no such link, or it takes no more.
            TooManyError: Too many from this address or through this link; or sooner than a person writes.
            InvalidInputError: Values are wrong, or not asked for; every fault is named.
        """
        hashed = hash_token(token)
        if len(json.dumps(values, ensure_ascii=False)) > LONGEST_BODY:
            raise TooLargeError("body_too_large", megabytes=1)
        self._slow_down(f"send:{hashed[:16]}:{address_group(address)}", PER_ADDRESS)
        with self._db.read() as tx:
            found = self._open(tx, token, used_up=True)
        link = found.link
        if trap:
            return link.thanks
        if not ticket_good(opened_at, hashed, clock.now()):
            raise TooManyError("link_too_soon", seconds=3)
        self._slow_down(f"link:{link.id}", PER_LINK)
        _refuse_more(found.form, values)
        key = hashlib.sha256(client_key.encode("utf-8", "replace")).hexdigest()
        with self._db.write() as tx:
            counted = store.reserve(tx, link.id, key, clock.now())
            if counted is False:
                raise NotFoundError("link_closed")
        try:
            # Its rights are settled: what it may write is all that is left of the form.
            writer = Actor(name=f"{WRITER}·{link.name}", everything=True)
            self._records.create(writer, found.app, found.code, [values], client_key=f"link:{link.id}:{key}")
        except PlatformError as error:
            if counted:
                with self._db.write() as tx:
                    store.give_back(tx, link.id, key)
            raise _quiet(error) from None
        return link.thanks

    def options(self, token: str, field: str, text: str, address: str) -> list[tuple[str, str]]:
        """Return code and name of what begins with a text, for a reference field in which the link lets look up.

        Raises:
            NotFoundError: There is no such link, or no such field in it.
        """
        self._slow_down(f"view:{address_group(address)}", VIEWS_PER_ADDRESS)
        with self._db.read() as tx:
            found = self._open(tx, token)
            one = next((one for one in found.form.walk() if one.id == field and one.id in found.link.lookups), None)
            reference = field_kinds[one.kind].reference if one is not None else None
            # Single items are never listed: whoever has one reads its code off it.
            if reference is None or reference.table not in {"product", "place", "partner", "department"}:
                raise NotFoundError("record_unknown_field", item=field)
            wanted = text.strip()[:64]
            rows = store.options(tx, reference.table, wanted, wanted + _LAST_SIGN, MOST_OPTIONS)
            allowed = reference.find(tx, [row.code for row in rows], {}) if rows else {}
        return [(row.code, row.name) for row in rows if row.code in allowed]

    def _open(self, tx: Tx, token: str, *, used_up: bool = False) -> _Open:
        """Open a link; one that is full still lets a repeated sending through, which writes nothing."""
        found = store.by_hash(tx, hash_token(token)) if 20 <= len(token) <= 100 else None
        if found is None:
            raise NotFoundError("link_unknown")
        link, role, key, title = found
        now = clock.now()
        if not link.open(now) and not (used_up and replace(link, most=None).open(now)):
            raise NotFoundError("link_closed")
        app, form = key.split("/", 1)
        opened = open_form(tx, app, form)
        visible = shown(opened.form, link, _states(tx, opened, role))
        if not visible.fields:
            raise NotFoundError("link_closed")
        return _Open(link, app, form, title, visible)

    def _slow_down(self, key: str, most: int) -> None:
        now = clock.now()
        since = now - now % WINDOW
        with self._db.write() as tx:
            times = store.count(tx, key, since)
            if times == 1:
                store.sweep(tx, since - WINDOW)
        if times > most:
            raise TooManyError("link_too_often", seconds=-(-(since + WINDOW - now) // clock.MICROS_PER_SECOND))


def _states(tx: Tx, opened: Opened, role: int) -> dict[str, State]:
    """Return how a role may write each field of a new record; without the right to add nothing is left."""
    mine = [grant for number, grant in grants(tx, opened.id) if number == role]
    # Scopes say which rows are seen, and nothing is seen through a link.
    may = Reach(mine, ["1 = 0"] * len(mine))
    return states(opened, may, "create")


def _check(tx: Tx, opened: Opened, body: LinkBody) -> int:
    """Check what is said of a link and return the number of its role."""
    checks = Checks()
    checks.text("/name", body.name, limit=LONGEST_NAME, needed=True)
    checks.text("/thanks", body.thanks, limit=LONGEST_THANKS)
    role = store.role(tx, body.role)
    fields = {one.id: one for one in opened.form.walk()}
    if role is None:
        checks.fault("/role", "unknown_role", item=body.role)
    if body.most is not None and body.most < 1:
        checks.fault("/most", "link_bad_limit")
    may = {} if role is None else _states(tx, opened, role)
    for place, key in enumerate(body.fields):
        _check_field(checks, f"/fields/{place}", key, fields, may, body)
    for place, key in enumerate(body.lookups):
        if key not in fields or field_kinds[fields[key].kind].reference is None:
            checks.fault(f"/lookups/{place}", "record_unknown_field", item=key)
    checks.done()
    link = Link(0, body.name, body.role, body.fields, body.lookups, None, None, 0, True, "", 0, "", 0)
    visible = shown(opened.form, link, may)
    missing = lacking(opened.form, visible)
    if missing or not visible.fields:
        titles = "、".join(one.title for one in missing)
        code = "link_lacks_required" if missing else "link_shows_nothing"
        raise InvalidInputError("invalid_input", problems=[Problem(code, {"item": titles}, "/fields")])
    return role or 0


def _check_field(
    checks: Checks, pointer: str, key: str, fields: Mapping[str, Field], may: Mapping[str, State], body: LinkBody
) -> None:
    one = fields.get(key)
    if one is None:
        checks.fault(pointer, "record_unknown_field", item=key)
    elif field_kinds[one.kind].holds != "layout" and may and may.get(key) != "writable":
        checks.fault(pointer, "link_role_may_not", field=one.title)
    elif not can_show(one, body.lookups):
        checks.fault(pointer, "link_cannot_show", field=one.title)


def _refuse_more(visible: Form, values: Mapping[str, Any]) -> None:
    """Refuse values that were not asked for, and more rows than anybody types."""
    problems = [
        Problem("record_unknown_field", {"item": at.rsplit("/", 1)[1]}, at) for at in only(visible.fields, values)
    ]
    problems += [
        Problem("link_too_many_rows", {"limit": MOST_ROWS}, f"/values/{code}")
        for code, value in values.items()
        if isinstance(value, list) and len(value) > MOST_ROWS
    ]
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)


def _quiet(error: PlatformError) -> PlatformError:
    """Say why a record was refused without telling of others: which record has a value is nobody's business here."""
    if isinstance(error, ConflictError) and error.problems:
        problems = [
            Problem("link_taken", {"field": one.params.get("field", "")}, one.pointer) for one in error.problems
        ]
        return InvalidInputError("invalid_input", problems=problems)
    return error


def _inner(body: LinkBody) -> str:
    return json.dumps(
        {"fields": list(body.fields), "lookups": list(body.lookups), "thanks": body.thanks.strip()}, ensure_ascii=False
    )


def _plain(link: Link) -> dict[str, Any]:
    return {
        "name": link.name, "role": link.role, "fields": list(link.fields), "lookups": list(link.lookups),
        "expires_at": link.expires_at, "most": link.most, "active": link.active, "thanks": link.thanks,
    }  # fmt: skip
