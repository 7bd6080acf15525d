"""What a job does when its printer behaves oddly."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from mazhi.engines.labels.printing import leases, store
from mazhi.engines.labels.printing.model import Line
from mazhi.engines.labels.printing.wiring import PrintSystem
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError
from tests.engines.labels.printing.conftest import TinyRuns, add, make, order
from tests.engines.labels.printing.fake_printer import FakePrinter

FEW = [f"S{number:02d}" for number in range(30)]


def begin(prints: PrintSystem, fake: FakePrinter, job: str, window: int) -> None:
    """Bring a job to where its process would be killed: a window is open, and nothing of it was sent."""
    memo = str(len(fake.printed)) if fake.counter else ""
    with prints.printing._db.write() as tx:
        tx.run("UPDATE print_label SET state = 'sent' WHERE job_id = :job AND n <= :n", job=job, n=window)
        store.change(tx, job, state="running", window_first=1, window_last=window, memo=memo)


def test_what_the_counter_says_came_out_is_not_sent_again(prints: PrintSystem) -> None:
    with FakePrinter() as fake:
        fake.printed += ["of somebody else"] * 7
        add(prints, fake)
        job = order(prints, FEW)
        begin(prints, fake, job, 10)
        fake.printed += FEW[:4]
        prints.spooler.run_pending()
        assert fake.printed[7:] == FEW


@pytest.mark.parametrize("wrong", [-3, 11], ids=["backwards", "too far"])
def test_a_counter_that_makes_no_sense_is_not_believed(prints: PrintSystem, wrong: int) -> None:
    with FakePrinter() as fake:
        fake.printed += ["x"] * 20
        add(prints, fake)
        job = order(prints, FEW)
        begin(prints, fake, job, 10)
        if wrong < 0:
            del fake.printed[wrong:]
        else:
            fake.printed += ["y"] * wrong
        prints.spooler.run_pending()
        found, counts = prints.printing.get(SYSTEM, job)
        assert (found.state, counts) == ("doubtful", {"doubtful": 10, "queued": 20})
        with pytest.raises(ConflictError, match="label_not_doubtful"):
            prints.printing.resolve(SYSTEM, job, {11: "printed", 3: "again"})
        half = prints.printing.resolve(SYSTEM, job, {3: "again", 1: "printed"})
        assert (half.state, half.doubtful, half.printed) == ("doubtful", 8, 1)
        prints.printing.resolve(SYSTEM, job, {}, rest="printed")
        before = len(fake.printed)
        prints.spooler.run_pending()
        assert fake.printed[before:] == [FEW[2], *FEW[10:]]
        assert prints.printing.get(SYSTEM, job)[1] == {"printed": 30}


def test_a_counter_that_stays_behind_on_a_line_that_held_makes_doubts_and_not_an_endless_job(
    prints: PrintSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakePrinter() as fake:
        add(prints, fake)
        monkeypatch.setattr(FakePrinter, "_print", lambda self, label: None)
        job = order(prints, FEW)
        prints.spooler.run_pending()
        found, counts = prints.printing.get(SYSTEM, job)
        assert (found.state, counts) == ("doubtful", {"doubtful": 30})


def test_a_cancelled_job_in_doubt_is_over_when_the_doubts_are_settled(prints: PrintSystem) -> None:
    with FakePrinter(counter=False, status=False) as fake:
        add(prints, fake, options={"counter": "no", "status": "no"})
        job = order(prints, FEW)
        begin(prints, fake, job, 10)
        prints.spooler.run_pending()
        assert prints.printing.cancel(SYSTEM, job).state == "doubtful"
        prints.printing.resolve(SYSTEM, job, {1: "printed"}, rest="again")
        found, counts = prints.printing.get(SYSTEM, job)
        assert (found.state, counts) == ("cancelled", {"printed": 1, "cancelled": 29})
        assert fake.printed == []


def test_a_printer_that_hangs_up_before_it_printed_everything_is_not_believed(db: Database, tmp_path: Path) -> None:
    prints = make(db, tmp_path, TinyRuns(), grace=1.0)
    with FakePrinter(counter=False, status=False, drops=1.0, politely=1.0, seed=3) as fake:
        add(prints, fake, options={"counter": "no", "status": "no"}, window=3)
        job = order(prints, FEW[:3])
        prints.spooler.run_pending()
        assert prints.printing.get(SYSTEM, job)[0].state == "doubtful"


def test_a_printer_is_found_to_be_silent_and_still_printed_on(prints: PrintSystem) -> None:
    with FakePrinter(counter=False, status=False) as fake:
        add(prints, fake)
        job = order(prints, FEW)
        prints.spooler.run_pending()
        assert fake.printed == FEW
        assert prints.printing.get(SYSTEM, job)[0].state == "done"


def test_a_printer_that_only_tells_its_status_is_waited_for(prints: PrintSystem) -> None:
    with FakePrinter(counter=False) as fake:
        add(prints, fake)
        fake.hold()
        job = order(prints, FEW)
        prints.spooler.start()
        fake.wait(lambda: len(fake._held) == 10)
        fake.load_paper()
        fake.wait(lambda: len(fake.printed) == 30)
        prints.spooler.stop()
        assert fake.printed == FEW
    assert prints.printing.get(SYSTEM, job)[0].doubtful == 0


def test_only_one_process_works_a_printer(prints: PrintSystem, db: Database, tmp_path: Path) -> None:
    with FakePrinter() as fake:
        printer = add(prints, fake)
        order(prints, FEW)
        held = leases.Lease(db, printer.id)
        assert held.claim()
        other = make(db, tmp_path)
        assert other.spooler.run_pending() == 0
        with db.write() as tx:  # its process is known to be dead
            dead = held.worker.rsplit(":", 3)
            tx.run(
                "UPDATE printer_work SET worker = :worker",
                worker=":".join([dead[0], str(2**22 + 1), dead[2], dead[3]]),
            )
        assert other.spooler.run_pending() == 1
        assert fake.printed == FEW
        with pytest.raises(leases.LeaseLostError):
            held.beat()
        with pytest.raises(leases.LeaseLostError):
            held.check()


def test_a_lease_that_ran_out_is_free(prints: PrintSystem, db: Database) -> None:
    with FakePrinter() as fake:
        printer = add(prints, fake)
        assert leases.Lease(db, printer.id).claim()
        with db.write() as tx:
            tx.run("UPDATE printer_work SET lease_until = :past", past=clock.now() - 1)
        assert leases.Lease(db, printer.id).claim()


def test_jobs_of_one_printer_come_in_their_order_and_printers_do_not_wait_for_each_other(prints: PrintSystem) -> None:
    with FakePrinter() as one, FakePrinter() as two:
        add(prints, one, "ONE")
        add(prints, two, "TWO")
        one.hold()
        order(prints, FEW, "ONE")
        order(prints, ["L1"], "ONE")
        order(prints, ["R1"], "TWO")
        prints.spooler.start()
        two.wait(lambda: two.printed == ["R1"])
        assert one.printed == []
        one.load_paper()
        one.wait(lambda: len(one.printed) == 31)
        assert one.printed == [*FEW, "L1"]


def test_a_stop_in_the_middle_leaves_nothing_in_doubt(prints: PrintSystem, db: Database, tmp_path: Path) -> None:
    with FakePrinter() as fake:
        add(prints, fake, window=5)
        fake.hold()
        job = order(prints, FEW)
        prints.spooler.start()
        fake.wait(lambda: len(fake._held) == 5)
        prints.spooler.stop()
        fake.load_paper()
        make(db, tmp_path).spooler.run_pending()
        assert fake.printed == FEW
    assert prints.printing.get(SYSTEM, job)[1] == {"printed": 30}


def test_a_paused_job_goes_on_where_it_was(prints: PrintSystem) -> None:
    with FakePrinter() as fake:
        add(prints, fake, window=5)
        fake.hold()
        job = order(prints, FEW)
        prints.spooler.start()
        fake.wait(lambda: len(fake._held) == 5)
        assert prints.printing.pause(SYSTEM, job).wish == "pause"
        fake.load_paper()
        until = threading.Event()
        while prints.printing.get(SYSTEM, job)[0].state != "paused":
            until.wait(0.01)
        assert prints.printing.get(SYSTEM, job)[1] == {"printed": 5, "queued": 25}
        prints.printing.resume(SYSTEM, job)
        fake.wait(lambda: len(fake.printed) == 30)
        assert fake.printed == FEW


def test_an_item_with_another_code_by_now_ends_the_job_before_it_is_printed(
    prints: PrintSystem, runs: TinyRuns, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakePrinter() as fake:
        add(prints, fake)
        job = order(prints, FEW)
        prints.printing.take_run(job)
        monkeypatch.setattr(runs, "_line", lambda code: Line(1, f"{code}-new"))
        prints.spooler.run_pending()
        found, counts = prints.printing.get(SYSTEM, job)
        assert (found.state, found.errors[0].code, counts) == ("failed", "print_source_changed", {"cancelled": 30})
        assert fake.printed == []
