"""A form of every kind of field at once, over real databases: stored, shown, worked out, issued, converted."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest

from mazhi.engines.forms.designing import Forms
from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.files.binding import FILES
from mazhi.engines.forms.model import FieldKind
from mazhi.engines.forms.records.service import Records
from mazhi.engines.forms.scan_lists.service import ScanLists
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.access.store import department, role, user_account, user_role
from mazhi.kernel.batches.store import batch
from mazhi.kernel.codes.service import CodeRules
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, InvalidInputError
from mazhi.kernel.files import store as files
from mazhi.kernel.files.model import StoredFile, type_of, uploader_of
from mazhi.kernel.partners.store import partner
from mazhi.kernel.places.store import place
from mazhi.kernel.products.store import product
from mazhi.kernel.scanning.service import Scanning
from tests.kernel.world import World

STORED = [
    kind
    for kind in field_kinds
    if kind.holds == "value" and kind.derive is None and kind.issue is None and kind.compute is None
]


class Company:
    """A company with one of each thing that fields name, and a form ``qc/card`` that records are linked to."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.world = World(db)
        self.world.add(product, "WM-20", name="智能水表", tracking="serial", unit="台")
        self.world.add(product, "WM-25", name="水表", tracking="serial")
        self.world.add(place, "WH1", name="成品仓", kind="warehouse", path="/1/")
        for code, kind in (("C-1", "customer"), ("D-1", "dealer"), ("S-1", "supplier")):
            self.world.add(partner, code, name=code, kind=kind, region="440000")
        self.world.add(batch, "B2611", product_id=self.world.ids["WM-20"], expires_on="2999-01-01")
        self.world.add(department, "QC", name="质检", path="/1/")
        self.world.add(department, "WH", name="仓库", path="/2/")
        self.world.add(role, "inspector", name="质检员")
        now = clock.now()
        with db.write() as tx:
            self.users = {
                name: tx.conn.execute(
                    user_account.insert()
                    .values(username=name, name=name, created_at=now, updated_at=now)
                    .returning(user_account.c.id)
                ).scalar_one()
                for name in ("chen", "sun")
            }
            tx.conn.execute(user_role.insert().values(user_id=self.users["sun"], role_id=self.world.ids["inspector"]))
        self.world.bear(["RO-000001", "RO-000002"], "WM-20", warranty_start="2026-01-01", warranty_end="2999-12-31")
        self.rules = CodeRules(db, Counters(db))
        number = [{"kind": "constant", "value": "RO-"}, {"kind": "counter", "width": 4}]
        self.rules.create(SYSTEM, {"code": "RO", "name": "流水", "segments": number})
        self.forms = Forms(db)
        self.file_ids = Ids(Counters(db), "file")
        self.records = Records(db, Ids(Counters(db), "record"), self.rules)
        self.forms.create_app(SYSTEM, "qc", "质检")
        self.publish([field("name"), field("secret")])
        self.cards = self.records.create(
            SYSTEM, "qc", "card", [{"name": "一号", "secret": "x"}, {"name": "二号", "secret": "y"}]
        )

    def publish(self, fields: list[dict[str, Any]], code: str = "card", **how: Any) -> Any:
        if code not in getattr(self, "made", set()):
            self.forms.create(SYSTEM, "qc", code, code)
            self.made = {*getattr(self, "made", set()), code}
        base = self.forms.get("qc", code).version
        self.forms.save_draft(SYSTEM, "qc", code, {"fields": fields}, base=base)
        return self.forms.publish(SYSTEM, "qc", code, base=base, **how)

    def values(self, number: int, *, actor: Actor = SYSTEM, form: str = "all") -> Any:
        return _as_given(self.records.get(actor, "qc", form, [number])[0].values)

    def example(self, kind: FieldKind) -> Any:
        """Return the kind's example; of linked records the numbers that they have here."""
        cards = [str(number) for number in self.cards]
        if kind.reference is FILES:
            self.upload(kind.example[1][0])
        if kind.name == "scan_list":
            return (
                ScanLists(self.db, Scanning(self.db, self.world.items.by_ids)).open(SYSTEM, "qc/all", "a_scan_list").id
            )
        return {"record": cards[0], "records": cards}.get(kind.name, kind.example[1])

    def upload(self, uuid: str) -> None:
        (number,) = self.file_ids.take(1)
        with self.db.write() as tx:
            if not files.by_uuid(tx, [uuid]):
                owner = uploader_of(SYSTEM)
                picture = StoredFile(
                    number, uuid, "0" * 64, 10, type_of("image/png"), "a.png", 1, 1, owner.key, owner.name, 0, False
                )
                files.add(tx, picture)


