"""What a printer (打印机) is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from mazhi.engines.labels.printers import drivers as package
from mazhi.engines.labels.printers.driver import Driver, Language
from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.registry import Registry

drivers: Registry[Driver] = Registry(package)
LANGUAGES: tuple[Language, ...] = get_args(Language)
RESOLUTIONS = (203, 300, 600)
MOST_IN_WINDOW = 1000
MEDIA: Mapping[str, tuple[int, int] | tuple[str, ...]] = {
    "darkness": (0, 15),
    "speed": (1, 14),
    "sensing": ("gap", "mark", "keep"),
    "graphics": ("z64", "digits"),
}
"""What a printer may say instead of the template, with the least and the most of a number, or the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """A printer.

    Attributes:
        driver: How it is reached.
        language: What it is spoken to in.
        dpi: Its resolution.
        options: What the driver needs to know.
        place: Code of the place where it stands.
        station: The workstation (工位) that it belongs to, in words.
        paused: Nothing is sent to it for the time being.
        media: What it says instead of the template; see ``MEDIA``.
        window: How many labels are sent at once; 0: as the driver thinks right.
    """

    id: int = 0
    code: str
    name: str
    driver: str
    language: Language
    dpi: int = 203
    options: Mapping[str, Any] = field(default_factory=dict)
    place: str | None = None
    station: str = ""
    paused: bool = False
    media: Mapping[str, Any] = field(default_factory=dict)
    window: int = 0
    used: bool = False
    version: int = 1

    def facts(self) -> dict[str, Any]:
        """Write what a user may set as plain data."""
        return {
            "code": self.code,
            "name": self.name,
            "driver": self.driver,
            "language": self.language,
            "dpi": self.dpi,
            "options": dict(self.options),
            "place": self.place,
            "station": self.station,
            "paused": self.paused,
            "media": dict(self.media),
            "window": self.window,
        }


def check_printer(printer: Printer, checks: Checks) -> dict[str, object]:
    """Note everything that is wrong with a printer in itself, and return its options, completed."""
    checks.code("/code", printer.code)
    checks.text("/name", printer.name, needed=True)
    checks.text("/station", printer.station)
    if printer.dpi not in RESOLUTIONS:
        checks.fault("/dpi", "not_one_of", value=printer.dpi, allowed=", ".join(map(str, RESOLUTIONS)))
    if not 0 <= printer.window <= MOST_IN_WINDOW:
        checks.fault("/window", "number_out_of_range", value=printer.window, least=0, most=MOST_IN_WINDOW)
    for name, value in printer.media.items():
        _check_media(name, value, checks)
    if printer.driver not in drivers:
        checks.fault("/driver", "not_one_of", value=printer.driver, allowed=", ".join(one.name for one in drivers))
        return dict(printer.options)
    driver = drivers[printer.driver]
    checks.one_of("/language", printer.language, driver.languages)
    return driver.clean(printer.options, checks)


def _check_media(name: str, value: object, checks: Checks) -> None:
    pointer, allowed = f"/media/{name}", MEDIA.get(name)
    if allowed is None:
        checks.fault(pointer, "printer_option_unknown", option=name, known=", ".join(MEDIA))
    elif isinstance(allowed[0], str):
        checks.one_of(pointer, str(value), [str(word) for word in allowed])
    elif not isinstance(value, int) or isinstance(value, bool) or not int(allowed[0]) <= value <= int(allowed[1]):
        checks.fault(pointer, "number_out_of_range", value=str(value), least=allowed[0], most=allowed[1])
