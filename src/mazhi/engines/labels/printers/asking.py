"""How printers of a language are asked: their status, their counter; and how they are made to forget."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from mazhi.engines.labels.printers.driver import Status


@dataclass(frozen=True, slots=True)
class Asking:
    """The questions of one language; an empty question can't be asked.

    Attributes:
        status: Asks for the status.
        read_status: Reads the answer; None while it is not whole.
        counter: Asks how many labels were ever printed.
        read_counter: Reads the answer: None while it is not whole, -1 where the printer does not know.
        mend: Ends a label that came in half.
        cancel: Ends everything that is not printed yet.
    """

    status: bytes = b""
    read_status: Callable[[bytes], Status | None] = lambda _data: None
    counter: bytes = b""
    read_counter: Callable[[bytes], int | None] = lambda _data: None
    mend: bytes = b""
    cancel: bytes = b""


_STRING = re.compile(rb"\x02([^\x02\x03]*)\x03")


def read_host_status(data: bytes) -> Status | None:
    """Read the three strings of ZPL's ~HS; None while they are not whole or are something else."""
    strings = [found.split(b",") for found in _STRING.findall(data)]
    if len(strings) < 3:
        return None
    one, two = strings[0], strings[1]
    if len(one) < 12 or len(two) < 11:
        return None
    flags = {
        "paper_out": one[1],
        "printer_paused": one[2],
        "printer_too_hot": one[11],
        "printer_too_cold": one[10],
        "head_open": two[2],
        "ribbon_out": two[3],
    }
    troubles = tuple(code for code, flag in flags.items() if flag.strip() == b"1")
    waiting, remaining = _number(one[4]), _number(two[8])
    # Half a label (the flag after these) is nothing to wait for: the line that brought it may be gone.
    return Status(_by_weight(troubles), busy=bool(waiting or remaining), remaining=waiting + remaining)


def _number(text: bytes) -> int:
    text = text.strip()
    return int(text) if text.isdigit() and len(text) < 10 else 0


def _by_weight(troubles: tuple[str, ...]) -> tuple[str, ...]:
    """Put what a person can act on first: a printer out of paper also says that it is paused."""
    return tuple(sorted(troubles, key=lambda code: code == "printer_paused"))


_QUOTED = re.compile(rb'"([^"]*)"')


def read_odometer(data: bytes) -> int | None:
    """Read the answer to a getvar: a number between quotation marks, or "?" where the printer has no such thing."""
    found = _QUOTED.search(data)
    if found is None:
        return None
    digits = found.group(1).strip()
    return int(digits) if digits.isdigit() and len(digits) < 16 else -1


_TSPL_TROUBLES = {0x01: "head_open", 0x02: "paper_jam", 0x04: "paper_out", 0x08: "ribbon_out", 0x10: "printer_paused"}
_TSPL_PRINTING, _TSPL_OTHER = 0x20, 0x80


def read_byte_status(data: bytes) -> Status | None:
    """Read the one byte of TSPL's <ESC>!?."""
    if not data:
        return None
    troubles = tuple(code for bit, code in _TSPL_TROUBLES.items() if data[0] & bit)
    if data[0] & _TSPL_OTHER:
        troubles = (*troubles, "printer_fault")
    return Status(_by_weight(troubles), busy=bool(data[0] & _TSPL_PRINTING))


_LINE = re.compile(rb"(\d{1,15})\r?\n")


def read_label_count(data: bytes) -> int | None:
    """Read what TSPL's OUT writes: a line with a number."""
    found = _LINE.search(data)
    return None if found is None else int(found.group(1))


ASKING = {
    "zpl": Asking(
        status=b"~HS",
        read_status=read_host_status,
        counter=b'! U1 getvar "odometer.total_label_count"\r\n',
        read_counter=read_odometer,
        mend=b"~JX",
        cancel=b"~JX~JA",
    ),
    "tspl": Asking(
        status=b"\x1b!?",
        read_status=read_byte_status,
        # The count of labels since the printer was switched on; lower than before means that it was switched off.
        counter=b"\r\nOUT STR$(LABEL)\r\n",
        read_counter=read_label_count,
        # Half a picture would swallow whatever comes next as its bytes; only this gets through.
        mend=b"\x1b!.",
        cancel=b"\x1b!.",
    ),
}
"""By the printer's language; of others nothing is asked over a raw connection."""
