"""Planning the quantities of a request, and what outbound-only serials draw from the quantity stock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass

from mazhi.kernel.batches import store as batches
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.genealogy.model import BATCH, PRODUCT, Edge
from mazhi.kernel.items.store import codes_of
from mazhi.kernel.life_cycles.model import LifeCycle
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.partners import store as partners
from mazhi.kernel.places import store as places
from mazhi.kernel.posting import store
from mazhi.kernel.posting.model import (
    BUILT_IN,
    MILLION,
    QUALITIES,
    Change,
    PostRequest,
    QuantityLine,
    Setting,
    born_by_shipping,
)
from mazhi.kernel.posting.quantities import Line, Move, StockKey, decide_quantity, find_balances, to_millionths
from mazhi.kernel.posting.writing import Piece
from mazhi.kernel.products import store as products
from mazhi.kernel.products.model import Product
from mazhi.kernel.reservations.reach import takes
from mazhi.kernel.reservations.taking import Withheld, withheld

Changed = list[tuple[Piece, Change]]


def plan_quantities(
    tx: Tx, request: PostRequest, setting: Setting, changed: Changed
) -> tuple[Changed, list[Move], int, list[Problem]]:
    """Plan the quantity lines, and the draw of serials that are born when shipped.

    Returns:
        The items that stay accepted, the moves, how many lines are accepted, and the refusals.
    """
    born = [pair for pair in changed if born_by_shipping(pair[0].facts, setting)]
    if not request.quantities and not born:
        return changed, [], 0, []
    named = [(f"/quantities/{index}", line) for index, line in enumerate(request.quantities)]
    lines, refused = resolve_lines(tx, named, setting)
    lines, uncaptured = _captured(tx, request, lines)
    refused += uncaptured
    wanted = {line.product.id for _, line in lines} | {piece.facts.product_id for piece, _ in born}
    if setting.operation.records_only:
        return changed, [], len(lines), refused
    pool = Pool.lock(tx, setting, wanted)
    moves: list[Move] = []
    accepted = 0
    for pointer, line in lines:
        answer = pool.decide(line, setting)
        if isinstance(answer, Problem):
            refused.append(Problem(answer.code, answer.params, pointer, line.product.code))
            continue
        pool.apply(answer)
        moves += answer
        accepted += 1
    short, drawn = _draw(born, setting, pool.free)
    refused += short
    gone = {problem.item for problem in short}
    kept = [pair for pair in changed if pair[0].given not in gone] if short else changed
    return kept, [*moves, *drawn], accepted, refused


@dataclass(slots=True)
class Pool:
    """The balances of some products while lines draw from them: all that is there, and what others have not reserved.

    Attributes:
        whole: What is there.
        free: What of it is not reserved for other documents.
        others: Whose the rest is.
    """

    whole: dict[StockKey, int]
    free: dict[StockKey, int]
    others: Withheld

    @classmethod
    def lock(cls, tx: Tx, setting: Setting, wanted: Collection[int]) -> Pool:
        """Lock the balances of products."""
        balances = store.lock_pool(tx, wanted) if wanted else {}
        others = withheld(tx, setting.document, wanted, StockKey)
        return cls(balances, others.free(balances) if others.quantities else balances, others)

    def decide(self, line: Line, setting: Setting, role: str | None = None) -> list[Move] | Problem:
        """Judge one line; what would take it from whom it is reserved for draws only from what is free."""
        answer = decide_quantity(line, setting, self.whole, role)
        if isinstance(answer, Problem) or self.free is self.whole:
            return answer
        cycle = setting.cycle(line.product.id)
        if not any(m.source is not None and takes(setting.operation, cycle, m.source, m.target) for m in answer):
            return answer
        free = decide_quantity(line, setting, self.free, role)
        return self.others.problem(line.product.id, line.batch_id) if isinstance(free, Problem) else free

    def apply(self, moves: Sequence[Move]) -> None:
        """Let the next line see what these have left."""
        for move in moves:
            apply(move, self.whole)
            if self.free is not self.whole:
                apply(move, self.free)


def _draw(
    born: Sequence[tuple[Piece, Change]], setting: Setting, balances: dict[StockKey, int]
) -> tuple[list[Problem], list[Move]]:
    """Take one unit out of the quantity stock for each piece that is born by this shipment."""
    refused: list[Problem] = []
    counts: dict[StockKey, int] = {}
    for piece, _ in born:
        facts = piece.facts
        wanted = StockKey(facts.product_id, facts.batch_id, 0, "in_stock", "released", facts.owner_id, 0)
        found = find_balances(wanted, MILLION, setting, balances)
        if isinstance(found, Problem):
            refused.append(Problem(found.code, found.params, piece.pointer, piece.given))
            continue
        for key, amount in found:
            balances[key] -= amount
            counts[key] = counts.get(key, 0) + amount
    return refused, [Move(key.product_id, key.batch_id, key, None, n) for key, n in counts.items()]


def apply(move: Move, balances: dict[StockKey, int]) -> None:
    """Let the next line see what this one has left."""
    if move.source is not None:
        balances[move.source] = balances.get(move.source, 0) - move.quantity
    if move.target is not None:
        balances[move.target] = balances.get(move.target, 0) + move.quantity


def resolve_lines(
    tx: Tx, named: Sequence[tuple[str, QuantityLine]], setting: Setting
) -> tuple[list[tuple[str, Line]], list[Problem]]:
    """Look up the codes of quantity lines, each with its pointer; refuse what there is none of."""
    every = [line for _, line in named]
    known = products.by_codes(tx, {line.product for line in every}) if every else {}
    setting.products = {**setting.products, **{product.id: product for product in known.values()}}
    pairs = {(known[line.product].id, line.batch) for line in every if line.batch and line.product in known}
    found = batches.by_codes(tx, pairs) if pairs else {}
    setting.batches = {**setting.batches, **{batch.id: batch for batch in found.values()}}
    owners = partners.by_codes(tx, {line.owner for line in every if line.owner})
    master_data.mark_used(tx, products.product, known.values())
    master_data.mark_used(tx, batches.batch, found.values())
    good: list[tuple[str, Line]] = []
    refused: list[Problem] = []
    for pointer, line in named:
        product = known.get(line.product)
        if product is None:
            refused.append(Problem("unknown_product", {"item": line.product}, pointer, line.product))
            continue
        amount = to_millionths(line.quantity, signed=setting.operation.name == "adjust")
        batch = found.get((product.id, line.batch or ""))
        wrong = _wrong(product, line.batch, batch is not None)
        if isinstance(amount, Problem):
            wrong = wrong or amount
        if line.owner and line.owner not in owners:
            wrong = wrong or Problem("unknown_partner", {"item": line.owner})
        wrong = wrong or _wrong_words(line, setting.cycle(product.id))
        if wrong is not None or isinstance(amount, Problem):
            assert wrong is not None  # noqa: S101 - for the type checker
            refused.append(Problem(wrong.code, wrong.params, pointer, line.product))
            continue
        owner_id = owners[line.owner].id if line.owner else 0
        good.append((pointer, Line(product, batch.id if batch else 0, amount, owner_id, line.quality, line.state)))
    return good, refused


def lines_inside(tx: Tx, edges: Iterable[Edge], setting: Setting) -> list[Line]:
    """Return the quantities that these edges hold, as lines, one for each batch and product."""
    held: Counter[tuple[str, int]] = Counter()
    for edge in edges:
        held[edge.child_kind, edge.child_id] += edge.quantity
    found = batches.by_ids(tx, {child for kind, child in held if kind == BATCH})
    setting.batches = {**setting.batches, **found}
    wanted = {child for kind, child in held if kind == PRODUCT} | {batch.product_id for batch in found.values()}
    known = products.by_ids(tx, wanted)
    setting.products = {**setting.products, **known}
    return [
        Line(known[found[child].product_id], child, quantity) if kind == BATCH else Line(known[child], 0, quantity)
        for (kind, child), quantity in sorted(held.items())
    ]


def _wrong_words(line: QuantityLine, cycle: LifeCycle) -> Problem | None:
    """Refuse a quality or a state that there is none of, before it gets into the books."""
    if line.quality is not None and line.quality not in QUALITIES:
        return Problem("wrong_value", {"field": "quality", "allowed": ", ".join(QUALITIES)})
    # What is built in is inside a unit, and comes out of it only by taking it out of that unit.
    states = [state.code for state in cycle.states if state.code != BUILT_IN]
    if line.state is not None and line.state not in states:
        return Problem("wrong_value", {"field": "state", "allowed": ", ".join(states)})
    return None


def _around(tx: Tx, request: PostRequest) -> list[str]:
    """Return the codes of the place where it happens and of those around it, the innermost first."""
    code = request.from_place or request.place
    place = places.by_codes(tx, [code]).get(code) if code else None
    if place is None:
        return []
    ids = [int(one) for one in place.path.strip("/").split("/") if one]
    codes = codes_of(tx, "place", ids)
    return [codes[one] for one in reversed(ids) if one in codes]


def _captured(
    tx: Tx, request: PostRequest, lines: Sequence[tuple[str, Line]]
) -> tuple[list[tuple[str, Line]], list[Problem]]:
    """Refuse a mere quantity where the capture rule of a product wants the serial numbers."""
    ruled = any(line.product.tracking == "serial" and line.product.capture.rules for _, line in lines)
    around = _around(tx, request) if ruled else []
    good: list[tuple[str, Line]] = []
    refused: list[Problem] = []
    for pointer, line in lines:
        product = line.product
        mode = product.capture.mode(request.kind, around, default="optional")
        if product.tracking == "serial" and mode == "required":
            refused.append(Problem("serials_needed", {"product": product.code}, pointer, product.code))
        else:
            good.append((pointer, line))
    return good, refused


def uncaptured(
    tx: Tx, request: PostRequest, setting: Setting, changed: Changed, named: Container[int]
) -> tuple[Changed, list[Problem]]:
    """Refuse pieces that were scanned where the capture rule says that only the quantity is written down.

    That can only be where a quantity may stand for pieces; what is in a package goes with the package.
    """
    ruled = {i for i, one in setting.products.items() if one.capture.outbound_only and one.capture.rules}
    if not ruled:
        return changed, []
    around = _around(tx, request)
    plain = {i for i in ruled if setting.products[i].capture.mode(request.kind, around, default="optional") == "none"}
    if not plain:
        return changed, []
    good: Changed = []
    refused: list[Problem] = []
    for piece, change in changed:
        if piece.facts.product_id in plain and piece.id in named:
            facts = {"product": setting.products[piece.facts.product_id].code, "operation": request.kind}
            refused.append(Problem("serials_unwanted", dict(facts), piece.pointer, piece.given))
        else:
            good.append((piece, change))
    return good, refused


def _wrong(product: Product, batch: str | None, found: bool) -> Problem | None:
    if product.tracking == "serial" and not product.capture.outbound_only:
        return Problem("wrong_product", {"product": product.code, "why": "serial"})
    if batch and not found:
        return Problem("unknown_batch", {"item": batch, "product": product.code})
    if product.has_batches and not batch:
        return Problem("batch_needed", {"product": product.code})
    return None
