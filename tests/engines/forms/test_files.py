"""Files of records: who may put them there, and that whoever does not see the value does not get the bytes either."""

from __future__ import annotations

import itertools
import uuid
from pathlib import Path
from typing import Any

import pytest

from mazhi.engines.forms.designing import Forms
from mazhi.engines.forms.exchange.cells import write
from mazhi.engines.forms.exchange.targets import targets
from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.files import binding
from mazhi.engines.forms.files.service import RecordFiles
from mazhi.engines.forms.model import read
from mazhi.engines.forms.records.service import Records
from mazhi.engines.forms.rights.model import STATES
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.access.store import role, user_account, user_role
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mazhi.kernel.files.model import KEPT_UNBOUND, Uploader, uploader_of
from mazhi.kernel.files.service import Files, Wish
from mazhi.kernel.jobs.service import Jobs
from tests.kernel.files.pictures import PDF, jpeg, picture


def ident(code: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, code))


def field(code: str, kind: str, **rest: Any) -> dict[str, Any]:
    return {"id": ident(code), "code": code, "kind": kind, "title": code, **rest}


FIELDS = [
    field("grade", "number"),
    field("report", "attachment", options={"types": ["pdf", "picture"], "most": 2, "largest_mb": 1}),
    field("photos", "image", options={"most": 2}),
    field("sign", "signature"),
    field("lines", "subform", fields=[field("proof", "attachment"), field("note", "text")]),
]
MEI, LI = Actor("mei", 901), Actor("li", 902)


class World:
    """A form with files of every kind, and two users with one role each."""

    def __init__(self, db: Database, folder: Path) -> None:
        self.db = db
        with db.write() as tx:
            for number, name in ((901, "mei"), (902, "li")):
                tx.conn.execute(role.insert().values(id=number, code=name, name=name, created_at=0, updated_at=0))
                tx.conn.execute(
                    user_account.insert().values(id=number, username=name, name=name, created_at=0, updated_at=0)
                )
                tx.conn.execute(user_role.insert().values(user_id=number, role_id=number))
        jobs = Jobs(db, folder / "jobs")
        self.files = Files(db, Ids(Counters(db), "file"), jobs, folder / "library")
        self.forms = Forms(db)
        self.records = Records(db, Ids(Counters(db), "record"))
        self.record_files = RecordFiles(db)
        self.forms.create_app(SYSTEM, "qc", "质检")
        self.publish("card", FIELDS)

    def publish(self, code: str, fields: list[dict[str, Any]]) -> None:
        self.forms.create(SYSTEM, "qc", code, code, {"fields": fields})
        self.forms.publish(SYSTEM, "qc", code, base=0)

    def grant(self, *grants: dict[str, Any], form: str = "card") -> None:
        self.forms.set_grants(SYSTEM, "qc", form, [{"role": "mei", **one} for one in grants])

    def bring(self, actor: Actor | Uploader, data: bytes = PDF, name: str = "a.pdf") -> str:
        by = uploader_of(actor) if isinstance(actor, Actor) else actor
        incoming = self.files.begin(by)
        incoming.write(data)
        return self.files.keep(by, incoming, Wish(name)).uuid

    def add(self, actor: Actor, form: str = "card", **values: Any) -> int:
        (number,) = self.records.create(actor, "qc", form, [values])
        return number

    def change(self, actor: Actor, number: int, **values: Any) -> None:
        (now,) = self.records.get(SYSTEM, "qc", "card", [number])
        self.records.change(actor, "qc", "card", number, now.version, values)

    def had(self, actor: Actor, number: int, file: str, form: str = "card") -> bool:
        try:
            return self.record_files.get(actor, "qc", form, number, file).uuid == file
        except (NotFoundError, ForbiddenError):
            return False


@pytest.fixture
def world(db: Database, tmp_path: Path) -> World:
    return World(db, tmp_path)


def faults(error: pytest.ExceptionInfo[InvalidInputError]) -> list[tuple[str | None, str]]:
    return [(one.pointer, one.code) for one in error.value.problems]


def test_a_record_has_files_and_tells_what_they_are_and_where(world: World) -> None:
    report, photo, sign, proof = (
        world.bring(SYSTEM, data, name)
        for data, name in ((PDF, "报告.pdf"), (jpeg(), "外观.jpg"), (picture("PNG"), "签名.png"), (PDF, "证明.pdf"))
    )
    number = world.add(SYSTEM, report=[report], photos=photo, sign=[sign], lines=[{"proof": [proof]}, {"note": "无"}])
    values = world.records.get(SYSTEM, "qc", "card", [number])[0].values
    where = f"/api/v1/apps/qc/forms/card/records/{number}/files"
    assert values["report"] == [
        {"id": report, "name": "报告.pdf", "size": len(PDF), "type": "application/pdf", "url": f"{where}/{report}",
         "thumbnail": None}
    ]  # fmt: skip
    assert values["photos"][0]["thumbnail"] == f"{where}/{photo}?size=small"
    assert values["lines"][0]["proof"][0]["url"] == f"{where}/{proof}"
    assert values["lines"][1]["proof"] is None
    assert all(world.had(SYSTEM, number, one) for one in (report, photo, sign, proof))
    world.files.sweep(clock.now() + 2 * KEPT_UNBOUND)
    assert world.had(SYSTEM, number, report)


