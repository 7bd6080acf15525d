"""A small company that runs flows: users, roles, goods, an app with forms, and every service over one database."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from mazhi.bootstrap import Settings, System, build
from mazhi.engines.flows import store
from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.state import Instance, Step, Task
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.access.rights import SEED_ROLES
from mazhi.kernel.access.store import role, user_account, user_role
from mazhi.kernel.batches.model import Batch
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.errors import NotFoundError
from mazhi.kernel.making.model import MakeRequest
from mazhi.kernel.partners.model import Partner
from mazhi.kernel.places.model import Place
from mazhi.kernel.products.model import Product

APP = "wms"
on_sqlite = pytest.mark.parametrize("db_url", ["sqlite"], indirect=True)
"""For what no database could change."""


def ident(key: object) -> str:
    """Return the id that a test's field or node has for good."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, str(key)))


def field(code: str, kind: str = "text", **rest: Any) -> dict[str, Any]:
    """Describe a field of a form."""
    return {"id": ident(code), "code": code, "kind": kind, "title": f"字段{code}", **rest}


RECEIPT = [
    field("no"),
    field("amount", "number"),
    field("note"),
    field("checker", "member"),
    field("good", "switch"),
    field("place", "place"),
    field("lines", "subform", fields=[field("product", "product"), field("qty", "number")]),
]
"""到货单: what most tests run through flows."""


def node(kind: str, key: str = "", *children: Mapping[str, Any], title: str = "", **options: Any) -> dict[str, Any]:
    """Describe a node; its id is the key."""
    return {
        "id": key or kind, "kind": kind, "title": title or key or kind, "options": options, "children": list(children),
    }  # fmt: skip


def members(*names: str, **rest: Any) -> dict[str, Any]:
    """Say that some users do it."""
    return {"ways": [{"kind": "member", "values": list(names)}], **rest}


ANYBODY = members("chen", "li", "zhang", "boss")
"""Who may start a flow, where a test lets others than ``boss`` do so."""


