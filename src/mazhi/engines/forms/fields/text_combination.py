"""A text put together from other fields (文本组合)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mazhi.engines.forms.deriving import Reading
from mazhi.engines.forms.model import Field, FieldKind
from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.interpolating import Text, parse_text
from mazhi.engines.options import Option


def _written(text: Text, row: Mapping[str, Any]) -> str | None:
    def scope(name: str) -> object:
        value: object = row
        for part in name.split("."):
            # What the reader does not see is empty, like what was never filled in.
            value = value.get(part) if isinstance(value, Mapping) else None
        if isinstance(value, list):
            return "、".join(str(one) for one in value if isinstance(one, str | int | float))
        return None if isinstance(value, Mapping) else value

    try:
        return text.render(scope).strip() or None
    except FormulaError:
        # It cannot be worked out with these values; a record with such values must still be readable.
        return None


def _derive(_reading: Reading, field: Field, rows: Sequence[Mapping[str, Any]]) -> Sequence[str | None]:
    text = parse_text(field.options["text"])
    return [_written(text, row) for row in rows]


KIND = FieldKind(
    name="text_combination",
    zh="文本组合",
    en="Combined text",
    zh_hint="用其他字段拼成，如 {型号}-{编号}。",
    en_hint="Other fields put together, such as {model}-{number}.",
    group="advanced",
    icon="Merge",
    example=({"text": "{maker} 制"}, None),
    options=(
        Option(
            "text",
            "内容",
            "Text",
            "template",
            "",
            zh_hint="花括号里写字段代号，也可以写公式。",
            en_hint="Codes of fields, or formulas, in braces.",
            required=True,
        ),
    ),
    derive=_derive,
)
