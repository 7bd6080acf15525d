"""What a user does with a design of any kind, in the transaction of the engine that it belongs to.

The engine checks the body and the right before it calls; here is only what all of them share: one draft, versions
that never change, and two people who never overwrite each other unseen.
"""

from __future__ import annotations

import json
import uuid

from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.designs import store
from mazhi.kernel.designs.model import Body, Design, Draft, InForce, Version
from mazhi.kernel.errors import ConflictError, NotFoundError
from mazhi.kernel.master_data.model import Checks, Page, already_exists, page_of


class Designs:
    """The designs of one kind."""

    def __init__(self, kind: str) -> None:
        """Take the kind's name, such as ``label``."""
        self.kind = kind

    def create(self, tx: Tx, actor: Actor, code: str, name: str, body: Body, *, publish: bool) -> Design:
        """Add a design, with its first version or with a draft.

        Raises:
            InvalidInputError: Code or name is wrong.
            ConflictError: The code is taken (code ``already_exists``).
        """
        checks = Checks()
        checks.code("/code", code)
        checks.text("/name", name, needed=True)
        checks.done()
        found = store.add(tx, str(uuid.uuid4()), self.kind, code, name.strip())
        if found is None:
            raise already_exists(code)
        audit.record(tx, actor, subject=self.kind, key=code, action="create", after={"name": name})
        if publish:
            self._add_version(tx, actor, found, 1, body, "")
        else:
            self._put_draft(tx, actor, found, 0, 1, body)
        return self.get(tx, code)

    def get(self, tx: Tx, code: str) -> Design:
        """Return one design.

        Raises:
            NotFoundError: There is none of that code (``unknown_label``, ``unknown_form`` …).
        """
        found = store.get(tx, self.kind, code)
        if found is None:
            raise NotFoundError(f"unknown_{self.kind}", item=code)
        return found

    def in_force(self, tx: Tx, code: str) -> InForce:
        """Return the version of a design that is in force, the quick way.

        Raises:
            NotFoundError: There is none of that code (``unknown_label``, ``unknown_form`` …).
        """
        found = store.in_force(tx, self.kind, code)
        if found is None:
            raise NotFoundError(f"unknown_{self.kind}", item=code)
        return found

    def all_in_force(self, tx: Tx, begins: str) -> list[InForce]:
        """Return the version in force of every active design whose code begins so, in the order of the codes."""
        return store.all_in_force(tx, self.kind, begins)

    def find(self, tx: Tx, *, text: str | None, active: bool | None, after: str | None, limit: int) -> Page[Design]:
        """Return one page in the order of the codes; ``text`` begins the code or stands in the name."""
        rows = store.find(tx, self.kind, text, active, after, limit)
        return page_of(rows, limit, [row.code for row in rows])

    def body(self, tx: Tx, design: Design, number: int | None = None) -> Body:
        """Return what was drawn in a version, without a number in the one in force.

        Raises:
            NotFoundError: There is no such version, or none was published yet (code ``unknown_version``).
        """
        wanted = design.version if number is None else number
        found: Body | None = store.body(tx, design.id, wanted)
        if found is None:
            raise NotFoundError("unknown_version", item=design.code, version=wanted)
        return found

    def draft(self, tx: Tx, design: Design) -> Draft | None:
        """Return the draft with its body."""
        return store.draft(tx, design.id)

    def versions(self, tx: Tx, design: Design) -> list[Version]:
        """Return every version, newest first."""
        return store.versions(tx, design.id)

    def save_draft(
        self, tx: Tx, actor: Actor, code: str, body: Body, *, base: int, revision: int | None = None
    ) -> Draft:
        """Save what was drawn on top of the published version ``base``, however incomplete it is.

        ``revision`` is that of the draft which the user had before; without it the draft is overwritten.

        Raises:
            ConflictError: Somebody published meanwhile (``publish_conflict``), or saved another draft
                (``draft_conflict``); both name who and when.
        """
        design = self.get(tx, code)
        self._hold(tx, design, base)
        before = design.draft
        if revision is not None and before is not None and before.revision != revision:
            raise ConflictError(
                "draft_conflict", item=code, by=before.saved_by, at=clock.to_text(before.saved_at),
                when=clock.to_minute(before.saved_at), revision=before.revision,
            )  # fmt: skip
        return self._put_draft(tx, actor, design.id, base, 1 + (before.revision if before else 0), body)

    def discard_draft(self, tx: Tx, actor: Actor, code: str) -> None:
        """Drop the draft."""
        design = self.get(tx, code)
        store.remove_draft(tx, design.id)
        audit.record(tx, actor, subject=self.kind, key=code, action="discard_draft")

    def publish(self, tx: Tx, actor: Actor, code: str, body: Body, *, base: int, note: str = "") -> Version:
        """Make the next version of what was drawn on top of the version ``base``; the draft is gone then.

        Raises:
            ConflictError: Somebody published meanwhile (code ``publish_conflict``), with who and when.
        """
        design = self.get(tx, code)
        self._hold(tx, design, base)
        made = self._add_version(tx, actor, design.id, base + 1, body, note)
        store.remove_draft(tx, design.id)
        audit.record(tx, actor, subject=self.kind, key=code, action="publish", after={"version": made.number})
        return made

    def restore(self, tx: Tx, actor: Actor, code: str, number: int) -> Draft:
        """Make a draft of an earlier version; it is in force again once it is published.

        Raises:
            NotFoundError: There is no such version.
        """
        design = self.get(tx, code)
        revision = 1 + (design.draft.revision if design.draft else 0)
        return self._put_draft(tx, actor, design.id, design.version, revision, self.body(tx, design, number))

    def rename(self, tx: Tx, actor: Actor, code: str, name: str) -> Design:
        """Give a design another name; its code never changes."""
        checks = Checks()
        checks.text("/name", name, needed=True)
        checks.done()
        design = self.get(tx, code)
        store.change(tx, design.id, {"name": name.strip()})
        audit.record(
            tx, actor, subject=self.kind, key=code, action="change", before={"name": design.name}, after={"name": name}
        )
        return self.get(tx, code)

    def set_active(self, tx: Tx, actor: Actor, code: str, *, active: bool) -> Design:
        """Take a design out of use, or back into it; it is never deleted, since what was made by it names it."""
        design = self.get(tx, code)
        if design.active != active:
            store.change(tx, design.id, {"active": active})
            audit.record(
                tx, actor, subject=self.kind, key=code, action="change",
                before={"active": design.active}, after={"active": active},
            )  # fmt: skip
        return self.get(tx, code)

    def held(self, tx: Tx, code: str, base: int) -> Design:
        """Return a design that nobody else publishes until the transaction ends.

        Raises:
            NotFoundError: There is none of that code.
            ConflictError: Its version in force is not ``base`` (code ``publish_conflict``), with who and when.
        """
        self._hold(tx, self.get(tx, code), base)
        return self.get(tx, code)

    def _hold(self, tx: Tx, design: Design, base: int) -> None:
        present = store.lock(tx, design.id)
        if present != base:
            newest = store.version(tx, design.id, present)
            by, moment = (newest.published_by, newest.published_at) if newest else ("", 0)
            raise ConflictError(
                "publish_conflict", base=base, present=present, by=by, at=clock.to_text(moment),
                when=clock.to_minute(moment), item=design.code,
            )  # fmt: skip

    def _add_version(self, tx: Tx, actor: Actor, design_id: int, number: int, body: Body, note: str) -> Version:
        made = Version(number, str(uuid.uuid4()), note.strip(), clock.now(), actor.name)
        store.add_version(
            tx, design_id,
            {
                "number": number, "uuid": made.uuid, "body": _text(body), "note": made.note,
                "published_at": made.published_at, "published_by": made.published_by,
            },
        )  # fmt: skip
        store.change(tx, design_id, {"version": number})
        return made

    def _put_draft(self, tx: Tx, actor: Actor, design_id: int, base: int, revision: int, body: Body) -> Draft:
        made = Draft(base, revision, body, clock.now(), actor.name)
        store.put_draft(
            tx, design_id,
            {
                "base": base, "revision": revision, "body": _text(body),
                "saved_at": made.saved_at, "saved_by": made.saved_by,
            },
        )  # fmt: skip
        return made


def _text(body: Body) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
