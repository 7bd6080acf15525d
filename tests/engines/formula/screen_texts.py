"""The words of faults as the pages have them, from the server's: ``python -m tests.engines.formula.screen_texts``."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

_ROOT = Path(__file__).parents[3]
_SOURCE = _ROOT / "src" / "mazhi" / "engines" / "formula" / "texts.toml"
TARGET = _ROOT / "ui" / "src" / "formula" / "texts.json"
STALE = "ui/src/formula/texts.json is stale; renew it: .venv/bin/python -m tests.engines.formula.screen_texts"


def content() -> str:
    """What the file must hold."""
    return json.dumps(tomllib.loads(_SOURCE.read_text("utf-8")), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    TARGET.write_text(content(), "utf-8")
