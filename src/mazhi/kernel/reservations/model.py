"""What a reservation (预留) is, and the rules of when it ends.

A reservation keeps a piece, or a quantity of one balance, for a document. It follows the goods about the house: a
piece keeps it wherever it is put, and a quantity that is picked or moved takes it along. It ends when its document
issues, ships or lends the goods (``used``), when somebody takes it back (``released``), when its time is over
(``expired``), and when the goods are not there any more (``gone``): lost, scrapped, built in, taken out of the books.

What others are refused to do with it (code ``reserved``) is said in ``reach``. When what its document did with the
goods is taken back (correct), the reservation is there again, if the document still keeps goods.

What the system chose by a proposal stands for its product and not for these very pieces: where the document takes
others instead, as many of the chosen ones are free again. What a person named stays until that very piece goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from mazhi.kernel.posting.model import ItemRef

MANAGE = "reservations.manage"
MOST_LINES = 1_000
MOST_PIECES = 100_000

Strategy = Literal["fifo", "fefo"]
State = Literal["open", "used", "released", "expired", "gone", "moved"]
"""``moved``: the quantity went to another balance, where it is reserved again."""


@dataclass(frozen=True, slots=True)
class Line:
    """So much of a product: the system chooses which, in the order of the strategy.

    Attributes:
        product: Its code.
        quantity: How much; of serial goods whole pieces.
        batch: Only of this batch.
        place: Only at this place and within it.
        owner: Whose goods; None: ours.
        strategy: ``fifo``: what came first goes first; ``fefo``: what expires first.
    """

    product: str
    quantity: Decimal
    batch: str | None = None
    place: str | None = None
    owner: str | None = None
    strategy: Strategy = "fefo"


@dataclass(frozen=True, slots=True)
class ReserveRequest:
    """What is to be reserved for a document.

    Attributes:
        document: For which.
        items: These very pieces; a package means its contents.
        lines: So much of these products.
        expires_at: Until when, µs; 0: until it ends otherwise.
        mode: ``all``: everything or nothing; ``partial``: what there is, and what is missing is told.
        client_key: The same key gives the same answer.
    """

    document: str
    items: Sequence[ItemRef] = ()
    lines: Sequence[Line] = ()
    expires_at: int = 0
    mode: Literal["all", "partial"] = "all"
    client_key: str | None = None


class Balance(NamedTuple):
    """What a quantity is reserved of; in the order of the columns, and never a blocked balance."""

    product_id: int
    batch_id: int
    place_id: int
    state: str
    quality: str
    owner_id: int
