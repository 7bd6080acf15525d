"""What a driver is: how bytes get to a printer, and what the printer says came of them.

A job is sent in *windows* of labels. Before anything of a window is sent, ``begin`` returns a memo, which is stored;
after a broken line or a kill, ``look`` with the same memo tells how many of the window's labels came out, where the
printer can tell. That is all that exactly-once printing needs of a driver.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from mazhi.kernel.errors import ConflictError
from mazhi.kernel.master_data.model import Checks

Language = Literal["zpl", "tspl", "pdf", "png"]
"""What a printer is spoken to in."""

Wait = Callable[[str | None], None]
"""Called again and again while a printer makes us wait, with the code of its trouble; raises to give up."""


class PrinterError(ConflictError):
    """The printer could not be reached, or the line to it broke; it is tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a driver, declared as data.

    Attributes:
        name: Its key.
        zh: Its name in Chinese.
        en: Its name in English.
        type: What may stand there.
        default: What it is where nothing is given; None: it must be given.
        choices: The words of a choice.
        least: The smallest number.
        most: The largest number, or the longest text.
        example: What it may look like.
    """

    name: str
    zh: str
    en: str
    type: Literal["text", "integer", "boolean", "choice", "host", "folder"]
    default: str | int | bool | None = None
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 200
    example: str | int | bool = ""

    def clean(self, given: Mapping[str, Any], checks: Checks) -> object:
        """Return the value, noting what is wrong with it."""
        value, pointer = given.get(self.name), f"/options/{self.name}"
        if value is None or value == "":
            if self.default is None:
                checks.fault(pointer, "printer_option_missing", option_zh=self.zh, option_en=self.en)
            return self.default
        fits = {"integer": int, "boolean": bool}.get(self.type, str)
        if not isinstance(value, fits) or (fits is int and isinstance(value, bool)):
            checks.fault(pointer, "printer_option_wrong", option_zh=self.zh, option_en=self.en)
        elif isinstance(value, int) and fits is int:
            if not self.least <= value <= self.most:
                checks.fault(pointer, "number_out_of_range", value=value, least=self.least, most=self.most)
        elif isinstance(value, str):
            checks.text(pointer, value, limit=self.most)
            if self.choices:
                checks.one_of(pointer, value, self.choices)
        return value


@dataclass(frozen=True, slots=True)
class Pace:
    """How long is waited for what, in seconds.

    Attributes:
        connect: For a connection.
        answer: For an answer.
        stall: For a printer to take more data, before that counts as trouble.
        settle: For a counter to stand still, before it is believed.
        grace: For a printer that tells nothing to hang up, after it was sent a window: then it has not printed it.
        close: For such a printer to close its side when we are done, which says that it read everything.
    """

    connect: float = 5.0
    answer: float = 2.0
    stall: float = 15.0
    settle: float = 1.0
    grace: float = 0.05
    close: float = 3.0


@dataclass(slots=True)
class Setup:
    """What a session is opened with.

    Attributes:
        options: The printer's options, checked.
        language: The printer's language.
        root: The folder below which printers of the kind ``folder`` may write.
        pace: How long is waited.
        mute: Questions that the printer did not answer once; they are not asked again.
    """

    options: Mapping[str, Any]
    language: Language
    root: Path
    pace: Pace = field(default_factory=Pace)
    mute: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Status:
    """What a printer says about itself.

    Attributes:
        troubles: Codes of what keeps it from printing: paper_out, head_open, ribbon_out, printer_paused …
        busy: Whether it has something to print, or is about to read something.
        remaining: Labels that it still has to print, where it says so.
    """

    troubles: tuple[str, ...] = ()
    busy: bool = False
    remaining: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """How far a window is.

    Attributes:
        printed: Labels of it that came out; None where the printer does not tell.
        busy: Whether more may still come out.
        trouble: Code of what keeps the printer from going on.
    """

    printed: int | None
    busy: bool
    trouble: str | None = None


class Session:
    """One conversation with a printer; the drivers override what they can do."""

    spent = False
    """Whether nothing more can be sent in this session."""

    def begin(self, key: str, count: int) -> str:  # noqa: ARG002 - for those that can use it
        """Prepare a window of so many labels and return the memo by which it is looked for later."""
        return ""

    def send(self, data: bytes, wait: Wait) -> None:
        """Send some bytes.

        Raises:
            PrinterError: The line broke.
        """
        raise NotImplementedError  # each driver has its own

    def complete(self) -> None:
        """Note that the window has been sent wholly; some drivers hand it over only now."""

    def look(self, memo: str) -> Look:
        """Tell how far a window is; in a session that sent it, or in a later one.

        Raises:
            PrinterError: The line broke.
        """
        raise NotImplementedError  # each driver has its own

    def rest(self) -> Look | None:
        """Tell whether anything may still come out, by a question that is answered even within half a label.

        None where no half label can be left in the printer, so that there is nothing to wait for.
        """
        return None

    def mend(self) -> None:
        """Make the printer forget a label that it got the beginning of before the line broke."""

    def cancel(self) -> None:
        """Make the printer forget what it has not printed yet, where it can."""

    def status(self) -> Status | None:
        """Ask the printer how it is; None where it does not tell."""
        return None

    def counter(self) -> int | None:
        """Ask how many labels the printer ever printed; None where it does not tell."""
        return None

    def close(self) -> None:
        """End the session."""

    def __enter__(self) -> Self:
        """Begin a block that ends the session."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the session."""
        self.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """A kind of driver.

    Attributes:
        name: The kind's name, which is its module's too.
        zh: Its name in Chinese.
        en: Its name in English.
        languages: The languages that make sense with it.
        options: What must be known of a printer.
        open: Opens a session; raises PrinterError where the printer can't be reached.
        check: Looks at the options together, after each has been looked at.
        window: How many labels are sent at once where the printer tells how far it is, and where it does not.
        by_hand: Whether a person fetches the job's file instead.
    """

    name: str
    zh: str
    en: str
    languages: tuple[Language, ...]
    options: tuple[Option, ...]
    open: Callable[[Setup], Session]
    check: Callable[[Mapping[str, Any], Checks], None] = lambda _options, _checks: None
    window: tuple[int, int] = (100, 10)
    by_hand: bool = False

    @property
    def example(self) -> dict[str, object]:
        """Options that are right."""
        return {one.name: one.default if one.default is not None else one.example for one in self.options}

    def clean(self, given: Mapping[str, Any], checks: Checks) -> dict[str, object]:
        """Return the options of a printer, completed, noting everything that is wrong with them."""
        known = {one.name for one in self.options}
        for name in given:
            if name not in known:
                checks.fault(f"/options/{name}", "printer_option_unknown", option=name, known=", ".join(sorted(known)))
        faults = len(checks.problems)
        cleaned = {one.name: one.clean(given, checks) for one in self.options}
        if len(checks.problems) == faults:
            self.check(cleaned, checks)
        return cleaned
