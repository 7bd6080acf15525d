"""Lists of records: filters and order mean the same on both databases as in plain Python."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mazhi.engines.forms.designing import Forms
from mazhi.engines.forms.records.service import Records
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError

FIELDS = [
    {"id": str(uuid.uuid5(uuid.NAMESPACE_OID, code)), "code": code, "kind": kind, "title": code, **rest}
    for code, kind, rest in (
        ("name", "text", {"indexed": True}),
        ("size", "number", {"indexed": True}),
        ("made", "date", {}),
        ("good", "switch", {}),
        ("faults", "choices", {"options": {"choices": ["划痕", "缺件", "a%_b"]}}),
        ("note", "long_text", {}),
    )
]


@pytest.fixture
def records(db: Database) -> Records:
    forms = Forms(db)
    forms.create_app(SYSTEM, "qc", "质检")
    forms.create(SYSTEM, "qc", "card", "卡", {"fields": FIELDS})
    forms.publish(SYSTEM, "qc", "card", base=0)
    return Records(db, Ids(Counters(db), "record"))


def listed(records: Records, **how: Any) -> list[Any]:
    """Read every page, three records at a time."""
    found: list[Any] = []
    after = None
    while True:
        page = records.find(SYSTEM, "qc", "card", after=after, limit=3, **how)
        found += page.rows
        after = page.next
        if after is None:
            return found


def test_the_newest_come_first_and_pages_neither_skip_nor_repeat(records: Records) -> None:
    ids = records.create(SYSTEM, "qc", "card", [{"name": f"n{number}"} for number in range(10)])
    assert [one.id for one in listed(records)] == ids[::-1]


def test_a_deleted_record_is_listed_no_more(records: Records) -> None:
    one, two = records.create(SYSTEM, "qc", "card", [{"name": "a"}, {"name": "b"}])
    records.delete(SYSTEM, "qc", "card", one, 1)
    assert [record.id for record in listed(records)] == [two]
    with pytest.raises(NotFoundError, match="unknown_record"):
        records.delete(SYSTEM, "qc", "card", one, 1)
    with pytest.raises(ConflictError, match="record_conflict"):
        records.change(SYSTEM, "qc", "card", two, 7, {"name": "c"})


def test_everything_wrong_with_a_filter_is_named(records: Records) -> None:
    with pytest.raises(InvalidInputError) as refused:
        records.find(
            SYSTEM,
            "qc",
            "card",
            filter_={
                "and": [
                    {"field": "nothing", "is": "equal", "value": 1},
                    {"field": "size", "is": "begins", "value": "1"},
                    {"or": []},
                    {"field": "made", "is": "less", "value": "soon"},
                    {"field": "size", "is": "between", "value": [1]},
                    {"field": "size", "is": "equal", "value": True, "x": 1},
                    7,
                ]
            },
        )
    assert [(problem.pointer, problem.code) for problem in refused.value.problems] == [
        ("/filter/and/0/field", "record_unknown_field"),
        ("/filter/and/1/is", "filter_unknown_comparison"),
        ("/filter/and/2/or", "filter_not_a_condition"),
        ("/filter/and/3/value", "filter_not_a_date"),
        ("/filter/and/4/value", "filter_not_a_pair"),
        ("/filter/and/5", "filter_unknown_property"),
        ("/filter/and/6", "filter_not_a_condition"),
    ]


def test_a_place_that_no_page_has_named_is_refused(records: Records) -> None:
    for after in ("x", "[1]", "[[], 1]", '["a", "b"]'):
        with pytest.raises(InvalidInputError) as refused:
            records.find(SYSTEM, "qc", "card", after=after)
        assert refused.value.problems[0].pointer == "/after"


NAMES = st.sampled_from(["a", "ab", "a%_b", "\\", "B", "水表", "水泵"])
SIZES = st.sampled_from([-1.5, 0, 0.000001, 2, 10])
DAYS = st.sampled_from(["2026-01-31", "2026-11-22"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "name": NAMES,
            "size": SIZES,
            "made": DAYS,
            "good": st.booleans(),
            "faults": st.lists(st.sampled_from(["划痕", "缺件", "a%_b"]), min_size=1, unique=True),
            "note": NAMES,
        },
    ),
    max_size=12,
)
COMPARED = st.one_of(
    st.tuples(st.just("name"), st.sampled_from(["equal", "unequal", "less", "at_least", "begins", "contains"]), NAMES),
    st.tuples(st.just("size"), st.sampled_from(["equal", "unequal", "less", "at_most", "more", "at_least"]), SIZES),
    st.tuples(st.just("size"), st.just("between"), st.lists(SIZES, min_size=2, max_size=2)),
    st.tuples(st.just("name"), st.just("one_of"), st.lists(NAMES, min_size=1, max_size=3)),
    st.tuples(st.just("made"), st.sampled_from(["equal", "more"]), DAYS),
    st.tuples(st.just("good"), st.sampled_from(["equal", "unequal"]), st.booleans()),
    st.tuples(st.just("faults"), st.just("contains"), st.sampled_from(["划痕", "a%_b"])),
    st.tuples(
        st.sampled_from(["name", "size", "made", "good", "faults"]), st.sampled_from(["empty", "filled"]), st.none()
    ),
).map(lambda one: {"field": one[0], "is": one[1], "value": one[2]})
FILTERS = st.recursive(
    COMPARED,
    lambda inner: st.tuples(st.sampled_from(["and", "or"]), st.lists(inner, min_size=1, max_size=3)).map(
        lambda one: {one[0]: one[1]}
    ),
    max_leaves=5,
)
SORTS = st.none() | st.sampled_from(["name", "-name", "size", "-size", "made", "-good", "id"][:6])


def fits(row: dict[str, Any], one: dict[str, Any]) -> bool:
    """Say what a filter means, in plain Python."""
    if "and" in one:
        return all(fits(row, inner) for inner in one["and"])
    if "or" in one:
        return any(fits(row, inner) for inner in one["or"])
    value, wanted = row.get(one["field"]), one["value"]
    match one["is"]:
        case "empty":
            return value is None
        case "filled":
            return value is not None
        case "unequal":
            return bool(value != wanted)
    if value is None:
        return False
    match one["is"]:
        case "equal":
            return bool(value == wanted)
        case "less":
            return bool(value < wanted)
        case "at_most":
            return bool(value <= wanted)
        case "more":
            return bool(value > wanted)
        case "at_least":
            return bool(value >= wanted)
        case "between":
            return bool(wanted[0] <= value <= wanted[1])
        case "one_of":
            return value in wanted
        case "begins":
            return bool(value.startswith(wanted))
        case _:
            return wanted.lower() in value.lower() if isinstance(value, str) else wanted in value


@settings(
    max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(rows=ROWS, wanted=FILTERS, sort=SORTS)
def test_a_list_is_what_plain_python_would_choose_and_sort(
    records: Records, db: Database, rows: list[dict[str, Any]], wanted: dict[str, Any], sort: str | None
) -> None:
    with db.write() as tx:
        tx.run(f"DELETE FROM f_{Forms(db).get('qc', 'card').id}")
    ids = records.create(SYSTEM, "qc", "card", rows) if rows else []
    chosen = [(number, row) for number, row in zip(ids, rows, strict=True) if fits(row, wanted)]
    found = [one.id for one in listed(records, filter_=wanted, sort=sort)]
    if sort is None:
        assert found == [number for number, _ in chosen][::-1]
        return
    code = sort.removeprefix("-")
    key = {number: (row.get(code) is not None, _bytes(row.get(code)), number) for number, row in chosen}
    assert found == sorted(key, key=lambda number: key[number], reverse=sort.startswith("-"))


def _bytes(value: Any) -> Any:
    return 0 if value is None else value.encode() if isinstance(value, str) else value
