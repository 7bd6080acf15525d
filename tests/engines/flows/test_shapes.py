"""Whatever is drawn over the API: before it is published it is said what cannot be read, and nothing breaks."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import InvalidInputError
from tests.engines.flows.shop import APP, Shop, ident, members, node, on_sqlite

pytestmark = on_sqlite
WHO, AMOUNT = members("chen"), ident("amount")
DEEP: dict[str, Any] = {"field": "no", "is": "empty"}
for _ in range(30):
    DEEP = {"and": [DEEP]}
BAD: list[tuple[str, dict[str, Any], str]] = [
    *(
        ("approve", {"buttons": one}, "form_option_bad_shape")
        for one in (
            {"approve": True}, {"approve": {"on": "no"}}, {"send_back": {"to": 5}}, {"send_back": {"to": "abc"}},
            {"send_back": {"how": [5]}},
        )
    ),
    *(
        (kind, {"who": one}, code)
        for kind in ("approve", "copy", "notify", "start")
        for one, code in (
            ({"ways": 5}, "form_option_bad_shape"), ({"ways": [{"kind": ["x"]}]}, "flow_unknown_way"),
            ({"ways": [{"kind": "chosen", "from": "x"}]}, "form_option_bad_shape"),
            ({"ways": [{"kind": "chosen", "from": {"ways": 3}}]}, "form_option_bad_shape"),
            ({"ways": [{"kind": "member", "values": "chen"}]}, "form_option_bad_shape"),
            ({**WHO, "nobody": "x"}, "form_option_bad_shape"),
            ({**WHO, "nobody": {"then": ["x"]}}, "form_option_bad_shape"),
        )
    ),
    *(
        ("fill", {"due": one}, code)
        for one, code in (
            ({"hours": 1, "every": "x"}, "flow_bad_hours"), ({"hours": 1, "every": 1e300}, "flow_bad_hours"),
            ({"hours": 1, "every": float("nan")}, "flow_bad_hours"),
            ({"hours": 1, "then": ["x"]}, "form_option_bad_shape"),
        )
    ),
    ("approve", {"sign": {"needed": "x"}}, "form_option_bad_shape"),
    ("approve", {"sign": {"needed": True, "meaning": 5}}, "form_option_bad_shape"),
    *(("fill", {"fields": {AMOUNT: one}}, "not_one_of") for one in ("secret", ["hidden"], None)),
    ("webhook", {"address": "https://x/", "mapping": [1]}, "form_option_bad_shape"),
    ("create_record", {"assignments": [{"table": "lines", "columns": 5}]}, "form_option_bad_shape"),
    ("update_record", {"assignments": [{"field": {}}]}, "flow_field_gone"),
    ("find_records", {"filter": {"field": [], "is": []}}, "form_option_bad_shape"),
    ("find_records", {"filter": {"and": [5]}}, "filter_not_a_condition"),
    ("find_records", {"filter": DEEP}, "filter_not_a_condition"),
    ("copy", {}, "flow_nobody_chosen"),
]  # fmt: skip


def test_what_cannot_be_read_is_said_and_never_published_or_tried(shop: Shop) -> None:
    flows, boss, record = shop.system.flows, shop.actors["boss"], shop.record(no="1")
    flows.create(SYSTEM, APP, "f", "收货", "receipt")
    for kind, options, code in BAD:
        given = options if "who" in options or kind not in {"approve", "fill"} else {"who": WHO, **options}
        tree = node("start", "x", **given) if kind == "start" else node("start", "s", node(kind, "x", **given))
        flows.save_draft(SYSTEM, APP, "f", {"form": "receipt", "tree": tree}, base=0)
        found = [one.problem.code for one in flows.check(boss, APP, "f") if one.hard and one.node == "x"]
        assert code in found, (kind, options)
        with pytest.raises(InvalidInputError, match="flow_incomplete"):
            flows.publish(boss, APP, "f", base=0)
        if code not in {"flow_nobody_chosen", "flow_field_gone"} and kind != "create_record":
            with pytest.raises(InvalidInputError, match="flow_incomplete"):
                shop.system.flow_trials.run(boss, APP, "f", record)


def test_texts_name_fields_that_are_there(shop: Shop) -> None:
    flows, boss = shop.system.flows, shop.actors["boss"]
    flows.create(SYSTEM, APP, "f", "收货", "receipt")
    saving = {"kind": "before_save", "when": "amount > 1", "message": "{字段amount} {none}"}
    tree = node("start", "start", node("approve", "ok", who=WHO), triggers=[saving])
    tree["options"]["title"] = "{no} {字段no} {lines.qty} {gone}"
    flows.save_draft(SYSTEM, APP, "f", {"form": "receipt", "tree": tree}, base=0)
    found = [(one.problem.pointer, one.problem.params.get("name")) for one in flows.check(boss, APP, "f") if one.hard]
    assert found == [("/options/title", "gone"), ("/options/triggers/0/message", "none")]


def test_what_was_drawn_well_has_its_shape(shop: Shop) -> None:
    due = {"hours": 2, "then": "remind", "every": 0.5, "to": None}
    shop.draw(
        node("approve", "ok", who={**WHO, "nobody": {"then": "admin"}, "same": "ask"}, due=due,
             buttons={"send_back": {"on": True, "to": ["start"], "how": ["again"], "title": None}},
             fields={AMOUNT: "masked"}, sign={"needed": False, "meaning": ""}),
        node("copy", "tell", who={"ways": [{"kind": "head", "values": [], "levels": 1}]}),
    )  # fmt: skip
    assert shop.open(shop.start()) == ["ok"]
