"""Work over HTTP: one's work list, one task, one running flow, batches, signatures, delegations."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from mazhi.bootstrap import System
from mazhi.kernel.access import secrets
from mazhi.kernel.access.model import SYSTEM
from tests.engines.flows.shop import APP, Shop, ident, members, node
from tests.web.conftest import Connect

PASSWORD = "rote-Grütze-7"


class Firm(Shop):
    """The shop over the application's own system, whose users can sign in."""

    def __init__(self, system: System, connect: Connect) -> None:
        self._connect = connect
        self._clients: dict[str, httpx.Client] = {}
        self.over(system)

    def client(self, name: str) -> httpx.Client:
        """Return the client of a user."""
        if name not in self._clients:
            self._clients[name] = self._connect(self.system.access.sessions.open_by_name(name))
        return self._clients[name]

    def get(self, name: str, path: str, status: int = 200) -> Any:
        """Ask for something as a user."""
        found = self.client(name).get(f"/api/v1{path}")
        assert found.status_code == status, found.text
        return found.json()

    def post(self, who: str, path: str, status: int = 200, **body: Any) -> Any:
        """Do something as a user."""
        found = self.client(who).post(f"/api/v1{path}", json=body)
        assert found.status_code == status, found.text
        return found.json() if found.content else None

    def password(self, *names: str) -> None:
        """Give users a password."""
        hashed = secrets.hash_password(PASSWORD)
        with self.db.write() as tx:
            tx.run(
                "UPDATE user_account SET password_hash = :hash WHERE username ANY(:names, text)",
                hash=hashed, names=list(names),
            )  # fmt: skip


@pytest.fixture
def firm(system: System, connect: Connect) -> Firm:
    return Firm(system, connect)


def test_the_boxes_hold_what_is_mine_and_page_by_keys(firm: Firm) -> None:
    firm.draw(
        node("fill", "count", who=members("chen"), due={"hours": 2}, title="清点"),
        node("copy", "tell", who=members("li")),
        node("approve", "ok", who=members("zhang")),
    )
    numbers = [firm.start("boss", no=f"PO-{one}") for one in range(3)]
    page = firm.get("chen", "/tasks?limit=2")
    assert ([one["instance"] for one in page["tasks"]], page["counts"]["todo"]) == (numbers[:0:-1], 3)
    first = page["tasks"][0]
    assert (first["node_title"], first["kind"], first["flow_name"], first["starter"]) == (
        "清点", "fill", "收货", {"code": "boss", "name": "Boss"},
    )  # fmt: skip
    assert (first["late"], first["read"], first["due_at"] > first["at"]) == (False, False, True)
    tasks = [one["id"] for one in firm.get("chen", "/tasks")["tasks"]]
    with firm.db.write() as tx:  # the last has no time at all, the second is late
        tx.run("UPDATE flow_task SET due_at = NULL WHERE id = :id", id=tasks[2])
        tx.run("UPDATE flow_task SET due_at = 1 WHERE id = :id", id=tasks[1])
    pressing = firm.get("chen", "/tasks:pressing")
    assert [one["id"] for one in pressing["tasks"]] == [tasks[1], tasks[0], tasks[2]]
    assert (pressing["count"], pressing["late"], pressing["kinds"]) == (3, 1, {"fill": 3})
    rest = firm.get("chen", f"/tasks?limit=2&after={page['next']}")
    assert ([one["instance"] for one in rest["tasks"]], rest["next"]) == (numbers[:1], None)
    title = page["tasks"][1]["title"].upper()
    assert [one["instance"] for one in firm.get("chen", f"/tasks?text={title}")["tasks"]] == [numbers[1]]
    assert firm.get("chen", "/tasks?flow=other")["tasks"] == []
    firm.post("chen", f"/tasks/{first['id']}/actions/save", values={"note": "一半"})
    assert firm.get("chen", "/tasks?box=drafts")["counts"] == {"todo": 3, "copied": 0, "drafts": 1}
    firm.post("chen", f"/tasks/{first['id']}/actions/submit", values={"note": "全部"})
    assert [one["node_title"] for one in firm.get("chen", "/tasks?box=done")["tasks"]] == ["清点"]
    assert [one["instance"] for one in firm.get("boss", "/tasks?box=started")["tasks"]] == numbers[::-1]
    copied = firm.get("li", "/tasks?box=copied")
    assert (copied["counts"]["copied"], copied["tasks"][0]["read"]) == (1, False)
    firm.get("li", f"/flow-instances/{numbers[2]}")
    assert firm.get("li", "/tasks?box=copied")["counts"]["copied"] == 0


