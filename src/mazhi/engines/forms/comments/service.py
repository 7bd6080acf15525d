"""What people do with the comments on a record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from mazhi.engines.forms.comments import store
from mazhi.engines.forms.comments.model import MOST_MENTIONED, SNIPPET, Comment, mentioned, read_text
from mazhi.engines.forms.records.opened import Opened, look_up, open_form
from mazhi.engines.forms.rights.compiling import Reach, reach
from mazhi.engines.forms.rights.seeing import who_sees
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.designs.service import Designs
from mazhi.kernel.errors import ConflictError, ForbiddenError, NotFoundError
from mazhi.kernel.notices.model import NewNotice
from mazhi.kernel.notices.service import Notices
from mazhi.kernel.posting.store import claim_request, store_answer


class Comments:
    """The comments on the records of one database; who may see a record may read and write them."""

    def __init__(self, db: Database, ids: Ids, notices: Notices) -> None:
        """Work on that database, with numbers from ``ids``; whom a comment mentions is told by ``notices``."""
        self._db = db
        self._ids = ids
        self._notices = notices

    def page(
        self, actor: Actor, app: str, form: str, number: int, *, after: int | None = None, limit: int = 50
    ) -> tuple[list[Comment], int | None]:
        """Return one page of the comments on a record, newest first, and where the next begins.

        Raises:
            NotFoundError: There is no such record within the reader's reach.
        """
        with self._db.read() as tx:
            opened, may = self._open(tx, actor, app, form, number)
            rows = store.page(tx, opened.id, may, number, before=after, limit=limit + 1)
        found = [_comment(row, actor) for row in rows[:limit]]
        return found, found[-1].id if len(rows) > limit else None

    def add(self, actor: Actor, app: str, form: str, number: int, raw: str, *, client_key: str | None = None) -> int:
        """Write a comment and tell those whom it mentions and who may see the record; return its number.

        The same client key again adds nothing.

        Raises:
            InvalidInputError: The text is empty or too long.
            NotFoundError: There is no such record within the writer's reach.
        """
        text = read_text(raw)
        (made,) = self._ids.take(1)
        numbers = self._notices.take(len(mentioned(text)))
        key = None if client_key is None else f"comment:{actor.name}:{client_key}"
        hashed = hashlib.sha256(json.dumps([app, form, number, text]).encode()).hexdigest()
        with self._db.write() as tx:
            opened, _ = self._open(tx, actor, app, form, number)
            if key is not None and (stored := claim_request(tx, key, hashed, clock.now())) is not None:
                if stored[0] != hashed:
                    raise ConflictError("client_key_reused", client_key=client_key)
                return int(stored[1])
            told = who_sees(tx, opened, number, names=mentioned(text), limit=MOST_MENTIONED)
            now = clock.now()
            store.insert(
                tx, opened.id, number, made, actor.user_id, actor.name, now, text, [one.username for one in told]
            )
            self._tell(tx, actor, app, form, number, text, [one for one in told if one.id != actor.user_id], numbers)
            if key is not None:
                store_answer(tx, key, None, str(made))
        return made

    def change(self, actor: Actor, app: str, form: str, number: int, comment: int, raw: str) -> None:
        """Change what one's own comment says; who is mentioned for the first time is told.

        Raises:
            NotFoundError: There is no such comment on a record within reach.
            ForbiddenError: Somebody else wrote it (code ``comment_of_another``).
        """
        text = read_text(raw)
        numbers = self._notices.take(len(mentioned(text)))
        with self._db.write() as tx:
            opened, _ = self._open(tx, actor, app, form, number)
            before = self._own(tx, actor, opened, number, comment)
            told = who_sees(tx, opened, number, names=mentioned(text), limit=MOST_MENTIONED)
            store.change(tx, number, comment, text, [one.username for one in told], clock.now())
            known = {actor.name, *json.loads(before.mentions)}
            self._tell(tx, actor, app, form, number, text, [one for one in told if one.username not in known], numbers)

    def delete(self, actor: Actor, app: str, form: str, number: int, comment: int) -> None:
        """Delete one's own comment; that there was one stays in sight.

        Raises:
            NotFoundError: There is no such comment on a record within reach.
            ForbiddenError: Somebody else wrote it (code ``comment_of_another``).
        """
        with self._db.write() as tx:
            opened, _ = self._open(tx, actor, app, form, number)
            self._own(tx, actor, opened, number, comment)
            store.delete(tx, number, comment, clock.now())

    def suggest(self, actor: Actor, app: str, form: str, number: int, text: str) -> list[tuple[str, str]]:
        """Return user name and name of those who may see the record and whose name fits."""
        with self._db.read() as tx:
            opened, _ = self._open(tx, actor, app, form, number)
            return [(one.username, one.name) for one in who_sees(tx, opened, number, text=text.strip()[:64])]

    def _open(self, tx: Tx, actor: Actor, app: str, form: str, number: int) -> tuple[Opened, Reach]:
        opened = open_form(tx, app, form)
        may = reach(tx, actor, opened.id, opened.form, opened.layout.slots, look_up(tx))
        if not store.visible(tx, opened.id, may, number):
            raise NotFoundError("unknown_record", item=str(number))
        return opened, may

    def _own(self, tx: Tx, actor: Actor, opened: Opened, number: int, comment: int) -> Any:
        row = store.get(tx, opened.id, number, comment)
        if row is None:
            raise NotFoundError("unknown_comment", item=str(comment))
        if row.author != actor.name:
            raise ForbiddenError("comment_of_another")
        return row

    def _tell(
        self, tx: Tx, actor: Actor, app: str, form: str, number: int, text: str, told: Sequence[Any],
        numbers: Sequence[int],
    ) -> None:  # fmt: skip
        if not told:
            return
        name = Designs("form").get(tx, f"{app}/{form}").name
        snippet = " ".join(text.split())
        params = {
            "who": actor.name, "form": name, "record": number,
            "text": snippet if len(snippet) <= SNIPPET else f"{snippet[:SNIPPET]}…",
        }  # fmt: skip
        link = f"/apps/{quote(app, safe='')}/forms/{quote(form, safe='')}?open={number}&tab=discussion"
        self._notices.tell(tx, [one.id for one in told], NewNotice("notice_mention", params, link), numbers)


def _comment(row: Any, actor: Actor) -> Comment:
    deleted = row.deleted_at is not None
    return Comment(
        id=row.id, author=row.author, name=row.name or row.author, at=row.at, text="" if deleted else row.text,
        mentions=[] if deleted else json.loads(row.mentions), edited_at=None if deleted else row.edited_at,
        deleted=deleted, own=row.author == actor.name,
    )  # fmt: skip