def _as_given(shown: Any) -> Any:
    """Files are named by their ids and shown with what they are."""
    match shown:
        case {"id": str(uuid), "url": _}:
            return uuid
        case dict():
            return {code: _as_given(value) for code, value in shown.items()}
        case list():
            return [_as_given(one) for one in shown]
        case _:
            return shown


@pytest.fixture
def company(db: Database) -> Company:
    return Company(db)


def field(code: str, kind: str = "text", **rest: Any) -> dict[str, Any]:
    number = sum(ord(sign) * 131**place for place, sign in enumerate(code)) % 10**12
    return {"id": f"00000000-0000-4000-8000-{number:012d}", "code": code, "kind": kind, "title": code, **rest}


def example(kind: FieldKind, code: str | None = None) -> dict[str, Any]:
    return field(code or f"a_{kind.name}", kind.name, options=dict(kind.example[0]))


def test_a_form_of_every_kind_takes_every_example_and_shows_it_again(company: Company) -> None:
    company.publish([example(kind) for kind in STORED], "all")
    given = {f"a_{kind.name}": company.example(kind) for kind in STORED}
    (number,) = company.records.create(SYSTEM, "qc", "all", [given])
    assert company.values(number) == given
    company.records.change(SYSTEM, "qc", "all", number, 1, dict.fromkeys(given))
    assert company.values(number) == dict.fromkeys(given)
    company.records.change(SYSTEM, "qc", "all", number, 2, given)
    assert company.values(number) == given


def test_a_sub_table_takes_every_kind_too(company: Company) -> None:
    company.publish([field("lines", "subform", fields=[example(kind) for kind in STORED])], "all")
    given = {f"a_{kind.name}": company.example(kind) for kind in STORED}
    (number,) = company.records.create(SYSTEM, "qc", "all", [{"lines": [given, {}]}])
    assert company.values(number) == {"lines": [given, dict.fromkeys(given)]}


def test_every_kind_becomes_every_other_and_comes_back_unharmed(company: Company) -> None:
    """Each field goes once through all kinds, one after the other; what it held as itself is there at the end."""
    company.publish([example(kind) for kind in STORED], "all")
    given = {f"a_{kind.name}": company.example(kind) for kind in STORED}
    (number,) = company.records.create(SYSTEM, "qc", "all", [given])
    for step in (1, 7, 19, 31):
        turned = [*STORED[step:], *STORED[:step]]
        company.publish(
            [example(now, f"a_{kind.name}") for kind, now in zip(STORED, turned, strict=True)], "all",
            accept_misfits=True,
        )  # fmt: skip
        company.values(number)
    company.publish([example(kind) for kind in STORED], "all", accept_misfits=True)
    assert company.values(number) == given


WORKED_OUT = [
    field("no", "serial_number", options={"rule": "RO"}),
    field("amount", "money"),
    field("words", "amount_words", options={"source": "amount"}),
    field("serial", "item"),
    field("state", "item_state", options={"source": "serial", "shows": "state"}),
    field("guarantee", "warranty", options={"source": "serial"}),
    field("made", "lookup", options={"source": "serial", "field": "product_name"}),
    field("card", "record", options={"form": "qc/card", "title": "name"}),
    field("name", "lookup", options={"source": "card", "field": "name"}),
    field("label", "text_combination", options={"text": "{no} {name} {words}"}),
    field("code", "barcode_display", options={"source": "label"}),
    field(
        "lines", "subform",
        fields=[field("goods", "product"), field("unit", "lookup", options={"source": "goods", "field": "unit"}),
                field("both", "text_combination", options={"text": "{no}/{unit}"})],
    ),
]  # fmt: skip


def test_what_is_worked_out_follows_what_it_comes_from(company: Company) -> None:
    company.publish(WORKED_OUT, "all")
    card = str(company.cards[0])
    given = {"amount": 1200, "serial": "RO-000001", "card": card, "lines": [{"goods": "WM-20"}, {}]}
    one, two = company.records.create(SYSTEM, "qc", "all", [given, {}])
    assert company.values(one) == {
        **given,
        "no": "RO-0001",
        "words": "壹仟贰佰元整",
        "state": "coded",
        "guarantee": {"until": "2999-12-31", "valid": True},
        "made": "智能水表",
        "name": "一号",
        "label": "RO-0001 一号 壹仟贰佰元整",
        "code": "RO-0001 一号 壹仟贰佰元整",
        "lines": [
            {"goods": "WM-20", "unit": "台", "both": "RO-0001/台"},
            {"goods": None, "unit": None, "both": "RO-0001/"},
        ],
    }
    assert company.values(two)["label"] == "RO-0002"
    (read,) = company.records.get(SYSTEM, "qc", "all", [one])
    assert read.titles == {field("card")["id"]: {card: "一号"}}
    company.records.change(SYSTEM, "qc", "card", company.cards[0], 1, {"name": "改名"})
    company.records.change(SYSTEM, "qc", "all", one, 1, {"amount": 1.5})
    assert company.values(one)["label"] == "RO-0001 改名 壹元伍角整"
    (change,) = company.records.history(SYSTEM, "qc", "all", one)
    assert [told["to"] for told in change.fields.values()] == [1.5]
    for code in ("no", "words", "name"):
        with pytest.raises(InvalidInputError) as refused:
            company.records.create(SYSTEM, "qc", "all", [{code: "x"}])
        assert [problem.code for problem in refused.value.problems] == ["entry_takes_nothing"]


