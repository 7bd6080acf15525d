"""What a file of the library is and who may bring one; no database here."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.files.media_types import TYPES, UNKNOWN, MediaType

MEGABYTE = 1 << 20
USUAL_LARGEST = 100 * MEGABYTE
LARGEST_POSSIBLE = 4096 * MEGABYTE
KEPT_UNBOUND = clock.MICROS_PER_DAY
"""So long an upload waits for the record that it is meant for."""
LONGEST_NAME = 200
MOST_UNBOUND = 2_000
"""So many uploads of one person may wait at once."""


@dataclass(frozen=True, slots=True)
class Uploader:
    """Who brings a file, and may have it until it belongs to something.

    A visitor of a public page is one too: whoever lets visitors in makes a key that nobody can guess and narrows what
    they may bring.

    Attributes:
        key: Unlike that of anybody else.
        name: As histories call them.
        largest: Bytes that one file may have, if less than the house allows.
        most: How many uploads may wait at once.
    """

    key: str
    name: str
    largest: int | None = None
    most: int = MOST_UNBOUND


def uploader_of(actor: Actor) -> Uploader:
    """Return who uploads when somebody acts; whoever is no user is known by name."""
    return Uploader(f"user:{actor.user_id}" if actor.user_id else f"name:{actor.name}", actor.name)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file (文件) of the library.

    Attributes:
        id: Its number, for those who name it inside.
        uuid: How clients call it.
        sha256: What its bytes are, and where they lie.
        size: How many.
        type: What it is, by its content.
        name: What people call it.
        width: Of a picture that can be read, as it stands upright; else 0.
        height: The same.
        owner: Key of whoever brought it.
        made_by: Name of whoever brought it.
        made_at: Moment, µs.
        bound: Whether it belongs to something; then nobody reaches it but through that.
    """

    id: int
    uuid: str
    sha256: str
    size: int
    type: MediaType
    name: str
    width: int
    height: int
    owner: str
    made_by: str
    made_at: int
    bound: bool

    @property
    def previewed(self) -> bool:
        """Whether there are small pictures of it."""
        return self.type.drawn and self.width > 0


def type_of(name: str) -> MediaType:
    """Return a type by its name."""
    return TYPES.get(name, UNKNOWN)


def clean_name(given: str) -> str:
    """Return a file's name without folders and signs that do harm in lists, headers or file systems."""
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    # Signs that turn the direction of writing make "exe.pdf" out of "fdp.exe".
    kept = "".join(sign for sign in last if sign.isprintable() and unicodedata.category(sign) != "Cf")
    kept = "".join("_" if sign in '<>:"|?*' else sign for sign in kept).strip(" .")
    if len(kept) > LONGEST_NAME:
        stem, dot, ending = kept.rpartition(".")
        kept = f"{stem[: LONGEST_NAME - 12]}{dot}{ending[:11]}" if dot else kept[:LONGEST_NAME]
    return kept or "file"
