"""``mazhi user``: users made, and passwords reset, by whoever runs the machine."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable

from mazhi.bootstrap import Settings, System, build
from mazhi.commands import Command
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.access.users import NewUser


def configure(parser: argparse.ArgumentParser) -> None:
    """Add ``add`` and ``password``."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="make a user; asks for a password, or makes one up")
    add.add_argument("username", metavar="NAME")
    add.add_argument("--role", required=True, action="append", help="code of a role; may be repeated")
    add.add_argument("--name", default="", help="the person's name")
    add.set_defaults(do=_add)
    reset = actions.add_parser("password", help="give a user another password and end the user's sessions")
    reset.add_argument("username", metavar="NAME")
    reset.set_defaults(do=_reset)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for."""
    system = build(Settings.from_environment())
    do: Callable[[System, argparse.Namespace], None] = arguments.do
    try:
        do(system, arguments)
    finally:
        system.db.close()
    return 0


def _add(system: System, arguments: argparse.Namespace) -> None:
    given = _ask()
    new = NewUser(arguments.username, arguments.name, tuple(arguments.role), password=given, must_change=given is None)
    user, password = system.access.users.create(SYSTEM, new)
    print(f"已建立用户 {user.username}（{', '.join(user.roles)}）")
    _show(given, password)


def _reset(system: System, arguments: argparse.Namespace) -> None:
    given = _ask()
    password = system.access.users.reset_password(SYSTEM, arguments.username, given, must_change=given is None)
    print(f"已重置用户 {arguments.username} 的密码")
    _show(given, password)


def _show(given: str | None, password: str) -> None:
    if given is None:
        print(f"初始密码 {password}（只显示这一次，登录后须修改）")


def _ask() -> str | None:
    """Ask for a password where somebody sits at the keyboard; None: make one up."""
    if not sys.stdin.isatty():
        return None
    first = getpass.getpass("密码（留空则自动生成）: ")
    if first and getpass.getpass("再输一次: ") != first:
        raise SystemExit("mazhi user: 两次输入不一致")
    return first or None


KIND = Command("user", "make users and reset passwords", configure, run)
