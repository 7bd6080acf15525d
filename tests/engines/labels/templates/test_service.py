"""Templates: what is prepared and printed of them."""

from __future__ import annotations

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pypdf
import pytest
from PIL import Image

from mazhi.engines.labels.printing.model import Line, Target
from mazhi.engines.labels.templates import run as runs
from mazhi.engines.labels.templates.service import Labels
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from tests.kernel.world import World

AT = 1_795_219_200_000_000  # 2026-11-21 08:00 in Shanghai


def text(value: str, y: float = 1, **more: Any) -> dict[str, Any]:
    return {"kind": "text", "x": 1, "y": y, "w": 48, "h": 6, "size": 8, "value": value, **more}


def template(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"format": 1, "width_mm": 50, "height_mm": 25, "elements": list(elements), **more}


CODE = {"kind": "barcode", "x": 1, "y": 8, "w": 48, "h": 12, "symbology": "code128", "value": "{item.code}"}


@pytest.fixture
def world(db: Database) -> World:
    return World(db).furnish()


@pytest.fixture
def labels(world: World) -> Labels:
    return Labels(world.db, world.cycles)


def given(*codes: str) -> list[tuple[str, str | None]]:
    return [(code, None) for code in codes]


def test_a_run_keeps_the_version_that_it_was_made_with(labels: Labels, world: World) -> None:
    world.bear(["A1", "A2"])
    labels.create(SYSTEM, "L", "标签", template(text("一 {item.code}")))
    first = labels.prepare(SYSTEM, "L", given("A1", "A2"), [])
    labels.save_draft(SYSTEM, "L", 1, template(text("二 {item.code}"), CODE))
    labels.publish(SYSTEM, "L", 1)
    again = labels.prepare(SYSTEM, "L", given("A1"), [], version=1)
    assert (first.version, again.version, labels.prepare(SYSTEM, "L", given("A1"), []).version) == (1, 1, 2)
    assert first.template == again.template
    ids = [one.item_id for one in first.data]
    assert first.lines == [Line(ids[0] or 0, "A1"), Line(ids[1] or 0, "A2")]
    labels.change(SYSTEM, "L", active=False)
    assert labels.prepare(SYSTEM, "L", given("A1"), [], version=1).version == 1  # what was ordered is printed
    with pytest.raises(ConflictError, match="label_inactive"):
        labels.prepare(SYSTEM, "L", given("A1"), [])
    with pytest.raises(NotFoundError, match="unknown_version"):
        labels.prepare(SYSTEM, "L", given("A1"), [], version=3)


def test_a_run_is_written_in_every_language_and_copies_are_the_same_label(labels: Labels, world: World) -> None:
    world.bear(["A1", "A2", "A3"])
    labels.create(SYSTEM, "L", "标签", template(text("{print.number}/{print.total} {print.printer}"), CODE))
    run = labels.prepare(SYSTEM, "L", given("A1", "A2", "A3"), [])
    zpl = b"".join(run.chunks(Target("zpl", 203, printer="Z1"), [0, 0, 2], 6, AT))
    assert zpl.count(b"A1") == 2 and zpl.count(b"A3") == 1 and b"A2" not in zpl
    assert b"".join(run.chunks(Target("tspl", 300), [1], 1, AT)).count(b"PRINT") == 1
    pictures = list(run.chunks(Target("png", 203), [0, 1], 2, AT))
    assert len(pictures) == 2 and Image.open(io.BytesIO(pictures[0])).size == (400, 200)
    (pdf,) = run.chunks(Target("pdf", 300, printer="华三"), [0, 1], 2, AT)
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    assert len(pages) == 2 and "2/3 华三" in pages[1].extract_text()


def test_what_the_printer_says_stands_over_the_template(labels: Labels, world: World) -> None:
    world.bear(["A1"])
    printing = {"darkness": 10, "speed": 4, "cut": "each"}
    labels.create(SYSTEM, "L", "标签", template(CODE, printing=printing))
    run = labels.prepare(SYSTEM, "L", given("A1"), [])
    assert runs.media_of(run.template).darkness == 10
    over = runs.media_of(run.template, {"darkness": 3, "unknown": 1})
    assert (over.darkness, over.speed, over.cut, over.width_mm) == (3, 4, "each", 50)


def test_every_label_that_cannot_be_printed_is_named(labels: Labels, world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(runs, "MOST_PROBLEMS", 2)
    labels.create(SYSTEM, "L", "标签", template({**CODE, "value": "{record.sn}"}))
    records = [{"sn": "OK"}, {"sn": ""}, {"sn": "字"}, {"sn": None}]
    with pytest.raises(InvalidInputError) as caught:
        labels.prepare(SYSTEM, "L", [], records)
    assert [(one.pointer, one.item) for one in caught.value.problems] == [("/records/1", "#2"), ("/records/2", "#3")]
    assert (caught.value.params["number"], caught.value.params["total"]) == (3, 4)
    with pytest.raises(InvalidInputError):
        labels.render(SYSTEM, "L", [], records, "zpl")
    good = labels.render(SYSTEM, "L", [], records[:1], "zpl")
    assert (b"".join(good.chunks).count(b"^XZ"), good.name) == (1, "L.zpl")


def test_of_several_who_publish_at_once_one_does(labels: Labels) -> None:
    labels.create(SYSTEM, "L", "标签", template(text("x")))
    labels.save_draft(SYSTEM, "L", 1, template(text("y")))
    together = threading.Barrier(4)

    def publish(number: int) -> str:
        together.wait()
        try:
            return str(labels.publish(Actor(f"u{number}", everything=True), "L", 1).number)
        except ConflictError as error:
            return error.code

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(publish, range(4)))
    assert outcomes == ["2", *["publish_conflict"] * 3]
    assert [one.number for one in labels.versions("L")] == [2, 1]


def test_rights_are_asked_for(labels: Labels, world: World) -> None:
    world.bear(["A1"])
    labels.create(SYSTEM, "L", "标签", template(CODE))
    printer = Actor("p", rights={"labels.print": None, "items.view": None})
    assert b"".join(labels.render(printer, "L", given("A1"), [], "tspl").chunks)
    for refused in (
        lambda: labels.render(Actor("v", rights={"items.view": None}), "L", given("A1"), [], "pdf"),
        lambda: labels.create(printer, "M", "标签", template()),
        lambda: labels.set_host(printer, "https://a.example"),
    ):
        with pytest.raises(ForbiddenError):
            refused()


def test_only_what_a_template_shows_is_read(labels: Labels, world: World) -> None:
    world.bear(["A1"])
    shown = template(text("{产品名称}"), text("{place}", hidden=True), {**text(""), "kind": "formula", "value": "批号"})
    labels.create(SYSTEM, "L", "标签", shown)
    run = labels.prepare(SYSTEM, "L", given("A1"), [])
    assert run.data[0]("product.name") == "水表" and run.user == "system"
