"""How fields name files, and what becomes of a file that a record has.

It is told in the transaction that saves the record: from then on the file stays, and is had through the record alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mazhi.engines.forms.files import store
from mazhi.engines.forms.model import Column, Field, Values
from mazhi.engines.forms.references import Reference, numbers_of
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.files import store as library
from mazhi.kernel.files.model import StoredFile

if TYPE_CHECKING:
    from mazhi.kernel.access.model import Actor
    from mazhi.kernel.db import Tx

UNKNOWN = "entry_file_unknown"
COLUMNS = (Column("json", "files"),)
"""Named unlike the columns of other kinds, so that numbers of products are never taken for those of files."""


def _find(tx: Tx, uuids: Collection[str], _options: Mapping[str, Any]) -> Mapping[str, int]:
    return {uuid: one.id for uuid, one in library.by_uuid(tx, uuids).items()}


def _tell(tx: Tx, numbers: Collection[int]) -> Mapping[int, Any]:
    return {number: facts(one) for number, one in library.by_number(tx, numbers).items()}


def facts(one: StoredFile) -> dict[str, Any]:
    """Write what clients get of a file; where it is to be had is added by whoever knows the record."""
    return {"id": one.uuid, "name": one.name, "size": one.size, "type": one.type.name, "drawn": one.previewed}


FILES = Reference(_find, _tell, UNKNOWN, many=True)


def saved(tx: Tx, _actor: Actor, field: Field, saved: Sequence[tuple[int, Values]]) -> None:
    """Let the files that records have now stay, and note whose they are.

    Raises:
        ConflictError: One was removed at this moment (code ``record_file_gone``).
    """
    pairs = {(record, number) for record, values in saved for number in numbers_of(values, many=True)}
    if not pairs:
        return
    numbers = {number for _, number in pairs}
    if library.bind(tx, numbers) != len(numbers):
        raise ConflictError("record_file_gone", field=field.title)
    store.note(tx, field.id, pairs)
