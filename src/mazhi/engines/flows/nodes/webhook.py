"""调用接口: another system is told or asked, after the step is committed; its answer may be waited for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mazhi.engines.flows.effects.checking import Looking
from mazhi.engines.flows.effects.sending import send
from mazhi.engines.flows.effects.values import Around, is_source
from mazhi.engines.flows.effects.writing import put_back
from mazhi.engines.flows.kind import Done, NodeKind, Outcome, Wait
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.outside.messages import WEBHOOK, address_of, body_of, filled
from mazhi.engines.flows.running.refusing import refused_at
from mazhi.engines.options import Choice, Option
from mazhi.kernel.errors import Problem
from mazhi.kernel.outbound import secrets

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step

METHODS = ("POST", "PUT", "PATCH", "GET", "DELETE")


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """Put the request together as the record is now, and leave it to a job."""
    options = node.options
    with refused_at(run, node):
        around = Around(run)
        body = {
            "method": options["method"], "address": address_of(around, str(options["address"])),
            "content": body_of(around, options["body"]) if options["body"] else None,
            "headers": _headers(around, options["headers"]),
            "sign": options["sign"], "seconds": options["seconds"], "fills": options["mapping"],
        }  # fmt: skip
    waits = bool(options["waits"])
    job = send(run, step, WEBHOOK, body, waits=waits)
    return Wait(data={"job": job}) if waits and not run.trial else Done("sent", {"job": job})


def _headers(around: Around, given: Mapping[str, Any]) -> dict[str, Any]:
    """Write headers; secrets stay names."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        if is_source(value):
            found[name] = around.word(value)
        elif value:
            found[name] = filled(around, value) if isinstance(value, str) else value
    return found


def undo(run: Run, node: Node, step: Step) -> None:
    """Put back the fields that took the answer; what the other system was told it has been told."""
    put_back(run, node, step.data.get("undo", {}).get("changed", []))


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say what is missing, not there, or not allowed."""
    looking, options = Looking(drawn, node), node.options
    address = str(options["address"])
    if not address:
        yield looking.missing("address", "地址", "Address")
    else:
        yield from looking.template(address, "/options/address")
        # A host that a formula gives could be any; so it must stand there.
        yield from looking.address(address.partition("{")[0], "/options/address")
    yield from _body(looking, options["body"], "/options/body")
    names = [str(options["sign"])] if options["sign"] else []
    for name, value in options["headers"].items():
        if not name.replace("-", "").isalnum() or not name.isascii():
            yield Problem("flow_bad_header", {"item": name[:50]}, f"/options/headers/{name}")
        if is_source(value):
            yield from looking.source(value, f"/options/headers/{name}")
        elif isinstance(value, Mapping):
            names += [str(value["secret"])] if "secret" in value else []
        else:
            yield from looking.template(str(value), f"/options/headers/{name}")
    known = secrets.read(drawn.tx)
    for name in names:
        if name not in known:
            yield Problem("unknown_secret", {"item": name}, "/options/headers")
    for place, one in enumerate(options["mapping"]):
        if one.get("field"):
            yield from looking.named(str(one["field"]), f"/options/mapping/{place}/field")
            yield from looking.may(drawn.app, drawn.form.code, "change", f"/options/mapping/{place}/field")


def _body(looking: Looking, template: Any, pointer: str) -> Iterator[Problem]:
    if isinstance(template, str):
        yield from looking.template(template, pointer)
    elif isinstance(template, list):
        for place, one in enumerate(template):
            yield from _body(looking, one, f"{pointer}/{place}")
    elif is_source(template):
        yield from looking.source(template, pointer)
    elif isinstance(template, Mapping):
        if any(name.startswith("$") for name in template):
            yield from looking.source({name.removeprefix("$"): value for name, value in template.items()}, pointer)
            return
        for name, one in template.items():
            yield from _body(looking, one, f"{pointer}/{name}")


KIND = NodeKind(
    name="webhook",
    zh="调用接口",
    en="Call another system",
    zh_hint="把数据发给别的系统，可等回答",
    en_hint="Tell another system, or ask it",
    group="message",
    icon="api",
    colour="#7A4FB5",
    options=(
        Option("method", "方法", "Method", "choice", "POST", choices=tuple(Choice(one, one, one) for one in METHODS)),
        Option("address", "地址", "Address", "template", "", zh_hint="主机要由管理员放行。",
               en_hint="The host must be allowed by an administrator."),
        Option("headers", "请求头", "Headers", "object", {}, zh_hint="密钥只写名字：{\"secret\": \"名字\"}。",
               en_hint='Secrets by name only: {"secret": "name"}.'),
        Option("body", "内容", "Body", "object", {}),
        Option("sign", "签名密钥", "Signing secret", "text", "", zh_hint="密钥的名字；HMAC-SHA256。",
               en_hint="Name of a secret; HMAC-SHA256."),
        Option("seconds", "最多等几秒", "Seconds", "number", 10, least=1, most=10),
        Option("waits", "等回答", "Waits for the answer", "flag", True),
        Option("mapping", "回答填进", "Answer goes into", "assignments", []),
    ),
    enter=enter,
    undo=undo,
    faults=faults,
    example={
        "method": "POST", "address": "https://erp.example.com/receipts/{no}", "sign": "erp",
        "headers": {"Authorization": {"secret": "erp-token", "prefix": "Bearer "}},
        "body": {"no": "{no}", "amount": {"$field": "amount"}}, "mapping": [{"field": "note", "path": "data.id"}],
    },
)  # fmt: skip
