"""What a user does with forms: make apps and forms, draw, compare, publish, go back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mazhi.engines.forms.existing import check_existing
from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Form, read
from mazhi.engines.forms.publishing import service as publishing
from mazhi.engines.forms.publishing.comparing import Difference, compare
from mazhi.engines.forms.publishing.service import Report
from mazhi.engines.forms.publishing.store import read_layout
from mazhi.engines.forms.records.opened import look_up, read_text
from mazhi.engines.forms.rights import store as rights
from mazhi.engines.forms.rights.compiling import check_conditions
from mazhi.engines.forms.rights.model import Grant, read_grants
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.designs.model import Design, Draft, InForce, Version
from mazhi.kernel.designs.service import Designs
from mazhi.kernel.errors import ConflictError, Problem, invalid
from mazhi.kernel.master_data.model import Checks, Page

RIGHT = "apps.edit"
EMPTY: Mapping[str, Any] = {"fields": []}


class Forms:
    """The apps and forms of one database."""

    def __init__(self, db: Database) -> None:
        """Work on that database."""
        self._db = db
        self._apps = Designs("app")
        self._forms = Designs("form")
        self.builders: list[Callable[[Tx, Actor, str, str], list[Problem]]] = []
        """Who builds on forms, and says within a transaction what is wrong with that (by app and form)."""

    def create_app(self, actor: Actor, code: str, name: str) -> Design:
        """Add an app (应用), empty.

        Raises:
            InvalidInputError: Code or name is wrong.
            ConflictError: The code is taken (code ``already_exists``).
        """
        actor.require(RIGHT)
        _refuse_slash(code)
        with self._db.write() as tx:
            return self._apps.create(tx, actor, code, name, {}, publish=True)

    def apps(self, *, after: str | None = None, limit: int = 100) -> Page[Design]:
        """Return one page of apps in the order of their codes."""
        with self._db.read() as tx:
            return self._apps.find(tx, text=None, active=True, after=after, limit=limit)

    def create(self, actor: Actor, app: str, code: str, name: str, body: Mapping[str, Any] | None = None) -> Design:
        """Add a form to an app, as a draft; without a body it has no fields yet."""
        actor.require(RIGHT)
        _refuse_slash(code)
        with self._db.write() as tx:
            self._apps.get(tx, app)
            return self._forms.create(tx, actor, _key(app, code), name, body or EMPTY, publish=False)

    def get(self, app: str, code: str) -> Design:
        """Return one form without its body."""
        with self._db.read() as tx:
            return self._forms.get(tx, _key(app, code))

    def rename(self, actor: Actor, app: str, code: str, name: str) -> Design:
        """Call a form something else; its code stays."""
        actor.require(RIGHT)
        with self._db.write() as tx:
            return self._forms.rename(tx, actor, _key(app, code), name)

    def of_app(self, app: str, *, after: str | None = None, limit: int = 100) -> Page[Design]:
        """Return one page of an app's forms in the order of their codes."""
        with self._db.read() as tx:
            self._apps.get(tx, app)
            first = _key(app, after or "")
            page = self._forms.find(tx, text=_key(app, ""), active=True, after=first, limit=limit)
        # Other forms could have the app's code somewhere in their names.
        rows = [one for one in page.rows if one.code.startswith(_key(app, ""))]
        return Page(rows, page.next.split("/", 1)[1] if page.next and rows else None)

    def interface(self, app: str) -> tuple[str, list[tuple[InForce, Form]]]:
        """Return an app's name and every published form of it, whole, in the order of their codes."""
        with self._db.read() as tx:
            name = self._apps.get(tx, app).name
            found = self._forms.all_in_force(tx, _key(app, ""))
        return name, [(one, read_text(one.text)) for one in found]

    def drawn(self, actor: Actor, app: str, code: str) -> Draft:
        """Return what is drawn and not published.

        Raises:
            ConflictError: There is no draft (code ``form_no_draft``).
        """
        actor.require(RIGHT)
        with self._db.read() as tx:
            return self._drawn(tx, app, code)[1]

    def form(self, app: str, code: str, *, version: int | None = None) -> Form:
        """Return a published version, without a number the one in force."""
        with self._db.read() as tx:
            return read(self._forms.body(tx, self._forms.get(tx, _key(app, code)), version), field_kinds)

    def versions(self, app: str, code: str) -> list[Version]:
        """Return every published version, newest first."""
        with self._db.read() as tx:
            return self._forms.versions(tx, self._forms.get(tx, _key(app, code)))

    def save_draft(
        self, actor: Actor, app: str, code: str, body: Mapping[str, Any], *, base: int, revision: int | None = None
    ) -> Draft:
        """Save what is drawn, however incomplete; ``base`` and ``revision`` are what the user began with.

        A body without ``rules`` leaves those that were drawn, or are in force: who knows only fields loses no rule.
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            if "rules" not in body:
                body = {**body, "rules": self._rules(tx, app, code)}
            return self._forms.save_draft(tx, actor, _key(app, code), body, base=base, revision=revision)

    def compare(self, app: str, code: str) -> list[Difference]:
        """Return what the draft changes.

        Raises:
            InvalidInputError: The draft is incomplete or wrong; every fault is named.
            ConflictError: There is no draft (code ``form_no_draft``).
        """
        with self._db.read() as tx:
            design, draft = self._drawn(tx, app, code)
            return compare(self._present(tx, design), read(draft.body, field_kinds))

    def try_out(self, actor: Actor, app: str, code: str) -> Report:
        """Say what publishing the draft would do to the data and to what builds on the form, without doing it.

        Raises:
            InvalidInputError: The draft is incomplete or wrong; every fault is named.
            ConflictError: There is no draft (code ``form_no_draft``).
        """
        actor.require(RIGHT)
        with self._db.trial() as tx:
            design, draft = self._drawn(tx, app, code)
            after = read(draft.body, field_kinds)
            check_existing(tx, after)
            wrong = self._wrong(tx, actor, app, code)
            report = publishing.build(tx, design.id, self._present(tx, design), after, design.version + 1)
            self._forms.publish(tx, actor, design.code, after.body(), base=design.version, note="")
            report.broken += [one for one in self._wrong(tx, actor, app, code) if one not in wrong]
            return report

    def _wrong(self, tx: Tx, actor: Actor, app: str, code: str) -> list[Problem]:
        return [problem for builder in self.builders for problem in builder(tx, actor, app, code)]

    def publish(
        self, actor: Actor, app: str, code: str, *, base: int, note: str = "", accept_misfits: bool = False
    ) -> tuple[Version, Report]:
        """Publish the draft that was drawn on top of the version ``base``: the tables change in the same transaction.

        Raises:
            InvalidInputError: The draft is incomplete or wrong; every fault is named.
            ConflictError: There is no draft, somebody published meanwhile (``publish_conflict``), values stand in
                the way of a unique field (``form_duplicates``), or do not fit a field's new kind and nobody said
                that they may stay behind (``form_misfits``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            self._forms.held(tx, _key(app, code), base)
            design, draft = self._drawn(tx, app, code)
            before = self._present(tx, design)
            after = read(draft.body, field_kinds)
            check_existing(tx, after)
            version = self._forms.publish(tx, actor, design.code, after.body(), base=base, note=note)
            report = publishing.build(tx, design.id, before, after, version.number)
            publishing.refuse_duplicates(report, after)
            if report.misfits and not accept_misfits:
                raise ConflictError("form_misfits", problems=publishing.told(report, after), count=report.misfits)
            return version, report

    def restore(self, actor: Actor, app: str, code: str, version: int) -> Draft:
        """Make a draft of an earlier version."""
        actor.require(RIGHT)
        with self._db.write() as tx:
            return self._forms.restore(tx, actor, _key(app, code), version)

    def grants(self, actor: Actor, app: str, code: str) -> list[Grant]:
        """Return who may do what with the records of a form."""
        actor.require(RIGHT)
        with self._db.read() as tx:
            return [grant for _, grant in rights.grants(tx, self._forms.get(tx, _key(app, code)).id)]

    def set_grants(self, actor: Actor, app: str, code: str, raw: Sequence[Mapping[str, Any]]) -> list[Grant]:
        """Say anew who may do what with the records of a form; it holds from this moment on.

        Raises:
            InvalidInputError: Something is wrong; every fault is named.
            ConflictError: The form was never published.
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            design = self._forms.get(tx, _key(app, code))
            form = self._present(tx, design)
            if form is None:
                raise ConflictError("form_not_published", item=code)
            found = read_grants(raw, form)
            roles = rights.roles_by_code(tx, [grant.role for grant in found])
            checks = Checks()
            for place, grant in enumerate(found):
                if grant.role not in roles:
                    checks.fault(f"/grants/{place}/role", "unknown_role", item=grant.role)
            checks.done()
            for grant in found:
                check_conditions(grant, form, read_layout(tx, design.id).slots, look_up(tx))
            before = [grant.body() for _, grant in rights.grants(tx, design.id)]
            rights.put_grants(tx, design.id, [(roles[grant.role], grant) for grant in found])
            after = [grant.body() for grant in found]
            audit.record(
                tx, actor, subject="form", key=design.code, action="set_rights",
                before={"grants": before}, after={"grants": after},
            )  # fmt: skip
            return found

    def _rules(self, tx: Tx, app: str, code: str) -> list[Any]:
        design = self._forms.get(tx, _key(app, code))
        draft = self._forms.draft(tx, design)
        if draft is not None:
            return list(draft.body.get("rules", []))
        return list(self._forms.body(tx, design).get("rules", [])) if design.version else []

    def _drawn(self, tx: Tx, app: str, code: str) -> tuple[Design, Draft]:
        design = self._forms.get(tx, _key(app, code))
        draft = self._forms.draft(tx, design)
        if draft is None:
            raise ConflictError("form_no_draft", item=code)
        return design, draft

    def _present(self, tx: Tx, design: Design) -> Form | None:
        return read(self._forms.body(tx, design), field_kinds) if design.version else None


def _refuse_slash(code: str) -> None:
    """Refuse a code that would make two forms of two apps look like one."""
    if "/" in code:
        raise invalid("/code", "form_slash_in_code")


def _key(app: str, code: str) -> str:
    """Return the name that a form has among all forms."""
    return f"{app}/{code}"
