"""What a user does with code rules: draw one up, look at it, make codes with it, read codes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.codes import store
from mazhi.kernel.codes.assessment import Assessment, assess
from mazhi.kernel.codes.issuing import ATTEMPTS, IssuedCodes, Issuing, known
from mazhi.kernel.codes.model import CodeRule, Draft, parse_rule
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError
from mazhi.kernel.master_data.model import Page, already_exists, edit_conflict, in_use, page_of

__all__ = ["RIGHT", "CodeRules", "IssuedCodes", "StoredRule"]

RIGHT = "codes.edit"


@dataclass(frozen=True, slots=True)
class StoredRule:
    """A version of a rule with the facts of its row; ``status`` is in_force, retired or superseded."""

    rule: CodeRule
    status: str
    created_at: int
    created_by: str


class _ChangedMeanwhileError(Exception):
    """Somebody saved a rule between our look and our save."""


class CodeRules(Issuing):
    """The code rules of one database."""

    def create(self, actor: Actor, body: Mapping[str, Any]) -> StoredRule:
        """Add a rule from ``{"code", "name", "segments"}``.

        Raises:
            InvalidInputError: The rule is wrong; every problem is named.
            ConflictError: The code is taken (``already_exists``), or another rule can make the same codes
                (``rule_overlap``, with the rule and an example).
        """
        actor.require(RIGHT)
        draft = parse_rule(body)
        rule = draft.rule()

        def write(tx: Tx) -> None:
            _write_new(tx, actor, rule, 1, "in_force")
            after = _facts(rule.name, 1, "in_force", rule.body())
            audit.record(tx, actor, subject="code_rule", key=rule.code, action="create", after=after)

        for _ in range(ATTEMPTS):
            with self._db.read() as tx:
                saves, rows = store.saves(tx), store.everything(tx)
            if any(row["code"] == rule.code for row in rows):
                raise already_exists(rule.code)
            self._check(draft, rows, replaces=None)
            if self._save(saves, write):
                return self.get(rule.code)
        raise ConflictError("rule_changed_meanwhile", rule=rule.code)

    def update(self, actor: Actor, code: str, body: Mapping[str, Any], *, version: int | None = None) -> StoredRule:
        """Change a rule to ``{"name", "segments", "active"}``; what is missing stays.

        A version that has made a code stays as it is: other segments then make a new version. Its counter goes on
        where the way of counting is the same.

        Args:
            actor: Who changes it.
            code: Which rule.
            body: What to change.
            version: The version that the user saw; None: whichever it is.

        Raises:
            NotFoundError: There is no such rule (``unknown_rule``).
            InvalidInputError: The rule is wrong; every problem is named.
            ConflictError: Other codes can be the same (``rule_overlap``), or somebody else was faster
                (``edit_conflict``).
        """
        actor.require(RIGHT)
        given = {name: body[name] for name in ("name", "segments") if body.get(name) is not None}
        for _ in range(ATTEMPTS):
            with self._db.read() as tx:
                saves, rows = store.saves(tx), store.everything(tx)
            row = _newest(rows, code)
            if version is not None and version != row["version"]:
                raise edit_conflict(version, row["version"])
            old = self.rule_of(row)
            draft = parse_rule({"code": code, "name": old.name, "segments": old.body(), **given})
            rule = draft.rule()
            if rule.body() != old.body():
                self._check(draft, rows, replaces=None if old.used else old.version)
            status = _status(row["status"], body.get("active"))
            if self._save(saves, lambda tx: _write_change(tx, actor, row, rule, status)):  # noqa: B023 - called at once
                return self.get(code)
        raise ConflictError("rule_changed_meanwhile", rule=code)

    def delete(self, actor: Actor, code: str) -> None:
        """Remove a rule that never made a code.

        Raises:
            NotFoundError: There is no such rule.
            ConflictError: It has made codes, or a product makes its codes by it (``in_use``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            store.begin_save(tx)
            rows = store.versions(tx, code)
            row = _newest(rows, code)
            by = ["codes"] if any(entry["used"] for entry in rows) else []
            by += ["product_rule"] if store.is_chosen(tx, code) else []
            if by or not store.delete(tx, row):
                raise in_use(code, by or ["codes"])
            before = _facts(row["name"], row["version"], row["status"], json.loads(row["body"]))
            audit.record(tx, actor, subject="code_rule", key=code, action="delete", before=before)

    def assess(self, body: Mapping[str, Any]) -> Assessment:
        """Look at a rule that is being drawn up; ``code`` may be that of a rule that exists, or missing."""
        with self._db.read() as tx:
            rows = store.everything(tx)
        draft = parse_rule(body, unnamed=True)
        own = [row for row in rows if row["code"] == draft.code]
        replaces = own[0]["version"] if own and not own[0]["used"] else None
        rules = [self.rule_of(row) for row in rows]
        if own and not draft.problems and draft.rule().body() == self.rule_of(own[0]).body():
            # It is what makes codes now, and was looked at when it was saved.
            rules = [rule for rule in rules if rule.code != draft.code]
        return assess(draft, rules, replaces=replaces, moment=_now())

    def _check(self, draft: Draft, rows: Sequence[Mapping[str, Any]], *, replaces: int | None) -> None:
        found = assess(draft, [self.rule_of(row) for row in rows], replaces=replaces, moment=_now())
        if found.problems:
            raise InvalidInputError("invalid_input", problems=found.problems)
        found.refuse()

    def _save(self, saves: int, write: Callable[[Tx], None]) -> bool:
        """Write what was checked, unless another rule was saved since it was looked at."""
        try:
            with self._db.write() as tx:
                if store.begin_save(tx) != saves:
                    raise _ChangedMeanwhileError
                write(tx)
        except _ChangedMeanwhileError:
            return False
        return True

    def get(self, code: str) -> StoredRule:
        """Return the newest version of a rule.

        Raises:
            NotFoundError: There is none of that code (``unknown_rule``).
        """
        with self._db.read() as tx:
            return self._stored(known(tx, code))

    def versions(self, code: str) -> list[StoredRule]:
        """Return all versions of a rule, the newest first.

        Raises:
            NotFoundError: There is none of that code.
        """
        with self._db.read() as tx:
            rows = store.versions(tx, code)
        if not rows:
            raise NotFoundError("unknown_rule", rule=code)
        return [self._stored(row) for row in rows]

    def find(
        self, text: str | None = None, *, active: bool | None = None, after: str | None = None, limit: int = 100
    ) -> Page[StoredRule]:
        """Return one page of rules in the order of their codes."""
        with self._db.read() as tx:
            rows = store.find(tx, text, active, after, limit)
        return page_of([self._stored(row) for row in rows], limit, [row["code"] for row in rows])

    def _stored(self, row: Mapping[str, Any]) -> StoredRule:
        return StoredRule(self.rule_of(row), row["status"], row["created_at"], row["created_by"])


def _newest(rows: Sequence[Mapping[str, Any]], code: str) -> Mapping[str, Any]:
    """Return the newest version of a rule among rows that hold the newer before the older."""
    row = next((row for row in rows if row["code"] == code), None)
    if row is None:
        raise NotFoundError("unknown_rule", rule=code)
    return row


def _write_new(tx: Tx, actor: Actor, rule: CodeRule, version: int, status: str) -> None:
    values = {
        "code": rule.code,
        "version": version,
        "name": rule.name,
        "body": json.dumps(rule.body(), ensure_ascii=False),
        "status": status,
        "created_by": actor.name,
    }
    store.insert(tx, values)


def _write_change(tx: Tx, actor: Actor, row: Mapping[str, Any], rule: CodeRule, status: str) -> None:
    """Write a change into the version that was read, or into a new one if that has made codes."""
    body = json.dumps(rule.body(), ensure_ascii=False)
    version = row["version"]
    if row["used"] and body != row["body"]:
        version += 1
        _write_new(tx, actor, rule, version, status)
    elif not store.change(tx, row, {"name": rule.name, "body": body, "status": status}):
        raise _ChangedMeanwhileError
    audit.record(
        tx, actor, subject="code_rule", key=rule.code, action="change",
        before=_facts(row["name"], row["version"], row["status"], json.loads(row["body"])),
        after=_facts(rule.name, version, status, rule.body()),
    )  # fmt: skip


def _facts(name: str, version: int, status: str, segments: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "version": version, "status": status, "segments": segments}


def _status(status: str, active: object) -> str:
    if active is None:
        return status
    return "in_force" if active else "retired"


def _now() -> datetime:
    return clock.to_datetime(clock.now(), clock.DEFAULT_ZONE)
