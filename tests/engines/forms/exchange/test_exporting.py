"""Records go out into files as their reader may see them, and coming back they change nothing."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mazhi.engines.forms.exchange import exporting
from mazhi.engines.forms.family import field_kinds
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.errors import ForbiddenError, InvalidInputError
from tests.engines.forms.exchange.desk import Desk, field
from tests.engines.forms.test_all_fields import STORED, example

EXTENSIONS = {"xlsx": "a.xlsx", "csv": "a.csv", "csv_gbk": "a.csv"}


def again(desk: Desk, content: bytes, format_: str, form: str = "book") -> dict[str, Any]:
    """Bring an export back in, as a person would: without choosing anything but the key."""
    upload = desk.send(content, EXTENSIONS[format_], form=form)
    return desk.result(desk.start(upload, form=form, keys=["#"]))


@pytest.mark.parametrize("format_", EXTENSIONS)
def test_an_export_of_every_kind_of_field_changes_nothing_when_it_comes_back(desk: Desk, format_: str) -> None:
    kinds = [kind for kind in STORED if kind.saved is None]  # files and scans do not come from sheets
    desk.publish([example(kind) for kind in kinds], "all")
    given_ = {f"a_{kind.name}": desk.example(kind) for kind in kinds}
    desk.records.create(SYSTEM, "qc", "all", [given_, {}])
    before = desk.all("all")
    content = desk.take(format_, form="all")
    result = again(desk, content, format_, "all")
    assert (result["bad"], result["same"], result["changed"], result["added"]) == ([], 2, 0, 0)
    assert desk.all("all") == before
    # And as new records it makes the same ones again.
    upload = desk.send(content, EXTENSIONS[format_], form="all")
    mapping = {
        column: name for column, name in desk.imports.guess(SYSTEM, "qc", "all", upload).mapping.items() if name != "#"
    }
    added = desk.result(desk.start(upload, form="all", mapping=mapping))
    assert (added["bad"], added["added"]) == ([], 2)
    assert desk.all("all")[2:] == before[::-1]


TEXTS = st.text(st.sampled_from("=+-@'\"\t\n,;、；|锟甲 一a1%\\/{}[]#：é"), max_size=12)
ROWS = st.fixed_dictionaries(
    {},
    optional={
        "note": TEXTS,
        "amount": st.decimals(-(10**9), 10**9, places=4).map(str),
        "day": st.dates().map(str).filter(lambda one: one >= "1000"),
        "at": st.datetimes(min_value=datetime(1000, 1, 2)).map(  # noqa: DTZ001
            lambda one: f"{one.isoformat()}Z"
        ),
        "flag": st.booleans(),
        "words": st.lists(TEXTS.filter(lambda one: one.isprintable() and bool(one.strip())), max_size=3),
        "who": st.lists(st.sampled_from(["chen", "sun"]), max_size=2, unique=True),
        "lines": st.lists(st.fixed_dictionaries({}, optional={"what": TEXTS, "n": st.integers(-9, 9)}), max_size=3),
    },
)  # fmt: skip


@settings(
    max_examples=12, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(rows=st.lists(ROWS, min_size=1, max_size=6), format_=st.sampled_from(list(EXTENSIONS)))
def test_whatever_stands_in_records_an_export_brings_it_back_as_it_was(
    desk: Desk, rows: list[dict[str, Any]], format_: str
) -> None:
    desk.draw(
        field("note", "long_text", title="备注"), field("amount", "number", title="数"),
        field("day", "date", title="日"), field("at", "datetime", title="时"), field("flag", "switch", title="开"),
        field("words", "tags", title="词"),
        field("who", "members", title="人"),
        field("lines", "subform", title="行",
              fields=[field("what", "long_text", title="甚么"), field("n", "number", title="几")]),
        form="any",
    )  # fmt: skip
    desk.records.create(SYSTEM, "qc", "any", rows)
    before = desk.records.find(SYSTEM, "qc", "any", limit=1000).rows
    result = again(desk, desk.take(format_, form="any"), format_, "any")
    assert (result["bad"], result["changed"], result["added"]) == ([], 0, 0)
    assert desk.records.find(SYSTEM, "qc", "any", limit=1000).rows == before


def test_cells_that_look_like_formulas_are_harmless_and_numbers_stay_numbers(desk: Desk) -> None:
    desk.draw(field("note", "long_text"), field("amount", "number"), form="any")
    evil = ["=1+1", "+1", "-1", "@x", "\t=1", "'=1"]
    desk.records.create(SYSTEM, "qc", "any", [{"note": one, "amount": -5} for one in evil])
    rows = list(csv.reader(io.StringIO(desk.take("csv", form="any").decode("utf-8-sig"))))
    assert all(row[1].startswith("'") or not row[1].startswith(("=", "+", "-", "@", "\t")) for row in rows[1:])
    assert {row[2] for row in rows[1:]} == {"-5"}
    sheet = desk.sheet(desk.take("xlsx", form="any"))
    assert {row[2] for row in sheet[1:]} == {-5.0}
    assert {row[1] for row in sheet[1:]} >= {"=1+1", "+1", "-1", "@x"}


def test_a_list_goes_out_as_it_is_filtered_and_sorted_with_sub_tables_as_sheets(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PAGE", 2)
    lines = [{"what": "耐压", "value": 1.6}, {"what": "外观"}]
    ids = desk.records.create(
        SYSTEM, "qc", "book", [{"serial": f"A{n}", "重量": n, "checks": lines[: n % 3]} for n in range(7)]
    )
    wanted = {"field": "重量", "is": "at_least", "value": 2}
    content = desk.take("xlsx", filter_=wanted, sort="-serial", fields=["serial", "checks"])
    assert desk.sheet(content) == [["编号", "序列号"], *([float(ids[n]), f"A{n}"] for n in (6, 5, 4, 3, 2))]
    assert [row[0] for row in desk.sheet(content, "检验")[1:]] == [float(ids[n]) for n in (5, 5, 4, 2, 2)]
    with pytest.raises(InvalidInputError):
        desk.exports.start(SYSTEM, "qc", "book", "csv", filter_={"field": "no", "is": "equal", "value": 1})
    with pytest.raises(InvalidInputError):
        desk.exports.start(SYSTEM, "qc", "book", "csv", fields=["no"])


def test_a_reader_takes_away_only_the_rows_and_fields_that_are_theirs(desk: Desk) -> None:
    sun = Actor("sun", user_id=desk.users["sun"])
    desk.bring([["序列号", "重量", "结论"], ["SERIAL-0001", "1", "合格"], ["SERIAL-0002", "2", "不合格"]])
    ids = {one.code: one.id for one in desk.forms.form("qc", "book").walk()}
    view = {"role": "inspector", "actions": ["view"]}
    desk.forms.set_grants(SYSTEM, "qc", "book", [view])
    with pytest.raises(ForbiddenError):
        desk.exports.start(sun, "qc", "book", "csv")
    only = {"kind": "condition", "filter": {"field": "grade", "is": "equal", "value": "合格"}}
    fields = {ids["重量"]: "hidden", ids["serial"]: "masked"}
    desk.forms.set_grants(
        SYSTEM, "qc", "book",
        [{**view, "fields": fields}, {**view, "actions": ["view", "export"], "scopes": [only], "fields": fields}],
    )  # fmt: skip
    text = desk.take("csv", actor=sun).decode("utf-8-sig")
    assert "重量" not in text
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[1] for row in rows[1:]] == ["SER******01"]


def test_every_kind_that_stores_a_value_is_read_and_written_by_its_shape() -> None:
    from mazhi.engines.forms.exchange.cells import _READERS, _shape

    shapes = {kind.name: _shape(kind.name) for kind in field_kinds if kind.holds == "value" and kind.columns}
    assert {name: shape for name, shape in shapes.items() if shape not in _READERS} == {}
