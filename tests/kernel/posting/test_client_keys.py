"""What is kept of a request for its repeats does not tell what the request said."""

from __future__ import annotations

import pytest

from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.posting.model import ItemRef, PostRequest
from mazhi.kernel.posting.service import _fingerprint
from tests.kernel.world import World


def test_the_same_body_is_hashed_anew_each_time_and_still_known_again(db: Database) -> None:
    world = World(db).furnish()
    world.bear(["SN1"])
    first = world.post("receive", "SN1", place="WH1", client_key="a")
    world.post("move", "SN1", place="WH1", client_key="b")
    world.post("move", "SN1", place="WH1", client_key="c")
    with db.read() as tx:
        hashes = dict(tx.tuples("SELECT client_key, body_hash FROM request"))
    assert hashes["b"] != hashes["c"]
    assert world.post("receive", "SN1", place="WH1", client_key="a") == first
    with pytest.raises(ConflictError, match="client_key_reused"):
        world.post("move", "SN1", place="WH2", client_key="b")


def test_requests_of_before_there_were_salts_are_known_again(db: Database) -> None:
    world = World(db).furnish()
    world.bear(["SN1"])
    first = world.post("receive", "SN1", place="WH1", client_key="a")
    with db.write() as tx:
        salted = tx.scalar("SELECT body_hash FROM request")
    assert ":" in salted
    plain = _fingerprint(PostRequest("receive", [ItemRef("SN1")], place="WH1"))
    with db.write() as tx:
        tx.run("UPDATE request SET body_hash = :plain", plain=plain)
    assert world.post("receive", "SN1", place="WH1", client_key="a") == first
