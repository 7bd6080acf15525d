from __future__ import annotations

import pytest

from mazhi.kernel.barcodes.gs1.elements import read_raw
from mazhi.kernel.barcodes.gs1.lost import MOST, split_again, splits

GTIN = "0106901234567892"


def test_a_sound_message_is_left_alone() -> None:
    assert split_again(read_raw(GTIN + "10LOT121SN1")) == []


def test_a_value_within_its_length_can_still_be_cut_where_an_identifier_stands() -> None:
    found = [message.values() for message in splits(read_raw(GTIN + "10LOT21SN1"))]
    assert {"01": "06901234567892", "10": "LOT", "21": "SN1"} in found


@pytest.mark.parametrize("text", ["", GTIN, GTIN + "10" + "21" * 200, GTIN + "10ABC"])
def test_nothing_is_cut_where_there_is_nothing_to_cut(text: str) -> None:
    assert splits(read_raw(text)) == []


def test_only_a_few_ways_are_offered_and_each_is_whole() -> None:
    found = splits(read_raw(GTIN + "1021212121212121212121"))
    assert 0 < len(found) <= MOST
    for message in found:
        assert [problem.code for problem in message.problems][:1] == ["lost_separator"]
        assert not message.broken


def test_no_identifier_stands_twice_after_cutting() -> None:
    assert splits(read_raw(GTIN + "21AB21CD")) == []


def test_only_places_are_cut_before_which_the_value_is_whole() -> None:
    assert [message.values() for message in splits(read_raw(GTIN + "42215610B1"))] == [
        {"01": "06901234567892", "422": "156", "10": "B1"}
    ]


def test_the_name_of_a_key_may_stand_for_the_separator() -> None:
    (first, *_) = splits(read_raw(GTIN + "10LOT1F821SN1"))
    assert first.values() == {"01": "06901234567892", "10": "LOT1", "21": "SN1"}
    assert splits(read_raw(GTIN + "10AF8")) == []