def test_a_task_shows_the_record_as_its_step_says_and_what_can_be_done(firm: Firm) -> None:
    firm.draw(
        node("fill", "count", who=members("chen")),
        node(
            "approve", "ok", who=members("zhang"), hint="看数量", phrases=["同意", "数量不符"],
            fields={ident("amount"): "hidden", ident("note"): "required"},
            buttons={
                "approve": {"on": True, "title": "放行"}, "transfer": {"on": False},
                "send_back": {"on": True, "how": ["straight"]},
            },
        ),
    )  # fmt: skip
    number = firm.start(no="PO-1", amount=3)
    (mine,) = firm.todo("chen")
    assert firm.get("zhang", f"/tasks/{mine.id}", 404)["code"] == "unknown_task"
    answer = firm.post("chen", f"/tasks/{mine.id}/actions/submit")
    assert answer == {"instance": number, "state": "running", "next": {"task": None}}
    (task,) = firm.todo("zhang")
    found = firm.get("zhang", f"/tasks/{task.id}")
    assert "amount" not in found["record"]["values"]
    assert (found["record"]["states"]["note"], found["record"]["states"]["no"]) == ("required", "read_only")
    assert found["record"]["states"]["lines.qty"] == "read_only"
    assert [(one["name"], one["title"]) for one in found["actions"]] == [
        ("approve", "放行"), ("refuse", "拒绝"), ("send_back", "退回"), ("add_before", "前加签"),
        ("add_after", "后加签"), ("save", "暂存"),
    ]  # fmt: skip
    back = found["actions"][2]
    assert ([one["node"] for one in back["targets"]], back["how"]) == (["count", "start"], ["straight"])
    assert (found["node"]["hint"], found["node"]["phrases"]) == ("看数量", ["同意", "数量不符"])
    problem = firm.post("zhang", f"/tasks/{task.id}/actions/transfer", 403, to=["li"])
    assert problem["code"] == "action_off"
    firm.post("zhang", f"/tasks/{task.id}/actions/approve", values={"note": "x"})
    assert firm.post("zhang", f"/tasks/{task.id}/actions/approve", 409)["code"] == "task_closed"
    assert firm.get("zhang", f"/tasks/{task.id}")["actions"] == []


def test_two_devices_finish_a_task_once_and_the_same_key_answers_the_same(firm: Firm) -> None:
    firm.draw(node("approve", "ok", who=members("chen")), node("approve", "more", who=members("chen", "li")))
    number = firm.start()
    (task,) = firm.todo("chen")
    done = firm.post("chen", f"/tasks/{task.id}/actions/approve", client_key="a")
    assert (done["instance"], done["next"]["task"]) == (number, firm.todo("chen")[0].id)
    assert firm.post("chen", f"/tasks/{task.id}/actions/approve", client_key="a") == done
    assert firm.post("chen", f"/tasks/{task.id}/actions/approve", 409, client_key="b")["code"] == "task_closed"
    reused = firm.post("chen", f"/tasks/{task.id}/actions/approve", 409, client_key="a", comment="anders")
    assert reused["code"] == "client_key_reused"


