"""Moments that one zone has and another has not: they would be kept, and never be shown."""

from __future__ import annotations

from datetime import datetime

import pytest

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.formula_values import shape_of, stored, value_of
from mazhi.engines.forms.model import Field, FieldError

DATETIME = field_kinds["datetime"]


@pytest.mark.parametrize(
    "written",
    ["0001-01-01T00:00:00", "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-08:00", "9999-12-31T23:59:59Z"],
)
def test_a_moment_that_has_no_day_in_every_zone_is_refused(written: str) -> None:
    with pytest.raises(FieldError, match="entry_not_a_moment"):
        DATETIME.clean(written, {})


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59", "1969-12-31T23:59:59.5Z"])
def test_all_others_are_shown_and_read_by_formulas(written: str) -> None:
    values = DATETIME.clean(written, {})
    shape = shape_of(Field(id="x", code="x", kind="datetime", title="x"), field_kinds)
    assert isinstance(value_of(DATETIME.show(values), shape), datetime)


def test_a_formula_that_comes_to_such_a_moment_is_empty() -> None:
    assert stored(datetime.fromisoformat("0001-01-01T00:00:00"), "datetime", 0) is None
    assert stored(datetime.fromisoformat("9999-12-31T23:59:59"), "datetime", 0) is not None
