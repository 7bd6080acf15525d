"""Publishing forms over real data: nothing is ever lost."""

from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest

from mazhi.engines.forms.designing import Forms
from mazhi.engines.forms.records.service import Records
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.access.store import user_account
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, InvalidInputError
from mazhi.kernel.partners.model import Partner
from mazhi.kernel.partners.service import Partners


class Shop:
    """Forms and records over one database."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.forms = Forms(db)
        self.records = Records(db, Ids(Counters(db), "record"))
        self.forms.create_app(SYSTEM, "qc", "质检")

    def publish(self, fields: list[dict[str, Any]], *, code: str = "card", **how: Any) -> Any:
        base = self.forms.get("qc", code).version
        self.forms.save_draft(SYSTEM, "qc", code, {"fields": fields}, base=base)
        return self.forms.publish(SYSTEM, "qc", code, base=base, **how)

    def add(self, *values: dict[str, Any]) -> list[int]:
        return self.records.create(SYSTEM, "qc", "card", values)

    def values(self, *ids: int) -> list[Any]:
        return [record.values for record in self.records.get(SYSTEM, "qc", "card", ids)]


@pytest.fixture
def shop(db: Database) -> Shop:
    found = Shop(db)
    found.forms.create(SYSTEM, "qc", "card", "产品身份证")
    return found


def field(code: str, kind: str = "text", *, key: object = None, **rest: Any) -> dict[str, Any]:
    return {"id": ident(key if key is not None else code), "code": code, "kind": kind, "title": f"字段{code}", **rest}


def ident(key: object) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, str(key)))


CARD = [
    field("serial", unique=True, required=True),
    field("weight", "number", options={"decimals": 3}),
    field("within", "section", fields=[field("made", "date"), field("span", "date_range")]),
    field("checks", "subform", fields=[field("what"), field("good", "switch"), field("value", "number")]),
]
RECORD = {
    "serial": "RO-1",
    "weight": 12.125,
    "made": "2026-11-01",
    "span": {"from": "2026-11-01", "to": "2028-10-31"},
    "checks": [{"what": "耐压", "good": True, "value": 1.6}, {"what": "外观", "good": False, "value": None}],
}


def test_a_form_becomes_tables_with_columns_of_their_types(shop: Shop) -> None:
    shop.publish(CARD)
    (number,) = shop.add(RECORD)
    assert shop.values(number) == [RECORD]
    with shop.db.read() as tx:
        form = shop.forms.get("qc", "card").id
        row = tx.row(f"SELECT * FROM f_{form}")
        assert row is not None
        assert (row.c_1, row.c_2, row.c_3, row.c_4, row.c_5) == (
            "RO-1", 12_125_000, "2026-11-01", "2026-11-01", "2028-10-31",
        )  # fmt: skip
        assert tx.scalar(f"SELECT count(*) FROM f_{form}_1 WHERE record_id = {number}") == 2


def test_a_unique_value_that_is_taken_is_named_with_its_record(shop: Shop) -> None:
    shop.publish(CARD)
    (first,) = shop.add(RECORD)
    with pytest.raises(ConflictError) as refused:
        shop.add({"serial": "RO-2"}, {"serial": "RO-1"}, {"serial": "RO-2"})
    assert [(problem.code, problem.params["value"]) for problem in refused.value.problems] == [
        ("record_duplicate", "RO-1"),
        ("record_twice", "RO-2"),
    ]
    assert refused.value.problems[0].params["record"] == first
    (second,) = shop.add({"serial": "RO-2"})
    with pytest.raises(ConflictError, match="record_duplicates"):
        shop.records.change(SYSTEM, "qc", "card", second, 1, {"serial": "RO-1"})
    shop.records.change(SYSTEM, "qc", "card", second, 1, {"serial": "RO-2"})
    shop.records.delete(SYSTEM, "qc", "card", first, 1)
    shop.records.change(SYSTEM, "qc", "card", second, 2, {"serial": "RO-1"})


def test_of_many_who_bring_the_same_unique_value_at_once_one_gets_it(shop: Shop) -> None:
    shop.publish(CARD)
    won: list[int] = []
    told: list[str] = []

    def bring() -> None:
        try:
            won.extend(shop.add({"serial": "RO-9"}))
        except ConflictError as error:
            told.append(error.code)

    threads = [threading.Thread(target=bring) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert set(told) <= {"record_duplicates", "record_taken_meanwhile"}
    assert len(told) == 7


def test_the_same_client_key_adds_nothing_again(shop: Shop) -> None:
    shop.publish(CARD)
    once = shop.records.create(SYSTEM, "qc", "card", [RECORD], client_key="k")
    assert shop.records.create(SYSTEM, "qc", "card", [RECORD], client_key="k") == once
    with pytest.raises(ConflictError, match="client_key_reused"):
        shop.records.create(SYSTEM, "qc", "card", [{"serial": "x"}], client_key="k")
    assert len(shop.records.find(SYSTEM, "qc", "card").rows) == 1


def test_what_was_changed_by_whom_is_kept(shop: Shop) -> None:
    shop.publish(CARD)
    (number,) = shop.add(RECORD)
    shop.records.change(SYSTEM, "qc", "card", number, 1, {"weight": 13, "checks": []})
    shop.records.delete(SYSTEM, "qc", "card", number, 2)
    deleted, changed = shop.records.history(SYSTEM, "qc", "card", number)
    assert (deleted.action, deleted.version, changed.action, changed.by) == ("delete", 3, "change", "system")
    assert changed.fields[ident("weight")] == {"from": 12.125, "to": 13}
    assert changed.fields[ident("checks")] == {"from": RECORD["checks"], "to": []}
    assert len(changed.fields) == 2


def test_a_wrong_record_is_refused_with_every_fault(shop: Shop) -> None:
    shop.publish(CARD)
    with pytest.raises(InvalidInputError) as refused:
        shop.add({"weight": "heavy", "made": "yesterday", "colour": 1, "checks": [{"good": "yes"}, 7]})
    assert sorted((problem.pointer, problem.code) for problem in refused.value.problems) == [
        ("/values/checks/0/good", "entry_not_a_flag"),
        ("/values/checks/1", "record_not_rows"),
        ("/values/colour", "record_unknown_field"),
        ("/values/made", "entry_not_a_date"),
        ("/values/serial", "record_required"),
        ("/values/weight", "entry_not_a_number"),
    ]


def test_every_fault_of_a_form_is_named_with_its_place(shop: Shop) -> None:
    with pytest.raises(InvalidInputError) as refused:
        shop.publish(
            [
                {"id": "x", "code": "1a", "kind": "text", "title": " "},
                field("a", "wand"),
                field("b", "section", unique=True, colour="red"),
                field("c", options={"longest": 0}),
                field("c", "choice", key="other", options={"choices": ["x", "x"]}),
                field("d", "subform", fields=[field("e", "subform", fields=[])]),
            ]
        )
    assert sorted((problem.pointer, problem.code) for problem in refused.value.problems) == [
        ("/fields/0/code", "form_bad_code"),
        ("/fields/0/id", "form_bad_id"),
        ("/fields/0/title", "text_missing"),
        ("/fields/1/kind", "form_unknown_kind"),
        ("/fields/2/colour", "form_unknown_property"),
        ("/fields/2/unique", "form_cannot_be_unique"),
        ("/fields/3/options/longest", "form_option_out_of_range"),
        ("/fields/4/code", "form_code_twice"),
        ("/fields/4/options/choices", "form_option_not_texts"),
        ("/fields/5/fields/0/kind", "form_table_in_table"),
    ]


def test_a_deleted_field_comes_back_with_its_values(shop: Shop) -> None:
    shop.publish(CARD)
    (number,) = shop.add(RECORD)
    shop.publish(CARD[:1])
    assert shop.values(number) == [{"serial": "RO-1"}]
    (later,) = shop.add({"serial": "RO-2"})
    shop.publish(CARD)
    assert shop.values(number, later)[0] == RECORD
    assert shop.values(later)[0]["checks"] == []


def test_a_type_change_names_what_does_not_fit_before_and_loses_nothing(shop: Shop) -> None:
    shop.publish([field("size")])
    one, two, three = shop.add({"size": "12.5"}, {"size": "about 3"}, {})
    change = [field("size", "number", options={"decimals": 1})]
    shop.forms.save_draft(SYSTEM, "qc", "card", {"fields": change}, base=1)
    report = shop.forms.try_out(SYSTEM, "qc", "card")
    assert (report.converted, report.misfits) == (1, 1)
    assert (report.named[0].row, report.named[0].value, report.named[0].problem.code) == (
        two, "about 3", "entry_not_a_number",
    )  # fmt: skip
    with pytest.raises(ConflictError, match="form_misfits"):
        shop.forms.publish(SYSTEM, "qc", "card", base=1)
    assert shop.values(one) == [{"size": "12.5"}], "nothing has changed"
    shop.forms.publish(SYSTEM, "qc", "card", base=1, accept_misfits=True)
    assert [values["size"] for values in shop.values(one, two, three)] == [12.5, None, None]
    shop.publish([field("size")])
    assert [values["size"] for values in shop.values(one, two, three)] == ["12.5", "about 3", None]


def test_a_formula_in_between_takes_nothing_away_from_what_people_wrote(shop: Shop) -> None:
    shop.publish([field("ok", "switch")])
    one, two = shop.add({"ok": True}, {"ok": False})
    shop.publish([field("ok", "date")], accept_misfits=True)
    shop.publish([field("who"), field("ok", "formula", options={"formula": 'who&"!"', "result": "text"})])
    # The formula comes to something else in one of the records, by the way of another field.
    shop.records.change(SYSTEM, "qc", "card", one, 1, {"who": "陈"})
    assert shop.values(one, two) == [{"who": "陈", "ok": "陈!"}, {"who": None, "ok": "!"}]
    shop.publish([field("who")])
    shop.publish([field("ok", "switch")], accept_misfits=True)
    assert shop.values(one, two) == [{"ok": True}, {"ok": False}]


def test_what_a_rule_sets_in_a_row_is_not_forgotten_for_what_stood_there_as_another_kind(shop: Shop) -> None:
    def lines(kind: str) -> list[dict[str, Any]]:
        inner = [field("size", kind, key="in size"), field("twice", kind, key="in twice")]
        return [field("on", "switch"), field("lines", "subform", fields=inner)]

    shop.publish(lines("text"))
    (number,) = shop.add({"on": False, "lines": [{"size": "4", "twice": "1"}]})
    base = shop.forms.get("qc", "card").version
    rule = {
        "id": ident("rule"), "kind": "set", "name": "两倍", "when": "on",
        "fields": [ident("in twice")], "value": "size×2",
    }  # fmt: skip
    shop.forms.save_draft(SYSTEM, "qc", "card", {"fields": lines("number"), "rules": [rule]}, base=base)
    shop.forms.publish(SYSTEM, "qc", "card", base=base)
    shop.records.change(SYSTEM, "qc", "card", number, 1, {"on": True})
    assert shop.values(number) == [{"on": True, "lines": [{"size": 4, "twice": 8}]}]
    shop.publish(lines("text"))
    assert shop.values(number) == [{"on": True, "lines": [{"size": "4", "twice": "8"}]}]


def test_what_stands_twice_is_named_when_a_field_becomes_unique(shop: Shop) -> None:
    shop.publish([field("size")])
    one, two, _ = shop.add({"size": "a"}, {"size": "a"}, {"size": "b"})
    with pytest.raises(ConflictError) as refused:
        shop.publish([field("size", unique=True)])
    assert refused.value.code == "form_duplicates"
    assert refused.value.problems[0].params["records"] == f"{one}、{two}"
    assert shop.forms.get("qc", "card").version == 1


def test_of_two_who_publish_the_second_is_told_who_and_when(shop: Shop) -> None:
    shop.publish([field("size")])
    shop.forms.save_draft(SYSTEM, "qc", "card", {"fields": [field("mine")]}, base=1)
    shop.forms.publish(SYSTEM, "qc", "card", base=1)
    with pytest.raises(ConflictError) as refused:
        shop.forms.save_draft(SYSTEM, "qc", "card", {"fields": [field("other")]}, base=1)
    assert (refused.value.code, refused.value.params["by"]) == ("publish_conflict", "system")


def test_a_form_of_three_hundred_fields_works(shop: Shop) -> None:
    shop.publish([field(f"f{number}", "number") for number in range(300)])
    (number,) = shop.add({f"f{place}": place for place in range(300)})
    assert shop.values(number) == [{f"f{place}": place for place in range(300)}]


def test_the_differences_are_told_field_by_field(shop: Shop) -> None:
    shop.publish([field("a"), field("b"), field("c")])
    shop.forms.save_draft(
        SYSTEM, "qc", "card", {"fields": [field("c"), field("a", "number", required=True), field("d")]}, base=1
    )
    found = [(one.title, one.what) for one in shop.forms.compare("qc", "card")]
    assert found == [("字段c", "moved"), ("字段a", "changed"), ("字段d", "added"), ("字段b", "deleted")]


def test_what_a_record_names_is_stored_by_number_and_shown_by_code(shop: Shop) -> None:
    partners = Partners(shop.db)
    for code in ("D-1", "D-2"):
        partners.create(SYSTEM, Partner(code=code, name=code, kind="dealer"))
    with shop.db.write() as tx:
        for name in ("chen", "sun"):
            tx.conn.execute(user_account.insert().values(username=name, name=name, created_at=0, updated_at=0))
    shop.publish([field("dealer", "partner", indexed=True), field("who", "members")])
    one, two = shop.add({"dealer": "D-1", "who": ["sun", "chen", "sun"]}, {"dealer": " D-2 "})
    assert shop.values(one, two) == [
        {"dealer": "D-1", "who": ["sun", "chen"]}, {"dealer": "D-2", "who": None},
    ]  # fmt: skip
    with pytest.raises(InvalidInputError) as refused:
        shop.add({"dealer": "D-9"}, {"dealer": 7, "who": ["li", "sun", "wu"]})
    assert [(problem.pointer, problem.code, problem.item) for problem in refused.value.problems] == [
        ("/0/values/dealer", "unknown_partner", "D-9"),
        ("/1/values/dealer", "entry_not_a_code", None),
        ("/1/values/who", "unknown_user", "li"),
    ]
    with pytest.raises(InvalidInputError) as refused:
        shop.add({"dealer": "D-9"}, {"who": ["li", "sun", "wu"]})
    assert [(problem.pointer, problem.code, problem.item) for problem in refused.value.problems] == [
        ("/0/values/dealer", "unknown_partner", "D-9"),
        ("/1/values/who", "unknown_user", "li"),
    ]
    wanted = {"field": "dealer", "is": "equal", "value": "D-2"}
    assert [record.id for record in shop.records.find(SYSTEM, "qc", "card", filter_=wanted).rows] == [two]
    with pytest.raises(InvalidInputError, match="invalid_input"):
        shop.records.find(SYSTEM, "qc", "card", filter_={**wanted, "value": "D-9"})
    shop.publish([field("dealer"), field("who", "long_text")])
    assert shop.values(one) == [{"dealer": "D-1", "who": "sun、chen"}]
    shop.records.change(SYSTEM, "qc", "card", two, 1, {"dealer": "D-9"})
    shop.publish([field("dealer", "partner"), field("who", "members")], accept_misfits=True)
    assert shop.values(one, two) == [{"dealer": "D-1", "who": ["sun", "chen"]}, {"dealer": None, "who": None}]
