"""Which addresses a printer may have, and connecting to one.

Whoever may edit printers decides where this machine connects to. So what a printer answers is only ever read as a
status and never shown; addresses that are no printer's (of the cloud's own services, of many machines, of none) are
refused, also when a name leads to them later, because the address that was checked is the one connected to. Loopback is
allowed: a print server on the same machine is usual. A raw connection goes to the ports of raw printing only.
"""

from __future__ import annotations

import ipaddress
import re
import socket

from mazhi.engines.labels.printers.driver import PrinterError
from mazhi.kernel.master_data.model import Checks

LOWEST_RAW_PORT = 1024
"""Below are the ports of other services (mail, databases' monitors, remote shells), where nobody prints raw."""
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.\-]{0,251}[A-Za-z0-9])?\.?")


def is_refused(address: str) -> bool:
    """Tell whether an IP address can't be a printer's."""
    found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    return found.is_link_local or found.is_multicast or found.is_unspecified or found == _EVERYBODY


_EVERYBODY = ipaddress.ip_address("255.255.255.255")


def check_host(pointer: str, host: str, checks: Checks) -> None:
    """Note what is wrong with a host: a name, or an IP address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        if not _HOST.fullmatch(host):
            checks.fault(pointer, "printer_host_wrong", host=host)
        return
    if is_refused(host):
        checks.fault(pointer, "printer_host_refused", host=host)


def connect(host: str, port: int, seconds: float) -> socket.socket:
    """Connect to a printer.

    Raises:
        PrinterError: The name is unknown, the address is none of a printer, or nobody answers there.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise PrinterError("printer_name_unknown", host=host) from None
    reason = ""
    for family, kind, protocol, _, address in found:
        if is_refused(str(address[0])):
            raise PrinterError("printer_host_refused", host=host)
        line = socket.socket(family, kind, protocol)
        line.settimeout(seconds)
        try:
            line.connect(address)
        except OSError as error:
            line.close()
            reason = type(error).__name__ if error.strerror is None else error.strerror
            continue
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line
    raise PrinterError("printer_unreachable", host=host, port=port, reason=reason)
