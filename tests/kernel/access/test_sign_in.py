from __future__ import annotations

import threading

import pytest

from mazhi.kernel import clock
from mazhi.kernel.access import rights, secrets
from mazhi.kernel.access.model import PER_USER, SYSTEM, Actor, Grant
from mazhi.kernel.access.service import Access
from mazhi.kernel.access.sessions import LONG_IDLE
from mazhi.kernel.access.users import NewUser
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ForbiddenError, InvalidInputError, PlatformError, TooManyError, UnauthorizedError
from tests.kernel.access.test_sessions import grow

PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def li(access: Access) -> None:
    access.users.create(SYSTEM, NewUser("Li", "李", ("keeper",), PASSWORD, must_change=False))


def fail(access: Access, times: int, *, username: str = "li", address: str = "192.0.2.1") -> PlatformError:
    for _ in range(times):
        with pytest.raises(PlatformError) as refused:
            access.sign_in.sign_in(username, "wrong", address=address)
    return refused.value


def pass_time(db: Database, seconds: int) -> None:
    with db.write() as tx:
        tx.run(
            "UPDATE sign_in_attempt SET last_at = last_at - :some, locked_until = locked_until - :some",
            some=seconds * clock.MICROS_PER_SECOND,
        )


def actions(db: Database) -> list[tuple[str, str, str]]:
    with db.read() as tx:
        return [
            (row.actor, row.key, row.action)
            for row in tx.rows("SELECT actor, key, action FROM audit WHERE subject = 'session' ORDER BY id")
        ]


def test_the_right_password_opens_a_session(access: Access, db: Database) -> None:
    token, user = access.sign_in.sign_in(" LI ", PASSWORD, address="192.0.2.1", agent="test")
    assert (user.username, user.roles) == ("li", ("keeper",))
    assert access.sessions.check(token).actor.name == "li"
    assert actions(db) == [("li", "li", "sign_in")]


def test_whoever_owns_the_device_stays_signed_in_for_longer(access: Access, db: Database) -> None:
    access.sign_in.sign_in("li", PASSWORD, remember=True)
    with db.read() as tx:
        assert tx.scalar("SELECT expires_at - created_at FROM session") == LONG_IDLE


def test_unknown_users_and_wrong_passwords_are_answered_alike(access: Access, db: Database) -> None:
    access.users.create(SYSTEM, NewUser("gone", "", ("keeper",), PASSWORD))
    access.open_for("boss", role="admin")
    access.users.deactivate(SYSTEM, "gone")
    for username, password in (("li", "wrong"), ("nobody", PASSWORD), ("gone", PASSWORD)):
        with pytest.raises(UnauthorizedError) as refused:
            access.sign_in.sign_in(username, password)
        assert (refused.value.code, refused.value.params) == ("wrong_credentials", {})
    assert [action for _, _, action in actions(db)] == ["sign_in_failed"] * 3


def test_a_password_is_hashed_also_for_unknown_users(access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    verify = secrets._hasher.verify
    monkeypatch.setattr(secrets._hasher, "verify", lambda password, kept: seen.append(kept) or verify(password, kept))
    fail(access, 1, username="nobody")
    fail(access, 1)
    assert [kept.split("$")[1:4] for kept in seen] == [seen[0].split("$")[1:4]] * 2


def test_after_repeated_failures_even_the_right_password_must_wait(access: Access, db: Database) -> None:
    assert fail(access, PER_USER.free).code == "wrong_credentials"
    with pytest.raises(TooManyError) as refused:
        access.sign_in.sign_in("li", PASSWORD, address="198.51.100.9")
    assert refused.value.code == "locked_out"
    assert 0 < refused.value.params["seconds"] <= 10
    pass_time(db, 11)
    assert access.sign_in.sign_in("li", PASSWORD)[1].username == "li"
    assert fail(access, 1).code == "wrong_credentials"  # success has wiped the slate


def test_the_wait_doubles_with_every_further_failure(access: Access, db: Database) -> None:
    fail(access, PER_USER.free)
    waits = []
    for _ in range(8):
        pass_time(db, 900)
        fail(access, 1)
        waits.append(fail(access, 1).params["seconds"])
        with db.write() as tx:  # as if all of that had happened within the hour
            tx.run("UPDATE sign_in_attempt SET last_at = :now", now=clock.now())
    assert waits == [20, 40, 80, 160, 320, 640, 900, 900]


def test_knocking_on_a_locked_door_does_not_lock_it_for_longer(access: Access) -> None:
    fail(access, PER_USER.free)
    assert {fail(access, 1).params["seconds"] for _ in range(20)} <= {9, 10}


def test_failures_are_forgotten_after_an_hour(access: Access, db: Database) -> None:
    fail(access, PER_USER.free - 1)
    pass_time(db, 3601)
    assert fail(access, PER_USER.free).code == "wrong_credentials"


def test_an_address_that_tries_many_names_is_locked_out(access: Access) -> None:
    for number in range(30):
        fail(access, 1, username=f"u{number}", address=f"2001:db8::{number:x}")
    assert fail(access, 1, username="another", address="2001:db8::ffff").code == "locked_out"
    assert fail(access, 1, username="another", address="2001:db9::1").code == "wrong_credentials"


def test_many_attempts_at_once_do_not_all_go_free(access: Access) -> None:
    codes: list[str] = []

    def guess() -> None:
        try:
            access.sign_in.sign_in("li", "wrong", address="192.0.2.1")
        except PlatformError as error:
            codes.append(error.code)

    threads = [threading.Thread(target=guess) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes.count("wrong_credentials") == PER_USER.free
    assert codes.count("locked_out") == 20 - PER_USER.free


def test_what_has_ended_is_removed_at_a_sign_in(access: Access, db: Database) -> None:
    access.sign_in.sign_in("li", PASSWORD)
    fail(access, 1, username="nobody")
    pass_time(db, 4000)
    with db.write() as tx:
        tx.run("UPDATE session SET expires_at = 1")
    access.sign_in.sign_in("li", PASSWORD)
    with db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM session") == 1
        assert tx.scalar("SELECT count(*) FROM sign_in_attempt WHERE subject = 'user:nobody'") == 0


def test_signing_out_ends_this_session_and_no_other(access: Access, db: Database) -> None:
    mine, other = (access.sign_in.sign_in("li", PASSWORD)[0] for _ in range(2))
    access.sign_in.sign_out(access.sessions.check(mine))
    with pytest.raises(UnauthorizedError):
        access.sessions.check(mine)
    assert access.sessions.check(other).actor.name == "li"
    assert actions(db)[-1] == ("li", "li", "sign_out")


def test_a_new_password_ends_the_other_sessions(access: Access) -> None:
    mine, other = (access.sign_in.sign_in("li", PASSWORD)[0] for _ in range(2))
    access.sign_in.change_password(access.sessions.check(mine), PASSWORD, "another horse")
    assert access.sessions.check(mine).actor.name == "li"
    with pytest.raises(UnauthorizedError):
        access.sessions.check(other)
    assert access.sign_in.sign_in("li", "another horse")
    assert fail(access, 1).code == "wrong_credentials"


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("wrong", "another horse", ["wrong_old_password"]),
        (PASSWORD, "short", ["password_too_short"]),
        (PASSWORD, PASSWORD, ["password_unchanged"]),
    ],
)
def test_a_bad_new_password_changes_nothing(access: Access, old: str, new: str, codes: list[str]) -> None:
    signed_in = access.sessions.check(access.sign_in.sign_in("li", PASSWORD)[0])
    with pytest.raises(InvalidInputError) as refused:
        access.sign_in.change_password(signed_in, old, new)
    assert [problem.code for problem in refused.value.problems] == codes
    assert access.sign_in.sign_in("li", PASSWORD)


