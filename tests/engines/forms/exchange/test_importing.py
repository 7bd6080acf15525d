"""Records come in from files: every fault told, nothing twice, whoever goes on after a kill."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.engines.forms.exchange import passes
from mazhi.engines.forms.records.service import Records
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import ForbiddenError, InvalidInputError, TooLargeError
from tests.engines.forms.exchange.desk import Desk, book

HEADER = ["序列号", "重量", "下线日", "结论", "产品", "放行", "检验员"]


def codes(result: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(one["row"], one["column"], one["code"]) for one in result["bad"]]


def test_values_come_in_as_people_write_them(desk: Desk) -> None:
    result = desk.bring(
        [
            HEADER,
            ["A1", "1,234.50", "2026/9/8", "合格", "WM-20", "是", "chen、sun"],
            ["A2", "１２", "2026年9月8日", "不合格", "WM-25", "×", "chen；sun"],
            ["A3", "1 234", "20260908", "", "", "0", "sun, chen"],
        ]
    )
    assert (result["rows"], result["added"], result["bad_rows"]) == (3, 3, 0)
    one, two, three = desk.all()
    assert one == {
        "serial": "A1", "重量": 1234.5, "made": "2026-09-08", "grade": "合格", "product": "WM-20", "good": True,
        "who": ["chen", "sun"], "checks": [],
    }  # fmt: skip
    assert (two["重量"], two["good"], two["who"]) == (12, False, ["chen", "sun"])
    assert (three["重量"], three["made"], three["grade"], three["good"]) == (1234, "2026-09-08", None, False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_every_usual_encoding_is_told_by_the_content(desk: Desk, encoding: str) -> None:
    assert desk.bring([["序列号", "结论"], ["甲一", "不合格"]], encoding=encoding)["added"] == 1
    assert [(one["serial"], one["grade"]) for one in desk.all()] == [("甲一", "不合格")]


def test_signs_that_were_lost_are_told_and_never_stored(desk: Desk) -> None:
    result = desk.bring([["序列号", "结论"], ["锟斤拷", "合格"], ["好", "合格"]])
    assert codes(result) == [(2, "序列号", "text_damaged")]
    with pytest.raises(InvalidInputError) as refused:
        desk.bring("序列号,结论\n甲,合格\n".encode().decode("gbk", "replace").encode())
    assert refused.value.code == "import_encoding"


def test_every_fault_of_every_row_is_named_with_its_cell(desk: Desk) -> None:
    rows = [
        HEADER,
        ["A1", "abc", "2026-02-30", "好", "WM-99", "也许", "nobody"],
        ["", "1.005", "", "", "", "", ""],
        ["A1", "1", "", "", "", "", ""],
        ["A4", "2", "", "", "", "", ""],
    ]
    upload = desk.send("\n".join(",".join(row) for row in rows).encode())
    checked = desk.result(desk.start(upload, dry_run=True))
    assert (checked["rows"], checked["added"], checked["bad_rows"]) == (4, 1, 3)
    assert set(codes(checked)) == {
        (2, "重量", "entry_not_a_number"), (2, "下线日", "no_such_date"), (2, "结论", "entry_not_a_choice"),
        (2, "产品", "unknown_product"), (2, "放行", "entry_not_a_flag"), (2, "检验员", "unknown_user"),
        (3, "序列号", "record_required"), (3, "重量", "entry_too_many_decimals"),
        (4, "序列号", "duplicate_in_file"),
    }  # fmt: skip
    assert {one["cell"] for one in checked["bad"] if one["row"] == 2} == {"B2", "C2", "D2", "E2", "F2", "G2"}
    assert desk.all() == []
    job = desk.start(upload)
    assert (desk.result(job)["added"], desk.result(job)["bad_rows"]) == (1, 3)
    # The file of bad rows holds them with their reasons; corrected, it is imported as it is.
    kept = desk.sheet(desk.jobs.files.path(desk.jobs.file(SYSTEM, job)).read_bytes())
    assert [row[:2] for row in kept[1:]] == [["A1", "abc"], [None, 1.005], ["A1", 1.0]] or len(kept) == 4
    assert "应是数字" in str(kept[1][-1])


def test_rows_of_a_sub_table_follow_their_record(desk: Desk) -> None:
    result = desk.bring(
        [
            ["序列号", "检验·项目", "检验·数值"],
            ["A1", "耐压", "1.6"],
            ["", "外观", ""],
            ["A2", "", ""],
            ["A3", "耐压", "x"],
            ["", "外观", "y"],
        ]
    )
    assert (result["rows"], result["added"]) == (3, 2)
    assert codes(result) == [(5, "检验·数值", "entry_not_a_number")] * 2
    assert [one["cell"] for one in result["bad"]] == ["C5", "C6"]
    assert [one["checks"] for one in desk.all()] == [
        [{"what": "耐压", "value": 1.6}, {"what": "外观", "value": None}], [],
    ]  # fmt: skip


def test_rows_of_a_sub_table_stand_in_a_sheet_of_their_own(desk: Desk, tmp_path: Any) -> None:
    content = book(
        tmp_path,
        数据=[["序列号", "重量"], ["A1", 1.5], ["A2", 2]],
        检验=[
            ["序列号", "项目", "数值"],
            ["A2", "耐压", 1.6],
            ["A1", "外观", None],
            ["A2", "外观", "z"],
            ["A9", "?", 1],
        ],
    )
    result = desk.bring(content, name="a.xlsx")
    assert (result["rows"], result["added"], result["bad_rows"]) == (2, 1, 2)
    assert {(one["cell"], one["code"]) for one in result["bad"]} == {
        ("检验!C4", "entry_not_a_number"), ("检验!A5", "import_line_without_record"),
    }  # fmt: skip
    assert [(one["serial"], one["checks"]) for one in desk.all()] == [("A1", [{"what": "外观", "value": None}])]


def test_records_are_found_by_a_key_and_updated_skipped_or_refused(desk: Desk) -> None:
    desk.bring([["序列号", "重量", "结论"], ["A1", "1", "合格"], ["A2", "2", "合格"]])
    rows = [["序列号", "重量", "结论"], ["A1", "1", ""], ["A2", "3", ""], ["A3", "4", ""]]
    skipped = desk.bring(rows, keys=["serial"], existing="skip", missing="skip", dry_run=True)
    assert (skipped["skipped"], skipped["added"], skipped["changed"]) == (3, 0, 0)
    refused = desk.bring(rows, keys=["serial"], existing="refuse", dry_run=True)
    assert [one["code"] for one in refused["bad"]] == ["import_exists"] * 2
    done = desk.bring(rows, keys=["serial"])
    assert (done["same"], done["changed"], done["added"]) == (1, 1, 1)
    assert [(one["serial"], one["重量"], one["grade"]) for one in desk.all()] == [
        ("A1", 1, "合格"), ("A2", 3, "合格"), ("A3", 4, None),
    ]  # fmt: skip
    cleared = desk.bring([["序列号", "结论"], ["A1", ""]], keys=["serial"], clear=True)
    assert (cleared["changed"], desk.all()[0]["grade"]) == (1, None)


def test_a_key_of_several_fields_that_fits_several_records_is_told(desk: Desk) -> None:
    desk.bring([["序列号", "重量", "产品"], ["A1", "1", "WM-20"], ["A2", "1", "WM-20"], ["A3", "2", "WM-20"]])
    rows = [["序列号", "重量", "产品"], ["B", "1", "WM-20"], ["C", "2", "WM-20"], ["D", "", "WM-20"]]
    result = desk.bring(rows, keys=["重量", "product"])
    assert result["changed"] == 1
    assert [one["code"] for one in result["bad"]] == ["import_key_ambiguous", "import_key_blank"]
    assert [one["serial"] for one in desk.all()] == ["A1", "A2", "C"]


def test_an_import_goes_on_after_a_kill_and_brings_nothing_in_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.draw(field_name(), form="plain")
    monkeypatch.setattr(passes, "CHUNK", 10)
    upload = desk.send(("名称\n" + "".join(f"N{n}\n" for n in range(35))).encode(), form="plain")
    job = desk.start(upload, form="plain", mapping={"名称": "name"})
    calls = {"n": 0}
    create = Records.create_good

    def killed(self: Records, *args: Any, **more: Any) -> Any:
        made = create(self, *args, **more)
        calls["n"] += 1
        if calls["n"] == 2:
            raise KeyboardInterrupt  # after its commit, before the job can say so
        return made

    monkeypatch.setattr(Records, "create_good", killed)
    with pytest.raises(KeyboardInterrupt):
        desk.jobs.run_pending()
    assert len(desk.all("plain")) == 20
    with desk.db.write() as tx:
        tx.run("UPDATE job SET state = 'queued', worker = '', lease_until = 0, run_at = :now", now=clock.now())
    result = desk.result(job)
    assert (result["rows"], result["added"]) == (35, 35)
    assert [one["name"] for one in desk.all("plain")] == [f"N{n}" for n in range(35)]


def test_who_may_not_import_is_refused_and_who_may_sees_only_what_is_theirs(desk: Desk) -> None:
    from mazhi.kernel.access.model import Actor

    sun = Actor("sun", user_id=desk.users["sun"])
    with pytest.raises(ForbiddenError):
        desk.send(b"x", actor=sun)
    ids = {one.code: one.id for one in desk.forms.form("qc", "book").walk()}
    grant = {"role": "inspector", "actions": ["view", "create", "import"]}
    desk.forms.set_grants(
        SYSTEM, "qc", "book", [{**grant, "fields": {ids["重量"]: "hidden", ids["made"]: "read_only"}}]
    )
    upload = desk.send("序列号,重量,下线日\nA1,1,2026-09-08\n".encode(), actor=sun)
    guess = desk.imports.guess(sun, "qc", "book", upload)
    assert "重量" not in {one.name for one in guess.known}
    assert desk.result(desk.start(upload, actor=sun, mapping={"序列号": "serial"}))["added"] == 1
    with pytest.raises(InvalidInputError) as refused:
        desk.start(upload, actor=sun, mapping={"序列号": "serial", "重量": "重量", "下线日": "made"})
    assert [one.code for one in refused.value.problems] == ["record_unknown_field", "import_not_writable"]
    with pytest.raises(ForbiddenError):
        desk.start(upload, actor=sun, mapping={"序列号": "serial"}, keys=["serial"])


def test_a_bomb_and_a_file_that_is_no_table_are_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mazhi.engines.forms.exchange.importing.MOST_BYTES", 1000)
    with pytest.raises(TooLargeError):
        desk.send(b"x" * 1001)
    with pytest.raises(InvalidInputError):
        desk.imports.guess(SYSTEM, "qc", "book", desk.send(b"\x89PNG\r\n"))


def field_name() -> dict[str, Any]:
    from tests.engines.forms.exchange.desk import field

    return field("name", title="名称")
