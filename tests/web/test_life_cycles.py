from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from mazhi.kernel.life_cycles.defaults import GOODS


def drawing(**operations: Any) -> dict[str, Any]:
    body = copy.deepcopy(GOODS.body())
    body["operations"] |= operations
    return body


def test_the_list_names_every_life_cycle_with_its_states(client: httpx.Client) -> None:
    found = client.get("/api/v1/life-cycles").json()["life_cycles"]
    assert [(cycle["code"], cycle["version"]) for cycle in found] == [("assets", 1), ("goods", 1)]
    assert found[1]["states"][1] == {
        "code": "in_stock",
        "zh": "在库",
        "en": "In stock",
        "group": "ours",
        "shape": "dot",
        "hue": "ink",
        "end": False,
    }


def test_one_life_cycle_is_shown_as_drawn_and_as_a_matrix(client: httpx.Client) -> None:
    answer = client.get("/api/v1/life-cycles/goods")
    shown = answer.json()
    assert answer.headers["etag"] == '"1"'
    assert {"states": shown["states"], "operations": shown["operations"]} == GOODS.body()
    assert (shown["birth"], shown["warnings"]) == ("coded", [])
    rows = {row["key"]: row for row in shown["matrix"]}
    assert set(rows) == set(GOODS.operations)
    assert rows["commission"]["targets"] == {"": ["coded"]}
    assert rows["repair_out"]["targets"] == {"in_repair": ["returned", "sold", "in_stock"]}
    assert rows["repair_out"]["choice"] is True
    assert rows["hold"]["targets"]["sold"] == ["sold"]
    assert (rows["pick"]["zh"], rows["pick"]["en"], rows["pick"]["stage"]) == ("拣货", "Pick", "warehouse")
    assert [(version["version"], version["created_by"]) for version in shown["versions"]] == [(1, "system")]


def test_saving_puts_the_next_version_in_force(client: httpx.Client) -> None:
    body = drawing(pick=[{"from": ["in_stock", "issued"], "to": "picked"}])
    saved = client.put("/api/v1/life-cycles/goods", json={"name": "商品", "base": 1, **body})
    assert (saved.status_code, saved.json()) == (200, {"code": "goods", "version": 2, "warnings": []})
    assert client.get("/api/v1/life-cycles/goods").json()["operations"] == body["operations"]
    old = client.get("/api/v1/life-cycles/goods", params={"version": 1}).json()
    assert old["operations"] == GOODS.body()["operations"]
    assert [version["version"] for version in old["versions"]] == [2, 1]
    changed = client.get("/api/v1/life-cycles/goods/difference", params={"older": 1, "newer": 2}).json()
    assert changed == {
        "states_added": [],
        "states_removed": [],
        "states_changed": [],
        "arrows_added": [{"operation": "pick", "from": "issued", "to": "picked"}],
        "arrows_removed": [],
    }


def test_who_drew_on_an_old_version_is_refused(client: httpx.Client) -> None:
    new = {"name": "商品", "base": 1, **drawing()}
    client.put("/api/v1/life-cycles/goods", json=new)
    late = client.put("/api/v1/life-cycles/goods", json=new)
    assert (late.status_code, late.json()["code"]) == (409, "publish_conflict")
    params = late.json()["params"]
    assert (params["base"], params["present"], params["by"]) == (1, 2, "a-admin")
    assert "a-admin" in late.json()["detail"] and params["when"] in late.json()["detail"]


def test_a_drawing_with_faults_is_refused_and_a_check_tells_the_same(client: httpx.Client) -> None:
    body = drawing(hold=[{"from": ["coded", "nowhere"], "to": "sold"}])
    refused = client.put("/api/v1/life-cycles/x", json={"name": "", "base": 0, **body})
    assert refused.status_code == 422
    wanted = [
        ("/operations/hold/0/from/1", "unknown_state"),
        ("/operations/hold/0/to", "must_keep_state"),
    ]
    assert [(error["pointer"], error["code"]) for error in refused.json()["errors"]] == [
        ("/name", "text_missing"),
        *wanted,
    ]
    checked = client.post("/api/v1/life-cycles:check", json=body, headers={"accept-language": "en"}).json()
    assert [(error["pointer"], error["code"]) for error in checked["errors"]] == wanted
    assert checked["errors"][0]["message"] == "There is no state “nowhere”."
    assert checked["warnings"] == []


def test_oddities_are_told_but_do_not_stop_saving(client: httpx.Client) -> None:
    body = drawing()
    body["states"].append({**body["states"][0], "code": "dreamt"})
    saved = client.put("/api/v1/life-cycles/goods", json={"name": "商品", "base": 1, **body}).json()
    assert [warning["code"] for warning in saved["warnings"]] == ["state_never_reached"]
    assert client.get("/api/v1/life-cycles/goods").json()["warnings"] == saved["warnings"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/life-cycles/nothing", 404),
        ("/api/v1/life-cycles/goods?version=9", 404),
        ("/api/v1/life-cycles/goods?version=0", 422),
        ("/api/v1/life-cycles/goods/difference?older=1&newer=9", 404),
        ("/api/v1/life-cycles/goods/difference", 422),
    ],
)
def test_what_is_not_there_is_not_found(client: httpx.Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"states": [], "operations": {"ship": [{"to": "x"}]}},
        {
            "states": [{"code": "a", "zh": "a", "en": "a", "group": "ours", "shape": "star", "hue": "ink"}],
            "operations": {},
        },
        {"states": [], "operations": [], "colour": 1},
    ],
)
def test_what_does_not_fit_the_shape_is_refused(client: httpx.Client, body: dict[str, Any]) -> None:
    assert client.post("/api/v1/life-cycles:check", json=body).status_code == 422
    assert client.put("/api/v1/life-cycles/x", json={"name": "x", **body}).status_code == 422


READS = ["/api/v1/life-cycles", "/api/v1/life-cycles/goods", "/api/v1/life-cycles/goods/difference?older=1&newer=1"]


def test_nobody_gets_in_without_signing_in(anonymous: httpx.Client) -> None:
    assert [anonymous.get(path).status_code for path in READS] == [401] * 3
    assert anonymous.put("/api/v1/life-cycles/goods", json={"name": "x", "base": 1, **drawing()}).status_code == 401
    assert anonymous.post("/api/v1/life-cycles:check", json=drawing()).status_code == 401


def test_who_may_not_draw_may_only_look(as_role: Callable[[str], httpx.Client]) -> None:
    viewer = as_role("viewer")
    assert [viewer.get(path).status_code for path in READS] == [200] * 3
    assert viewer.post("/api/v1/life-cycles:check", json=drawing()).status_code == 200
    assert viewer.put("/api/v1/life-cycles/goods", json={"name": "x", "base": 1, **drawing()}).status_code == 403