class Shop:
    """The company. Its users are ``chen`` (keeper), ``zhang`` (quality), ``li`` (keeper) and ``boss`` (admin)."""

    def __init__(self, url: str, data: Path, **settings: Any) -> None:
        """Build the system over a migrated, empty database."""
        self.over(build(Settings(database_url=url, data=data, **settings)))

    def over(self, system: System) -> None:
        """Stand over a system that is built."""
        self.system = system
        self.db = system.db
        self.actors: dict[str, Actor] = {}
        for name, roles in {"chen": "keeper", "li": "keeper", "zhang": "quality", "boss": "admin"}.items():
            self.add_user(name, roles)
        self.system.forms.create_app(SYSTEM, APP, "仓储")
        self.form("receipt", RECEIPT)

    def close(self) -> None:
        """Give the database back."""
        self.db.close()

    def add_user(self, name: str, *roles: str) -> Actor:
        """Add a user with roles, who may do what they may do."""
        with self.db.write() as tx:
            number = tx.conn.execute(
                user_account.insert()
                .values(username=name, name=name.title(), created_at=0, updated_at=0, must_change=False)
                .returning(user_account.c.id)
            ).scalar_one()
            for code in roles:
                found = tx.scalar("SELECT id FROM role WHERE code = :code", code=code)
                tx.conn.execute(user_role.insert().values(user_id=number, role_id=found))
        rights = {right: None for one in SEED_ROLES if one.code in roles for right in one.rights}
        self.actors[name] = Actor(name=name, user_id=number, rights=rights, everything="admin" in roles)
        return self.actors[name]

    def leave(self, *names: str) -> None:
        """Let users be inactive from now on."""
        with self.db.write() as tx:
            tx.run("UPDATE user_account SET active = :no WHERE username ANY(:names, text)", no=False, names=list(names))

    def department(self, code: str, *members: str, above: str | None = None, head: str | None = None) -> None:
        """Make a department with its members."""
        self.system.access.departments.create(SYSTEM, code, name=code, parent=above, head=head)
        with self.db.write() as tx:
            number = tx.scalar("SELECT id FROM department WHERE code = :code", code=code)
            tx.run(
                "UPDATE user_account SET department_id = :number WHERE username ANY(:names, text)",
                number=number, names=list(members),
            )  # fmt: skip

    def add_role(self, code: str) -> None:
        """Add a role without rights."""
        with self.db.write() as tx:
            tx.conn.execute(role.insert().values(code=code, name=code, created_at=0, updated_at=0))

    def form(self, code: str, fields: Sequence[Mapping[str, Any]], *, name: str = "到货单") -> None:
        """Publish a form."""
        forms = self.system.forms
        forms.create(SYSTEM, APP, code, name, {"fields": list(fields)})
        forms.publish(SYSTEM, APP, code, base=0)

    def furnish(self) -> None:
        """Put in products, places and partners."""
        system = self.system
        for code, tracking in {"WM": "serial", "BT": "batch", "SKU": "sku"}.items():
            system.products.create(SYSTEM, Product(code=code, name=code, tracking=tracking))
        system.places.create(SYSTEM, Place(code="WH1", name="成品仓", kind="warehouse"))
        system.places.create(SYSTEM, Place(code="A-01", name="A-01", kind="bin"), parent="WH1")
        system.partners.create(SYSTEM, Partner(code="SUP", name="供应商", kind="supplier"))
        system.batches.create(SYSTEM, Batch(code="B1"), product="BT")

    def make(self, *codes: str, product: str = "WM") -> None:
        """Make items with these codes."""
        self.system.making.make(SYSTEM, MakeRequest(product=product, codes=",".join(codes), count=len(codes)))

    def draw(self, *children: Mapping[str, Any], code: str = "f", form: str = "receipt", **options: Any) -> str:
        """Publish a flow (its next version, if it is there) and return its code."""
        flows = self.system.flows
        try:
            base = flows.get(APP, code).version
        except NotFoundError:
            base = flows.create(SYSTEM, APP, code, "收货", form).version
        body = {"form": form, "tree": node("start", "start", *children, **options)}
        flows.save_draft(SYSTEM, APP, code, body, base=base)
        flows.publish(SYSTEM, APP, code, base=base)
        return code

    def record(self, form: str = "receipt", **values: Any) -> int:
        """Add a record and return its number."""
        return self.system.records.create(SYSTEM, APP, form, [values])[0]

    def values(self, number: int, form: str = "receipt") -> Mapping[str, Any]:
        """Return what a record holds."""
        return self.system.records.get(SYSTEM, APP, form, [number])[0].values

    def start(self, who: str = "boss", code: str = "f", record: int | None = None, **values: Any) -> int:
        """Let somebody be the starter of a flow on a record, a new one unless it is named; return the instance.

        Whether they may start it by hand is not asked: that is what ``system.running.start`` does.
        """
        number = self.record(**values) if record is None else record

        def begin(purse: Purse) -> int:
            with self.db.write() as tx:
                return self.system.running.start_within(
                    tx, purse, self.actors[who], APP, code, number, authority="flow", origin="api"
                ).id

        return with_purse(begin)

    def act(self, who: str, kind: str, task: int | None = None, **asked: Any) -> Instance:
        """Let somebody act on a task: the only one that they have open, unless it is named."""
        key = asked.pop("client_key", None)
        number = self.todo(who)[0].id if task is None else task
        return self.system.running.act(self.actors[who], number, kind, Asked(**asked), client_key=key)

    def todo(self, who: str) -> list[Task]:
        """Return somebody's open tasks."""
        with self.db.read() as tx:
            rows = tx.rows(
                "SELECT id FROM flow_task WHERE user_id = :user AND state = 'open' ORDER BY id",
                user=self.actors[who].user_id,
            )
            found = [store.task(tx, row.id) for row in rows]
        return [one for one in found if one is not None]

    def steps(self, instance: int, *states: str) -> list[Step]:
        """Return the steps of an instance."""
        with self.db.read() as tx:
            return store.steps(tx, instance, states)

    def open(self, instance: int) -> list[str]:
        """Return the nodes that are open, as a sorted list of ids; blocks are left out."""
        return sorted(one.node for one in self.steps(instance, "open") if one.kind != "parallel")

    def instance(self, number: int) -> Instance:
        """Return an instance."""
        with self.db.read() as tx:
            found = store.instance(tx, number)
        assert found is not None
        return found

    def trail(self, instance: int) -> list[tuple[str, str]]:
        """Return the trail as pairs of action and node."""
        with self.db.read() as tx:
            return [(line.action, line.node) for line in store.trail(tx, instance)]
