"""Reading a formula (公式): from what was typed to its tree.

The order of operations is that of spreadsheets: signs before a value, then ``%``, ``^``, ``* /``, ``+ -``, ``&``,
comparisons; what is alike runs from left to right, so that ``-2^2`` is 4 and ``2^3^2`` is 64. Comparisons are not
chained: ``a<b<c`` is refused, since it would not mean what it looks like.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation

from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.functions import functions
from mazhi.engines.formula.nodes import Binary, Boolean, Call, Empty, Field, Node, Number, String, Unary, children
from mazhi.engines.formula.tokens import Scanner, Token
from mazhi.engines.formula.values import DIGITS, LARGEST_EXPONENT

LONGEST = 16_000
"""Characters of a formula."""
DEEPEST = 100
"""So many operations, calls or parentheses inside one another."""

PRECEDENCE = {
    "=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5,
}  # fmt: skip
PERCENT = 6
SIGN = 7
_CONSTANTS = {"TRUE": True, "FALSE": False, "真": True, "假": False}


def parse(source: str) -> Node:
    """Read a formula; a ``=`` before it is allowed.

    Raises:
        FormulaError: It cannot be read; the error names the place and what was expected there.
    """
    node, _ = parse_from(source, 0, embedded=False)
    return node


def parse_from(source: str, start: int, *, embedded: bool) -> tuple[Node, int]:
    """Read a formula that starts somewhere in a text, and say where it ends: at the end, or at a closing brace.

    Raises:
        FormulaError: It cannot be read.
    """
    if len(source) - start > LONGEST and not embedded:
        raise FormulaError("formula_too_long", LONGEST, len(source), most=LONGEST)
    parser = _Parser(Scanner(source, start, embedded=embedded))
    return parser.whole(), parser.token.start


class _Parser:
    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self.token = scanner.next()
        self._level = 0
        self._heights: dict[int, int] = {}
        self._kept: list[Node] = []

    def whole(self) -> Node:
        if self._is("="):
            self._advance()
        if self._ended():
            raise FormulaError("formula_empty", self.token.start, self.token.end)
        node = self._expression(0)
        if not self._ended():
            raise self._unexpected("运算符或结尾", "an operator or the end")
        return node

    def _ended(self) -> bool:
        return self.token.kind == "end"

    def _is(self, sign: str) -> bool:
        return self.token.kind == "sign" and self.token.value == sign

    def _advance(self) -> Token:
        passed = self.token
        self.token = self._scanner.next()
        return passed

    def _unexpected(self, zh: str, en: str) -> FormulaError:
        token = self.token
        expected = {"expected_zh": zh, "expected_en": en}
        if token.kind == "end":
            return FormulaError("formula_unfinished", token.start, token.end, **expected)
        found = self._scanner.source[token.start : token.end]
        return FormulaError("formula_unexpected", token.start, token.end, found=found, **expected)

    def _made(self, node: Node) -> Node:
        """Refuse a tree that is too deep: whoever walks it goes down by recursion."""
        height = 1 + max((self._heights.get(id(one), 1) for one in children(node)), default=0)
        if height > DEEPEST:
            raise FormulaError("formula_too_deep", node.start, node.end, most=DEEPEST)
        self._heights[id(node)] = height
        self._kept.append(node)  # so that no other node gets its id
        return node

    def _enter(self) -> None:
        self._level += 1
        if self._level > DEEPEST:
            raise FormulaError("formula_too_deep", self.token.start, self.token.end, most=DEEPEST)

    def _expression(self, least: int) -> Node:
        self._enter()
        left = self._prefix()
        compared = False
        while self.token.kind == "sign":
            sign = self.token.value
            if sign == "%" and least <= PERCENT:
                passed = self._advance()
                left = self._made(Unary("%", left, start=left.start, end=passed.end))
                continue
            strength = PRECEDENCE.get(sign, -1)
            if strength < max(least, 0) or strength < 0:
                break
            if strength == 1 and compared:
                raise FormulaError("formula_chained", self.token.start, self.token.end, sign=sign)
            compared = compared or strength == 1
            self._advance()
            right = self._expression(strength + 1)
            left = self._made(Binary(sign, left, right, start=left.start, end=right.end))
        self._level -= 1
        return left

    def _prefix(self) -> Node:
        if self._is("-") or self._is("+"):
            self._enter()
            sign = self._advance()
            operand = self._prefix()
            self._level -= 1
            return self._made(Unary(sign.value, operand, start=sign.start, end=operand.end))
        return self._atom()

    def _atom(self) -> Node:
        token = self.token
        if token.kind == "number":
            self._advance()
            return Number(_number(token), start=token.start, end=token.end)
        if token.kind == "text":
            self._advance()
            return String(token.value, start=token.start, end=token.end)
        if token.kind in {"name", "bracket"}:
            return self._name(self._advance())
        if self._is("("):
            self._advance()
            inside = self._expression(0)
            if not self._is(")"):
                raise self._unexpected("右括号 )", "a closing parenthesis")
            return self._made(replace(inside, start=token.start, end=self._advance().end))
        raise self._unexpected("数字、文本、字段、函数或括号", "a number, text, field, function or parenthesis")

    def _name(self, token: Token) -> Node:
        if token.kind == "name" and self._is("("):
            return self._call(token)
        constant = _CONSTANTS.get(token.value.upper()) if token.kind == "name" else None
        if constant is not None:
            return Boolean(constant, start=token.start, end=token.end)
        return Field(token.value, start=token.start, end=token.end)

    def _call(self, token: Token) -> Node:
        function = functions.find(token.value)
        if function is None:
            near = functions.near(token.value)
            raise FormulaError("formula_function", token.start, token.end, name=token.value, near=near)
        self._advance()
        arguments = self._arguments()
        if not self._is(")"):
            raise self._unexpected("逗号或右括号 )", "a comma or a closing parenthesis")
        end = self._advance().end
        least, most = function.arity
        if not least <= len(arguments) <= most or not function.complete(len(arguments)):
            raise FormulaError(
                "formula_arguments",
                token.start,
                end,
                name=function.name,
                given=len(arguments),
                usage_zh=function.usage("zh"),
                usage_en=function.usage("en"),
            )
        return self._made(Call(function.name, tuple(arguments), start=token.start, end=end))

    def _arguments(self) -> list[Node]:
        if self._is(")"):
            return []
        found: list[Node] = []
        while True:
            if self._is(",") or self._is(")"):
                found.append(Empty(start=self.token.start, end=self.token.start))
            else:
                found.append(self._expression(0))
            if not self._is(","):
                return found
            self._advance()


def _number(token: Token) -> Decimal:
    try:
        value = Decimal(token.value)
    except InvalidOperation:
        value = Decimal("Infinity")
    if not value.is_finite() or len("".join(map(str, value.as_tuple().digits)).strip("0")) > DIGITS:
        raise FormulaError("formula_number", token.start, token.end, number=token.value)
    if value and not -LARGEST_EXPONENT <= value.adjusted() < LARGEST_EXPONENT:
        raise FormulaError("formula_number", token.start, token.end, number=token.value)
    return value
