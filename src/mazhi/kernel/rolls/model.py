"""What a label roll is made of, and what binding one of its labels comes to. No database here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from mazhi.kernel.errors import Problem
from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.posting.model import ItemRef

RIGHT = "rolls.edit"
OWN = "own"
PartKind = Literal["piece", "alias", "package"]
"""What a label is stuck on: the piece itself, the piece once more under another code, or a package around pieces."""
State = Literal["ready", "issued", "bound", "spoiled"]
KINDS = ("piece", "alias", "package")
STATES = ("ready", "issued", "bound", "spoiled")
MOST_LABELS = 100_000
MOST_IN_A_SET = 1_000
MOST_PARTS = 6
MOST_SCANS = 200
REASONS = ("torn", "misprint", "unreadable", "lost", "trial", "other")
"""Why a label is spoiled; the words for people are the screen's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One kind of label in every set of a roll.

    Attributes:
        name: What people call it: 机身, 彩盒, 外箱.
        count: So many of them are in one set.
        namespace: Where the code is an identifier; ``own`` for pieces and packages.
        package_type: The code of the type of the packages; None: of no type.
        rule: The rule that made the codes; None: they were given.
    """

    name: str
    kind: PartKind
    count: int = 1
    namespace: str = OWN
    package_type: str | None = None
    rule: str | None = None

    def body(self) -> dict[str, Any]:
        """Write it as plain data, for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPart(Part):
    """A part with where its codes come from: a rule with ``fields``, or ``codes`` as people type them."""

    fields: Mapping[str, str] = field(default_factory=dict)
    codes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRoll:
    """A roll to be made; ``sets`` may be left out where all codes are given."""

    code: str
    name: str = ""
    product: str
    sets: int | None = None
    parts: Sequence[NewPart]


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """A label roll (标签卷): ``sets`` sets of linked labels, each with the same parts."""

    id: int
    code: str
    name: str
    product_id: int
    parts: tuple[Part, ...]
    sets: int
    created_at: int
    version: int = 1

    @property
    def piece(self) -> int:
        """Return which part is the piece's own label."""
        return next(place for place, part in enumerate(self.parts) if part.kind == "piece")


def check_new(new: NewRoll, checks: Checks) -> None:
    """Note everything that is wrong with a roll to be made, as far as no data is needed to tell."""
    checks.code("/code", new.code)
    checks.text("/name", new.name)
    if not 1 <= len(new.parts) <= MOST_PARTS:
        checks.fault("/parts", "number_out_of_range", value=len(new.parts), least=1, most=MOST_PARTS)
    if sum(part.kind == "piece" for part in new.parts) != 1:
        checks.fault("/parts", "roll_one_piece_part")
    if new.sets is not None and not 1 <= new.sets <= MOST_LABELS:
        checks.fault("/sets", "number_out_of_range", value=new.sets, least=1, most=MOST_LABELS)
    for place, part in enumerate(new.parts):
        _check_part(part, f"/parts/{place}", checks)
    _check_links(new.parts, checks)
    for what in ("name", "namespace"):
        values = [getattr(part, what) for part in new.parts if what == "name" or part.kind == "alias"]
        if len(set(values)) < len(values):
            checks.fault("/parts", f"roll_same_{what}")
    in_a_set = sum(max(part.count, 0) for part in new.parts)
    if in_a_set > MOST_IN_A_SET or in_a_set * (new.sets or 1) > MOST_LABELS:
        checks.fault("/sets", "roll_too_large", most=MOST_LABELS, most_in_a_set=MOST_IN_A_SET)
    if new.sets is None and any(part.codes is None for part in new.parts):
        checks.fault("/sets", "text_missing")


def _check_part(part: NewPart, pointer: str, checks: Checks) -> None:
    checks.one_of(f"{pointer}/kind", part.kind, KINDS)
    checks.text(f"{pointer}/name", part.name, limit=64, needed=True)
    if not 1 <= part.count <= MOST_IN_A_SET:
        checks.fault(f"{pointer}/count", "number_out_of_range", value=part.count, least=1, most=MOST_IN_A_SET)
    if (part.rule is None) == (part.codes is None):
        checks.fault(f"{pointer}/rule", "rule_or_codes")
    checks.code(f"{pointer}/namespace", part.namespace)
    if (part.kind == "alias") == (part.namespace == OWN):
        checks.fault(f"{pointer}/namespace", "roll_alias_namespace" if part.kind == "alias" else "roll_own_namespace")
    if part.package_type is not None and part.kind != "package":
        checks.fault(f"{pointer}/package_type", "type_without_package")


