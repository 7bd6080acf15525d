"""Where something is on earth (定位), with what people call it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.fields.number import millionths, plain
from mazhi.engines.forms.fields.text import line
from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.options import Choice, Option

LONGEST = 200


def _degrees(raw: Any, most: int) -> int:
    # Devices give more digits than a tenth of a metre, which is what six decimals are.
    if isinstance(raw, float) and abs(raw) <= most:
        raw = round(raw, 6)
    return millionths(raw, {"decimals": 6, "least": -most, "most": most})


def _clean(raw: Any, _options: Mapping[str, Any]) -> Values:
    if not isinstance(raw, Mapping) or not {"longitude", "latitude"} <= raw.keys() <= {"longitude", "latitude", "name"}:
        raise FieldError("entry_not_a_location")
    name = line(raw.get("name") or "", LONGEST)
    return (_degrees(raw["longitude"], 180), _degrees(raw["latitude"], 90), name or None)


KIND = FieldKind(
    name="location",
    zh="定位",
    en="Location",
    zh_hint="手机上取当前位置。",
    en_hint="Where the phone is.",
    group="advanced",
    icon="Aim",
    example=({}, {"longitude": 113.324521, "latitude": 23.106641, "name": "广州塔"}),
    options=(
        Option(
            "datum", "坐标系", "Datum", "choice", "wgs84",
            choices=(Choice("wgs84", "WGS-84（手机、GPS）", "WGS 84"),
                     Choice("gcj02", "GCJ-02（高德、腾讯）", "GCJ-02")),
        ),
        Option(
            "here_only", "只能取当前位置", "Present place only", "flag", False,
            zh_hint="页面上不能在地图上另选。", en_hint="Screens let nobody choose another place.",
        ),
    ),
    columns=(Column("number", "longitude"), Column("number", "latitude"), Column("text", "name")),
    clean=_clean,
    show=lambda values: {"longitude": plain(values[0]), "latitude": plain(values[1]), "name": values[2]},
)  # fmt: skip
