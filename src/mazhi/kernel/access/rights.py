"""The catalogue of rights (权限) and the roles that a new system starts with."""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import cache

from mazhi.kernel import operations

PLAIN = (
    "items.view",
    "items.make",
    "items.import",
    "ledger.late_entry",
    "ledger.close_period",
    "ledger.verify",
    "ledger.personal",
    "ledger.erase",
    "products.edit",
    "places.edit",
    "partners.edit",
    "batches.edit",
    "life_cycles.edit",
    "codes.edit",
    "rolls.edit",
    "users.manage",
    "audit.view",
    "jobs.view",
    "recalls.view",
    "recalls.manage",
    "counts.manage",
    "counts.approve",
    "reservations.manage",
    "apps.edit",
    "flows.manage",
    "flows.override_scan",
    "flows.scan_by_hand",
    "labels.edit",
    "labels.print",
    "labels.reprint",
    "printers.edit",
)


_BY_PLACE = frozenset({"items.view", "items.make", "counts.manage", "counts.approve"})


@cache
def catalogue() -> tuple[str, ...]:
    """Return every right there is: the plain ones, and one per kind of operation."""
    kinds = sorted(found.name for found in pkgutil.iter_modules(operations.__path__))
    return (*PLAIN, *(f"operation.{kind}" for kind in kinds))


def by_place(right: str) -> bool:
    """Tell whether a right may be given for some places only; the others would be meaningless there."""
    return right in _BY_PLACE or right.startswith("operation.")


@dataclass(frozen=True, slots=True)
class SeedRole:
    """A role that a new system starts with; the user may change it."""

    code: str
    name: str
    rights: tuple[str, ...] = ()
    everything: bool = False


def _operations(*kinds: str) -> tuple[str, ...]:
    return tuple(f"operation.{kind}" for kind in kinds)


SEED_ROLES = (
    SeedRole("admin", "管理员", everything=True),
    SeedRole(
        "keeper",
        "仓管",
        (
            "items.view", "items.import", "batches.edit", "places.edit", "rolls.edit", "jobs.view", "labels.print",
            "labels.reprint", "counts.manage", "reservations.manage",
            *_operations(
                "receive", "putaway", "move", "pick", "issue", "pack", "unpack", "ship", "return_",
                "check_out", "check_in", "count", "adjust", "relabel", "hold",
            ),
        ),
    ),
    SeedRole(
        "line",
        "产线",
        (
            "items.view", "items.make", "batches.edit", "jobs.view", "labels.print",
            *_operations(
                "commission", "receive", "putaway", "move", "issue", "assemble", "disassemble", "install",
                "remove", "swap", "pack", "unpack", "relabel", "hold", "scrap",
            ),
        ),
    ),
    SeedRole(
        "service",
        "客服",
        (
            "items.view", "partners.edit", "labels.print",
            *_operations(
                "activate", "return_", "repair_in", "repair_out", "swap", "install", "remove", "exchange",
                "check_out", "check_in", "relabel",
            ),
        ),
    ),
    SeedRole(
        "quality",
        "质检",
        (
            "items.view", "audit.view", "ledger.verify", "batches.edit", "recalls.view", "recalls.manage",
            "labels.print", "labels.reprint",
            *_operations("inspect", "hold", "release", "scrap", "move", "recall_mark", "recall_clear"),
        ),
    ),
    SeedRole("viewer", "只读", ("items.view", "jobs.view")),
)  # fmt: skip
