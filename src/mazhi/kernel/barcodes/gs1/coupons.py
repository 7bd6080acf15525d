"""The two North American coupon codes, which hide a record with lengths of its own in one value."""

from __future__ import annotations

from mazhi.kernel.barcodes.gs1.dates import day_exists


class _ShortError(Exception):
    """The record is cut off, or a digit of it is out of its range."""


class _Reader:
    """Takes digit after digit from a record."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def take(self, count: int) -> str:
        taken = self._text[self._at : self._at + count]
        if len(taken) < count:
            raise _ShortError
        self._at += count
        return taken

    def one_of(self, allowed: str) -> str:
        digit = self.take(1)
        if digit not in allowed:
            raise _ShortError
        return digit

    def sized(self, allowed: str, more: int = 0) -> str:
        """Take a field that is led by its own length, less ``more``."""
        return self.take(int(self.one_of(allowed)) + more)

    def next_is(self, digit: str) -> bool:
        """Step over the number of an optional field, if it is the next one."""
        if self._text[self._at : self._at + 1] != digit:
            return False
        self._at += 1
        return True

    @property
    def done(self) -> bool:
        return self._at == len(self._text)


def _other_purchase(reader: _Reader) -> None:
    reader.sized("12345")
    reader.one_of("012349")
    reader.take(3)
    length = reader.one_of("01234569")
    if length != "9":
        reader.take(int(length) + 6)


def _day(reader: _Reader) -> str:
    day = reader.take(6)
    if not day_exists(2000 + int(day[:2]), day[2:4], day[4:]):
        raise _ShortError
    return day


def _coupon(reader: _Reader) -> None:
    reader.sized("0123456", 6)  # company prefix
    reader.take(6)  # offer
    reader.sized("12345")  # value
    reader.sized("12345")  # first purchase
    reader.one_of("012349")
    reader.take(3)
    if reader.next_is("1"):
        reader.one_of("0123")
        _other_purchase(reader)
    if reader.next_is("2"):
        _other_purchase(reader)
    ends = _day(reader) if reader.next_is("3") else ""
    starts = _day(reader) if reader.next_is("4") else ""
    if ends and starts > ends:
        raise _ShortError
    if reader.next_is("5"):
        reader.sized("0123456789", 6)  # serial number
    if reader.next_is("6"):
        reader.sized("1234567", 6)  # retailer
    if reader.next_is("9"):
        for allowed in ("01256", "012", "0123456789", "01"):
            reader.one_of(allowed)


def _offer(reader: _Reader) -> None:
    reader.one_of("01")
    reader.sized("0123456", 6)  # who pays
    reader.take(6)  # offer
    reader.sized("0123456789", 6)  # serial number


def coupon_holds(value: str) -> bool:
    """Tell whether a value is a coupon record of AI (8110)."""
    return _holds(value, positive_offer=False)


def offer_holds(value: str) -> bool:
    """Tell whether a value is a coupon record of AI (8112)."""
    return _holds(value, positive_offer=True)


def _holds(value: str, *, positive_offer: bool) -> bool:
    if set(value) - set("0123456789"):
        return False
    reader = _Reader(value)
    try:
        (_offer if positive_offer else _coupon)(reader)
    except _ShortError:
        return False
    return reader.done
