"""The text as it is: the reading that is always there."""

from __future__ import annotations

from collections.abc import Sequence

from mazhi.kernel.barcodes.model import Found, Level, Scan, Syntax
from mazhi.kernel.errors import Problem


def read(scan: Scan) -> Sequence[Found]:
    """Return the text itself, and what it says without characters that only guard it."""
    symbology = scan.symbology
    if symbology is None:
        return (Found(scan.text, level=Level.PLAIN, keys=(scan.text,)),)
    bare = symbology.bare(scan.text) if symbology.bare else scan.text
    problems = () if symbology.holds(scan.text) else (Problem("symbology_mismatch", {"symbology": symbology.name}),)
    keys = (scan.text,) if bare == scan.text else (scan.text, bare)
    return (Found(scan.text, problems=problems, level=Level.PLAIN, keys=keys),)


KIND = Syntax(name="raw", via="raw", zh="原文", en="Plain text", order=900, example="WH1-A-03-2", read=read)
