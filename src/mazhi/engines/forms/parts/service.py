"""What a user does with templates of field groups: keep one, see them all, delete one."""

from __future__ import annotations

import json
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import DEEPEST, MOST_FIELDS
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.designs.model import Design
from mazhi.kernel.designs.service import Designs
from mazhi.kernel.errors import ConflictError, NotFoundError
from mazhi.kernel.master_data.model import Checks

RIGHT = "apps.edit"
MOST = 200
"""All of them stand in the designer's palette at once."""

_NAMES = uuid.UUID("3a0f2f0b-8f0e-4b53-9a5c-5d1f0b6a7c11")

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One template of a field group (字段模板).

    Attributes:
        code: What clients call it by.
        name: What people call it; no two have the same.
        fields: The fields as they were drawn, with the ids that they had there; whoever uses them gives new ones.
        rules: The rules that are about nothing but these fields.
    """

    code: str
    name: str
    fields: Sequence[Json]
    rules: Sequence[Json]


class Parts:
    """The templates of field groups of one database; everybody who draws forms shares them."""

    def __init__(self, db: Database) -> None:
        """Work on that database."""
        self._db = db
        self._designs = Designs("form_part")

    def all(self, actor: Actor) -> list[Part]:
        """Return every template with its fields, in the order of the names."""
        actor.require(RIGHT)
        with self._db.read() as tx:
            found = self._designs.all_in_force(tx, "")
        bodies = [(one, json.loads(one.text)) for one in found]
        parts = [Part(one.code, one.name, body["fields"], body["rules"]) for one, body in bodies]
        return sorted(parts, key=lambda one: one.name)

    def keep(self, actor: Actor, name: str, fields: Sequence[Json], rules: Sequence[Json] = ()) -> Part:
        """Keep some fields as a template.

        Raises:
            InvalidInputError: The name or a field is wrong; every fault is named.
            ConflictError: There is a template of that name (code ``form_part_name_taken``), or there are as many as
                there may be (code ``form_parts_full``).
        """
        actor.require(RIGHT)
        checks = Checks()
        checks.text("/name", name, needed=True)
        _check(fields, checks)
        checks.done()
        name = name.strip()
        code = _code(name)
        body = {"fields": list(fields), "rules": list(rules)}
        with self._db.write() as tx:
            before = self._found(tx, code)
            if before is not None and before.active:
                raise ConflictError("form_part_name_taken", item=code, name=before.name)
            if len(self._designs.all_in_force(tx, "")) >= MOST:
                raise ConflictError("form_parts_full", limit=MOST)
            if before is None:
                self._designs.create(tx, actor, code, name, body, publish=True)
            else:
                # Designs are never deleted: one that was, and is kept again, comes back with a further version.
                self._designs.set_active(tx, actor, code, active=True)
                self._designs.rename(tx, actor, code, name)
                self._designs.publish(tx, actor, code, body, base=before.version)
        return Part(code, name, body["fields"], body["rules"])

    def delete(self, actor: Actor, code: str) -> None:
        """Delete a template; forms that it was put on keep their fields.

        Raises:
            NotFoundError: There is none of that code (code ``unknown_form_part``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            if not self._designs.get(tx, code).active:
                raise NotFoundError("unknown_form_part", item=code)
            self._designs.set_active(tx, actor, code, active=False)

    def _found(self, tx: Tx, code: str) -> Design | None:
        try:
            return self._designs.get(tx, code)
        except NotFoundError:
            return None


def _code(name: str) -> str:
    """Return the code of a name: names that read alike have the same, so that the database keeps them apart."""
    return str(uuid.uuid5(_NAMES, unicodedata.normalize("NFKC", name).casefold()))


def _check(fields: Sequence[Json], checks: Checks) -> None:
    """Check what the designer has to rely on; whether the fields are right is asked when their form is published."""
    if not fields:
        checks.fault("/fields", "form_part_empty")
    if _check_level(fields, "/fields", 1, checks) > MOST_FIELDS:
        checks.fault("/fields", "form_too_many_fields", limit=MOST_FIELDS)


def _check_level(fields: object, pointer: str, level: int, checks: Checks) -> int:
    """Check the fields of one level and what stands within, and count them."""
    if not isinstance(fields, Sequence) or isinstance(fields, str):
        checks.fault(pointer, "form_not_a_list")
        return 0
    if level > DEEPEST:
        checks.fault(pointer, "form_too_deep", limit=DEEPEST)
        return 0
    count = len(fields)
    for place, one in enumerate(fields):
        here = f"{pointer}/{place}"
        if not isinstance(one, Mapping) or not all(isinstance(one.get(key), str) for key in ("id", "code", "title")):
            checks.fault(here, "form_not_a_field")
            continue
        if one.get("kind") not in field_kinds:
            checks.fault(f"{here}/kind", "form_unknown_kind", kind=one.get("kind"))
        if "fields" in one:
            count += _check_level(one["fields"], f"{here}/fields", level + 1, checks)
    return count
