"""A list becomes the content of a record, is changed with it, and is seen by whoever may see the field."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.engines.forms.rights import store
from mazhi.engines.forms.rights.model import Grant
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.access.store import role, user_account, user_role
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from tests.engines.forms.scan_lists.conftest import Dock, field


def problems(caught: Any) -> list[str]:
    return [one.code for one in caught.value.problems]


def test_a_saved_list_is_its_records_and_nobody_scans_into_it_again(dock: Dock) -> None:
    name = dock.open()
    dock.lists.paste(SYSTEM, name, "SN001-SN003")
    number = dock.save(name)
    assert dock.records.get(SYSTEM, "wms", "ship", [number])[0].values["scans"] == name
    (view,) = dock.lists.look(SYSTEM, [name])
    assert (view.state, view.record, view.count) == ("bound", number, 3)
    with pytest.raises(ConflictError) as caught:
        dock.scan(name, "SN004")
    assert caught.value.code == "scan_list_saved"
    with pytest.raises(InvalidInputError) as other:
        dock.save(name)
    assert problems(other) == ["scan_list_elsewhere"]


def test_a_change_leaves_the_saved_list_alone_until_it_is_saved(dock: Dock) -> None:
    name = dock.open()
    dock.lists.paste(SYSTEM, name, "SN001-SN003")
    number = dock.save(name)
    later = dock.open(record=number)
    assert dock.open(record=number) == later, "everybody who changes the record scans into the same list"
    assert dock.codes(later) == ["SN001", "SN002", "SN003"]
    assert dock.scan(later, "SN001") == ("duplicate", "scan_again")
    first = dock.lists.lines(SYSTEM, later, ("right",), newest=False).rows[0].line
    dock.lists.undo(SYSTEM, later, [first])
    dock.scan(later, "SN009")
    assert (dock.codes(name), dock.codes(later)) == (["SN001", "SN002", "SN003"], ["SN002", "SN003", "SN009"])
    dock.records.change(SYSTEM, "wms", "ship", number, 1, {"scans": later})
    views = {one.id: (one.state, one.record) for one in dock.lists.look(SYSTEM, [name, later])}
    assert views == {name: ("replaced", number), later: ("bound", number)}
    history = dock.records.history(SYSTEM, "wms", "ship", number)
    assert [*history[0].fields.values()] == [{"from": name, "to": later}]
    dock.records.change(SYSTEM, "wms", "ship", number, 2, {"scans": None})
    dock.records.change(SYSTEM, "wms", "ship", number, 3, {"scans": name})
    assert dock.lists.look(SYSTEM, [name])[0].state == "bound"


def test_who_saves_second_is_told_and_loses_nothing(dock: Dock) -> None:
    number = dock.save(None)
    one, other = dock.open(record=number), dock.open(record=number)
    dock.scan(one, "SN001")
    dock.scan(other, "SN002")
    dock.records.change(SYSTEM, "wms", "ship", number, 1, {"scans": one})
    with pytest.raises(ConflictError) as caught:
        dock.records.change(SYSTEM, "wms", "ship", number, 1, {"scans": other})
    assert caught.value.code == "record_conflict"
    assert dock.codes(other) == ["SN002"]


def test_a_list_must_fit_the_record_that_it_is_saved_in(dock: Dock) -> None:
    dock.publish(field("goods", "product"), field("many", "number"), product="goods", expected="many", complete=True)
    name = dock.open(values={"goods": "WM", "many": 2})
    dock.scan(name, "SN001")
    with pytest.raises(InvalidInputError) as caught:
        dock.save(name, goods="OUT", many=2)
    assert problems(caught) == ["scan_list_incomplete", "scan_list_other_product"]
    dock.scan(name, "SN002")
    assert dock.save(name, goods="WM", many=2)


def test_an_item_stands_in_one_record_only_where_that_is_asked(dock: Dock) -> None:
    dock.publish(once=True)
    first, second = dock.open(), dock.open()
    dock.scan(first, "SN001")
    dock.scan(second, "SN001")
    number = dock.save(first)
    with pytest.raises(ConflictError) as caught:
        dock.save(second)
    assert (caught.value.code, problems(caught)) == ("scan_items_taken", ["scan_elsewhere"])
    third = dock.open()
    assert dock.scan(third, "SN001") == ("duplicate", "scan_elsewhere")
    again = dock.open(record=number)
    assert dock.scan(again, "SN002") == ("right", "")
    dock.records.change(SYSTEM, "wms", "ship", number, 1, {"scans": again})
    dock.records.delete(SYSTEM, "wms", "ship", number, 2)
    assert dock.scan(dock.open(), "SN001") == ("right", "")
    assert dock.save(second), "the record that held it is gone"


def test_what_should_come_is_another_records_list(dock: Dock) -> None:
    name = dock.open()
    dock.lists.paste(SYSTEM, name, "SN001-SN003")
    order = dock.save(name)
    dock.forms.create(SYSTEM, "wms", "receive", "收货单")
    dock.publish(
        field("order", "record", options={"form": "wms/ship"}), form="receive", list_record="order", list_field="scans"
    )
    got = dock.lists.open(SYSTEM, "wms/receive", "scans", values={"order": str(order)})
    assert (got.expected, got.listed) == (3, True)
    assert dock.scan(got.id, "SN009") == ("wrong", "scan_not_listed")
    assert dock.scan(got.id, "SN002") == ("right", "")
    assert [one["item"] for one in dock.lists.missing(SYSTEM, got.id).rows] == ["SN001", "SN003"]


def test_rights_are_those_of_the_record_and_its_field(dock: Dock) -> None:
    dock.world.add(role, "keeper2", name="库管")
    now = clock.now()
    with dock.db.write() as tx:
        ids = [
            tx.conn.execute(
                user_account.insert().values(username=name, name=name, created_at=now, updated_at=now)
                .returning(user_account.c.id)
            ).scalar_one()
            for name in ("li", "wang")
        ]  # fmt: skip
        for user in ids:
            tx.conn.execute(user_role.insert().values(user_id=user, role_id=dock.world.ids["keeper2"]))
        form = tx.scalar("SELECT id FROM design WHERE code = 'wms/ship' AND kind = 'form'")
    rights = {"items.view": None}
    li, wang = (Actor(name, user, rights) for name, user in zip(("li", "wang"), ids, strict=True))
    with pytest.raises(ForbiddenError):
        dock.open(li)
    blind = Actor("li", ids[0])

    def grant(*actions: str, **fields: Any) -> None:
        with dock.db.write() as tx:
            store.put_grants(
                tx, form, [(dock.world.ids["keeper2"], Grant("keeper2", frozenset(actions), fields=fields))]
            )

    grant("view", "create")
    name = dock.open(li)
    assert dock.scan(name, "SN001", blind) == ("wrong", "unknown_item"), "what one may not see is as good as unknown"
    assert dock.scan(name, "SN001", li) == ("right", "")
    with pytest.raises(NotFoundError):
        dock.scan(name, "SN002", wang)
    dock.lists.set_values(li, name, {}, shared=True)
    assert dock.scan(name, "SN002", wang) == ("right", "")
    number = dock.records.create(li, "wms", "ship", [{"scans": name}])[0]
    assert dock.codes(name) == ["SN001", "SN002"]
    assert len(dock.lists.lines(wang, name).rows) == 3
    with pytest.raises(ForbiddenError):
        dock.open(wang, record=number)
    grant("view", "create", "change", **{field("scans")["id"]: "masked"})
    with pytest.raises(NotFoundError):
        dock.lists.lines(wang, name)
    assert dock.lists.look(wang, [name]) == []
