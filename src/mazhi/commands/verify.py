"""``mazhi verify``: compare items, history, events, identifiers and stock."""

from __future__ import annotations

import argparse
import json
import sys

from mazhi import bootstrap
from mazhi.commands import Command
from mazhi.kernel import texts
from mazhi.kernel.ledger.verification import Fault, verify


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--ledger", action="store_true", help="the ledger only, not the stock")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(arguments: argparse.Namespace) -> int:
    """Print one line per fault; 0 if there is none, else 1."""
    system = bootstrap.build(bootstrap.Settings.from_environment())
    found = 0
    try:
        for fault in verify(system.db):
            if arguments.ledger and fault.code in {"stock_differs", "quantity_differs"}:
                continue
            found += 1
            print(_line(fault, as_json=arguments.json), flush=True)
    finally:
        system.db.close()
    if found == 0 and not arguments.json:
        print("台账一致：没有发现差错", file=sys.stderr)
    return 1 if found else 0


def _line(fault: Fault, *, as_json: bool) -> str:
    message = texts.message(fault.code, "zh", {"subject": fault.subject, **fault.params})
    if as_json:
        return json.dumps(
            {"code": fault.code, "subject": fault.subject, "message": message, **fault.params}, ensure_ascii=False
        )
    return message


KIND = Command("verify", "compare items, history, events and stock, and name what differs", configure, run)
