"""What a user does with queries: press the button, and get what the fields are filled with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from mazhi.engines.forms.fields.api_query import PAIR
from mazhi.engines.forms.model import Field
from mazhi.engines.forms.records.opened import Opened
from mazhi.engines.forms.rights.compiling import Reach
from mazhi.engines.forms.scan_lists.access import Access
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ForbiddenError, NotFoundError, invalid
from mazhi.kernel.outbound.fetching import fetch
from mazhi.kernel.outbound.hosts import Host, read

KIND = "api_query"
_NAMED = re.compile(r"\{(\w+)\}")
_LONGEST = 2_000

Fetch = Callable[..., Any]
"""Asks an address; see ``fetching.fetch``."""


class Queries:
    """The queries of every form of one database."""

    def __init__(self, db: Database, fetch_: Fetch = fetch) -> None:
        """Work on that database."""
        self._db = db
        self._fetch = fetch_
        self._access = Access()

    def ask(self, actor: Actor, form: str, field: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Ask the other system and return what the fields are filled with, by their codes.

        Raises:
            NotFoundError: There is no such form or query.
            ForbiddenError: The actor may not fill the form in, or the host is not allowed.
            InvalidInputError: A field that the address needs is empty.
            ConflictError: The other system did not answer as it should.
        """
        with self._db.read() as tx:
            opened = self._access.form(tx, form)
            one = _query(opened, field)
            writable = _writable(opened, self._access.reach(tx, actor, opened))
            hosts: Sequence[Host] = read(tx)
        options = one.options
        address = _address(str(options["address"]), values, opened)
        body = {code: values.get(code) for code in options["sends"]} if options["method"] == "POST" else None
        answer = self._fetch(address, hosts, method=options["method"], body=body)
        found = {}
        for line in options["fills"]:
            pair = PAIR.fullmatch(line)
            if pair is not None and pair["field"] in writable:
                found[pair["field"]] = _at(answer, pair["path"])
        return found


def _query(opened: Opened, named: str) -> Field:
    for one in opened.form.walk():
        if one.kind == KIND and named in {one.code, one.id}:
            return one
    raise NotFoundError("unknown_query", item=named)


def _writable(opened: Opened, may: Reach) -> set[str]:
    """Return the codes of the fields that somebody may fill in, in a new record or in one that is there."""
    reached = [place for place, grant in enumerate(may.grants) if grant.actions & {"create", "change"}]
    if not reached:
        raise ForbiddenError("no_form_right", action="create")
    return {
        one.code
        for one in opened.form.walk()
        if any(may.grants[place].state(one.id) == "writable" for place in reached)
    }


def _address(template: str, values: Mapping[str, Any], opened: Opened) -> str:
    titles = {one.code: one.title for one in opened.form.walk()}

    def fill(found: re.Match[str]) -> str:
        value = values.get(found[1])
        if not isinstance(value, str | int | float) or isinstance(value, bool) or value == "":
            raise invalid(f"/values/{found[1]}", "query_value_missing", field=titles.get(found[1], found[1]))
        return quote(str(value)[:_LONGEST], safe="", errors="replace")

    return _NAMED.sub(fill, template)


def _at(answer: Any, path: str) -> Any:
    """Return what stands at a path such as ``data.items.0.name``; None where nothing or no plain value does."""
    for step in path.split("."):
        if isinstance(answer, Mapping):
            answer = answer.get(step)
        elif isinstance(answer, list) and step.isascii() and step.isdigit() and int(step) < len(answer):
            answer = answer[int(step)]
        else:
            return None
    plain = isinstance(answer, str | int | float | bool)
    many = isinstance(answer, list) and all(isinstance(one, str | int | float) for one in answer)
    return answer if plain or many else None
