"""What a heading says, or the label of a row: which area, statistic, population, gender and period.

``Median riket 2017``, ``Borås, kommunala skolor 2018``, ``Kvinnor (Borås) tertial 1 2019``. A heading is
understood when all its words are; the rest is asked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from comparisons.intake.names import fold
from comparisons.intake.reading.lexicon import Ignored, Kind, Lexicon
from comparisons.intake.reading.words import BETWEEN, GENDERS_IN_HEADINGS, STATISTICS
from comparisons.periods import Period

#: Atoms: ``{"area": 3, "statistic": "median", "period": 2017129}``.
Atoms = dict[str, Any]

_WORD = re.compile(r"[^\s,;()\[\]\n|]+")
_PARTS = re.compile(r"[,;()\[\]\n|]+")
_YEAR_APART = re.compile(r"(?<!\d)([12])[ \u00a0\u202f](\d{3})(?!\d)")
#: Longer than any heading that can be taken apart.
_MOST_WORDS = 16
_MOST_LETTERS = 300
_MOST_PERIOD_WORDS = 3


@dataclass(frozen=True)
class Parsed:
    """A heading: what it says, what of it is unknown, and the text without its period."""

    atoms: Atoms
    unknown: str = ""
    rest: str = ""
    is_ignored: bool = False
    periods: frozenset[int] = field(default=frozenset())


class Headings:
    """Reads headings by a lexicon, each text once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._parsed: dict[str, Parsed] = {}

    def parse(self, text: str) -> Parsed:
        """What the text says. Nothing is unknown in an empty one."""
        if len(text) > _MOST_LETTERS:
            return Parsed({}, text, text)
        if text not in self._parsed:
            self._parsed[text] = self._parse(_YEAR_APART.sub(r"\1\2", text).strip())
        return self._parsed[text]

    def _parse(self, text: str) -> Parsed:
        whole = self._segment(text)
        if whole is not None:
            return self._known(text, whole)
        atoms: Atoms = {}
        unknown: list[str] = []
        rest: list[str] = []
        for part in filter(str.strip, _PARTS.split(text)):
            said = self._segment(part)
            left = "" if said is not None else part.strip()
            if said is None:
                said, left = self._peel(part)
            pieces = self._rest(part, said)
            if any(atoms.get(kind, value) != value for kind, value in said.items()):
                return Parsed({}, text, text)
            atoms |= said
            unknown += [left] if left else []
            rest += [pieces] if pieces else []
        period = frozenset({atoms["period"]} if "period" in atoms else ())
        return Parsed(atoms, ", ".join(unknown), ", ".join(rest), "ignored" in atoms, period)

    def _known(self, text: str, atoms: Atoms) -> Parsed:
        return Parsed(atoms, "", self._rest(text, atoms), "ignored" in atoms)

    def _rest(self, text: str, atoms: Atoms) -> str:
        """The text without the words of its period."""
        if "period" not in atoms:
            return text.strip()
        words = list(_WORD.finditer(text))
        for length in range(min(_MOST_PERIOD_WORDS, len(words)), 0, -1):
            for first in range(len(words) - length, -1, -1):
                span = words[first].start(), words[first + length - 1].end()
                if _period(text[span[0] : span[1]]) == atoms["period"]:
                    return f"{text[: span[0]]} {text[span[1] :]}".strip(" ,;()[]\n|")
        return text.strip()

    def _peel(self, part: str) -> tuple[Atoms, str]:
        """What stands around an unknown name: its period, statistic and gender. And the name."""
        atoms: Atoms = {}
        left = part.strip()
        while words := list(_WORD.finditer(left)):
            for length in range(min(_MOST_PERIOD_WORDS, len(words) - 1), 0, -1):
                tail, head = words[-length].start(), words[length - 1].end()
                for piece, remaining in ((left[tail:], left[:tail]), (left[:head], left[head:])):
                    found = dict(self._atoms(piece, kinds=("period", "statistic", "gender")))
                    if found and not found.keys() & atoms.keys():
                        atoms |= found
                        left = remaining.strip()
                        break
                else:
                    continue
                break
            else:
                return atoms, left
        return atoms, left

    def _segment(self, text: str) -> Atoms | None:
        """The atoms of a text of which every word is known, in as few pieces as can be; None for another."""
        words = list(_WORD.finditer(text))
        if not words:
            return {}
        if len(words) > _MOST_WORDS:
            return dict(self._atoms(text)) or None
        best: dict[int, list[tuple[int, Atoms]]] = {0: [(0, {})]}
        for first in range(len(words)):
            for pieces, said in best.get(first, []):
                for last in range(first, len(words)):
                    window = text[words[first].start() : words[last].end()]
                    if first == last and fold(window) in BETWEEN:
                        best.setdefault(last + 1, []).append((pieces, said))
                    for kind, value in self._atoms(window):
                        if said.get(kind, value) == value:
                            best.setdefault(last + 1, []).append((pieces + 1, {**said, kind: value}))
        whole = best.get(len(words), [])
        if not whole:
            return None
        fewest = min(pieces for pieces, _ in whole)
        found = [said for pieces, said in whole if pieces == fewest]
        return found[0] if all(said == found[0] for said in found) else None

    def _atoms(self, text: str, kinds: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
        """What a run of words can mean by itself."""
        folded = fold(text)
        candidates: list[tuple[str, Any]] = [
            ("statistic", STATISTICS.get(folded)),
            ("gender", GENDERS_IN_HEADINGS.get(folded)),
            ("period", _period(text)),
        ]
        if not kinds:
            for named in (Kind.AREA, Kind.POPULATION, Kind.INDICATOR):
                try:
                    candidates.append((str(named.value), self._lexicon.find(named, text)))
                except Ignored:
                    candidates.append(("ignored", True))
        for kind, value in candidates:
            if value is not None and (not kinds or kind in kinds):
                yield kind, value


def _period(text: str) -> int | None:
    """The period that a run of words is, and nothing else."""
    if not any(char.isdigit() for char in text) or len(text) > 30:
        return None
    try:
        return Period.parse(text).code
    except ValueError:
        return None
