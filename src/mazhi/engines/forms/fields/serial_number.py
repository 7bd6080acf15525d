"""A number by a code rule (流水号), made when the record is created and never made twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mazhi.engines.forms.fields.text import line
from mazhi.engines.forms.model import Column, Field, FieldKind, Values
from mazhi.engines.options import Option
from mazhi.kernel import clock
from mazhi.kernel.codes.service import CodeRules

LONGEST = 200


def _issue(rules: CodeRules, field: Field, count: int) -> Sequence[Values]:
    now = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE)
    return [(code,) for code in rules.issue(field.options["rule"], count, at=now).codes]


def _pretend(field: Field, place: int) -> Values:
    """Write what is seen of a number in a trial: by which rule, and the how-manieth."""
    return (f"{field.options['rule']}…{place}",)


def _clean(raw: Any, _options: Mapping[str, Any]) -> Values:
    return (line(raw, LONGEST) or None,)


KIND = FieldKind(
    name="serial_number",
    zh="流水号",
    en="Running number",
    zh_hint="保存时按编码规则自动生成，不会重复。",
    en_hint="Made by a code rule when the record is saved, never twice.",
    group="common",
    icon="FieldBinary",
    example=({"rule": "RO"}, "RO-20261122-0001"),
    options=(Option("rule", "编码规则", "Code rule", "rule", "", required=True),),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
    can_be_unique=True,
    issue=_issue,
    pretend=_pretend,
)
