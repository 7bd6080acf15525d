"""Kinds of field that are told what was saved in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Field, Values
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError
from tests.engines.forms.test_publishing import Shop, field

Told = list[tuple[str, list[tuple[int, Values]]]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Make the links of forms (网址) tell what is saved in them."""
    found: Told = []

    def saved(tx: Tx, _actor: Actor, one: Field, pairs: Sequence[tuple[int, Values]]) -> None:
        assert tx.scalar("SELECT 1") == 1
        if any("refuse" in str(values) for _, values in pairs):
            raise ConflictError("record_conflict", item="")
        found.append((one.code, list(pairs)))

    monkeypatch.setitem(field_kinds._kinds, "link", replace(field_kinds["link"], saved=saved))
    return found


def test_kinds_are_told_what_was_saved_many_records_at_once(db: Database, told: Told) -> None:
    shop = Shop(db)
    shop.forms.create(SYSTEM, "qc", "card", "x")
    lines = field("lines", "subform", fields=[field("inner", "link"), field("n", "number")])
    shop.publish([field("page", "link"), field("other"), lines])
    url: dict[str, Any] = {"page": "https://a.example/1"}
    one, two, three = shop.add({**url, "other": "x"}, {}, {**url, "lines": [{"inner": "https://a.example/2"}, {}]})
    page, inner = ("https://a.example/1",), ("https://a.example/2",)
    assert told == [("page", [(one, page), (three, page)]), ("inner", [(three, inner)])]
    told.clear()
    shop.records.change(SYSTEM, "qc", "card", one, 1, {"other": "y"})
    assert told == []
    shop.records.change(SYSTEM, "qc", "card", three, 1, {"page": None, "lines": [{"n": 1}]})
    assert told == [("page", [(three, ())]), ("inner", [(three, ())])]
    with pytest.raises(ConflictError):
        shop.records.change(SYSTEM, "qc", "card", two, 1, {"page": "https://refuse.example/"})
    assert shop.values(two)[0]["page"] is None, "what it refuses is not saved"
