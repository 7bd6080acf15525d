"""Every driver: what it declares, and what it does with labels."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mazhi.engines.labels.printers import drivers as package
from mazhi.engines.labels.printers import ipp
from mazhi.engines.labels.printers.addresses import connect, is_refused
from mazhi.engines.labels.printers.asking import ASKING, read_byte_status, read_host_status
from mazhi.engines.labels.printers.driver import Driver, PrinterError, Setup, Status
from mazhi.engines.labels.printers.drivers.folder import FolderSession
from mazhi.engines.labels.printers.model import Printer, drivers
from mazhi.engines.labels.printing.log import LogQuestion
from mazhi.engines.labels.printing.wiring import PrintSystem
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import InvalidInputError
from mazhi.kernel.master_data.model import Checks
from tests.engines.labels.printing.conftest import QUICK, TinyRuns, order
from tests.engines.labels.printing.fake_ipp import FakeServer

FEW = [f"S{number:02d}" for number in range(30)]


def test_one_file_is_one_driver() -> None:
    assert [one.name for one in drivers] == sorted(found.name for found in pkgutil.iter_modules(package.__path__))


@pytest.mark.parametrize("driver", list(drivers), ids=lambda driver: driver.name)
class TestEveryDriver:
    def test_takes_its_own_example(self, driver: Driver) -> None:
        checks = Checks()
        assert driver.clean(driver.example, checks).keys() == {option.name for option in driver.options}
        assert checks.problems == []

    def test_says_its_options_in_both_languages(self, driver: Driver) -> None:
        for option in driver.options:
            assert option.zh
            assert option.en
            assert option.default is not None or option.example
            assert option.type != "choice" or option.default in option.choices
        assert driver.languages

    def test_names_every_option_that_is_wrong(self, driver: Driver) -> None:
        checks = Checks()
        driver.clean({option.name: ["nonsense"] for option in driver.options} | {"strange": 1}, checks)
        named = {problem.pointer for problem in checks.problems}
        assert named == {"/options/strange", *(f"/options/{option.name}" for option in driver.options)}


@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ("192.168.1.20", False), ("10.0.0.9", False), ("127.0.0.1", False), ("fd00::12", False), ("203.0.113.9", False),
        ("169.254.169.254", True), ("::ffff:169.254.169.254", True), ("fe80::1%eth0", True), ("0.0.0.0", True),
        ("224.0.0.1", True), ("255.255.255.255", True), ("::", True), ("ff02::1", True),
    ],
)  # fmt: skip
def test_addresses_that_are_no_printers_are_refused(address: str, refused: bool) -> None:
    assert is_refused(address) is refused


def test_a_name_that_leads_to_a_refused_address_is_refused_when_it_is_connected_to() -> None:
    with pytest.raises(PrinterError, match="printer_host_refused"):
        connect("0.0.0.0", 9100, 1.0)
    with pytest.raises(PrinterError, match="printer_name_unknown"):
        connect("no-such-printer.invalid", 9100, 1.0)


@pytest.mark.parametrize(
    ("driver", "options", "code"),
    [
        ("tcp", {"host": "10.0.0.1", "port": 25}, "number_out_of_range"),
        ("tcp", {"host": "http://x"}, "printer_host_wrong"),
        ("tcp", {}, "printer_option_missing"),
        ("ipp", {"host": "10.0.0.1", "port": 22}, "printer_port_refused"),
        ("ipp", {"host": "10.0.0.1", "path": "a b"}, "printer_path_wrong"),
        ("folder", {"folder": "../etc"}, "folder_name_wrong"),
        ("folder", {"folder": "/etc"}, "folder_name_wrong"),
        ("folder", {"folder": ".hidden"}, "folder_name_wrong"),
    ],
)
def test_options_that_lead_elsewhere_are_refused(driver: str, options: dict[str, object], code: str) -> None:
    checks = Checks()
    drivers[driver].clean(options, checks)
    assert [problem.code for problem in checks.problems] == [code]


def test_the_host_status_of_zpl_is_read() -> None:
    one, two = "030,1,1,1245,003,0,0,1,000,0,0,1", "001,0,1,1,1,2,6,0,00000012,1,000"
    whole = b"".join(b"\x02" + text.encode() + b"\x03\r\n" for text in (one, two, "1234,0"))
    troubles = ("paper_out", "printer_too_hot", "head_open", "ribbon_out", "printer_paused")
    assert read_host_status(whole) == Status(troubles, busy=True, remaining=15)
    assert read_host_status(whole[:-10]) is None
    assert read_host_status(b"\x02a\x03\x02b\x03\x02c\x03") is None


def test_the_status_byte_of_tspl_is_read() -> None:
    assert read_byte_status(b"\x00") == Status()
    assert read_byte_status(b"\x20") == Status(busy=True)
    assert read_byte_status(b"\x05") == Status(("head_open", "paper_out"))
    assert read_byte_status(b"\x90") == Status(("printer_fault", "printer_paused"))
    assert read_byte_status(b"") is None


def test_counters_are_read() -> None:
    assert ASKING["zpl"].read_counter(b'"18234"') == 18234
    assert ASKING["zpl"].read_counter(b'"?"') == -1
    assert ASKING["zpl"].read_counter(b'"182') is None
    assert ASKING["tspl"].read_counter(b"18234\r\n") == 18234
    assert ASKING["tspl"].read_counter(b"182") is None


# -- folder -------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[FolderSession]:
    setup = Setup(options={"folder": "line-1"}, language="zpl", root=tmp_path, pace=QUICK)
    with FolderSession(setup) as session:
        yield session


def again(session: FolderSession) -> FolderSession:
    """Open a session as after a kill."""
    return FolderSession(session._setup)


def test_a_file_that_was_not_handed_over_is_made_again(folder: FolderSession, tmp_path: Path) -> None:
    memo = folder.begin("job-1", 3)
    folder.send(b"abc", lambda _: None)
    assert again(folder).look(memo).printed == 0
    assert list((tmp_path / "line-1").iterdir()) == []


def test_a_file_that_was_handed_over_counts_also_when_it_was_taken_away(folder: FolderSession, tmp_path: Path) -> None:
    memo = folder.begin("job-1", 3)
    folder.send(b"abc", lambda _: None)
    folder.complete()
    (file,) = (tmp_path / "line-1").iterdir()
    assert (file.name, file.read_bytes()) == ("job-1.zpl", b"abc")
    assert again(folder).look(memo).printed == 3
    file.unlink()
    assert again(folder).look(memo).printed == 3


def test_a_folder_that_cannot_be_written_to_is_trouble_and_not_an_end(tmp_path: Path) -> None:
    (tmp_path / "line-1").write_text("a file stands in the way")
    with pytest.raises(PrinterError, match="folder_unwritable"):
        FolderSession(Setup(options={"folder": "line-1"}, language="zpl", root=tmp_path))


# -- IPP ----------------------------------------------------------------------------------------------------------


def server(prints: PrintSystem, port: int, **about: object) -> Printer:
    options = {"host": "127.0.0.1", "port": port, "path": "ipp/print"}
    return prints.printers.create(
        SYSTEM,
        Printer(code="CUPS", name="CUPS", driver="ipp", language="pdf", options=options, **about),  # type: ignore[arg-type]
    )


def test_each_window_is_one_print_job_on_a_server_even_if_the_line_breaks_around_it(prints: PrintSystem) -> None:
    with FakeServer(breaks={1: "before", 2: "after"}) as fake:
        server(prints, fake.port, window=10)
        job = order(prints, FEW, "CUPS")
        prints.spooler.run_pending()
        assert prints.printing.get(SYSTEM, job)[1] == {"printed": 30}
        assert b"".join(document for _, document in fake.documents) == b"".join(
            f"%PDF {code}\n".encode() for code in FEW
        )
        assert len({name for name, _ in fake.documents}) == 3
        assert fake.requests[-1]["requesting-user-name"] == [b"mazhi"]


def test_a_print_job_that_the_server_aborted_is_in_doubt(prints: PrintSystem) -> None:
    with FakeServer(state=8) as fake:
        server(prints, fake.port)
        job = order(prints, FEW, "CUPS")
        prints.spooler.run_pending()
        rows, _ = prints.log.page(SYSTEM, LogQuestion(job=job, state="doubtful"))
        assert len(rows) == 30


def test_what_a_print_server_says_is_said_in_our_words(prints: PrintSystem) -> None:
    with FakeServer(reasons=("media-empty-error", "cover-open")) as fake:
        status, counter = prints.printers.ask(server(prints, fake.port))
        assert status == Status(("paper_out", "head_open"))
        assert counter is None


def test_windows_end_where_sheets_end(prints: PrintSystem, runs: TinyRuns) -> None:
    runs.per_sheet = 8
    with FakeServer() as fake:
        server(prints, fake.port, window=20)
        order(prints, FEW, "CUPS", start=4)
        prints.spooler.run_pending()
        assert [document.count(b"\n") for _, document in fake.documents] == [13, 17]


def test_messages_that_are_none_are_refused() -> None:
    for message in (b"", b"\x01\x01\x00\x02", b"\x01\x01\x00\x00\x00\x00\x00\x01\x02\x21\x00\x05ab", b"<html>" * 9):
        with pytest.raises(ValueError, match="no IPP message"):
            ipp.read(message)


def test_a_printer_is_refused_whole(prints: PrintSystem) -> None:
    wrong = Printer(
        code=" ", name="", driver="telepathy", language="zpl", dpi=100, window=-1, place="NOWHERE",
        media={"speed": "fast", "sensing": "luck", "colour": 1},
    )  # fmt: skip
    with pytest.raises(InvalidInputError) as raised:
        prints.printers.create(SYSTEM, wrong)
    assert {problem.pointer for problem in raised.value.problems} == {
        "/code", "/name", "/driver", "/dpi", "/window", "/place", "/media/speed", "/media/sensing", "/media/colour",
    }  # fmt: skip
