"""Any sequence of versions of a form over real data: what nobody changed comes back exactly."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mazhi.engines.forms.designing import Forms
from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.formula_values import shape_of, value_of
from mazhi.engines.forms.model import Field
from mazhi.engines.forms.records.service import Records
from mazhi.engines.formula.values import to_text
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database
from tests.engines.forms.test_publishing import Shop, field

KINDS = ["text", "long_text", "number", "date", "switch", "choice", "choices", "datetime", "date_range"]
OPTIONS = {"choice": {"choices": ["1", "2", "是"]}, "choices": {"choices": ["1", "2", "是"]}}
RAW = {
    "text": st.sampled_from(["1", "是", "2026-11-01", "x y", "12.50", "2026-11-01T08:00:00Z"]),
    "long_text": st.sampled_from(["1\n2", "否", "3"]),
    "number": st.sampled_from([1, 2, 0.000001, -12.5]),
    "date": st.sampled_from(["2026-11-01", "2024-02-29"]),
    "switch": st.booleans(),
    "choice": st.sampled_from(["1", "2", "是"]),
    "choices": st.sampled_from([["1"], ["1", "2"], ["是"]]),
    "datetime": st.sampled_from(["2026-11-01T08:00:00Z"]),
    "date_range": st.sampled_from([{"from": "2026-11-01", "to": "2026-11-02"}]),
}
FIELDS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(KINDS)), min_size=1, max_size=4, unique_by=lambda one: one[0]
)


@settings(
    max_examples=20, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
def test_any_sequence_of_versions_keeps_every_value(db_url: str, tmp_path: Path, data: st.DataObject) -> None:
    """Model: for each record and field the values it had by kind; what nobody changed comes back exactly."""
    db = Database(db_url)
    try:
        shop = Shop.__new__(Shop)
        shop.db, shop.forms = db, Forms(db)
        shop.records = Records(db, Ids(Counters(db), "record"))
        name = f"a{uuid.uuid4().hex}"
        shop.forms.create_app(SYSTEM, name, name)
        shop.forms.create(SYSTEM, name, "card", "x")
        told: dict[tuple[int, int, bool], tuple[str, Any]] = {}
        for _ in range(data.draw(st.integers(1, 6), label="versions")):
            own, inner = data.draw(FIELDS, label="own"), data.draw(st.just([]) | FIELDS, label="inner")
            own, formulas = with_formulas(own, data)
            # What said nothing before says what the formula comes to, also as a kind that it becomes later.
            told = {at: said for at, said in told.items() if at[2] or at[1] not in formulas or said[1] is not None}
            fields = [field(f"c{key}", kind, key=key, options=OPTIONS.get(kind, {})) for key, kind in own]
            fields += [field(f"c{key}", "formula", key=key, options=options) for key, options in formulas.items()]
            if inner:
                lines = [field(f"c{key}", kind, key=f"in{key}", options=OPTIONS.get(kind, {})) for key, kind in inner]
                fields.append(field("lines", "subform", fields=lines))
            base = shop.forms.get(name, "card").version
            shop.forms.save_draft(SYSTEM, name, "card", {"fields": fields}, base=base)
            shop.forms.publish(SYSTEM, name, "card", base=base, accept_misfits=True)
            values: dict[str, Any] = {f"c{key}": data.draw(RAW[kind]) for key, kind in own}
            if inner:
                values["lines"] = [{f"c{key}": data.draw(RAW[kind]) for key, kind in inner}]
            (number,) = shop.records.create(SYSTEM, name, "card", [values])
            shown = shop.records.get(SYSTEM, name, "card", [number])[0].values
            for inside, chosen in ((False, own), (True, inner)):
                for key, kind in chosen:
                    told[number, key, inside] = (kind, (shown["lines"][0] if inside else shown)[f"c{key}"])
            edit(shop, name, told, own, formulas, data)
            check(shop, name, told, own, inner)
            check_formulas(shop, name, told, formulas)
    finally:
        db.close()


def with_formulas(own: Any, data: st.DataObject) -> tuple[Any, dict[int, dict[str, str]]]:
    """Turn some of the fields into formulas over the first one."""
    (first, _), *rest = own
    turned = {key for key, _ in rest if data.draw(st.integers(0, 3), label="formula?") == 0}
    formulas = {key: {"formula": f'c{first}&"!"', "result": "text"} for key in turned}
    return [one for one in own if one[0] not in turned], formulas


def check_formulas(shop: Shop, app: str, told: dict[Any, Any], formulas: dict[int, dict[str, str]]) -> None:
    """What formulas hold is what they come to from what the records hold, in old records too."""
    kinds = {one.code: one.kind for one in shop.forms.form(app, "card").fields}
    for record in shop.records.get(SYSTEM, app, "card", sorted({number for number, _, _ in told})):
        for key, options in formulas.items():
            code = options["formula"].split("&")[0]
            value = value_of(record.values[code], shape_of(Field("", code, kinds[code], ""), field_kinds))
            assert record.values[f"c{key}"] == f"{to_text(value)}!"


def edit(shop: Shop, app: str, told: dict[Any, Any], own: Any, formulas: Any, data: st.DataObject) -> None:
    """Change one field of one record, or empty it."""
    numbers = [record.id for record in shop.records.find(SYSTEM, app, "card").rows]
    number = data.draw(st.sampled_from(sorted(numbers)), label="record")
    key, kind = data.draw(st.sampled_from(own), label="field")
    value = data.draw(st.none() | RAW[kind], label="new")
    (before,) = shop.records.get(SYSTEM, app, "card", [number])
    shop.records.change(SYSTEM, app, "card", number, before.version, {f"c{key}": value})
    (after,) = shop.records.get(SYSTEM, app, "card", [number])
    told[number, key, False] = (kind, after.values[f"c{key}"])
    others = before.values.keys() - {f"c{key}", *(f"c{one}" for one in formulas)}
    assert {code: after.values[code] for code in others} == {code: before.values[code] for code in others}


def check(shop: Shop, app: str, told: dict[Any, Any], own: Any, inner: Any) -> None:
    """What is shown is the value as it was written, or what its conversion gives."""
    numbers = sorted({number for number, _, _ in told})
    for record in shop.records.get(SYSTEM, app, "card", numbers):
        for inside, chosen in ((False, own), (True, inner)):
            rows = record.values.get("lines") if inside else [record.values]
            for key, kind in chosen:
                known = told.get((record.id, key, inside))
                if known is None or not rows:
                    continue
                first, value = known
                shown = rows[0][f"c{key}"]
                if first == kind or value is None:
                    assert shown == value, (record.id, key, first, kind)
