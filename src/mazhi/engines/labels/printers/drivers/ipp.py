"""IPP (CUPS、网络打印服务): each window is a print job of its own, and the server is asked what became of it.

The memo is the print job's name, which no other has. After a broken line the server is asked whether it has a job of
that name; so nothing is printed twice, and nothing is lost, as long as the server remembers its jobs.
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from typing import Any

from mazhi.engines.labels.printers import ipp
from mazhi.engines.labels.printers.addresses import check_host, connect
from mazhi.engines.labels.printers.driver import Driver, Look, Option, PrinterError, Session, Setup, Status, Wait
from mazhi.kernel.master_data.model import Checks

USER = "mazhi"
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "zpl": "application/octet-stream",
    "tspl": "application/octet-stream",
}
_DONE, _CANCELLED, _ABORTED = 9, 7, 8
_STOPPED = 5
_LONGEST_ANSWER = 4 << 20
_PORTS = (80, 443, 631)
_LOWEST_PORT = 1024
REASONS = {
    "media-empty": "paper_out", "media-needed": "paper_out", "media-jam": "paper_jam", "cover-open": "head_open",
    "door-open": "head_open", "marker-supply-empty": "ribbon_out", "toner-empty": "ribbon_out",
    "paused": "printer_paused", "offline": "printer_offline", "other": "printer_fault",
}  # fmt: skip
"""The words of RFC 8011 for what keeps a printer from printing."""


class IppSession(Session):
    """Print jobs over HTTP."""

    def __init__(self, setup: Setup) -> None:
        """Note where the server is.

        Raises:
            PrinterError: Nobody answers there.
        """
        self._setup = setup
        options = setup.options
        self._host, self._port = str(options["host"]), int(options["port"])
        self._path = "/" + str(options["path"]).lstrip("/")
        scheme = "ipps" if options["encrypted"] else "ipp"
        self._uri = f"{scheme}://{self._host}:{self._port}{self._path}"
        self._number = 0
        self._name = ""
        self._parts: list[bytes] = []
        self._job: int | None = None
        self._ask(ipp.GET_PRINTER_ATTRIBUTES, {"requested-attributes": (ipp.KEYWORD, ["printer-state"])})

    def begin(self, key: str, count: int) -> str:
        """Return the name of the print job, and how many labels it holds."""
        self._name, self._parts, self._job = key, [], None
        return f"{count}/{key}"

    def send(self, data: bytes, wait: Wait) -> None:  # noqa: ARG002 - it is sent as a whole
        """Collect the document."""
        self._parts.append(data)

    def complete(self) -> None:
        """Send the print job.

        Raises:
            PrinterError: The line broke, or the server does not take it.
        """
        answer = self._ask(
            ipp.PRINT_JOB,
            {
                "job-name": (ipp.NAME, [self._name]),
                "document-format": (ipp.MIME, [MEDIA_TYPES[self._setup.language]]),
            },
            b"".join(self._parts),
        )
        found = answer.first("job-id")
        self._job = found if isinstance(found, int) else None

    def look(self, memo: str) -> Look:
        """Look for the print job."""
        count, _, name = memo.partition("/")
        state = self._state(name)
        if state == _DONE:
            return Look(int(count), busy=False)
        if state in {_CANCELLED, _ABORTED}:  # some of it may have come out
            return Look(None, busy=False, trouble="print_job_aborted")
        if state is None:
            return Look(0, busy=False)
        status = self.status()
        troubles = status.troubles if status is not None else ()
        return Look(None, busy=True, trouble=troubles[0] if troubles else None)

    def _state(self, name: str) -> int | None:
        """Return the state of the print job of that name; None where the server has none."""
        wanted = {"requested-attributes": (ipp.KEYWORD, ["job-id", "job-name", "job-state"])}
        if self._job is not None and name == self._name:
            answer = self._ask(ipp.GET_JOB_ATTRIBUTES, {"job-id": (ipp.INTEGER, [self._job]), **wanted})
            state = answer.first("job-state")
            return state if isinstance(state, int) else None
        for which in ("not-completed", "completed"):
            answer = self._ask(ipp.GET_JOBS, {"which-jobs": (ipp.KEYWORD, [which]), **wanted})
            for tag, attributes in answer.groups:
                if tag == ipp.JOB and attributes.get("job-name") == [name]:
                    state = attributes.get("job-state", [0])[0]
                    return state if isinstance(state, int) else 0
        return None

    def cancel(self) -> None:
        """Cancel the print job that was sent last."""
        if self._job is not None:
            self._ask(ipp.CANCEL_JOB, {"job-id": (ipp.INTEGER, [self._job])}, patient=True)

    def status(self) -> Status | None:
        """Ask for the printer's state."""
        names = ["printer-state", "printer-state-reasons", "queued-job-count"]
        answer = self._ask(ipp.GET_PRINTER_ATTRIBUTES, {"requested-attributes": (ipp.KEYWORD, names)})
        troubles = [
            code
            for reason in answer.all("printer-state-reasons")
            for word, code in REASONS.items()
            if str(reason) in {word, f"{word}-error", f"{word}-warning"}
        ]
        if answer.first("printer-state") == _STOPPED and not troubles:
            troubles.append("printer_paused")
        queued = answer.first("queued-job-count")
        return Status(tuple(dict.fromkeys(troubles)), busy=bool(queued))

    def _ask(
        self, code: int, attributes: Mapping[str, ipp.Values], document: bytes = b"", *, patient: bool = False
    ) -> ipp.Message:
        """Send one request and return the answer.

        Raises:
            PrinterError: The line broke, the answer is none, or the server refuses; patient is who accepts that.
        """
        self._number += 1
        whole: dict[str, ipp.Values] = {
            "attributes-charset": (ipp.CHARSET, ["utf-8"]),
            "attributes-natural-language": (ipp.LANGUAGE, ["en"]),
            "printer-uri": (ipp.URI, [self._uri]),
        }
        if code in {ipp.GET_JOB_ATTRIBUTES, ipp.CANCEL_JOB}:
            whole["job-id"] = attributes["job-id"]
        whole |= {"requesting-user-name": (ipp.NAME, [USER]), **attributes}
        body = ipp.write(code, self._number, whole, document)
        try:
            answer = ipp.read(self._post(body))
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise PrinterError(
                "printer_lost", host=self._host, port=self._port, reason=str(error) or type(error).__name__
            ) from None
        if answer.code >= 0x0100 and not patient:
            raise PrinterError("print_server_refuses", host=self._host, status=f"{answer.code:#06x}")
        return answer

    def _post(self, body: bytes) -> bytes:
        pace = self._setup.pace
        connection = http.client.HTTPConnection(self._host, self._port, timeout=pace.stall)
        line = connect(self._host, self._port, pace.connect)
        line.settimeout(pace.stall)
        if self._setup.options["encrypted"]:
            line = _context(trusting=self._setup.options["certificate"] == "any").wrap_socket(
                line, server_hostname=self._host
            )
        connection.sock = line
        try:
            connection.request("POST", self._path, body, {"Content-Type": "application/ipp"})
            answer = connection.getresponse()
            if answer.status != 200:
                raise OSError(f"HTTP {answer.status}")
            return answer.read(_LONGEST_ANSWER)
        finally:
            connection.close()


