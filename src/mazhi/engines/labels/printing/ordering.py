"""Orders of labels that come from elsewhere in the system: looked at before, made on behalf of somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mazhi.engines.labels.printers.service import known
from mazhi.engines.labels.printing.model import PrintRequest
from mazhi.engines.labels.printing.service import Printing
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.designs.service import Designs
from mazhi.kernel.errors import PlatformError, Problem


class Orders:
    """Orders labels."""

    def __init__(self, printing: Printing) -> None:
        """Order from the printers of that system."""
        self._printing = printing

    def faults(self, tx: Tx, label: str, printer: str) -> Iterator[Problem]:
        """Say what of a template and a printer is not there, or not ready; an empty printer is not looked at."""
        try:
            if not Designs("label").in_force(tx, label).version:
                yield Problem("flow_label_not_ready", {"item": label}, "/options/label")
        except PlatformError as error:
            yield Problem(error.code, dict(error.params), "/options/label")
        if printer:
            try:
                known(tx, printer)
            except PlatformError as error:
                yield Problem(error.code, dict(error.params), "/options/printer")

    def order(
        self, actor: Actor, label: str, printer: str, items: Sequence[str], *, copies: int, reason: str, client_key: str
    ) -> str:
        """Order labels in a transaction of its own and return the print job; the same key again orders nothing."""
        request = PrintRequest(
            label=label,
            printer=printer,
            items=[(code, None) for code in items],
            copies=copies,
            reason=reason,
            client_key=client_key,
        )
        return self._printing.print(actor, request)
