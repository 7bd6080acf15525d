"""Every statement about scan lists."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text, text

from mazhi.engines.forms.scan_lists.model import Line, params_of
from mazhi.kernel.db import Id, Key, Tx, metadata

scan_list = Table(
    "scan_list",
    metadata,
    Column("id", Id, primary_key=True),
    Column("uuid", Key, nullable=False, unique=True),
    Column("form_id", BigInteger, nullable=False),
    Column("field", String, nullable=False),  # the id of the field
    Column("state", String, nullable=False),  # open | bound | replaced
    Column("record_id", BigInteger, nullable=False, server_default="0"),
    Column("base_id", BigInteger, nullable=False, server_default="0"),  # the list that it changes
    Column("copied", Boolean, nullable=False),  # whether the lines of that one stand in it already
    Column("maker_id", BigInteger, nullable=False),
    Column("maker", String, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("context", Text, nullable=False),  # JSON: what the conditions need of the form's other fields
    Column("last", BigInteger, nullable=False),  # the number of the last line
    Column("good", BigInteger, nullable=False),  # right lines
    Column("quantity", BigInteger, nullable=False),  # millionths
    Column("wrong", BigInteger, nullable=False),
    Column("duplicates", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index("scan_list_record", "record_id", "field"),
    Index("scan_list_base", "base_id"),
)

scan_line = Table(
    "scan_line",
    metadata,
    Column("list_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("answer", String, nullable=False),
    Column("raw", Text, nullable=False),
    Column("code", String, nullable=False),  # of the problem; "" for none
    Column("params", Text, nullable=False),
    Column("item_id", BigInteger, nullable=False),  # 0 for none
    Column("product_id", BigInteger, nullable=False),
    Column("batch_id", BigInteger, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("within", BigInteger, nullable=False),  # the line of the box that it came out of; 0 for none
    Column("source", Integer, nullable=False),  # row of what was pasted or sent as a file
    Column("client_key", Key, nullable=False),
    Column("done", BigInteger, nullable=False),  # how much was counted when it was answered
    Column("at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    # No item twice in one list, whoever scans it at the same moment.
    Index(
        "scan_line_item",
        "list_id",
        "item_id",
        unique=True,
        sqlite_where=text("answer = 'right' AND item_id > 0"),
        postgresql_where=text("answer = 'right' AND item_id > 0"),
    ),
    Index(
        "scan_line_key",
        "list_id",
        "client_key",
        unique=True,
        sqlite_where=text("client_key <> ''"),
        postgresql_where=text("client_key <> ''"),
    ),
    Index("scan_line_answer", "list_id", "answer", "seq"),
    sqlite_with_rowid=False,
)

scan_once = Table(
    "scan_once",
    metadata,
    Column("field", Key, primary_key=True),
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    Column("list_id", BigInteger, nullable=False),
    Index("scan_once_list", "list_id"),
    sqlite_with_rowid=False,
)

LINE = tuple(column.name for column in scan_line.columns)


def add(tx: Tx, **values: Any) -> int:
    """Add a list and return its number."""
    number: int = tx.conn.execute(scan_list.insert().values(**values).returning(scan_list.c.id)).scalar_one()
    return number


def by_uuid(tx: Tx, uuid: str, *, lock: bool = False) -> Any:
    """Return a list, perhaps locked against everybody who scans into it; None if there is none."""
    return tx.row(f"SELECT * FROM scan_list WHERE uuid = :uuid{' /*LOCK*/' if lock else ''}", uuid=uuid)


def by_ids(tx: Tx, ids: Collection[int], *, lock: bool = False) -> dict[int, Any]:
    """Return lists by number."""
    rows = tx.rows(
        f"SELECT * FROM scan_list WHERE id ANY(:ids, bigint) ORDER BY id{' /*LOCK*/' if lock else ''}", ids=sorted(ids)
    )
    return {row.id: row for row in rows}


def by_uuids(tx: Tx, uuids: Collection[str]) -> list[Any]:
    """Return lists."""
    return list(tx.rows("SELECT * FROM scan_list WHERE uuid ANY(:uuids, text) ORDER BY id", uuids=sorted(uuids)))


def bound_to(tx: Tx, field: str, records: Collection[int]) -> list[Any]:
    """Return the lists that stand in a field of some records."""
    return list(
        tx.rows(
            "SELECT * FROM scan_list WHERE record_id ANY(:records, bigint) AND field = :field AND state = 'bound' "
            "ORDER BY id",
            records=sorted(records),
            field=field,
        )
    )


def change_of(tx: Tx, base_id: int) -> Any:
    """Return the open list in which somebody changes a saved one, if there is one."""
    return tx.row("SELECT * FROM scan_list WHERE base_id = :base AND state = 'open' ORDER BY id LIMIT 1", base=base_id)


def set_state(tx: Tx, ids: Collection[int], state: str, record: int, at: int) -> None:
    """Bind lists to a record, or say that they are no longer its."""
    tx.run(
        "UPDATE scan_list SET state = :state, record_id = :record, updated_at = :at WHERE id ANY(:ids, bigint)",
        ids=sorted(ids), state=state, record=record, at=at,
    )  # fmt: skip


def set_context(tx: Tx, list_id: int, context: Mapping[str, Any], *, shared: bool) -> None:
    """Note what the conditions depend on, and whether others may scan too."""
    tx.run(
        "UPDATE scan_list SET context = :context, shared = :shared WHERE id = :id",
        id=list_id, context=json.dumps(context, ensure_ascii=False), shared=shared,
    )  # fmt: skip


def copy_base(tx: Tx, list_id: int, base_id: int) -> None:
    """Copy the lines of the list that this one changes; from then on they go ways of their own."""
    names = ", ".join(LINE[1:])
    tx.run(
        f"INSERT INTO scan_line (list_id, {names}) SELECT {list_id}, {names} FROM scan_line WHERE list_id = :base",
        base=base_id,
    )
    tx.run("UPDATE scan_list SET copied = :yes WHERE id = :id", id=list_id, yes=True)


def items_of(tx: Tx, list_id: int, items: Collection[int]) -> dict[int, int]:
    """Return which of some items are right in a list, with their lines."""
    rows = tx.tuples(
        "SELECT item_id, seq FROM scan_line WHERE list_id = :list AND answer = 'right' AND item_id ANY(:items, bigint)",
        list=list_id,
        items=sorted(items),
    )
    return dict(rows)


def elsewhere(tx: Tx, field: str, items: Collection[int], lists: Collection[int]) -> dict[int, Any]:
    """Return which of some items stand in other lists of a field whose records are there, with the list."""
    rows = tx.tuples(
        "SELECT o.item_id, o.list_id FROM scan_once o WHERE o.field = :field AND o.item_id ANY(:items, bigint)",
        field=field,
        items=sorted(items),
    )
    return {item: number for item, number in rows if number not in lists}


def by_key(tx: Tx, list_id: int, client_key: str) -> Any:
    """Return the line that a client's key made."""
    return tx.row("SELECT * FROM scan_line WHERE list_id = :list AND client_key = :key", list=list_id, key=client_key)


