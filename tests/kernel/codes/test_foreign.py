from __future__ import annotations

import pytest

from mazhi.kernel import texts
from mazhi.kernel.codes import foreign
from mazhi.kernel.errors import InvalidInputError


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("imei", "490154203237518"),
        ("vin", "1M8GDM9AXKP042788"),
        ("vin", "11111111111111111"),
        ("vin", "LFV2A21K8A3000001"[:8] + "1" + "LFV2A21K8A3000001"[9:]),
        ("mac", "00:1A:2B:3C:4D:5E"),
        ("mac", "00-1a-2b-3c-4d-5e"),
        ("mac", "001A2B3C4D5E"),
        ("mac", "001A.2B3C.4D5E"),
        ("mac", "00:1A:2B:FF:FE:3C:4D:5E"),
        ("gtin_serial", "(01)06901234567892(21)A7"),
        ("gtin_serial", "010690123456789221A7"),
        ("udi", "(01)06901234567892(17)270101(10)L1(21)7"),
        ("udi", "01069012345678921727010110L1"),
        ("udi", "+A123BJC5D6E71G"),
        ("udi", "MA.156.M0.100001.8Y2A.S1"),
        ("drug_trace_code", "81234567890123456789"),
    ],
)
def test_right_codes_are_let_pass(kind: str, value: str) -> None:
    found = foreign.check(kind, value)
    assert found is None or found.code in foreign.WARNINGS


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("imei", "490154203237517", "foreign_check_digit"),
        ("imei", "49015420323751", "foreign_imei_form"),
        ("imei", "49-015420-323751-8", "foreign_imei_form"),
        ("imei", "４９０１５４２０３２３７５１８", "foreign_imei_form"),
        ("vin", "1M8GDM9A0KP042788", "foreign_vin_check_digit"),
        ("vin", "1M8GDM9AXKP04278", "foreign_vin_form"),
        ("vin", "1M8GDM9AXKPO42788", "foreign_vin_form"),
        ("mac", "00:1A:2B:3C:4D", "foreign_mac_form"),
        ("mac", "00:1A-2B:3C:4D:5E", "foreign_mac_form"),
        ("mac", "00:1A:2B:3C:4D:5G", "foreign_mac_form"),
        ("gtin_serial", "(01)06901234567893(21)A7", "foreign_check_digit"),
        ("gtin_serial", "(01)06901234567892", "foreign_gtin_serial_form"),
        ("gtin_serial", "(01)06901234567892(21)" + "7" * 21, "foreign_gtin_serial_form"),
        ("udi", "(01)06901234567893(21)7", "foreign_check_digit"),
        ("udi", "SN001", "foreign_udi_form"),
        ("drug_trace_code", "8123456789012345678", "foreign_drug_form"),
        ("drug_trace_code", "8123456789012345678A", "foreign_drug_form"),
    ],
)
def test_wrong_codes_are_told_apart(kind: str, value: str, code: str) -> None:
    found = foreign.check(kind, value)
    assert found is not None
    assert (found.code, found.item) == (code, value)
    assert (code in foreign.WARNINGS) == (code == "foreign_vin_check_digit")
    for language in ("zh", "en"):
        assert "{" not in texts.message(code, language, found.params)
        assert texts.advice(code, language, found.params)


def test_a_kind_that_there_is_not_is_refused() -> None:
    with pytest.raises(InvalidInputError) as error:
        foreign.check("isbn", "1")
    assert error.value.code == "unknown_kind"


def test_every_kind_is_named_in_both_languages() -> None:
    assert all(kind.zh and kind.en for kind in foreign.KINDS.values())