def test_a_running_flow_is_seen_by_those_who_have_to_do_with_it(firm: Firm) -> None:
    firm.add_user("guest")
    firm.draw(
        node("approve", "ok", who=members("chen"), fields={ident("amount"): "hidden"}, title="质检"),
        node("fill", "next", who=members("zhang")),
    )
    number = firm.start("li", no="PO-9", amount=7)
    assert firm.get("guest", f"/flow-instances/{number}", 404)["code"] == "unknown_instance"
    assert firm.get("zhang", f"/flow-instances/{number}", 404)
    seen = firm.get("chen", f"/flow-instances/{number}")
    assert (seen["tree"]["kind"], seen["standing"], seen["task"]) == ("start", ["ok"], firm.todo("chen")[0].id)
    assert "amount" not in seen["record"]["values"]
    assert set(seen["record"]["states"].values()) == {"read_only", "hidden"}
    assert [one["name"] for one in seen["may"]] == ["copy"]
    own = firm.get("li", f"/flow-instances/{number}")
    assert own["record"]["values"]["amount"] == 7
    assert [one["name"] for one in own["may"]] == ["copy", "remind", "withdraw"]
    boss = firm.get("boss", f"/flow-instances/{number}")
    assert boss["record"] is None, "who manages flows sees records by their own rights"
    assert {"end", "jump", "reassign"} <= {one["name"] for one in boss["may"]}
    firm.post("chen", f"/flow-instances/{number}/actions/copy", to=["guest"], comment="看看")
    shown = firm.get("guest", f"/flow-instances/{number}")
    assert [(line["action"], line["title"]) for line in shown["trail"]] == [
        ("start", "start"), ("enter", "质检"), ("copy", ""),
    ]  # fmt: skip
    assert shown["steps"][1]["people"][0]["user"] == {"code": "chen", "name": "Chen"}
    assert firm.post("guest", f"/flow-instances/{number}/actions/withdraw", 403)["code"] == "flow_only_starter"
    assert firm.post("chen", f"/flow-instances/{number}/actions/end", 403, comment="x")["code"] == "no_right"
    assert firm.post("li", f"/flow-instances/{number}/actions/withdraw")["state"] == "withdrawn"
    assert firm.post("li", f"/flow-instances/{number}/actions/remind", 409)["code"] == "flow_over"


def test_a_signature_needs_the_password_and_holds_until_the_record_changes(firm: Firm) -> None:
    firm.password("zhang")
    firm.draw(
        node("approve", "ok", who=members("zhang"), sign={"needed": True, "meaning": "批准放行"}),
        node("fill", "after", who=members("chen")),
    )
    number = firm.start(no="PO-1")
    (task,) = firm.todo("zhang")
    path = f"/tasks/{task.id}/actions/approve"
    assert firm.get("zhang", f"/tasks/{task.id}")["sign"] == {"needed": True, "meaning": "批准放行"}
    assert firm.post("zhang", path, 422)["errors"][0]["code"] == "flow_sign_needed"
    assert firm.post("zhang", path, 422, password="falsch")["errors"][0]["code"] == "wrong_password"
    batch = firm.post("zhang", "/tasks:actions", tasks=[task.id], kind="approve")
    assert (batch["refused"], batch["results"][0]["code"]) == (1, "flow_sign_needed")
    firm.post("zhang", path, password=PASSWORD, comment="好")
    signed = [line["sign"] for line in firm.get("zhang", f"/flow-instances/{number}")["trail"] if line["sign"]]
    assert [(one["meaning"], len(one["hash"]), one["holds"]) for one in signed] == [("批准放行", 64, True)]
    firm.act("chen", "submit", values={"note": "später"})
    (line,) = [line for line in firm.get("zhang", f"/flow-instances/{number}")["trail"] if line["sign"]]
    assert line["sign"]["holds"] is False
    with firm.db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM audit WHERE action = 'sign_failed'") == 1
        assert PASSWORD not in str(tx.rows("SELECT data FROM flow_trail"))


def test_wrong_passwords_of_signatures_lock_like_those_of_the_sign_in(firm: Firm) -> None:
    firm.password("zhang")
    firm.draw(node("approve", "ok", who=members("zhang"), sign={"needed": True}))
    firm.start()
    path = f"/tasks/{firm.todo('zhang')[0].id}/actions/approve"
    codes = [firm.client("zhang").post(f"/api/v1{path}", json={"password": "x"}).status_code for _ in range(8)]
    assert codes[:5] == [422] * 5
    assert codes[-1] == 429
    assert firm.post("zhang", path, 429, password=PASSWORD)["code"] == "locked_out"


def test_many_tasks_are_agreed_to_at_once_and_each_is_answered(firm: Firm) -> None:
    firm.draw(node("approve", "ok", who=members("chen")))
    firm.draw(node("fill", "f", who=members("chen"), fields={ident("note"): "required"}), code="g")
    for code in ("f", "f", "g"):
        firm.start(code=code)
    ids = [one.id for one in firm.todo("chen")]
    told = firm.post("chen", "/tasks:actions", tasks=[*ids, 999_999], kind="approve", client_key="k")
    assert [(one["done"], one["code"]) for one in told["results"]] == [
        (True, None), (True, None), (False, "action_unfit"), (False, "unknown_task"),
    ]  # fmt: skip
    assert firm.post("chen", "/tasks:actions", tasks=ids[:2], kind="approve", client_key="k")["done"] == 2
    assert firm.post("chen", "/tasks:actions", tasks=ids[:2], kind="approve")["results"][0]["code"] == "task_closed"
    assert firm.post("chen", "/tasks:actions", tasks=ids, kind="submit")["results"][2]["code"] == "record_required"
    refused = firm.post("chen", "/tasks:actions", 422, tasks=ids, kind="transfer")
    assert refused["errors"][0]["code"] == "task_not_in_batch"


def test_the_flows_of_a_record_are_listed_for_who_may_see_it(firm: Firm) -> None:
    firm.draw(node("approve", "ok", who=members("chen"), title="质检"))
    record = firm.record(no="1")
    number = firm.start("li", record=record)
    (found,) = firm.get("boss", f"/apps/{APP}/forms/receipt/records/{record}/flows")["instances"]
    assert (found["id"], found["state"], found["node_title"], found["starter"]["code"]) == (
        number, "running", "质检", "li",
    )  # fmt: skip
    path = f"/api/v1/apps/{APP}/forms/receipt/records/{record}/flows"
    assert firm.client("zhang").get(path).status_code in {403, 404}
    assert firm.get("zhang", f"/flow-instances/{number}", 404)["code"] == "unknown_instance"
    grant = {"role": "quality", "actions": ["view"], "scopes": []}
    firm.system.forms.set_grants(SYSTEM, APP, "receipt", [grant])
    assert firm.client("zhang").get(path).status_code == 200
    seen = firm.get("zhang", f"/flow-instances/{number}")
    assert (seen["record"], seen["may"]) == (None, [])


def test_people_are_chosen_when_a_flow_is_started_over_http(firm: Firm) -> None:
    among = {"ways": [{"kind": "role", "values": ["quality"]}]}
    firm.draw(node("approve", "ok", title="质检", who={"ways": [{"kind": "chosen", "by": "starter", "from": among}]}))
    assert firm.get("boss", f"/apps/{APP}/flows/f/choices")["choices"] == [
        {"node": "ok", "title": "质检", "among": [{"code": "zhang", "name": "Zhang"}]}
    ]
    path, record = f"/apps/{APP}/flows/f/instances", firm.record()
    refused = firm.post("boss", path, 422, record=record)
    assert [(one["pointer"], one["code"]) for one in refused["errors"]] == [("/chosen/ok", "flow_choose_people")]
    firm.post("boss", path, 201, record=record, chosen={"ok": ["zhang"]})
    assert len(firm.todo("zhang")) == 1


def test_delegations_are_given_listed_and_ended(firm: Firm) -> None:
    body = {"to": "li", "starts_at": "2020-01-01T00:00:00+08:00", "ends_at": "2099-01-01T00:00:00+08:00"}
    made = firm.post("chen", "/delegations", 201, **body)
    assert (made["owner"]["code"], made["to"]["code"], made["apps"], made["own"]) == ("chen", "li", [], True)
    assert [one["own"] for one in firm.get("li", "/delegations")["delegations"]] == [False]
    assert firm.get("zhang", "/delegations")["delegations"] == []
    assert firm.get("zhang", "/delegations?everybody=true", 403)
    assert firm.client("li").delete(f"/api/v1/delegations/{made['id']}").status_code == 404
    assert firm.client("chen").delete(f"/api/v1/delegations/{made['id']}").status_code == 204
    assert firm.get("boss", "/delegations?everybody=true")["delegations"] == []


def test_departments_have_a_head(firm: Firm) -> None:
    made = firm.post("boss", "/departments", 201, code="CK", name="仓储部", head="li")
    assert made["head"] == "li"
    changed = firm.client("boss").patch("/api/v1/departments/CK", json={"head": None}).json()
    assert changed["head"] is None
    refused = firm.client("boss").patch("/api/v1/departments/CK", json={"head": "nobody"}).json()
    assert [(one["pointer"], one["code"]) for one in refused["errors"]] == [("/head", "unknown_user")]
    assert SYSTEM.everything
