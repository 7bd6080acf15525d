"""What every syntax must keep, present and future."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.kernel.barcodes import syntaxes as package
from mazhi.kernel.barcodes.families import IN_ORDER, symbologies, syntaxes
from mazhi.kernel.barcodes.model import Carrier, Scan, Syntax
from mazhi.kernel.scanning.model import parse
from mazhi.kernel.texts import catalogue

FILES = sorted(path.stem for path in Path(package.__path__[0]).glob("*.py") if path.stem != "__init__")
CARRIERS: tuple[Carrier, ...] = ("gs1", "gtin", "plain", "unknown")
LIKE_CODES = st.text("0123456789ABCDEFMSV+=&/.:-$(){}<>^\x1d\\%[]", max_size=60)


def test_one_file_is_one_kind_of_the_same_name() -> None:
    assert sorted(kind.name for kind in syntaxes) == FILES


def test_no_two_syntaxes_have_the_same_order_and_the_plain_text_is_last() -> None:
    assert len({kind.order for kind in syntaxes}) == len(syntaxes)
    assert IN_ORDER[-1].name == "raw"


@pytest.mark.parametrize("kind", list(syntaxes), ids=lambda kind: kind.name)
class TestEverySyntax:
    def test_reads_its_own_example_without_a_problem(self, kind: Syntax) -> None:
        (found, *_) = kind.read(Scan(kind.example))
        assert found.problems == ()
        assert found.value

    def test_its_example_is_read_by_it_before_all_others(self, kind: Syntax) -> None:
        assert parse(kind.example)[0].via == kind.via

    def test_has_titles_in_both_languages(self, kind: Syntax) -> None:
        assert kind.zh
        assert kind.en

    @given(text=st.text(max_size=80) | LIKE_CODES, carrier=st.sampled_from(CARRIERS))
    def test_reads_or_not_but_never_raises(self, kind: Syntax, text: str, carrier: Carrier) -> None:
        symbology = symbologies["qr"] if carrier == "plain" else None
        for found in kind.read(Scan(text, carrier, symbology)):
            assert all(isinstance(value, str) for value in found.elements.values())
            assert {problem.code for problem in found.problems} <= catalogue().keys()

    @given(at=st.integers(0, 200), other=st.characters())
    def test_a_damaged_example_is_read_or_not_but_never_raises(self, kind: Syntax, at: int, other: str) -> None:
        at %= len(kind.example)
        for text in (kind.example[:at], kind.example[:at] + other + kind.example[at + 1 :], kind.example[at:]):
            kind.read(Scan(text))
