"""Mail reaches people by who they are: their own address, what they want there, and nobody else's eyes."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.mailing.model import Server
from mazhi.kernel.mailing.service import Mailing
from tests.engines.flows.outside_world import MailBox, served
from tests.engines.flows.shop import Shop, members, node


@pytest.fixture
def box() -> Iterator[MailBox]:
    box = MailBox()
    with served(box):
        yield box


@pytest.fixture
def shop(db_url: str, tmp_path: Path, box: MailBox) -> Iterator[Shop]:
    mail = Mailing(Server.read(box.url, "mazhi@example.com"))
    shop = Shop(db_url, tmp_path / "data", mail=mail, site="https://mazhi.example.com")
    yield shop
    shop.close()


def work(key: str, **options: Any) -> dict[str, Any]:
    return node("fill", key, **options)


def read(box: MailBox) -> list[tuple[list[str], str, str]]:
    found = []
    for to, text in box.mails:
        mail = email.message_from_string(text, policy=email.policy.default)
        assert mail["To"] == ", ".join(to)
        found.append((to, str(mail["Subject"]), mail.get_content()))
    box.mails.clear()
    return sorted(found)


def test_people_get_by_mail_what_they_want_there_each_a_mail_of_their_own(shop: Shop, box: MailBox) -> None:
    users, own = shop.system.access.users, shop.system.access.sign_in
    for name in ("zhang", "li", "chen"):
        users.change(SYSTEM, name, {"email": f"{name}@example.com"})
    own.change_own(shop.actors["li"], {"mails": ("copies",)})
    own.change_own(shop.actors["chen"], {"mails": ()})
    everybody = {"ways": [{"kind": "member", "values": ["zhang", "li", "chen"]}]}
    shop.draw(
        node("notify", "tell", text="{no} 到了", subject="收货 {no}", who=everybody, mail_who=everybody),
        work("check", who=members("zhang", "li")),
    )
    shop.start(no="R7")
    assert box.mails == []  # nothing leaves before the step is done
    shop.system.jobs.run_pending()
    found = read(box)
    # The mail of the node goes to all but who wants none; notices go to who wants that topic.
    assert [to for to, _, _ in found] == [["li@example.com"], *[["zhang@example.com"]] * 3]
    assert [to[0][:2] for to, subject, _ in found if subject == "收货 R7"] == ["li", "zh"]
    assert [subject for _, subject, _ in found if "流程通知" in subject] == ["流程通知：R7 到了"]
    assert all("我的账号" in text for _, _, text in found)
    (task,) = [text for _, subject, text in found if "请处理" in subject]
    assert "https://mazhi.example.com/tasks/" in task
    with shop.system.db.read() as tx:
        bodies = [row[0] for row in tx.tuples("SELECT body FROM job")]
        trail = [f"{row[0]} {row[1]}" for row in tx.tuples("SELECT before, after FROM audit")]
    assert not [one for one in (*bodies, *trail) if "@example.com" in one]


def test_whoever_unsubscribes_meanwhile_gets_nothing_and_a_refused_address_is_not_told(
    shop: Shop, box: MailBox
) -> None:
    users = shop.system.access.users
    users.change(SYSTEM, "zhang", {"email": "zhang@example.com"})
    users.change(SYSTEM, "li", {"email": "nobody@example.com"})
    users.change(SYSTEM, "chen", {"email": "chen@example.com"})
    shop.draw(work("check", who=members("zhang", "li", "chen")))
    shop.start(no="R8")
    shop.system.access.sign_in.change_own(shop.actors["zhang"], {"mails": ()})
    shop.system.jobs.run_pending()
    assert [to for to, _, _ in read(box)] == [["chen@example.com"]]
    with shop.system.db.read() as tx:
        errors = [row[0] for row in tx.tuples("SELECT errors FROM job WHERE kind = 'notice_mail'")]
    assert any("mail_refused" in one for one in errors)
    assert not [one for one in errors if "example.com" in one]
