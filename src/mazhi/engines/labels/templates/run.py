"""A run (打印批): one version of a template and the data of its labels, checked before anything is printed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from mazhi.engines.labels.data.model import LabelData
from mazhi.engines.labels.element import Images
from mazhi.engines.labels.layout import Layout
from mazhi.engines.labels.marks import Laid
from mazhi.engines.labels.media import Media
from mazhi.engines.labels.model import Template
from mazhi.engines.labels.printing.model import Line, Target
from mazhi.engines.labels.writers import pdf, png, sheet, tspl, zpl
from mazhi.kernel import clock
from mazhi.kernel.errors import InvalidInputError, Problem

MOST_PROBLEMS = 1_000
"""More are counted, but not listed."""


def media_of(template: Template, over: dict[str, Any] | None = None, *, copies: int = 1) -> Media:
    """Return what a printer is told of the labels: what the template says, and what is said over it."""
    known = {one.name for one in fields(Media)}
    wanted = template.printing
    media = Media(
        width_mm=template.width_mm,
        height_mm=template.height_mm,
        gap_mm=template.gap_mm,
        darkness=wanted.darkness,
        speed=wanted.speed,
        cut=wanted.cut,
        peel=wanted.peel,
        rotate=wanted.rotate,
        copies=copies,
    )
    return replace(media, **{name: value for name, value in (over or {}).items() if name in known})


@dataclass(slots=True)
class Run:
    """What one job prints.

    Attributes:
        label: Code of the template.
        version: Its version.
        template: What it says.
        data: The labels, in their order.
        images: Its pictures.
        user: Who prints.
    """

    label: str
    version: int
    template: Template
    data: Sequence[LabelData]
    images: Images
    user: str = ""
    _layouts: dict[int, Layout] = field(default_factory=dict)

    @property
    def lines(self) -> list[Line]:
        """What each label is printed for."""
        return [
            Line(one.item_id or 0, one.code, "" if one.record is None else json.dumps(one.record, ensure_ascii=False))
            for one in self.data
        ]

    @property
    def per_sheet(self) -> int:
        """How many labels stand on one sheet; 1 where there are no sheets."""
        sheet_ = self.template.sheet
        return 1 if sheet_ is None else sheet_.rows * sheet_.columns

    def layout(self, dpi: int) -> Layout:
        """Return the template made ready for one resolution."""
        if dpi not in self._layouts:
            self._layouts[dpi] = Layout(self.template, dpi, self.images)
        return self._layouts[dpi]

    def check(self, dpi: int) -> None:
        """Look whether every label can be printed.

        Raises:
            InvalidInputError: Some cannot (code ``label_cannot_print``); every reason is named with its label.
        """
        for _ in self.checked(dpi):
            pass

    def checked(self, dpi: int) -> Iterator[Laid]:
        """Lay labels out; from the first that cannot be printed on none is given any more, all are only checked.

        Raises:
            InvalidInputError: At the end, if some cannot (code ``label_cannot_print``).
        """
        layout = self.layout(dpi)
        problems: list[Problem] = []
        bad, listed = 0, 0
        for place, one in enumerate(self.data):
            laid, found = layout.try_lay(one, place + 1, len(self.data))
            if found:
                bad += 1
                if listed < MOST_PROBLEMS:
                    pointer = f"/{'records' if one.item_id is None else 'items'}/{place}"
                    problems += [Problem(problem.code, problem.params, pointer, one.code) for problem in found]
                    listed += len(found)
            elif not bad:
                yield laid
        if problems:
            raise InvalidInputError("label_cannot_print", problems=problems, number=bad, total=len(self.data))

    def laids(self, dpi: int, places: Iterable[int] | None = None) -> Iterator[Laid]:
        """Lay labels out, one after the other."""
        layout = self.layout(dpi)
        for place in range(len(self.data)) if places is None else places:
            yield layout.try_lay(self.data[place], place + 1, len(self.data))[0]

    def at(self, moment: int, printer: str = "") -> None:
        """Set when (µs) and on which printer the run is printed, for labels that say so."""
        now = clock.to_datetime(moment, clock.DEFAULT_ZONE).replace(tzinfo=None, microsecond=0)
        shared = {"now": now, "user": self.user, "printer": printer, "total": len(self.data)}
        for one in self.data:
            one.run = shared

    def chunks(self, target: Target, labels: Sequence[int], total: int, at: int) -> Iterator[bytes]:
        """Write labels in a printer's language.

        Args:
            target: The printer.
            labels: Places in ``lines``; a copy is the same place again.
            total: How many labels the whole job has, copies included.
            at: When it was ordered, µs.
        """
        del total  # a label says which of the lines it is; its copies say the same
        self.at(at, target.printer)
        laids = self.laids(target.dpi, labels)
        if target.language == "pdf":
            return iter([self.pdf(laids, target.start)])
        if target.language == "png":
            return png.write(laids)
        media = media_of(self.template, dict(target.media))
        if media.cut == "end" and not target.last:
            media = replace(media, cut="none")
        return zpl.write(laids, media) if target.language == "zpl" else tspl.write(laids, media)

    def pdf(self, laids: Iterable[Laid], start: int = 1, *, on_sheets: bool = True, copies: int = 1) -> bytes:
        """Write labels as PDF, each so many times: on sheets where the template has them, else a page a label."""
        laids = (laid for laid in laids for _ in range(copies))
        if self.template.sheet is not None and on_sheets:
            return sheet.write(laids, self.template.sheet, start)
        return pdf.write(laids, self.template.width_mm, self.template.height_mm)
