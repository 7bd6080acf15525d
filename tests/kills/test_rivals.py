"""Eight processes on the same codes, the same numbers and the same items: each is had once."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from mazhi.bootstrap import Settings, build
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.making.model import MakeRequest
from mazhi.kernel.partners.model import Partner
from mazhi.kernel.places.model import Place
from mazhi.kernel.posting.model import ItemRef, PostRequest
from mazhi.kernel.products.model import Product
from tests.kills.rival import EACH, ISSUES, RANGES
from tests.workers import Worker

RIVALS = 8


@pytest.mark.slow
def test_eight_processes_never_get_the_same_code_number_or_item(db_url: str, tmp_path: Path) -> None:
    system = build(Settings(database_url=db_url, data=tmp_path))
    system.products.create(SYSTEM, Product(code="WM", name="水表", tracking="serial"))
    system.places.create(SYSTEM, Place(code="WH1", name="WH1", kind="warehouse"))
    system.partners.create(SYSTEM, Partner(code="D", name="D", kind="dealer"))
    segments = [{"kind": "constant", "value": "R"}, {"kind": "counter", "width": 6, "base": 34}]
    system.codes.create(SYSTEM, {"code": "R", "name": "R", "segments": segments})
    system.making.make(SYSTEM, MakeRequest(product="WM", codes=f"S0~S{ISSUES - 1}"))
    items = [ItemRef(f"S{number}") for number in range(ISSUES)]
    system.posting.post(SYSTEM, PostRequest("receive", items, place="WH1"))
    rivals = [Worker("tests.kills.rival", db_url, tmp_path) for _ in range(RIVALS)]
    for rival in rivals:
        assert rival.hear() == "ready\n"
    for rival in rivals:
        rival.say("go")
    results = []
    for rival in rivals:
        results.append(json.loads(rival.hear()))
        assert rival.end(240) == 0
    assert Counter(number for result in results for number in result["won"]) == Counter(range(RANGES))
    issued = [code for result in results for code in result["issued"]]
    assert len(issued) == len(set(issued)) == RIVALS * ISSUES * EACH
    assert sum(result["shipped"] for result in results) == ISSUES
    numbers = sorted(number for result in results for number in result["numbers"])
    assert numbers == list(range(1, 7 * RIVALS * ISSUES, 7))
    assert list(verify(system.db)) == []
    system.db.close()
