"""What has become of every machine at a moment of the story, by its entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mazhi.demo.story import Entry, Machine, Person, Post
from mazhi.kernel.life_cycles.defaults import GOODS
from mazhi.kernel.life_cycles.model import VOID
from mazhi.kernel.posting.kinds import operation_kinds


@dataclass(slots=True)
class Fate:
    """How a machine stands: its state, where it lies, who has it, and the posts that brought it there."""

    state: str = GOODS.birth
    place: str = ""
    holder: str | Person | None = None
    posts: list[Post] = field(default_factory=list)


def fates(entries: Iterable[Entry], moment: int, wanted: Sequence[Machine]) -> dict[Machine, Fate]:
    """Walk these machines through the life cycle of goods up to a moment."""
    found = {machine: Fate() for machine in wanted}
    for post in sorted((one for one in entries if isinstance(one, Post) and one.at <= moment), key=lambda one: one.at):
        choice = post.data.get("to") if operation_kinds[post.kind].chooses else None
        for machine in post.machines:
            fate = found.get(machine)
            if fate is not None:
                target = GOODS.target(post.kind, fate.state, choice)
                fate.state = target if isinstance(target, str) else VOID
                fate.place = post.place or fate.place
                fate.holder = post.partner or fate.holder
                fate.posts.append(post)
        if post.new in found:
            found[post.new].state = VOID  # given to a customer in exchange; the story tells no more of it
    return found
