"""What a file is, by its content; its name and what the sender called it are not asked."""

from __future__ import annotations

import codecs
import re
import zipfile
from pathlib import Path

from mazhi.kernel.files.media_types import (
    EMPTY_ZIP,
    HTML,
    OLD_OFFICE,
    OLD_SHEET,
    OLD_SLIDES,
    PLAIN,
    PROGRAM,
    SVG,
    TYPES,
    UNKNOWN,
    XML,
    MediaType,
    ending_of,
)

HEAD = 4096
"""Bytes that are looked at."""
_LAST = 66_000
"""Bytes at the end of a package in which its end is marked."""
_LISTING = 4 << 20
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"AC10", "image/vnd.dwg"),
    (b"ISO-10303-21;", "model/step"),
    (b"MZ", PROGRAM.name),
    (b"\x7fELF", PROGRAM.name),
    (b"\xcf\xfa\xed\xfe", PROGRAM.name),
    (b"\xca\xfe\xba\xbe", PROGRAM.name),
    (b"#!/", PROGRAM.name),
)
_RIFF = {b"WEBP": "image/webp", b"AVI ": "video/x-msvideo", b"WAVE": "audio/wav"}
_BRANDS = {
    b"heic": "image/heic", b"heix": "image/heic", b"hevc": "image/heic", b"mif1": "image/heic",
    b"msf1": "image/heic", b"avif": "image/avif", b"avis": "image/avif", b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4", b"M4B ": "audio/mp4",
}  # fmt: skip
_OFFICE = {"word/": "wordprocessingml.document", "xl/": "spreadsheetml.sheet", "ppt/": "presentationml.presentation"}
_OLD = {"xls": OLD_SHEET, "xlt": OLD_SHEET, "et": OLD_SHEET, "xlsx": OLD_SHEET, "xlsm": OLD_SHEET,
        "ppt": OLD_SLIDES, "pps": OLD_SLIDES, "dps": OLD_SLIDES, "pptx": OLD_SLIDES}  # fmt: skip
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|iframe|style|meta|title|img|object|embed|form|table|div|a|p)\b", re.I
)
_SVG = re.compile(rb"<(?:[\w.-]+:)?svg\b", re.I)
_FRONT = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->)*", re.S)
_CONTROLS = {*range(32)} - {*b"\t\n\r\f\x1b"}


def look(path: Path, name: str) -> MediaType:
    """Return what a file is; its name decides only between kinds that look the same inside."""
    with path.open("rb") as source:
        head = source.read(HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zipped(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLD.get(ending_of(name), OLD_OFFICE)
    return _binary(head) or _text(head) or UNKNOWN


def _binary(head: bytes) -> MediaType | None:
    for begun, found in _BEGINNINGS:
        if head.startswith(begun):
            return TYPES[found]
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return TYPES["image/bmp"]
    if head.startswith(b"RIFF") and head[8:12] in _RIFF:
        return TYPES[_RIFF[head[8:12]]]
    if head[4:8] == b"ftyp":
        return TYPES[_BRANDS.get(head[8:12], "video/mp4")]
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return TYPES["video/webm" if b"webm" in head[:64] else "video/x-matroska"]
    if head[257:262] == b"ustar":
        return TYPES["application/x-tar"]
    if b"%PDF-" in head[:1024] and _markup(head) is None:
        return TYPES["application/pdf"]
    return None


def _text(head: bytes) -> MediaType | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _markup(head.replace(b"\0", b"")[2:]) or PLAIN
    if any(sign in _CONTROLS for sign in head) or not head:
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(head, final=False)
        except UnicodeDecodeError:
            continue
        if re.match(rb"\s*0\s*\r?\n\s*SECTION\s", head):
            return TYPES["image/vnd.dxf"]
        return _markup(head) or PLAIN
    return None


def _markup(head: bytes) -> MediaType | None:
    """Return what a text in tags is; a browser that runs it must not be tempted by how it begins."""
    front = _FRONT.match(head)
    rest = head[front.end() if front else 0 :]
    if _HTML.match(rest):
        return HTML
    if _SVG.match(rest):
        return SVG
    if not rest.lower().startswith((b"<?xml", b"<!doctype")):
        return None
    return HTML if _HTML.search(rest) and b"<html" in rest.lower() else SVG if _SVG.search(rest) else XML


def _zipped(path: Path) -> MediaType:
    """Look which documents of an office a package holds."""
    if not _short_listing(path):
        return EMPTY_ZIP
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        return EMPTY_ZIP
    if "OFD.xml" in names:
        return TYPES["application/ofd"]
    if "[Content_Types].xml" in names:
        for folder, kind in _OFFICE.items():
            if any(name.startswith(folder) for name in names):
                return TYPES[f"application/vnd.openxmlformats-officedocument.{kind}"]
    if names and names[0] == "mimetype" and "META-INF/manifest.xml" in names:
        return TYPES["application/vnd.oasis.opendocument"]
    return EMPTY_ZIP


def _short_listing(path: Path) -> bool:
    """Tell whether a package's table of contents is small enough to be read: it is held in memory."""
    size = path.stat().st_size
    with path.open("rb") as source:
        source.seek(max(0, size - _LAST))
        tail = source.read()
    end = tail.rfind(b"PK\x05\x06")
    return 0 <= end <= len(tail) - 22 and int.from_bytes(tail[end + 12 : end + 16], "little") <= _LISTING
