"""Writing a tree as a formula again, in its canonical form: English names, plain signs, no needless parentheses."""

from __future__ import annotations

from mazhi.engines.formula.nodes import Binary, Boolean, Call, Empty, Field, Node, Number, String, Unary
from mazhi.engines.formula.parsing import PERCENT, PRECEDENCE, SIGN
from mazhi.engines.formula.tokens import fold, is_plain_name

_ATOM = SIGN + 1


def write(node: Node) -> str:
    """Write a tree; reading it again gives the same tree."""
    match node:
        case Number():
            return str(node.value)
        case String():
            return '"' + node.value.replace('"', '""') + '"'
        case Boolean():
            return "TRUE" if node.value else "FALSE"
        case Empty():
            return ""
        case Field():
            plain = is_plain_name(node.name) and node.name.upper() not in {"TRUE", "FALSE", "真", "假"}
            return node.name if plain else _bracketed(node.name)
        case Unary():
            return _unary(node)
        case Binary():
            return _binary(node)
        case Call():
            return f"{node.name}({', '.join(write(one) for one in node.arguments)})"


def _bracketed(name: str) -> str:
    # A name read from other brackets may hold what would close square ones.
    return f"{{{name}}}" if any(fold(one) == "]" for one in name) else f"[{name}]"


def _strength(node: Node) -> int:
    if isinstance(node, Binary):
        return PRECEDENCE[node.operator]
    if isinstance(node, Unary):
        return PERCENT if node.operator == "%" else SIGN
    return _ATOM


def _within(node: Node, least: int) -> str:
    written = write(node)
    return written if _strength(node) >= least else f"({written})"


def _unary(node: Unary) -> str:
    if node.operator == "%":
        return f"{_within(node.operand, PERCENT)}%"
    return f"{node.operator}{_within(node.operand, SIGN)}"


def _binary(node: Binary) -> str:
    strength = PRECEDENCE[node.operator]
    left = _within(node.left, strength + (strength == 1))
    return f"{left}{node.operator}{_within(node.right, strength + 1)}"
