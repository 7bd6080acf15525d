from __future__ import annotations

import threading
import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.db import Database
from mazhi.kernel.designs.service import Designs
from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError

LABELS, FORMS = Designs("label"), Designs("form")
STEPS = ["draft", "publish", "restore", "discard", "stale"]
OTHER = Actor("li")


def make(db: Database, code: str = "PLATE", body: dict[str, Any] | None = None, *, publish: bool = True) -> None:
    with db.write() as tx:
        LABELS.create(tx, SYSTEM, code, " 机身铭牌 ", body or {"drawn": 1}, publish=publish)


def test_a_design_is_born_published_or_as_a_draft(db: Database) -> None:
    make(db)
    make(db, "NEW", {"drawn": 0}, publish=False)
    with db.read() as tx:
        plate, new = LABELS.get(tx, "PLATE"), LABELS.get(tx, "NEW")
        assert (plate.name, plate.version, plate.draft) == ("机身铭牌", 1, None)
        assert LABELS.body(tx, plate) == {"drawn": 1}
        assert (new.version, new.draft and new.draft.base) == (0, 0)
        with pytest.raises(NotFoundError, match="unknown_version"):
            LABELS.body(tx, new)


def test_kinds_do_not_see_each_other(db: Database) -> None:
    make(db)
    with db.write() as tx:
        FORMS.create(tx, SYSTEM, "PLATE", "表单", {"fields": []}, publish=True)
        assert [row.name for row in FORMS.find(tx, text=None, active=None, after=None, limit=10).rows] == ["表单"]
        with pytest.raises(NotFoundError, match="unknown_label"):
            LABELS.get(tx, "ELSE")


def test_a_taken_code_and_a_bad_one_are_refused(db: Database) -> None:
    make(db)
    with db.write() as tx:
        with pytest.raises(ConflictError, match="already_exists"):
            LABELS.create(tx, SYSTEM, "PLATE", "x", {}, publish=True)
        with pytest.raises(InvalidInputError) as refused:
            LABELS.create(tx, SYSTEM, " ", " ", {}, publish=True)
        assert [problem.pointer for problem in refused.value.problems] == ["/code", "/name"]


def test_a_draft_is_saved_published_and_gone(db: Database) -> None:
    make(db)
    with db.write() as tx:
        assert LABELS.save_draft(tx, SYSTEM, "PLATE", {"drawn": 2}, base=1).revision == 1
        assert LABELS.save_draft(tx, SYSTEM, "PLATE", {"drawn": 3}, base=1, revision=1).revision == 2
        assert LABELS.body(tx, LABELS.get(tx, "PLATE")) == {"drawn": 1}
        draft = LABELS.draft(tx, LABELS.get(tx, "PLATE"))
        assert draft is not None
        made = LABELS.publish(tx, SYSTEM, "PLATE", draft.body, base=1, note=" 换了地址 ")
        assert (made.number, made.note) == (2, "换了地址")
        plate = LABELS.get(tx, "PLATE")
        assert (plate.version, plate.draft) == (2, None)
        assert [LABELS.body(tx, plate, number) for number in (1, 2)] == [{"drawn": 1}, {"drawn": 3}]


def test_two_people_never_overwrite_each_other_unseen(db: Database) -> None:
    make(db)
    with db.write() as tx:
        LABELS.save_draft(tx, SYSTEM, "PLATE", {"drawn": 2}, base=1)
        LABELS.save_draft(tx, OTHER, "PLATE", {"drawn": 9}, base=1, revision=1)
        with pytest.raises(ConflictError) as told:
            LABELS.save_draft(tx, SYSTEM, "PLATE", {"drawn": 3}, base=1, revision=1)
        assert (told.value.code, told.value.params["by"], told.value.params["revision"]) == ("draft_conflict", "li", 2)
        LABELS.publish(tx, OTHER, "PLATE", {"drawn": 9}, base=1)
        for attempt in (LABELS.save_draft, LABELS.publish):
            with pytest.raises(ConflictError) as refused:
                attempt(tx, SYSTEM, "PLATE", {"drawn": 3}, base=1)
            assert refused.value.code == "publish_conflict"
            assert (refused.value.params["by"], refused.value.params["present"]) == ("li", 2)
            assert refused.value.params["at"]


def test_an_earlier_version_comes_back_as_a_draft(db: Database) -> None:
    make(db)
    with db.write() as tx:
        LABELS.publish(tx, SYSTEM, "PLATE", {"drawn": 2}, base=1)
        draft = LABELS.restore(tx, SYSTEM, "PLATE", 1)
        assert (draft.base, draft.body) == (2, {"drawn": 1})
        LABELS.publish(tx, SYSTEM, "PLATE", draft.body, base=2)
        assert [version.number for version in LABELS.versions(tx, LABELS.get(tx, "PLATE"))] == [3, 2, 1]
        with pytest.raises(NotFoundError, match="unknown_version"):
            LABELS.restore(tx, SYSTEM, "PLATE", 7)


def test_a_design_is_renamed_and_taken_out_of_use_but_never_lost(db: Database) -> None:
    make(db)
    with db.write() as tx:
        assert LABELS.rename(tx, SYSTEM, "PLATE", "铭牌").name == "铭牌"
        assert LABELS.set_active(tx, SYSTEM, "PLATE", active=False).active is False
        assert LABELS.find(tx, text=None, active=True, after=None, limit=10).rows == []
        assert [row.code for row in LABELS.find(tx, text="铭", active=None, after=None, limit=10).rows] == ["PLATE"]
        LABELS.save_draft(tx, SYSTEM, "PLATE", {"drawn": 2}, base=1)
        LABELS.discard_draft(tx, SYSTEM, "PLATE")
        assert LABELS.get(tx, "PLATE").draft is None


@pytest.mark.parametrize("statement", ["UPDATE design_version SET body = '{}'", "DELETE FROM design_version"])
def test_the_database_itself_refuses_to_change_a_version(db: Database, statement: str) -> None:
    make(db)
    with pytest.raises(Exception, match="append-only") as refused, db.write() as tx:
        tx.run(statement)
    assert isinstance(refused.value, DBAPIError) or "append-only" in str(refused.value)


def test_of_many_who_publish_at_once_one_wins(db: Database) -> None:
    make(db)
    won: list[int] = []
    told: list[str] = []

    def publish(number: int) -> None:
        try:
            with db.write() as tx:
                LABELS.publish(tx, Actor(f"u{number}"), "PLATE", {"by": number}, base=1)
            won.append(number)
        except ConflictError as error:
            told.append(str(error.params["by"]))

    threads = [threading.Thread(target=publish, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    assert told == [f"u{won[0]}"] * 5


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.sampled_from(["draft", "publish", "restore", "discard", "stale"]), max_size=12), data=st.data()
)
def test_whatever_is_done_every_version_stays_as_it_was_published(
    db: Database, steps: list[str], data: st.DataObject
) -> None:
    with db.write() as tx:
        tx.run("DELETE FROM design_draft")
        code = f"D{uuid.uuid4()}"
        LABELS.create(tx, SYSTEM, code, "x", {"n": 0}, publish=True)
        published = [{"n": 0}]
        for number, step in enumerate(steps, 1):
            base = len(published)
            match step:
                case "draft":
                    LABELS.save_draft(tx, SYSTEM, code, {"n": number}, base=base)
                case "publish":
                    LABELS.publish(tx, SYSTEM, code, {"n": number}, base=base)
                    published.append({"n": number})
                case "restore":
                    LABELS.restore(tx, SYSTEM, code, data.draw(st.integers(1, base)))
                case "discard":
                    LABELS.discard_draft(tx, SYSTEM, code)
                case _:
                    with pytest.raises(ConflictError):
                        LABELS.publish(tx, SYSTEM, code, {"n": -1}, base=base - 1)
        design = LABELS.get(tx, code)
        assert [LABELS.body(tx, design, number) for number in range(1, len(published) + 1)] == published
        assert design.version == len(published)
