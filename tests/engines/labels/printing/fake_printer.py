"""A printer over TCP that counts its labels, holds what it was sent, and may drop the line wherever it likes.

What it got of a label when a line broke stays in its input, as in real ones, until it is told to forget it.
"""

from __future__ import annotations

import contextlib
import random
import re
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

_ZPL = re.compile(rb"~HS|~JX|~JA|! U1 getvar \"([^\"]*)\"\r\n|\^XA(?:(?!~HS|~JX|~JA).)*?\^XZ\n?", re.DOTALL)
_TSPL = re.compile(rb"\x1b!\?|\x1b!\.|OUT STR\$\(LABEL\)\r\n|CLS\r\n(?:(?!\x1b!).)*?PRINT 1,1\r\n", re.DOTALL)
_CODE = re.compile(rb'\^FD([^^]*)\^FS|TEXT[^\r]*"([^"]*)"\r\n')
Moment = Literal["before", "middle", "after"]


@dataclass
class FakePrinter:
    """A printer.

    Attributes:
        counter: Whether it tells how many labels it printed.
        status: Whether it tells how it is.
        drops: How likely it drops the line at a label.
        politely: How likely it says goodbye when it does.
        printed: What came out, a text a label.
        stopped: Out of paper: labels wait inside.
    """

    language: Literal["zpl", "tspl"] = "zpl"
    counter: bool = True
    status: bool = True
    drops: float = 0.0
    politely: float = 0.3
    seed: int = 20261122
    printed: list[str] = field(default_factory=list)
    dropped: int = 0
    connections: int = 0
    stopped: bool = False
    forgetful: bool = False
    """Switched off and on with the line: what it held is gone."""

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)
        self._input = b""
        self._held: list[str] = []
        self._more = threading.Condition()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._closing = False
        self._line: socket.socket | None = None
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self) -> FakePrinter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Switch it off."""
        self._closing = True
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        line = self._line
        if line is not None:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._server.close()

    def wait(self, ready: Callable[[], bool], seconds: float = 20.0) -> None:
        """Wait until something holds of what came out."""
        with self._more:
            assert self._more.wait_for(ready, seconds), self.printed[-3:]

    def come_to_rest(self) -> None:
        """Wait until nobody talks to it."""
        self.wait(lambda: self._line is None)

    def load_paper(self) -> None:
        """Go on: what waited inside comes out."""
        with self._more:
            self.stopped = False
            self.printed += self._held
            self._held.clear()
            self._more.notify_all()

    def hold(self) -> None:
        """Run out of paper."""
        self.stopped = True

    def _serve(self) -> None:
        while True:
            line, _ = self._server.accept()
            if self._closing:
                line.close()
                return
            self._line = line
            self.connections += 1
            with contextlib.suppress(OSError):
                self._talk(line)
            line.close()
            with self._more:
                self._line = None
                self._more.notify_all()

    def _talk(self, line: socket.socket) -> None:
        while data := line.recv(4096):
            self._input += data
            if not self._digest(line):
                self._drop(line)
                return

    def _digest(self, line: socket.socket) -> bool:
        """Take commands off the input; False where the line is to be dropped."""
        pattern = _ZPL if self.language == "zpl" else _TSPL
        while found := pattern.search(self._input):
            command, before, rest = found.group(), self._input[: found.start()], self._input[found.end() :]
            if command.startswith((b"^XA", b"CLS")):
                if self._dice.random() < self.drops:
                    self._break_at(command, before, rest)
                    return False
                self._input = rest  # what stood before is the prelude, or an answer's line end
                self._print(before + command)
            else:
                if command.startswith((b"! U1", b"OUT")) and re.search(rb"\^XA|CLS", before):
                    self._input = before + rest  # it was taken for a part of half a label
                    continue
                # Other questions in the middle of a label are answered at once and are no part of it.
                forgets = command in {b"~JX", b"\x1b!."}
                self._input = rest if forgets else before + rest
                self._answer(line, command)
        return True

    def _break_at(self, command: bytes, before: bytes, rest: bytes) -> None:
        moment = self._dice.choice(["before", "middle", "after"])
        self._input = b""
        if moment == "middle":
            self._input = before + command[: self._dice.randrange(1, len(command))]
        elif moment == "after":
            self._print(before + command)
        if self.forgetful:
            self._input = b""

    def _drop(self, line: socket.socket) -> None:
        self.dropped += 1
        if self._dice.random() >= self.politely:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _print(self, label: bytes) -> None:
        codes = [one or other for one, other in _CODE.findall(label)]
        text = "+".join(code.decode() for code in codes)
        with self._more:
            (self._held if self.stopped else self.printed).append(text)
            self._more.notify_all()

    def _answer(self, line: socket.socket, command: bytes) -> None:
        if command == b"~HS" and self.status:
            half = b"^XA" in self._input
            one = f"030,{self.stopped:d},{self.stopped:d},0320,{0:03d},0,0,{half:d},000,0,0,0"
            two = f"000,0,0,0,0,2,4,0,{len(self._held):08d},1,000"
            line.sendall(b"".join(b"\x02" + text.encode() + b"\x03\r\n" for text in (one, two, "1234,0")))
        elif command.startswith(b"! U1") and self.counter:
            line.sendall(f'"{len(self.printed)}"'.encode())
        elif command.startswith(b"OUT") and self.counter:
            line.sendall(f"{len(self.printed)}\r\n".encode())
        elif command == b"\x1b!?" and self.status:
            line.sendall(bytes([0x04 if self.stopped else 0x00]))
        elif command in {b"~JA", b"\x1b!."}:
            self._held.clear()
