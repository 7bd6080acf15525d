"""GS1 element strings, raw and bracketed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mazhi.kernel.barcodes.gs1 import lost
from mazhi.kernel.barcodes.gs1.elements import SEPARATOR, Message, looks_bracketed, read_bracketed, read_raw
from mazhi.kernel.barcodes.gs1.spelling import bracketed
from mazhi.kernel.barcodes.gs1.table import CHECKED, starting
from mazhi.kernel.barcodes.model import GS, Found, Level, Scan, Syntax
from mazhi.kernel.errors import Problem


def read(scan: Scan) -> Sequence[Found]:
    """Read the bracketed spelling where the text begins with a bracket, else the raw one."""
    if scan.carrier == "gtin":
        return ()
    if looks_bracketed(scan.text):
        return (_read_bracketed(scan),)
    marked = SEPARATOR.sub(GS, scan.text)
    data = marked.strip(GS)
    if scan.carrier != "gs1" and starting(data) is None:
        return ()
    message = read_raw(data)
    level = _level(scan, message, separated=GS in marked)
    if level is None:
        return ()
    found = _found(message, level, scan)
    if scan.carrier == "plain":
        found = replace(found, problems=(*found.problems, Problem("not_gs1_carrier", {"aim": scan.aim})))
    return (found, *(_found(again, Level.WEAK, scan) for again in lost.split_again(message)))


def _found(message: Message, level: Level, scan: Scan) -> Found:
    value = bracketed(message.elements) or scan.text
    return Found(value, message.values(), tuple(message.problems), level, (value,))


def _read_bracketed(scan: Scan) -> Found:
    message = read_bracketed(scan.text)
    if scan.carrier == "gs1" or not message.broken:
        level = Level.SURE
    else:
        level = Level.LIKELY if message.elements else Level.WEAK
    return _found(message, level, scan)


def _level(scan: Scan, message: Message, *, separated: bool) -> Level | None:
    """Tell how sure a raw element string is one: many a plain code begins like one by chance.

    ``96385074`` is also AI (96), and a lot may be called ``10D9T``. What speaks for GS1 is, in this order: the symbol;
    a separator; a key whose check digit is right; several elements led by a key.
    """
    if scan.carrier == "gs1":
        return Level.SURE if message.elements else Level.LIKELY
    wrong = {problem.params.get("ai") for problem in message.problems if problem.code == "check_digit"}
    keys = [element.ai for element in message.elements if element.ai.code in CHECKED]
    proved = any(ai.code not in wrong and ai.fits(message.values()[ai.code]) for ai in keys)
    lost_separator = any(problem.code == "lost_separator" for problem in message.problems)
    whole = not message.broken and (proved or not lost_separator)
    if not whole:
        return Level.WEAK if proved or separated else None
    led = bool(keys) and message.elements[0].ai is keys[0] and len(message.elements) > 1
    if scan.carrier == "unknown" and (separated or proved or led):
        return Level.LIKELY
    return Level.WEAK


KIND = Syntax(
    name="gs1_element_string",
    via="gs1",
    zh="GS1 单元数据串",
    en="GS1 element string",
    order=10,
    example="010690123456789210B2611\x1d21SN0001",
    read=read,
)
