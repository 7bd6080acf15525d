"""Taking a genealogy away as a spreadsheet: one row for each thing inside another, the tree from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.exporting.model import Format, titles, word
from mazhi.kernel.genealogy.model import ITEM, Edge
from mazhi.kernel.genealogy.telling import describe, quantity
from mazhi.kernel.genealogy.tracing import Direction, Node, Trace, When, trace
from mazhi.kernel.items.service import Items
from mazhi.kernel.jobs.service import JobRun, Jobs
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.spreadsheets.writing import MEDIA_TYPES, Table
from mazhi.kernel.texts import Language

JOB = "export_genealogy"
RIGHT = "items.view"
CHUNK = 2_000

COLUMNS: Mapping[str, tuple[str, str]] = {
    "depth": ("层级", "Level"),
    "outer": ("上级", "Inside of"),
    "code": ("编码", "Code"),
    "product": ("产品", "Product"),
    "batch": ("批次", "Batch"),
    "quantity": ("数量", "Quantity"),
    "state": ("状态", "State"),
    "quality": ("质量", "Quality"),
    "place": ("库位", "Place"),
    "since": ("装入时间", "Since"),
    "until": ("拆出时间", "Until"),
}


class GenealogyExports:
    """Writes genealogies as spreadsheets, each by a job."""

    def __init__(self, db: Database, jobs: Jobs, items: Items, life_cycles: LifeCycles) -> None:
        self._db = db
        self._jobs = jobs
        self._items = items
        self._life_cycles = life_cycles
        jobs.handler(JOB, self._export)

    def start(
        self, actor: Actor, identifier: str, direction: Direction, when: When, format_: Format, *,
        namespace: str | None = None, language: Language = "zh",
    ) -> str:  # fmt: skip
        """Export the genealogy of an item, all levels of it; return the job's id.

        Raises:
            NotFoundError: There is no such item.
            ConflictError: Several have the identifier.
        """
        with self._db.read() as tx:
            item_id = self._items.resolve(tx, actor, identifier, namespace)
        body = {
            "item": item_id, "direction": direction, "at": when.at, "ever": when.ever, "format": format_,
            "language": language,
        }  # fmt: skip
        with self._db.write() as tx:
            return self._jobs.enqueue(tx, JOB, body, actor=actor)

    def _export(self, run: JobRun) -> dict[str, Any] | None:
        body = run.body
        language: Language = body["language"]
        root: Node = (ITEM, body["item"])
        with self._db.read() as tx:
            cycles = self._life_cycles.load(tx).values()
            found = trace(tx, [root], body["direction"], When(body["at"], body["ever"]))
            told: dict[Node, Mapping[str, Any]] = {}
            areas, moment = run.actor.areas(RIGHT), None if body["ever"] else body["at"]
            nodes = list(found.depths.items())
            for start in range(0, len(nodes), CHUNK):
                part = dict(nodes[start : start + CHUNK])
                told |= zip(part, describe(tx, part, areas, moment), strict=True)
        states = {state.code: (state.zh, state.en)[language == "en"] for cycle in cycles for state in cycle.states}
        rows = [
            _row(edge, depth, told, states, language) for edge, depth in in_tree_order(found, root, body["direction"])
        ]
        path = run.files.new()
        with Table(path, body["format"], titles(COLUMNS, language)) as table:
            for start in range(0, len(rows), CHUNK):
                table.write(rows[start : start + CHUNK])
                run.progress(start)
        name = f"{({'zh': '组装关系', 'en': 'genealogy'})[language]}-{told[root]['code']}.{body['format']}"
        name = "".join("_" if sign in '\\/:*?"<>|' else sign for sign in name)
        with self._db.write() as tx:
            stored = run.files.keep(tx, path, name=name, media_type=MEDIA_TYPES[body["format"]], actor=run.actor)
            run.total = len(rows)
            result = {"rows": len(rows), "file": stored.name, "size": stored.size}
            run.finish(tx, result, file=stored)
        return result


def in_tree_order(found: Trace, root: Node, direction: Direction) -> Iterator[tuple[Edge, int]]:
    """Return every edge once, each below the thing that it was reached from, with its level; the oldest first."""
    below: dict[Node, list[tuple[Node, Edge]]] = {}
    for edge in sorted(found.edges, key=lambda edge: (edge.since_at, *edge.pair)):
        outer: Node = (ITEM, edge.parent_id)
        inner: Node = (edge.child_kind, edge.child_id)
        near, far = (outer, inner) if direction == "down" else (inner, outer)
        below.setdefault(near, []).append((far, edge))
    waiting = [(far, edge, 1) for far, edge in reversed(below.pop(root, []))]
    while waiting:
        node, edge, depth = waiting.pop()
        yield edge, depth
        waiting += [(far, one, depth + 1) for far, one in reversed(below.pop(node, []))]


def _row(
    edge: Edge, depth: int, told: Mapping[Node, Mapping[str, Any]], states: Mapping[str, str], language: Language
) -> Sequence[Any]:
    inner = told[edge.child_kind, edge.child_id]
    outer = told[ITEM, edge.parent_id]
    return (
        depth,
        outer["code"],
        inner["code"],
        inner["product"],
        inner["batch"],
        quantity(edge.quantity),
        states.get(inner["state"] or "", inner["state"]),
        word(inner["quality"], language),
        inner["place"],
        _local(edge.since_at),
        None if edge.until_at is None else _local(edge.until_at),
    )


def _local(micros: int) -> datetime:
    return clock.to_datetime(micros, clock.DEFAULT_ZONE)
