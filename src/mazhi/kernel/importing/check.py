"""Checking drafts against the ledger and the master data: every fault of every row."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.barcodes.check_digits import luhn
from mazhi.kernel.batches.model import Batch
from mazhi.kernel.importing.fields import CODE, is_namespace, namespace_of
from mazhi.kernel.importing.model import Draft, ImportedItem
from mazhi.kernel.importing.rows import Reader
from mazhi.kernel.items.model import check_code
from mazhi.kernel.life_cycles.model import LifeCycle
from mazhi.kernel.partners.model import Partner
from mazhi.kernel.places.model import Place
from mazhi.kernel.posting.period import TOLERANCE
from mazhi.kernel.products.model import Product

QUALITIES = {
    "released": ("released", "合格", "已放行", "放行", "良品", "正品", "ok", "pass"),
    "pending": ("pending", "待检", "待验", "未检"),
    "concession": ("concession", "让步", "让步接收", "特采"),
    "rejected": ("rejected", "不合格", "不良", "不良品", "拒收", "次品", "ng", "fail"),
}
_QUALITY = {word: quality for quality, words in QUALITIES.items() for word in words}
_SEPARATORS = re.compile(r"[ ,，、;；]")
"""What separates codes that are typed; a code that holds one could never be typed, and is most often two codes."""
_MAC = re.compile(r"[0-9A-Fa-f]{12}")
IN_STOCK = "in_stock"
BUILT_IN = "built_in"
AWAY = frozenset({"shipped", "sold", "on_loan", "lost"})
"""States in which nothing is at one of our places."""
OLDEST = date(1990, 1, 1)
_LIKE = 0.72
_CONFUSED = {"O": "0", "o": "0", "I": "1", "l": "1", "0": "O", "1": "I"}
_MOST_CONFUSED = 12


@dataclass(slots=True)
class Lookup:
    """What the database knows about the names in one chunk of rows."""

    actor: Actor
    now: int
    closed_until: int | None = None
    products: Mapping[str, Product] = field(default_factory=dict)
    batches: Mapping[tuple[int, str], Batch] = field(default_factory=dict)
    batch_products: Mapping[str, list[str]] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    partners: Mapping[str, Partner] = field(default_factory=dict)
    cycles: Mapping[str, LifeCycle] = field(default_factory=dict)
    taken: set[tuple[str, str]] = field(default_factory=set)
    known: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    """Code and name of every product, place and partner, for suggestions."""


class Checker:
    """Checks the rows of one file in their order; remembers identifiers, so that repetitions are found."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._seen: dict[tuple[str, str], int] = {}

    def check(self, draft: Draft, look: Lookup) -> ImportedItem | None:
        """Add every fault that the row has; return the item if it has none."""
        if draft.faults and not draft.codes and not draft.dates and not draft.unreadable:
            return None  # the row as a whole is no data
        return _RowCheck(self._reader, self._seen, draft, look).item()

    def remember(self, draft: Draft) -> None:
        """Note a row's identifiers without checking it: it was done before a restart."""
        namespace = draft.codes.get("namespace", "own")
        for value, space in identifiers(draft, namespace):
            self._seen.setdefault((value, space), draft.row)


def identifiers(draft: Draft, namespace: str) -> list[tuple[str, str]]:
    """Return every identifier of a row as (value, namespace), its code first."""
    found = [(draft.codes[CODE], namespace)] if CODE in draft.codes else []
    for name, value in draft.codes.items():
        space = namespace_of(name)
        if space is not None:
            found.append((uniform(name, value), space))
    return found


def uniform(name: str, value: str) -> str:
    """Write an IMEI or MAC address as it is stored, whatever separates its parts."""
    if name in {"imei1", "imei2"}:
        return re.sub(r"[ -]", "", value)
    if name == "mac":
        digits = re.sub(r"[ :.-]", "", value).upper()
        return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    return value


