"""From readings of a text to what they stand for, once the database has been asked.

The order of answers is that of trust: our own codes as they stand, then what the symbol and the syntax say, then the
text in other capitals, and last what nobody here knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from mazhi.kernel.barcodes.check_digits import gs1_mod10
from mazhi.kernel.errors import Problem
from mazhi.kernel.scanning.model import Candidate
from mazhi.kernel.scanning.reading import Kind, Reading
from mazhi.kernel.scanning.store import BatchRow, Holder, ItemRow, MasterData, ProductRow, storable

_ITEM_KEYS = ("8003", "8004", "253", "8010", "8017", "8018", "8040", "8041", "8002")
"""Identifiers of GS1 whose value alone may be an identifier of an item."""
_PLACE_KEYS = ("414", "254", "410", "411", "412", "413", "415", "416", "417")
_SERIAL_VIAS = frozenset({"imei", "vin", "mac", "drug_trace", "epc"})


class Group(IntEnum):
    """In which order readings stand."""

    OWN_IDENTIFIER = 0
    OWN_CODE = 1
    READ = 2
    OTHER_CAPITALS = 3
    GUESSED = 4
    UNKNOWN = 5


@dataclass(slots=True)
class Wanted:
    """What must be looked up for some candidates."""

    values: list[str]
    codes: list[str]
    gtins: list[str]
    batches: list[str]


@dataclass(slots=True)
class Known:
    """What was found of what was wanted."""

    holders: Mapping[str, Sequence[Holder]] = field(default_factory=dict)
    items: Mapping[int, ItemRow] = field(default_factory=dict)
    data: MasterData = field(default_factory=MasterData)
    products: Mapping[int, str] = field(default_factory=dict)
    labels: Sequence[str] = ()
    """Codes that are labels of a roll and not bound to anything yet."""


def package_numbers(sscc: str) -> tuple[str, ...]:
    """Return the spellings under which a package's SSCC may be kept."""
    return (sscc, "00" + sscc, f"(00){sscc}")


def base_gtin(gtin: str) -> str:
    """Return the GTIN of what a package with indicator 1 to 8 holds; empty where there is none."""
    if not "1" <= gtin[:1] <= "8":
        return ""
    body = "0" + gtin[1:13]
    return body + gs1_mod10(body)


def wanted(candidates: Sequence[Candidate]) -> Wanted:
    """Collect everything that has to be looked up."""
    values: list[str] = []
    codes: list[str] = []
    gtins: list[str] = []
    batches: list[str] = []
    for candidate in candidates:
        elements = candidate.elements
        values += candidate.keys
        if candidate.via == "raw":
            spellings = [*candidate.keys, *(key.upper() for key in candidate.keys)]
            values += spellings
            codes += spellings
        values += [elements[ai] for ai in ("21", *_ITEM_KEYS) if ai in elements]
        values += package_numbers(elements["00"]) if "00" in elements else ()
        codes += [elements[ai] for ai in _PLACE_KEYS if ai in elements]
        gtins += [number for ai in ("01", "02") for number in _gtins(elements.get(ai, ""))]
        batches += [elements["10"]] if "10" in elements else []
    return Wanted(storable(values), storable(codes), storable(gtins), storable([*codes, *batches]))


def _gtins(gtin: str) -> list[str]:
    return [number for number in (gtin, base_gtin(gtin)) if number] if len(gtin) == 14 else []


def resolve(candidates: Sequence[Candidate], known: Known) -> list[Reading]:
    """Return what the candidates stand for, in order, without ranks; nothing known stands last."""
    ordered: list[tuple[tuple[int, int, int], Reading]] = []
    for place, candidate in enumerate(candidates):
        for group, reading in _Resolver(candidate, known).readings():
            ordered.append(((group, _fineness(reading.kind) if group == Group.READ else 0, place), reading))
    ordered.sort(key=lambda pair: pair[0])
    return _settled(ordered)


def _fineness(kind: Kind) -> int:
    return {"item": 0, "package": 0, "batch": 1}.get(kind, 2)


def _settled(ordered: Iterable[tuple[tuple[int, int, int], Reading]]) -> list[Reading]:
    """Keep one reading for each thing found; a mere text that nobody knows says nothing beside them."""
    readings: list[Reading] = []
    targets: dict[tuple[object, ...], Reading] = {}
    for (group, _, _), reading in ordered:
        if group < Group.UNKNOWN:
            same = targets.setdefault(reading.target, reading)
            if same is not reading:
                same.elements = same.elements or reading.elements
                same.carries = same.carries or reading.carries
                continue
        elif targets and reading.via == "raw":
            continue
        readings.append(reading)
    return readings


