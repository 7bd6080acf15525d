"""Whatever people scan, take back and let pass: the counters are a recount, and what is posted is what was right."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import pytest

from mazhi.kernel.access.model import Actor
from mazhi.kernel.errors import ConflictError
from tests.engines.flows.scans.dock import LINES, Dock, row
from tests.engines.flows.shop import members, node

AGAINST = {**LINES, "item": "r_item"}
PIECES = [f"W{number}" for number in range(1, 9)]
OTHERS = ["O1", "O2"]
BOXED = ["W7", "W8"]
BATCHES = ["B1", "B2"]


@dataclass
class Model:
    """What a careful person with a pencil would keep: what is expected, and what was taken."""

    rows: list[dict[str, Any]]
    policies: dict[str, str]
    tolerance: int
    taken: dict[str, str] = field(default_factory=dict)
    quantities: dict[tuple[str, str], int] = field(default_factory=dict)

    def lines(self, product: str, batch: str | None = None) -> int:
        """Return how much of a product (of one batch only, or of any) the lines want that name no piece."""
        return sum(
            int(one["r_qty"]) for one in self.rows
            if one["r_product"] == product and not one.get("r_item") and (one.get("r_batch") or "") == (batch or "")
        )  # fmt: skip

    def named(self) -> set[str]:
        return {one["r_item"] for one in self.rows if one.get("r_item")}

    def totals(self, product: str) -> dict[str, int]:
        """Return what was taken of a product beside what lines name, by batch."""
        if product in {"BT", "SKU"}:
            return {batch: many for (code, batch), many in self.quantities.items() if code == product}
        return {"": sum(one == product and code not in self.named() for code, one in self.taken.items())}

    def matched(self) -> int:
        total = len(self.named() & self.taken.keys())
        for product in ("WM", "OTHER", "BT", "SKU"):
            rest = 0
            for batch, many in self.totals(product).items():
                own = min(many, self.lines(product, batch)) if batch else 0
                total += own
                rest += many - own
            total += min(rest, self.lines(product))
        return total

    def says(self, policy: str) -> bool:
        """Tell whether something that is wrong is taken all the same."""
        return self.policies.get(policy, "refuse") != "refuse"

    def takes(self, product: str, batch: str, many: int, code: str = "") -> bool:
        """Tell whether something more is taken."""
        if code in self.named():
            return True
        wanted = any(one["r_product"] == product and not one.get("r_item") for one in self.rows)
        if not wanted:
            listed = product == "WM" and bool(self.named())
            return self.says("extra" if listed else "wrong_product")
        mine, any_ = (self.lines(product, batch) if batch else 0), self.lines(product)
        if not mine and not any_:
            return self.says("wrong_batch")
        totals = self.totals(product)
        totals[batch] = totals.get(batch, 0) + many
        if any_:
            beyond = sum(many - min(many, self.lines(product, b) if b else 0) for b, many in totals.items()
                         if b == batch or self.lines(product, b) or any_)  # fmt: skip
            over = beyond - any_
        else:
            over = totals[batch] - mine
        grown = over > 0
        return not grown or over <= int((mine + any_) * self.tolerance / 100) or self.says("extra")

    def scan(self, code: str, many: int) -> str:
        if code == "BX":
            return self._box()
        if code in BATCHES or code == "SKU":
            product, batch = ("SKU", "") if code == "SKU" else ("BT", code)
            if not self.takes(product, batch, many):
                return "wrong"
            self.quantities[product, batch] = self.quantities.get((product, batch), 0) + many
            return "right"
        if code in self.taken:
            return "duplicate"
        product = "OTHER" if code in OTHERS else "WM"
        if not self.takes(product, "", 1, code):
            return "wrong"
        self.taken[code] = product
        return "right"

    def _box(self) -> str:
        new = [code for code in BOXED if code not in self.taken]
        if not new:
            return "duplicate"
        kept = dict(self.taken)
        if any(self.scan(code, 1) != "right" for code in new):
            self.taken = kept
            return "wrong"
        return "right"


class Game:
    """A few people scan at random, beside the model."""

    def __init__(self, dock: Dock, dice: random.Random, code: str) -> None:
        self.dock, self.dice = dock, dice
        rows = [row("WM", dice.randint(1, 5)) for _ in range(dice.randint(0, 1))]
        rows += [row("WM", 1, item=code) for code in dice.sample(PIECES, dice.randint(0, 3))]
        rows += [row("BT", dice.randint(1, 5), batch=one) for one in BATCHES if dice.random() < 0.5]
        rows += [row("BT", dice.randint(1, 5)) for _ in range(dice.randint(0, 1))]
        rows += [row("SKU", dice.randint(1, 9))]
        dice.shuffle(rows)
        names = ("extra", "wrong_product", "wrong_batch")
        policies = {one: dice.choice(["refuse", "refuse", "warn", "pass"]) for one in names}
        tolerance = dice.choice([0, 0, 50])
        self.model = Model(rows, policies, tolerance)
        receive = {"kind": "receive", "place": {"field": "where"}}
        dock.shop.draw(
            node("scan", "scan", who=members("chen", "li"), against=AGAINST, policies=policies,
                 tolerance={"extra": tolerance}, operation=receive),
            code=code, form="order",
        )  # fmt: skip
        self.instance = dock.start(*rows, code=code)
        self.tasks = {who: dock.task(who) for who in ("chen", "li")}
        self.step = dock.shop.todo("chen")[-1].step_id
        self.right: list[tuple[int, str, int]] = []

    def turn(self) -> None:
        who = self.dice.choice(["chen", "li"])
        if self.right and self.dice.random() < 0.2:
            self._undo(who)
        else:
            self._scan(who)
        self.check()

    def _scan(self, who: str) -> None:
        code = self.dice.choice([*PIECES, *OTHERS, *BATCHES, *BATCHES, "SKU", "BX"])
        goods = code in BATCHES or code == "SKU"
        many = self.dice.randint(1, 4) if goods else 1
        before = {*self.model.taken}
        expected = self.model.scan(code, many)
        key = f"{self.step}-{self.dice.random()}"
        found = self.dock.scan(code, who, many if goods else None, task=self.tasks[who], client_key=key)
        assert (found.answer, code) == (expected, code)
        again = self.dock.scan(code, who, many if goods else None, task=self.tasks[who], client_key=key)
        assert (again.answer, again.done, again.missing) == (found.answer, found.done, found.missing)
        assert found.missing == self.dock.look(task=self.tasks[who]).missing
        if found.answer == "right" and found.line is not None:
            self.right.append((found.line.seq, code, many))
            self.boxed = {*self.model.taken} - before

    def _undo(self, who: str) -> None:
        seq, code, many = self.right.pop(self.dice.randrange(len(self.right)))
        lines = self.dock.lines(who, "right", task=self.tasks[who])
        gone = [one.item for one in lines if one.seq == seq or one.box == code == "BX"]
        self.dock.scans.undo(self.dock.shop.actors[who], self.tasks[who], seq)
        if code in BATCHES or code == "SKU":
            key = ("SKU", "") if code == "SKU" else ("BT", code)
            self.model.quantities[key] -= many
        else:
            for item in gone if code == "BX" else [code]:
                self.model.taken.pop(item or "", None)

    def check(self) -> None:
        """Compare the counters with a recount, and with the model."""
        view = self.dock.look(task=self.tasks["chen"])
        done, _, wrong, twice, matched, wants = self.dock.recount(self.step)
        million = 1_000_000
        assert (view.done * million, view.wrong, view.duplicates) == (done, wrong, twice)
        assert view.missing * million == sum(one.expected for one in wants) - matched
        assert matched == self.model.matched() * million
        assert view.done == len(self.model.taken) + sum(self.model.quantities.values())

    def finish(self) -> None:
        """Complete it: with everything there, or else only after somebody let it pass."""
        missing = self.dock.look(task=self.tasks["chen"]).missing
        nothing = not self.model.taken and not any(self.model.quantities.values())
        if missing or nothing:
            with pytest.raises(ConflictError) as caught:
                self.dock.complete(task=self.tasks["chen"])
            assert caught.value.code == "scans_missing"
            boss = Actor("boss", 1, everything=True)
            self.dock.scans.override(boss, self.tasks["chen"], "missing", "测试")
        self.dock.complete("li", task=self.tasks["li"])
        assert self.dock.shop.instance(self.instance).state == "done"
        step = self.dock.shop.steps(self.instance, "done")[-1]
        held = {code for code in [*PIECES, *OTHERS] if self.dock.item(code)["state"] == "in_stock"}
        assert held == {*self.model.taken}
        with self.dock.shop.db.read() as tx:
            moved = tx.tuples(
                "SELECT p.code, coalesce(b.code, ''), sum(m.quantity) FROM stock_move m "
                "JOIN product p ON p.id = m.product_id LEFT JOIN batch b ON b.id = m.batch_id "
                "WHERE m.event_id = :event AND p.code IN ('BT', 'SKU') GROUP BY p.code, b.code",
                event=step.event_id or 0,
            )
        posted = {(product, batch): int(many) for product, batch, many in moved}
        assert posted == {key: many * 1_000_000 for key, many in self.model.quantities.items() if many}
        if step.event_id is not None:
            self.dock.post("correct", data={"event": str(step.event_id), "reason": "again"})


def test_counters_are_a_recount_and_what_is_posted_is_what_was_right(dock: Dock) -> None:
    dock.shop.make(*PIECES)
    dock.shop.make(*OTHERS, product="OTHER")
    dock.box("BX", *BOXED)
    for seed in range(4):
        game = Game(dock, random.Random(seed), f"f{seed}")
        for _ in range(18):
            game.turn()
        game.finish()
