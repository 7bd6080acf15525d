"""Build hook: a wheel carries front end, documents' font and verifier, so that installing it needs no Node."""

from __future__ import annotations

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
        font = root / "src/mazhi/kernel/documents/fonts/NotoSansSC-Regular.ttf"
        if version == "editable":
            return
        build_data["force_include"][str(root / "verify_proof.py")] = "mazhi/verify_proof.py"
        if page.exists() and font.exists():
            return
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError("building a wheel needs Node.js 20 and npm for the front end")
        if not font.exists():
            subprocess.run([npm, "ci"], cwd=root / "fonts", check=True)
            source = root / "fonts/node_modules/@expo-google-fonts/noto-sans-sc"
            font.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / "400Regular/NotoSansSC_400Regular.ttf", font)
            shutil.copyfile(source / "LICENSE_FONT", font.with_name("LICENSE.txt"))
        if not page.exists():
            subprocess.run([npm, "ci"], cwd=root / "ui", check=True)
            subprocess.run([npm, "run", "build"], cwd=root / "ui", check=True)
