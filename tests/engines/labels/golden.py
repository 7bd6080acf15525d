"""The pictures of the ready templates as they were looked at and found good.

``python -m tests.engines.labels.golden`` draws them anew after a change that is meant; look at every one of them.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

from mazhi.engines.labels.layout import Layout
from mazhi.engines.labels.marks import Laid
from mazhi.engines.labels.model import parse
from mazhi.engines.labels.writers import png

FOLDER = Path(__file__).parent / "golden"
DPI = 203


def bodies() -> dict[str, dict[str, Any]]:
    """The files of the ready templates by their names."""
    folder = resources.files("mazhi.engines.labels") / "ready"
    return {
        file.name.removesuffix(".json"): json.loads(file.read_text("utf-8"))
        for file in sorted(folder.iterdir(), key=lambda one: one.name)
        if file.name.endswith(".json")
    }


def laid(body: dict[str, Any], dpi: int = DPI) -> Laid:
    """A ready template with its own sample."""
    return Layout(parse(body["template"]), dpi).lay(body["sample"].__getitem__)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, body in bodies().items():
        (FOLDER / f"{name}.png").write_bytes(next(png.write([laid(body)])))