def write(
    tx: Tx, list_id: int, first: int, lines: Sequence[Line], *, key: str, at: int, by: str, done: int
) -> list[int]:
    """Append lines; return their numbers."""
    numbers = list(range(first, first + len(lines)))
    tx.insert(
        scan_line,
        LINE,
        [
            _row(list_id, number, line, numbers, at, by, key if place == 0 else "", done)
            for place, (number, line) in enumerate(zip(numbers, lines, strict=True))
        ],
    )
    return numbers


def _row(
    list_id: int, number: int, line: Line, numbers: Sequence[int], at: int, by: str, key: str, done: int
) -> tuple[Any, ...]:
    piece, problem = line.piece, line.problem
    params = {} if problem is None else params_of(problem)
    if line.meant:
        params["meant"] = list(line.meant)
    return (
        list_id, number, line.answer, line.raw, problem.code if problem else "",
        json.dumps(params, ensure_ascii=False) if params else "",
        piece.item_id if piece else 0, piece.product_id if piece else 0, piece.batch_id if piece else 0,
        piece.quantity if piece else 0, 0 if line.within is None else numbers[line.within], line.source,
        key, done, at, by,
    )  # fmt: skip


def note(tx: Tx, list_id: int, *, lines: int, changes: Mapping[str, int], at: int) -> None:
    """Move a list's counters on."""
    tx.run(
        "UPDATE scan_list SET last = last + :lines, good = good + :right, quantity = quantity + :quantity, "
        "wrong = wrong + :wrong, duplicates = duplicates + :duplicate, updated_at = :at WHERE id = :id",
        id=list_id, lines=lines, at=at, right=changes.get("right", 0), quantity=changes.get("quantity", 0),
        wrong=changes.get("wrong", 0), duplicate=changes.get("duplicate", 0),
    )  # fmt: skip


