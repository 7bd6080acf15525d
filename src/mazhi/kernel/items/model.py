"""What an item and its code are."""

from __future__ import annotations

import unicodedata

from mazhi.kernel.errors import Problem

LONGEST_CODE = 200


def check_code(code: str, pointer: str | None = None) -> Problem | None:
    """Say what is wrong with a code: empty, too long, blanks at its ends, or characters that no scanner sends."""
    if not code or len(code) > LONGEST_CODE:
        return Problem("code_length", {"most": LONGEST_CODE}, pointer, code[:LONGEST_CODE])
    if code != code.strip():
        return Problem("code_blanks", {}, pointer, code)
    if any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} for sign in code):
        return Problem("code_control_characters", {}, pointer, code)
    return None