def test_what_was_read_may_be_given_back(world: World) -> None:
    number = world.add(SYSTEM, photos=[world.bring(SYSTEM, jpeg(), "1.jpg"), world.bring(SYSTEM, jpeg(), "2.jpg")])
    (before,) = world.records.get(SYSTEM, "qc", "card", [number])
    world.change(SYSTEM, number, photos=list(reversed(before.values["photos"])))
    (after,) = world.records.get(SYSTEM, "qc", "card", [number])
    assert [one["name"] for one in after.values["photos"]] == ["2.jpg", "1.jpg"]


def test_every_file_that_does_not_fit_is_named_with_its_place(world: World) -> None:
    large = world.bring(SYSTEM, PDF + bytes(1 << 20), "large.pdf")
    text = world.bring(SYSTEM, b"abc", "a.txt")
    pdf, unknown = world.bring(SYSTEM), str(uuid.uuid4())
    given = {"report": [large, text], "photos": [pdf], "sign": [pdf], "lines": [{"proof": [world.bring(LI)]}]}
    with pytest.raises(InvalidInputError) as refused:
        world.add(SYSTEM, **given)
    assert faults(refused) == [
        ("/values/report/0", "entry_file_large"),
        ("/values/report/1", "entry_file_type"),
        ("/values/photos/0", "entry_file_type"),
        ("/values/sign/0", "entry_file_type"),
        ("/values/lines/0/proof/0", "entry_file_unknown"),
    ]
    with pytest.raises(InvalidInputError) as refused:
        world.add(SYSTEM, photos=[world.bring(SYSTEM, jpeg(), f"{number}.jpg") for number in range(3)])
    assert faults(refused) == [("/values/photos", "entry_too_many")]
    with pytest.raises(InvalidInputError) as refused:
        world.add(SYSTEM, photos=[unknown])
    assert faults(refused) == [("/values/photos", "entry_file_unknown")]


def test_a_file_is_put_into_a_record_by_whoever_brought_it_alone(world: World) -> None:
    world.forms.set_grants(
        SYSTEM, "qc", "card", [{"role": one, "actions": ["view", "create", "change"]} for one in ("mei", "li")]
    )
    mine = world.bring(MEI)
    for other in (LI, SYSTEM):
        with pytest.raises(InvalidInputError) as refused:
            world.add(other, report=[mine])
        assert faults(refused) == [("/values/report/0", "entry_file_unknown")]
    visitor = Uploader("link:77", "visitor")
    with pytest.raises(InvalidInputError):
        world.add(MEI, report=[world.bring(visitor)])
    number = world.add(MEI, report=[mine])
    # Now it belongs to the record: its uploader has it through that alone.
    with pytest.raises(NotFoundError):
        world.files.waiting(uploader_of(MEI), mine)
    assert world.had(LI, number, mine)


def test_a_file_is_copied_from_a_record_that_the_writer_sees(world: World) -> None:
    world.publish("other", [field("copied", "attachment"), field("closed", "attachment")])
    world.grant({"actions": ["view", "create"]}, form="other")
    one, two = world.bring(SYSTEM), world.bring(SYSTEM, name="b.pdf")
    world.add(SYSTEM, grade=1, report=[one])
    world.add(SYSTEM, grade=2, report=[two])
    scope = {"kind": "condition", "filter": {"field": "grade", "is": "equal", "value": 1}}
    world.grant({"actions": ["view"], "scopes": [scope]})
    copied = world.add(MEI, form="other", copied=[one])
    assert world.had(MEI, copied, one, form="other")
    with pytest.raises(InvalidInputError):
        world.add(MEI, form="other", copied=[two])
    world.grant({"actions": ["view"], "scopes": [scope], "fields": {ident("report"): "masked"}})
    # Through the copy it is still seen, though no longer where it came from.
    assert world.add(MEI, form="other", copied=[one])
    world.grant({"actions": ["view", "create"], "fields": {ident("copied"): "hidden"}}, form="other")
    with pytest.raises(InvalidInputError):
        world.add(MEI, form="other", closed=[one])


