"""What an xlsx file is inside: a zip of XML parts. Looked at before the reader gets it.

The reader does not tell errors (#N/A) and formulas without a result from empty cells, and it makes room for every
cell between the first and the last one. So this looks at the XML itself: how much it really inflates to, how far
its cells reach, and which of them are odd.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from mazhi.kernel.errors import InvalidInputError, TooLargeError
from mazhi.kernel.spreadsheets.formats import shows_as
from mazhi.kernel.spreadsheets.model import Limits, Odd

_CHUNK = 1 << 18
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_PLACED = re.compile(rb"<(?:[^\s<>/!?:]+:)?(?:c|row)(?=[\s/>])")
_PLAINLY_PLACED = re.compile(
    rb'<(?:[^\s<>/!?:]+:)?(?:c|row)(?:\s+(?:r="(?:[A-Z]{1,3}[0-9]{1,7}|[0-9]{1,7})"|(?!r=)[\w:.-]+="[^"<&]*"))*\s*/?>'
)
_ROW = re.compile(rb'<(?:[^\s<>/!?:]+:)?row\b[^>]*\br="([0-9]+)"')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(.*?)</(?:\w+:)?c>', re.DOTALL)
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_STYLE = re.compile(rb'\bs="([0-9]+)"')
_TEXT_RESULT = b't="str"'
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(slots=True)
class SheetPart:
    """One sheet: its name, where its XML lies, and whether a person sees it."""

    name: str
    part: str
    visible: bool


@dataclass(slots=True)
class Package:
    """What was found in the file, the odd cells of one sheet (row and column from 0) included."""

    sheets: list[SheetPart]
    base_1904: bool
    odd: dict[tuple[int, int], Odd] = field(default_factory=dict)


def broken() -> InvalidInputError:
    """Build the error for a file that cannot be read to its end."""
    return InvalidInputError("spreadsheet_broken")


def look(path: Path, limits: Limits) -> Package:
    """Check that the file is a workbook of a bearable size and list its sheets.

    Raises:
        InvalidInputError: It is broken, or no workbook of Excel 2007 or later.
        TooLargeError: It inflates to more than is taken.
    """
    with _opened(path) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names:
            raise InvalidInputError("spreadsheet_format", found=_other_format(names))
        _measure(path, archive, limits)
        workbook = _xml(archive, "xl/workbook.xml")
        targets = {
            one.get("Id", ""): _part(one.get("Target", "")) for one in _xml(archive, "xl/_rels/workbook.xml.rels")
        }
        sheets: list[SheetPart] = []
        for one in workbook.iter():
            if _local(one.tag) == "sheet":
                part = targets.get(one.get(_RELATION) or one.get(_STRICT_RELATION) or "", "")
                sheets.append(SheetPart(one.get("name", ""), part, one.get("state", "visible") == "visible"))
        base = any(one.get("date1904") in {"1", "true"} for one in workbook.iter() if _local(one.tag) == "workbookPr")
    return Package(sheets, base)


def look_into(path: Path, package: Package, sheet: SheetPart, limits: Limits) -> None:
    """Find the odd cells of one sheet, and refuse one whose cells reach too far.

    Raises:
        InvalidInputError: The file is broken.
        TooLargeError: The sheet is too large.
    """
    with _opened(path) as archive:
        if sheet.part not in archive.namelist():
            raise broken()
        content = _read(archive, sheet.part)
        shown = _shown_formats(archive)
    if b"\0" in content or len(_PLACED.findall(content)) != len(_PLAINLY_PLACED.findall(content)):
        raise broken()  # a cell whose place we cannot read might be anywhere
    references = set(_REFERENCE.findall(content))
    numbers = {number for _, number in references} | set(_ROW.findall(content))
    rows = max(map(int, numbers), default=0)
    columns = max((column_number(letters.decode()) for letters in {one for one, _ in references}), default=0)
    if rows > limits.rows or columns > limits.columns or rows * columns > limits.cells:
        raise TooLargeError("spreadsheet_too_large", rows=limits.rows, columns=limits.columns)
    for place, odd in _odd_cells(content, shown):
        package.odd[place] = odd


def _odd_cells(content: bytes, shown: dict[bytes, str]) -> Iterator[tuple[tuple[int, int], Odd]]:
    if b't="e"' in content:
        for attributes, body in _ERROR_CELL.findall(content):
            found = _VALUE.search(body)
            yield from _at(attributes, Odd("error", found[1].decode() if found else "#ERROR"))
    if _FORMULA.search(content):
        for attributes, body in _CELL.findall(content):
            if _FORMULA.search(body) and not _VALUE.search(body) and _TEXT_RESULT not in attributes:
                yield from _at(attributes, Odd("no_value"))
    if shown:
        for attributes, body in _CELL.findall(content):
            style = _STYLE.search(attributes)
            code = shown.get(style[1]) if style else None
            number = _VALUE.search(body)
            if code is not None and number is not None and b" t=" not in attributes:
                text = shows_as(code, number[1].decode())
                if text is not None:
                    yield from _at(attributes, Odd("shown", text))


def _at(attributes: bytes, odd: Odd) -> Iterator[tuple[tuple[int, int], Odd]]:
    found = _REFERENCE.search(b" " + attributes)
    if found:
        yield (int(found[2]) - 1, column_number(found[1].decode()) - 1), odd


def column_number(letters: str) -> int:
    """Turn a column's letters into its number: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Turn a column's number into its letters: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _shown_formats(archive: zipfile.ZipFile) -> dict[bytes, str]:
    """Return the styles whose number format may show another text than the number's own digits."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    root = _xml(archive, "xl/styles.xml")
    codes = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter() if _local(one.tag) == "numFmt"}
    found: dict[bytes, str] = {}
    for group in root:
        if _local(group.tag) == "cellXfs":
            for number, style in enumerate(group):
                code = codes.get(style.get("numFmtId"), "")
                if shows_as(code, "1") is not None:
                    found[str(number).encode()] = code
    return found


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise broken() from error


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except (KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise broken() from error


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    content = _read(archive, name)
    if b"\0" in content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise broken()  # no workbook has one, and entities are how a small file becomes a large one
    try:
        return ElementTree.fromstring(content)  # noqa: S314 - without entities there is nothing to expand
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise broken() from error  # LookupError: an encoding that does not exist


def _measure(path: Path, archive: zipfile.ZipFile, limits: Limits) -> None:
    """Inflate every part, keeping nothing, and refuse the file when the sum passes the limit.

    What the zip's directory says of its sizes is not believed.
    """
    total = 0
    with path.open("rb") as raw:
        for entry in archive.infolist():
            raw.seek(entry.header_offset)
            head = raw.read(30)
            if len(head) < 30 or head[:4] != b"PK\x03\x04":
                raise broken()
            raw.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), 1)
            if entry.compress_type == zipfile.ZIP_STORED:
                total += entry.compress_size
            elif entry.compress_type == zipfile.ZIP_DEFLATED:
                total = _inflate(raw.read(entry.compress_size), total, limits.inflated)
            else:
                raise broken()
            if total > limits.inflated:
                raise TooLargeError("spreadsheet_inflates", limit=limits.inflated >> 20)


def _inflate(data: bytes, total: int, limit: int) -> int:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while data and total <= limit:
            total += len(engine.decompress(data, _CHUNK))
            data = engine.unconsumed_tail
    except zlib.error as error:
        raise broken() from error
    return total


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _local(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]


def _other_format(names: set[str]) -> str:
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names:
        return "ods"
    return "docx" if "word/document.xml" in names else "zip"
