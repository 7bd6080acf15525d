"""Field (字段): a value given when the codes are made, such as the line or the batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mazhi.kernel.codes.fitting import BEGINS, CHARS, FIT, WIDTH, Fitting, fitting_of
from mazhi.kernel.codes.parameters import Parameter
from mazhi.kernel.codes.segment import Context, Meaning, Preset, SegmentKind, StaticSegment, at
from mazhi.kernel.errors import Problem

KNOWN = {"line": ("产线", "line"), "batch": ("批次", "batch"), "site": ("工厂", "site")}
"""Fields whose names are shown in the reader's language."""


class Field(StaticSegment):
    """A value that comes with the order to make codes."""

    kind = "field"

    def __init__(self, name: str, fitting: Fitting, body: Mapping[str, Any]) -> None:
        self.shows = name
        self.body = body
        self.widths = fitting.widths
        self._fitting = fitting

    def classes(self, width: int) -> Sequence[frozenset[str]]:
        """Return which characters each place may have."""
        return self._fitting.classes(width)

    def text(self, context: Context) -> str | Problem:
        """Write the field's value."""
        value = context.fields.get(self.shows, "")
        pointer = at("/fields", self.shows)
        if not value:
            if context.with_samples:
                return self._fitting.sample(self.shows)
            return Problem("code_field_missing", {"name": self.shows}, pointer)
        return self._fitting.place(value, self.shows, pointer)

    def read(self, text: str) -> Meaning | None:
        """Take it as the field's value."""
        if not self._fitting.fits(text):
            return None
        zh, en = KNOWN.get(self.shows, (self.shows, self.shows))
        return Meaning(text, f"{zh} {text}", f"{en} {text}")


class FieldKind(SegmentKind[Field]):
    """A place that the order to make codes fills in."""

    name = "field"
    zh = "任意字段"
    en = "Field"
    group = "business"
    parameters = (
        Parameter(
            "name",
            "name",
            "字段名",
            "Name",
            required=True,
            zh_help="制码时要填的内容，例如 line（产线）、batch（批次）。",
            en_help="What is filled in when codes are made, for example line or batch.",
        ),
        WIDTH,
        FIT,
        CHARS,
        BEGINS,
    )
    example: ClassVar[Mapping[str, Any]] = {"kind": "field", "name": "line", "width": 3}
    presets = (
        Preset("批次", "Batch", {"kind": "field", "name": "batch", "width": 5}),
        Preset("产线", "Line", {"kind": "field", "name": "line", "width": 3}),
    )

    def build(self, values: dict[str, Any], pointer: str, problems: list[Problem]) -> Field:
        """Make the segment; ``product`` is the name of a segment of its own."""
        if values["name"] == "product":
            problems.append(Problem("segment_field_named_product", {}, at(pointer, "name")))
        fitting = fitting_of(values)
        problems += fitting.faults(pointer)
        return Field(values["name"], fitting, self.stored(values))


KIND = FieldKind()
