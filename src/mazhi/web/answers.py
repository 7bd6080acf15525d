"""Answers of hot routes: written in the route's own thread.

What a plain route returns is checked and written by the framework in a second thread hop, which costs about as much
as a whole scan. A route called for every scan declares its model for the description and returns this instead::

    @router.post("/scans", response_model=ScanAnswer)
    def scan(...) -> Response:
        return answer({"readings": [...]})
"""

from __future__ import annotations

from typing import Any

import orjson
from starlette.responses import Response


def answer(content: Any, *, status: int = 200) -> Response:
    """Write plain data (or dataclasses, datetimes) as a JSON response."""
    return Response(orjson.dumps(content), status, media_type="application/json")
