"""Whether what a form names outside itself is there: code rules, other forms, label templates."""

from __future__ import annotations

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Form
from mazhi.engines.options import OptionType
from mazhi.kernel.db import Tx
from mazhi.kernel.master_data.model import Checks

_THERE: dict[OptionType, tuple[str, str]] = {
    "rule": ("SELECT DISTINCT code FROM code_rule WHERE code ANY(:codes, text)", "form_option_unknown_rule"),
    "form": ("SELECT code FROM design WHERE kind = 'form' AND code ANY(:codes, text)", "form_option_unknown_form"),
    "label": ("SELECT code FROM design WHERE kind = 'label' AND code ANY(:codes, text)", "form_option_unknown_label"),
}


def check_existing(tx: Tx, form: Form) -> None:
    """Refuse a form whose options name what is not there, one statement for each sort of thing.

    Raises:
        InvalidInputError: Each is named, at the id of its field.
    """
    named = [
        (option.type, str(one.options[option.name]), f"/fields/{one.id}/options/{option.name}")
        for one in form.walk()
        for option in field_kinds[one.kind].options
        if option.type in _THERE and one.options.get(option.name)
    ]
    checks = Checks()
    for type_, (statement, code) in _THERE.items():
        wanted = sorted({value for sort, value, _ in named if sort == type_})
        there = {row.code for row in tx.rows(statement, codes=wanted)} if wanted else set()
        for sort, value, pointer in named:
            if sort == type_ and value not in there:
                checks.fault(pointer, code, item=value, value=value)
    checks.done()
