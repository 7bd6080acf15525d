"""What a product is, and how its serial numbers are captured."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

from mazhi.kernel.life_cycles.operations import KINDS
from mazhi.kernel.master_data.model import LONGEST_CODE, LONGEST_NAME, Checks

Tracking = Literal["serial", "batch", "sku"]
"""How finely a product is tracked: each piece, each batch, or by quantity alone (仅数量)."""
CaptureMode = Literal["none", "optional", "required", "automatic"]
"""Whether serial numbers are scanned: never, as one likes, always, or taken by the system itself."""
WarrantyFrom = Literal["activate", "ship", "store_receive", "none"]
"""The operation that starts the warranty (质保); ``none``: there is no warranty clock."""

TRACKINGS: tuple[str, ...] = get_args(Tracking)
CAPTURE_MODES: tuple[str, ...] = get_args(CaptureMode)
WARRANTY_STARTS: tuple[str, ...] = get_args(WarrantyFrom)
MOST_STARS = 4
"""More ``*`` in one mask would make matching slow."""


@dataclass(frozen=True, slots=True)
class CaptureRule:
    """One line of the capture rule (序列号采集规则); None means every operation, or every place."""

    mode: CaptureMode
    operation: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """How serial numbers of a product are captured, per kind of business and place.

    Attributes:
        rules: In any order; of those that fit, the most precise one counts.
        outbound_only: Pieces are born when they are shipped; before, they are a mere quantity.
        track_only: Pieces never are in stock; they are only activated, returned and repaired.
        pattern: Masks that foreign serial numbers must fit (see ``fits``); empty: anything does.
    """

    rules: tuple[CaptureRule, ...] = ()
    outbound_only: bool = False
    track_only: bool = False
    pattern: str = ""

    def mode(self, operation: str, places: Sequence[str] = (), *, default: CaptureMode = "required") -> CaptureMode:
        """Say how serial numbers are captured in an operation.

        Args:
            operation: The operation's kind.
            places: Codes of the place and of those around it, the innermost first.
            default: What holds where no rule fits.
        """
        best: tuple[tuple[int, int], CaptureMode] | None = None
        for rule in self.rules:
            if rule.operation not in {None, operation}:
                continue
            if rule.place is not None and rule.place not in places:
                continue
            # A rule for this very operation beats one for the place; the nearer place beats the farther one.
            nearness = 0 if rule.place is None else len(places) - places.index(rule.place)
            rank = (int(rule.operation is not None), nearness)
            if best is None or rank > best[0]:
                best = (rank, rule.mode)
        return best[1] if best else default

    def fits(self, serial: str) -> bool:
        """Tell whether a foreign serial number fits one of the masks.

        In a mask ``#`` is a digit, ``@`` a letter, ``?`` a letter or digit, ``*`` any characters, all else
        itself; ``|`` separates masks.
        """
        return not self.pattern or _compiled(self.pattern).fullmatch(serial) is not None

    def body(self) -> dict[str, Any]:
        """Write it as plain data, for JSON."""
        return {
            "rules": [{"operation": rule.operation, "place": rule.place, "mode": rule.mode} for rule in self.rules],
            "outbound_only": self.outbound_only,
            "track_only": self.track_only,
            "pattern": self.pattern,
        }


_MASK = {"#": "[0-9]", "@": "[A-Za-z]", "?": "[0-9A-Za-z]", "*": ".*", "|": "|"}


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile("".join(_MASK.get(sign, re.escape(sign)) for sign in pattern), re.DOTALL)


def capture_from(body: Mapping[str, Any]) -> Capture:
    """Build a capture rule from the plain data of ``Capture.body``; missing parts take their defaults."""
    return Capture(
        rules=tuple(
            CaptureRule(rule["mode"], rule.get("operation"), rule.get("place")) for rule in body.get("rules", ())
        ),
        outbound_only=bool(body.get("outbound_only", False)),
        track_only=bool(body.get("track_only", False)),
        pattern=body.get("pattern", ""),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A product (产品): what many items are pieces of.

    ``batch_managed`` says that its serial pieces carry a batch too; ``inspect_on`` names the operations after
    which a piece waits for inspection; ``used`` says that something in the ledger refers to it, so that it
    cannot be deleted.
    """

    id: int = 0
    code: str
    name: str
    tracking: Tracking
    batch_managed: bool = False
    shelf_life_days: int | None = None
    gtin: str | None = None
    unit: str = ""
    category: str = ""
    warranty_days: int | None = None
    warranty_from: WarrantyFrom = "activate"
    warranty_delay_days: int = 0
    stock_age_days: int | None = None
    inspect_on: tuple[str, ...] = ()
    life_cycle: str = "goods"
    capture: Capture = Capture()
    rule: str | None = None
    active: bool = True
    used: bool = False
    version: int = 1

    @property
    def has_batches(self) -> bool:
        """Whether its goods belong to batches."""
        return self.tracking == "batch" or self.batch_managed

    def facts(self) -> dict[str, Any]:
        """Write what a user may set as plain data, for the audit trail."""
        hidden = {"id", "used", "version", "capture"}
        plain = {name: getattr(self, name) for name in self.__slots__ if name not in hidden}
        return {**plain, "inspect_on": list(self.inspect_on), "capture": self.capture.body()}


