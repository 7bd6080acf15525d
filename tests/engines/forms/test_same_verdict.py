"""What the browser says of a record before it is sent is what the server says of it."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

import mazhi.engines.forms
from mazhi.engines.forms.declaring import declaration
from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import FieldKind, Form, read
from mazhi.kernel.errors import InvalidInputError
from tests.engines.forms.vectors import faults_of

UI = Path(__file__).parents[3] / "ui"
FORMS = 200
RECORDS = 12

# What is left of rich text after cleaning, and of files and lists kept beside the record, only the server can say.
SERVER_ALONE = {"rich_text", "attachment", "image", "signature", "scan_list", "part_binding", "package_binding"}
KINDS = [one for one in field_kinds if one.holds == "value" and one.name not in SERVER_ALONE]

SCRIPT = """
import { readFileSync } from 'node:fs';
import { checkRecord } from '%s';
const { kinds, cases } = JSON.parse(readFileSync(0, 'utf8'));
const known = new Map(kinds.map((one) => [one.name, one]));
const said = cases.map(({ fields, records }) =>
  records.map((values) => checkRecord(fields, values, known).map((one) => [one.place, one.code])),
);
process.stdout.write(JSON.stringify(said));
"""

TEXTS = [
    "", " ", "a", "  合格 ", "不合格", "12", "1,234.50", "１２３", "-3", "+.5", "5.", "1e3", "1e-9", "nan", "inf",
    "1_0", "9000000000000", "9000000000001", "0.1234567", "12.5%", "¥ 12.30 元", "1:30", "2小时15分", "3 d 4 h",
    "25:00", "08:30", "8:5", "23:59:59", "2026-11-22", "2026/02/30", "2024.02.29", "2023-02-29", "20261122",
    "2026-W53-1", "2025-W53-1", "2026-11-22T08:00", "2026-11-22T08:00:00Z", "2026-11-22 08:00:00.123+08:00",
    "2026-11-22T24:00", "2026-11-22T", "2026-11-22T08:61Z", "2026-11", "2026年1月", "2026-13", "13800138000",
    "+86 138-0013-8000", "010-62345678", "+4915112345678", "chen@example.com", "chen@example", "a@b.c",
    "11010519491231002X", "110105194912310021", "99010519491231002X", "91350100M000100Y43", "91350100M000100Y44",
    "#1F3A5F", "fff", "#12345", "https://example.com/a?b=1", "javascript:x", "http://", "水表/智能", "水表",
    "一级/二级", "a\tb", "a\x00b", "a\u200bb", "\ufeffa", "\x85a\x1c", "x" * 60, "😀" * 30, "x" * 1500,
    "\u591a\u884c\r\n\u6587\u5b57", "选项一", "是", "否", "440106", "990000", "A-B_c.9", "٣", "true",
]  # fmt: skip


def test_the_browser_and_the_server_agree_on_every_value_of_every_kind(tmp_path: Path) -> None:
    chance = random.Random(20261122)
    cases, verdicts = [], []
    while len(cases) < FORMS:
        form = _form(chance)
        if form is not None:
            records = [_values(chance, form) for _ in range(RECORDS)]
            cases.append({"fields": form.body()["fields"], "records": records})
            verdicts.append([_verdict(form, values) for values in records])
    told = _in_the_browser(tmp_path, cases)
    different = [
        f"{_field(case, pointer)}: {value!r} - server {server}, browser {browser}"
        for case, here, there in zip(cases, verdicts, told, strict=True)
        for values, one, other in zip(case["records"], here, there, strict=True)
        for pointer in sorted(one.keys() | other.keys())
        if (server := one.get(pointer)) != (browser := other.get(pointer))
        for value in [_value(values, pointer)]
    ]
    assert different == []
    given = sum(len(values) for case in cases for values in case["records"])
    refused = sum(len(one) for form in verdicts for one in form)
    assert 0.2 < refused / given < 0.8, "neither all good nor all bad, or nothing is compared"


def test_every_kind_is_compared_or_said_to_be_the_servers_alone() -> None:
    source = (UI / "src/forms/checking/kinds.ts").read_text(encoding="utf-8")
    missing = [
        one.name
        for one in KINDS
        if one.reference is None and one.derive is None and one.issue is None and not getattr(one, "compute", None)
        and f"  {one.name}: " not in source
    ]  # fmt: skip
    assert missing == []


def _form(chance: random.Random) -> Form | None:
    fields = [_drawn(chance, f"f{place}", place) for place in range(8)]
    columns = [_drawn(chance, f"c{place}", 100 + place) for place in range(3)]
    columns = [one for one in columns if field_kinds[one["kind"]].issue is None]
    fields.append({"id": _id(99), "code": "rows", "kind": "subform", "title": "明细", "fields": columns,
                   "required": chance.random() < 0.3})  # fmt: skip
    try:
        return read({"fields": fields}, field_kinds)
    except InvalidInputError:
        return None


def _id(number: int) -> str:
    return f"6d6f1d52-2f0e-4f0e-9a36-{number:012d}"


def _drawn(chance: random.Random, code: str, number: int) -> dict[str, Any]:
    usable = [one for one in KINDS if one.derive is None and not getattr(one, "compute", None)]
    kind = chance.choice(usable)
    options = {**kind.example[0], **{one.name: _option(chance, one) for one in kind.options if chance.random() < 0.4}}
    found: dict[str, Any] = {"id": _id(number), "code": code, "kind": kind.name, "title": f"字段 {code}"}
    if "required" in kind.common and chance.random() < 0.4:
        found["required"] = True
    return found | ({"options": options} if options else {})


def _option(chance: random.Random, option: Any) -> Any:
    match option.type:
        case "flag":
            return chance.random() < 0.5
        case "choice":
            return chance.choice(option.choices).value
        case "whole":
            return chance.randint(int(option.least), int(min(option.most, option.least + 20)))
        case "number":
            return chance.choice([None, -3, 0, 0.5, 12, 99.99])
        case "texts" if option.name != "faults":
            return chance.sample(["选项一", "水表/智能", "水表/机械", "阀门", "合格", "不合格", " 有空格"], 3)
        case _:
            return option.default


def _values(chance: random.Random, form: Form) -> dict[str, Any]:
    found = _row(chance, form.fields[:-1])
    if chance.random() < 0.7:
        rows: list[Any] = [_row(chance, form.fields[-1].fields) for _ in range(chance.randint(0, 3))]
        found["rows"] = chance.choice([rows, rows, rows, [*rows, "x"], {"a": 1}, "x"])
    if chance.random() < 0.05:
        found["nobody"] = 1
    return found


def _row(chance: random.Random, fields: tuple[Any, ...]) -> dict[str, Any]:
    return {one.code: _raw(chance, field_kinds[one.kind], one) for one in fields if chance.random() < 0.85}


def _raw(chance: random.Random, kind: FieldKind, field: Any) -> Any:
    example = kind.example[1]
    parts = [
        None, True, False, [], {}, 0, 1, 4.5, -12, 3.14159265, 13800138000, 10**13, chance.choice(TEXTS),
        chance.uniform(-200, 200), [chance.choice(TEXTS)], [1, None], {"from": "2026-01-02", "to": "2026-01-01"},
    ]  # fmt: skip
    choices = field.options.get("choices") or field.options.get("paths") or []
    how = chance.random()
    if how < 0.4:
        return chance.choice([example, _bent(chance, example)])
    if how < 0.6 and choices:
        some = chance.sample(choices, chance.randint(0, len(choices)))
        return chance.choice([chance.choice(choices), some, [*some, *some], chance.choice(choices).split("/")])
    return chance.choice(TEXTS) if how < 0.8 else chance.choice(parts)


def _bent(chance: random.Random, example: Any) -> Any:
    """Give an example with something in it that differs."""
    if isinstance(example, dict):
        name = chance.choice(list(example))
        spoilt = {
            **example,
            name: chance.choice([None, "", "x" * 300, 12, 91, 181.5, {}, [], "440000", chance.choice(TEXTS)]),
        }
        return chance.choice([spoilt, {**example, "more": 1}, {name: example[name]}])
    if isinstance(example, str):
        return chance.choice(
            [example + "1", " " + example, example[:-1], example.lower(), [example], example + "\u3000"]
        )
    if isinstance(example, int | float) and not isinstance(example, bool):
        return chance.choice([-example, example * 7, str(example), example + 0.125])
    return [example]


def _verdict(form: Form, values: dict[str, Any]) -> dict[str, str]:
    return {(one.pointer or "").removeprefix("/values"): one.code for one in faults_of(form, values)}


def _in_the_browser(folder: Path, cases: list[dict[str, Any]]) -> list[list[dict[str, str]]]:
    node, bundler = shutil.which("node"), UI / "node_modules/.bin/rolldown"
    if node is None or not bundler.exists():
        pytest.skip("needs Node and the packages of ui/")
    script = folder / "verdicts.mjs"
    script.write_text(SCRIPT % (UI / "src/forms/checking/record.ts"), encoding="utf-8")
    bundle = folder / "bundle.mjs"
    subprocess.run(
        [bundler, script, "--file", bundle, "--format", "esm", "--platform", "node"],
        check=True, capture_output=True, cwd=UI, timeout=60,
    )  # fmt: skip
    given = json.dumps({"kinds": declaration()["kinds"], "cases": cases})
    done = subprocess.run([node, bundle], input=given, capture_output=True, check=True, text=True, timeout=60)
    return [[dict(record) for record in form] for form in json.loads(done.stdout)]


def _field(case: dict[str, Any], pointer: str) -> str:
    names = [part for part in pointer.split("/") if part and not part.isdigit()]
    fields, found = case["fields"], None
    for name in names:
        found = next((one for one in fields if one["code"] == name), None)
        fields = (found or {}).get("fields", [])
    return f"{pointer} {found and (found['kind'], found.get('options'), found.get('required'))}"


def _value(values: Any, pointer: str) -> Any:
    for part in pointer.split("/")[1:]:
        values = (
            values[int(part)] if isinstance(values, list) else values.get(part) if isinstance(values, dict) else None
        )
    return values


def test_the_browser_says_it_in_the_servers_words() -> None:
    known = {}
    for found in Path(mazhi.engines.forms.__file__).parent.rglob("texts.toml"):
        known |= tomllib.loads(found.read_text(encoding="utf-8"))
    folder = UI / "src/forms/checking"
    said = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
    codes = {
        code for one in folder.glob("*.ts") for code in re.findall(r"'((?:entry|record)_\w+)'", one.read_text("utf-8"))
    }
    assert said == {code: known[code] for code in sorted(codes)}
