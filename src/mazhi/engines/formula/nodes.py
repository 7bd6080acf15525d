"""The tree of a formula (语法树): what it means, apart from how it was typed.

Two nodes are equal if they mean the same, wherever they stand. As JSON every node is an object with ``kind``,
``start`` and ``end``, so that other languages can work with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a node stands in the source, in characters."""

    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Number(Place):
    """A number as typed; never negative."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class String(Place):
    """A text in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Boolean(Place):
    """TRUE or FALSE (真、假)."""

    value: bool


@dataclass(frozen=True, slots=True)
class Empty(Place):
    """An argument left out: ``IF(a, , b)``."""


@dataclass(frozen=True, slots=True)
class Field(Place):
    """The value of a field (字段) by its dotted name, without brackets."""

    name: str


@dataclass(frozen=True, slots=True)
class Unary(Place):
    """A sign before a value: ``-`` or ``+``; or ``%`` behind it."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary(Place):
    """Two values and what is done with them: ``^ * / + - & = <> < > <= >=``."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call(Place):
    """A function by its English name, with its arguments."""

    name: str
    arguments: tuple[Node, ...]


Node = Number | String | Boolean | Empty | Field | Unary | Binary | Call


def children(node: Node) -> tuple[Node, ...]:
    """Return what is directly below a node."""
    match node:
        case Unary():
            return (node.operand,)
        case Binary():
            return (node.left, node.right)
        case Call():
            return node.arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Go through a node and everything below it."""
    waiting = [node]
    while waiting:
        present = waiting.pop()
        yield present
        waiting += reversed(children(present))


def names(node: Node) -> frozenset[str]:
    """Return the names of all fields that a formula reads."""
    return frozenset(one.name for one in walk(node) if isinstance(one, Field))


def to_json(node: Node) -> dict[str, Any]:
    """Write a tree as plain data."""
    place = {"start": node.start, "end": node.end}
    match node:
        case Number():
            return {"kind": "number", "value": str(node.value), **place}
        case String():
            return {"kind": "string", "value": node.value, **place}
        case Boolean():
            return {"kind": "boolean", "value": node.value, **place}
        case Empty():
            return {"kind": "empty", **place}
        case Field():
            return {"kind": "field", "name": node.name, **place}
        case Unary():
            return {"kind": "unary", "operator": node.operator, "operand": to_json(node.operand), **place}
        case Binary():
            below = {"left": to_json(node.left), "right": to_json(node.right)}
            return {"kind": "binary", "operator": node.operator, **below, **place}
        case Call():
            below_it = [to_json(one) for one in node.arguments]
            return {"kind": "call", "name": node.name, "arguments": below_it, **place}


def from_json(data: Mapping[str, Any]) -> Node:
    """Read what ``to_json`` has written."""
    place = {"start": data["start"], "end": data["end"]}
    match data["kind"]:
        case "number":
            return Number(Decimal(data["value"]), **place)
        case "string":
            return String(data["value"], **place)
        case "boolean":
            return Boolean(data["value"], **place)
        case "empty":
            return Empty(**place)
        case "field":
            return Field(data["name"], **place)
        case "unary":
            return Unary(data["operator"], from_json(data["operand"]), **place)
        case "binary":
            return Binary(data["operator"], from_json(data["left"]), from_json(data["right"]), **place)
        case _:
            return Call(data["name"], tuple(from_json(one) for one in data["arguments"]), **place)
