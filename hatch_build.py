"""Build hook: a wheel carries front end, documents' fonts and verifier, so that installing it needs no Node."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface):  # type: ignore[type-arg]
    """Run the front end's build, unless it is already there or the install is editable."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build ``ui/`` into ``src/mazhi/web/static``, and fetch the font as ``fonts/`` has it locked."""
        root = Path(self.root)
        page = root / "src/mazhi/web/static/index.html"
        fonts = root / "src/mazhi/kernel/documents/fonts"
        wanted = json.loads((root / "fonts/ship.json").read_text())
        have_fonts = all((fonts / name).exists() for name in wanted)
        if version == "editable":
            return
        build_data["force_include"][str(root / "verify_proof.py")] = "mazhi/verify_proof.py"
        if page.exists() and have_fonts:
            return
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError("building a wheel needs Node.js 20 and npm for the front end")
        if not have_fonts:
            subprocess.run([npm, "ci"], cwd=root / "fonts", check=True)
            fonts.mkdir(parents=True, exist_ok=True)
            for name, source in wanted.items():
                shutil.copyfile(root / "fonts/node_modules/@expo-google-fonts" / source, fonts / name)
        if not page.exists():
            subprocess.run([npm, "ci"], cwd=root / "ui", check=True)
            subprocess.run([npm, "run", "build"], cwd=root / "ui", check=True)
