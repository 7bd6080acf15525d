"""An address (地址): a region by its GB/T 2260 code, and the rest as people write it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.fields.text import line
from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.options import Choice, Option
from mazhi.kernel.partners.model import is_region

LONGEST = 200
_DEPTHS = ("province", "city", "district")


_WITHOUT_DISTRICTS = {"441900", "442000", "460400", "620200"}
"""Dongguan, Zhongshan, Danzhou and Jiayuguan have no districts below the city."""


def _depth(region: str) -> int:
    """Return how deep a region is: 0 a province, 1 a city, 2 a district or a city that has none."""
    if region in _WITHOUT_DISTRICTS:
        return 2
    return 0 if region.endswith("0000") else 1 if region.endswith("00") else 2


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    if not isinstance(raw, Mapping) or not raw.keys() <= {"region", "detail"}:
        raise FieldError("entry_not_an_address")
    region, detail = raw.get("region") or None, line(raw.get("detail") or "", LONGEST) or None
    if region is not None and (not isinstance(region, str) or not is_region(region)):
        raise FieldError("entry_not_a_region", value=str(region)[:100])
    if region is not None and _depth(region) < _DEPTHS.index(options["depth"]):
        raise FieldError("entry_region_too_wide", value=region)
    if detail is not None and not options["detail"]:
        raise FieldError("entry_address_detail")
    return (region, detail)


KIND = FieldKind(
    name="address",
    zh="地址",
    en="Address",
    zh_hint="省市区加详细地址。",
    en_hint="Province, city, district, and the rest.",
    group="common",
    icon="Environment",
    example=({}, {"region": "440106", "detail": "天河路 385 号"}),
    options=(
        Option(
            "depth", "至少选到", "Chosen down to", "choice", "province",
            choices=(Choice("province", "省", "Province"), Choice("city", "市", "City"),
                     Choice("district", "区县", "District")),
        ),
        Option("detail", "详细地址", "With street", "flag", True),
    ),
    columns=(Column("text", "region"), Column("text", "detail")),
    clean=_clean,
    show=lambda values: {"region": values[0], "detail": values[1]},
)  # fmt: skip
