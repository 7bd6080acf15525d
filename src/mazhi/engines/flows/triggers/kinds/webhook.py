"""外部推送 (webhook): another system calls a secret address; a record is made of what it sends, or found by it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mazhi.engines.flows.triggers.filling import path_faults
from mazhi.engines.flows.triggers.kind import Options, TriggerKind, right_faults
from mazhi.engines.options import Choice, Option
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn


def faults(options: Options, drawn: Drawn) -> Iterable[Problem]:
    """Say which field is gone, and what is no place in JSON."""
    yield from path_faults(options.get("mapping") or (), drawn, "/mapping")
    if options.get("record", "new") == "new":
        yield from right_faults(drawn, "create", "/record")
    elif options.get("mapping"):
        yield from right_faults(drawn, "change", "/mapping")
    if options.get("record", "new") == "find":
        if not options.get("field"):
            yield Problem("flow_trigger_no_field", {}, "/field")
        else:
            yield from drawn.field(options["field"], "/field")
        if not str(options.get("path", "")).strip():
            yield Problem("flow_trigger_no_path", {}, "/path")


KIND = TriggerKind(
    name="webhook",
    zh="外部推送",
    en="Webhook",
    zh_hint="别的系统往一个保密的地址推送",
    en_hint="Another system posts to a secret address",
    options=(
        Option("record", "记录", "Record", "choice", "new",
               choices=(Choice("new", "新建一条", "Make one"), Choice("find", "找到已有的", "Find one"))),
        Option("mapping", "内容放到哪些字段", "What goes where", "assignments", [],
               zh_hint="字段 ← 推送内容里的位置，例如 order.no。", en_hint="Field ← its place in what is sent."),
        Option("field", "按哪个字段找", "Found by", "field", ""),
        Option("path", "找的值在推送内容的哪里", "Its place in what is sent", "text", ""),
        Option("start", "发起流程", "Start the flow", "flag", default=True),
        Option("secret", "签名密钥的名称", "Name of the signing secret", "text", "",
               zh_hint="填了就要求 X-Mazhi-Signature: sha256=HMAC。", en_hint="X-Mazhi-Signature is needed then."),
    ),
    faults=faults,
    example={"mapping": [{"field": "no", "path": "order.no"}]},
)  # fmt: skip
