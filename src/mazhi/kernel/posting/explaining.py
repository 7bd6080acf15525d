"""Making refusals speak: ids become codes, and words of the kernel the names that people use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.items import store as items
from mazhi.kernel.life_cycles.model import VOID, LifeCycle
from mazhi.kernel.posting.kinds import operation_kinds

_VOID_NAME = {"zh": "已冲销", "en": "voided"}


def explain(tx: Tx, problems: Iterable[Problem], cycles: Mapping[str, LifeCycle]) -> list[Problem]:
    """Return the problems with names beside codes: ``place``, ``state_zh``, ``allowed_en``, ``operation_zh`` …"""
    found = list(problems)
    ids: set[int] = set()
    for problem in found:
        ids |= {
            i for i in (problem.params.get("place_id"), *_many(problem.params.get("place_ids"))) if isinstance(i, int)
        }
    codes = items.codes_of(tx, "place", ids)
    names = {state.code: {"zh": state.zh, "en": state.en} for cycle in cycles.values() for state in cycle.states}
    names[VOID] = _VOID_NAME
    return [replace(problem, params=_named(problem.params, codes, names)) for problem in found]


def _named(
    params: Mapping[str, object], codes: Mapping[int, str], names: Mapping[str, Mapping[str, str]]
) -> dict[str, object]:
    named = dict(params)
    place_id = named.pop("place_id", None)
    if isinstance(place_id, int):
        named["place"] = codes.get(place_id, "—")
    if "place_ids" in named:
        named["places"] = ", ".join(codes.get(i, "—") for i in _many(named.pop("place_ids")) if isinstance(i, int))
    for language in ("zh", "en"):
        for name in ("state", "to"):
            state = named.get(name)
            if isinstance(state, str):
                named[f"{name}_{language}"] = names.get(state, {}).get(language, state)
        for name in ("allowed", "choices"):
            if isinstance(named.get(name), list):
                states = [names.get(str(one), {}).get(language, str(one)) for one in _many(named[name])]
                named[f"{name}_{language}"] = ("、" if language == "zh" else ", ").join(states)
        operation = named.get("operation")
        if isinstance(operation, str) and operation in operation_kinds:
            named[f"operation_{language}"] = getattr(operation_kinds[operation], language)
    return named


def _many(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []
