"""Comments on records: whoever sees the record reads and writes them, and is told when mentioned."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.engines.forms.comments.model import mentioned
from mazhi.engines.forms.comments.service import Comments
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.access.store import user_account, user_role
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mazhi.kernel.notices.service import Notices
from tests.engines.forms.test_all_fields import Company

BELOW = {"kind": "department_below"}


class Talk(Company):
    """``sun`` is an inspector; who sees which record is said by ``grant``."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self.notices = Notices(db, Ids(Counters(db), "notice"))
        self.comments = Comments(db, Ids(Counters(db), "comment"), self.notices)
        self.sun, self.chen = (Actor(name, user_id=self.users[name]) for name in ("sun", "chen"))

    def grant(self, *scopes: dict[str, Any]) -> None:
        grant = {"role": "inspector", "actions": ["view", "create"], "scopes": list(scopes)}
        self.forms.set_grants(SYSTEM, "qc", "card", [grant])

    def add(self, text: str, actor: Actor = SYSTEM, record: int | None = None, **how: Any) -> int:
        return self.comments.add(actor, "qc", "card", record or self.cards[0], text, **how)

    def texts(self, actor: Actor = SYSTEM, record: int | None = None) -> list[str]:
        return [one.text for one in self.comments.page(actor, "qc", "card", record or self.cards[0])[0]]

    def told(self, actor: Actor) -> list[str]:
        return [str(one.params["text"]) for one in self.notices.page(actor)[0]]

    def put(self, user: str, department: str | None, *roles: str) -> None:
        with self.db.write() as tx:
            number = 0 if department is None else self.world.ids[department]
            where = user_account.c.username == user
            tx.conn.execute(user_account.update().where(where).values(department_id=number))
            for role in roles:
                tx.conn.execute(user_role.insert().values(user_id=self.users[user], role_id=self.world.ids[role]))


@pytest.fixture
def talk(db: Database) -> Talk:
    return Talk(db)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@chen 看一下", ["chen"]), ("请 @Chen、@sun。", ["chen", "sun"]), ("a@b.com", []), ("@@chen", []),
        ("（@chen）@chen", ["chen"]), ("@chen.", ["chen"]), ("@李雷 和 @han.mei-mei+1", ["李雷", "han.mei-mei+1"]),
    ],
)  # fmt: skip
def test_mentions_are_user_names_after_an_at_and_never_mail_addresses(text: str, names: list[str]) -> None:
    assert mentioned(text) == names


def test_comments_are_written_changed_and_deleted_by_whoever_wrote_them(talk: Talk) -> None:
    talk.grant()
    first, second = talk.add("一", talk.sun), talk.add("二")
    assert talk.texts(talk.sun) == ["二", "一"]
    talk.comments.change(talk.sun, "qc", "card", talk.cards[0], first, "一改")
    for act in (talk.comments.delete, lambda *where: talk.comments.change(*where, "x")):
        with pytest.raises(ForbiddenError) as refused:
            act(talk.sun, "qc", "card", talk.cards[0], second)
        assert refused.value.code == "comment_of_another"
    talk.comments.delete(talk.sun, "qc", "card", talk.cards[0], first)
    (two, one), _ = talk.comments.page(talk.sun, "qc", "card", talk.cards[0])
    assert (one.deleted, one.text, two.own) == (True, "", False)
    with pytest.raises(NotFoundError):
        talk.comments.change(talk.sun, "qc", "card", talk.cards[0], first, "zurück")
    with talk.db.read() as tx:
        assert tx.scalar("SELECT text FROM record_comment WHERE id = :id", id=first) == "一改"


def test_a_repeated_request_writes_one_comment(talk: Talk) -> None:
    assert talk.add("x", client_key="k") == talk.add("x", client_key="k")
    with pytest.raises(ConflictError):
        talk.add("y", client_key="k")
    assert talk.texts() == ["x"]


