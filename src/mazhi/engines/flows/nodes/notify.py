"""通知: people are told something, in the app, by mail, or through the robot of a chat; nobody waits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mazhi.engines.flows.effects.checking import Looking
from mazhi.engines.flows.effects.sending import send
from mazhi.engines.flows.effects.values import Around
from mazhi.engines.flows.kind import Done, NodeKind, Outcome
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.outside.messages import MAIL, ROBOT, ROBOTS
from mazhi.engines.flows.people.checking import of_ways as of_ways_faults
from mazhi.engines.flows.people.service import of_ways, resolve
from mazhi.engines.flows.running.refusing import refused_at
from mazhi.engines.options import Choice, Option
from mazhi.kernel.errors import ConflictError, Problem
from mazhi.kernel.mailing.model import is_address
from mazhi.kernel.outbound import secrets

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step

MOST_ADDRESSES = 50
_BETWEEN = re.compile(r"[\s,;，；、]+")


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """Tell people; mail and chats are left to jobs."""
    options = node.options
    told: dict[str, Any] = {}
    with refused_at(run, node):
        around = Around(run)
        text, subject = around.text(str(options["text"])), around.text(str(options["subject"]))
        if (options["who"] or {}).get("ways"):
            users = resolve(run, node).users
            run.tell(users, "notice_flow_text", text=text[:1_000])
            told["people"] = len(users)
        if options["mail"]:
            to = _addresses(around.text(str(options["mail"])))
            if to:
                send(run, step, MAIL, {"to": to, "subject": subject or run.instance.title, "text": text})
            told["mail"] = len(to)
        if (options["mail_who"] or {}).get("ways"):
            told["mailed"] = _mail(run, node, subject or run.instance.title, text)
    if options["robot"]:
        body = {"robot": options["robot"], "secret": options["secret"], "sign": options["sign"], "text": text}
        send(run, step, ROBOT, body)
        told["robot"] = options["robot"]
    return Done("told", told)


def _mail(run: Run, node: Node, subject: str, text: str) -> int:
    """Leave a mail to people, found as those of a step are; who has no address or wants no mail gets none."""
    mail, users = run.ports.notices.mail, of_ways(run, node, node.options["mail_who"])
    return mail.write(run.tx, users, subject, text) if mail is not None and users and not run.trial else 0


def _addresses(text: str) -> list[str]:
    """Return the addresses in a text.

    Raises:
        ConflictError: Something in it is none (code ``flow_bad_address``), or there are too many.
    """
    found = list(dict.fromkeys(one for one in _BETWEEN.split(text) if one))
    wrong = [Problem("flow_bad_address", {"value": one[:100]}, item=one[:100]) for one in found if not is_address(one)]
    if wrong:
        raise ConflictError("flow_bad_address", problems=wrong, value=wrong[0].item)
    if len(found) > MOST_ADDRESSES:
        raise ConflictError("flow_too_many_addresses", limit=MOST_ADDRESSES)
    return found


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say what is missing, or not set up."""
    looking, options = Looking(drawn, node), node.options
    if not options["text"]:
        yield looking.missing("text", "内容", "Text")
    for name in ("text", "subject", "mail"):
        yield from looking.template(str(options[name]), f"/options/{name}")
    by_mail = options["mail"] or (options["mail_who"] or {}).get("ways")
    if not ((options["who"] or {}).get("ways") or by_mail or options["robot"]):
        yield looking.missing("who", "通知谁", "Whom")
    yield from of_ways_faults(options["mail_who"] or {}, drawn, "/options/mail_who")
    if by_mail and (drawn.ports is None or drawn.ports.mail is None or not drawn.ports.mail.ready):
        yield Problem("mail_no_server", {}, "/options/mail")
    if options["robot"]:
        known = secrets.read(drawn.tx)
        address = known.get(str(options["secret"]))
        if options["sign"] and options["sign"] not in known:
            yield Problem("unknown_secret", {"item": str(options["sign"])}, "/options/sign")
        if not options["secret"]:
            yield looking.missing("secret", "机器人地址的密钥名", "Secret with its address")
        elif address is None:
            yield Problem("unknown_secret", {"item": str(options["secret"])}, "/options/secret")
        else:
            yield from looking.address(address, "/options/secret")


KIND = NodeKind(
    name="notify",
    zh="通知",
    en="Notify",
    zh_hint="站内、邮件、群机器人",
    en_hint="In the app, by mail, in a chat",
    group="message",
    icon="bell",
    colour="#3296FA",
    options=(
        Option("who", "通知谁", "Whom", "people", {}),
        Option("text", "内容", "Text", "template", "", zh_hint="可以用字段，如 {no}。", en_hint="Fields such as {no}."),
        Option("mail", "邮件发给", "Mail to", "template", "", zh_hint="邮箱地址或邮箱字段，逗号分开。",
               en_hint="Addresses or fields, with commas."),
        Option("mail_who", "邮件发给这些人", "Mail to people", "people", {},
               zh_hint="按成员、角色、部门找人，发到各人的邮箱；没填邮箱或退订了的人收不到。",
               en_hint="To their own addresses; who has none, or wants no mail, gets none."),
        Option("subject", "邮件标题", "Subject", "template", ""),
        Option(
            "robot", "群机器人", "Chat robot", "choice", "",
            choices=(Choice("", "不用", "None"), *(Choice(name, zh, en) for name, (zh, en) in ROBOTS.items())),
        ),
        Option("secret", "机器人地址的密钥名", "Secret with its address", "text", ""),
        Option("sign", "加签的密钥名", "Secret for its signature", "text", "", zh_hint="钉钉、飞书开了“加签”时填。",
               en_hint="Where DingTalk or Feishu want a signature."),
    ),
    enter=enter,
    faults=faults,
    example={"who": {"ways": [{"kind": "starter"}]}, "text": "{no} 已入库"},
)  # fmt: skip
