"""A design, its draft and its versions; what is in the body only its engine knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Body = Mapping[str, Any]
"""What was drawn, as JSON; never changed once it is published."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is drawing and has not published (草稿); there is at most one for each design.

    Attributes:
        base: The published version that it was begun on, 0 before the first.
        revision: Grows by one each time it is saved, so that two people do not overwrite each other unseen.
        body: What was drawn; it may be incomplete.
        saved_at: Moment, µs.
        saved_by: Name of the user.
    """

    base: int
    revision: int
    body: Body
    saved_at: int
    saved_by: str


@dataclass(frozen=True, slots=True)
class Version:
    """One published version (版本), without its body.

    Attributes:
        number: 1, 2, 3 …
        uuid: The same wherever the version is taken to by export and import.
        note: Why it was published, in the words of the user.
        published_at: Moment, µs.
        published_by: Name of the user.
    """

    number: int
    uuid: str
    note: str
    published_at: int
    published_by: str


@dataclass(frozen=True, slots=True)
class Design:
    """One design.

    Attributes:
        id: Its number in this database.
        uuid: From birth, the same wherever it is taken to by export and import.
        kind: Which engine it belongs to: ``label``, ``form`` …
        code: What clients call it by, unique within its kind.
        name: What people call it.
        version: The published version in force; 0 before the first.
        active: Whether it may still be used; a design is never deleted, since what was made by it names it.
        draft: What is not published yet, without its body.
        updated_at: When it last changed, µs.
    """

    id: int
    uuid: str
    kind: str
    code: str
    name: str
    version: int
    active: bool
    draft: Draft | None
    updated_at: int


@dataclass(frozen=True, slots=True)
class InForce:
    """The version of a design that is in force.

    Attributes:
        id: The number of the design.
        code: What clients call it by.
        name: What people call it.
        version: 0 before the first.
        text: Its body as JSON text: the same text means the same, so that engines read it once; empty before the first.
    """

    id: int
    code: str
    name: str
    version: int
    text: str
