"""By line and time (产线与时段): what got its code on a line, as the code's field ``line`` says."""

from mazhi.kernel.db import Tx
from mazhi.kernel.recalls import store
from mazhi.kernel.recalls.criterion import Asked, Criterion
from mazhi.kernel.recalls.model import Seeds


def _find(tx: Tx, asked: Asked) -> Seeds:
    window, product = asked.window(), asked.product(tx)
    if window is None:
        return Seeds()
    events = store.births_between(tx, *window, line=asked.text("line"))
    return Seeds(births=events, product=product, only_now=asked.only_now, named=False)


KIND = Criterion(
    "line", "产线与时段", "Line and time", key="line", find=_find, needed=("line", "from", "to"), optional=("product",)
)