def undo(tx: Tx, list_id: int, lines: Collection[int]) -> list[Any]:
    """Take lines back, those of boxes with what came out of them; return what they were, each once."""
    rows = tx.rows(
        "SELECT seq, answer, quantity FROM scan_line WHERE list_id = :list AND answer <> 'undone' "
        "AND (seq ANY(:lines, bigint) OR (within > 0 AND within ANY(:lines, bigint)))",
        list=list_id,
        lines=sorted(lines),
    )
    tx.run(
        "UPDATE scan_line SET answer = 'undone' WHERE list_id = :list AND seq ANY(:lines, bigint)",
        list=list_id,
        lines=[row.seq for row in rows],
    )
    return list(rows)


def undo_all(tx: Tx, list_id: int, answers: Collection[str]) -> list[Any]:
    """Take back every line that was answered so; return how many of each answer, with their quantity."""
    rows = tx.rows(
        "SELECT answer, count(*) AS lines, sum(quantity) AS quantity FROM scan_line "
        "WHERE list_id = :list AND answer ANY(:answers, text) GROUP BY answer",
        list=list_id,
        answers=sorted(answers),
    )
    tx.run(
        "UPDATE scan_line SET answer = 'undone' WHERE list_id = :list AND answer ANY(:answers, text)",
        list=list_id,
        answers=sorted(answers),
    )
    return list(rows)


_SHOWN = """
SELECT l.seq, l.answer, l.raw, l.code, l.params, l.quantity, l.within, l.source, l.done, l.at, l.actor,
 i.code AS item, i.kind AS item_kind, i.state, i.place_id, p.code AS product, p.name AS product_name, b.code AS batch,
 o.code AS place, x.raw AS box
FROM scan_line l LEFT JOIN item i ON i.id = l.item_id AND l.item_id > 0 LEFT JOIN product p ON p.id = l.product_id
LEFT JOIN batch b ON b.id = l.batch_id LEFT JOIN place o ON o.id = i.place_id
LEFT JOIN scan_line x ON x.list_id = l.list_id AND x.seq = l.within AND l.within > 0
"""


def page(
    tx: Tx, list_id: int, answers: Collection[str], *, after: int | None, down: bool, scans: bool, limit: int
) -> list[Any]:
    """Return lines with what they are now, by their numbers; ``scans``: without what came out of boxes."""
    way, beyond = ("DESC", "<") if down else ("ASC", ">")
    start = "" if after is None else f" AND l.seq {beyond} :after"
    only = " AND l.within = 0" if scans else ""
    return list(
        tx.rows(
            f"{_SHOWN} WHERE l.list_id = :list AND l.answer ANY(:answers, text){start}{only} "
            f"ORDER BY l.seq {way} LIMIT {int(limit)}",
            list=list_id,
            answers=sorted(answers),
            **({} if after is None else {"after": after}),
        )
    )


def some(tx: Tx, list_id: int, lines: Collection[int]) -> list[Any]:
    """Return some lines with what they are now."""
    return list(
        tx.rows(
            f"{_SHOWN} WHERE l.list_id = :list AND l.seq ANY(:lines, bigint) ORDER BY l.seq",
            list=list_id,
            lines=sorted(lines),
        )
    )


def values_of(tx: Tx, form_id: int, column: str, records: Collection[int]) -> dict[int, Any]:
    """Return what stands in a column of a form's own table in some records."""
    rows = tx.tuples(
        f"SELECT id, {column} FROM f_{int(form_id)} WHERE id ANY(:ids, bigint)",
        ids=sorted(records),
    )
    return dict(rows)


