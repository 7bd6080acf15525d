"""What every carrier must keep, present and future."""

from __future__ import annotations

import random
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mazhi.engines.labels.bits import to_image
from mazhi.engines.labels.carriers import kinds as package
from mazhi.engines.labels.carriers.family import carriers
from mazhi.engines.labels.carriers.model import Carrier, LabelError
from mazhi.engines.labels.carriers.painting import upright
from mazhi.engines.labels.carriers.reading import read
from mazhi.kernel import texts
from mazhi.kernel.barcodes.families import symbologies
from tests.engines.labels import samples

FILES = sorted(path.stem for path in Path(package.__path__[0]).glob("*.py") if path.stem != "__init__")
PROMISED = {
    *("code39", "code128", "gs1_128", "ean13", "ean8", "upca", "itf14", "qr", "micro_qr"),
    *("datamatrix", "gs1_datamatrix", "pdf417", "digital_link"),
}
QUIET = {
    "code128": (10, 10, 0, 0),
    "gs1_128": (10, 10, 0, 0),
    "code39": (10, 10, 0, 0),
    "itf14": (10, 10, 0, 0),
    "ean13": (11, 7, 0, 0),
    "ean8": (7, 7, 0, 0),
    "upca": (9, 9, 0, 0),
    "qr": (4, 4, 4, 4),
    "digital_link": (4, 4, 4, 4),
    "micro_qr": (2, 2, 2, 2),
    "datamatrix": (1, 1, 1, 1),
    "gs1_datamatrix": (1, 1, 1, 1),
    "pdf417": (2, 2, 2, 2),
}
"""Of the standards, left, right, above, below."""

EVERY = pytest.mark.parametrize("kind", list(carriers), ids=lambda kind: kind.name)


def picture(kind: Carrier, content: str, options: dict[str, str], module: int = 4) -> Image.Image:
    matrix = kind.encode(content, options)
    bars = to_image(upright(matrix, module, 60))
    left, right, above, below = (modules * module for modules in matrix.quiet)
    label = Image.new("L", (left + bars.width + right, above + bars.height + below), 255)
    label.paste(0, (left, above), bars)
    return label


def test_one_file_is_one_kind_of_the_same_name() -> None:
    assert sorted(kind.name for kind in carriers) == FILES


def test_every_carrier_that_is_promised_is_there() -> None:
    assert {kind.name for kind in carriers} >= PROMISED


@EVERY
class TestEveryCarrier:
    def test_is_named_like_the_symbology_that_scanners_report(self, kind: Carrier) -> None:
        assert kind.name in symbologies or kind.name == "digital_link"

    def test_what_it_carries_its_symbology_holds(self, kind: Carrier) -> None:
        symbology = symbologies[kind.name if kind.name in symbologies else "qr"]
        chance = random.Random(f"hold {kind.name}")
        for _ in range(20):
            options = samples.options(kind.name, chance)
            assert symbology.holds(kind.check(samples.content(kind.name, chance), options))

    def test_its_example_is_read_back(self, kind: Carrier) -> None:
        options = kind.settle({})
        content = kind.check(kind.example, options)
        assert read(kind.name, content, picture(kind, content, options)) == content

    def test_random_contents_are_read_back(self, kind: Carrier) -> None:
        chance = random.Random(f"read {kind.name}")
        for _ in range(20):
            options = samples.options(kind.name, chance)
            content = kind.check(samples.content(kind.name, chance), options)
            assert read(kind.name, content, picture(kind, content, options)) == content

    @settings(max_examples=40, deadline=None)
    @given(wanted=st.text(max_size=40) | st.text("0123456789", max_size=15) | st.text("()0123456789AB-", max_size=20))
    def test_any_text_is_read_back_exactly_or_refused_with_words(self, kind: Carrier, wanted: str) -> None:
        options = kind.settle({})
        try:
            content = kind.check(wanted, options)
        except LabelError as error:
            assert error.code in texts.catalogue()
            words = "".join(texts.catalogue()[error.code].values())
            assert {name for _, name, _, _ in string.Formatter().parse(words) if name} <= set(error.params)
        else:
            assert read(kind.name, content, picture(kind, content, options)) == content

    def test_nothing_is_refused(self, kind: Carrier) -> None:
        with pytest.raises(LabelError) as refused:
            kind.check("", kind.settle({}))
        assert refused.value.code == "carrier_empty"

    def test_checked_content_is_checked_to_itself(self, kind: Carrier) -> None:
        options = kind.settle({})
        content = kind.check(kind.example, options)
        assert kind.check(content, options) == content

    def test_rows_are_of_one_length_and_of_two_signs(self, kind: Carrier) -> None:
        options = kind.settle({})
        matrix = kind.encode(kind.check(kind.example, options), options)
        assert len({len(row) for row in matrix.rows}) == 1
        assert set("".join(matrix.rows)) == {"0", "1"}
        assert matrix.linear == (len(matrix.rows) == 1) == (kind.group == "linear")

    def test_its_quiet_zone_is_that_of_its_standard(self, kind: Carrier) -> None:
        options = kind.settle({})
        assert kind.encode(kind.check(kind.example, options), options).quiet == QUIET[kind.name]

    def test_squares_are_square(self, kind: Carrier) -> None:
        if kind.group != "matrix":
            return
        chance = random.Random(f"square {kind.name}")
        for _ in range(20):
            options = samples.options(kind.name, chance)
            content = kind.check(samples.content(kind.name, chance), options)
            rows = kind.encode(content, options).rows
            assert len(rows) == len(rows[0])

    def test_its_options_can_be_what_they_are_by_default_and_nothing_foolish(self, kind: Carrier) -> None:
        assert kind.settle({}) == {option.name: option.default for option in kind.options}
        assert kind.settle(kind.settle({})) == kind.settle({})
        for option in kind.options:
            if option.choices or option.most is not None:
                with pytest.raises(LabelError) as refused:
                    kind.settle({option.name: "foolish"})
                assert refused.value.code == "carrier_bad_option"

    def test_it_has_words_in_both_languages(self, kind: Carrier) -> None:
        assert kind.zh and kind.en
        assert all(option.zh and option.en for option in kind.options)
        assert kind.readable(kind.example)
