"""Two versions of one thing, and what both began from. Pure: no database, no HTML.

A value is whatever JSON can hold; a stream is a list of blocks with an ``id`` each.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Json = Any
Stream = list[dict[str, Json]]


class Unknown:
    """What a form began from when it does not say, or says it with a broken seal."""


UNKNOWN = Unknown()
#: The place in a stream's differences where the order of its blocks stands.
ORDER = "*"


@dataclass(frozen=True)
class Moved:
    """Something the other editor changed and this one does not have; ``touched`` when she changed it too."""

    touched: bool


def moved(base: Json | Unknown, mine: Json, theirs: Json) -> Moved | None:
    """How a value differs through the other's doing; None when nothing of the other's would be lost.

    Of an unknown beginning everything that differs counts as changed by both.
    """
    if theirs in (mine, base):
        return None
    return Moved(touched=mine != base)


def moved_blocks(base: Stream | Unknown, mine: Stream, theirs: Stream) -> dict[str, Moved] | None:
    """For each block id (and ORDER) the other's doing; None when blocks cannot be told from each other."""
    if isinstance(base, Unknown):
        return None
    versions = [_by_id(stream) for stream in (base, mine, theirs)]
    if any(len(found) != len(stream) for found, stream in zip(versions, (base, mine, theirs), strict=True)):
        return None
    began, hers, others = versions
    found: dict[str, Moved] = {}
    for key in dict.fromkeys([*hers, *others, *began]):
        if difference := moved(began.get(key), hers.get(key), others.get(key)):
            found[key] = difference
    if difference := _moved_order(list(began), list(hers), list(others)):
        found[ORDER] = difference
    return found


def woven(mine: Stream, theirs: Stream, takes_theirs: Callable[[str], bool]) -> list[tuple[bool, str]]:
    """The blocks of both streams in one: ``(is it theirs, id)``, in order.

    ``takes_theirs`` answers for a block id, and for ORDER. A block that only one has stands after the one
    it stood after; one that the chosen side does not have is left out.
    """
    sides = {False: list(_by_id(mine)), True: list(_by_id(theirs))}
    led = takes_theirs(ORDER)
    order = list(sides[led])
    other = sides[not led]
    for place, key in enumerate(other):
        if key not in order:
            before = next((order.index(one) for one in reversed(other[:place]) if one in order), -1)
            order.insert(before + 1, key)
    taken = [(takes_theirs(key), key) for key in order]
    return [(theirs_, key) for theirs_, key in taken if key in sides[theirs_]]


def _by_id(stream: Iterable[dict[str, Json]]) -> dict[str, Json]:
    """The blocks by id; those without one are left out, and of two with the same id one."""
    return {block["id"]: {**block, "id": ""} for block in stream if block["id"]}


def _moved_order(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> Moved | None:
    """The other's doing in the order of the blocks that all three have."""
    common = set(base) & set(mine) & set(theirs)
    return moved(*([key for key in one if key in common] for one in (base, mine, theirs)))
