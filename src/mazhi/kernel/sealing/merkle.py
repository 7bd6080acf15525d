"""Merkle trees in the shape of RFC 9162: leaves under 0x00, pairs under 0x01, the left side a full power of two."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf(data: bytes) -> bytes:
    """Hash a leaf."""
    return sha256(b"\0" + data).digest()


def pair(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees together."""
    return sha256(b"\1" + left + right).digest()


def root(hashes: bytes) -> bytes:
    """Return the root over leaf hashes that stand one behind the other."""
    if not hashes:
        return EMPTY
    while len(hashes) > 32:
        hashes = _above(hashes)
    return hashes


def paths(hashes: bytes, indexes: Sequence[int]) -> tuple[bytes, dict[int, list[bytes]]]:
    """Return the root and the audit paths of several leaves; the tree is built once."""
    found: dict[int, list[bytes]] = {index: [] for index in indexes}
    level = 0
    while len(hashes) > 32:
        for index, steps in found.items():
            sibling = ((index >> level) ^ 1) * 32
            if sibling < len(hashes):
                steps.append(hashes[sibling : sibling + 32])
        hashes = _above(hashes)
        level += 1
    return hashes or EMPTY, found


def _above(hashes: bytes) -> bytes:
    """Return the next level; a last one without a sibling moves up as it is, which gives RFC 9162's shape."""
    whole = len(hashes) // 64 * 64
    made = [sha256(b"\1" + hashes[at : at + 64]).digest() for at in range(0, whole, 64)]
    if whole < len(hashes):
        made.append(hashes[whole:])
    return b"".join(made)


def climb(found: bytes, index: int, size: int, steps: Sequence[bytes]) -> bytes | None:
    """Return the root that a leaf hash and its audit path lead to; None if the path has not the right length."""
    if not 0 <= index < size:
        return None
    left, last = list(steps), size - 1
    while last:
        if index & 1:
            if not left:
                return None
            found = pair(left.pop(0), found)
        elif index < last:
            if not left:
                return None
            found = pair(found, left.pop(0))
        index >>= 1
        last >>= 1
    return None if left else found


def frontier(size: int) -> list[tuple[int, int]]:
    """Return the complete subtrees (level, position) that a tree of ``size`` leaves is made of, left to right."""
    found = []
    start = 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return found


def fold(peaks: Sequence[bytes]) -> bytes:
    """Return the root over complete subtrees, left to right."""
    if not peaks:
        return EMPTY
    whole = peaks[-1]
    for peak in reversed(peaks[:-1]):
        whole = pair(peak, whole)
    return whole


def grow(size: int, peaks: Sequence[bytes], new: bytes) -> tuple[list[bytes], list[tuple[int, int, bytes]]]:
    """Add a leaf hash to a tree given by its peaks; return the new peaks and the subtrees that became complete."""
    kept = list(peaks)
    made = [(0, size, new)]
    level, position, here = 0, size, new
    while position & 1:
        here = pair(kept.pop(), here)
        level, position = level + 1, position >> 1
        made.append((level, position, here))
    return [*kept, here], made


def completed(index: int) -> list[tuple[int, int]]:
    """Return the subtrees (level, position) that become complete with a leaf: those that ``grow`` makes."""
    found = [(0, index)]
    while found[-1][1] & 1:
        level, position = found[-1]
        found.append((level + 1, position >> 1))
    return found


def path_nodes(index: int, size: int) -> list[list[tuple[int, int]]]:
    """Return, for each step of an audit path, the complete subtrees that make up the sibling (folded in order)."""
    steps: list[list[tuple[int, int]]] = []
    level, last = 0, size - 1
    while last:
        if index & 1:
            steps.append([(level, index - 1)])
        elif index < last:
            steps.append(_cover(level, index + 1, size))
        index >>= 1
        last >>= 1
        level += 1
    return steps


def _cover(level: int, position: int, size: int) -> list[tuple[int, int]]:
    """Return the complete subtrees of the node at (level, position) in a tree of ``size`` leaves."""
    start = position << level
    end = min(size, start + (1 << level))
    found = []
    for high in range(level, -1, -1):
        if start + (1 << high) <= end:
            found.append((high, start >> high))
            start += 1 << high
    return found


def consistency_nodes(old: int, new: int) -> list[tuple[int, int]]:
    """Return the complete subtrees from which both trees, of ``old`` and of ``new`` leaves, can be put together."""
    found = frontier(old)
    start = old
    while start < new:
        level = min((start & -start).bit_length() - 1 if start else new.bit_length(), (new - start).bit_length() - 1)
        found.append((level, start >> level))
        start += 1 << level
    return found


def put_together(nodes: Sequence[tuple[int, bytes]]) -> bytes:
    """Return the root over complete subtrees (level, hash) that stand side by side from the left edge."""
    peaks: list[tuple[int, bytes]] = []
    for level, here in nodes:
        top, whole = level, here
        while peaks and peaks[-1][0] == top:
            whole = pair(peaks.pop()[1], whole)
            top += 1
        peaks.append((top, whole))
    return fold([whole for _, whole in peaks])
