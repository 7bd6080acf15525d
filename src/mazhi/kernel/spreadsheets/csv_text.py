"""Text files with columns: which encoding, which separator, and their rows."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from mazhi.kernel.errors import InvalidInputError
from mazhi.kernel.spreadsheets.model import LIMITS, STARTS_FORMULA, Row, Value

SEPARATORS = (",", "\t", ";", "|")
_SAMPLE_LINES = 50
_HIDDEN = (*STARTS_FORMULA, "'")
"""Before these our own files have an apostrophe."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Decoded(NamedTuple):
    """A file's text and how it was read."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Find the encoding and decode: by byte order mark, else UTF-8, UTF-16 by its zeros, else GB 18030 (GBK).

    Bytes that fit none become U+FFFD, so that the cells that hold them can be named instead of losing the file.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return Decoded(data.decode(name, "replace"), name.removesuffix("-sig"))
    zeros_at_odd, zeros_at_even = data[1:4096:2].count(0), data[0:4096:2].count(0)
    if zeros_at_odd + zeros_at_even > min(len(data), 4096) // 8:
        name = "utf-16-le" if zeros_at_odd > zeros_at_even else "utf-16-be"
        return Decoded(data.decode(name, "replace"), "utf-16")
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    lenient = data.decode("utf-8", "replace")
    damaged = lenient.count("\ufffd")
    foreign = len(lenient) - sum(map(str.isascii, lenient)) - damaged
    if damaged * 10 < foreign:
        # Mostly good UTF-8 with a few broken signs; as GBK it would all be read, and all be wrong.
        return Decoded(lenient, "utf-8")
    return Decoded(data.decode("gb18030", "replace"), "gb18030")


def find_separator(text: str) -> tuple[str, int]:
    """Return the separator and how many lines of ``text`` only name it (Excel's ``sep=;``)."""
    first = text.split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4], 1
    sample = list(itertools.islice(io.StringIO(text[: 1 << 16], newline=""), _SAMPLE_LINES))
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=separator) if row)
        if not widths:
            continue
        width, lines = widths.most_common(1)[0]
        score = (width > 1) * (lines / sum(widths.values()) + min(width, 20) / 1000)
        if score > best_score:
            best, best_score = separator, score
    return best, 0


def rows(text: str, separator: str, skip: int = 0) -> Iterator[Row]:
    """Read the rows; numbers count records, as a spreadsheet program shows them.

    Raises:
        InvalidInputError: A quotation mark is never closed or a cell is larger than any real one.
    """
    source = io.StringIO(text, newline="")
    for _ in range(skip):
        source.readline()
    reader = csv.reader(source, delimiter=separator)
    number = 0
    try:
        for cells in reader:
            number += 1
            if number > LIMITS.rows:
                raise InvalidInputError("spreadsheet_too_large", rows=LIMITS.rows, columns=LIMITS.columns)
            yield Row(number, [_plain(cell) for cell in cells])
    except csv.Error as error:
        raise InvalidInputError("csv_broken", row=number + 1, reason=str(error)) from error


def _plain(cell: str) -> Value:
    if not cell:
        return None
    if cell[0] == "=" and len(cell) > 2 and cell[1] == '"' and cell[-1] == '"':
        return cell[2:-1]  # ="00123" is how a text is kept a text in CSV
    if cell[0] == "'" and len(cell) > 1 and (cell[1] in _HIDDEN or "'" not in cell[1:]):
        return cell[1:]  # and so is an apostrophe before it
    return cell
