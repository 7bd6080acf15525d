"""Check digits and characters (校验位): each algorithm once, by the standard that defines it."""

from __future__ import annotations

import re

DIGITS = re.compile(r"[0-9]+")
"""Only these ten: ``str.isdigit`` would also take full-width and Arabic ones."""

CODE39 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
_CODE39_VALUE = {character: value for value, character in enumerate(CODE39)}

CSET82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
_CSET82_VALUE = {character: value for value, character in enumerate(CSET82)}
CSET32 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

_VIN_VALUE = dict(zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "012345678912345678123457923456789"), strict=True))
_VIN_WEIGHT = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def _primes(count: int) -> list[int]:
    found: list[int] = []
    number = 2
    while len(found) < count:
        if all(number % prime for prime in found):
            found.append(number)
        number += 1
    return found


_PRIMES = _primes(97)


def gs1_mod10(body: str) -> str:
    """Return the check digit that follows ``body`` in a GTIN, SSCC, GLN and the other GS1 keys."""
    odd = sum(map(int, body[::-2]))
    even = sum(map(int, body[-2::-2]))
    return str(-(3 * odd + even) % 10)


def gs1_mod10_holds(number: str) -> bool:
    """Tell whether the last digit of a GS1 key is right."""
    return gs1_mod10(number[:-1]) == number[-1]


def luhn(body: str) -> str:
    """Return the Luhn check digit that follows ``body`` (IMEI, ISO/IEC 7812)."""
    total = sum(map(int, body[-2::-2]))
    for digit in map(int, body[::-2]):
        total += 2 * digit - 9 if digit > 4 else 2 * digit
    return str(-total % 10)


def mod43(body: str) -> str | None:
    """Return the Code 39 check character that follows ``body`` (also HIBC); None outside that alphabet."""
    total = 0
    for character in body:
        value = _CODE39_VALUE.get(character)
        if value is None:
            return None
        total += value
    return CODE39[total % 43]


def gs1_pair(body: str) -> str | None:
    """Return the two check characters of an alphanumeric GS1 key (GMN); None outside CSET 82."""
    total = 0
    for character, prime in zip(reversed(body), _PRIMES, strict=False):
        value = _CSET82_VALUE.get(character)
        if value is None:
            return None
        total += value * prime
    total %= 1021
    return CSET32[total >> 5] + CSET32[total & 31]


def iban_holds(account: str) -> bool:
    """Tell whether the remainder of an IBAN is right (ISO 13616, mod 97)."""
    if not re.fullmatch(r"[0-9A-Z]+", account):
        return False
    return int("".join(str(int(character, 36)) for character in account[4:] + account[:4])) % 97 == 1


def vin(number: str) -> str:
    """Return the character that position 9 of a vehicle number must hold (mod 11, X for ten)."""
    total = sum(_VIN_VALUE[character] * weight for character, weight in zip(number, _VIN_WEIGHT, strict=True))
    return "0123456789X"[total % 11]
