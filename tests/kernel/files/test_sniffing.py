"""What files are, by their content."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.kernel.files.media_types import GROUPS, TYPES, is_lie, titles_of
from mazhi.kernel.files.model import clean_name
from mazhi.kernel.files.sniffing import look
from tests.kernel.files.pictures import HTML, PDF, PROGRAM, SVG, jpeg, package, picture

OFFICE = "application/vnd.openxmlformats-officedocument."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
KNOWN = [
    ("a.jpg", jpeg(), "image/jpeg"),
    ("a.png", picture("PNG"), "image/png"),
    ("a.gif", picture("GIF"), "image/gif"),
    ("a.webp", picture("WEBP"), "image/webp"),
    ("a.bmp", picture("BMP"), "image/bmp"),
    ("a.tif", picture("TIFF"), "image/tiff"),
    ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
    ("a.avif", b"\0\0\0\x18ftypavif\0\0\0\0", "image/avif"),
    ("a.pdf", PDF, "application/pdf"),
    ("a.pdf", b"\x1b%-12345X@PJL\n" + PDF, "application/pdf"),
    ("a.docx", package("[Content_Types].xml", "word/document.xml"), f"{OFFICE}wordprocessingml.document"),
    ("a.xlsx", package("[Content_Types].xml", "xl/workbook.xml"), f"{OFFICE}spreadsheetml.sheet"),
    ("a.pptx", package("[Content_Types].xml", "ppt/slides.xml"), f"{OFFICE}presentationml.presentation"),
    ("a.odt", package("mimetype", "META-INF/manifest.xml"), "application/vnd.oasis.opendocument"),
    ("a.ofd", package("OFD.xml"), "application/ofd"),
    ("a.zip", package("a.txt"), "application/zip"),
    ("a.doc", OLE, "application/x-ole-storage"),
    ("a.xls", OLE, "application/vnd.ms-excel"),
    ("a.ppt", OLE, "application/vnd.ms-powerpoint"),
    ("a.rtf", b"{\\rtf1 x}", "application/rtf"),
    ("a.mp4", b"\0\0\0\x18ftypisom\0\0\0\0", "video/mp4"),
    ("a.mov", b"\0\0\0\x18ftypqt  \0\0\0\0", "video/quicktime"),
    ("a.webm", b"\x1a\x45\xdf\xa3\x42\x82webm", "video/webm"),
    ("a.mkv", b"\x1a\x45\xdf\xa3\x42\x82matroska", "video/x-matroska"),
    ("a.avi", b"RIFF\0\0\0\0AVI LIST", "video/x-msvideo"),
    ("a.wav", b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
    ("a.mp3", b"ID3\x03\0", "audio/mpeg"),
    ("a.m4a", b"\0\0\0\x18ftypM4A \0\0\0\0", "audio/mp4"),
    ("a.amr", b"#!AMR\n", "audio/amr"),
    ("a.ogg", b"OggS\0\x02", "audio/ogg"),
    ("a.rar", b"Rar!\x1a\x07\x01\0", "application/vnd.rar"),
    ("a.7z", b"7z\xbc\xaf\x27\x1c\0", "application/x-7z-compressed"),
    ("a.gz", b"\x1f\x8b\x08\0", "application/gzip"),
    ("a.tar", bytes(257) + b"ustar\x0000" + bytes(300), "application/x-tar"),
    ("a.dwg", b"AC1032\0\0", "image/vnd.dwg"),
    ("a.dxf", b"  0\r\nSECTION\r\n  2\r\nHEADER\r\n", "image/vnd.dxf"),
    ("a.step", b"ISO-10303-21;\nHEADER;", "model/step"),
    ("a.exe", PROGRAM, "application/x-msdownload"),
    ("a.txt", "检验合格".encode(), "text/plain"),
    ("a.csv", "序列号,数量\n".encode("gb18030"), "text/plain"),
    ("a.csv", "序列号\t数量\n".encode("utf-16"), "text/plain"),
    ("a.xml", b"<?xml version='1.0'?><order/>", "text/xml"),
    ("a.html", HTML, "text/html"),
    ("a.html", b"\xef\xbb\xbf <!-- <svg --> <HTML><body>", "text/html"),
    ("a.xhtml", b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="x">', "text/html"),
    ("a.svg", SVG, "image/svg+xml"),
    ("a.svg", b"<x:svg xmlns:x='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
    ("a.bin", bytes(range(256)), "application/octet-stream"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "wanted"), KNOWN, ids=[f"{name} {wanted}" for name, _, wanted in KNOWN])
def test_a_file_is_what_its_content_says(tmp_path: Path, name: str, data: bytes, wanted: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    found = look(path, name)
    assert found.name == wanted
    assert not is_lie(name, found)


LIES = [
    ("report.pdf", HTML), ("report.pdf", PROGRAM), ("report.pdf", jpeg()), ("photo.jpg", SVG), ("photo.png", PDF),
    ("photo.jpg", b"GIF89a"), ("table.xlsx", package("evil.js")), ("note.txt", HTML), ("a.csv", PROGRAM),
    ("film.mp4", PROGRAM), ("photo.JPG", bytes(range(256))),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data"), LIES, ids=[f"{name} {data[:12]!r}" for name, data in LIES])
def test_a_file_that_says_it_is_something_else_lies(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    assert is_lie(name, look(path, name))


def test_what_could_run_in_a_browser_is_never_shown_by_it() -> None:
    shown = {one.name for one in TYPES.values() if one.inline}
    assert not shown & {"text/html", "image/svg+xml", "text/xml", "text/plain", "application/octet-stream"}
    assert {one.group for one in TYPES.values()} == set(GROUPS)


@settings(max_examples=120, deadline=None)
@given(data=st.binary(max_size=600), name=st.text(max_size=20))
def test_any_bytes_are_looked_at_without_harm(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    for begun in (b"", b"PK\x03\x04", b"PK\x05\x06", b"<?xml", b"%PDF-"):
        path.write_bytes(begun + data)
        found = look(path, name)
        assert TYPES[found.name] is found
        is_lie(name, found)


def test_a_package_with_a_huge_listing_is_not_read_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "x"
    end = b"PK\x05\x06" + bytes(6) + (60_000).to_bytes(2, "little") + (50 << 20).to_bytes(4, "little") + bytes(6)
    path.write_bytes(b"PK\x03\x04" + bytes(100) + end)
    assert look(path, "a.docx").name == "application/zip"


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("C:\\用户\\外观.jpg", "外观.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt"),
        ('"<b>".pdf', "__b__.pdf"),
        ("", "file"),
        ("...", "file"),
        (f"{'长' * 300}.pdf", f"{'长' * 188}.pdf"),
    ],
)
def test_names_lose_what_does_harm(given_: str, kept: str) -> None:
    assert clean_name(given_) == kept


@given(st.text(max_size=400))
def test_a_cleaned_name_is_short_printable_and_stays(name: str) -> None:
    kept = clean_name(name)
    assert 0 < len(kept) <= 200 and kept.isprintable() and "/" not in kept and clean_name(kept) == kept


def test_what_may_be_attached_is_told_by_endings() -> None:
    assert titles_of(["pdf", "picture"]).startswith("jpg、png")
