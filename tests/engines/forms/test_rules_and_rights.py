"""Rules where the writer may not write, or not see, everything; unique values; one message for all."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.engines.forms.records.service import Records
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.access.store import role, user_account, user_role
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, InvalidInputError
from tests.engines.forms.test_computing import formula
from tests.engines.forms.test_publishing import Shop, field, ident

FIELDS = [
    field("price", "number"),
    field("cost", "number"),
    field("grade"),
    field("note"),
    field("secret", required=True),
    field("kept", default="usual"),
    formula("margin", "price-cost"),
]


def rule(kind: str, when: str, *fields: str, **rest: Any) -> dict[str, Any]:
    key = ident(f"{kind}{when}{fields}")
    return {"id": key, "name": when, "kind": kind, "when": when, "fields": [ident(one) for one in fields], **rest}


RULES = [
    rule("set", "margin>10", "grade", value='"A"'),
    rule("require", "margin>10", "secret", "note"),
    rule("lock", "margin>10", "kept"),
    rule("show", "margin<>7", "cost"),
    rule("check", "margin>=0", "cost", message="亏本"),
    rule("check", "margin>=0", "price", message="亏本"),
]


@pytest.fixture
def shop(db: Database) -> Shop:
    found = Shop(db)
    found.forms.create(SYSTEM, "qc", "card", "x", {"fields": FIELDS, "rules": RULES})
    found.forms.publish(SYSTEM, "qc", "card", base=0)
    return found


@pytest.fixture
def keeper(shop: Shop) -> Actor:
    """Give somebody who writes prices and notes, and does not see cost and secret."""
    with shop.db.write() as tx:
        made = role.insert().values(code="keeper", name="x", created_at=0, updated_at=0).returning(role.c.id)
        number = tx.conn.execute(made).scalar_one()
        user = tx.conn.execute(
            user_account.insert().values(username="li", name="li", created_at=0, updated_at=0)
            .returning(user_account.c.id)
        ).scalar_one()  # fmt: skip
        tx.conn.execute(user_role.insert().values(user_id=user, role_id=number))
    states = {ident("cost"): "hidden", ident("secret"): "hidden", ident("grade"): "read_only", ident("kept"): "hidden"}
    grant = {"role": "keeper", "actions": ["view", "create", "change"], "scopes": [], "fields": states}
    shop.forms.set_grants(SYSTEM, "qc", "card", [grant])
    return Actor(user_id=user, name="li", rights={})


def refused(records: Records, actor: Actor, number: int, values: dict[str, Any]) -> list[tuple[str | None, str]]:
    with pytest.raises(InvalidInputError) as caught:
        records.change(actor, "qc", "card", number, 1, values)
    told = str([(one.params, one.item) for one in caught.value.problems])
    assert "4321" not in told, "what the writer may not see is told by no message"
    return [(one.pointer, one.code) for one in caught.value.problems]


def test_rules_see_the_whole_record_and_ask_of_nobody_what_is_not_theirs(shop: Shop, keeper: Actor) -> None:
    (one,) = shop.add({"price": 5000, "cost": 4321, "note": "x", "secret": "y"})
    assert shop.values(one)[0]["grade"] == "A"
    # The secret is required, but not of those who cannot write it; the grade is set for those who may not write it.
    made = shop.records.create(keeper, "qc", "card", [{"price": 11, "note": "x"}])[0]
    assert (shop.values(made)[0]["grade"], shop.values(made)[0]["kept"]) == ("A", "usual")
    assert refused(shop.records, keeper, one, {"note": None}) == [("/values/note", "record_required")]
    assert refused(shop.records, keeper, one, {"price": 1}) == [
        ("/values/price", "record_check"), ("/values/cost", "record_check"),
    ]  # fmt: skip
    shop.records.change(keeper, "qc", "card", one, 1, {"price": 4325})
    assert (shop.values(one)[0]["margin"], shop.values(one)[0]["grade"]) == (4, "A")
    assert refused(shop.records, keeper, made, {"cost": 1}) == [("/values/cost", "record_unknown_field")]


def test_a_field_that_is_not_shown_stays_as_it_is_though_its_writer_cannot_see_it(shop: Shop, keeper: Actor) -> None:
    (one,) = shop.add({"price": 5, "cost": 2, "note": "x", "secret": "y"})
    shop.records.change(keeper, "qc", "card", one, 1, {"price": 9})
    assert (shop.values(one)[0]["cost"], shop.values(one)[0]["margin"]) == (2, 7)


def test_everybody_gets_the_same_verdict(shop: Shop, keeper: Actor) -> None:
    values: list[dict[str, Any]] = [{"price": 1, "note": "x"}, {"price": -1}, {"price": 20}]
    told = [[one.code for one in faults] for faults in shop.records.check(keeper, "qc", "card", values)]
    assert told == [[], ["record_check", "record_check"], ["record_required"]]
    outcome = shop.records.create_good(keeper, "qc", "card", values, client_key="k")
    assert [(one.place, [fault.code for fault in one.problems]) for one in outcome.refused] == [
        (place, codes) for place, codes in enumerate(told) if codes
    ]
    assert len(outcome.done) == 1
    assert shop.records.create_good(keeper, "qc", "card", values, client_key="k") == outcome
    assert len(shop.records.find(SYSTEM, "qc", "card").rows) == 1


def test_a_unique_value_that_two_changes_bring_at_once_goes_to_the_first(shop: Shop) -> None:
    shop.forms.create(SYSTEM, "qc", "tag", "x", {"fields": [field("code", unique=True)]})
    shop.forms.publish(SYSTEM, "qc", "tag", base=0)
    one, two, three = shop.records.create(SYSTEM, "qc", "tag", [{"code": "a"}, {"code": "b"}, {"code": "c"}])
    with pytest.raises(ConflictError, match="record_duplicates") as caught:
        shop.records.change_many(SYSTEM, "qc", "tag", [(one, 1, {"code": "x"}), (two, 1, {"code": "x"})])
    assert [(problem.pointer, problem.code) for problem in caught.value.problems] == [
        ("/1/values/code", "record_twice"),
    ]  # fmt: skip
    done = shop.records.change_many(
        SYSTEM, "qc", "tag", [(one, None, {"code": "c"}), (two, None, {"code": "y"}), (three, None, {"code": "c"})],
        good_only=True,
    )  # fmt: skip
    assert done.done == [two, three]
    assert [one.problems[0].code for one in done.refused] == ["record_duplicate"]
