"""By batch (批次): items of the batch, and units that contain a quantity of it."""

from mazhi.kernel.batches import store as batches
from mazhi.kernel.db import Tx
from mazhi.kernel.recalls.criterion import Asked, Criterion
from mazhi.kernel.recalls.model import Seeds


def _find(tx: Tx, asked: Asked) -> Seeds:
    code, product = asked.text("batch"), asked.product(tx)
    known = batches.by_code(tx, code)
    found = [one for one in known if product is None or one.product_id == product]
    if not found and not asked.problems:
        asked.fault("batch", "unknown_batch", code, item=code)
    return Seeds(batches=[(one.product_id, one.id) for one in found], only_now=asked.only_now)


KIND = Criterion("batch", "批次", "Batch", key="batch", find=_find, needed=("batch",), optional=("product",))