@dataclass(slots=True)
class _RowCheck:
    """The checks of one row."""

    reader: Reader
    seen: dict[tuple[str, str], int]
    draft: Draft
    look: Lookup

    def item(self) -> ImportedItem | None:
        """Run every check; build the item if none found a fault."""
        namespace = self._namespace()
        self._code()
        extra = self._identifiers(namespace)
        product = self._product()
        batch = self._batch(product)
        state = self._state(product)
        place = self._place(state)
        quality = self._quality()
        owner, holder = self._partner("owner"), self._partner("holder")
        born_at = self._born_at()
        start, end = self._warranty(product)
        if self.draft.faults or product is None or state is None:
            return None
        return ImportedItem(
            row=self.draft.row,
            code=self.draft.codes[CODE],
            namespace=namespace,
            product_id=product.id,
            batch_id=batch.id if batch else 0,
            state=state,
            quality=quality,
            owner_id=owner.id if owner else 0,
            holder_id=holder.id if holder else 0,
            place_id=place.id if place else 0,
            born_at=born_at,
            warranty_start=start,
            warranty_end=end,
            identifiers=tuple(extra),
        )

    def _fault(self, name: str, code: str, suggestion: str | None = None, **params: object) -> None:
        value = self.draft.codes.get(name, "")
        if name in self.draft.dates:
            value = self.draft.dates[name].date().isoformat()
        number = self.reader.column_of(name)
        self.draft.faults.append(
            self.reader.fault(self.draft.row, number, name, value, code, {"item": value, **params}, suggestion)
        )

    # -- identifiers ------------------------------------------------------------------------------------------

    def _namespace(self) -> str:
        namespace = self.draft.codes.get("namespace", "own")
        if not is_namespace(namespace):
            self._fault("namespace", "bad_namespace")
        return namespace

    def _code(self) -> None:
        code = self.draft.codes.get(CODE)
        if code is None:
            if CODE not in self.draft.unreadable:
                self._fault(CODE, "code_missing")
            return
        self._characters(CODE, code)
        if _SEPARATORS.search(code):
            self._fault(CODE, "code_separator")

    def _characters(self, name: str, value: str) -> None:
        wrong = check_code(value)
        if wrong is not None:
            self._fault(name, wrong.code, None, **wrong.params)

    def _identifiers(self, namespace: str) -> list[tuple[str, str]]:
        """Check each identifier's form, and that it is free: in this row, in this file, in the ledger."""
        here: dict[tuple[str, str], str] = {}
        for name, value in self.draft.codes.items():
            space = namespace if name == CODE else namespace_of(name)
            if space is None:
                continue
            if name != CODE:
                self._form(name, value)
            key = (value if name == CODE else uniform(name, value), space)
            if key in here:
                self._fault(name, "duplicate_in_row", other=here[key])
                continue
            here[key] = name
            first = self.seen.setdefault(key, self.draft.row)
            if first != self.draft.row:
                # It may well be in the ledger by now: through that earlier row.
                self._fault(name, "duplicate_in_file", first=first)
            elif key in self.look.taken:
                self._fault(name, "already_exists")
        return [key for key, name in here.items() if name != CODE]

    def _form(self, name: str, value: str) -> None:
        if name in {"imei1", "imei2"}:
            number = uniform(name, value)
            if not re.fullmatch(r"[0-9]{15}", number):
                self._fault(name, "bad_imei", length=len(number))
            elif luhn(number[:-1]) != number[-1]:
                self._fault(name, "imei_check_digit", expected=luhn(number[:-1]))
        elif name == "mac":
            if not _MAC.fullmatch(uniform(name, value).replace(":", "")):
                self._fault(name, "bad_mac")
        else:
            self._characters(name, value)

    # -- what it is -------------------------------------------------------------------------------------------

    def _product(self) -> Product | None:
        code = self.draft.codes.get("product")
        if code is None:
            if "product" not in self.draft.unreadable:
                self._fault("product", "product_missing")
            return None
        product = self.look.products.get(code)
        if product is None:
            self._fault("product", "unknown_product", self._similar("product", code))
            return None
        if product.tracking != "serial":
            self._fault("product", "not_serial_product", product=product.code)
        if not product.active:
            self._fault("product", "product_inactive", product=product.code)
        serial = self.draft.codes.get(CODE)
        if serial is not None and not product.capture.fits(serial):
            self._fault(CODE, "code_pattern", _likely(serial, product), pattern=product.capture.pattern)
        return product

    def _batch(self, product: Product | None) -> Batch | None:
        code = self.draft.codes.get("batch")
        if product is None:
            return None
        if code is None:
            if product.has_batches and "batch" not in self.draft.unreadable:
                self._fault("batch", "batch_needed", product=product.code)
            return None
        batch = self.look.batches.get((product.id, code))
        if batch is None:
            others = self.look.batch_products.get(code)
            if others:
                self._fault("batch", "batch_of_other_product", product=product.code, others=", ".join(others))
            else:
                self._fault("batch", "unknown_batch", product=product.code)
        elif not product.has_batches:
            self._fault("batch", "batch_not_wanted", product=product.code)
        return batch

    def _state(self, product: Product | None) -> str | None:
        """Find the state by its code or by its name in either language."""
        word = self.draft.codes.get("state")
        cycle = self.look.cycles.get(product.life_cycle) if product else None
        if word is None:
            return cycle.birth if cycle and "state" not in self.draft.unreadable else None
        cycles = [cycle] if cycle else list(self.look.cycles.values())
        for one in cycles:
            for state in one.states:
                if word.lower() in {state.code, state.zh.lower(), state.en.lower()}:
                    if state.code == BUILT_IN:
                        self._fault("state", "state_needs_parent")
                    return state.code
        known = ", ".join(f"{state.zh} {state.code}" for one in cycles for state in one.states)
        self._fault("state", "state_not_in_life_cycle", life_cycle=cycle.name if cycle else "", known=known)
        return None

    def _place(self, state: str | None) -> Place | None:
        code = self.draft.codes.get("place")
        if code is None:
            if state == IN_STOCK and "place" not in self.draft.unreadable:
                self._fault("place", "place_missing")
            elif self.look.actor.areas("items.import") is not None:
                self._fault("place", "no_right", right="items.import")
            return None
        place = self.look.places.get(code)
        if place is None:
            self._fault("place", "unknown_place", self._similar("place", code))
            return None
        if not place.active:
            self._fault("place", "place_inactive", place=place.code)
        if state in AWAY:
            self._fault("place", "place_not_allowed", state=state)
        if not self.look.actor.holds("items.import", place.id):
            self._fault("place", "no_right", right="items.import")
        return place

    def _quality(self) -> str:
        word = self.draft.codes.get("quality")
        if word is None:
            return "released"
        quality = _QUALITY.get(word.lower())
        if quality is None:
            known = ", ".join(f"{words[1]} {name}" for name, words in QUALITIES.items())
            self._fault("quality", "unknown_quality", known=known)
        return quality or ""

    def _partner(self, name: str) -> Partner | None:
        code = self.draft.codes.get(name)
        if code is None:
            return None
        partner = self.look.partners.get(code)
        if partner is None:
            self._fault(name, "unknown_partner", self._similar("partner", code))
        elif not partner.active:
            self._fault(name, "partner_inactive", partner=partner.code)
        return partner

    def _similar(self, kind: str, wanted: str) -> str | None:
        """Return the one whose code differs by little, or whose name it is."""
        known = self.look.known.get(kind, ())
        by_name = [code for code, name in known if wanted in {name, code.strip()} or wanted.upper() == code.upper()]
        if by_name:
            return by_name[0] if len(by_name) == 1 else None
        close = difflib.get_close_matches(wanted, [code for code, _ in known], 1, _LIKE)
        return close[0] if close else None

    # -- when -------------------------------------------------------------------------------------------------

    def _born_at(self) -> int | None:
        moment = self.draft.dates.get("born_at")
        if moment is None:
            return None
        born_at = clock.to_micros(moment)
        if born_at > self.look.now + TOLERANCE:
            self._fault("born_at", "date_in_future")
        elif moment.date() < OLDEST:
            self._fault("born_at", "date_too_old", oldest=OLDEST.isoformat())
        elif self.look.closed_until is not None and born_at < self.look.closed_until:
            self._fault("born_at", "closed_period", closed_until=clock.to_text(self.look.closed_until))
        return born_at

    def _warranty(self, product: Product | None) -> tuple[date | None, date | None]:
        start, end = self._day("warranty_start"), self._day("warranty_end")
        born = self._day("born_at")
        if start is None:
            if end is not None and "warranty_start" not in self.draft.unreadable:
                self._fault("warranty_end", "warranty_without_start")
            return None, None
        if end is not None and end < start:
            self._fault("warranty_end", "dates_out_of_order", earlier=start.isoformat(), later=end.isoformat())
        if born is not None and start < born:
            self._fault("warranty_start", "warranty_before_birth", born=born.isoformat())
        if end is None and product is not None and product.warranty_days is not None:
            end = start + timedelta(days=product.warranty_days)
        return start, end

    def _day(self, name: str) -> date | None:
        moment: datetime | None = self.draft.dates.get(name)
        return None if moment is None else moment.astimezone(clock.DEFAULT_ZONE).date()


def wanted_names(drafts: Sequence[Draft], name: str) -> set[str]:
    """Return every value that a field has in these rows."""
    return {draft.codes[name] for draft in drafts if name in draft.codes}


def _likely(serial: str, product: Product) -> str | None:
    """Return the one code that fits the product's masks after confused signs (O and 0, I and 1) are changed."""
    places = [place for place, sign in enumerate(serial) if sign in _CONFUSED]
    if len(places) > _MOST_CONFUSED:
        return None
    for count in (1, 2):
        found = set()
        for chosen in itertools.combinations(places, count):
            signs = [_CONFUSED[sign] if place in chosen else sign for place, sign in enumerate(serial)]
            found.add("".join(signs))
        fitting = [code for code in found if product.capture.fits(code)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None
