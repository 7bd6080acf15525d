"""Public links: a form is filled in by whoever has one, and nothing else can be reached, however it is tried."""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any

import pytest

from mazhi.engines.forms.sharing import service
from mazhi.engines.forms.sharing.model import Link, hash_token, ticket
from mazhi.engines.forms.sharing.service import LinkBody, Links, PublicForms
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database
from mazhi.kernel.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    PlatformError,
    TooLargeError,
    TooManyError,
)
from tests.engines.forms.test_all_fields import Company, field

HOME = "203.0.113.7"


class Fair(Company):
    """A form that visitors of a fair fill in; the role ``inspector`` may add records and not write ``secret``."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self.links = Links(db, Ids(Counters(db), "form_link"))
        self.public = PublicForms(db, self.records)
        self.publish(
            [
                field("name", required=True), field("phone", unique=True), field("secret"),
                field("dealer", "dealer"), field("product", "product"),
                field("card", "record", options={"form": "qc/card"}),
                field("wishes", "subform", fields=[field("what"), field("inner")]),
            ],
            "visit",
        )  # fmt: skip
        self.ids = {one.code: one.id for one in self.forms.form("qc", "visit").walk()}
        self.grant()

    def grant(self, *actions: str) -> None:
        grant = {"role": "inspector", "actions": list(actions or ("create",)), "fields": {self.ids["secret"]: "hidden"}}
        self.forms.set_grants(SYSTEM, "qc", "visit", [grant])

    def body(self, *codes: str, **how: Any) -> LinkBody:
        lookups = [self.ids[code] for code in how.pop("lookups", ())]
        fields = [self.ids[code] for code in codes or ("name", "phone")]
        return LinkBody(**{"name": "展会", "role": "inspector", "fields": fields, "lookups": lookups, **how})

    def link(self, *codes: str, **how: Any) -> tuple[Link, str]:
        return self.links.create(SYSTEM, "qc", "visit", self.body(*codes, **how))

    def send(self, token: str, values: dict[str, Any] | None = None, **how: Any) -> str:
        early = clock.now() - 5 * clock.MICROS_PER_SECOND
        given = {
            "client_key": str(uuid.uuid4()), "opened_at": ticket(hash_token(token), early), "trap": "", "address": HOME,
        }  # fmt: skip
        return self.public.submit(token, {"name": "王"} if values is None else values, **{**given, **how})

    def visits(self) -> list[Any]:
        return list(self.records.find(SYSTEM, "qc", "visit").rows)


@pytest.fixture
def fair(db: Database) -> Fair:
    return Fair(db)


def test_whoever_has_the_link_fills_the_form_in_and_the_record_says_so(fair: Fair) -> None:
    _, token = fair.link("name", "wishes", "what", thanks="谢谢！")
    shown = fair.public.open(token, HOME)
    assert [one.code for one in shown.form.walk()] == ["name", "wishes", "what"]
    assert fair.send(token, {"name": "王", "wishes": [{"what": "样机"}]}) == "谢谢！"
    (visit,) = fair.visits()
    assert (visit.values["name"], visit.created_by) == ("王", "公开表单·展会")
    assert visit.values["wishes"] == [{"what": "样机", "inner": None}]


def test_only_a_hash_of_the_token_is_kept(fair: Fair) -> None:
    link, token = fair.link()
    with fair.db.read() as tx:
        rows = [tuple(row) for row in tx.rows("SELECT * FROM form_link")]
        audit = [tuple(row) for row in tx.rows("SELECT * FROM audit")]
    assert token not in str(rows) + str(audit)
    assert token not in str(fair.links.all(SYSTEM, "qc", "visit"))
    assert hash_token(token) != hash_token(token[:-1])
    assert link.used == 0


def test_what_the_role_may_not_write_and_what_lists_records_cannot_be_shown(fair: Fair) -> None:
    for codes, code in (
        (("name", "secret"), "link_role_may_not"), (("name", "dealer"), "link_cannot_show"),
        (("name", "card"), "link_cannot_show"), (("phone",), "link_lacks_required"),
        (("wishes",), "link_lacks_required"),
    ):  # fmt: skip
        with pytest.raises(InvalidInputError) as refused:
            fair.link(*codes)
        assert [one.code for one in refused.value.problems] == [code]
    with pytest.raises(InvalidInputError):
        fair.link("name", "card", lookups=["card"])
    with pytest.raises(InvalidInputError):
        fair.link(role="nobody")
    with pytest.raises(ForbiddenError):
        fair.links.create(Actor("sun", user_id=fair.users["sun"]), "qc", "visit", fair.body())
    fair.grant("view")
    with pytest.raises(InvalidInputError):
        fair.link()


def test_what_was_not_asked_for_is_refused_and_counts_nothing(fair: Fair) -> None:
    _, token = fair.link()
    for values in (
        {"name": "王", "secret": "x"}, {"name": "王", "dealer": "D-1"}, {"name": "王", "wishes": [{"what": "a"}]},
        {"name": "王", "id": 1}, {"name": "王", "owner_id": 1}, {},
    ):  # fmt: skip
        with pytest.raises(InvalidInputError):
            fair.send(token, values)
    assert (fair.visits(), fair.links.all(SYSTEM, "qc", "visit")[0].used) == ([], 0)


def test_a_link_that_is_off_over_or_full_takes_nothing(fair: Fair) -> None:
    link, token = fair.link(most=2)
    fair.send(token, client_key="first-key")
    fair.send(token, client_key="second-key")
    with pytest.raises(NotFoundError) as closed:
        fair.send(token)
    assert closed.value.code == "link_closed"
    assert fair.send(token, client_key="second-key") == ""  # the same again is answered, and writes nothing
    assert len(fair.visits()) == 2
    for change in ({"active": False}, {"expires_at": clock.now() - 1}):
        body = dataclasses.replace(fair.body(), most=None, **change)
        version = fair.links.all(SYSTEM, "qc", "visit")[0].version
        fair.links.change(SYSTEM, "qc", "visit", link.id, version, body)
        for act in (lambda: fair.public.open(token, HOME), lambda: fair.send(token)):
            with pytest.raises(NotFoundError):
                act()
    with pytest.raises(ConflictError):
        fair.links.change(SYSTEM, "qc", "visit", link.id, 1, fair.body())


def test_what_the_role_loses_the_link_loses_at_once(fair: Fair) -> None:
    _, token = fair.link()
    fair.forms.set_grants(
        SYSTEM,
        "qc",
        "visit",
        [{"role": "inspector", "actions": ["create"], "fields": {fair.ids["phone"]: "read_only"}}],
    )
    assert [one.code for one in fair.public.open(token, HOME).form.walk()] == ["name"]
    with pytest.raises(InvalidInputError):
        fair.send(token, {"name": "王", "phone": "1"})
    fair.forms.set_grants(SYSTEM, "qc", "visit", [])
    with pytest.raises(NotFoundError):
        fair.send(token)


def test_a_repeated_sending_writes_one_record(fair: Fair) -> None:
    _, token = fair.link()
    for _ in range(3):
        fair.send(token, client_key="the same key")
    assert (len(fair.visits()), fair.links.all(SYSTEM, "qc", "visit")[0].used) == (1, 1)


def test_one_address_is_slowed_down_and_another_is_not(fair: Fair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PER_ADDRESS", 2)
    _, token = fair.link()
    fair.send(token, address="2001:db8::1")
    fair.send(token, address="2001:db8::2")
    with pytest.raises(TooManyError) as slowed:
        fair.send(token, address="2001:db8::3")  # of one household
    assert 0 < int(str(slowed.value.params["seconds"])) <= 600
    fair.send(token)
    assert len(fair.visits()) == 3


def test_a_link_as_a_whole_and_looking_at_it_are_slowed_down_too(fair: Fair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PER_LINK", 2)
    monkeypatch.setattr(service, "VIEWS_PER_ADDRESS", 2)
    _, token = fair.link()
    for number in range(2):
        fair.send(token, address=f"198.51.100.{number}")
    with pytest.raises(TooManyError):
        fair.send(token, address="198.51.100.9")
    for _ in range(2):
        with pytest.raises(NotFoundError):
            fair.public.open("x" * 32, HOME)  # guesses count as well
    with pytest.raises(TooManyError):
        fair.public.open(token, HOME)


def test_robots_are_thanked_or_told_to_wait_and_write_nothing(fair: Fair) -> None:
    _, token = fair.link(thanks="好")
    assert fair.send(token, trap="http://spam") == "好"
    now = clock.now()
    hashed = hash_token(token)
    forged = f"{now - 10_000_000}.{'0' * 32}"
    old = ticket(hashed, now - 25 * 3600 * clock.MICROS_PER_SECOND)
    for written in (ticket(hashed, now), forged, old, "", "x.y", f"{'9' * 30}.a", ticket("other", now - 10_000_000)):
        with pytest.raises(TooManyError):
            fair.send(token, opened_at=written)
    assert fair.visits() == []


def test_a_wrong_token_opens_nothing(fair: Fair) -> None:
    fair.link()
    wrong = ("", "x", "a" * 32, "' OR 1=1 --aaaaaaaaaaaaaaaa", "%" * 30, "\U0001f600" * 25, "a" * 101)
    for token in wrong:
        for act in (
            lambda one: fair.public.open(one, HOME), fair.send,
            lambda one: fair.public.options(one, fair.ids["product"], "", HOME),
        ):  # fmt: skip
            with pytest.raises(NotFoundError) as refused:
                act(token)
            assert refused.value.code == "link_unknown"


def test_looking_up_is_closed_unless_the_link_allows_it(fair: Fair) -> None:
    _, closed = fair.link()
    with pytest.raises(NotFoundError):
        fair.public.options(closed, fair.ids["product"], "", HOME)
    _, token = fair.link("name", "product", "dealer", lookups=["product", "dealer"])
    assert fair.public.options(token, fair.ids["product"], "WM-2", HOME) == [("WM-20", "智能水表"), ("WM-25", "水表")]
    assert fair.public.options(token, fair.ids["product"], "智能", HOME) == [("WM-20", "智能水表")]
    assert fair.public.options(token, fair.ids["dealer"], "", HOME) == [("D-1", "D-1")]
    assert fair.public.options(token, fair.ids["product"], "%", HOME) == []
    for code in ("card", "name", "secret"):
        with pytest.raises(NotFoundError):
            fair.public.options(token, fair.ids[code], "", HOME)
    fair.send(token, {"name": "王", "product": "WM-20"})
    assert fair.visits()[0].values["product"] == "WM-20"


def test_a_value_that_is_taken_is_told_without_saying_by_which_record(fair: Fair) -> None:
    _, token = fair.link()
    fair.send(token, {"name": "王", "phone": "138"})
    with pytest.raises(PlatformError) as refused:
        fair.send(token, {"name": "李", "phone": "138"})
    (problem,) = refused.value.problems
    assert problem.code == "link_taken"
    assert "record" not in problem.params
    assert fair.links.all(SYSTEM, "qc", "visit")[0].used == 1


def test_what_is_far_too_large_is_refused(fair: Fair) -> None:
    _, token = fair.link("name", "wishes", "what")
    with pytest.raises(TooLargeError):
        fair.send(token, {"name": "x" * 300_000})
    with pytest.raises(InvalidInputError):
        fair.send(token, {"name": "王", "wishes": [{"what": "a"}] * 201})
    with pytest.raises(InvalidInputError):
        fair.send(token, {"name": "王", "wishes": "nein"})
