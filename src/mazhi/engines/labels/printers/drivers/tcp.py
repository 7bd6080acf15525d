"""Raw connection (网络打印机): bytes to port 9100, questions and answers on the same line."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from mazhi.engines.labels.printers.addresses import LOWEST_RAW_PORT, check_host, connect
from mazhi.engines.labels.printers.asking import ASKING, Asking
from mazhi.engines.labels.printers.driver import Driver, Look, Option, PrinterError, Session, Setup, Status, Wait
from mazhi.kernel.master_data.model import Checks

if sys.platform == "linux":
    import fcntl
    import termios

T = TypeVar("T")
PIECE = 65_536
WAIT_SECONDS = 0.5
_LONGEST_ANSWER = 16_384


class TcpSession(Session):
    """A raw connection."""

    def __init__(self, setup: Setup) -> None:
        """Connect.

        Raises:
            PrinterError: Nobody answers there.
        """
        self._setup = setup
        self._asking = ASKING.get(setup.language, Asking())
        self._host, self._port = str(setup.options["host"]), int(setup.options["port"])
        self._line = connect(self._host, self._port, setup.pace.connect)
        self._line.setblocking(False)
        self._heard: set[str] = set()
        self._finished_at: float | None = None
        for question in ("status", "counter"):
            if setup.options.get(question) == "no":
                setup.mute.add(question)

    def _lost(self, error: OSError | None = None) -> PrinterError:
        reason = "" if error is None else error.strerror or type(error).__name__
        return PrinterError("printer_lost", host=self._host, port=self._port, reason=reason)

    def begin(self, key: str, count: int) -> str:  # noqa: ARG002 - the counter says it all
        """Return the counter before the window."""
        counter = self.counter()
        return "" if counter is None else str(counter)

    def send(self, data: bytes, wait: Wait) -> None:
        """Send bytes, patiently: a printer out of paper takes nothing more until it has some."""
        rest, since = memoryview(data), time.monotonic()
        while rest:
            _, ready, _ = select.select([], [self._line], [], WAIT_SECONDS)
            if not ready:
                stalled = time.monotonic() - since > self._setup.pace.stall
                wait("printer_takes_nothing" if stalled else None)
                continue
            try:
                rest = rest[self._line.send(rest[:PIECE]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise self._lost(error) from None
            since = time.monotonic()

    def look(self, memo: str) -> Look:
        """Compare the counter with the memo; without a counter ask the status, without that see the line close."""
        counter = self.counter() if memo else None
        status = self.status()
        busy = status is not None and status.busy
        trouble = status.troubles[0] if status is not None and status.troubles else None
        if counter is not None:
            return Look(counter - int(memo), busy, trouble)
        if status is not None:
            return Look(None, busy or trouble is not None, trouble)
        return Look(None, not self._closed())

    def _closed(self) -> bool:
        """Say that nothing more comes, and tell whether the printer has read everything.

        It has when it closes its side afterwards and nothing of ours is under way. A printer that never closes is
        believed when everything arrived and it did not refuse it for a while.
        """
        if self._finished_at is None:
            until = time.monotonic() + self._setup.pace.grace
            while (left := until - time.monotonic()) > 0:
                if self._read(left) is None:  # it hung up before us
                    raise self._lost()
            self._finished_at = time.monotonic()
            self.spent = True
            try:
                self._line.shutdown(socket.SHUT_WR)
            except OSError as error:
                raise self._lost(error) from None
        hung_up = self._read(0.02) is None
        arrived = self._arrived()
        if hung_up and arrived:
            return True
        over = time.monotonic() - self._finished_at > (0.2 if "close" in self._setup.mute else self._setup.pace.close)
        if not over:
            if hung_up:
                time.sleep(0.001)
            return False
        if not arrived:
            raise self._lost()
        self._setup.mute.add("close")
        return True

    def _arrived(self) -> bool:
        """Tell whether the other side has acknowledged every byte."""
        left = bytearray(4)
        if sys.platform == "linux":
            fcntl.ioctl(self._line, termios.TIOCOUTQ, left)
        wrong = self._line.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if wrong:
            raise self._lost(OSError(wrong, os.strerror(wrong)))
        return not any(left)

    def rest(self) -> Look:
        """Ask the status alone: the counter's question could be taken for a part of half a label."""
        status = self.status()
        if status is None:
            return Look(None, busy=False)
        return Look(None, status.busy, status.troubles[0] if status.troubles else None)

    def mend(self) -> None:
        """Make it forget the beginning of a label."""
        self._say(self._asking.mend)

    def cancel(self) -> None:
        """Make it forget what it has not printed."""
        self._say(self._asking.cancel)

    def _say(self, command: bytes) -> None:
        if command:
            self._line.settimeout(self._setup.pace.answer)
            try:
                self._line.sendall(command)
            except OSError as error:
                raise self._lost(error) from None
            finally:
                self._line.setblocking(False)

    def status(self) -> Status | None:
        """Ask for the status."""
        return self._ask("status", self._asking.status, self._asking.read_status)

    def counter(self) -> int | None:
        """Ask for the counter."""
        found = self._ask("counter", self._asking.counter, self._asking.read_counter)
        if found is not None and found < 0:
            self._setup.mute.add("counter")
            return None
        return found

    def _ask(self, name: str, question: bytes, read: Callable[[bytes], T | None]) -> T | None:
        """Ask and wait for the answer; a printer that never answered this is not asked again.

        Raises:
            PrinterError: The line broke, or a printer that used to answer does so no longer.
        """
        if not question or name in self._setup.mute or self.spent:
            return None
        while self._read(0.0):  # what is left of an earlier answer
            pass
        self._say(question)
        data, until = b"", time.monotonic() + self._setup.pace.answer
        while (left := until - time.monotonic()) > 0 and len(data) < _LONGEST_ANSWER:
            piece = self._read(left)
            if piece is None:
                raise self._lost()
            data += piece
            found = read(data)
            if found is not None:
                self._heard.add(name)
                return found
        if name in self._heard:
            raise PrinterError("printer_silent", host=self._host, port=self._port)
        self._setup.mute.add(name)
        return None

    def _read(self, seconds: float) -> bytes | None:
        """Return what came within the time, nothing where nothing came, None where the other side closed."""
        ready, _, _ = select.select([self._line], [], [], seconds)
        if not ready:
            return b""
        try:
            return self._line.recv(PIECE) or None
        except BlockingIOError:
            return b""
        except OSError as error:
            raise self._lost(error) from None

    def close(self) -> None:
        """Close the line, letting what was sent arrive."""
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_WR)
        self._line.close()


def _check(options: Mapping[str, Any], checks: Checks) -> None:
    check_host("/options/host", str(options["host"]), checks)


_ASK = ("auto", "no")
KIND = Driver(
    name="tcp",
    zh="网络打印机(端口 9100)",
    en="Network printer (port 9100)",
    languages=("zpl", "tspl"),
    options=(
        Option(name="host", zh="地址", en="Address", type="host", example="192.0.2.20"),
        Option(name="port", zh="端口", en="Port", type="integer", default=9100, least=LOWEST_RAW_PORT, most=65_535),
        Option(name="counter", zh="询问计数器", en="Ask its counter", type="choice", default="auto", choices=_ASK),
        Option(name="status", zh="询问状态", en="Ask its status", type="choice", default="auto", choices=_ASK),
    ),
    open=TcpSession,
    check=_check,
)
