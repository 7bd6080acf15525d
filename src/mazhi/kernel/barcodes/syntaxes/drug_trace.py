"""Drug trace codes (药品追溯码): 20 digits, the first seven of which name the product; no public check digit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mazhi.kernel.barcodes.model import Found, Level, Scan, Syntax

_CODE = re.compile("([0-9]{7})([0-9]{13})")


def read(scan: Scan) -> Sequence[Found]:
    """Read 20 digits; those in use begin with 8."""
    found = _CODE.fullmatch(scan.text) if scan.carrier in ("plain", "unknown") else None
    if found is None:
        return ()
    level = Level.LIKELY if scan.text.startswith("8") else Level.WEAK
    return (Found(scan.text, {"drug": found[1], "serial": found[2]}, (), level, (scan.text,)),)


KIND = Syntax(
    name="drug_trace",
    via="drug_trace",
    zh="药品追溯码",
    en="Drug trace code",
    order=120,
    example="81001234567890123456",
    read=read,
)
