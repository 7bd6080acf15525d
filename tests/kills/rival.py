"""One of several processes that want the same codes and numbers: ``python -m tests.kills.rival URL DATA NAME``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from mazhi.bootstrap import Settings, build
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.making.model import Made, MakeRequest
from mazhi.kernel.posting.model import ItemRef, PostRequest

RANGES = 12
ISSUES = 10
EACH = 30


def main() -> None:
    """Wait for the word, then take what can be taken, and tell what that was."""
    system = build(Settings(database_url=sys.argv[1], data=Path(sys.argv[2])))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    won: list[int] = []
    issued: list[str] = []
    shipped = 0
    numbers: list[int] = []
    for number in range(RANGES):
        try:
            system.making.make(SYSTEM, MakeRequest(product="WM", codes=f"X{number}-0001~X{number}-0050"))
            won.append(number)
        except ConflictError as error:
            assert error.code == "already_exists", error
    for number in range(ISSUES):
        made = system.making.make(SYSTEM, MakeRequest(product="WM", rule="R", count=EACH))
        assert isinstance(made, Made)
        issued += made.codes
        first = system.counters.take("shared", 7)
        assert first is not None
        numbers.append(first)
        request = PostRequest("ship", [ItemRef(f"S{number}")], client_key=None, partner="D")
        try:
            shipped += system.posting.post(SYSTEM, request).accepted
        except ConflictError as error:
            assert [problem.code for problem in error.problems] == ["wrong_state"], error.problems
    result = {"won": won, "issued": issued, "shipped": shipped, "numbers": numbers}
    sys.stdout.write(json.dumps(result) + "\n")
    system.db.close()


if __name__ == "__main__":
    main()
