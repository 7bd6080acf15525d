"""A scan task of thousands of serial numbers, ready to be scanned and completed with its posting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from mazhi.bootstrap import System
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.access.users import NewUser
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.making.model import MakeRequest
from mazhi.kernel.places.model import Place
from mazhi.kernel.products.model import Product

APP, FORM, FLOW = "scanning", "arrival", "check"


@dataclass(frozen=True, slots=True)
class ScanTask:
    """A task, who has it, and every code that is expected."""

    actor: Actor
    task: int
    codes: list[str]


def prepare(system: System, count: int = 5_000, name: str = "A") -> ScanTask:
    """Make serial numbers, and start a flow whose scan step expects exactly these and receives them at its end."""
    actor = _draw(system)
    codes = [f"{name}{number:06d}" for number in range(1, count + 1)]
    system.making.make(SYSTEM, MakeRequest(product="BENCH-WM", codes=f"{codes[0]}-{codes[-1]}", count=count))
    wanted = system.scan_lists.open(actor, f"{APP}/{FORM}", "wanted").id
    system.scan_lists.batch(actor, wanted, codes)
    (record,) = system.records.create(actor, APP, FORM, [{"wanted": wanted}])
    instance = system.running.start(actor, APP, FLOW, record)
    with system.db.read() as tx:
        task = tx.scalar("SELECT id FROM flow_task WHERE instance_id = :id AND state = 'open'", id=instance)
    return ScanTask(actor, int(task), codes)


def _draw(system: System) -> Actor:
    """Publish the form and the flow, unless they are there."""
    try:
        system.access.users.create(SYSTEM, NewUser(username="scanner", name="扫码员", roles=("admin",)))
    except ConflictError:
        return _actor(system)
    system.products.create(SYSTEM, Product(code="BENCH-WM", name="水表", tracking="serial"))
    system.places.create(SYSTEM, Place(code="BENCH-WH", name="成品仓", kind="warehouse"))
    system.forms.create_app(SYSTEM, APP, "扫码")
    field = {"id": str(uuid5(NAMESPACE_OID, "wanted")), "code": "wanted", "kind": "scan_list", "title": "应到"}
    system.forms.create(SYSTEM, APP, FORM, "到货单", {"fields": [field]})
    system.forms.publish(SYSTEM, APP, FORM, base=0)
    scan: dict[str, Any] = {
        "who": {"ways": [{"kind": "member", "values": ["scanner"]}]},
        "against": {"kind": "items", "field": "wanted"},
        "operation": {"kind": "receive", "place": {"value": "BENCH-WH"}},
    }
    step = {"id": "scan", "kind": "scan", "title": "核对", "options": scan, "children": []}
    tree = {"id": "start", "kind": "start", "title": "发起", "options": {}, "children": [step]}
    system.flows.create(SYSTEM, APP, FLOW, "收货核对", FORM)
    system.flows.save_draft(SYSTEM, APP, FLOW, {"form": FORM, "tree": tree}, base=0)
    system.flows.publish(SYSTEM, APP, FLOW, base=0)
    return _actor(system)


def _actor(system: System) -> Actor:
    with system.db.read() as tx:
        number = tx.scalar("SELECT id FROM user_account WHERE username = 'scanner'")
    return Actor("scanner", user_id=int(number), everything=True)
