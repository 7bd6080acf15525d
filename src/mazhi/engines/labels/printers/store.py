"""Every statement about printers."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, Row, String, Table, Text, select

from mazhi.engines.labels.printers.model import Printer
from mazhi.kernel.db import Id, Key, Tx, metadata
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.places.store import place

printer = Table(
    "printer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Key, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("driver", String, nullable=False),
    Column("language", String, nullable=False),
    Column("dpi", Integer, nullable=False),
    Column("options", Text, nullable=False),  # JSON, as the driver declares them
    Column("place_id", BigInteger, nullable=False, server_default="0"),
    Column("station", String, nullable=False, server_default=""),
    Column("paused", Boolean, nullable=False),
    Column("media", Text, nullable=False),  # JSON
    Column("labels_a_window", Integer, nullable=False),
    *master_data.bookkeeping(),  # it is used when the print log names it
)


def from_row(row: Row[Any]) -> Printer:
    """Build a printer from a row of its table with the code of its place."""
    return Printer(
        id=row.id,
        code=row.code,
        name=row.name,
        driver=row.driver,
        language=row.language,
        dpi=row.dpi,
        options=json.loads(row.options),
        place=row.place,
        station=row.station,
        paused=bool(row.paused),
        media=json.loads(row.media),
        window=row.labels_a_window,
        used=bool(row.used),
        version=row.version,
    )


def values(printer_: Printer, place_id: int) -> dict[str, object]:
    """Write a printer as the columns of its table that a user may set."""
    return {
        "code": printer_.code,
        "name": printer_.name,
        "driver": printer_.driver,
        "language": printer_.language,
        "dpi": printer_.dpi,
        "options": json.dumps(printer_.options, ensure_ascii=False, sort_keys=True),
        "place_id": place_id,
        "station": printer_.station,
        "paused": printer_.paused,
        "media": json.dumps(printer_.media, ensure_ascii=False, sort_keys=True),
        "labels_a_window": printer_.window,
        "used": printer_.used,
    }


_SELECT = "SELECT p.*, l.code AS place FROM printer p LEFT JOIN place l ON l.id = p.place_id"


def by_codes(tx: Tx, codes: Collection[str]) -> dict[str, Printer]:
    """Return the printers of these codes, by code; unknown codes are missing."""
    rows = tx.rows(f"{_SELECT} WHERE p.code ANY(:codes, text)", codes=list(codes))
    return {row.code: from_row(row) for row in rows}


def by_ids(tx: Tx, ids: Collection[int]) -> dict[int, Printer]:
    """Return the printers of these ids, by id; unknown ids are missing."""
    rows = tx.rows(f"{_SELECT} WHERE p.id ANY(:ids, bigint)", ids=list(ids))
    return {row.id: from_row(row) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterFilter:
    """Which printers a list shows; None leaves a question open."""

    text: str | None = None
    place_ids: frozenset[int] | None = None
    station: str | None = None
    driver: str | None = None


def find(tx: Tx, wanted: PrinterFilter, after: str | None, limit: int) -> list[Printer]:
    """Return up to ``limit`` + 1 printers in the order of their codes."""
    query = select(printer, place.c.code.label("place")).outerjoin(place, place.c.id == printer.c.place_id)
    if wanted.text:
        query = query.where(master_data.named(printer, wanted.text))
    if wanted.place_ids is not None:
        query = query.where(printer.c.place_id.in_(wanted.place_ids))
    if wanted.station is not None:
        query = query.where(printer.c.station == wanted.station)
    if wanted.driver is not None:
        query = query.where(printer.c.driver == wanted.driver)
    return [from_row(row) for row in master_data.page(tx, query, printer.c.code, after, limit)]


def set_paused(tx: Tx, printer_id: int, *, paused: bool) -> None:
    """Stop sending to a printer, or go on."""
    tx.run("UPDATE printer SET paused = :paused, version = version + 1 WHERE id = :id", paused=paused, id=printer_id)
