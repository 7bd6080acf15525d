"""Whatever is done with a roll, and in whatever order: every label is somewhere, and somewhere once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from mazhi.bootstrap import System
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import PlatformError
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.rolls.binding import BindRequest
from mazhi.kernel.rolls.model import NewPart, NewRoll, Scan
from mazhi.kernel.rolls.service import Given, Range

SETS, PIECES = 3, 4
LABELS = SETS * (2 * PIECES + 3)

_set = st.integers(1, SETS)
_ordinal = st.integers(1, PIECES)
_range = st.tuples(_set, _set).map(sorted)
_label = st.one_of(
    st.tuples(st.sampled_from("WB"), _set, _ordinal),
    st.tuples(st.just("M"), _set, st.integers(1, 2)),
    st.tuples(st.just("C"), _set, st.just(1)),
)
_steps = st.lists(
    st.one_of(
        st.tuples(st.just("issue"), _range),
        st.tuples(st.just("return"), _range),
        st.tuples(st.just("spoil"), st.lists(_label, min_size=1, max_size=3), st.booleans()),
        st.tuples(st.just("bind"), st.lists(_label, min_size=1, max_size=1), st.booleans()),
        st.tuples(st.just("bind"), st.lists(_label, min_size=1, max_size=3, unique=True), st.just(False)),
    ),
    min_size=3,
    max_size=12,
)
_rolls = iter(range(10**9))


def _make(system: System, code: str) -> None:
    counts = {"W": PIECES, "B": PIECES, "M": 2, "C": 1}
    codes = {
        sign: "\n".join(f'"{code}-{sign}{s}.{n}"' for s in range(1, SETS + 1) for n in range(1, count + 1))
        for sign, count in counts.items()
    }
    parts = [
        NewPart(name="机身", kind="piece", count=PIECES, codes=codes["W"]),
        NewPart(name="彩盒", kind="alias", count=PIECES, namespace="box", codes=codes["B"]),
        NewPart(name="中盒", kind="package", count=2, codes=codes["M"]),
        NewPart(name="外箱", kind="package", count=1, codes=codes["C"]),
    ]
    system.rolls.make(SYSTEM, NewRoll(code=code, product="WM", parts=parts))


def _do(system: System, code: str, step: Any) -> None:
    kind = step[0]
    if kind == "issue":
        system.rolls.issue(SYSTEM, code, Given(sets=Range(first=step[1][0], last=step[1][1])))
    elif kind == "return":
        system.rolls.take_back(SYSTEM, code, Range(first=step[1][0], last=step[1][1]))
    else:
        labels = [f"{code}-{sign}{number}.{ordinal}" for sign, number, ordinal in step[1]]
        if kind == "spoil":
            system.rolls.spoil(SYSTEM, labels, "torn", whole_set=step[2])
        else:
            scans = [Scan(label, None, step[2]) for label in labels]
            system.roll_binding.bind(SYSTEM, BindRequest(scans=scans, place="L1"))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=_steps)
def test_the_balance_adds_up_after_every_step(system: System, steps: list[Any]) -> None:
    code = f"R{next(_rolls)}"
    _make(system, code)
    # Most runs begin with everything outside, so that there is something to bind.
    for step in [("issue", (1, SETS)), *steps] if len(steps) % 4 else steps:
        before = system.roll_reading.get(code)
        try:
            _do(system, code, step)
        except PlatformError:
            assert system.roll_reading.get(code) == before  # what is refused changes nothing
        found = system.roll_reading.get(code)
        assert found["balance"]["made"] == LABELS
        assert found["balance"]["adds_up"]
        assert all(part["adds_up"] for part in found["parts"])
        assert all(
            one["issued"] == one["bound"] + one["spoiled"] + one["returned"] + one["left"] for one in found["issues"]
        )
    event("bound" if found["balance"]["bound"] else "nothing bound")
    _compare_with_the_ledger(system, code, found)


def _compare_with_the_ledger(system: System, code: str, found: dict[str, Any]) -> None:
    """Every bound label leads to an item, no other label does; what the log says is what there is."""
    labels, _ = system.roll_reading.labels(code, limit=1000)
    states = Counter(label["state"] for label in labels)
    assert states["bound"] == found["balance"]["bound"]
    with system.db.read() as tx:
        known = {row[0] for row in tx.rows("SELECT value FROM identifier")}
        parents = {
            row[0]: row[1]
            for row in tx.rows("SELECT i.code, p.code AS outer_code FROM item i JOIN item p ON p.id = i.parent_id")
        }
    assert {label["code"] for label in labels if label["state"] == "bound"} == {
        label["code"] for label in labels if label["code"] in known
    }
    for label in labels:
        if label["kind"] == "piece" and label["state"] == "bound":
            mother = parents.get(label["code"])
            # It is with its own mothers, if with any: of two pieces the second shares the first one's.
            number, ordinal = label["code"].rsplit("W", 1)[1].split(".")
            middle = f"{code}-M{number}.{(int(ordinal) + 1) // 2}"
            assert mother in {None, middle, f"{code}-C{number}.1"}
    log, _ = system.roll_reading.log(code)
    assert sum(entry["labels"] for entry in log if entry["kind"] == "bound") == states["bound"]
    assert list(verify(system.db)) == []
