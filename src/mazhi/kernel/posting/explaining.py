"""Making refusals speak: ids become codes, and words of the kernel the names that people use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.items import store as items
from mazhi.kernel.life_cycles.model import VOID, LifeCycle
from mazhi.kernel.posting.kinds import operation_kinds
from mazhi.kernel.rolls.telling import tell_labels

_WHY = {
    "serial": ("按件管理", "it is tracked by the piece"),
    "batch": ("按批次管理", "it is tracked by the batch"),
    "sku": ("按数量管理", "it is tracked by quantity"),
    "exchange": ("换的不是同一种产品", "the other piece is another product"),
    "package": ("包装不能这样办理，要按里面的件", "a package cannot, the pieces in it can"),
    "not_a_package": ("不是包装", "it is no package"),
    "not_in_bom": ("物料清单里没有", "it is not in the bill of materials"),
    "mixed_products": ("这种包装不许混装产品", "this package type takes one product only"),
    "mixed_batches": ("这种包装不许混装批次", "this package type takes one batch only"),
    "level": ("大包装装不进小包装", "a larger package does not go into a smaller one"),
}
"""Why a product is the wrong one, in Chinese and English."""
_VOID_NAME = {"zh": "已冲销", "en": "voided"}


def explain(tx: Tx, problems: Iterable[Problem], cycles: Mapping[str, LifeCycle]) -> list[Problem]:
    """Return the problems with names beside codes: ``place``, ``state_zh``, ``allowed_en``, ``operation_zh`` …"""
    found = _labels(tx, list(problems))
    ids: set[int] = set()
    for problem in found:
        ids |= {
            i for i in (problem.params.get("place_id"), *_many(problem.params.get("place_ids"))) if isinstance(i, int)
        }
    codes = items.codes_of(tx, "place", ids)
    units = {i for problem in found for i in map(problem.params.get, _UNITS) if isinstance(i, int)}
    holders = items.item_codes(tx, units) if units else {}
    wrong = {i for problem in found if isinstance(i := problem.params.get("product_id"), int)}
    products = items.codes_of(tx, "product", wrong)
    names = {code: _states([cycle]) for code, cycle in cycles.items()}
    merged = _states(cycles.values())
    return [
        replace(
            problem,
            params=_named(
                _units(problem.params, holders, products),
                codes,
                names.get(str(problem.params.get("life_cycle")), merged),
            ),
        )
        for problem in found
    ]


def _labels(tx: Tx, problems: list[Problem]) -> list[Problem]:
    """Say of what is unknown that it is a label which is not bound yet, where it is one."""
    unknown = [problem.item for problem in problems if problem.code == "unknown_item" and problem.item is not None]
    labels = tell_labels(tx, [code for code in unknown if "\0" not in code])
    return [
        replace(labels[problem.item or ""], pointer=problem.pointer)
        if problem.code == "unknown_item" and problem.item in labels
        else problem
        for problem in problems
    ]


def _states(cycles: Iterable[LifeCycle]) -> dict[str, dict[str, str]]:
    """Name the states as these life cycles call them: two cycles may call one code differently."""
    names = {state.code: {"zh": state.zh, "en": state.en} for cycle in cycles for state in cycle.states}
    return {**names, VOID: _VOID_NAME}


_UNITS = {"parent_id": "holder", "package_id": "package", "content_id": "content"}
"""Parameters that hold an item's id, and what its code is called."""


def reason(why: str) -> dict[str, object]:
    """Say in both languages why a product is the wrong one."""
    zh, en = _WHY.get(why, (why, why))
    return {"why_zh": zh, "why_en": en}


def _units(params: Mapping[str, object], codes: Mapping[int, str], products: Mapping[int, str]) -> dict[str, object]:
    """Name the unit or package that something is inside of, and the product that is the wrong one."""
    named = dict(params)
    product_id = named.pop("product_id", None)
    if isinstance(product_id, int):
        named["product"] = products.get(product_id, "—")
    if "why" in named:
        named |= reason(str(named["why"]))
    for id_name, name in _UNITS.items():
        if id_name in named:
            unit = named.pop(id_name)
            named[name] = codes.get(unit, "—") if isinstance(unit, int) else "—"
    return named


def _named(
    params: Mapping[str, object], codes: Mapping[int, str], names: Mapping[str, Mapping[str, str]]
) -> dict[str, object]:
    named = dict(params)
    named.pop("life_cycle", None)
    place_id = named.pop("place_id", None)
    if isinstance(place_id, int):
        named["place"] = codes.get(place_id, "—")
    if "place_ids" in named:
        named["places"] = ", ".join(codes.get(i, "—") for i in _many(named.pop("place_ids")) if isinstance(i, int))
    for language, somewhere in (("zh", "指定的来源库位"), ("en", "the place named")):
        if "place" in named or "places" in named:
            box = {"zh": "{} 所在的库位", "en": "the place of {}"}[language]
            named[f"wanted_{language}"] = box.format(named["package"]) if "package" in named else somewhere
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
