"""The typefaces that are shipped with the package, all under the SIL Open Font License."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
REGULAR = FOLDER / "NotoSansSC-Regular.ttf"
BOLD = FOLDER / "NotoSansSC-Bold.ttf"
MONO = FOLDER / "JetBrainsMono-Regular.ttf"
MONO_BOLD = FOLDER / "JetBrainsMono-Bold.ttf"
