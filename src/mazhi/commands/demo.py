"""``mazhi demo``: an invented company with twelve weeks of history, to look around in."""

from __future__ import annotations

import argparse
import time
from datetime import date

from mazhi.bootstrap import Settings, build
from mazhi.commands import Command
from mazhi.demo.company import FULL
from mazhi.demo.service import MOST, Demo, DemoUser

_HOUSE = ("coded", "in_stock", "picked", "issued", "on_loan")
_BACK = ("returned", "in_repair", "scrapped", "lost")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--items", type=items, metavar="N", help=f"so many purifiers (default {FULL})")
    parser.add_argument("--add", action="store_true", help="also into a database that holds items already")


def items(text: str) -> int:
    """Read a number of machines.

    Raises:
        argparse.ArgumentTypeError: It is none, or too large.
    """
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of machines (1 to {MOST})")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Tell the story, or what is left of it, and print what came of it."""
    system = build(Settings.from_environment())
    started = time.monotonic()
    try:
        demo = Demo(system)
        progress, story = demo.begin(arguments.items, add=arguments.add)
        print(f"宁波澄岳净水科技（虚构）：{progress.items:,} 台净水机，截至 {progress.last}", flush=True)
        if progress.done:
            print(f"接着上次：{progress.entries:,} 条业务中已完成 {progress.done:,} 条", flush=True)

        def on_day(day: date, done: int) -> None:
            if day.weekday() == 5:  # Saturday
                spent = time.monotonic() - started
                print(f"  {day}  {done / progress.entries:4.0%}  {spent:5.1f} 秒", flush=True)

        progress = demo.tell(progress, story, on_day)
        _show(demo.figures())
        print("演示用户（密码只显示这一次）：")
        demo.finish(progress, _show_user)
        system.seals.drain()
        print(f"完成，用时 {time.monotonic() - started:.1f} 秒。核对台账：mazhi verify；打开系统：mazhi serve")
    finally:
        system.db.close()
    return 0


def _show(figures: dict[str, int]) -> None:
    house = sum(figures.get(state, 0) for state in _HOUSE)
    back = sum(figures.get(state, 0) for state in _BACK)
    shipped, at_dealer, sold = (figures.get(state, 0) for state in ("shipped", "at_dealer", "sold"))
    print(
        f"已赋码 {sum(figures.values()):,} = 在库 {house:,} + 流通中 {shipped + at_dealer:,}"
        f"（在途 {shipped:,}，在经销商 {at_dealer:,}）+ 用户在用 {sold:,} + 退返维修报废 {back:,}"
    )


def _show_user(user: DemoUser) -> None:
    password = user.password or f"（已存在，密码不变；重置：mazhi user password {user.name}）"
    print(f"  {user.name}  {user.role:8} {password}", flush=True)


KIND = Command("demo", "load an invented company with twelve weeks of history", configure, run)
