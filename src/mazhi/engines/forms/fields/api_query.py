"""A button that asks another system (API 查询) through the server and fills fields from its answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Choice, Option
from mazhi.kernel.master_data.model import Checks

PAIR = re.compile(r"\s*(?P<field>[^\W\d]\w{0,62})\s*=\s*(?P<path>[^\s=](?:[^=]*[^\s=])?)\s*")
"""``field = data.items.0.name``."""


def _check(options: Mapping[str, Any], checks: Checks, pointer: str) -> None:
    address = urlsplit(str(options["address"]))
    # The host is what the list of hosts allows: nothing that is typed into the form may decide it.
    if "{" in address.netloc or "{" in address.scheme or "@" in address.netloc:
        checks.fault(f"{pointer}/address", "form_query_fixed_host")
    for place, line in enumerate(options["fills"]):
        if not PAIR.fullmatch(line):
            checks.fault(f"{pointer}/fills/{place}", "form_bad_pair", value=line[:100])


KIND = FieldKind(
    name="api_query",
    zh="API 查询",
    en="API query",
    zh_hint="点一下问别的系统，把答案填进表单；由服务器去问，地址要管理员放行。",
    en_hint="Asks another system through the server and fills fields; an administrator allows the hosts.",
    group="advanced",
    icon="Api",
    holds="layout",
    example=(
        {"text": "查 ERP", "address": "https://erp.example.com/items?sn={serial}", "fills": ["name = data.name"]},
        None,
    ),
    options=(
        Option("text", "文字", "Text", "text", "查询", required=True),
        Option(
            "address", "地址", "Address", "url", "", required=True,
            zh_hint="https 开头；{字段} 处填入那个字段的值。", en_hint="With https; {field} stands for a value.",
        ),
        Option(
            "method", "方式", "Method", "choice", "GET",
            choices=(Choice("GET", "GET", "GET"), Choice("POST", "POST（JSON）", "POST (JSON)")),
        ),
        Option(
            "sends", "发送哪些字段", "Sends", "texts", [], 0, 50,
            zh_hint="POST 时放进 JSON 的字段代号。", en_hint="Codes of the fields that a POST sends as JSON.",
        ),
        Option(
            "fills", "填入", "Fills", "texts", ["name = data.name"], 1, 50,
            zh_hint="一行一条：字段 = 答案里的路径，如 name = data.items.0.name。",
            en_hint="One a line: field = path in the answer, such as name = data.items.0.name.",
        ),
    ),
    check=_check,
)  # fmt: skip
