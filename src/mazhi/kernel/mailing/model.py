"""What a mail is, and how the server is named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from typing import Literal
from urllib.parse import unquote, urlsplit

_ADDRESS = re.compile(r"[^\s@<>,;\"()\[\]\\:\x00-\x1f]{1,64}@[^\s@<>,;\"()\[\]\\:\x00-\x1f]{1,255}")
_PORTS = {"smtp": 587, "smtps": 465}


def is_address(text: str) -> bool:
    """Tell whether a text can be the address of a mail box."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Server:
    """The server that mail is handed to.

    Attributes:
        scheme: ``smtp`` begins in the open and is encrypted where the server can; ``smtps`` is encrypted at once.
        host: Its name.
        port: Its port.
        user: Who signs in; empty for nobody.
        password: With what.
        sender: From whom mails are.
    """

    scheme: Literal["smtp", "smtps"]
    host: str
    port: int
    user: str
    password: str
    sender: str

    @staticmethod
    def read(url: str, sender: str) -> Server:
        """Read ``smtp://user:password@host:587`` and the address of the sender.

        Raises:
            ValueError: One of them is not like that.
        """
        parts = urlsplit(url)
        scheme: Literal["smtp", "smtps"] = "smtps" if parts.scheme == "smtps" else "smtp"
        if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("MAZHI_SMTP_URL is not like smtp://user:password@host:587")
        if not is_address(sender):
            raise ValueError("MAZHI_MAIL_FROM is no address")
        return Server(
            scheme, parts.hostname, parts.port or _PORTS[scheme], unquote(parts.username or ""),
            unquote(parts.password or ""), sender,
        )  # fmt: skip


def write(sender: str, to: Iterable[str], subject: str, text: str, number: str) -> EmailMessage:
    """Write a mail; ``number`` makes the same mail known again if it is sent twice."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = ", ".join(to)
    # A line break in a subject would begin a header of its own.
    mail["Subject"] = " ".join(subject.split())[:200]
    mail["Date"] = formatdate(localtime=False)
    mail["Message-ID"] = f"<{number}@{sender.partition('@')[2]}>"
    mail.set_content(text, cte="base64")  # every server takes it
    return mail
