"""The OpenAPI description without a server: ``python -m mazhi.web.description`` writes it as JSON."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI

from mazhi.web.app import TITLE, include_routers
from mazhi.web.openapi import describe


def description() -> dict[str, Any]:
    """Describe every route; no database is opened."""
    app = FastAPI(title=TITLE, version=version("mazhi"))
    include_routers(app)
    return describe(app)


if __name__ == "__main__":
    json.dump(description(), sys.stdout, ensure_ascii=False)
