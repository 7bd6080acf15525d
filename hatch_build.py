"""Build hook: a wheel carries the built front end, so that installing it needs no Node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg]
    """Run the front end's build, unless it is already there or the install is editable."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's signature
        """Build ``ui/`` into ``src/mazhi/web/static``."""
        root = Path(self.root)
        if version == "editable" or (root / "src/mazhi/web/static/index.html").exists():
            return
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError("building a wheel needs Node.js 20 and npm for the front end")
        subprocess.run([npm, "ci"], cwd=root / "ui", check=True)
        subprocess.run([npm, "run", "build"], cwd=root / "ui", check=True)