class _Resolver:
    """Finds what one candidate stands for."""

    def __init__(self, candidate: Candidate, known: Known) -> None:
        self._candidate = candidate
        self._known = known
        self._elements = candidate.elements

    def readings(self) -> Iterator[tuple[Group, Reading]]:
        found = list(self._plain() if self._candidate.via == "raw" else self._structured())
        yield from found or [(Group.UNKNOWN, self._unknown())]

    def _reading(self, kind: Kind, via: str | None = None, *problems: Problem) -> Reading:
        candidate = self._candidate
        return Reading(
            kind=kind,
            via=via or candidate.via,
            value=candidate.value,
            elements=candidate.elements,
            problems=[*candidate.problems, *problems],
            carries=carries(candidate),
            symbology=candidate.symbology,
        )

    def _unknown(self) -> Reading:
        elements = self._elements
        if "01" in elements:
            problem = Problem("unknown_product", {"item": elements["01"]})
        elif self._candidate.value == "":
            return self._reading("unknown")
        else:
            problem = Problem("unknown_item", {"item": elements.get("00", self._candidate.value[:80])})
        return self._reading("unknown", None, problem)

    # A text as it stands: identifiers of all namespaces, then codes of master data.

    def _plain(self) -> Iterator[tuple[Group, Reading]]:
        meant = any(problem.code == "fullwidth_characters" for problem in self._candidate.problems)
        exact = [*self._exact(self._candidate.keys)]
        if exact:
            yield from ((Group.READ if meant else group, reading) for group, reading in exact)
            return
        capitals = tuple(key.upper() for key in self._candidate.keys)
        if capitals != self._candidate.keys:
            for _, reading in self._exact(capitals):
                reading.problems.append(Problem("letter_case", {"code": reading.value, "known": capitals[0]}))
                yield Group.OTHER_CAPITALS, reading

    def _exact(self, keys: Sequence[str]) -> Iterator[tuple[Group, Reading]]:
        for reading in self._items_of(self._holders(keys), "identifier"):
            yield Group.OWN_IDENTIFIER, reading
        for reading in self._by_code(set(keys)):
            yield Group.OWN_CODE, reading

    def _holders(self, keys: Iterable[str]) -> list[Holder]:
        return [
            holder for key in keys for holder in self._known.holders.get(key, ()) if holder.item_id in self._known.items
        ]

    def _items_of(self, holders: Sequence[Holder], via: str | None = None) -> Iterator[Reading]:
        spaces: dict[int, list[str]] = {}
        for holder in holders:
            spaces.setdefault(holder.item_id, []).append(holder.namespace)
        for item_id, of_item in spaces.items():
            reading = self._reading("package" if self._known.items[item_id].kind == "package" else "item", via)
            reading.item_id, reading.namespaces = item_id, tuple(dict.fromkeys(of_item))
            if len(spaces) > 1:
                every = ", ".join(dict.fromkeys(holder.namespace for holder in holders))
                reading.problems.append(Problem("ambiguous_item", {"item": holders[0].value, "namespaces": every}))
            yield reading

    def _by_code(self, codes: set[str]) -> Iterator[Reading]:
        data = self._known.data
        for product in data.products:
            if product.code in codes:
                yield self._of_product(product, "code")
        for kind, rows in (("place", data.places), ("partner", data.partners)):
            for row in rows:
                if row.code in codes:
                    reading = self._reading("place" if kind == "place" else "partner", "code")
                    reading.name = row.name
                    setattr(reading, kind, row.code)
                    yield reading
        batches = [batch for batch in data.batches if batch.code in codes or batch.supplier_batch in codes]
        for batch in batches:
            reading = self._of_batch(batch, "code" if batch.code in codes else "supplier_batch")
            if len(batches) > 1:
                reading.problems.append(Problem("ambiguous_batch", {"item": self._candidate.value}))
            yield reading

    def _of_product(self, product: ProductRow, via: str | None = None) -> Reading:
        reading = self._reading("product", via)
        reading.product, reading.name = product.code, product.name
        return reading

    def _of_batch(self, batch: BatchRow, via: str | None = None) -> Reading:
        reading = self._reading("batch", via)
        reading.product, reading.name, reading.batch = batch.product.code, batch.product.name, batch.code
        return reading

    # A code with parts.

    def _structured(self) -> Iterator[tuple[Group, Reading]]:
        for reading in self._by_parts():
            yield Group.READ, reading

    def _by_parts(self) -> Iterator[Reading]:
        elements = self._elements
        serial = elements.get("serial") or elements.get("S")
        found = list(self._items_of(self._holders(key for key in self._candidate.keys if key != serial)))
        if not found and "00" in elements:
            found = list(self._items_of(self._holders(package_numbers(elements["00"]))))
        if not found and "01" in elements:
            found = list(self._trade_item(elements["01"]))
        elif not found:
            numbers = [elements[ai] for ai in _ITEM_KEYS if ai in elements]
            found = list(self._items_of(self._holders(numbers)))
        if not found and serial in self._candidate.keys:
            found = list(self._by_serial(serial or ""))
        if not found:
            found = list(self._by_place())
        yield from found

    def _by_serial(self, serial: str) -> Iterator[Reading]:
        for reading in self._items_of(self._holders([serial])):
            reading.problems.append(Problem("serial_only", {"serial": serial}))
            yield reading

    def _by_place(self) -> Iterator[Reading]:
        numbers = {self._elements[ai] for ai in _PLACE_KEYS if ai in self._elements}
        for reading in [found for found in self._by_code(numbers) if found.kind in ("place", "partner")]:
            reading.via = self._candidate.via
            yield reading

    def _trade_item(self, gtin: str) -> Iterator[Reading]:
        products = [product for product in self._known.data.products if product.gtin == gtin]
        if not products:
            base = base_gtin(gtin)
            for product in [one for one in self._known.data.products if base and one.gtin == base]:
                reading = self._of_product(product)
                reading.problems.append(Problem("packaging_level", {"gtin": gtin, "indicator": gtin[0]}))
                yield reading
            return
        serial = self._elements.get("21")
        holders = self._holders([serial]) if serial else []
        ids = {product.id for product in products}
        ours = [holder for holder in holders if self._known.items[holder.item_id].product_id in ids]
        if ours:
            for reading in self._items_of(ours):
                self._compare_batch(reading)
                yield reading
            return
        for product in products:
            reading = self._without_item(product, serial, holders)
            if len(products) > 1:
                reading.problems.append(Problem("ambiguous_product", {"gtin": gtin}))
            yield reading

    def _without_item(self, product: ProductRow, serial: str | None, holders: Sequence[Holder]) -> Reading:
        """Answer with the batch, else the product, and say which part is not known here."""
        lot = self._elements.get("10")
        batches = [
            batch
            for batch in self._known.data.batches
            if lot in (batch.code, batch.supplier_batch) and batch.product.id == product.id
        ]
        batches.sort(key=lambda batch: batch.code != lot)
        reading = self._of_batch(batches[0]) if batches else self._of_product(product)
        if serial is not None:
            params: dict[str, object] = {"item": serial, "product": product.code}
            elsewhere = {self._known.items[holder.item_id].product_id for holder in holders} - {0}
            if elsewhere:
                params["other"] = ", ".join(sorted(self._known.products.get(one, "") for one in elsewhere))
            reading.problems.append(Problem("serial_elsewhere" if elsewhere else "unknown_serial", params))
        if lot is not None and not batches:
            reading.problems.append(Problem("unknown_batch", {"item": lot}))
        return reading

    def _compare_batch(self, reading: Reading) -> None:
        lot = self._elements.get("10")
        row = self._known.items[reading.item_id or 0]
        if lot is None or not row.batch_id:
            return
        same = {batch.id for batch in self._known.data.batches if lot in (batch.code, batch.supplier_batch)}
        if row.batch_id not in same:
            reading.problems.append(Problem("batch_differs", {"item": row.code, "batch": lot}))


def carries(candidate: Candidate) -> str | None:
    """Tell how fine a code is by itself: whether it names a piece, a batch, a product, a package."""
    elements = candidate.elements
    if {"21", "serial", "S"} & elements.keys() or candidate.via in _SERIAL_VIAS:
        return "serial"
    if "00" in elements:
        return "package"
    if {"10", "lot", "1T"} & elements.keys():
        return "batch"
    if {"01", "02", "product", "pcn", "1P"} & elements.keys():
        return "product"
    return None
