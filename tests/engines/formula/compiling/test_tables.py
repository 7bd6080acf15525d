"""Formulas asked of real tables: many rows at once, rows of a sub-table, what is native on SQLite, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from mazhi.engines.formula.compiling.calling import FUNCTION
from mazhi.engines.formula.compiling.compiler import compile_formula
from mazhi.engines.formula.compiling.model import Column, Compiled, ListColumn, NotInSqlError, Rows, Source
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.nodes import Binary, Call, Field, Node, Number
from mazhi.engines.formula.parsing import parse
from mazhi.engines.formula.printing import write
from mazhi.engines.formula.values import Fault, Value
from mazhi.kernel import clock
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.statements import Dialect
from tests.engines.formula.compiling.test_vectors import condition, in_millionths

NOW = datetime(2026, 11, 21, 8, 30)  # noqa: DTZ001 - wall-clock time
LINES = Rows("line AS c", "c.record = r.id", "c.position")
FIELDS: dict[str, Source] = {
    "n1": Column("number", "r.n1"),
    "n2": Column("number", "r.n2", decimals=2),
    "n3": Column("number", "r.n3", decimals=0),
    "t1": Column("text", "r.t1"),
    "t2": Column("text", "r.t2"),
    "d1": Column("date", "r.d1"),
    "d2": Column("date", "r.d2"),
    "m1": Column("moment", "r.m1"),
    "b1": Column("boolean", "r.b1"),
    "lines.qty": ListColumn(Column("number", "c.qty"), LINES),
    "lines.sku": ListColumn(Column("text", "c.sku"), LINES),
}
ROWS = 120


@dataclass
class Table:
    """What the table holds, row by row, as formulas know it."""

    db: Database
    rows: list[dict[str, Value]]

    def ask(self, sql: str, params: dict[str, Any]) -> list[Any]:
        with self.db.read() as tx:
            found = tx.tuples(
                f"SELECT {sql} FROM record AS r WHERE r.id < :rows ORDER BY r.id", rows=len(self.rows), **params
            )
        return [row[0] for row in found]


def compiled(table: Table, formula: str | Node) -> Compiled:
    node = parse(formula) if isinstance(formula, str) else formula
    return compile_formula(node, FIELDS, table.db.dialect, at=NOW)


def made(seed: int) -> tuple[dict[str, Value], list[tuple[Value, Value]]]:
    random = Random(seed)
    numbers = (
        "0",
        "1",
        "-1",
        "2.5",
        "0.000001",
        "-0.5",
        "99.99",
        "123456.789",
        "9223372036854.775807",
        "-4000000000000",
    )

    def maybe(value: Value) -> Value:
        return None if random.random() < 0.2 else value

    def day() -> date:
        return date(2026, 11, 21) + timedelta(days=random.randrange(-40, 40))

    fields: dict[str, Value] = {
        "n1": maybe(Decimal(random.choice(numbers))),
        "n2": maybe(Decimal(random.randrange(-(10**6), 10**6)).scaleb(-2)),
        "n3": maybe(Decimal(random.choice((0, 1, 2, 3, 7, 10**6, 9 * 10**12)))),
        "t1": random.choice(("", "完成", "进行", "Done", "done", "12", "2026-11-21")),
        "t2": random.choice(("", "完", "DONE", "1")),
        "d1": maybe(day()),
        "d2": day(),
        "m1": maybe(datetime(2026, 11, 21, 8, 30) + timedelta(minutes=random.randrange(-(10**4), 10**4))),  # noqa: DTZ001
        "b1": maybe(random.random() < 0.5),
    }
    lines = [
        (maybe(Decimal(random.choice(numbers))), random.choice(("A1", "a1", "", "B2")))
        for _ in range(random.randrange(4))
    ]
    return fields, lines


def stored(value: Value) -> Any:
    if isinstance(value, datetime):
        return clock.to_micros(value.replace(tzinfo=clock.DEFAULT_ZONE).astimezone(UTC))
    if isinstance(value, date):
        return value.isoformat()
    return int(value.scaleb(6)) if isinstance(value, Decimal) else value


@pytest.fixture
def table(db: Database) -> Iterator[Table]:
    types: dict[Dialect, str] = {"sqlite": "integer", "postgresql": "bigint"}
    big = types[db.dialect]
    rows = []
    with db.write() as tx:
        tx.run(
            f"CREATE TABLE record (id {big}, n1 {big}, n2 {big}, n3 {big}, t1 text, t2 text, d1 text, "
            f"d2 text, m1 {big}, b1 boolean)"
        )
        tx.run(f"CREATE TABLE line (record {big}, position {big}, qty {big}, sku text)")
        for number in range(ROWS):
            fields, lines = made(number)
            insert(tx, number, fields, lines)
            rows.append({
                **fields, "lines.qty": tuple(qty for qty, _ in lines), "lines.sku": tuple(sku for _, sku in lines)
            })  # fmt: skip
    yield Table(db, rows)


def insert(tx: Tx, number: int, fields: dict[str, Value], lines: list[tuple[Value, Value]]) -> None:
    names = ", ".join(fields)
    marks = ", ".join(f":{name}" for name in fields)
    values = {name: stored(value) for name, value in fields.items()}
    tx.run(f"INSERT INTO record (id, {names}) VALUES (:id, {marks})", id=number, **values)
    # Put in from the last to the first: their order is that of their positions.
    for position, (qty, sku) in enumerate(reversed(lines)):
        tx.run(
            "INSERT INTO line (record, position, qty, sku) VALUES (:record, :position, :qty, :sku)",
            record=number, position=-position, qty=stored(qty), sku=sku,
        )  # fmt: skip


def check(table: Table, formula: str | Node) -> Compiled:
    """Compare a formula on every row with Python."""
    node = parse(formula) if isinstance(formula, str) else formula
    one = compiled(table, node)
    expected = [evaluate(node, row.__getitem__, NOW) for row in table.rows]
    holds = table.ask(one.condition, dict(one.params))
    kept = table.ask(one.stored, dict(one.params))
    others = table.ask(one.other, dict(one.params))
    for row, value, hold, keep, other in zip(table.rows, expected, holds, kept, others, strict=True):
        told = (write(node), row, value, hold, keep)
        if not isinstance(value, date):
            assert bool(hold) == condition(value), told
        wanted = None if other or isinstance(value, Fault) else in_millionths(value)
        assert (keep or None) == (wanted or None) if one.kind != "number" else keep == wanted, told
    return one


NATIVE = [
    "n1>2", "2.5=n1", "n1<=n2", 't1="DONE"', 't1<>t2', 't1=""', "d1<TODAY()", 'd1>="2026-11-20"', "d1<>d2", "b1",
    'NOT(b1)', 'AND(b1,t1="完成",n2>0)', 'OR(n1=0,d1=d2)', "ISEMPTY(d1)", "ISEMPTY(t1)", "ISEMPTY(n1)",
    'STARTSWITH(t1,t2)', 'CONTAINS(t1,"完")', 'm1>NOW()', "IF(b1,n1>1,n2>1)",
    'IN(t1,"DONE","完成")', 'IN(t1,"","12")', "IN(n1,0,1,2.5)", 'IN(d1,TODAY())', "NOT(IN(n3,7))",
]  # fmt: skip


def test_comparisons_are_native_on_sqlite_and_the_same(table: Table) -> None:
    for formula in NATIVE:
        found = check(table, formula)
        assert FUNCTION not in found.condition, formula


GUARDED = [
    "n1*n2>10", "n1+n2-n3", "-n1*2", "ROUND(n2*n3/7,2)", "ROUND(n1/n3,0)=1", "ROUND(n2,1)", "ROUND(n1*n2)",
    "n1*n1*n1>0", "SUM(lines.qty)>100", "SUM(lines.qty)*n2", "IF(n1>0,n1*2,-n2*3)", "TODAY()-d1>3", "d2-d1",
    "IF(b1,n1,0)", "n1", "n1+9000000000000", "n2*0.000000000001>0", "n1<\"-5\"", "n3=\"\"", "n1%>0.1",
    "AND(n1>0,n1/n3>1)", "OR(n1>0,n1/n3>1)",
    "AND(1/n3>0,b1)", "OR(1/n3>0,b1)", "AND(lines.qty)", "AND(b1,lines.qty)", "OR(b1,lines.qty)",
    'IN(n1,"0","")', "IN(n1,n2,n3)", 'IN(d1,"2026-11-21")', "IN(b1,FALSE)", "IN(m1,d1)",
]  # fmt: skip


def test_arithmetic_is_exact_beyond_sixty_four_bits(table: Table) -> None:
    for formula in GUARDED:
        check(table, formula)


LISTS = [
    'COUNTIF(lines.sku,"A1")', 'SUMIF(lines.sku,"a1",lines.qty)', "COUNTUNIQUE(lines.sku)", "FIRST(lines.sku)",
    "LAST(lines.qty)", 'TEXTJOIN("/",TRUE,UNIQUE(lines.sku))', "MAX(lines.qty)-MIN(lines.qty)", "AVERAGE(lines.qty)>1",
    "IFERROR(LARGE(lines.qty,2),-1)", 'IFERROR(LOOKUP("b2",lines.sku,lines.qty),0)>1', "SUMPRODUCT(lines.qty,n2)",
    "COUNTA(lines.sku)=COUNT(lines.qty)", 'IN("a1",lines.sku)', "MEDIAN(lines.qty,0)", "IFERROR(INDEX(lines.sku,2),t1)",
    "COUNTBLANK(lines.sku,lines.sku)", "CONTAINS(lines.qty,1)", "ISEMPTY(lines.sku)", "SUM(lines.sku)",
    "SUM(lines.qty,n1,t2)", 'COUNTIF(lines.qty,">1")', 'COUNTIF(lines.qty,"<>1")', 'COUNTIF(lines.qty,"")',
    "COUNTIF(lines.qty,0)",
    'COUNTIF(lines.sku,"<>a1")>1', 'COUNTIF(lines.sku,">a")', 'COUNTIF(lines.sku,"<>")', 'COUNTIF(lines.sku,"=")',
    'COUNTIF(lines.sku,5)', 'COUNTIF(lines.qty,"x")', 'SUMIF(lines.qty,">0")>2', 'SUMIF(lines.sku,"",lines.qty)+n2',
    "COUNTA(lines.sku)*n3", "COUNTBLANK(lines.qty)=0", 'COUNTIF(lines.qty,"<0")=0', "COUNTIF(lines.qty,1/3)",
    "COUNTA(lines.qty)",
    'COUNTIF(lines.qty,">")', 'SUMIF(lines.sku,"<>B2",lines.sku)',
]  # fmt: skip


def test_columns_of_rows_are_lists(table: Table) -> None:
    for formula in LISTS:
        check(table, formula)


def _condition(random: Random, depth: int) -> Node:
    if depth and random.random() < 0.4:
        parts = tuple(_condition(random, depth - 1) for _ in range(random.choice((1, 2, 3))))
        name = random.choice(("AND", "OR", "NOT"))
        return Call(name, parts[:1] if name == "NOT" else parts)
    if random.random() < 0.2:
        return random.choice((Field("b1"), Call("ISEMPTY", (Field("n1"),)), parse('t1="done"'), parse("d1>d2")))
    return Binary(random.choice(("=", "<>", "<", ">=")), _number(random, 3), _number(random, 2))


def _number(random: Random, depth: int) -> Node:
    roll = random.random()
    if not depth or roll < 0.3:
        known = Number(Decimal(random.choice(("0", "1", "0.5", "100", "12345.678901", "9000000000000"))))
        return random.choice((Field("n1"), Field("n2"), Field("n3"), known))
    if roll < 0.8:
        return Binary(random.choice("+-**/"), _number(random, depth - 1), _number(random, depth - 1))
    if roll < 0.9:
        inner = Binary(random.choice("/*"), _number(random, depth - 1), _number(random, depth - 1))
        return Call("ROUND", (inner, Number(Decimal(random.randrange(4)))))
    return Call("IF", (parse("n1>n2"), _number(random, depth - 1), _number(random, depth - 1)))


def test_conditions_at_random_hold_for_the_same_rows(table: Table) -> None:
    for seed in range(25):
        random = Random(seed)
        check(table, _condition(random, 2))
        check(table, _number(random, 3))


@pytest.mark.parametrize(
    ("formula", "what", "start", "end"),
    [
        ("1&RMBUPPER(n1)", "function", 2, 14),
        ("n1+IF(b1,1,t1)", "mixed", 3, 14),
        ("UNIQUE(lines.qty)", "list", 0, 17),
        ("lines.qty=1", "list", 0, 11),
        ("TEXT(n1,t1)", "format", 0, 11),
        ("DATEADD(d1,1,t1)", "unit", 0, 16),
        ("COUNTIF(lines.sku,t1)", "condition", 0, 21),
        ("EDATE(t1,1)", "text", 0, 11),
        ("(d1+1)&t1", "empty", 0, 9),
    ],
)
def test_what_sql_cannot_say_is_refused_with_its_place(
    db: Database, formula: str, what: str, start: int, end: int
) -> None:
    with pytest.raises(NotInSqlError) as caught:
        compile_formula(parse(formula), FIELDS, db.dialect, at=NOW)
    error = caught.value
    assert (error.code, error.params["what"], error.start, error.end) == ("formula_not_in_sql", what, start, end)


def test_nothing_typed_stands_in_the_statement(table: Table) -> None:
    bad = "x'); DROP TABLE record; --"
    one = compiled(table, f't1="{bad}"&COUNTIF(lines.sku,">{bad}")&TEXT(n1,"0{bad}")')
    for sql in (one.sql, one.fault, one.condition, one.stored):
        assert "DROP" not in sql
    assert len(table.ask(one.sql, dict(one.params))) == ROWS


def test_an_unknown_name_is_a_fault_as_everywhere(table: Table) -> None:
    one = compiled(table, "IFERROR(none,n3)=n3")
    assert all(table.ask(one.condition, dict(one.params)))
    assert all(table.ask(compiled(table, "none+1").fault, dict(compiled(table, "none+1").params)))


def test_formulas_as_deep_and_long_as_there_are_are_asked_too(table: Table) -> None:
    table.rows = table.rows[:5]
    check(table, "+".join(["n3"] * 95) + ">1")
    check(table, "n3>1" + "+n2*n3" * 90)
    check(table, "IF(n1>1," * 90 + "1" + ",0)" * 90)
    check(table, "AND(" * 90 + "n1>0" + ",n2>0)" * 90)
    check(table, "AND(" * 30 + "n1/n3>0" + ",n2>0)" * 30)
    check(table, "ROUND(" * 60 + "n1/3" + ",2)" * 60)
    check(table, "IFERROR(" * 60 + "1/n3" + ",n1)" * 60)
    check(table, "COALESCE(" * 60 + "n1" + ",n2)" * 60)
    check(table, "(" * 60 + "n3/7" + ")/3" * 60)
