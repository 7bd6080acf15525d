"""Every statement about the scans of a session."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from mazhi.kernel.counts import judging_store
from mazhi.kernel.counts.freezing_store import STANDING
from mazhi.kernel.counts.model import ScanLine
from mazhi.kernel.counts.store import count_scan
from mazhi.kernel.db import Tx

COLUMNS = tuple(column.name for column in count_scan.columns)


def by_key(tx: Tx, session_id: int, client_key: str) -> Any:
    """Return the scan that a client's key made."""
    return tx.row(
        "SELECT * FROM count_scan WHERE session_id = :id AND client_key = :key", id=session_id, key=client_key
    )


def by_seq(tx: Tx, session_id: int, seq: int) -> Any:
    """Return a scan, or None."""
    return tx.row("SELECT * FROM count_scan WHERE session_id = :id AND seq = :seq", id=session_id, seq=seq)


def place_in(tx: Tx, session_id: int, code: str) -> int | None:
    """Return a place of the session by its code; None if it counts elsewhere."""
    found: int | None = tx.scalar(
        "SELECT c.place_id FROM count_place c JOIN place p ON p.id = c.place_id WHERE c.session_id = :id "
        "AND p.code = :code",
        id=session_id,
        code=code,
    )
    return found


def only_place(tx: Tx, session_id: int) -> int | None:
    """Return the place of a session that has only one."""
    rows = tx.tuples("SELECT place_id FROM count_place WHERE session_id = :id LIMIT 2", id=session_id)
    return rows[0][0] if len(rows) == 1 else None


def has_products(tx: Tx, session_id: int, products: Collection[int]) -> set[int]:
    """Return which of some products a session counts."""
    limited = tx.scalar("SELECT 1 FROM count_product WHERE session_id = :id LIMIT 1", id=session_id)
    if limited is None:
        return {*products}
    rows = tx.tuples(
        "SELECT product_id FROM count_product WHERE session_id = :id AND product_id ANY(:products, bigint)",
        id=session_id,
        products=sorted(products),
    )
    return {row[0] for row in rows}


def recounted(tx: Tx, session_id: int, round_: int, place: int, products: Collection[int]) -> set[int]:
    """Return which of some products are counted again at a place in this round."""
    rows = tx.tuples(
        "SELECT product_id FROM count_recount WHERE session_id = :id AND round = :round AND place_id = :place",
        id=session_id,
        round=round_,
        place=place,
    )
    units = {row[0] for row in rows}
    return {*products} if 0 in units else units & {*products}


def counted_before(tx: Tx, session_id: int, round_: int, place: int, actor: str) -> bool:
    """Tell whether somebody counted at a place in an earlier round."""
    found = tx.scalar(
        "SELECT 1 FROM count_scan WHERE session_id = :id AND place_id = :place AND round < :round AND actor = :actor "
        "AND answer NOT IN ('undone', 'place') LIMIT 1",
        id=session_id,
        place=place,
        round=round_,
        actor=actor,
    )
    return found is not None


def of_items(tx: Tx, session_id: int, items: Collection[int]) -> dict[int, Any]:
    """Return the scans by which some pieces count already."""
    rows = tx.rows(
        "SELECT * FROM count_scan WHERE session_id = :id AND counted = 1 AND item_id > 0 "
        "AND item_id ANY(:items, bigint)",
        id=session_id,
        items=sorted(items),
    )
    return {row.item_id: row for row in rows}


def frozen(tx: Tx, session_id: int, items: Collection[int]) -> dict[int, Any]:
    """Return the frozen rows of some pieces."""
    rows = tx.rows(
        "SELECT * FROM count_expected WHERE session_id = :id AND item_id ANY(:items, bigint)",
        id=session_id,
        items=sorted(items),
    )
    return {row.item_id: row for row in rows}


def books(tx: Tx, items: Collection[int]) -> dict[int, Any]:
    """Return what the books say of some items."""
    rows = tx.rows(
        "SELECT id, code, kind, product_id, batch_id, place_id, state, seq FROM item WHERE id ANY(:ids, bigint)",
        ids=sorted(items),
    )
    return {row.id: row for row in rows}


