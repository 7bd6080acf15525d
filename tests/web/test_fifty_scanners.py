"""Fifty people scan into one task over real connections: every scan is answered once, none is lost, none doubled."""

from __future__ import annotations

import random
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from mazhi.bootstrap import Settings, System, build
from mazhi.kernel.ledger.verification import verify
from mazhi.web.app import create_app
from tests.engines.flows.scans.dock import RECEIVE, Dock, row
from tests.engines.flows.shop import Shop

PEOPLE = [f"p{number:02d}" for number in range(50)]
PIECES = [f"S{number:03d}" for number in range(150)]
NO_TLS = ssl.create_default_context()
"""Made once: each client would read all authorities anew, for connections without any."""
STRANGE = ["NOBODY-KNOWS", "OTHER1", "(01)06901234567892(21)X"]


@contextmanager
def listening(system: System, static: Path) -> Iterator[str]:
    """Serve on the loopback, in a thread, as ``mazhi serve`` does in a process; give the address."""
    config = uvicorn.Config(create_app(system, static=static), access_log=False, log_level="warning", ws="none")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0), backlog=128) as door:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}/api/v1"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def dock(system: System) -> Dock:
    """Give a dock where fifty people receive one delivery."""
    shop = Shop.__new__(Shop)
    shop.over(system)
    dock = Dock(shop)
    for name in PEOPLE:
        shop.add_user(name, "keeper")
    dock.draw(who=PEOPLE, operation=RECEIVE)
    shop.make(*PIECES)
    shop.make("OTHER1", product="OTHER")
    dock.start(row("WM", len(PIECES)), row("SKU", 2 * len(PEOPLE)))
    return dock


@pytest.fixture
def doors(system: System, db_url: str, static: Path, tmp_path: Path) -> Iterator[list[str]]:
    """Give the addresses of the servers: two on one PostgreSQL, each of which knows nothing of the other."""
    with ExitStack() as stack:
        found = [stack.enter_context(listening(system, static))]
        if db_url.startswith("postgresql"):
            second = build(Settings(database_url=db_url, data=tmp_path / "data"))
            stack.callback(second.db.close)
            found.append(stack.enter_context(listening(second, static)))
        yield found


@dataclass
class Person:
    """Somebody with a phone: what they scan, and what they were told, by key."""

    name: str
    address: str
    token: str
    task: int
    work: list[dict[str, Any]]
    told: dict[str, dict[str, Any]] = field(default_factory=dict)
    unheard: int = 0

    def scan_all(self, together: threading.Barrier) -> None:
        """Scan everything; every third answer is lost on its way, and every fifth scan is sent again for no reason."""
        path = f"/tasks/{self.task}/scans"
        with self.connected() as phone:
            together.wait()
            for number, body in enumerate(self.work):
                if number % 3 == 0:
                    self._lose(phone, path, body)
                key = body["client_key"]
                self.told[key] = phone.post(path, json=body).raise_for_status().json()
                if number % 5 == 0:
                    again = phone.post(path, json=body).raise_for_status().json()
                    assert again | {"missing": 0} == self.told[key] | {"missing": 0}, "but for what is missing by now"

    def _lose(self, phone: httpx.Client, path: str, body: dict[str, Any]) -> None:
        """Send a scan and hang up before the answer comes."""
        try:
            phone.post(path, json=body, timeout=httpx.Timeout(60, read=0.001))
        except httpx.ReadTimeout:
            self.unheard += 1

    def connected(self) -> httpx.Client:
        """Return a client with this session."""
        headers = {"authorization": f"Bearer {self.token}"}
        return httpx.Client(base_url=self.address, headers=headers, timeout=60, verify=NO_TLS)


