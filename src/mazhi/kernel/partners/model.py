"""What a partner is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal, get_args

from mazhi.kernel.master_data.model import Checks

PartnerKind = Literal["supplier", "dealer", "store", "customer", "person", "subcontractor", "other"]
KINDS: tuple[str, ...] = get_args(PartnerKind)
MOST_REGIONS = 500

_PROVINCES = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]"
_REGION = re.compile(rf"(?:{_PROVINCES})[0-9]{{4}}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()\-#]{2,28}[0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A partner (往来单位): somebody who supplies, owns or holds items; people are partners too.

    ``region`` is where it is, ``regions`` where it may sell (授权区域), both as GB/T 2260 codes; a code that
    ends in zeros means the whole province or city. ``used`` says that something in the ledger refers to it.
    """

    id: int = 0
    code: str
    name: str
    kind: PartnerKind
    region: str | None = None
    regions: tuple[str, ...] = ()
    phone: str | None = None
    active: bool = True
    used: bool = False
    version: int = 1

    @property
    def masked_phone(self) -> str | None:
        """The phone number for lists and logs: enough to tell people apart, not enough to call them."""
        if self.phone is None:
            return None
        return f"{self.phone[:3]}****{self.phone[-4:]}" if len(self.phone) > 8 else "****"

    def facts(self) -> dict[str, Any]:
        """Write what a user may set as plain data, for the audit trail, which keeps no phone number whole."""
        return {
            "code": self.code,
            "name": self.name,
            "kind": self.kind,
            "region": self.region,
            "regions": list(self.regions),
            "phone": self.masked_phone,
            "active": self.active,
        }


def is_region(value: str) -> bool:
    """Tell whether something may be a region code of GB/T 2260: six digits that begin with a province."""
    return _REGION.fullmatch(value) is not None


def covers(region: str, other: str) -> bool:
    """Tell whether a region is another one or holds it: 440000 holds 440100, and that holds 440106."""
    significant = region.removesuffix("00").removesuffix("00")
    return other.startswith(significant)


def check_partner(partner: Partner, checks: Checks) -> None:
    """Note everything that is wrong with a partner in itself."""
    checks.code("/code", partner.code)
    checks.text("/name", partner.name, needed=True)
    checks.one_of("/kind", partner.kind, KINDS)
    if partner.region is not None and not is_region(partner.region):
        checks.fault("/region", "bad_region", item=partner.region)
    for place, region in enumerate(partner.regions):
        if not is_region(region):
            checks.fault(f"/regions/{place}", "bad_region", item=region)
        elif region in partner.regions[:place]:
            checks.fault(f"/regions/{place}", "region_twice", item=region)
    if partner.phone is not None and not _PHONE.fullmatch(partner.phone):
        checks.fault("/phone", "bad_phone")
