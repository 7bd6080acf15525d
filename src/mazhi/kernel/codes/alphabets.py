"""Which characters the parts of a code may have."""

from __future__ import annotations

DIGITS = "0123456789"
UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LOWER = UPPER.lower()
BASE_32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O, U: nothing that is read as 1 or 0, and few words."""
BASE_34 = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without I and O."""
BASE_36 = DIGITS + UPPER
SEPARATORS = "-._/"
"""Signs that only divide a code; check characters pass over them."""

BASES: dict[int, str] = {10: DIGITS, 16: BASE_36[:16], 32: BASE_32, 34: BASE_34, 36: BASE_36}
"""The digits of numbers, by base (进制)."""

CLASSES: dict[str, str] = {
    "digits": DIGITS,
    "upper": UPPER,
    "upper_digits": BASE_36,
    "letters_digits": BASE_36 + LOWER,
    "signs": BASE_36 + LOWER + SEPARATORS,
}
"""What a field or a product's code may consist of."""


def is_visible_ascii(text: str) -> bool:
    """Tell whether a text has nothing but printable ASCII without blanks: what every carrier and scanner keeps."""
    return all("!" <= sign <= "~" for sign in text)