def alive(tx: Tx, form_id: int, records: Collection[int]) -> set[int]:
    """Return which of some records are there and not deleted."""
    rows = tx.tuples(
        f"SELECT id FROM f_{int(form_id)} WHERE id ANY(:ids, bigint) AND deleted_at IS NULL",
        ids=sorted(records),
    )
    return {row[0] for row in rows}


def others(tx: Tx, list_id: int, product_id: int) -> int:
    """Count the right lines of another product."""
    return int(
        tx.scalar(
            "SELECT count(*) FROM scan_line WHERE list_id = :list AND answer = 'right' AND product_id <> :product",
            list=list_id,
            product=product_id,
        )
    )


def claim_items(tx: Tx, field: str, lists: Collection[int]) -> int:
    """Note that the items of some lists stand in this field and in no other record; return how many are new."""
    done = tx.run(
        "INSERT INTO scan_once (field, item_id, list_id) SELECT :field, item_id, list_id FROM scan_line "
        "WHERE list_id ANY(:lists, bigint) AND answer = 'right' AND item_id > 0 ON CONFLICT DO NOTHING",
        field=field,
        lists=sorted(lists),
    )
    return done.rowcount


def count_items(tx: Tx, lists: Collection[int]) -> int:
    """Count the items that are right in some lists."""
    return int(
        tx.scalar(
            "SELECT count(*) FROM scan_line WHERE list_id ANY(:lists, bigint) AND answer = 'right' AND item_id > 0",
            lists=sorted(lists),
        )
    )


def release_items(tx: Tx, lists: Collection[int]) -> None:
    """Let the items of some lists stand in other records again."""
    tx.run("DELETE FROM scan_once WHERE list_id ANY(:lists, bigint)", lists=sorted(lists))


def claimed_by_others(tx: Tx, field: str, lists: Collection[int]) -> list[tuple[int, int]]:
    """Return the items of some lists that another list of the field holds, with that list."""
    return [
        (row[0], row[1])
        for row in tx.tuples(
            "SELECT o.item_id, o.list_id FROM scan_line l JOIN scan_once o ON o.field = :field "
            "AND o.item_id = l.item_id WHERE l.list_id ANY(:lists, bigint) AND l.answer = 'right' AND l.item_id > 0 "
            "AND NOT o.list_id ANY(:lists, bigint)",
            field=field,
            lists=sorted(lists),
        )
    ]


def missing(tx: Tx, listed: int, list_id: int, after: int, limit: int) -> list[Any]:
    """Return the items of one list that do not stand in another, by their numbers."""
    return list(
        tx.rows(
            "SELECT e.item_id, i.code, i.state, p.code AS product, o.code AS place FROM scan_line e "
            "JOIN item i ON i.id = e.item_id LEFT JOIN product p ON p.id = i.product_id "
            "LEFT JOIN place o ON o.id = i.place_id WHERE e.list_id = :listed AND e.answer = 'right' "
            "AND e.item_id > :after AND NOT EXISTS (SELECT 1 FROM scan_line l WHERE l.list_id = :list "
            f"AND l.answer = 'right' AND l.item_id = e.item_id) ORDER BY e.item_id LIMIT {int(limit)}",
            listed=listed,
            list=list_id,
            after=after,
        )
    )


def goods_of(tx: Tx, uuids: Collection[str]) -> list[Any]:
    """Return what stands right in some lists: items, and quantities of products and batches, summed up."""
    return list(
        tx.rows(
            "SELECT i.code AS item, p.code AS product, b.code AS batch, SUM(l.quantity) AS quantity, MIN(l.seq) AS seq "
            "FROM scan_list s JOIN scan_line l ON l.list_id = s.id LEFT JOIN item i ON i.id = l.item_id "
            "LEFT JOIN product p ON p.id = l.product_id LEFT JOIN batch b ON b.id = l.batch_id "
            "WHERE s.uuid ANY(:uuids, text) AND l.answer = 'right' "
            "GROUP BY i.code, p.code, b.code ORDER BY MIN(l.seq)",
            uuids=sorted(uuids),
        )
    )
