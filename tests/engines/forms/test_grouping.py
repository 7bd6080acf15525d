"""Records counted and added up in groups: against plain Python, with rights, page by page, by an index."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from mazhi.engines.forms.designing import Forms
from mazhi.engines.forms.records.grouping import Grouped, Grouping
from mazhi.engines.forms.records.service import Records
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.access.store import role, user_account, user_role
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ForbiddenError, InvalidInputError
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.products.model import Product
from mazhi.kernel.products.service import Products

STATES = ["待拣货", "在途", "已签收"]


def ident(number: int) -> str:
    return f"6d6f1d52-2f0e-4f0e-9a36-{number:012d}"


FIELDS: list[dict[str, Any]] = [
    {"id": ident(1), "code": "no", "kind": "text", "title": "单号", "unique": True},
    {"id": ident(2), "code": "state", "kind": "choice", "title": "状态", "options": {"choices": STATES}},
    {"id": ident(3), "code": "qty", "kind": "number", "title": "数量"},
    {"id": ident(4), "code": "made", "kind": "date", "title": "日期"},
    {"id": ident(5), "code": "at", "kind": "datetime", "title": "时间"},
    {"id": ident(6), "code": "done", "kind": "switch", "title": "完成"},
    {"id": ident(7), "code": "product", "kind": "product", "title": "产品"},
    {"id": ident(8), "code": "who", "kind": "member", "title": "负责人"},
    {"id": ident(9), "code": "tags", "kind": "choices", "title": "标签", "options": {"choices": ["a", "b"]}},
    {"id": ident(10), "code": "up", "kind": "record", "title": "上级",
     "options": {"form": "qc/card", "title": "no"}},
]  # fmt: skip

ROWS: list[dict[str, Any]] = [
    {"no": "1", "state": "在途", "qty": 1.5, "made": "2026-11-01", "product": "P1", "done": True, "who": "mei"},
    {"no": "2", "state": "在途", "qty": 2.25, "made": "2026-11-30", "product": "P2", "done": False, "who": "li"},
    {"no": "3", "state": "待拣货", "qty": -4, "made": "2026-12-01", "product": "P1", "done": True},
    {"no": "4", "state": "已签收", "made": "2027-01-03"},
    {"no": "5", "qty": 10, "product": "P1"},
    {"no": "6", "state": "在途", "qty": 0.000001, "made": "2026-11-02"},
]


class World:
    def __init__(self, db: Database) -> None:
        self.db = db
        self.forms = Forms(db)
        self.records = Records(db, Ids(Counters(db), "record"))
        self.grouping = Grouping(db)
        self.mei = Actor("mei", 901)

    def groups(self, by: str | None = None, actor: Actor = SYSTEM, **how: Any) -> Grouped:
        return self.grouping.groups(actor, "qc", "card", by=by, **how)

    def grant(self, *grants: dict[str, Any]) -> None:
        self.forms.set_grants(SYSTEM, "qc", "card", [{"role": "clerk", **one} for one in grants])

    def numbers(self, filter_: object) -> set[str]:
        found = self.records.find(SYSTEM, "qc", "card", filter_=filter_)
        return {str(one.values["no"]) for one in found.rows}


@pytest.fixture
def world(db: Database) -> World:
    with db.write() as tx:
        tx.conn.execute(role.insert().values(id=900, code="clerk", name="文员", created_at=0, updated_at=0))
        for number, name, shown in ((901, "mei", "梅"), (902, "li", "李")):
            tx.conn.execute(
                user_account.insert().values(id=number, username=name, name=shown, created_at=0, updated_at=0)
            )
        tx.conn.execute(user_role.insert().values(user_id=901, role_id=900))
    products = Products(db, LifeCycles(db))
    for code, name in (("P1", "水表"), ("P2", "阀")):
        products.create(SYSTEM, Product(code=code, name=name, tracking="sku"))
    found = World(db)
    found.forms.create_app(SYSTEM, "qc", "质检")
    found.forms.create(SYSTEM, "qc", "card", "卡", {"fields": FIELDS})
    found.forms.publish(SYSTEM, "qc", "card", base=0)
    found.records.create(SYSTEM, "qc", "card", ROWS)
    return found


def test_choices_stand_in_their_order_and_what_has_none_comes_last(world: World) -> None:
    found = world.groups("state", totals="qty:sum,qty:average,qty:min,qty:max,qty:filled,made:max")
    assert [(one.value, one.count) for one in found.groups] == [
        ("待拣货", 1), ("在途", 3), ("已签收", 1), (None, 1),
    ]  # fmt: skip
    assert found.groups[1].totals == {
        "qty:sum": 3.750001, "qty:average": 1.25, "qty:min": 0.000001, "qty:max": 2.25, "qty:filled": 3,
        "made:max": "2026-11-30",
    }  # fmt: skip
    assert found.groups[2].totals["qty:sum"] is None
    assert (found.count, found.totals["qty:sum"], found.totals["qty:filled"]) == (6, 9.750001, 5)
    assert [one.value for one in world.groups("-state").groups] == ["已签收", "在途", "待拣货", None]


def test_every_group_says_how_its_records_are_found(world: World) -> None:
    for by in ("state", "done", "product", "who", "qty", "made:day", "made:week", "made:month", "made:year", "no"):
        found = world.groups(by)
        assert sum(one.count for one in found.groups) == found.count == len(ROWS), by
        held = [world.numbers(one.filter) for one in found.groups]
        assert [len(one) for one in held] == [one.count for one in found.groups], by
        assert set.union(*held) == {"1", "2", "3", "4", "5", "6"}, by


def test_dates_are_gathered_by_their_unit(world: World) -> None:
    assert [one.value for one in world.groups("made:month").groups] == ["2026-11", "2026-12", "2027-01", None]
    assert [one.value for one in world.groups("made:year").groups] == ["2026", "2027", None]
    # The first of November is a Sunday, the third of January another.
    weeks = [one.value for one in world.groups("made:week").groups]
    assert weeks == ["2026-10-26", "2026-11-02", "2026-11-30", "2026-12-28", None]


def test_moments_are_gathered_by_the_days_of_the_house(world: World) -> None:
    world.records.create(
        SYSTEM, "qc", "card",
        [{"no": "7", "at": "2026-11-21T15:59:59Z"}, {"no": "8", "at": "2026-11-21T16:00:00Z"}],
    )  # fmt: skip
    found = world.groups("at:day")
    assert [(one.value, one.count) for one in found.groups] == [("2026-11-21", 1), ("2026-11-22", 1), (None, 6)]
    assert [world.numbers(one.filter) for one in found.groups[:2]] == [{"7"}, {"8"}]


def test_what_is_named_has_its_code_and_its_name(world: World) -> None:
    assert [(one.value, one.title) for one in world.groups("product").groups] == [
        ("P1", "水表"), ("P2", "阀"), (None, None),
    ]  # fmt: skip
    assert [(one.value, one.title) for one in world.groups("who").groups][:2] == [("mei", "梅"), ("li", "李")]
    (first,) = world.records.create(SYSTEM, "qc", "card", [{"no": "root"}])
    world.records.create(SYSTEM, "qc", "card", [{"no": "leaf", "up": str(first)}])
    assert (world.groups("up").groups[0].value, world.groups("up").groups[0].title) == (str(first), "root")


def test_two_levels_tell_the_whole_of_the_first_on_every_page(world: World) -> None:
    pages, after = [], None
    while True:
        page = world.groups("state,product", totals="qty:sum", after=after, limit=2)
        pages.append(page)
        after = page.next
        if after is None:
            break
    assert len(pages) == 3
    assert {page.count for page in pages} == {6}
    leaves = [(one.value, leaf.value, leaf.count) for page in pages for one in page.groups for leaf in one.groups]
    assert leaves == [
        ("待拣货", "P1", 1), ("在途", "P1", 1), ("在途", "P2", 1), ("在途", None, 1), ("已签收", None, 1),
        (None, "P1", 1),
    ]  # fmt: skip
    for page in pages:
        for one in page.groups:
            if one.value == "在途":
                assert (one.count, one.totals["qty:sum"]) == (3, 3.750001)


@pytest.mark.parametrize("by", ["state,made:month", "-product,-done", "qty", "-made:week,who"])
def test_pages_of_one_are_the_list_of_all(world: World, by: str) -> None:
    def flat(page: Grouped) -> list[Any]:
        return [(one.value, *(leaf.value for leaf in one.groups)) for one in page.groups]

    whole = [
        (one.value, *rest)
        for one in world.groups(by).groups
        for rest in ([(leaf.value,) for leaf in one.groups] or [()])
    ]
    paged, after = [], None
    while True:
        page = world.groups(by, after=after, limit=1)
        paged += flat(page)
        after = page.next
        if after is None:
            break
    assert paged == whole


def test_sums_of_the_greatest_numbers_are_exact(world: World) -> None:
    world.records.create(SYSTEM, "qc", "card", [{"no": f"g{n}", "qty": 9_000_000_000_000} for n in range(12)])
    found = world.groups(None, totals="qty:sum", filter_={"field": "no", "is": "begins", "value": "g"})
    assert Decimal(str(found.totals["qty:sum"])) == 108_000_000_000_000
    assert found.count == 12


def test_a_filter_narrows_what_is_counted(world: World) -> None:
    found = world.groups("state", filter_={"field": "qty", "is": "more", "value": 1})
    assert [(one.value, one.count) for one in found.groups] == [("在途", 2), (None, 1)]
    none = world.groups("state", filter_={"field": "no", "is": "equal", "value": "x"}, totals="qty:sum")
    assert (none.groups, none.count, none.totals) == ([], 0, {"qty:sum": None})
    assert world.groups(None).count == 6


def test_the_reader_counts_only_the_rows_within_reach(world: World) -> None:
    with pytest.raises(ForbiddenError):
        world.groups("state", world.mei)
    scope = {"kind": "condition", "filter": {"field": "state", "is": "equal", "value": "在途"}}
    world.grant({"actions": ["view"], "scopes": [scope]})
    found = world.groups("state", world.mei, totals="qty:sum")
    assert [(one.value, one.count) for one in found.groups] == [("在途", 3)]
    assert (found.count, found.totals["qty:sum"]) == (3, 3.750001)


@pytest.mark.parametrize("state", ["hidden", "masked"])
def test_what_is_not_seen_whole_is_neither_grouped_nor_added_up(world: World, state: str) -> None:
    world.grant({"actions": ["view"], "fields": {ident(3): state, ident(2): state}})
    for asked in ({"by": "state"}, {"by": "qty"}, {"by": "no,state"}, {"totals": "qty:sum"}, {"totals": "qty:filled"}):
        with pytest.raises(InvalidInputError) as refused:
            world.grouping.groups(world.mei, "qc", "card", **asked)
        assert refused.value.problems[0].code == "record_unknown_field", asked
    # Nor where only some rows hide it: a group would tell what stands in them.
    scope = {"kind": "condition", "filter": {"field": "no", "is": "equal", "value": "1"}}
    world.grant({"actions": ["view"], "fields": {ident(3): state}}, {"actions": ["view"], "scopes": [scope]})
    with pytest.raises(InvalidInputError):
        world.groups(None, world.mei, totals="qty:sum")
    assert world.groups("state", world.mei).count == 6


def test_what_is_asked_wrongly_is_named(world: World) -> None:
    for asked, code in (
        ({"by": "nothing"}, "record_unknown_field"),
        ({"by": "tags"}, "group_not_by_this"),
        ({"by": "made:hour"}, "group_unknown_unit"),
        ({"by": "state:month"}, "group_unknown_unit"),
        ({"by": "state,product,who"}, "group_too_deep"),
        ({"totals": "state:sum"}, "group_unknown_total"),
        ({"totals": ",".join(f"qty{n}:sum" for n in range(11))}, "group_too_many_totals"),
        ({"by": "state", "after": "x"}, "record_bad_after"),
        ({"by": "qty", "after": '["x"]'}, "record_bad_after"),
    ):
        with pytest.raises(InvalidInputError) as refused:
            world.grouping.groups(SYSTEM, "qc", "card", **asked)
        found = refused.value.problems[0].code if refused.value.problems else refused.value.code
        assert found == code, asked


def test_an_index_serves_what_it_can_over_many_records(db: Database) -> None:
    forms, grouping = Forms(db), Grouping(db)
    fields = [{**FIELDS[0], "unique": False, "indexed": True}, FIELDS[1], FIELDS[2]]
    forms.create_app(SYSTEM, "qc", "质检")
    forms.create(SYSTEM, "qc", "card", "卡", {"fields": fields})
    forms.publish(SYSTEM, "qc", "card", base=0)
    form = forms.get("qc", "card").id
    with db.write() as tx:
        tx.run(
            f"INSERT INTO f_{form} (id, version, form_version, created_at, created_by, updated_at, updated_by, "
            "owner_id, department_id, c_1, c_2, c_3) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
            "WHERE i < 100000) SELECT i, 1, 1, 0, 's', 0, 's', 0, 0, 'B' || (i % 1000), "
            "CASE WHEN i % 2 = 0 THEN '在途' END, CAST(i AS bigint) * 1000000 FROM n"
        )
    with db.write() as tx:
        tx.run(f"ANALYZE f_{form}")
    all_ = grouping.groups(SYSTEM, "qc", "card", by="state", totals="qty:sum")
    assert [(one.value, one.count) for one in all_.groups] == [("在途", 50_000), (None, 50_000)]
    assert all_.totals["qty:sum"] == 100_000 * 100_001 // 2
    plan = _plan(db, grouping, by="state", filter_={"field": "no", "is": "equal", "value": "B7"})
    assert f"ix_{form}_c_1" in plan


def _plan(db: Database, grouping: Grouping, **how: Any) -> str:
    """Return how the database goes about the statement of a call."""
    asked: list[tuple[str, dict[str, Any]]] = []
    read = db.read

    class Spy:
        def __init__(self, tx: Any) -> None:
            self._tx = tx

        def __getattr__(self, name: str) -> Any:
            return getattr(self._tx, name)

        def rows(self, template: str, **params: Any) -> Any:
            asked.append((template, params))
            return self._tx.rows(template, **params)

    class Spied:
        def read(self) -> Any:
            from contextlib import contextmanager

            @contextmanager
            def opened() -> Any:
                with read() as tx:
                    yield Spy(tx)

            return opened()

    Grouping(Spied()).groups(SYSTEM, "qc", "card", **how)  # type: ignore[arg-type]
    (statement,) = [one for one in asked if "WITH leaf" in one[0]]
    explain = "EXPLAIN QUERY PLAN " if db.dialect == "sqlite" else "EXPLAIN "
    with db.read() as tx:
        return json.dumps([[str(part) for part in row] for row in tx.rows(explain + statement[0], **statement[1])])
