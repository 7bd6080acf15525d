from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Database
from mazhi.kernel.sealing import merkle, rows_store, sealer, store, verification
from mazhi.kernel.sealing.model import KINDS, Checkpoint, spell
from mazhi.kernel.sealing.service import Seals
from tests.kernel.sealing.conftest import faults_of, make_seals
from tests.kernel.world import World


def chain(db: Database) -> list[Checkpoint]:
    with db.read() as tx:
        return store.checkpoints(tx, 0, 1000)


def waiting(db: Database) -> int:
    with db.read() as tx:
        return store.count_waiting(tx)[0]


def test_both_databases_and_python_spell_a_row_the_same(told: World) -> None:
    with told.db.read() as tx:
        ids = [row[0] for row in tx.rows("SELECT id FROM event ORDER BY id")]
        found = rows_store.lines_of_events(tx, ids)
        scattered = rows_store.lines_of_events(tx, ids[::2])
    for kind in KINDS:
        assert found[kind], kind.name
        for line in found[kind]:
            name, *values = json.loads(line)
            assert name == kind.name
            assert line == spell(kind, values)
            assert line == json.dumps([name, *values], ensure_ascii=False, separators=(",", ":")).encode()
        assert set(scattered[kind]) == {line for line in found[kind] if json.loads(line)[1] in ids[::2]}
    documents = {json.loads(line)[8] for line in found[KINDS[1]]}
    assert 'PO-"1"\n\t\\\x01 门' in documents


def test_every_row_is_sealed_once_and_chained(told: World) -> None:
    found = chain(told.db)
    assert [one.number for one in found] == [1, 2, 3]
    assert waiting(told.db) == 0
    with told.db.read() as tx:
        rows = sum(
            tx.scalar(f"SELECT count(*) FROM {name}") for name in ("event", "history", "stock_move", "identifier")
        )
        rows += tx.scalar("SELECT count(*) + count(until_event) FROM part_of")
    assert found[-1].total == rows == sum(one.leaves for one in found)
    assert [one.previous for one in found[1:]] == [one.hash for one in found[:-1]]


def test_sealing_twice_adds_nothing(told: World, seals: Seals) -> None:
    assert seals.seal_all() == 0
    assert len(chain(told.db)) == 3


def test_blocks_end_with_whole_events(world: World, seals: Seals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealer, "BLOCK_LEAVES", 10)
    for start in range(0, 40, 4):
        world.bear([f"SN{number}" for number in range(start, start + 4)])
    seals.seal_all()
    assert [one.leaves for one in chain(world.db)] == [18] * 5
    assert faults_of(world.db) == []


def test_one_event_larger_than_a_block_is_sealed_whole(
    world: World, seals: Seals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealer, "BLOCK_LEAVES", 10)
    world.bear([f"SN{number}" for number in range(50)])
    seals.seal_all()
    assert [one.leaves for one in chain(world.db)] == [101]


def test_a_late_committer_is_sealed_when_it_is_there(world: World, seals: Seals) -> None:
    if world.db.dialect == "sqlite":
        # One writer at a time: an earlier id commits later only where it was set aside earlier.
        (early,) = world.event_ids.take(1)
        world.bear(["SN2"])
        seals.seal_all()
        world.event_ids.take = lambda _: range(early, early + 1)  # type: ignore[method-assign]
        world.bear(["SN1"])
    else:
        from mazhi.kernel.posting import store as posting

        (early,) = world.event_ids.take(1)
        with world.db.write() as tx:
            posting.insert_event(tx, (early, "count", 1, 1, "slow", "", "", "", "", None))
            done = threading.Thread(target=lambda: (world.bear(["SN2"]), seals.seal_all()))
            done.start()
            done.join()
            assert len(chain(world.db)) == 1
            assert waiting(world.db) == 0  # nobody sees the other's yet
    assert seals.seal_all() > 0
    assert len(chain(world.db)) == 2
    assert waiting(world.db) == 0
    with world.db.read() as tx:
        assert store.blocks_of_events(tx, [early]) == {early: 2}
    assert faults_of(world.db) == []


KILLED = """
import os, sys
from pathlib import Path
from mazhi.kernel.db import Database
from mazhi.kernel.sealing import sealer, store
from mazhi.kernel.sealing.keys import SigningKey
sealer.BLOCK_LEAVES = 5
steps = int(sys.argv[3])
for name in ("insert_key", "insert_block", "insert_nodes", "move_events", "insert_block", "move_events"):
    def counted(*given, kept=getattr(store, name)):
        global steps
        found = kept(*given)
        steps -= 1
        if steps == 0:
            os.kill(os.getpid(), 9)
        return found
    setattr(store, name, counted)
sealer.Sealer(Database(sys.argv[1]), SigningKey(Path(sys.argv[2]))).seal_all()
"""