def test_files_that_a_record_had_stay_within_reach_of_its_history(world: World) -> None:
    one, two = world.bring(SYSTEM), world.bring(SYSTEM, name="b.pdf")
    number = world.add(SYSTEM, report=[one])
    world.change(SYSTEM, number, report=[two])
    world.grant({"actions": ["view"]})
    told = world.records.history(MEI, "qc", "card", number)[0].fields[ident("report")]
    assert [told["from"][0]["id"], told["to"][0]["id"]] == [one, two]
    assert world.had(MEI, number, one)
    world.records.delete(SYSTEM, "qc", "card", number, 2)
    assert world.had(MEI, number, one)
    world.grant({"actions": ["view"], "fields": {ident("report"): "hidden"}})
    assert not world.had(MEI, number, one)


def test_a_file_is_had_through_its_own_record_alone(world: World) -> None:
    file = world.bring(SYSTEM)
    number = world.add(SYSTEM, report=[file])
    other = world.add(SYSTEM, report=[world.bring(SYSTEM)])
    assert world.had(SYSTEM, number, file)
    assert not world.had(SYSTEM, other, file)
    assert not world.had(SYSTEM, number + 10**6, file)
    for nonsense in ("", "x\0", "%", str(uuid.uuid4())):
        assert not world.had(SYSTEM, number, nonsense)
    world.publish("other", [field("copied", "attachment")])
    assert not world.had(SYSTEM, number, file, form="other")


SCOPES = {
    "all": ([], {"one", "two"}),
    "one": ([{"kind": "condition", "filter": {"field": "grade", "is": "equal", "value": 1}}], {"one"}),
    "none": ([{"kind": "own"}], set()),
}
CASES = [
    (scope, states)
    for scope in SCOPES
    for states in (
        *({"report": state} for state in STATES),
        *({"lines": outer, "proof": inner} for outer, inner in itertools.product(STATES, STATES)),
    )
]


def test_whoever_does_not_see_the_value_whole_does_not_get_the_bytes(world: World) -> None:
    """Every state of a field, of a sub-table and its column, and every scope, alone and two grants together."""
    report, proof = world.bring(SYSTEM), world.bring(SYSTEM)
    given = {"report": [report], "lines": [{"proof": [proof]}]}
    ids = {"one": world.add(SYSTEM, grade=1, **given), "two": world.add(SYSTEM, grade=2, **given)}
    pairs = [*((case,) for case in CASES), *_spread(list(itertools.product(CASES, CASES)))]
    had = 0
    for grants in pairs:
        world.grant(
            *(
                {
                    "actions": ["view"],
                    "scopes": SCOPES[scope][0],
                    "fields": {ident(code): state for code, state in states.items()},
                }
                for scope, states in grants
            )
        )
        shown = {one.id: one.values for one in world.records.get(MEI, "qc", "card", list(ids.values()))}
        for number in ids.values():
            values = shown.get(number, {})
            lines = values.get("lines")
            inner = lines[0].get("proof") if isinstance(lines, list) else None
            for file, value in ((report, values.get("report")), (proof, inner)):
                assert world.had(MEI, number, file) is isinstance(value, list), (grants, number, value)
                had += isinstance(value, list)
    assert had > len(pairs) / 2


def _spread(all_: list[Any]) -> list[Any]:
    """Return an even choice of many, so that the test stays short."""
    return all_[:: max(1, len(all_) // 50)]


def test_a_spreadsheet_tells_the_names_of_files_and_brings_none_in(world: World) -> None:
    files = [world.bring(SYSTEM, PDF, "报告.pdf"), world.bring(SYSTEM, PDF, "附图.pdf")]
    number = world.add(SYSTEM, report=files)
    (record,) = world.records.get(SYSTEM, "qc", "card", [number])
    report = next(one for one in read({"fields": FIELDS}, field_kinds).fields if one.code == "report")
    assert write(report, field_kinds["attachment"], record.values["report"], workbook=True) == "报告.pdf、附图.pdf"
    known = targets(read({"fields": FIELDS}, field_kinds), lambda _field: "writable")
    assert not known["report"].writable and not known["lines.proof"].writable and known["grade"].writable


def test_who_may_see_no_record_of_the_form_is_told_so(world: World) -> None:
    file = world.bring(SYSTEM)
    number = world.add(SYSTEM, report=[file])
    with pytest.raises(ForbiddenError, match="no_form_right"):
        world.record_files.get(LI, "qc", "card", number, file)
    world.grant({"actions": ["create"]})
    with pytest.raises(ForbiddenError, match="no_form_right"):
        world.record_files.get(MEI, "qc", "card", number, file)


def test_a_file_that_is_swept_while_a_record_takes_it_is_refused(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    file = world.bring(SYSTEM)
    monkeypatch.setattr(binding.library, "bind", lambda _tx, _numbers: 0)
    with pytest.raises(ConflictError, match="record_file_gone"):
        world.add(SYSTEM, report=[file])
