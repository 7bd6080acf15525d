"""What files can be, which names such files have, and what browsers may show of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Group = Literal[
    "picture", "pdf", "word", "sheet", "slides", "text", "video", "audio", "archive", "drawing", "other"
]  # fmt: skip
"""What fields let people attach: 图片, PDF, Word, Excel, PPT, 文本, 视频, 音频, 压缩包, 图纸, 其他."""
GROUPS: tuple[Group, ...] = get_args(Group)


@dataclass(frozen=True, slots=True)
class MediaType:
    """One type of file.

    Attributes:
        name: As in ``Content-Type``.
        group: What it counts as.
        title: What people call it, understood in both languages.
        endings: The endings of names that such a file may have; empty: any that belongs to no other type.
        inline: Whether a browser may show it; all else is only ever saved, so that nothing of it runs.
        drawn: Whether it is a picture that we can read.
    """

    name: str
    group: Group
    title: str
    endings: tuple[str, ...] = ()
    inline: bool = False
    drawn: bool = False


def _office(kind: str) -> str:
    return f"application/vnd.openxmlformats-officedocument.{kind}"


UNKNOWN = MediaType("application/octet-stream", "other", "unknown data")
EMPTY_ZIP = MediaType("application/zip", "archive", "ZIP", ("zip",))
PROGRAM = MediaType("application/x-msdownload", "other", "program", ("exe", "dll", "msi", "com", "scr", "so"))
HTML = MediaType("text/html", "other", "HTML", ("html", "htm", "xhtml", "mht", "mhtml"))
SVG = MediaType("image/svg+xml", "other", "SVG", ("svg",))
XML = MediaType("text/xml", "text", "XML", ("xml", "xsd", "xsl", "dxf", "stp", "step"))
PLAIN = MediaType(
    "text/plain", "text", "text",
    ("txt", "csv", "tsv", "log", "json", "md", "ini", "conf", "yaml", "yml", "sql", "nc", "gcode", "srt", "eml"),
)  # fmt: skip
OLD_OFFICE = MediaType(
    "application/x-ole-storage", "word", "Office 97–2003", ("doc", "dot", "wps", "docx", "dotx", "msg")
)
OLD_SHEET = MediaType("application/vnd.ms-excel", "sheet", "Excel 97–2003", ("xls", "xlt", "et", "xlsx", "xlsm"))
OLD_SLIDES = MediaType("application/vnd.ms-powerpoint", "slides", "PowerPoint 97–2003", ("ppt", "pps", "dps", "pptx"))

_ALL = (
    MediaType("image/jpeg", "picture", "JPEG", ("jpg", "jpeg", "jpe", "jfif"), inline=True, drawn=True),
    MediaType("image/png", "picture", "PNG", ("png",), inline=True, drawn=True),
    MediaType("image/gif", "picture", "GIF", ("gif",), inline=True, drawn=True),
    MediaType("image/webp", "picture", "WebP", ("webp",), inline=True, drawn=True),
    MediaType("image/bmp", "picture", "BMP", ("bmp", "dib"), inline=True, drawn=True),
    MediaType("image/tiff", "picture", "TIFF", ("tif", "tiff"), drawn=True),
    MediaType("image/heic", "picture", "HEIC", ("heic", "heif", "hif")),
    MediaType("image/avif", "picture", "AVIF", ("avif",)),
    MediaType("application/pdf", "pdf", "PDF", ("pdf",), inline=True),
    MediaType(_office("wordprocessingml.document"), "word", "Word", ("docx", "dotx", "docm")),
    MediaType(_office("spreadsheetml.sheet"), "sheet", "Excel", ("xlsx", "xltx", "xlsm", "xlsb")),
    MediaType(_office("presentationml.presentation"), "slides", "PowerPoint", ("pptx", "ppsx", "potx", "pptm")),
    MediaType("application/vnd.oasis.opendocument", "word", "OpenDocument", ("odt", "ods", "odp")),
    OLD_OFFICE, OLD_SHEET, OLD_SLIDES,
    MediaType("application/rtf", "word", "RTF", ("rtf", "doc")),
    MediaType("application/ofd", "pdf", "OFD", ("ofd",)),
    MediaType("video/mp4", "video", "MP4", ("mp4", "m4v", "mov", "3gp"), inline=True),
    MediaType("video/quicktime", "video", "QuickTime", ("mov", "qt")),
    MediaType("video/webm", "video", "WebM", ("webm",), inline=True),
    MediaType("video/x-matroska", "video", "Matroska", ("mkv", "mka")),
    MediaType("video/x-msvideo", "video", "AVI", ("avi",)),
    MediaType("audio/mpeg", "audio", "MP3", ("mp3",), inline=True),
    MediaType("audio/mp4", "audio", "M4A", ("m4a", "aac", "mp4"), inline=True),
    MediaType("audio/wav", "audio", "WAV", ("wav",), inline=True),
    MediaType("audio/ogg", "audio", "Ogg", ("ogg", "oga", "opus", "ogv"), inline=True),
    MediaType("audio/flac", "audio", "FLAC", ("flac",), inline=True),
    MediaType("audio/amr", "audio", "AMR", ("amr",)),
    EMPTY_ZIP,
    MediaType("application/vnd.rar", "archive", "RAR", ("rar",)),
    MediaType("application/x-7z-compressed", "archive", "7z", ("7z",)),
    MediaType("application/gzip", "archive", "gzip", ("gz", "tgz")),
    MediaType("application/x-tar", "archive", "tar", ("tar",)),
    MediaType("image/vnd.dwg", "drawing", "DWG", ("dwg",)),
    MediaType("image/vnd.dxf", "drawing", "DXF", ("dxf",)),
    MediaType("model/step", "drawing", "STEP", ("step", "stp", "p21")),
    PROGRAM, HTML, SVG, XML, PLAIN, UNKNOWN,
)  # fmt: skip
TYPES: Mapping[str, MediaType] = {one.name: one for one in _ALL}
_CLAIMS: Mapping[str, tuple[str, ...]] = {
    ending: tuple(one.name for one in _ALL if ending in one.endings) for one in _ALL for ending in one.endings
}


def ending_of(name: str) -> str:
    """Return the ending of a file's name in small letters; empty where it has none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_lie(name: str, found: MediaType) -> bool:
    """Tell whether a file's name says that it is something else than what it is.

    An ending that stands for no type that we know says nothing.
    """
    claimed = _CLAIMS.get(ending_of(name), ())
    if found.name == EMPTY_ZIP.name and ending_of(name) == "ofd":
        return False
    return bool(claimed) and found.name not in claimed


def titles_of(groups: tuple[str, ...] | list[str]) -> str:
    """Return the endings of some groups as people know them: what may be attached."""
    shown = [one for one in _ALL if one.group in groups and one.endings]
    return "、".join(dict.fromkeys(one.endings[0] for one in shown))