def test_guessing_the_old_password_is_slowed_down_too(access: Access) -> None:
    signed_in = access.sessions.check(access.sign_in.sign_in("li", PASSWORD)[0])
    for _ in range(PER_USER.free):
        with pytest.raises(InvalidInputError):
            access.sign_in.change_password(signed_in, "wrong", "another horse")
    with pytest.raises(TooManyError):
        access.sign_in.change_password(signed_in, PASSWORD, "another horse")


def test_an_api_token_can_neither_sign_out_nor_change_the_password(access: Access) -> None:
    signed_in = access.sessions.check(access.sign_in.sign_in("li", PASSWORD)[0])
    _, secret = access.tokens.create(signed_in, "ERP", scopes=())
    program = access.sessions.check(secret)
    with pytest.raises(ForbiddenError):
        access.sign_in.sign_out(program)
    with pytest.raises(ForbiddenError):
        access.sign_in.change_password(program, PASSWORD, "another horse")


def test_the_first_administrator_is_made_once(access: Access) -> None:
    password = access.sign_in.ensure_administrator()
    assert password is not None
    token, user = access.sign_in.sign_in("admin", password)
    assert user.must_change
    assert access.sessions.check(token).must_change
    assert access.sessions.check(token).actor.everything
    assert access.sign_in.ensure_administrator() is None
    assert access.sign_in.ensure_administrator("other password") is None
    assert access.sign_in.sign_in("admin", password)


def test_an_administrator_with_a_given_password_need_not_change_it(access: Access) -> None:
    assert access.sign_in.ensure_administrator("x") is None
    token, user = access.sign_in.sign_in("admin", "x")
    assert not user.must_change
    assert not access.sessions.check(token).must_change


def test_of_two_processes_that_start_at_once_one_makes_the_administrator(access: Access) -> None:
    made: list[str | None] = []
    barrier = threading.Barrier(4)

    def start() -> None:
        barrier.wait()
        made.append(access.sign_in.ensure_administrator())

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (password,) = [password for password in made if password is not None]
    assert access.sign_in.sign_in("admin", password)


def test_an_administrator_holds_every_right(access: Access) -> None:
    actor = access.sessions.check(access.open_for("boss", role="admin")).actor
    me = access.sign_in.me(actor)
    assert me.everything
    assert me.rights == dict.fromkeys(rights.catalogue())


def test_rights_for_places_are_told_with_the_places_where_they_were_given(access: Access, db: Database) -> None:
    grow(db, [0, 1, 0])
    for code, places in (("one", ["P1", "P3"]), ("two", ["P1"])):
        grants = [Grant("operation.ship", place) for place in places]
        access.roles.create(SYSTEM, code, name=code, grants=grants)
    token = access.open_for("zhou", role="one")
    access.users.change(SYSTEM, "zhou", {"roles": ("one", "two")})
    me = access.sign_in.me(access.sessions.check(token).actor)
    assert (me.everything, me.rights) == (False, {"operation.ship": ["P1", "P3"]})


def test_one_knows_ones_rights_and_language(access: Access) -> None:
    actor = access.sessions.check(access.sign_in.sign_in("li", PASSWORD)[0]).actor
    me = access.sign_in.me(actor)
    assert me.rights["operation.receive"] is None
    assert "users.manage" not in me.rights
    assert access.sign_in.change_own(actor, {"language": "en"}).language == "en"


def test_a_user_who_is_gone_is_nobody(access: Access) -> None:
    with pytest.raises(UnauthorizedError):
        access.sign_in.me(Actor("ghost", user_id=10**9))
