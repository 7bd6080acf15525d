"""What one kind of operation declares: what it needs, what it does to an item, and its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from mazhi.kernel.errors import Problem
    from mazhi.kernel.posting.model import Facts, Setting


class PlaceRule(Enum):
    """What an operation does with the place."""

    NEEDED = "needed"
    OPTIONAL = "optional"
    CLEARED = "cleared"


class HolderRule(Enum):
    """What an operation does with the holder (the partner who has the item)."""

    KEPT = "kept"
    PARTNER = "partner"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class DataField:
    """One field of a request's ``data``.

    ``kind`` is text | choice | item | partner | event | list | flag | component | components; ``choices`` are the
    words allowed for a choice. A component is an item or a quantity of batch or SKU goods.
    """

    name: str
    kind: Literal["text", "choice", "item", "partner", "event", "list", "flag", "component", "components"]
    zh: str
    en: str
    required: bool = False
    choices: tuple[str, ...] = ()
    example: Any = None


@dataclass(frozen=True, slots=True)
class Epcis:
    """The operation in the words of EPCIS 2.0 / CBV 2.0."""

    event: str
    action: str
    step: str
    disposition: str


Effect = Callable[["Facts", "Setting"], "Facts | Problem"]


@dataclass(frozen=True, slots=True)
class Operation:
    """One kind of thing that can happen to an item.

    Attributes:
        use: It uses the item up or gives it away: quality must be released or conceded, no mark may block.
        blocked_into: It is refused by a blocking mark when it leads to one of these states.
        clears_into: The place is cleared when it leads to one of these states.
        on_built_in: It may be posted on a part that is built into another item.
        on_packages: A package stands for all its contents.
        chooses: The end state is chosen by ``data.to``.
        records_only: It is written down and changes nothing.
        finding: It tells how things are (a loss that was found, a mistake undone) and takes nothing from anybody, so
            that no reservation stands against it.
        quantities: Quantities of batch and SKU goods may be posted.
        single: It takes exactly one item.
        posted: It is reached by ``POST /operations/{kind}``.
        effect: What it does beyond state, place and holder.
    """

    name: str
    zh: str
    en: str
    epcis: Epcis
    place: PlaceRule = PlaceRule.OPTIONAL
    holder: HolderRule = HolderRule.KEPT
    use: bool = False
    blocked_into: frozenset[str] = frozenset()
    clears_into: frozenset[str] = frozenset()
    on_built_in: bool = False
    on_packages: bool = True
    chooses: bool = False
    records_only: bool = False
    finding: bool = False
    quantities: bool = True
    single: bool = False
    posted: bool = True
    needs_partner: bool = False
    data: tuple[DataField, ...] = ()
    effect: Effect | None = None
    icon: str = "box"


REASON = DataField("reason", "text", "原因", "Reason", example="外箱破损")
OWNER = DataField("owner", "partner", "货主", "Owner", example=None)
COMPONENTS = DataField(
    "components",
    "components",
    "装入的件",
    "Components",
    required=True,
    example=[{"item": "PB000017"}, {"product": "SCREW-M4", "quantity": 8, "from": "LINE1"}],
)
