"""By component (部件): one piece, and everything that contains or ever contained it."""

from mazhi.kernel.db import Tx
from mazhi.kernel.recalls import store
from mazhi.kernel.recalls.criterion import Asked, Criterion
from mazhi.kernel.recalls.model import Seeds


def _find(tx: Tx, asked: Asked) -> Seeds:
    code = asked.text("component")
    found = store.ids_by_identifier(tx, [code], asked.text("namespace") or None).get(code, [])
    if not found:
        asked.fault("component", "unknown_item", code)
    elif len(found) > 1:
        namespaces = ", ".join(space for space, _ in found)
        asked.fault("component", "ambiguous_item", code, namespaces=namespaces)
    return Seeds(items=store.with_contents(tx, [item for _, item in found]), only_now=asked.only_now)


KIND = Criterion(
    "component", "部件", "Component", key="component", find=_find, needed=("component",), optional=("namespace",)
)
