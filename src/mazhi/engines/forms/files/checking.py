"""Whether a record may have the files that it names: as many, as large, of such types, and from whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.files import store
from mazhi.engines.forms.files.binding import FILES, UNKNOWN
from mazhi.engines.forms.files.reaching import whole
from mazhi.engines.forms.records.model import Named
from mazhi.engines.forms.records.opened import look_up, open_form
from mazhi.engines.forms.rights.compiling import reach
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ForbiddenError, InvalidInputError, Problem
from mazhi.kernel.files import store as library
from mazhi.kernel.files.media_types import titles_of
from mazhi.kernel.files.model import MEGABYTE, StoredFile, uploader_of


def check(tx: Tx, actor: Actor, named: Sequence[Named]) -> None:
    """Refuse files that do not fit their fields, or that the writer has no claim to.

    Raises:
        InvalidInputError: Each of them is named with its place.
    """
    mine = [one for one in named if field_kinds[one.field.kind].reference is FILES]
    if not mine:
        return
    known = library.by_uuid(tx, {code for one in mine for code in one.codes})
    open_ = _open_to(tx, actor, known.values())
    problems = [problem for one in mine for problem in _problems(one, known, open_)]
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)


def _problems(one: Named, known: Mapping[str, StoredFile], open_: Collection[int]) -> list[Problem]:
    options, found = one.field.options, list[Problem]()
    told = {"field": one.field.title}
    most = options.get("most", 1)
    if len(one.codes) > most:
        found.append(Problem("entry_too_many", {**told, "limit": most}, one.pointer))
    for place, code in enumerate(one.codes):
        file, at = known[code], f"{one.pointer}/{place}"
        groups = options.get("types", ["picture"])
        largest = options.get("largest_mb")
        if file.id not in open_:
            found.append(Problem(UNKNOWN, {**told, "item": code}, at, item=code))
        elif file.type.group not in groups:
            said = {"name": file.name, "found": file.type.title, "wanted": titles_of(groups)}
            found.append(Problem("entry_file_type", {**told, **said}, at, item=code))
        elif largest is not None and file.size > largest * MEGABYTE:
            found.append(Problem("entry_file_large", {**told, "name": file.name, "limit": largest}, at, item=code))
    return found


def _open_to(tx: Tx, actor: Actor, files: Collection[StoredFile]) -> set[int]:
    """Return which files somebody may put into a record: their own uploads, and those of records that they see."""
    owner = uploader_of(actor).key
    found = {one.id for one in files if one.owner == owner and not one.bound}
    others = {one.id for one in files if one.bound}
    if not others:
        return found
    fields = store.fields_with(tx, others)
    for code in store.forms_of(tx, fields):
        opened = open_form(tx, *code.split("/"))
        may = reach(tx, actor, opened.id, opened.form, opened.layout.slots, look_up(tx))
        try:
            within = may.rows("view")
        except ForbiddenError:
            continue
        found |= store.seen(tx, opened.id, others, within, whole(may, opened.form, fields))
    return found
