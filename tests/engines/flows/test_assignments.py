"""Whatever assignments are set: the values are those that the formula engine gives, for the record and for each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mazhi.engines.flows import store
from mazhi.engines.flows.effects.values import Around, values_of
from mazhi.engines.flows.family import node_kinds
from mazhi.engines.flows.model import Flow, Node, read
from mazhi.engines.flows.running.run import Run
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.giving import given as as_given
from mazhi.engines.formula.parsing import parse
from mazhi.engines.formula.values import Fault, is_empty, to_boolean
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.errors import InvalidInputError
from tests.engines.flows.shop import APP, Shop, field, node

FORM = [
    field("no"), field("amount", "number"), field("day", "date"), field("note"),
    field("lines", "subform", fields=[field("what"), field("qty", "number"), field("amount2", "number")]),
]  # fmt: skip
WORDS = st.text("abc水表7", min_size=1, max_size=4)
NUMBERS = st.none() | st.integers(-50, 50) | st.sampled_from([0.5, 2.25, -7.125])
RECORDS = st.fixed_dictionaries(
    {
        "no": st.none() | WORDS, "amount": NUMBERS, "day": st.sampled_from([None, "2026-02-28", "2027-01-01"]),
        "lines": st.lists(st.fixed_dictionaries({"what": WORDS, "qty": NUMBERS, "amount2": NUMBERS}), max_size=3),
    }
)  # fmt: skip


def formulas(names: Sequence[str]) -> st.SearchStrategy[str]:
    leaf = st.sampled_from(names) | st.sampled_from(["1", "2.5", '"x"', "SUM(lines.qty)", "COUNT(lines.what)"])
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "&"]), inner).map(lambda one: f"({' '.join(one)})"),
            st.tuples(inner, inner, inner).map(lambda one: f"IF({one[0]} > {one[1]}, {one[1]}, {one[2]})"),
            inner.map(lambda one: f"ROUND({one}, 1)"),
        ),
        max_leaves=6,
    )


OUTER = formulas(["no", "amount", "day", "lines.qty"])
INNER = formulas(["no", "amount", "what", "qty", "lines.qty"])
ASSIGNMENTS = st.fixed_dictionaries(
    {"note": OUTER, "amount": OUTER, "columns": st.tuples(INNER, INNER), "when": st.none() | INNER}
)


def scope_of(record: Mapping[str, Any], row: Mapping[str, Any] | None = None) -> Any:
    """Give formulas the fields, from what was written and nothing else."""

    def plain(value: Any) -> Any:
        return Decimal(str(value)) if isinstance(value, int | float) else value

    def value(name: str) -> Any:
        if row is not None and name in row:
            return plain(row[name])
        if name == "day":
            return datetime.fromisoformat(record["day"]).date() if record["day"] else None
        table, dot, column = name.partition(".")
        return tuple(plain(one[column]) for one in record[table]) if dot else plain(record[name])

    return value


def expected(formula: str, scope: Any, at: datetime) -> Any:
    found = evaluate(parse(formula), scope, at)
    return found if isinstance(found, Fault) else as_given(found)


def holds(formula: str, scope: Any, at: datetime) -> Any:
    found = evaluate(parse(formula), scope, at)
    try:
        return found if isinstance(found, Fault) else not is_empty(found) and to_boolean(found)
    except Exception as error:  # noqa: BLE001 - whatever it says, the node must refuse as well
        return Fault(type(error).__name__, 0, 0)


def wanted(record: Mapping[str, Any], asked: Mapping[str, Any], at: datetime) -> Any:
    """Say what the assignments must come to; a fault where one of them cannot be worked out."""
    found: dict[str, Any] = {code: expected(asked[code], scope_of(record), at) for code in ("note", "amount")}
    rows = []
    for row in record["lines"]:
        scope = scope_of(record, row)
        said = True if asked["when"] is None else holds(asked["when"], scope, at)
        if isinstance(said, Fault):
            return said
        if said:
            rows.append(
                {code: expected(one, scope, at) for code, one in zip(("what", "qty"), asked["columns"], strict=True)}
            )
    every = [*found.values(), *(value for row in rows for value in row.values())]
    return next((one for one in every if isinstance(one, Fault)), {**found, "lines": rows})


def test_values_are_what_the_formula_engine_says(tmp_path: Path, sqlite_template: Path) -> None:
    target = tmp_path / "mazhi.db"
    target.write_bytes(sqlite_template.read_bytes())
    shop = Shop(f"sqlite:///{target}", tmp_path / "data")
    shop.form("random", FORM)
    flow = read({"form": "random", "tree": node("start", "start")}, node_kinds)

    @settings(max_examples=60, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(record=RECORDS, asked=ASSIGNMENTS)
    def every(record: dict[str, Any], asked: dict[str, Any]) -> None:
        assignments = [
            {"field": "note", "formula": asked["note"]}, {"field": "amount", "formula": asked["amount"]},
            {"table": "lines", "from": "lines", "when": asked["when"] or "", "columns": [
                {"field": "what", "formula": asked["columns"][0]}, {"field": "qty", "formula": asked["columns"][1]},
            ]},
        ]  # fmt: skip
        with_purse(lambda purse: compare(shop, purse, flow, record, assignments, asked))

    every()
    shop.close()


def compare(
    shop: Shop, purse: Purse, flow: Flow, record: dict[str, Any], assignments: list[Any], asked: dict[str, Any]
) -> None:
    with shop.db.trial() as tx:
        ports = shop.system.running._ports
        (number,) = ports.records.create(tx, SYSTEM, purse, APP, "random", [record])
        instance = store.add_instance(
            tx, flow_id=0, version=0, app=APP, flow="f", form="random", form_id=0, record_id=number, title="",
            state="running", starter_id=0, starter="", origin="try", parent_step=0, depth=0, started_at=0,
        )  # fmt: skip
        run = Run(tx, purse, ports, node_kinds, SYSTEM, flow, instance, trial=True)
        at = clock.to_datetime(run.at, clock.DEFAULT_ZONE).replace(tzinfo=None, microsecond=0)
        right = wanted(record, asked, at)
        try:
            found: Any = values_of(Around(run), assignments)
        except InvalidInputError as error:
            assert error.code == "flow_formula_fault"
            assert isinstance(right, Fault), (asked, right)
        else:
            assert found == right, asked


def test_every_kind_of_node_has_an_example_that_can_be_read() -> None:
    for kind in node_kinds:
        children = [{"id": f"c{one}", "kind": kind.contains[:-1]} for one in range(2)]
        inner = {"id": "x", "kind": kind.name, "options": dict(kind.example)}
        if kind.contains in {"cases", "lanes"}:
            inner["children"] = children
        if kind.name in {"start", "case", "lane"}:
            continue
        tree = {"id": "start", "kind": "start", "children": [inner]}
        assert isinstance(read({"form": "f", "tree": tree}, node_kinds).root, Node)
        assert kind.example or not kind.options or kind.work or kind.group in {"logic", "message", "people"}, kind.name
