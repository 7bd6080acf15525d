"""``forms``: one page of a list of many records under two filters; a sheet of 100,000 rows checked and brought in."""

from __future__ import annotations

import csv
import io
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bench.figure import Figure, figure
from bench.place import fresh, raw
from mazhi.bootstrap import System
from mazhi.engines.forms.exchange.model import Request
from mazhi.kernel.access.model import SYSTEM

SIZES = (1_000_000,)
PAGE = 100
TRIES = 40
ROWS = 100_000
WRONG = 50
"""Every so many rows of the sheet one is wrong."""
_FIELDS = (
    ("serial", "text", {"indexed": True}), ("result", "select", {"indexed": True}), ("made", "date", {"indexed": True}),
    ("line", "select", {}), ("amount", "number", {}), ("good", "switch", {}), ("note", "text", {}),
    ("checked", "datetime", {}), ("ratio", "percent", {}), ("remark", "long_text", {}),
)  # fmt: skip
_OPTIONS: dict[str, dict[str, Any]] = {
    "result": {"choices": ["合格", "不合格"]},
    "line": {"choices": ["L1", "L2", "L3", "L4"]},
    "amount": {"decimals": 2},
}
_VALUES = {
    "serial": "'RO26' || {digits}", "result": "CASE WHEN n % 100 = 0 THEN '不合格' ELSE '合格' END",
    "made": "'2026-' || substr({digits}, 3, 1) || '-0' || (1 + n % 9)", "line": "'L' || (1 + n % 4)",
    "amount": "n * CAST(10000 AS bigint)", "good": "n % 2 = 0", "note": "'批次 ' || (n % 1000)",
    "checked": "1780000000000000 + n * CAST(1000000 AS bigint)",
    "ratio": "(n % 100) * 10000", "remark": "'无'",
}  # fmt: skip
_QUESTIONS: dict[str, dict[str, Any]] = {  # and the same in plain SQL, over columns by their codes
    "1 in 100, newest first": {
        "filter_": {
            "and": [
                {"field": "result", "is": "equal", "value": "不合格"},
                {"field": "amount", "is": "at_least", "value": 100},
            ]
        },
        "sql": "{result} = '不合格' AND {amount} >= 100000000 ORDER BY id DESC",
    },
    "a day of a line, by serial": {
        "filter_": {
            "and": [
                {"field": "serial", "is": "begins", "value": "RO2600"},
                {"field": "line", "is": "equal", "value": "L3"},
            ]
        },
        "sort": "serial",
        "sql": "{serial} BETWEEN 'RO2600' AND 'RO2601' AND {line} = 'L3' ORDER BY {serial}, id",
    },
    "good ones, latest date first": {
        "filter_": {
            "and": [
                {"field": "result", "is": "equal", "value": "合格"},
                {"field": "good", "is": "equal", "value": True},
            ]
        },
        "sort": "-made",
        "sql": "{result} = '合格' AND {good} ORDER BY {made} DESC, id DESC",
    },
}


def run(engine: str, *, sizes: tuple[int, ...] = SIZES, rows: int = ROWS) -> Iterator[Figure]:
    """Measure, and yield the figures; the floor is the same statement by the driver alone."""
    for size in sizes:
        with fresh(engine) as (system, url):
            _draw(system)
            named = _named(system)
            _pour(url, named, size)
            for name, said in _QUESTIONS.items():
                question = dict(said)
                statement = f"SELECT * FROM {named['']} WHERE deleted_at IS NULL AND {question.pop('sql')} LIMIT {PAGE}"
                floor = _floor(url, statement.format(**named))
                ours = _median(partial(_page, system, question))
                yield figure("forms", f"list, {name}", ours, "ms", floor=floor, engine=engine, rows=size)
    with fresh(engine) as (system, url):
        _draw(system)
        upload = system.record_imports.upload(SYSTEM, "qc", "card", io.BytesIO(_sheet(rows)), "a.csv")
        for name, dry in (("checked", True), ("imported", False)):
            seconds = _brought(system, upload, rows, dry=dry)
            floor = None if dry else _poured(url, _named(system), rows)
            yield figure("forms", f"sheet {name}", seconds, "s", floor=floor, engine=engine, rows=rows)