def test_a_running_number_is_never_made_twice_and_a_refusal_uses_none_up(company: Company) -> None:
    company.publish([field("no", "serial_number", options={"rule": "RO"}), field("n", "number", required=True)], "all")
    made: list[int] = []

    def bring() -> None:
        made.extend(company.records.create(SYSTEM, "qc", "all", [{"n": number} for number in range(5)]))

    threads = [threading.Thread(target=bring) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with pytest.raises(InvalidInputError):
        company.records.create(SYSTEM, "qc", "all", [{"n": 1}, {}])
    (last,) = company.records.create(SYSTEM, "qc", "all", [{"n": 1}])
    numbers = [record.values["no"] for record in company.records.get(SYSTEM, "qc", "all", [*made, last])]
    assert sorted(numbers) == [f"RO-{number:04d}" for number in range(1, 22)]
    company.records.change(SYSTEM, "qc", "all", last, 1, {"n": 2, "no": None})
    assert company.values(last) == {"no": "RO-0021", "n": 2}


def test_numbers_that_are_used_up_are_told_before_anything_is_written(company: Company) -> None:
    rule = {
        "code": "S",
        "name": "短",
        "segments": [{"kind": "constant", "value": "S"}, {"kind": "counter", "width": 1}],
    }
    company.rules.create(SYSTEM, rule)
    company.publish([field("no", "serial_number", options={"rule": "S"})], "all")
    with pytest.raises(ConflictError, match="rule_exhausted"):
        company.records.create(SYSTEM, "qc", "all", [{}] * 11)
    assert company.records.find(SYSTEM, "qc", "all").rows == []


def test_linked_records_are_called_by_their_titles_in_sub_tables_too(company: Company) -> None:
    link = field("cards", "records", options={"form": "qc/card", "title": "name"})
    company.publish([field("lines", "subform", fields=[link])], "all")
    numbers = [str(number) for number in company.cards]
    (one,) = company.records.create(SYSTEM, "qc", "all", [{"lines": [{"cards": numbers[:1]}, {"cards": numbers}, {}]}])
    (read,) = company.records.get(SYSTEM, "qc", "all", [one])
    assert read.titles == {link["id"]: {numbers[0]: "一号", numbers[1]: "二号"}}


def test_what_is_named_outside_the_form_must_be_there(company: Company) -> None:
    with pytest.raises(InvalidInputError) as refused:
        company.publish(
            [
                field("no", "serial_number", options={"rule": "NONE"}),
                field("card", "record", options={"form": "qc/none"}),
                field("print", "print_button", options={"label": "none"}),
            ],
            "all",
        )
    assert [(problem.code, problem.item) for problem in refused.value.problems] == [
        ("form_option_unknown_rule", "NONE"),
        ("form_option_unknown_form", "qc/none"),
        ("form_option_unknown_label", "none"),
    ]


def test_an_item_is_found_by_any_of_its_codes_and_its_number_is_stored(company: Company) -> None:
    company.publish([field("serial", "item")], "all")
    with company.db.write() as tx:
        for code, space in (("IMEI-1", "imei"), ("RO-000002", "supplier")):
            tx.run(
                "INSERT INTO identifier (value, namespace, item_id, event_id) "
                "SELECT :value, :space, id, 0 FROM item WHERE code = 'RO-000001'",
                value=code, space=space,
            )  # fmt: skip
    one, two = company.records.create(SYSTEM, "qc", "all", [{"serial": "IMEI-1"}, {"serial": "RO-000002"}])
    assert company.values(one) == {"serial": "RO-000001"}
    assert company.values(two) == {"serial": "RO-000002"}, "our own code goes before that of a supplier"
    with pytest.raises(InvalidInputError) as refused:
        company.records.create(SYSTEM, "qc", "all", [{"serial": "IMEI-9"}])
    assert [problem.code for problem in refused.value.problems] == ["form_unknown_item"]


def test_batches_that_share_a_code_are_told_apart_by_their_product(company: Company) -> None:
    company.world.add(batch, "B2611@", product_id=company.world.ids["WM-25"])
    company.publish([field("lot", "batch")], "all")
    (one,) = company.records.create(SYSTEM, "qc", "all", [{"lot": "B2611"}])
    with company.db.write() as tx:
        tx.run("UPDATE batch SET code = 'B2611' WHERE code = 'B2611@'")
    assert company.values(one) == {"lot": "B2611@WM-20"}
    with pytest.raises(InvalidInputError) as refused:
        company.records.create(SYSTEM, "qc", "all", [{"lot": "B2611"}])
    assert [problem.code for problem in refused.value.problems] == ["form_unknown_batch"]
    (two,) = company.records.create(SYSTEM, "qc", "all", [{"lot": "B2611@WM-25"}])
    assert company.values(two) == {"lot": "B2611@WM-25"}


def test_a_customer_is_a_partner_of_that_kind_only(company: Company) -> None:
    company.publish([field("who", "customer")], "all")
    with pytest.raises(InvalidInputError) as refused:
        company.records.create(SYSTEM, "qc", "all", [{"who": "D-1"}])
    assert [problem.code for problem in refused.value.problems] == ["form_unknown_customer"]


def test_what_a_reader_may_not_see_is_not_told_by_what_is_worked_out(company: Company) -> None:
    company.publish(
        [
            field("amount", "money"),
            field("words", "amount_words", options={"source": "amount"}),
            field("card", "record", options={"form": "qc/card"}),
            field("name", "lookup", options={"source": "card", "field": "name"}),
            field("secret", "lookup", options={"source": "card", "field": "secret"}),
            field("serial", "item"),
            field("state", "item_state", options={"source": "serial"}),
        ],
        "all",
    )
    seen, unseen = company.cards
    own = {"kind": "condition", "filter": {"field": "name", "is": "equal", "value": "一号"}}
    hidden = {field("secret")["id"]: "hidden"}
    company.forms.set_grants(
        SYSTEM, "qc", "card", [{"role": "inspector", "actions": ["view"], "scopes": [own], "fields": hidden}]
    )
    masked = {field("amount")["id"]: "masked"}
    company.forms.set_grants(
        SYSTEM, "qc", "all", [{"role": "inspector", "actions": ["view", "create"], "fields": masked}]
    )
    numbers = company.records.create(
        SYSTEM, "qc", "all",
        [{"amount": 1, "serial": "RO-000001", "card": str(number)} for number in (seen, unseen)],
    )  # fmt: skip
    sun = replace(SYSTEM, user_id=company.users["sun"], name="sun", everything=False)
    one, two = (company.values(number, actor=sun) for number in numbers)
    assert (one["amount"], one["words"], one["name"], one["secret"], one["state"]) == ("***", None, "一号", None, None)
    assert (two["card"], two["name"]) == (str(unseen), None)
    with pytest.raises(InvalidInputError) as refused:
        company.records.create(sun, "qc", "all", [{"card": str(unseen)}])
    assert [(problem.code, problem.item) for problem in refused.value.problems] == [("unknown_record", str(unseen))]


def test_a_default_stands_in_for_what_was_not_given_and_not_for_what_was_emptied(company: Company) -> None:
    company.publish([field("n", "number", default=3), field("who", "customer", default="C-1", required=True)], "all")
    one, two = company.records.create(SYSTEM, "qc", "all", [{}, {"n": None}])
    assert company.values(one) == {"n": 3, "who": "C-1"}
    assert company.values(two) == {"n": None, "who": "C-1"}


def test_a_default_holds_where_the_writer_may_not_write(company: Company) -> None:
    company.publish([field("n", "number", default=3), field("who", "customer", default="C-1"), field("x")], "all")
    states = {field("n")["id"]: "read_only", field("who")["id"]: "hidden"}
    company.forms.set_grants(
        SYSTEM, "qc", "all", [{"role": "inspector", "actions": ["view", "create"], "fields": states}]
    )
    sun = replace(SYSTEM, user_id=company.users["sun"], name="sun", everything=False)
    (one,) = company.records.create(sun, "qc", "all", [{"x": "y"}])
    assert company.values(one) == {"n": 3, "who": "C-1", "x": "y"}


def test_the_number_of_one_thing_never_becomes_that_of_another(company: Company) -> None:
    """A product and a partner may have the same number; a field that changes from one to the other is converted."""
    company.publish([field("what", "product"), field("many", "tags")], "all")
    (number,) = company.records.create(SYSTEM, "qc", "all", [{"what": "WM-20", "many": ["急单"]}])
    company.publish([field("what", "partner"), field("many", "departments")], "all", accept_misfits=True)
    assert company.values(number) == {"what": None, "many": None}
    company.publish([field("what", "product"), field("many", "tags")], "all", accept_misfits=True)
    assert company.values(number) == {"what": "WM-20", "many": ["急单"]}
