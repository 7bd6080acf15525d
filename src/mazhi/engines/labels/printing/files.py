"""The files of jobs that a person prints (browser): the whole job as one PDF."""

from __future__ import annotations

from mazhi.engines.labels.printing import label_store, store
from mazhi.engines.labels.printing.model import PrintJob, Run, Target
from mazhi.kernel import clock
from mazhi.kernel.db import Database
from mazhi.kernel.jobs.files import Files


class FileWriter:
    """Writes files of jobs; one that was killed in the middle is written anew."""

    def __init__(self, db: Database, files: Files) -> None:
        self._db = db
        self._files = files

    def write(self, job: PrintJob, run: Run, target: Target) -> None:
        """Write a job's file and let it wait to be fetched."""
        places = [(n - 1) // job.copies for n in range(1, job.total + 1)]
        path = self._files.new()
        with path.open("wb") as file:
            for chunk in run.chunks(target, places, job.total, job.created_at):
                file.write(chunk)
        with self._db.write() as tx:
            present = store.get(tx, job.id, lock=True)
            if present is None or present.wish or present.state not in {"queued", "running"}:
                return
            kept = self._files.keep(
                tx, path, name=f"{job.label or 'test'}.pdf", media_type="application/pdf", actor=job.actor
            )
            label_store.mark(tx, job.id, 1, job.total, "sent", was="queued", now=clock.now())
            store.change(tx, job.id, state="ready", file=kept.id)
