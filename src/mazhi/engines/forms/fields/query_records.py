"""Records of another form that fit this one (查询记录), live and with the reader's own rights; nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Option
from mazhi.kernel.master_data.model import Checks

_PAIR = re.compile(r"\s*[^\W\d]\w{0,62}\s*=\s*[^\W\d]\w{0,62}\s*")


def _check(options: Mapping[str, Any], checks: Checks, pointer: str) -> None:
    for place, line in enumerate(options["match"]):
        if not _PAIR.fullmatch(line):
            checks.fault(f"{pointer}/match/{place}", "form_bad_pair", value=line[:100])


KIND = FieldKind(
    name="query_records",
    zh="查询记录",
    en="Records found",
    zh_hint="列出另一张表单里对得上的记录，如这件的历次维修；随时是最新的。",
    en_hint="Lists records of another form that fit this one, always as they are now.",
    group="link",
    icon="Profile",
    holds="layout",
    example=({"form": "qc/card", "match": ["serial = serial"]}, None),
    options=(
        Option("form", "查哪张表单", "Form", "form", "", required=True, zh_hint="应用/表单。", en_hint="App/form."),
        Option(
            "match", "怎么算对得上", "What must be equal", "texts", ["serial = serial"], 1, 10,
            zh_hint="一行一条：那边的字段 = 这边的字段。",
            en_hint="One a line: field there = field here.",
        ),
        Option(
            "columns", "显示哪些字段", "Columns", "texts", [], 0, 20,
            zh_hint="那边的字段代号；不填就显示前几个。", en_hint="Codes of fields there; none: the first few.",
        ),
        Option("most", "最多几条", "At most", "whole", 10, 1, 100),
    ),
    check=_check,
)  # fmt: skip