def test_who_does_not_see_the_record_reads_and_writes_nothing_and_is_not_told(talk: Talk) -> None:
    talk.grant({"kind": "condition", "filter": {"field": "name", "is": "equal", "value": "一号"}})
    talk.add("看得见 @sun @chen")
    talk.add("看不见 @sun", record=talk.cards[1])
    assert talk.texts(talk.sun) == ["看得见 @sun @chen"]
    assert (talk.told(talk.sun), talk.told(talk.chen)) == (["看得见 @sun @chen"], [])
    (seen,) = talk.comments.page(talk.sun, "qc", "card", talk.cards[0])[0]
    assert seen.mentions == ["sun"]
    for actor, record in ((talk.sun, talk.cards[1]), (talk.sun, 99), (talk.chen, talk.cards[0])):
        for act in (
            talk.texts, lambda a, r: talk.add("x", a, r),
            lambda a, r: talk.comments.suggest(a, "qc", "card", r, ""),
        ):  # fmt: skip
            with pytest.raises((NotFoundError, ForbiddenError)):
                act(actor, record)


def test_those_who_see_a_record_are_suggested_by_their_names_whatever_makes_them_see_it(talk: Talk) -> None:
    def suggested(text: str = "", record: int | None = None) -> list[str]:
        return [name for name, _ in talk.comments.suggest(SYSTEM, "qc", "card", record or talk.cards[0], text)]

    talk.grant()
    assert (suggested(), suggested("SU"), suggested("un"), suggested("%")) == (["sun"], ["sun"], ["sun"], [])
    talk.grant({"kind": "own"})
    assert suggested() == []
    (own,) = talk.records.create(talk.sun, "qc", "card", [{"name": "三号"}])
    assert suggested(record=own) == ["sun"]
    talk.put("sun", "QC")
    talk.put("chen", "QC", "inspector")
    (inside,) = talk.records.create(talk.sun, "qc", "card", [{"name": "四号"}])
    talk.grant({"kind": "department"})
    assert (suggested(record=inside), suggested(record=own)) == (["chen", "sun"], [])
    talk.put("chen", "WH")
    talk.grant(BELOW)
    assert suggested(record=inside) == ["sun"]


def test_an_edited_comment_tells_only_whom_it_mentions_for_the_first_time(talk: Talk) -> None:
    talk.grant()
    talk.put("chen", None, "inspector")
    number = talk.add("@sun 一")
    talk.comments.change(SYSTEM, "qc", "card", talk.cards[0], number, "@sun @chen 二")
    assert (talk.told(talk.sun), talk.told(talk.chen)) == (["@sun 一"], ["@sun @chen 二"])
    talk.add("@sun 自己", talk.sun)
    assert talk.notices.unread(talk.sun) == 1
    notice = talk.notices.page(talk.sun)[0][0]
    assert notice.link == f"/apps/qc/forms/card?open={talk.cards[0]}&tab=discussion"
    talk.notices.read(talk.chen, [notice.id])
    assert talk.notices.unread(talk.sun) == 1
    talk.notices.read(talk.sun, [notice.id])
    assert (talk.notices.unread(talk.sun), talk.notices.page(talk.sun, unread=True)[0]) == (0, [])
    talk.notices.read(talk.chen)
    assert talk.notices.unread(talk.chen) == 0


def test_pages_follow_each_other_by_key(talk: Talk) -> None:
    for number in range(5):
        talk.add(f"{number} @sun")
    first, more = talk.comments.page(SYSTEM, "qc", "card", talk.cards[0], limit=3)
    rest, end = talk.comments.page(SYSTEM, "qc", "card", talk.cards[0], after=more, limit=3)
    assert [one.text[0] for one in [*first, *rest]] == ["4", "3", "2", "1", "0"]
    assert end is None


@pytest.mark.parametrize("text", ["", "  \n", "x" * 5001, "a\x07b"])
def test_what_says_nothing_or_cannot_be_shown_is_refused(talk: Talk, text: str) -> None:
    with pytest.raises(InvalidInputError):
        talk.add(text)
