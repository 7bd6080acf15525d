from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.partners import store
from mazhi.kernel.partners.model import Partner
from mazhi.kernel.partners.service import Partners
from mazhi.kernel.partners.store import PartnerFilter

DEALER = Partner(
    code="D-GD-01",
    name="广东经销商",
    kind="dealer",
    region="440000",
    regions=("440000", "450000"),
    phone="13812345678",
)


@pytest.fixture
def partners(db: Database) -> Partners:
    return Partners(db)


def test_a_partner_is_kept_as_it_was_given(partners: Partners) -> None:
    made = partners.create(SYSTEM, DEALER)
    assert partners.get("D-GD-01") == made
    assert (made.regions, made.phone, made.version) == (DEALER.regions, DEALER.phone, 1)


def test_a_change_touches_only_what_was_given(partners: Partners) -> None:
    partners.create(SYSTEM, DEALER)
    changed = partners.change(SYSTEM, "D-GD-01", 1, {"regions": (), "name": " 粤 "})
    assert (changed.regions, changed.name, changed.region, changed.version) == ((), "粤", "440000", 2)
    assert partners.get("D-GD-01") == changed


def test_faults_taken_codes_and_old_versions_are_refused(partners: Partners) -> None:
    partners.create(SYSTEM, DEALER)
    with pytest.raises(ConflictError, match="already_exists"):
        partners.create(SYSTEM, DEALER)
    with pytest.raises(InvalidInputError):
        partners.create(SYSTEM, Partner(code="X", name="", kind="dealer"))
    with pytest.raises(InvalidInputError):
        partners.change(SYSTEM, "D-GD-01", 1, {"region": "1"})
    partners.change(SYSTEM, "D-GD-01", 1, {"phone": None})
    with pytest.raises(ConflictError, match="edit_conflict"):
        partners.change(SYSTEM, "D-GD-01", 1, {"phone": None})


def test_a_partner_made_in_a_callers_transaction_goes_with_it(db: Database, partners: Partners) -> None:
    with pytest.raises(ConflictError, match="already_exists"), db.write() as tx:
        partners.create_in(tx, SYSTEM, DEALER)
        partners.create_in(tx, SYSTEM, DEALER)
    with pytest.raises(NotFoundError):
        partners.get("D-GD-01")
    with pytest.raises(ForbiddenError), db.write() as tx:
        partners.create_in(tx, Actor("nobody"), DEALER)
    with db.write() as tx:
        made = partners.create_in(tx, SYSTEM, DEALER)
    assert partners.get("D-GD-01") == made


def test_only_an_unused_partner_is_deleted(db: Database, partners: Partners) -> None:
    for code in ("A", "B", "C"):
        partners.create(SYSTEM, Partner(code=code, name=code, kind="supplier"))
    with db.write() as tx:
        assert master_data.mark_used(tx, store.partner, [partners.get("A")])
        tx.run(
            "INSERT INTO batch (product_id, code, supplier_id, attrs, used, version, created_at, updated_at)"
            " VALUES (1, 'B', :id, '{}', false, 1, 0, 0)",
            id=partners.get("B").id,
        )
    for code, by in (("A", "history"), ("B", "batches")):
        with pytest.raises(ConflictError) as error:
            partners.delete(SYSTEM, code)
        assert (error.value.code, error.value.params["by"]) == ("in_use", [by])
    partners.delete(SYSTEM, "C")
    with pytest.raises(NotFoundError):
        partners.get("C")


def test_a_list_is_narrowed_and_paged(partners: Partners) -> None:
    partners.create(SYSTEM, DEALER)
    partners.create(SYSTEM, Partner(code="D-GX-01", name="广西经销商", kind="dealer", region="450100"))
    partners.create(SYSTEM, Partner(code="P-1", name="王工", kind="person"))
    partners.change(SYSTEM, "P-1", 1, {"active": False})

    def codes(**wanted: object) -> list[str]:
        return [partner.code for partner in partners.find(PartnerFilter(**wanted)).rows]  # type: ignore[arg-type]

    assert codes(text="D-G") == ["D-GD-01", "D-GX-01"]
    assert codes(text="广西") == ["D-GX-01"]
    assert codes(kind="person") == ["P-1"]
    assert codes(region="45") == ["D-GX-01"]
    assert codes(active=False) == ["P-1"]
    page = partners.find(PartnerFilter(), limit=2)
    assert page.next == "D-GX-01"
    assert [partner.code for partner in partners.find(PartnerFilter(), after=page.next).rows] == ["P-1"]


def test_partners_are_looked_up_in_bulk_and_marked_as_used_once(db: Database, partners: Partners) -> None:
    one = partners.create(SYSTEM, DEALER)
    with db.write() as tx:
        assert store.by_codes(tx, ["D-GD-01", "nothing"]) == {"D-GD-01": one}
        assert master_data.mark_used(tx, store.partner, [one])
        (used,) = store.by_ids(tx, [one.id]).values()
        assert used.used
        assert master_data.mark_used(tx, store.partner, [used])
        assert not master_data.mark_used(tx, store.partner, [Partner(id=999_999, code="Z", name="Z", kind="store")])


def test_the_audit_trail_keeps_no_phone_number_whole(db: Database, partners: Partners) -> None:
    partners.create(SYSTEM, DEALER)
    partners.change(SYSTEM, "D-GD-01", 1, {"phone": "13912345678"})
    partners.delete(SYSTEM, "D-GD-01")
    with db.read() as tx:
        rows = tx.rows("SELECT * FROM audit WHERE subject = 'partner' ORDER BY id")
    assert [row.action for row in rows] == ["create", "change", "delete"]
    assert (json.loads(rows[1].before), json.loads(rows[1].after)) == (
        {"phone": "138****5678"},
        {"phone": "139****5678"},
    )


@pytest.mark.parametrize(
    "work",
    [
        lambda partners, actor: partners.create(actor, Partner(code="C", name="C", kind="store")),
        lambda partners, actor: partners.change(actor, "D-GD-01", 1, {}),
        lambda partners, actor: partners.delete(actor, "D-GD-01"),
    ],
)
def test_changes_need_the_right(partners: Partners, work: Callable[[Partners, Actor], object]) -> None:
    partners.create(SYSTEM, DEALER)
    with pytest.raises(ForbiddenError):
        work(partners, Actor("viewer"))


@pytest.mark.parametrize(
    "work", [lambda p: p.get("Z"), lambda p: p.change(SYSTEM, "Z", 1, {}), lambda p: p.delete(SYSTEM, "Z")]
)
def test_an_unknown_partner_is_not_found(partners: Partners, work: Callable[[Partners], object]) -> None:
    with pytest.raises(NotFoundError):
        work(partners)
