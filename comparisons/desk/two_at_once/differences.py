"""What another editor has changed in a form, field by field and block by block, as it is asked about."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import Any

from django import forms
from wagtail.blocks import StreamValue

from comparisons.desk.two_at_once.comparing import (
    block_in_words,
    comparable,
    in_words,
    label_of,
    name_of,
)
from comparisons.desk.two_at_once.merging import ORDER, UNKNOWN, Moved, moved, moved_blocks, woven

MINE, THEIRS = "mine", "theirs"
#: Longer texts are shown with what they have in common left out.
_MOST_LINES = 12


@dataclass(frozen=True)
class Line:
    """A line of a text; ``differs`` when the other text does not have it."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Difference:
    """One thing to keep mine or take theirs of: a field, a block of a stream, or the order of its blocks.

    ``touched`` when this editor changed it too; ``chosen`` is MINE or THEIRS when she has said which.
    ``mark`` stands for what the other wrote: a choice holds only for what she was shown.
    """

    key: str
    label: str
    touched: bool
    mark: str
    chosen: str
    mine: tuple[Line, ...]
    theirs: tuple[Line, ...]

    @property
    def name(self) -> str:
        """The name of the choice in the form."""
        return _choice_name(self.key)

    @property
    def takes(self) -> str:
        """Which side it is taken from: as she said, else theirs where only they changed it; else empty."""
        return self.chosen or ("" if self.touched else THEIRS)

    @property
    def same_words(self) -> bool:
        """Whether the two read the same, and only links or the like differ."""
        return not any(line.differs for line in (*self.mine, *self.theirs))


@dataclass(frozen=True)
class Sides:
    """A form field with both values of it as Python knows them, and what both began from, comparable."""

    name: str
    field: forms.Field
    base: Any
    mine: Any
    theirs: Any

    def differences(self, sent: Mapping[str, str]) -> list[Difference]:
        """What the other has changed here, with what she has chosen in the form that was ``sent``.

        A stream is told block by block, unless she has chosen about all of it.
        """
        mine, theirs = self._comparable()
        change = moved(_anonymous(self.base), _anonymous(mine), _anonymous(theirs))
        if change is None:
            return []
        whole = self.whole(sent, change)
        blocks = moved_blocks(self.base, mine, theirs) if isinstance(self.mine, StreamValue) else None
        if whole.chosen or blocks is None:
            return [whole]
        return [self._of_block(sent, key, change, theirs) for key, change in blocks.items()]

    def whole(self, sent: Mapping[str, str], change: Moved) -> Difference:
        """All of the field as one difference."""
        mine, theirs = (in_words(self.field, value) for value in (self.mine, self.theirs))
        mark = self._comparable()[1]
        return _difference(sent, self.name, label_of(self.field, self.name), change, mark, mine, theirs)

    def merged(self, differences: list[Difference]) -> Any:
        """The value with every difference taken from its side; each must be settled."""
        if not differences:
            return self.mine
        takes = {difference.key: difference.takes == THEIRS for difference in differences}
        if self.name in takes:
            return self.theirs if takes[self.name] else self.mine
        order = woven(*self._comparable(), lambda key: takes.get(f"{self.name}:{key}", False))
        sides = {False: _blocks(self.mine), True: _blocks(self.theirs)}
        taken = [sides[is_theirs][key] for is_theirs, key in order]
        return StreamValue(
            self.mine.stream_block, [(child.block_type, child.value, child.id) for child in taken]
        )

    def _of_block(self, sent: Mapping[str, str], key: str, change: Moved, theirs: Any) -> Difference:
        label, streams = label_of(self.field, self.name), (self.mine, self.theirs)
        if key == ORDER:
            words = [[name_of(child.block, child.value) for child in stream] for stream in streams]
            label, mark = f"{label}: ordningen", [block["id"] for block in theirs]
        else:
            found = [_blocks(stream).get(key) for stream in streams]
            words = [block_in_words(child.block, child.value) if child else ["Borttaget"] for child in found]
            (named, *_) = [child for child in found if child]
            label = f"{label}: {name_of(named.block, named.value)}"
            mark = next((block for block in theirs if block["id"] == key), [])
        return _difference(sent, f"{self.name}:{key}", label, change, mark, *words)

    def _comparable(self) -> tuple[Any, Any]:
        return comparable(self.field, self.mine), comparable(self.field, self.theirs)


def _difference(
    sent: Mapping[str, str],
    key: str,
    label: str,
    change: Moved,
    marked: Any,
    mine: list[str],
    theirs: list[str],
) -> Difference:
    mark = sha256(json.dumps(marked, sort_keys=True).encode()).hexdigest()[:16]
    chosen, _, seen = sent.get(_choice_name(key), "").partition("-")
    known = chosen in (MINE, THEIRS) and seen == mark
    lines = _side_by_side(mine or ["Tomt"], theirs or ["Tomt"])
    return Difference(key, label, change.touched, mark, chosen if known else "", *lines)


def _choice_name(key: str) -> str:
    return f"two-at-once-{key}"


def _blocks(stream: StreamValue) -> dict[str, Any]:
    return {child.id: child for child in stream}


def _anonymous(value: Any) -> Any:
    """A stream without the ids of its blocks, which may be new though nothing else is; else the value."""
    if value is UNKNOWN or not isinstance(value, list):
        return value
    return [{**block, "id": ""} for block in value]


def _side_by_side(mine: list[str], theirs: list[str]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Both texts with what differs marked; what long texts have in common is cut to its edges."""
    short = max(len(mine), len(theirs)) <= _MOST_LINES
    left: list[Line] = []
    right: list[Line] = []
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind != "equal":
            left += [Line(text, True) for text in mine[start:end]]
            right += [Line(text, True) for text in theirs[other_start:other_end]]
            continue
        common = mine[start:end]
        if not short and len(common) > 2:
            common = [common[0], "…", common[-1]]
        left += [Line(text, False) for text in common]
        right += [Line(text, False) for text in common]
    return tuple(left), tuple(right)