def _check_links(parts: Sequence[NewPart], checks: Checks) -> None:
    """Labels are linked by counting: as many aliases as pieces, and each package holds the same number."""
    inner = next((part.count for part in parts if part.kind == "piece"), 1)
    pieces = inner
    for place, part in enumerate(parts):
        if part.kind == "alias" and part.count != pieces:
            checks.fault(f"/parts/{place}/count", "roll_alias_count", pieces=pieces)
        if part.kind == "package" and part.count >= 1:
            if inner % part.count:
                checks.fault(f"/parts/{place}/count", "roll_package_count", inner=inner, count=part.count)
            inner = part.count


class Label(NamedTuple):
    """One label: the ``ordinal``-th of its part in its set, both counted from 1."""

    code: str
    namespace: str
    roll_id: int
    set_number: int
    part: int
    ordinal: int
    state: State
    issue: int
    item_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class Scan:
    """One label that was scanned to be bound; ``item``: the piece it is stuck on, where that exists already."""

    label: str
    item: ItemRef | None = None
    whole_set: bool = False


class Piece(NamedTuple):
    """A piece whose labels are bound now: its own, those of its aliases, and the scan that asked for it."""

    label: Label
    aliases: tuple[Label, ...]
    pointer: str
    item: ItemRef | None


@dataclass(slots=True)
class Binding:
    """What scans come to.

    Attributes:
        pieces: Pieces whose labels are bound.
        packages: Labels of packages that come into being with them.
        packs: What goes into which package, the innermost packages first.
    """

    pieces: list[Piece] = field(default_factory=list)
    packages: list[Label] = field(default_factory=list)
    packs: list[tuple[Label, list[Label]]] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)


def plan_binding(rolls: Mapping[int, Roll], labels: Sequence[Label], scans: Sequence[Scan]) -> Binding:
    """Say what binding these labels comes to; ``labels`` are all those of the sets concerned."""
    planner = _Planner(rolls, labels)
    for place, scan in enumerate(scans):
        planner.scan(scan, f"/scans/{place}")
    planner.pack()
    return planner.found


