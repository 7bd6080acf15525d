from __future__ import annotations

import random
from typing import Any

import pytest
from sqlalchemy import select

from mazhi.kernel import clock
from mazhi.kernel.access import sessions as module
from mazhi.kernel.access import store
from mazhi.kernel.access.model import SYSTEM, Grant
from mazhi.kernel.access.service import Access
from mazhi.kernel.db import Database
from mazhi.kernel.errors import UnauthorizedError
from mazhi.kernel.places.store import place


def grow(db: Database, parents: list[int]) -> None:
    """Make places 1, 2, … each below the one named (0: at the top)."""
    paths = {0: "/"}
    with db.write() as tx:
        for number, parent in enumerate(parents, 1):
            paths[number] = f"{paths[parent]}{number}/"
            tx.conn.execute(
                place.insert().values(
                    id=number, code=f"P{number}", name="x", kind="bin", parent_id=parent, path=paths[number],
                    created_at=0, updated_at=0,
                )
            )  # fmt: skip


@pytest.mark.parametrize("token", ["", "mzs_", "mzs_nobody", "mzt_nobody", "x" * 5000, "\udcff"])
def test_an_unknown_token_is_nobody(access: Access, token: str) -> None:
    with pytest.raises(UnauthorizedError):
        access.sessions.check(token)


def test_only_hashes_of_tokens_are_kept(access: Access, db: Database) -> None:
    token = access.open_for("li", role="keeper")
    with db.read() as tx:
        (kept,) = tx.conn.execute(select(store.session.c.token_hash)).scalars()
    assert token not in kept
    assert len(kept) == 64


def test_a_session_ends_when_it_was_not_used_for_its_time(access: Access, db: Database) -> None:
    token = access.open_for("li", role="keeper")
    access.sessions.check(token)
    with db.write() as tx:
        tx.run("UPDATE session SET expires_at = :now", now=clock.now() - 1)
    access.sessions.forget()
    with pytest.raises(UnauthorizedError):
        access.sessions.check(token)


def test_using_a_session_lengthens_it_but_not_at_every_request(access: Access, db: Database) -> None:
    token = access.open_for("li", role="keeper")

    def seen() -> Any:
        access.sessions.forget()
        access.sessions.check(token)
        with db.read() as tx:
            return tx.row("SELECT last_seen_at, expires_at FROM session")

    first = seen()
    assert seen() == first
    with db.write() as tx:
        tx.run(
            "UPDATE session SET last_seen_at = last_seen_at - :hour, expires_at = expires_at - :hour", hour=3600 * 10**6
        )
    later = seen()
    assert later.last_seen_at >= first.last_seen_at
    assert later.expires_at - later.last_seen_at == module.SHORT_IDLE


def test_a_token_seen_lately_costs_no_statement(access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    token = access.open_for("li", role="keeper")
    checked = access.sessions.check(token)
    assert access.sessions.known(token) is checked
    monkeypatch.setattr(module, "CACHE_SECONDS", -1.0)
    access.sessions.forget()
    access.sessions.check(token)
    assert access.sessions.known(token) is None


def test_what_was_read_before_a_change_is_not_remembered_after_it(
    access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = access.open_for("li", role="keeper")
    read = store.rights_by_session

    def meanwhile(*arguments: Any) -> Any:
        rows = read(*arguments)
        access.sessions.forget()
        return rows

    monkeypatch.setattr(store, "rights_by_session", meanwhile)
    access.sessions.check(token)
    assert access.sessions.known(token) is None


def test_the_memory_of_tokens_is_bounded(access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CACHE_SIZE", 2)
    access.open_for("li", role="keeper")
    tokens = [access.sessions.open_by_name("li") for _ in range(3)]
    for token in tokens:
        access.sessions.check(token)
    assert [access.sessions.known(token) is None for token in tokens] == [True, True, False]


def test_a_deactivated_user_is_nobody(access: Access, db: Database) -> None:
    token = access.open_for("li", role="keeper")
    access.open_for("boss", role="admin")
    with db.write() as tx:
        tx.run("UPDATE user_account SET active = :no WHERE username = 'li'", no=False)
    with pytest.raises(UnauthorizedError):
        access.sessions.check(token)


def test_rights_of_several_roles_add_up(access: Access, db: Database) -> None:
    grow(db, [0, 1])
    access.roles.create(SYSTEM, "one", name="一", grants=[Grant("operation.receive", "P2"), Grant("items.view")])
    access.roles.create(SYSTEM, "two", name="二", grants=[Grant("operation.receive"), Grant("items.make", "P2")])
    token = access.open_for("li", role="one")
    access.users.change(SYSTEM, "li", {"roles": ("one", "two")})
    actor = access.sessions.check(token).actor
    assert dict(actor.rights) == {"operation.receive": None, "items.view": None, "items.make": frozenset({2})}


@pytest.mark.parametrize("seed", range(6))
def test_a_right_for_a_place_holds_there_and_below(access: Access, db: Database, seed: int) -> None:
    dice = random.Random(seed)
    parents = [dice.randint(0, number) for number in range(14)]
    grow(db, parents)
    given = {right: set(dice.sample(range(1, 15), dice.randint(1, 4))) for right in ("items.view", "operation.ship")}
    grants = [Grant(right, f"P{number}") for right, places in given.items() for number in places]
    access.roles.create(SYSTEM, "some", name="部分", grants=grants)
    actor = access.sessions.check(access.open_for("li", role="some")).actor

    def inside(number: int, roots: set[int]) -> bool:
        return number in roots or (number != 0 and inside(parents[number - 1], roots))

    for right, roots in given.items():
        assert actor.areas(right) == {number for number in range(1, 15) if inside(number, roots)}
