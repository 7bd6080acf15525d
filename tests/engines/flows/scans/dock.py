"""A dock where receipts and shipments are scanned: the shop with goods, boxes, orders and a flow with a scan step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from mazhi.engines.flows.scans import store
from mazhi.engines.flows.scans.model import Want
from mazhi.engines.flows.scans.service import TaskScans
from mazhi.engines.flows.scans.views import LineView, Said, StepView
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.batches.model import Batch
from mazhi.kernel.making.birth import Births, bear
from mazhi.kernel.posting.model import NEW, ItemRef, PostRequest
from mazhi.kernel.posting.writing import Stamp
from mazhi.kernel.products.model import Product
from tests.engines.flows.shop import APP, Shop, field, members, node

ORDER = [
    field("so_no"),
    field("dealer", "partner"),
    field("where", "place"),
    field("picture", "image"),
    field("picks", "items"),
    field("box", "item"),
    field("got", "scan_list"),
    field("wanted_list", "scan_list"),
    field("order", "record", options={"form": f"{APP}/purchase"}),
    field(
        "rows", "subform",
        fields=[field("r_product", "product"), field("r_qty", "number"), field("r_batch", "batch"),
                field("r_item", "item")],
    ),
    field(
        "taken", "subform",
        fields=[field("t_product", "product"), field("t_qty", "number"), field("t_batch", "batch"),
                field("t_item", "item")],
    ),
]  # fmt: skip
LINES = {"kind": "lines", "table": "rows", "product": "r_product", "quantity": "r_qty", "batch": "r_batch"}
RECEIVE = {"kind": "receive", "place": {"field": "where"}}
SHIP = {"kind": "ship", "partner": {"field": "dealer"}, "document": {"field": "so_no"}}


def row(product: str, qty: float | None = None, **rest: Any) -> dict[str, Any]:
    """Describe a line of an order."""
    return {"r_product": product, "r_qty": qty, **{f"r_{name}": value for name, value in rest.items()}}


class Dock:
    """Short ways to scan."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        shop.furnish()
        for name in ("chen", "li"):
            shop.actors[name] = replace(shop.actors[name], rights={"items.view": None})
        system = shop.system
        system.products.create(SYSTEM, Product(code="OTHER", name="另一种", tracking="serial"))
        system.batches.create(SYSTEM, Batch(code="B2"), product="BT")
        shop.form("purchase", [field("po_no"), field("po_rows", "subform", fields=[
            field("p_product", "product"), field("p_qty", "number")])], name="采购单")  # fmt: skip
        shop.form("order", ORDER, name="单据")

    @property
    def scans(self) -> TaskScans:
        return self.shop.system.task_scans

    def stock(self, *codes: str, product: str = "WM", place: str = "A-01") -> None:
        """Make pieces and put them on a shelf."""
        self.shop.make(*codes, product=product)
        self.post("receive", *codes, place=place)

    def post(self, kind: str, *codes: str, **rest: Any) -> None:
        """Post an operation."""
        request = PostRequest(kind=kind, items=[ItemRef(code) for code in codes], **rest)
        self.shop.system.posting.post(SYSTEM, request)

    def box(self, code: str, *content: str) -> None:
        """Make a box with something in it."""
        system = self.shop.system
        (event,) = system.event_ids.take(1)
        births = Births(system.item_ids.take(1), [code], NEW._replace(kind="package", state="coded"))
        with self.shop.db.write() as tx:
            bear(tx, Stamp(event, "commission", 1, 1, "test", "", "", "", ""), births)
        if content:
            self.post("pack", *content, data={"into": code})

    def draw(self, *after: Mapping[str, Any], who: Sequence[str] = ("chen",), code: str = "f", **options: Any) -> None:
        """Publish a flow with one scan step, and perhaps more after it."""
        said = {"who": members(*who), "against": LINES, **options}
        self.shop.draw(node("scan", "scan", **said), *after, code=code, form="order")

    def draw_titled(self, code: str, title: str, *children: Mapping[str, Any]) -> None:
        """Publish a flow whose instances are called by a text with fields."""
        flows, boss = self.shop.system.flows, self.shop.actors["boss"]
        flows.create(boss, APP, code, "拣货", "order")
        tree = {**node("start", "start", *children), "options": {"title": title}}
        flows.save_draft(boss, APP, code, {"form": "order", "tree": tree}, base=0)
        flows.publish(boss, APP, code, base=0)

    def start(self, *rows: Mapping[str, Any], code: str = "f", **values: Any) -> int:
        """Start the flow on a new record and return the instance."""
        found = {"where": "A-01", "dealer": "SUP", "rows": list(rows), **values}
        number = self.shop.record("order", **found)
        return self.shop.system.running.start(self.shop.actors["boss"], APP, code, number)

    def task(self, who: str = "chen") -> int:
        """Return the last open task that somebody has."""
        return self.shop.todo(who)[-1].id

    def scan(self, raw: str, who: str = "chen", quantity: float | None = None, **rest: Any) -> Said:
        """Scan something into somebody's last open task."""
        task = rest.pop("task", None) or self.task(who)
        many = None if quantity is None else Decimal(str(quantity))
        return self.scans.scan(self.shop.actors[who], task, raw, quantity=many, **rest)

    def said(self, raw: str, who: str = "chen", **rest: Any) -> tuple[str, str]:
        """Scan something and return the answer and its code."""
        found = self.scan(raw, who, **rest)
        return found.answer, found.problem.code if found.problem else ""

    def look(self, who: str = "chen", task: int | None = None) -> StepView:
        """Return how far the step is."""
        return self.scans.look(self.shop.actors[who], task or self.task(who))

    def lines(self, who: str = "chen", *answers: str, task: int | None = None) -> Sequence[LineView]:
        """Return what was scanned, the newest first."""
        rest = (answers,) if answers else ()
        return self.scans.lines(self.shop.actors[who], task or self.task(who), *rest).rows

    def complete(self, who: str = "chen", **asked: Any) -> Any:
        """Complete somebody's last open task."""
        return self.shop.act(who, "complete", asked.pop("task", None) or self.task(who), **asked)

    def item(self, code: str) -> dict[str, Any]:
        """Describe an item."""
        return self.shop.system.items.find(SYSTEM, code)

    def recount(self, step: int) -> tuple[int, int, int, int, int, list[Want]]:
        """Count a step's lines anew: right quantity, right, wrong and duplicate lines, matched, and its lines."""
        with self.shop.db.read() as tx:
            rows = tx.rows("SELECT answer, quantity FROM flow_scan_line WHERE step_id = :step", step=step)
            wants = store.wants(tx, step)
        right = [int(one.quantity) for one in rows if one.answer == "right"]
        answers = [one.answer for one in rows]
        matched = sum(one.matched for one in wants)
        return sum(right), len(right), answers.count("wrong"), answers.count("duplicate"), matched, wants