@pytest.mark.slow
def test_fifty_people_scan_one_delivery_over_http(dock: Dock, doors: list[str], system: System) -> None:
    people = staff(dock, doors, system)
    together = threading.Barrier(len(people))
    with ThreadPoolExecutor(len(people)) as pool:
        list(pool.map(lambda one: one.scan_all(together), people))
    assert sum(one.unheard for one in people) > len(people), "answers were lost"

    asked = {key: body for one in people for key, body in zip(one.told, one.work, strict=True)}
    told = {key: answer for one in people for key, answer in one.told.items()}
    assert len(told) == len(asked) == sum(len(one.work) for one in people)
    # Each has a line of its own, and there are no others.
    assert sorted(one["line"]["seq"] for one in told.values()) == [*range(1, len(told) + 1)]
    right = {key: one for key, one in told.items() if one["answer"] == "right"}
    strange = {key for key, body in asked.items() if body["raw"] in STRANGE}
    assert {key for key, one in told.items() if one["answer"] == "wrong"} == strange
    pieces = Counter(asked[key]["raw"] for key in right)
    assert pieces == Counter({**dict.fromkeys(PIECES, 1), "SKU": 2 * len(PEOPLE)})
    # The counter went up by each of them once: nobody was told a number that somebody else was told too.
    assert sorted(one["done"] for one in right.values()) == [*range(1, len(right) + 1)]
    by = {asked[key]["raw"]: one["line"]["by"] for key, one in right.items()}
    again = [(asked[key]["raw"], one) for key, one in told.items() if one["answer"] == "duplicate"]
    assert len(again) == len(told) - len(right) - len(strange)
    assert all(one["params"]["by"] == by[raw] for raw, one in again)
    finish(dock, people, (len(right), len(strange), len(again)))
    assert list(verify(system.db)) == []


def staff(dock: Dock, doors: list[str], system: System) -> list[Person]:
    """Give everybody a session, their own task, and a share of the pieces, in no order."""
    dice = random.Random(50)
    with dock.shop.db.read() as tx:
        tasks = dict(tx.tuples(
            "SELECT u.username, t.id FROM flow_task t JOIN user_account u ON u.id = t.user_id WHERE t.state = 'open'"
        ))  # fmt: skip
    people = []
    for place, name in enumerate(PEOPLE):
        raws = [*PIECES[place :: len(PEOPLE)], *dice.sample(PIECES, 2), dice.choice(STRANGE)]
        work: list[dict[str, Any]] = [{"raw": raw} for raw in raws] + [{"raw": "SKU", "quantity": 1}] * 2
        dice.shuffle(work)
        work = [{**body, "client_key": f"{name}-{number}"} for number, body in enumerate(work)]
        token = system.access.sessions.open_by_name(name)
        people.append(Person(name, doors[place % len(doors)], token, tasks[name], work))
    return people


def finish(dock: Dock, people: list[Person], counts: tuple[int, int, int]) -> None:
    """See that everybody sees the same, that two complete it once, and that the goods are there."""
    right, wrong, duplicates = counts
    (step,) = {one.step_id for who in PEOPLE for one in dock.shop.todo(who)}
    done, lines, *rest = dock.recount(step)[:4]
    assert (done, lines, rest) == (right * 1_000_000, right, [wrong, duplicates])

    def ask(one: Person, method: str, path: str, **rest: Any) -> httpx.Response:
        with one.connected() as phone:
            return phone.request(method, path, **rest)

    for one in people[:2]:
        state = ask(one, "GET", f"/tasks/{one.task}/scan").json()
        assert (state["done"], state["missing"], state["wrong"], state["duplicates"]) == (right, 0, wrong, duplicates)
    with ThreadPoolExecutor(2) as pool:
        body = {"client_key": "c"}
        said = [*pool.map(lambda one: ask(one, "POST", f"/tasks/{one.task}/actions/complete", json=body), people[:2])]
    assert sorted(one.status_code for one in said) == [200, 409], [one.text for one in said]
    assert [one.json()["code"] for one in said if one.status_code == 409] == ["task_closed"]
    late = ask(people[2], "POST", f"/tasks/{people[2].task}/scans", json={"raw": PIECES[0], "client_key": "late"})
    assert (late.status_code, late.json()["code"]) == (409, "task_closed")
    stock = ask(people[3], "GET", "/stock?place=A-01").json()["rows"]
    assert {one["product"]: (one["state"], one["quantity"]) for one in stock} == {
        "WM": ("in_stock", len(PIECES)), "SKU": ("in_stock", 2 * len(PEOPLE)),
    }  # fmt: skip
