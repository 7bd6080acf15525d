"""Messages to other systems, as they are put together in a step: addresses, headers with named secrets, JSON."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from mazhi.engines.flows.effects.values import Around, is_source
from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.interpolating import parse_text
from mazhi.engines.formula.values import Fault, to_text
from mazhi.kernel import clock
from mazhi.kernel.errors import ConflictError, InvalidInputError, Problem, invalid

WEBHOOK = "flow_webhook"
ROBOT = "flow_robot"
MAIL = "flow_mail"
PRINT = "flow_print"
ATTEMPTS = 8
"""So often it is tried, with growing pauses: for about four minutes."""
SIGNATURE = "X-Mazhi-Signature"
DELIVERY = "X-Mazhi-Delivery"
ROBOTS: Mapping[str, tuple[str, str]] = {
    "wecom": ("企业微信", "WeCom"), "dingtalk": ("钉钉", "DingTalk"), "feishu": ("飞书", "Feishu"),
}  # fmt: skip


def address_of(around: Around, template: str) -> str:
    """Write an address; what formulas come to can be a part of it only, never another host or path.

    Raises:
        InvalidInputError: A formula comes to a fault (code ``flow_formula_fault``).
    """
    at = clock.to_datetime(around.run.at, clock.DEFAULT_ZONE).replace(tzinfo=None, microsecond=0)
    found = ""
    try:
        parts = parse_text(template).parts
    except FormulaError as error:
        raise invalid("/options/address", error.code, **error.params) from error
    for part in parts:
        if isinstance(part, str):
            found += part
            continue
        value = evaluate(part.node, around.value, at)
        if isinstance(value, Fault):
            problem = Problem(value.code, {**value.params, "start": value.start, "end": value.end}, item=template[:200])
            raise InvalidInputError("flow_formula_fault", problems=[problem], formula=template[:200])
        found += quote(to_text(value), safe="")
    return found


def body_of(around: Around, given: Mapping[str, Any]) -> dict[str, Any]:
    """Write a body: by name where each value comes from, or JSON that is filled in."""
    return {
        name: around.json(value) if is_source(value) else filled(around, value) for name, value in given.items()
    }  # fmt: skip


def filled(around: Around, template: Any) -> Any:
    """Fill JSON in: texts are templates; ``{"$formula": …}``, ``{"$field": …}`` and such are values."""
    if isinstance(template, str):
        return around.text(template) if "{" in template else template
    if isinstance(template, list):
        return [filled(around, one) for one in template]
    if not isinstance(template, Mapping):
        return template
    if any(name.startswith("$") for name in template):
        return around.json({name.removeprefix("$"): value for name, value in template.items()})
    return {name: filled(around, value) for name, value in template.items()}


def robot_message(kind: str, address: str, text: str, secret: str, at: int) -> tuple[str, dict[str, Any]]:
    """Return the address and the body of a text as the robot of a chat takes it, signed where there is a secret.

    ``at``: seconds. Feishu wants the signature in the body, DingTalk in the address and with milliseconds.
    """
    if kind == "feishu":
        signed = {"timestamp": str(at), "sign": _digest(f"{at}\n{secret}", "")} if secret else {}
        return address, {**signed, "msg_type": "text", "content": {"text": text}}
    if kind == "dingtalk" and secret:
        sign = quote(_digest(secret, f"{at * 1000}\n{secret}"), safe="")
        address = f"{address}{'&' if '?' in address else '?'}timestamp={at * 1000}&sign={sign}"
    return address, {"msgtype": "text", "text": {"content": text}}


def _digest(key: str, message: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()


def robot_refusal(answer: Any) -> str:
    """Return why a robot has not taken a text; empty if it has. They answer 200 in either case."""
    if not isinstance(answer, Mapping):
        return ""
    code = answer.get("errcode", answer.get("code", 0))
    return "" if code in (0, "0", None) else f"{code} {answer.get('errmsg', answer.get('msg', ''))}"[:300]


def signature(secret: str, at: int, content: bytes) -> str:
    """Sign a body: ``t=<seconds>,v1=<HMAC-SHA256 of "t.body" in hex>``."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + content, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


def headers_of(given: Mapping[str, Any], secrets: Mapping[str, str]) -> dict[str, str]:
    """Write headers; a secret is looked up by its name only now.

    Raises:
        ConflictError: A secret is not there any more (code ``unknown_secret``).
    """
    found = {}
    for name, value in given.items():
        said = value
        if isinstance(value, Mapping):
            held = secrets.get(str(value.get("secret", "")))
            if held is None:
                raise ConflictError("unknown_secret", item=str(value.get("secret", "")))
            said = f"{value.get('prefix', '')}{held}"
        # A line break would begin a header of its own; letters beyond Latin are sent as UTF-8.
        found[name] = " ".join(str(said).split()).encode().decode("latin-1")
    return found


def content_of(body: Any) -> bytes:
    """Write a body as JSON."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def at_path(answer: Any, path: str) -> Any:
    """Return what stands at a path such as ``data.items.0.name``; None where nothing or no plain value does."""
    for step in path.split(".") if path else ():
        if isinstance(answer, Mapping):
            answer = answer.get(step)
        elif isinstance(answer, list) and step.isascii() and step.isdigit() and int(step) < len(answer):
            answer = answer[int(step)]
        else:
            return None
    plain = isinstance(answer, str | int | float | bool)
    many = isinstance(answer, list) and all(isinstance(one, str | int | float) for one in answer)
    return answer if plain or many else None
