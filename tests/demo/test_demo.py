from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mazhi import cli
from mazhi.bootstrap import Settings, System, build
from mazhi.commands import demo as command
from mazhi.demo.company import C2000, FILTER, R600, R800, SCREW, USERS
from mazhi.demo.plan import write_story
from mazhi.demo.progress import Progress, read_progress, write_progress
from mazhi.demo.service import Demo
from mazhi.demo.story import Making, Post
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.access.rights import SEED_ROLES
from mazhi.kernel.importing.service import Importing
from mazhi.kernel.items.service import ItemFilter
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.making.model import MakeRequest
from mazhi.kernel.products.model import Product

ITEMS = 40


@pytest.fixture(autouse=True)
def environment(db_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAZHI_DATABASE_URL", db_url)
    monkeypatch.setenv("MAZHI_DATA", str(tmp_path / "data"))


@pytest.fixture
def system() -> Iterator[System]:
    built = build(Settings.from_environment())
    yield built
    built.db.close()


def progress_of(system: System) -> Progress | None:
    with system.db.read() as tx:
        return read_progress(tx)


def everything(system: System) -> dict[str, Any]:
    """Return all that the demo made, without the codes: after a kill, numbers may be left out."""
    with system.db.read() as tx:

        def counted(query: str) -> Counter[tuple[Any, ...]]:
            return Counter(tuple(row) for row in tx.rows(query))

        lives: dict[int, list[Any]] = {}
        for item_id, *step in tx.rows(
            "SELECT h.item_id, h.operation, h.to_state, p.code AS place, h.occurred_at, h.actor, h.document "
            "FROM history h LEFT JOIN place p ON p.id = h.to_place ORDER BY h.item_id, h.seq"
        ):
            lives.setdefault(item_id, []).append(tuple(step))
        return {
            "lives": Counter(map(tuple, lives.values())),
            "items": counted(
                "SELECT p.code AS product, b.code AS batch, i.state, i.quality, l.code AS place, h.code AS holder, "
                "i.warranty_end, i.seq FROM item i JOIN product p ON p.id = i.product_id "
                "LEFT JOIN batch b ON b.id = i.batch_id LEFT JOIN place l ON l.id = i.place_id "
                "LEFT JOIN partner h ON h.id = i.holder_id"
            ),
            "events": counted("SELECT operation, occurred_at, actor, device, document, note FROM event"),
            "quantities": counted(
                "SELECT p.code AS product, s.to_state, s.quantity FROM stock_move s "
                "JOIN product p ON p.id = s.product_id"
            ),
            "partners": counted("SELECT code, name, kind, region, phone FROM partner"),
            "identifiers": counted("SELECT namespace, count(*) FROM identifier GROUP BY namespace"),
            "users": counted("SELECT username, active FROM user_account"),
        }


def test_a_demo_is_what_was_planned_and_a_second_one_is_refused(
    system: System, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["demo", "--items", str(ITEMS)]) == 0
    shown = capsys.readouterr().out
    assert f"已赋码 {ITEMS} = " in shown
    passwords = dict(re.findall(r"^  (\S+)  \S+ +([a-z0-9-]{19})$", shown, re.MULTILINE))
    assert set(passwords) == {name for name, _ in USERS}
    assert {role for _, role in USERS} == {role.code for role in SEED_ROLES}
    for name in ("孙立", "方圆"):
        assert not system.access.sign_in.sign_in(name, passwords[name])[1].must_change
    assert list(verify(system.db)) == []

    told = progress_of(system)
    assert told is not None
    assert told.finished
    story = write_story(told.last, ITEMS)
    assert told.done == told.entries == len(story.entries)
    found = everything(system)
    planned = Counter(entry.kind if isinstance(entry, Post) else "commission" for entry in story.entries)
    assert Counter({kind: n for (kind, *_), n in found["events"].items()}).keys() == planned.keys()
    totals: Counter[str] = Counter()
    for (kind, *_), n in found["events"].items():
        totals[kind] += n
    assert totals == planned
    products: Counter[str] = Counter()
    for (product, *_), n in found["items"].items():
        products[product] += n
    assert products[R800] + products[R600] == ITEMS
    assert products[C2000] > 0
    assert found["identifiers"][("imei", products[C2000])] == 1
    assert {product for product, *_ in found["quantities"]} >= {FILTER, SCREW}
    first = next(entry for entry in story.entries if isinstance(entry, Making))
    codes = system.items.page(SYSTEM, ItemFilter(prefix=f"RO{told.last:%y}"), limit=1000)[0]
    assert len(codes) == ITEMS
    assert first.paper.text in {document for _, _, _, _, document, _ in found["events"]}

    assert cli.main(["demo"]) == 2
    assert "(demo_loaded)" in capsys.readouterr().err
    assert everything(system) == found


def test_nothing_is_added_to_a_database_that_holds_items_unless_it_is_wanted(
    system: System, capsys: pytest.CaptureFixture[str]
) -> None:
    system.products.create(SYSTEM, Product(code="OTHER", name="别的产品", tracking="serial"))
    system.making.make(SYSTEM, MakeRequest(product="OTHER", codes="X1-X3"))
    assert cli.main(["demo", "--items", "2"]) == 2
    assert "(demo_not_empty)" in capsys.readouterr().err
    assert progress_of(system) is None
    assert "OTHER" in {product for product, *_ in everything(system)["items"]}
    assert cli.main(["demo", "--items", "2", "--add"]) == 0
    assert list(verify(system.db)) == []
    assert system.seals.state()["waiting"] == 0
    assert cli.main(["verify", "--ledger"]) == 0
    assert system.items.find(SYSTEM, "X1")["product"] == "OTHER"


def test_an_unfinished_demo_goes_on_only_as_it_was_begun(system: System, capsys: pytest.CaptureFixture[str]) -> None:
    progress, story = Demo(system).begin(3)
    assert (progress.items, progress.done, progress.entries) == (3, 0, len(story.entries))
    assert cli.main(["demo", "--items", "4"]) == 2
    assert "(demo_unfinished)" in capsys.readouterr().err
    with system.db.write() as tx:
        write_progress(tx, Progress(3, progress.last, progress.entries + 1))
    assert cli.main(["demo"]) == 2
    assert "(demo_changed)" in capsys.readouterr().err
    assert everything(system)["events"] == Counter()


def test_a_demo_begun_on_another_day_is_finished_with_that_days_dates(system: System) -> None:
    demo, last = Demo(system), date(2026, 3, 1)
    story = write_story(last, 3)
    with system.db.write() as tx:
        write_progress(tx, Progress(3, last, len(story.entries)))
    progress, again = demo.begin(None)
    assert [entry.at for entry in again.entries] == [entry.at for entry in story.entries]
    heard: list[tuple[date, int]] = []
    told = demo.tell(progress, again, lambda day, done: heard.append((day, done)))
    assert told.done == len(story.entries)
    assert [day for day, _ in heard] == sorted({day for day, _ in heard})
    assert heard[0][0] == story.days.first
    assert {(e.kind, e.at) for e in story.entries if isinstance(e, Post)} <= {
        (kind, moment) for kind, moment, *_ in everything(system)["events"]
    }


def test_an_import_that_a_server_goes_on_with_is_waited_for(
    system: System, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Importing, "run", lambda *_: "0199-job")
    assert cli.main(["demo", "--items", "3"]) == 2
    assert "0199-job" in capsys.readouterr().err
    told = progress_of(system)
    assert told is not None
    assert 0 < told.done < told.entries


@pytest.mark.slow
def test_a_demo_that_is_killed_again_and_again_ends_like_one_that_is_not(
    system: System, db_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(db_url.split(":", 1)[0])
    kills = 0
    while kills < 3:
        before = progress_of(system)
        with (tmp_path / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", "from mazhi.cli import main; raise SystemExit(main())", "demo"]
                + ([] if kills else ["--items", str(ITEMS)]),
                stdout=log, stderr=log, env=dict(os.environ),
            )  # fmt: skip
        wanted = (before.done if before else 0) + chance.randint(1, 120)
        deadline = time.monotonic() + 120
        while (now := progress_of(system)) is None or now.done < wanted:
            assert process.poll() is None, (tmp_path / "log").read_text("utf-8")
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        process.wait()
        after = progress_of(system)
        assert after is not None
        assert not after.finished
        assert list(verify(system.db)) == []
        kills += 1
    assert cli.main(["demo"]) == 0
    assert list(verify(system.db)) == []
    killed = everything(system)
    told = progress_of(system)
    assert told is not None

    monkeypatch.setenv("MAZHI_DATABASE_URL", f"sqlite:///{tmp_path / 'whole.db'}")
    whole = build(Settings.from_environment())
    with whole.db.write() as tx:  # the same days, should midnight pass meanwhile
        write_progress(tx, Progress(ITEMS, told.last, told.entries))
    assert cli.main(["demo"]) == 0
    assert everything(whole) == killed
    whole.db.close()


@pytest.mark.parametrize("text", ["0", "-1", "x", "1439857", "1.5", ""])
def test_a_wrong_number_of_machines_is_refused(text: str) -> None:
    with pytest.raises(command.argparse.ArgumentTypeError):
        command.items(text)
