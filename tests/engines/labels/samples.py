"""Random contents for every carrier, and symbols of them as real labels have them."""

import random
import string

from mazhi.engines.labels.carriers.family import carriers
from mazhi.engines.labels.marks import Laid, Rotation, Symbol, dots
from mazhi.kernel.barcodes.check_digits import CODE39, gs1_mod10

HEIGHT_MM = {"itf14": 20}
"""Of bars; of the others 10 mm."""

CHINESE = "码志追溯标签序列号产品名称批次生产日期有限公司上海市浦东新区你好世界检验合格"
CODE = string.ascii_uppercase + string.digits
CSET82 = string.ascii_letters + string.digits + "!\"%&'()*+,-./:;<=>?_"

MODULE_MM = {"ean13": 0.33, "ean8": 0.33, "upca": 0.33, "itf14": 0.5, "pdf417": 0.375}
"""Width of a module; of the others 0.25 mm for bars and 0.5 mm for squares."""


def content(carrier: str, chance: random.Random) -> str:
    """Something that the carrier can hold, as long as on real labels."""
    return _MAKERS[carrier](chance)


def _text(chance: random.Random, alphabet: str, shortest: int, longest: int) -> str:
    return "".join(chance.choices(alphabet, k=chance.randint(shortest, longest)))


def _gtin(chance: random.Random, digits: int) -> str:
    body = _text(chance, string.digits, digits - 1, digits - 1)
    return body + gs1_mod10(body)


def _elements(chance: random.Random) -> str:
    text = f"(01){_gtin(chance, 14)}"
    if chance.random() < 0.6:
        text += f"(17)27{chance.randint(1, 12):02}{chance.randint(0, 28):02}"
    if chance.random() < 0.5:
        text += f"(10){_text(chance, CODE, 3, 8)}"
    return text + (f"(21){_text(chance, CODE, 4, 8)}" if chance.random() < 0.5 else "")


def _any_elements(chance: random.Random) -> str:
    return (
        f"(01){_gtin(chance, 14)}(10){_text(chance, CSET82, 1, 20)}".replace("(", "\\(")
        .replace("\\(01)", "(01)", 1)
        .replace("\\(10)", "(10)", 1)
    )


def _mixed(chance: random.Random) -> str:
    """Letters, digits, Chinese, addresses."""
    return chance.choice(
        [
            lambda: _text(chance, CODE, 4, 20),
            lambda: _text(chance, string.digits, 4, 30),
            lambda: _text(chance, string.printable, 4, 40),
            lambda: f"https://m.example.com/q/{_text(chance, CODE, 8, 24)}",
            lambda: _text(chance, CHINESE, 2, 20),
            lambda: _text(chance, CHINESE + CODE + "，：", 6, 40),
        ]
    )()


_MAKERS = {
    "code128": lambda chance: _text(chance, chance.choice([CODE, CODE, string.digits, string.printable]), 3, 18),
    "code39": lambda chance: _text(chance, CODE39, 2, 12).strip() or "A",
    "datamatrix": _mixed,
    "digital_link": lambda chance: f"https://id.example.com/01/{_gtin(chance, 14)}/21/{_text(chance, CODE, 3, 12)}",
    "ean13": lambda chance: _gtin(chance, 13),
    "ean8": lambda chance: _gtin(chance, 8),
    "gs1_128": _elements,
    "gs1_datamatrix": lambda chance: (_elements if chance.random() < 0.7 else _any_elements)(chance),
    "itf14": lambda chance: _gtin(chance, 14),
    "micro_qr": lambda chance: _text(chance, chance.choice([CODE, string.digits, string.ascii_letters]), 3, 9),
    "pdf417": _mixed,
    "qr": _mixed,
    "upca": lambda chance: _gtin(chance, 12),
}


def options(carrier: str, chance: random.Random) -> dict[str, str]:
    """Every option at random."""
    kind = carriers[carrier]
    wanted: dict[str, object] = {
        option.name: chance.choice(option.choices) for option in kind.options if option.choices and option.name != "ec"
    }
    if any(option.name == "ec" for option in kind.options):
        wanted["ec"] = chance.choice(
            {"pdf417": ("auto", "2", "4"), "micro_qr": ("L", "M")}.get(carrier, ("L", "M", "Q", "H"))
        )
    if carrier == "pdf417":
        wanted["columns"] = chance.choice((0, 2, 4))
    return kind.settle(wanted)


def laid(carrier: str, said: str, dpi: int, chosen: dict[str, str], rotation: Rotation = 0) -> tuple[Laid, Symbol]:
    """A label with that one symbol, as large as needed."""
    kind = carriers[carrier]
    checked = kind.check(said, chosen)
    matrix = kind.encode(checked, chosen)
    wanted = MODULE_MM.get(carrier, 0.25 if matrix.linear else 0.5)
    if chosen.get("ratio") == "2":
        # ISO/IEC 16388 and 16390 want more than 2.2 where the narrow bar is below 0.508 mm.
        wanted = 0.6
    module = max(1, dots(wanted, dpi))
    height = dots(HEIGHT_MM.get(carrier, 10), dpi) if matrix.linear else len(matrix.rows) * matrix.row_modules * module
    left, right, above, below = (modules * module for modules in matrix.quiet)
    width = len(matrix.rows[0]) * module
    across, down = left + width + right + 10, above + height + below + 10
    x, y = left + 5, above + 5
    if rotation in (90, 270):
        across, down = down, across
        x, y = ((below if rotation == 90 else above) + 5, (left if rotation == 90 else right) + 5)
    symbol = Symbol("code", x, y, carrier, checked, tuple(chosen.items()), matrix, module, height, rotation)
    # Whole bytes and whole millimetres are kinder to renderers.
    return Laid((across + 23) // 24 * 24, (down + 23) // 24 * 24, dpi, (symbol,)), symbol
