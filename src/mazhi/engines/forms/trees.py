"""Every formula of a form as a tree, so that browsers work them out without reading them."""

from __future__ import annotations

from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import Form
from mazhi.engines.formula.nodes import to_json
from mazhi.engines.formula.parsing import parse


def trees(form: Form) -> dict[str, dict[str, Any]]:
    """Return the trees of all formulas of fields and rules, by their text."""
    texts = {text for rule in form.rules for _, text in rule.formulas()}
    for one in form.walk():
        for option in field_kinds[one.kind].options:
            text = one.options.get(option.name)
            if option.type == "formula" and text:
                texts.add(text)
    return {text: to_json(parse(text)) for text in sorted(texts)}