def test_a_sealer_killed_at_any_step_leaves_a_whole_chain(world: World, db_url: str, tmp_path: Path) -> None:
    for number in range(12):
        world.bear([f"SN{number}A", f"SN{number}B"])
    for step in (2, 3, 6, 9):
        done = subprocess.run([sys.executable, "-c", KILLED, db_url, str(tmp_path / "keys"), str(step)], check=False)
        assert done.returncode == -signal.SIGKILL
        assert faults_of(world.db) == []
    make_seals(world, tmp_path / "keys").seal_all()
    assert waiting(world.db) == 0
    assert faults_of(world.db) == []
    assert sum(one.leaves for one in chain(world.db)) == 12 * 5


def test_several_sealers_make_one_chain(world: World, tmp_path: Path) -> None:
    for number in range(30):
        world.bear([f"SN{number}"])
    others = [make_seals(world, tmp_path / f"keys{n}") for n in range(4)]

    def work(seals: Seals) -> None:
        seals.seal_all()

    threads = [threading.Thread(target=work, args=(one,)) for one in others]
    for thread in threads:
        thread.start()
    for number in range(30, 60):
        world.bear([f"SN{number}"])
    for thread in threads:
        thread.join()
    others[0].seal_all()
    assert waiting(world.db) == 0
    assert faults_of(world.db) == []
    assert chain(world.db)[-1].total == 60 * 3


def test_the_background_seals_and_an_orderly_stop_leaves_nothing(
    world: World, seals: Seals, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = threading.active_count()
    done = threading.Event()
    step = seals._thread._step

    def noted() -> None:
        step()
        if chain(world.db):
            done.set()

    monkeypatch.setattr(seals._thread, "_step", noted)
    world.bear(["SN1"])
    seals.start()
    seals.start()
    assert threading.active_count() == before + 1
    assert done.wait(10)
    seals.stop()
    world.bear(["SN2"])
    seals.stop()
    assert threading.active_count() == before
    assert waiting(world.db) == 0
    assert faults_of(world.db) == []


def test_the_background_survives_trouble(world: World, seals: Seals, monkeypatch: pytest.MonkeyPatch) -> None:
    from mazhi.kernel.sealing import background

    monkeypatch.setattr(background, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(background, "TROUBLE_SECONDS", 0.01)
    calls: list[int] = []
    recovered = threading.Event()

    def step() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise OSError("away")
        recovered.set()

    thread = background.SealingThread(step)
    thread.start()
    assert recovered.wait(10)
    thread.stop()


def test_the_key_is_for_its_owner_alone_and_stays(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    first, second = make_seals(world, folder), make_seals(world, folder)
    world.bear(["SN1"])
    first.seal_all()
    world.bear(["SN2"])
    second.seal_all()
    (path,) = (one for one in folder.iterdir() if one.is_file())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len({one.key for one in chain(world.db)}) == 1


def test_another_key_goes_on_with_the_chain_and_both_are_shown(world: World, tmp_path: Path) -> None:
    for number in (1, 2):
        world.bear([f"SN{number}"])
        make_seals(world, tmp_path / f"keys{number}").seal_all()
    assert faults_of(world.db) == []
    assert len(make_seals(world, tmp_path / "keys1").overview(SYSTEM)["keys"]) == 2


def test_a_forged_note_in_the_outbox_stops_nothing(told: World, seals: Seals) -> None:
    with told.db.write() as tx:
        tx.run("INSERT INTO unsealed (event_id) VALUES (1)")
        tx.run("INSERT INTO unsealed (event_id) VALUES (424242)")
    told.bear(["NEW"])
    assert seals.seal_all() == 3
    found = [(one.code, one.params["event"]) for one in verification.verify(told.db)]
    assert found == [("outbox_differs", 1), ("outbox_differs", 424242)]


def test_trees_are_those_of_rfc_9162() -> None:
    def by_the_book(leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return leaves[0]
        split = 1 << (len(leaves) - 1).bit_length() - 1
        return merkle.pair(by_the_book(leaves[:split]), by_the_book(leaves[split:]))

    peaks: list[bytes] = []
    nodes: dict[tuple[int, int], bytes] = {}
    roots = {}
    for size in range(1, 70):
        leaves = [merkle.leaf(bytes([number])) for number in range(size)]
        whole = b"".join(leaves)
        peaks, made = merkle.grow(size - 1, peaks, leaves[-1])
        nodes |= {(level, position): digest for level, position, digest in made}
        roots[size] = by_the_book(leaves)
        assert merkle.root(whole) == merkle.fold(peaks) == roots[size]
        top, every = merkle.paths(whole, range(size))
        assert top == roots[size]
        for index in range(size):
            path = [merkle.fold([nodes[node] for node in step]) for step in merkle.path_nodes(index, size)]
            assert path == every[index]
            assert merkle.climb(leaves[index], index, size, path) == roots[size]
            assert merkle.climb(leaves[index], index, size, [*path, b""]) is None
            assert size == 1 or merkle.climb(leaves[index], index, size, path[:-1]) is None
        for old in range(1, size + 1):
            wanted = merkle.consistency_nodes(old, size)
            found = [(level, nodes[level, position]) for level, position in wanted]
            first = len(merkle.frontier(old))
            assert merkle.put_together(found[:first]) == roots[old]
            assert merkle.put_together(found) == roots[size]
