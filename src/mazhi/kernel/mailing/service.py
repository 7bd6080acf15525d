"""Handing mails to the server."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Sequence

from mazhi.kernel.errors import ConflictError
from mazhi.kernel.mailing.model import Server, write

SECONDS = 10.0


class Mailing:
    """The mail of one system; without a server it says so."""

    def __init__(self, server: Server | None) -> None:
        """Hand mails to that server."""
        self._server = server

    @staticmethod
    def from_environment() -> Mailing:
        """Read ``MAZHI_SMTP_URL`` and ``MAZHI_MAIL_FROM``.

        Raises:
            ValueError: One of them cannot be read.
        """
        url = os.environ.get("MAZHI_SMTP_URL", "")
        return Mailing(Server.read(url, os.environ.get("MAZHI_MAIL_FROM", "")) if url else None)

    @property
    def ready(self) -> bool:
        """Whether there is a server."""
        return self._server is not None

    def send(self, to: Sequence[str], subject: str, text: str, number: str) -> None:
        """Send a mail now; ``number`` tells it from others.

        Raises:
            ConflictError: There is no server (``mail_no_server``), it cannot be reached (``mail_unreachable``, worth
                another try), or it does not take the mail (``mail_refused``).
        """
        server = self._server
        if server is None:
            raise ConflictError("mail_no_server")
        mail = write(server.sender, to, subject, text, number)
        try:
            with _connect(server) as connection:
                if server.user:
                    connection.login(server.user, server.password)
                connection.send_message(mail, to_addrs=list(to))
        except (OSError, smtplib.SMTPException) as error:
            code = "mail_refused" if _for_good(error) else "mail_unreachable"
            raise ConflictError(code, host=server.host, reason=str(error)[:300]) from error


def _for_good(error: Exception) -> bool:
    """Tell whether the server has said that it will not take the mail, today or tomorrow."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return any(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _connect(server: Server) -> smtplib.SMTP:
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=ssl.create_default_context())
    connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        connection.ehlo_or_helo_if_needed()
        if connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context())
        elif server.user:
            # A password is not told in the open.
            raise smtplib.SMTPNotSupportedError("STARTTLS")
    except (OSError, smtplib.SMTPException):
        connection.close()
        raise
    return connection