def quantity_of(tx: Tx, place: int, product: int, batch: int) -> int:
    """Return the quantity that the books have at a place."""
    return int(
        tx.scalar(
            "SELECT coalesce(sum(quantity), 0) FROM stock WHERE product_id = :product AND batch_id = :batch "
            f"AND place_id = :place AND slot = 0 AND state {STANDING}",
            product=product,
            batch=batch,
            place=place,
        )
    )


def line_of(tx: Tx, session_id: int, place: int, product: int, batch: int) -> tuple[int, int | None]:
    """Return what was counted of a quantity so far, and what the books had at the last scan of it."""
    rows = tx.tuples(
        "SELECT quantity, book_quantity FROM count_scan WHERE session_id = :id AND place_id = :place "
        "AND product_id = :product AND batch_id = :batch AND counted = 1 AND item_id = 0 ORDER BY seq",
        id=session_id,
        place=place,
        product=product,
        batch=batch,
    )
    return sum(row[0] for row in rows), rows[-1][1] if rows else None


def unknown_before(tx: Tx, session_id: int, raw: str) -> bool:
    """Tell whether an unknown code was scanned already."""
    found = tx.scalar(
        "SELECT 1 FROM count_scan WHERE session_id = :id AND counted = 1 AND answer = 'unknown' AND raw = :raw LIMIT 1",
        id=session_id,
        raw=raw,
    )
    return found is not None


def write(
    tx: Tx, session: Any, lines: Sequence[ScanLine], *, place: int, key: str, at: int, actor: str, done: int
) -> list[int]:
    """Append scans, the first of which answers; return their numbers."""
    first = session.last + 1
    rows = [
        (
            session.id, first + number, session.round, place, line.answer, line.counted, line.raw,
            line.problem.code if line.problem else "", _params(line, done if number == 0 else None), line.item_id,
            line.product_id, line.batch_id, line.quantity, line.book_place, line.book_state, line.book_seq,
            line.book_quantity, first if line.boxed else 0, key if number == 0 else "", at, actor,
        )
        for number, line in enumerate(lines)
    ]  # fmt: skip
    tx.insert(count_scan, COLUMNS, rows)
    tx.run(
        "UPDATE count_session SET last = last + :more, counted = counted + :counted WHERE id = :id",
        id=session.id,
        more=len(rows),
        counted=sum(line.counted for line in lines),
    )
    return [row[1] for row in rows]


def _params(line: ScanLine, done: int | None) -> str:
    params = dict(line.problem.params) if line.problem else {}
    if done is not None:
        params["done"] = done
    return json.dumps(params, ensure_ascii=False, default=str) if params else ""


def params_of(row: Any) -> Mapping[str, Any]:
    """Read what goes with a scan's answer."""
    found: Mapping[str, Any] = json.loads(row.params) if row.params else {}
    return found


def undo(tx: Tx, session_id: int, seq: int) -> int:
    """Take a scan back, that of a package with what came out of it; return how many counted."""
    rows = tx.tuples(
        "SELECT seq, counted FROM count_scan WHERE session_id = :id AND answer <> 'undone' "
        "AND (seq = :seq OR (within = :seq AND within > 0))",
        id=session_id,
        seq=seq,
    )
    counted = sum(int(row[1]) for row in rows)
    tx.run(
        "UPDATE count_scan SET answer = 'undone', counted = 0 WHERE session_id = :id AND seq ANY(:seqs, bigint)",
        id=session_id,
        seqs=[row[0] for row in rows],
    )
    tx.run("UPDATE count_session SET counted = counted - :less WHERE id = :id", id=session_id, less=counted)
    return counted


def page(
    tx: Tx, session_id: int, *, answers: Collection[str], place: int | None, areas: Collection[int] | None, before: int,
    limit: int,
) -> list[Any]:  # fmt: skip
    """Return scans, the latest first, only those at these places."""
    where, params = judging_store.within(areas)
    where += " AND answer <> 'place'"
    if answers:
        where, params = f"{where} AND answer ANY(:answers, text)", {**params, "answers": sorted(answers)}
    if place is not None:
        where, params = f"{where} AND place_id = :place", {**params, "place": place}
    return list(
        tx.rows(
            f"SELECT * FROM count_scan WHERE session_id = :id AND seq < :before{where} ORDER BY seq DESC "
            f"LIMIT {int(limit)}",
            id=session_id,
            before=before,
            **params,
        )
    )