def _sheet(rows: int) -> bytes:
    """Write a sheet as people send it, with its faults."""
    out = io.StringIO()
    write = csv.writer(out).writerow
    write([code for code, _, _ in _FIELDS])
    for n in range(rows):
        made = "2026-13-40" if n % WRONG == 0 else f"2026/{1 + n % 9}/{1 + n % 28}"
        good = "是" if n % 2 else "否"
        write([f"IM{n:08d}", "合格", made, f"L{1 + n % 4}", n / 100, good, f"批次 {n % 1000}", "2026-11-22 08:30",
               f"{n % 100}%", "无"])  # fmt: skip
    return out.getvalue().encode("gb18030")


def _brought(system: System, upload: str, rows: int, *, dry: bool) -> float:
    """Run the whole job, and return the seconds; every bad row must be told."""
    guess = system.record_imports.guess(SYSTEM, "qc", "card", upload)
    start = time.perf_counter()
    job = system.record_imports.start(SYSTEM, Request("qc", "card", upload, guess.mapping, dry_run=dry))
    system.jobs.run_pending()
    seconds = time.perf_counter() - start
    found = system.jobs.get(SYSTEM, job)
    assert found.state == "done", found.errors
    told = found.result or {}
    assert told["bad_rows"] == len(range(0, rows, WRONG))
    return seconds


def _poured(url: str, named: Mapping[str, str], rows: int) -> float:
    """Return the seconds that the driver alone takes for as many good rows, into the columns of the same table."""
    good = rows - len(range(0, rows, WRONG))
    start = time.perf_counter()
    _pour(url, named, good, first=10_000_000)
    return time.perf_counter() - start


def _floor(url: str, statement: str) -> float:
    conn = raw(url)
    try:
        return _median(lambda: conn.execute(statement).fetchall())
    finally:
        conn.close()


def _median(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(TRIES):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def _draw(system: System) -> None:
    body = {
        "fields": [
            {
                "id": str(uuid5(NAMESPACE_URL, code)), "code": code, "kind": kind, "title": code,
                "options": _OPTIONS.get(code, {}), **more,
            }
            for code, kind, more in _FIELDS
        ]
    }  # fmt: skip
    system.forms.create_app(SYSTEM, "qc", "质检")
    system.forms.create(SYSTEM, "qc", "card", "质检单")
    system.forms.save_draft(SYSTEM, "qc", "card", body, base=0)
    system.forms.publish(SYSTEM, "qc", "card", base=0)


def _named(system: System) -> dict[str, str]:
    """Return the names of the form's columns by the codes of its fields, and under "" that of its table."""
    with system.db.read() as tx:
        form = tx.scalar("SELECT id FROM design WHERE kind = 'form'")
        slots = {row.field: row.number for row in tx.rows("SELECT field, number FROM form_slot")}
    return {"": f"f_{form}"} | {code: f"c_{slots[str(uuid5(NAMESPACE_URL, code))]}" for code, _, _ in _FIELDS}


def _pour(url: str, named: Mapping[str, str], size: int, *, first: int = 1) -> None:
    """Write the records past the service, with whatever columns the form was given."""
    columns = [code for code in named if code]
    sqlite = url.startswith("sqlite")
    digits = "printf('%08d', n)" if sqlite else "lpad(n::text, 8, '0')"
    made = ", ".join(_VALUES[code].format(digits=digits) for code in columns)
    own = "id, version, form_version, created_at, created_by, updated_at, updated_by, owner_id, department_id"
    numbers = (
        f"WITH RECURSIVE s(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM s WHERE n < {first + size - 1})"
        if sqlite
        else f"WITH s AS (SELECT generate_series({first}, {first + size - 1}) AS n)"
    )
    conn = raw(url)
    conn.execute(
        f"INSERT INTO {named['']} ({own}, {', '.join(named[code] for code in columns)}) {numbers} "
        f"SELECT n, 1, 1, 1780000000000000, 'a', 1780000000000000, 'a', 1, 0, {made} FROM s"
    )
    if not sqlite:
        conn.commit()
        conn.autocommit = True
    conn.execute("ANALYZE")
    conn.close()


def _page(system: System, question: Mapping[str, Any]) -> list[Any]:
    rows = system.records.find(SYSTEM, "qc", "card", limit=PAGE, **question).rows
    assert len(rows) == PAGE
    return list(rows)