def _context(*, trusting: bool) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if trusting:  # printers sign their certificates themselves
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _check(options: Mapping[str, Any], checks: Checks) -> None:
    check_host("/options/host", str(options["host"]), checks)
    port, path = int(options["port"]), str(options["path"])
    if port < _LOWEST_PORT and port not in _PORTS:
        checks.fault("/options/port", "printer_port_refused", port=port)
    if not path.isascii() or not path.isprintable() or " " in path:
        checks.fault("/options/path", "printer_path_wrong", path=path)


KIND = Driver(
    name="ipp",
    zh="打印服务 (IPP、CUPS)",
    en="Print server (IPP, CUPS)",
    languages=("pdf", "png", "zpl", "tspl"),
    options=(
        Option(name="host", zh="地址", en="Address", type="host", example="192.0.2.30"),
        Option(name="port", zh="端口", en="Port", type="integer", default=631, least=1, most=65_535),
        Option(name="path", zh="路径", en="Path", type="text", default="ipp/print", example="printers/label-1"),
        Option(name="encrypted", zh="加密 (ipps)", en="Encrypted (ipps)", type="boolean", default=False),
        Option(
            name="certificate", zh="证书", en="Certificate", type="choice", default="checked",
            choices=("checked", "any"),
        ),
    ),
    open=IppSession,
    check=_check,
    window=(500, 500),
)  # fmt: skip
