"""Making runs of templates: what a job prints, in the printer's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mazhi.engines.labels.printing.model import Run
from mazhi.kernel.access.model import Actor
from mazhi.kernel.errors import NotFoundError


class LabelRuns:
    """Makes runs of the templates of one database."""

    def prepare(
        self,
        actor: Actor,  # noqa: ARG002
        label: str,
        items: Sequence[tuple[str, str | None]],  # noqa: ARG002
        records: Sequence[Mapping[str, Any]],  # noqa: ARG002
        *,
        version: int | None = None,  # noqa: ARG002
    ) -> Run:
        """Prepare a run.

        Raises:
            NotFoundError: There is no such template (code ``unknown_label``).
        """
        raise NotFoundError("unknown_label", item=label)
