"""The families of symbologies and syntaxes, and how a symbology is found by what a device calls it."""

from __future__ import annotations

import re

from mazhi.kernel.barcodes import symbologies as symbology_package
from mazhi.kernel.barcodes import syntaxes as syntax_package
from mazhi.kernel.barcodes.model import Symbology, Syntax
from mazhi.kernel.registry import Registry

symbologies: Registry[Symbology] = Registry(symbology_package)
syntaxes: Registry[Syntax] = Registry(syntax_package)

IN_ORDER: tuple[Syntax, ...] = tuple(sorted(syntaxes, key=lambda syntax: syntax.order))
"""Every syntax, in the order in which equally sure readings stand."""


def plain(name: str) -> str:
    """Reduce a device's name of a symbology to letters and digits: ``LABEL-TYPE-EAN13`` and ``EAN-13`` are one."""
    return re.sub("[^a-z0-9]", "", name.lower().removeprefix("label-type-"))


_BY_AIM: dict[str, list[Symbology]] = {}
_BY_NAME: dict[str, Symbology] = {}
# Of symbologies that share an identifier those that hold only a trade item number are asked first.
for _kind in sorted(symbologies, key=lambda kind: kind.carries != "gtin"):
    for _aim in _kind.aim:
        _BY_AIM.setdefault(_aim, []).append(_kind)
    for _name in (_kind.name, *_kind.aliases):
        _BY_NAME[plain(_name)] = _kind


def by_aim(aim: str, text: str) -> Symbology | None:
    """Return the symbology of an AIM identifier; several share one, then the first that can hold the text."""
    kinds = _BY_AIM.get(aim, ())
    return next((kind for kind in kinds if kind.holds(text)), kinds[0] if kinds else None)


def by_name(name: str) -> Symbology | None:
    """Return the symbology that a device, phone or library calls so; None where nobody does."""
    return _BY_NAME.get(plain(name))
