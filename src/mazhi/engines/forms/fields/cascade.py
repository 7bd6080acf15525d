"""A choice in steps (级联): a branch, then a branch of it, and so on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.options import Option

_SEPARATOR = "/"


def _steps(path: str) -> list[str]:
    return [step.strip() for step in path.split(_SEPARATOR) if step.strip()]


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    given = raw if isinstance(raw, list) else _steps(raw) if isinstance(raw, str) else None
    if given is None or not given or not all(isinstance(one, str) for one in given):
        raise FieldError("entry_not_a_choice", value=str(raw)[:100])
    paths = [_steps(path) for path in options["paths"]]
    good = given in paths or (options["halfway"] and any(path[: len(given)] == given for path in paths))
    if not good:
        raise FieldError("entry_not_a_choice", value=_SEPARATOR.join(given)[:100])
    return (_SEPARATOR.join(given),)


KIND = FieldKind(
    name="cascade",
    zh="级联",
    en="Cascade",
    zh_hint="一级一级地选，如 大类/中类/小类。",
    en_hint="Chosen step by step, such as group/kind/model.",
    group="advanced",
    icon="Cluster",
    example=({"paths": ["水表/机械", "水表/智能", "阀门"]}, ["水表", "智能"]),
    options=(
        Option(
            "paths", "选项", "Choices", "texts", ["一级/二级"], 1, 5_000,
            zh_hint="一行一条，用 / 分级。", en_hint="One on each line, with slashes between the steps.",
        ),
        Option(
            "halfway", "可选中间级", "Inner steps allowed", "flag", False,
            zh_hint="不必选到最后一级。", en_hint="One need not go to the last step.",
        ),
    ),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: _steps(values[0]),
)  # fmt: skip
