"""Every kind of field, present and future."""

from __future__ import annotations

import contextlib
import pkgutil
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.engines.forms import fields as package
from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import FieldError, FieldKind
from mazhi.kernel.master_data.model import Checks

FILES = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
VALUES = [kind for kind in field_kinds if kind.holds == "value" and kind.reference is None]

RAW = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates().map(str),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["from", "to", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def settled(kind: FieldKind, given_options: dict[str, Any]) -> Any:
    checks = Checks()
    options = kind.settle(given_options, checks, "/options")
    checks.done()
    return options


def test_one_file_is_one_kind_of_the_same_name() -> None:
    assert sorted(kind.name for kind in field_kinds) == FILES


@pytest.mark.parametrize("kind", list(field_kinds), ids=lambda kind: kind.name)
def test_every_kind_is_named_in_both_languages_and_names_unknown_options(kind: FieldKind) -> None:
    assert kind.zh
    assert kind.en
    checks = Checks()
    kind.settle({"nonsense": 1}, checks, "/options")
    assert [problem.code for problem in checks.problems] == ["form_unknown_option"]


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.name)
class TestEveryKindThatHoldsAValue:
    def test_takes_its_example_and_shows_it_again(self, kind: FieldKind) -> None:
        options, value = kind.example
        values = kind.clean(value, settled(kind, dict(options)))
        assert len(values) == len(kind.columns)
        assert kind.show(values) == value

    @given(raw=RAW)
    def test_takes_or_refuses_but_never_crashes(self, kind: FieldKind, raw: object) -> None:
        options = settled(kind, dict(kind.example[0]))
        with contextlib.suppress(FieldError):
            values = kind.clean(raw, options)
            assert len(values) == len(kind.columns)
            if any(value is not None for value in values):
                assert kind.clean(kind.show(values), options) == values
