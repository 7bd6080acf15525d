"""Setting text: nothing is lost, nothing is outside, and lines break as Chinese setting has it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mazhi.engines.labels.fonts import EM, measure, pens, widths
from mazhi.engines.labels.text import Style, clean, missing, set_text
from mazhi.engines.labels.wrapping import NOT_FIRST, NOT_LAST, wrap

SIGNS = "宁波澄岳净水科技有限公司地址电话，。、；：？！（）《》“”【】— ABCdefg0123456789 .,-/()%#:@"
TEXTS = st.text(alphabet=SIGNS, min_size=1, max_size=80)
FACES = st.sampled_from(["sans", "sans_bold", "mono", "mono_bold"])
WIDTHS = widths("sans")


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(text=TEXTS, width=st.integers(20, 400))
@settings(max_examples=200, deadline=None)
def test_wrapping_loses_nothing_and_no_line_is_too_wide(text: str, width: int) -> None:
    lines = wrap(text, width * 100, WIDTHS)
    assert squeezed("".join(lines)) == squeezed(text)
    assert all(measure(line, "sans") <= width * 100 or len(line) == 1 for line in lines)


@given(words=st.lists(st.text(alphabet="宁波净水，。（）abc1", min_size=1, max_size=3), min_size=1, max_size=30))
@settings(max_examples=200, deadline=None)
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(words: list[str]) -> None:
    lines = wrap("".join(words), 20 * EM, WIDTHS)
    # Where signs that must not be parted are wider than the line together, they are cut all the same.
    for before, after in pairwise(lines):
        if measure(before, "sans") < 18 * EM:
            assert after[0] not in NOT_FIRST or before[-1] in NOT_FIRST | NOT_LAST
            assert before[-1] not in NOT_LAST or after[0] in NOT_FIRST | NOT_LAST


def test_a_closing_mark_takes_the_sign_before_it_along() -> None:
    assert wrap("宁波澄岳净水，净水", 6 * EM, WIDTHS) == ["宁波澄岳净", "水，净水"]
    assert wrap("宁波澄岳净（水）", 6 * EM, WIDTHS) == ["宁波澄岳净", "（水）"]


def test_latin_words_and_numbers_stay_whole_unless_they_are_wider_than_the_line() -> None:
    assert wrap("serial number 0123", 8 * EM, WIDTHS) == ["serial number", "0123"]
    assert "".join(wrap("0123456789" * 3, 4 * EM, WIDTHS)) == "0123456789" * 3


def test_line_breaks_of_the_text_are_kept() -> None:
    assert wrap("一\n\n二", 10 * EM, WIDTHS) == ["一", "", "二"]


@example(
    text="。", face="sans", size=10, width=60, height=20, align="left", valign="top", wrapped=False, vertical=False
)
@example(
    text="00、—", face="mono", size=21, width=60, height=59, align="left", valign="top", wrapped=False, vertical=True
)
@given(
    text=TEXTS, face=FACES, size=st.integers(10, 40), width=st.integers(60, 400), height=st.integers(20, 200),
    align=st.sampled_from(["left", "center", "right"]), valign=st.sampled_from(["top", "middle", "bottom"]),
    wrapped=st.booleans(), vertical=st.booleans(),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_what_fits_is_inside_and_whole(
    text: str, face: str, size: int, width: int, height: int, align: str, valign: str, wrapped: bool, vertical: bool
) -> None:
    style = Style(face, size, 6, align, valign, wrapped, True, vertical=vertical)  # type: ignore[arg-type]
    setting = set_text(text, style, width, height)
    assert 6 <= setting.size <= size
    if not vertical:
        assert squeezed("".join(one.text for one in setting.words)) == squeezed(text)
    if not setting.fits:
        assert setting.size == 6
        return
    # Descenders and the sides of some signs reach a little beyond their line and their width.
    over = round(setting.size * 0.18) + 1
    for words in setting.words:
        assert words.x >= -over
        assert words.y >= -over
        assert words.x + words.bits.width <= width + over
        assert words.y + words.bits.height <= height + over


@given(text=TEXTS, size=st.integers(12, 60))
@settings(max_examples=50, deadline=None)
def test_setting_is_the_same_every_time(text: str, size: int) -> None:
    style = Style(size=size, wrap=True)
    assert set_text(text, style, 200, 100) == set_text(text, style, 200, 100)


def test_what_does_not_fit_says_so_and_is_still_all_there() -> None:
    setting = set_text("RO260908L010037", Style("mono", 30), 100, 30)
    assert not setting.fits
    assert setting.words[0].text == "RO260908L010037"
    assert setting.wide > 100


def test_shrinking_takes_the_largest_size_that_fits() -> None:
    setting = set_text("RO260908L010037", Style("mono", 30, 8, shrink=True), 200, 40)
    assert setting.fits
    assert not set_text("RO260908L010037", Style("mono", setting.size + 1), 200, 40).fits


def test_lines_are_as_long_at_every_size_of_dot() -> None:
    text = "CY-R800 反渗透净水机"
    assert abs(pens(text, "sans", 75)[-1] - 3 * pens(text, "sans", 25)[-1]) <= 2


@pytest.mark.parametrize(("align", "left"), [("left", 0), ("center", 1), ("right", 2)])
def test_lines_stand_where_they_are_aligned(align: str, left: int) -> None:
    setting = set_text("国国", Style(size=20, align=align), 100, 30)  # type: ignore[arg-type]
    assert setting.words[0].origin[0] == left * 30


def test_a_sign_that_the_face_lacks_is_taken_from_another() -> None:
    setting = set_text("SN宁波", Style("mono_bold", 20), 200, 30)
    assert [(one.text, one.face) for one in setting.words] == [("SN", "mono_bold"), ("宁波", "sans_bold")]
    assert setting.words[1].origin[0] == 24


def test_signs_that_no_face_has_are_named() -> None:
    assert missing("宁波\U0001f600A\U0001f600", "sans") == "\U0001f600"


def test_what_has_no_shape_is_taken_out() -> None:
    assert clean("a\r\nb\tc\x07\u200b　d\xa0e") == "a\nb c　d e"


def test_text_that_runs_down_stands_in_columns_from_the_right() -> None:
    setting = set_text("产品\n合格，12件AB", Style(size=20, vertical=True), 60, 200)
    assert setting.fits
    assert [one.text for one in setting.words] == ["产", "品", "合", "格", "︐", "12", "件", "AB"]
    assert setting.words[0].x > setting.words[2].x
    assert setting.words[0].y < setting.words[1].y
    assert [one.rotation for one in setting.words][-2:] == [0, 90]
