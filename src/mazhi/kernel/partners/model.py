"""What a partner is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

PartnerKind = Literal["supplier", "dealer", "store", "customer", "person", "subcontractor", "other"]
KINDS: tuple[str, ...] = get_args(PartnerKind)


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner (往来单位): somebody who supplies, owns or holds items; people are partners too.

    ``region`` is where it is, ``regions`` where it may sell (授权区域), both as GB/T 2260 codes; a code that
    ends in zeros means the whole province or city. ``used`` says that something in the ledger refers to it.
    """

    id: int
    code: str
    name: str
    kind: PartnerKind
    region: str | None = None
    regions: tuple[str, ...] = ()
    phone: str | None = None
    active: bool = True
    used: bool = False
    version: int = 1
