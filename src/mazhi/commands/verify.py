"""``mazhi verify``: compare items, history, events, identifiers and stock; with ``--ledger``, history and its seals."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from mazhi import bootstrap
from mazhi.commands import Command
from mazhi.kernel import texts
from mazhi.kernel.ledger.verification import Fault, rebuild, verify
from mazhi.kernel.ledger.verification_store import STOCK_CHECKS
from mazhi.kernel.sealing import published, verification

_STOCK = frozenset(STOCK_CHECKS)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--ledger", action="store_true", help="the ledger against its seals, and not the stock")
    parser.add_argument("--checkpoints", type=Path, metavar="FOLDER", help="also against checkpoints kept elsewhere")
    parser.add_argument("--rebuild", action="store_true", help="first write items and stock anew from the ledger")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")


def run(arguments: argparse.Namespace) -> int:
    """Print one line per fault; 0 if there is none, else 1."""
    if arguments.checkpoints is not None and not arguments.checkpoints.is_dir():
        print(f"mazhi verify: 没有文件夹 {arguments.checkpoints}（no such folder）", file=sys.stderr)
        return 2
    system = bootstrap.build(bootstrap.Settings.from_environment())
    found = 0
    try:
        if arguments.rebuild:
            with system.db.write() as tx:
                mended = rebuild(tx)
            print(f"按台账重建：{mended} 件与履历不符，已改正", file=sys.stderr)
        for fault in _faults(system, arguments):
            found += 1
            print(_line(fault, as_json=arguments.json), flush=True)
        if not arguments.json:
            _sum_up(system, found, sealed=arguments.ledger)
    finally:
        system.db.close()
    return 1 if found else 0


def _faults(system: bootstrap.System, arguments: argparse.Namespace) -> Iterator[Fault]:
    """Yield every fault. What waits to be sealed is sealed first: a stopped system leaves nothing unsealed behind."""
    for fault in verify(system.db):
        if not (arguments.ledger and fault.code in _STOCK):
            yield fault
    if arguments.ledger:
        system.seals.drain()
        yield from verification.verify(system.db)
    if arguments.checkpoints is not None:
        yield from published.compare(system.db, arguments.checkpoints)


def _sum_up(system: bootstrap.System, found: int, *, sealed: bool) -> None:
    if sealed:
        about = system.seals.state()
        print(f"已封存 {about['rows']:,} 行，{about['blocks']:,} 个区块", file=sys.stderr)
        for key in about["keys"]:
            print(f"公钥指纹 {key['fingerprint']}", file=sys.stderr)
        if about["late"]:
            print(f"另有 {about['waiting']:,} 个事件等待封存已超过一分钟：服务器是否在运行？", file=sys.stderr)
    if found == 0:
        print("台账一致：没有发现差错", file=sys.stderr)


def _line(fault: Fault, *, as_json: bool) -> str:
    message = texts.message(fault.code, "zh", {"subject": fault.subject, **fault.params})
    if as_json:
        return json.dumps(
            {"code": fault.code, "subject": fault.subject, "message": message, **fault.params}, ensure_ascii=False
        )
    return message


KIND = Command("verify", "compare items, history, events and stock, and name what differs", configure, run)
