"""By the supplier's batch (供应商批次): every batch of ours that came from it."""

from mazhi.kernel.batches import store as batches
from mazhi.kernel.batches.store import BatchFilter
from mazhi.kernel.db import Tx
from mazhi.kernel.recalls.criterion import Asked, Criterion
from mazhi.kernel.recalls.model import Seeds

MOST = 10_000


def _find(tx: Tx, asked: Asked) -> Seeds:
    code = asked.text("supplier_batch")
    wanted = BatchFilter(supplier_batch=code, product_id=asked.product(tx))
    found = batches.find(tx, wanted, None, MOST)
    if not found and not asked.problems:
        asked.fault("supplier_batch", "unknown_batch", code, item=code)
    return Seeds(batches=[(one.product_id, one.id) for one in found], only_now=asked.only_now)


KIND = Criterion(
    "supplier_batch", "供应商批次", "Supplier's batch", key="supplier_batch", find=_find,
    needed=("supplier_batch",), optional=("product",),
)  # fmt: skip
