"""A part of the story that stands by itself: the days on which the bad pumps were built in, and who got one later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from mazhi.demo.company import BAD_BATCH, MEMBRANES
from mazhi.demo.parts import WINDOW
from mazhi.demo.story import Entry, Machine, Making, Post


def excerpt(entries: Sequence[Entry], opened: int, recalled: set[Machine]) -> list[Entry]:
    """Keep the whole lives, until the recall is opened, of what a recall by parts or by dates would find."""
    early = [entry for entry in entries if entry.at < opened]
    kept = _kept(early, recalled)
    return [part for entry in early for part in _part(entry, kept)]


def _kept(entries: Sequence[Entry], recalled: set[Machine]) -> set[Machine]:
    """Return the recalled machines, all of the same days, what was given for one of them, and their parts."""
    made = [machine for entry in entries if isinstance(entry, Making) for machine in entry.machines]
    kept = recalled | {machine for machine in made if machine.day in WINDOW or machine.batch == BAD_BATCH}
    posts = [entry for entry in entries if isinstance(entry, Post)]
    kept |= {post.new for post in posts if post.new is not None and kept & set(post.machines)}
    for post in posts:
        if kept & set(post.machines):
            kept |= {*post.parts, *(part for part in (post.out, post.into) if part is not None)}
    return kept


def _part(entry: Entry, kept: set[Machine]) -> Iterator[Entry]:
    """Yield what of an entry is about the machines that are kept; nothing where it is about others only."""
    machines = [machine for machine in entry.machines if machine in kept]
    if isinstance(entry, Making) and machines:
        yield replace(entry, machines=machines, typed=entry.typed and _typed(machines))
    elif isinstance(entry, Post) and (machines or _is_membranes(entry)):
        yield replace(entry, machines=machines)


def _typed(machines: Iterable[Machine]) -> str:
    return ",".join(machine.code for machine in machines)


def _is_membranes(post: Post) -> bool:
    return {line.product for line in post.quantities} == set(MEMBRANES.values())
