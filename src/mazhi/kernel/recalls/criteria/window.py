"""By production time (生产时段): pieces of a product that were made in a span of time."""

from mazhi.kernel.db import Tx
from mazhi.kernel.recalls import store
from mazhi.kernel.recalls.criterion import Asked, Criterion
from mazhi.kernel.recalls.model import Seeds


def _find(tx: Tx, asked: Asked) -> Seeds:
    window, product = asked.window(), asked.product(tx)
    if window is None or product is None:
        return Seeds()
    return Seeds(births=store.births_between(tx, *window), product=product, only_now=asked.only_now, named=False)


KIND = Criterion(
    "window", "生产时段", "Production time", key="product", find=_find, needed=("product", "from", "to"),
)  # fmt: skip
