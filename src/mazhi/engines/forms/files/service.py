"""What a reader does with the files of records: have one, as far as they may see it there."""

from __future__ import annotations

from mazhi.engines.forms.files import store
from mazhi.engines.forms.files.reaching import whole
from mazhi.engines.forms.records.opened import look_up, open_form
from mazhi.engines.forms.rights.compiling import reach
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import NotFoundError
from mazhi.kernel.files import store as library
from mazhi.kernel.files.model import StoredFile


class RecordFiles:
    """The files of the records of every form."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, actor: Actor, app: str, form: str, record: int, file: str) -> StoredFile:
        """Return a file that a record has, or had, in a field that the reader sees whole there.

        Raises:
            NotFoundError: There is none such, or it is not theirs to see (code ``unknown_stored_file``).
            ForbiddenError: They may see no record of the form at all (code ``no_form_right``).
        """
        with self._db.read() as tx:
            opened = open_form(tx, app, form)
            may = reach(tx, actor, opened.id, opened.form, opened.layout.slots, look_up(tx))
            within = may.rows("view")
            found = library.by_uuid(tx, [file]).get(file) if file.isprintable() else None
            if found is not None:
                fields = whole(may, opened.form, store.fields_with(tx, [found.id], record))
                if found.id in store.seen(tx, opened.id, [found.id], within, fields, record):
                    return found
        raise NotFoundError("unknown_stored_file")
