"""What every symbology must keep, present and future."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.kernel.barcodes import symbologies as package
from mazhi.kernel.barcodes.families import by_aim, by_name, plain, symbologies
from mazhi.kernel.barcodes.model import Symbology

FILES = sorted(path.stem for path in Path(package.__path__[0]).glob("*.py") if path.stem != "__init__")
PRINTED = {
    *("ean13", "ean8", "upca", "itf14", "code39", "code128", "gs1_128"),
    *("qr", "micro_qr", "gs1_qr", "datamatrix", "gs1_datamatrix", "pdf417"),
}


def test_one_file_is_one_kind_of_the_same_name() -> None:
    assert sorted(kind.name for kind in symbologies) == FILES


def test_every_carrier_that_is_promised_is_there() -> None:
    assert {kind.name for kind in symbologies} >= PRINTED


def test_no_two_symbologies_share_a_name() -> None:
    names = [plain(name) for kind in symbologies for name in {plain(one) for one in (kind.name, *kind.aliases)}]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", list(symbologies), ids=lambda kind: kind.name)
class TestEverySymbology:
    def test_holds_its_own_example_and_not_nothing(self, kind: Symbology) -> None:
        assert kind.holds(kind.example)
        assert not kind.holds("")

    def test_has_titles_in_both_languages(self, kind: Symbology) -> None:
        assert kind.zh
        assert kind.en

    def test_is_found_by_each_of_its_names(self, kind: Symbology) -> None:
        for name in (kind.name, kind.name.upper(), kind.name.replace("_", "-"), *kind.aliases):
            assert by_name(name) is kind

    def test_is_found_by_its_first_identifier_when_it_holds_the_text(self, kind: Symbology) -> None:
        for aim in kind.aim[:1]:
            assert aim.startswith("]")
            assert len(aim) == 3
            found = by_aim(aim, kind.example)
            assert found is not None
            assert found.holds(kind.example)

    @given(text=st.text(max_size=60))
    def test_answers_whatever_the_text(self, kind: Symbology, text: str) -> None:
        kind.holds(text)
        if kind.bare is not None:
            assert kind.bare(text) in text


@pytest.mark.parametrize(
    ("aim", "text", "name"),
    [
        ("]E0", "6901234567892", "ean13"),
        ("]E0", "012345678905", "upca"),
        ("]E0", "01234565", "upce"),
        ("]E0", "6901234567893", "ean13"),
        ("]I1", "16901234567899", "itf14"),
        ("]I0", "123456", "itf"),
        ("]e0", "0106901234567892", "databar"),
        ("]e0", "01069012345678923103001250", "databar_expanded"),
        ("]Q1", "SN1", "qr"),
    ],
)
def test_of_symbologies_that_share_an_identifier_the_text_decides(aim: str, text: str, name: str) -> None:
    found = by_aim(aim, text)
    assert found is not None
    assert found.name == name


def test_what_nobody_knows_is_not_found() -> None:
    assert by_name("no such") is None
    assert by_aim("]x9", "A") is None


@pytest.mark.parametrize(
    ("name", "text", "bare"),
    [
        ("code39", "*SN-1*", "SN-1"),
        ("code39", "*a*", "*a*"),
        ("code39", "**", "**"),
        ("codabar", "A123B", "123"),
        ("codabar", "123", "123"),
    ],
)
def test_guards_are_taken_off(name: str, text: str, bare: str) -> None:
    kind = symbologies[name]
    assert kind.bare is not None
    assert kind.bare(text) == bare
