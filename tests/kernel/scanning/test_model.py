from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.kernel.barcodes.families import symbologies
from mazhi.kernel.barcodes.model import Level
from mazhi.kernel.scanning.model import LONGEST, Candidate, clean, is_warning, narrow, parse
from mazhi.kernel.texts import catalogue

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "vectors" / "scan.json").read_text(encoding="utf-8")
)
FRAGMENTS = st.sampled_from(
    [
        *(
            "]C1",
            "]d2",
            "]Q1",
            "]E0",
            "]Q2",
            "\x1d",
            "{GS}",
            "<GS>",
            "^",
            "(01)",
            "(21)",
            "(",
            ")",
            "\\(",
            "\\",
            "\r\n",
        ),
        *("01", "06901234567892", "10", "21", "17", "261231", "A", "0", "9", "SN1", " ", "-", ".", "+", "=", "&", "%"),
        *("https://", "id.example.com", "/01/", "/", "?", "&17=", "%2F", "urn:epc:id:", "sgtin:", "6901234.056789.1"),
        *("+A123", "$$", "=/", "&,1", "MA.156.M0", ".L1", "[)>", "\x1e06\x1d", "IMEI:"),
        *("９", "（", "】", "……", "水", "\0", "\ud800", "\u202e"),
    ]
)


def told(candidate: Candidate) -> dict[str, Any]:
    return {
        "via": candidate.via,
        "value": candidate.value,
        "elements": dict(candidate.elements),
        "problems": [problem.code for problem in candidate.problems],
    }


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_shared_vector(vector: dict[str, Any]) -> None:
    assert [told(candidate) for candidate in parse(vector["raw"], vector["symbology"])] == vector["expect"]


def test_there_are_enough_vectors_and_each_has_a_name_of_its_own() -> None:
    assert len(VECTORS) >= 300
    assert len({vector["id"] for vector in VECTORS}) == len(VECTORS)


def test_every_problem_of_a_vector_has_its_text_in_both_languages() -> None:
    codes = {code for vector in VECTORS for reading in vector["expect"] for code in reading["problems"]}
    for code in codes:
        assert {"zh", "en", "zh_advice", "en_advice"} <= catalogue()[code].keys(), code


@given(st.text(max_size=4096) | st.lists(FRAGMENTS, max_size=60).map("".join), st.none() | st.text(max_size=20))
def test_any_text_is_read_and_the_plain_text_is_always_among_the_readings(raw: str, symbology: str | None) -> None:
    candidates = parse(raw, symbology)
    assert [candidate.level for candidate in candidates] == sorted(candidate.level for candidate in candidates)
    assert any(candidate.via == "raw" for candidate in candidates)
    assert {problem.code for candidate in candidates for problem in candidate.problems} <= catalogue().keys()


@given(st.lists(FRAGMENTS, max_size=30).map("".join), st.sampled_from([kind.name for kind in symbologies]))
def test_any_text_is_read_for_every_symbology(raw: str, symbology: str) -> None:
    assert parse(raw, symbology)


@given(st.text(max_size=60))
def test_ends_that_a_wedge_adds_change_nothing(text: str) -> None:
    assert [told(candidate) for candidate in parse(f"\x02{text}\r\n")] == [told(candidate) for candidate in parse(text)]


@given(st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert narrow(narrow(text)) == narrow(text)


HOSTILE = [
    *(
        "20",
        "2099",
        "01",
        "10",
        "21",
        "2126",
        "0",
        "9",
        "3101234567",
        "(",
        "(01)",
        "\x1d",
        "\x1dS",
        "^",
        "{GS",
        "\\",
        "\\0",
    ),
    *("/", "/01", "01/06901234567892/", "a.", "a-", "a?", ".A", "1.", "1-", "1 ", "%", "%41", "17=1&", "?", "#"),
    *("=", "&,1", "=<E0791V00", "$$", "+A", "AA:", "00:", "[)>", "\x1e", "Ａ", "\u3000", "\u200b", "…"),
]
BEFORE = [
    *("", "]d2", "]C1", "]Q2", "0106901234567892", "]d2010690123456789210", "+A", "MA.156", "[)>\x1e06"),
    *("https://a/", "https://a/01/06901234567892?", "www.", "urn:epc:id:sgtin:"),
]


@pytest.mark.parametrize("before", BEFORE, ids=repr)
def test_hostile_texts_of_full_length_are_read_at_once(before: str) -> None:
    for piece in HOSTILE:
        text = (before + piece * LONGEST)[:LONGEST]
        started = time.process_time()
        parse(text)
        # Far above what it takes (some 20 ms), far below what any square of the length would.
        assert time.process_time() - started < 1, piece


def test_what_is_too_long_is_not_read_but_told() -> None:
    (candidate,) = parse("https://a.example/" + "a" * LONGEST)
    assert told(candidate)["problems"] == ["scan_too_long"]
    assert candidate.level is Level.PLAIN


def test_some_problems_only_warn() -> None:
    assert is_warning("missing_partner")
    assert not is_warning("check_digit")


def test_a_reading_tells_its_symbology() -> None:
    assert parse("]d2" + "0106901234567892")[0].symbology == "gs1_datamatrix"
    assert parse("SN1", "QR_CODE")[0].symbology == "qr"
    assert parse("SN1")[0].symbology is None
