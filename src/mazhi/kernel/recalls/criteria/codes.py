"""By serial numbers (序列号段或清单): a list or ranges, as people type them."""

from mazhi.kernel.codes import typed
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.kernel.recalls import store
from mazhi.kernel.recalls.criterion import Asked, Criterion
from mazhi.kernel.recalls.model import MOST_CODES, Seeds


def _find(tx: Tx, asked: Asked) -> Seeds:
    codes = _spelled(asked)
    known = store.ids_by_identifier(tx, codes, asked.text("namespace") or None)
    items: list[int] = []
    unknown: list[str] = []
    for code in codes:
        found = known.get(code, [])
        if not found:
            unknown.append(code)
        elif len(found) > 1:
            asked.fault("codes", "ambiguous_item", code, namespaces=", ".join(space for space, _ in found))
        else:
            items.append(found[0][1])
    return Seeds(items=store.with_contents(tx, items), only_now=asked.only_now, unknown=unknown)


def _spelled(asked: Asked) -> list[str]:
    codes = asked.fields.get("codes")
    if isinstance(codes, list) and all(isinstance(code, str) for code in codes):
        return list(dict.fromkeys(codes))
    if not isinstance(codes, str):
        asked.fault("codes", "field_needed", field="codes")
        return []
    try:
        return list(dict.fromkeys(typed.expand(codes, limit=MOST_CODES)))
    except InvalidInputError as error:
        pointer = f"{asked.pointer}/codes"
        asked.problems += [Problem(one.code, one.params, pointer, one.item) for one in error.problems]
        return []


KIND = Criterion(
    "codes", "序列号", "Serial numbers", key="codes", find=_find, needed=("codes",), optional=("namespace",)
)
