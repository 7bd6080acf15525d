"""Rights on forms: every action, scope and state of a field, alone and in combination, against plain Python."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mazhi.engines.forms.designing import Forms
from mazhi.engines.forms.records.service import Records
from mazhi.engines.forms.rights.model import ACTIONS, SCOPES, STATES, mask
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.access.store import department, role, user_account, user_role
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ForbiddenError, InvalidInputError, NotFoundError, PlatformError
from mazhi.kernel.partners.model import Partner
from mazhi.kernel.partners.service import Partners
from mazhi.kernel.places.model import Place
from mazhi.kernel.places.service import Places


def ident(code: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, code))


FIELDS = [
    {"id": ident(code), "code": code, "kind": kind, "title": code, **rest}
    for code, kind, rest in (
        ("name", "text", {}),
        ("phone", "text", {}),
        ("grade", "number", {}),
        ("place", "place", {}),
        ("dealer", "partner", {}),
        ("lines", "subform", {"fields": [
            {"id": ident("price"), "code": "price", "kind": "number", "title": "价"},
        ]}),
    )
]  # fmt: skip
SEEN_BY = {
    "all": {"one", "two", "three", "four"},
    "own": {"one"},
    "department": {"one", "two"},
    "department_below": {"one", "two", "three"},
    "places": {"one", "three"},
    "regions": {"two", "three"},
    "condition": {"three", "four"},
}
"""Which of the four records the user ``mei`` reaches by each scope; see ``world``."""

SCOPE: dict[str, dict[str, Any]] = {
    "all": {"kind": "all"},
    "own": {"kind": "own"},
    "department": {"kind": "department"},
    "department_below": {"kind": "department_below"},
    "places": {"kind": "places", "field": ident("place"), "values": ["WH1"]},
    "regions": {"kind": "regions", "field": ident("dealer"), "values": ["44"]},
    "condition": {"kind": "condition", "filter": {"field": "grade", "is": "at_least", "value": 3}},
}


@dataclass
class World:
    db: Database
    forms: Forms
    records: Records
    mei: Actor
    ids: dict[str, int] = field(default_factory=dict)

    def grant(self, *grants: dict[str, Any]) -> None:
        self.forms.set_grants(SYSTEM, "qc", "card", [{"role": "clerk", **one} for one in grants])

    def listed(self, **how: Any) -> set[str]:
        try:
            found = self.records.find(self.mei, "qc", "card", **how)
        except ForbiddenError:
            return set()
        names = {number: name for name, number in self.ids.items()}
        return {names[one.id] for one in found.rows}


@pytest.fixture
def world(db: Database) -> World:
    """Four records: mei's own, one of a colleague, one of the department below, one of nobody's."""
    places, partners = Places(db), Partners(db)
    places.create(SYSTEM, Place(code="WH1", name="仓", kind="warehouse"))
    places.create(SYSTEM, Place(code="WH1-A", name="位", kind="bin"), parent="WH1")
    places.create(SYSTEM, Place(code="WH2", name="仓", kind="warehouse"))
    for code, region in (("D-1", "310000"), ("D-2", "440300"), ("D-3", "440100")):
        partners.create(SYSTEM, Partner(code=code, name=code, kind="dealer", region=region))
    users = {"mei": 1, "li": 1, "wu": 2, "zhou": 3}
    with db.write() as tx:
        for number, path in ((1, "/1/"), (2, "/1/2/"), (3, "/3/")):
            tx.conn.execute(
                department.insert().values(
                    id=number, code=f"d{number}", name="d", path=path, created_at=0, updated_at=0
                )
            )
        tx.conn.execute(role.insert().values(id=900, code="clerk", name="文员", created_at=0, updated_at=0))
        for number, (name, home) in enumerate(users.items(), 901):
            tx.conn.execute(
                user_account.insert().values(
                    id=number, username=name, name=name, department_id=home, created_at=0, updated_at=0
                )
            )
            tx.conn.execute(user_role.insert().values(user_id=number, role_id=900))
    forms = Forms(db)
    forms.create_app(SYSTEM, "qc", "质检")
    forms.create(SYSTEM, "qc", "card", "卡", {"fields": FIELDS})
    forms.publish(SYSTEM, "qc", "card", base=0)
    found = World(db, forms, Records(db, Ids(Counters(db), "record")), Actor("mei", 901))
    found.grant({"actions": ["create"]})
    for number, (name, place, dealer, grade) in enumerate(
        (("one", "WH1-A", "D-1", 1), ("two", "WH2", "D-2", 2), ("three", "WH1", "D-3", 3), ("four", "WH2", "D-1", 4)),
        901,
    ):
        owner = Actor(name, number)
        (found.ids[name],) = found.records.create(
            owner, "qc", "card",
            [{"name": name, "phone": "13812345678", "grade": grade, "place": place, "dealer": dealer,
              "lines": [{"price": 7}]}],
        )  # fmt: skip
    return found


def outcome(work: Any) -> str:
    """Run something and name what came of it."""
    try:
        work()
    except PlatformError as error:
        return error.code
    return "done"


@pytest.mark.parametrize("scope", SCOPES)
def test_each_scope_reaches_exactly_its_rows_in_every_way_to_a_record(world: World, scope: str) -> None:
    """Lists, single records, changes, deletions and histories all hold to the same rows."""
    world.grant({"actions": ["view", "change", "delete"], "scopes": [SCOPE[scope]]})
    assert world.listed() == SEEN_BY[scope]
    for name, number in world.ids.items():
        inside = name in SEEN_BY[scope]
        found = world.records.get(world.mei, "qc", "card", [number])
        assert bool(found) == inside
        expected = "done" if inside else "unknown_record"
        assert outcome(lambda number=number: world.records.history(world.mei, "qc", "card", number)) == expected
        changed = outcome(lambda number=number: world.records.change(world.mei, "qc", "card", number, 1, {"name": "x"}))
        assert changed == expected
        assert outcome(lambda number=number: world.records.delete(world.mei, "qc", "card", number, 2)) == expected


@pytest.mark.parametrize("allowed", [(), *((one,) for one in ("create", "view")), *itertools.combinations(ACTIONS, 2)])
def test_each_action_is_allowed_only_by_a_grant_of_it(world: World, allowed: tuple[str, ...]) -> None:
    if allowed and "view" not in allowed and set(allowed) != {"create"}:
        with pytest.raises(InvalidInputError):
            world.grant({"actions": list(allowed)})
        return
    world.grant({"actions": list(allowed)})
    number = world.ids["two"]
    records = world.records
    for action, work, version in (
        ("view", lambda: records.find(world.mei, "qc", "card"), None),
        ("view", lambda: records.get(world.mei, "qc", "card", [number]), None),
        ("create", lambda: records.create(world.mei, "qc", "card", [{"name": "new"}]), None),
        ("change", lambda: records.change(world.mei, "qc", "card", number, 1, {"name": "x"}), 1),
        ("delete", lambda: records.delete(world.mei, "qc", "card", number, 2 if "change" in allowed else 1), 1),
    ):
        expected = "done" if action in allowed else "no_form_right"
        assert outcome(work) == expected, (action, version)


@pytest.mark.parametrize("state", STATES)
def test_each_state_of_a_field_holds_in_lists_records_filters_order_history_and_writing(
    world: World, state: str
) -> None:
    world.records.change(SYSTEM, "qc", "card", world.ids["one"], 1, {"phone": "13900001111"})
    world.grant({"actions": ["view", "create", "change"], "fields": {ident("phone"): state, ident("price"): state}})
    records, number = world.records, world.ids["one"]
    (one,) = records.get(world.mei, "qc", "card", [number])
    (listed,) = [row for row in records.find(world.mei, "qc", "card").rows if row.id == number]
    assert listed == one
    seen = state in {"read_only", "writable"}
    if state == "hidden":
        assert "phone" not in one.values
        assert one.values["lines"] == [{}]
    else:
        assert one.values["phone"] == ("13900001111" if seen else "139******11")
        assert one.values["lines"] == [{"price": 7 if seen else "***"}]
    assert one.states.get("phone", "writable") == state
    assert world.listed(filter_={"field": "phone", "is": "begins", "value": "139"}) == ({"one"} if seen else set())
    assert outcome(lambda: records.find(world.mei, "qc", "card", sort="phone")) == ("done" if seen else "invalid_input")
    assert bool(records.history(world.mei, "qc", "card", number)[0].fields) == seen
    world.records.change(SYSTEM, "qc", "card", number, 2, {"lines": [{"price": 9}]})
    fields = records.history(world.mei, "qc", "card", number)[0].fields
    assert fields == ({ident("lines"): {"from": [{"price": 7}], "to": [{"price": 9}]}} if seen else {})
    expected = "done" if state == "writable" else "invalid_input"
    assert outcome(lambda: records.change(world.mei, "qc", "card", number, 3, {"phone": "1"})) == expected
    assert outcome(lambda: records.create(world.mei, "qc", "card", [{"phone": "1"}])) == expected
    assert outcome(lambda: records.create(world.mei, "qc", "card", [{"lines": [{"price": 1}]}])) == expected


def test_without_any_grant_nobody_but_the_administrator_sees_anything(world: World) -> None:
    world.grant()
    assert outcome(lambda: world.records.find(world.mei, "qc", "card")) == "no_form_right"
    assert len(world.records.find(SYSTEM, "qc", "card").rows) == 4


def test_what_a_deleted_field_held_is_told_only_to_who_sees_everything(world: World) -> None:
    number = world.ids["one"]
    world.records.change(SYSTEM, "qc", "card", number, 1, {"phone": "13900001111", "name": "新名"})
    world.grant({"actions": ["view"]})
    fields = [one for one in FIELDS if one["code"] != "phone"]
    world.forms.save_draft(SYSTEM, "qc", "card", {"fields": fields}, base=1)
    world.forms.publish(SYSTEM, "qc", "card", base=1)
    (change,) = world.records.history(world.mei, "qc", "card", number)
    assert set(change.fields) == {ident("name")}
    (change,) = world.records.history(SYSTEM, "qc", "card", number)
    assert set(change.fields) == {ident("name"), ident("phone")}


def test_a_scope_over_a_deleted_field_reaches_nothing(world: World) -> None:
    world.grant({"actions": ["view"], "scopes": [SCOPE["places"]]})
    assert world.listed() == SEEN_BY["places"]
    fields = [one for one in FIELDS if one["code"] != "place"]
    world.forms.save_draft(SYSTEM, "qc", "card", {"fields": fields}, base=1)
    world.forms.publish(SYSTEM, "qc", "card", base=1)
    assert world.listed() == set()


def test_everything_wrong_with_grants_is_named(world: World) -> None:
    with pytest.raises(InvalidInputError) as refused:
        world.grant(
            {"actions": ["view", "fly"]},
            {"actions": ["change"]},
            {"actions": ["view"], "fields": {"x": "writable", ident("name"): "secret"}},
            {"actions": ["view"], "scopes": [{"kind": "mine"}, {"kind": "places", "field": ident("name")}]},
            {"actions": ["view"], "scopes": [{"kind": "condition"}]},
        )
    assert {(problem.pointer, problem.code) for problem in refused.value.problems} == {
        ("/grants/0/actions/1", "not_one_of"),
        ("/grants/1/actions", "grant_without_view"),
        ("/grants/2/fields/x", "record_unknown_field"),
        (f"/grants/2/fields/{ident('name')}", "not_one_of"),
        ("/grants/3/scopes/0/kind", "not_one_of"),
        ("/grants/3/scopes/1/field", "grant_scope_field"),
        ("/grants/3/scopes/1/values", "grant_scope_empty"),
        ("/grants/4/scopes/0/filter", "grant_scope_empty"),
    }
    with pytest.raises(InvalidInputError):
        world.forms.set_grants(SYSTEM, "qc", "card", [{"role": "nobody", "actions": ["view"]}])


def test_a_grant_that_is_taken_away_holds_from_that_moment(world: World) -> None:
    world.grant({"actions": ["view"]})
    assert len(world.listed()) == 4
    world.grant()
    assert world.listed() == set()
    with pytest.raises(NotFoundError):
        world.forms.set_grants(SYSTEM, "qc", "other", [])


GRANTS = st.lists(
    st.fixed_dictionaries(
        {
            "actions": st.sampled_from([["view"], ["view", "change"], ["view", "change", "delete"]]),
            "scopes": st.lists(st.sampled_from(list(SCOPE.values())), max_size=2),
            "fields": st.dictionaries(st.sampled_from([ident("phone"), ident("grade")]), st.sampled_from(STATES)),
        }
    ),
    min_size=1,
    max_size=3,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate]
)
@given(grants=GRANTS)
def test_several_grants_add_up_row_by_row(world: World, grants: list[dict[str, Any]]) -> None:
    """A field of a row is as open as the most generous of the grants that reach this very row."""
    world.grant(*grants)
    rows = {one.id: one for one in world.records.find(world.mei, "qc", "card").rows}
    for name, number in world.ids.items():
        reaching = [one for one in grants if all(name in SEEN_BY[scope["kind"]] for scope in one["scopes"])]
        assert (number in rows) == bool(reaching)
        if not reaching:
            continue
        record = rows[number]
        assert record.deletable == any("delete" in one["actions"] for one in reaching)
        for code, whole in (("phone", "13812345678"), ("grade", None)):
            seen = [one["fields"].get(ident(code), "writable") for one in reaching]
            written = [one["fields"].get(ident(code), "writable") for one in reaching if "change" in one["actions"]]
            if "writable" in written:
                expected = "writable"
            elif {"writable", "read_only"} & set(seen):
                expected = "read_only"
            else:
                expected = "masked" if "masked" in seen else "hidden"
            assert record.states.get(code, "writable") == expected
            if expected == "hidden":
                assert code not in record.values
            elif whole is not None:
                assert record.values[code] == (mask(whole) if expected == "masked" else whole)
        wanted = {"field": "phone", "is": "equal", "value": "13812345678"}
        open_ = any(one["fields"].get(ident("phone"), "writable") in {"read_only", "writable"} for one in reaching)
        assert (name in world.listed(filter_=wanted)) == open_