class _Planner:
    def __init__(self, rolls: Mapping[int, Roll], labels: Sequence[Label]) -> None:
        self._rolls = rolls
        self._by_code: dict[str, list[Label]] = {}
        self._at: dict[tuple[int, int, int, int], Label] = {}
        for label in labels:
            self._by_code.setdefault(label.code, []).append(label)
            self._at[label.roll_id, label.set_number, label.part, label.ordinal] = label
        self._taken: dict[Label, str] = {}
        self.found = Binding()

    def scan(self, scan: Scan, pointer: str) -> None:
        """Add what one scan asks for, or why it cannot be."""
        known = self._by_code.get(scan.label, ())
        if len({(label.roll_id, label.set_number, label.ordinal) for label in known}) != 1:
            self._refuse("ambiguous_item" if known else "not_on_a_roll", pointer, scan.label, namespaces="")
            return
        label = min(known, key=lambda one: one.namespace != OWN)  # an alias may repeat its piece's code
        roll = self._rolls[label.roll_id]
        if not (scan.whole_set and label.state == "bound") and not self._free(label, roll, pointer):
            return
        pieces = self._pieces(label, roll, whole_set=scan.whole_set)
        if scan.item is not None and (scan.whole_set or roll.parts[label.part].kind == "package"):
            self._refuse("roll_item_for_many", pointer, label.code)
            return
        open_ = [piece for piece in pieces if piece.state == "issued" and piece not in self._taken]
        if not open_ and pieces:
            self._occupied(pieces[0], roll, pointer, scan.label)
        for piece in open_:
            self._taken[piece] = scan.label
            aliases = tuple(other for other in self._aliases(piece, roll) if other.state == "issued")
            self.found.pieces.append(Piece(piece, aliases, pointer, scan.item))

    def _pieces(self, label: Label, roll: Roll, *, whole_set: bool) -> list[Label]:
        """Return the labels of the pieces that a label stands for: one, those in a package, or the whole set."""
        count = roll.parts[roll.piece].count
        part = roll.parts[label.part]
        first, last = 1, count
        if not whole_set:
            each = count // part.count if part.kind == "package" else 1
            first, last = (label.ordinal - 1) * each + 1, label.ordinal * each
        return [
            found
            for ordinal in range(first, last + 1)
            if (found := self._at.get((roll.id, label.set_number, roll.piece, ordinal))) is not None
        ]

    def _aliases(self, piece: Label, roll: Roll) -> Iterable[Label]:
        for place, part in enumerate(roll.parts):
            if part.kind == "alias":
                yield self._at[roll.id, piece.set_number, place, piece.ordinal]

    def _free(self, label: Label, roll: Roll, pointer: str) -> bool:
        # The label of a package that is there already still stands for what is yet to come into it.
        if label.state == "issued" or (label.state == "bound" and roll.parts[label.part].kind == "package"):
            return True
        self._occupied(label, roll, pointer, label.code)
        return False

    def _occupied(self, label: Label, roll: Roll, pointer: str, scanned: str) -> None:
        facts = {"roll": roll.code, "set": label.set_number, "part": roll.parts[label.part].name}
        if label in self._taken:
            self._refuse("duplicate_in_request", pointer, scanned, first=self._taken[label])
        elif label.state == "bound":
            self._refuse("label_bound", pointer, scanned, **facts)
        elif label.state == "spoiled":
            self._refuse("label_spoiled", pointer, scanned, reason=label.reason, **facts)
        else:
            self._refuse("label_not_issued", pointer, scanned, **facts)

    def pack(self) -> None:
        """Link what is bound to its mothers, level by level: a mother that is not there yet comes into being."""
        level = [piece.label for piece in self.found.pieces]
        packs: dict[Label, list[Label]] = {}
        while level:
            outer: dict[Label, list[Label]] = {}
            for child in level:
                mother = self._mother(child)
                if mother is not None:
                    outer.setdefault(mother, []).append(child)
            level = []
            for mother, children in outer.items():
                packs.setdefault(mother, []).extend(children)
                if mother.state == "issued" and mother not in self._taken:
                    self._taken[mother] = mother.code
                    self.found.packages.append(mother)
                    level.append(mother)
        self.found.packs = sorted(packs.items(), key=lambda pack: (pack[0].part, pack[0][2:]))

    def _mother(self, child: Label) -> Label | None:
        """Return the nearest package label around a label that is in use or may be; torn ones are passed over."""
        roll = self._rolls[child.roll_id]
        count = roll.parts[child.part].count
        inner = child.part if roll.parts[child.part].kind == "package" else -1
        for place, part in enumerate(roll.parts):
            if part.kind == "package" and place > inner:
                ordinal = (child.ordinal - 1) * part.count // count + 1
                label = self._at[roll.id, child.set_number, place, ordinal]
                if label.state in {"issued", "bound"}:
                    return label
        return None

    def _refuse(self, code: str, pointer: str, item: str, **params: object) -> None:
        self.found.refused.append(Problem(code, params, pointer, item))


@dataclass(frozen=True, slots=True)
class Count:
    """How many labels of one part went where; it always adds up.

    Attributes:
        made: How many there are.
        ready: Not yet given out, or given back.
        spoiled_before: Spoiled before they were given out.
        issued: Given out, each time anew.
        returned: Given back.
        left: Given out, and neither bound nor spoiled nor given back.
        missing: Those of them that were passed over: labels of later sets of the same issue are used already.
    """

    made: int = 0
    ready: int = 0
    spoiled_before: int = 0
    issued: int = 0
    bound: int = 0
    spoiled: int = 0
    returned: int = 0
    left: int = 0
    missing: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    @property
    def adds_up(self) -> bool:
        """Tell whether every label is somewhere: made, and of those given out."""
        return (
            self.issued == self.bound + self.spoiled + self.returned + self.left
            and self.made == self.ready + self.spoiled_before + self.bound + self.spoiled + self.left
        )