def gtin14(value: str) -> str | None:
    """Write a GTIN of 8, 12, 13 or 14 digits with 14; None if it is none, or its check digit is wrong."""
    if not re.fullmatch(r"[0-9]{8}|[0-9]{12,14}", value):
        return None
    digits = value.zfill(14)
    weighted = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return digits if weighted % 10 == 0 and int(digits) else None


def check_product(product: Product, checks: Checks) -> None:
    """Note everything that is wrong with a product in itself; what it names is not looked up."""
    checks.code("/code", product.code)
    checks.text("/name", product.name, needed=True)
    checks.text("/unit", product.unit, limit=20)
    checks.text("/category", product.category, limit=20)
    checks.text("/rule", product.rule or "", limit=LONGEST_CODE)
    checks.one_of("/tracking", product.tracking, TRACKINGS)
    checks.one_of("/warranty_from", product.warranty_from, WARRANTY_STARTS)
    for name in ("shelf_life_days", "warranty_days", "stock_age_days"):
        checks.days(f"/{name}", getattr(product, name), least=1 if name == "shelf_life_days" else 0)
    checks.days("/warranty_delay_days", product.warranty_delay_days)
    if product.gtin is not None and gtin14(product.gtin) is None:
        checks.fault("/gtin", "bad_gtin", item=product.gtin)
    if product.tracking == "sku" and product.batch_managed:
        checks.fault("/batch_managed", "sku_has_no_batches")
    if product.tracking == "sku" and product.shelf_life_days is not None:
        checks.fault("/shelf_life_days", "sku_has_no_batches")
    for place, kind in enumerate(product.inspect_on):
        if kind not in KINDS or kind in product.inspect_on[:place]:
            checks.fault(f"/inspect_on/{place}", "unknown_operation", operation=kind)
    _check_capture(product, checks)


def _check_capture(product: Product, checks: Checks) -> None:
    capture = product.capture
    if product.tracking != "serial":
        for name in ("outbound_only", "track_only"):
            if getattr(capture, name):
                checks.fault(f"/capture/{name}", "capture_needs_serials")
    if capture.outbound_only and capture.track_only:
        checks.fault("/capture/track_only", "capture_contradicts")
    checks.text("/capture/pattern", capture.pattern, limit=LONGEST_NAME)
    if any(mask.count("*") > MOST_STARS for mask in capture.pattern.split("|")):
        checks.fault("/capture/pattern", "mask_with_many_stars", limit=MOST_STARS)
    seen: set[tuple[str | None, str | None]] = set()
    for place, rule in enumerate(capture.rules):
        checks.one_of(f"/capture/rules/{place}/mode", rule.mode, CAPTURE_MODES)
        if rule.operation is not None and rule.operation not in KINDS:
            checks.fault(f"/capture/rules/{place}/operation", "unknown_operation", operation=rule.operation)
        if (rule.operation, rule.place) in seen:
            checks.fault(f"/capture/rules/{place}", "capture_rule_twice")
        seen.add((rule.operation, rule.place))
