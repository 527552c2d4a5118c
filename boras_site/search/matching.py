"""How well a word of a text fits a word of a query. Pure."""

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract, extractOne

from boras_site.search.words import fold, stem

#: How much of a word's weight counts, by how it fits.
SAME, FORM, BEGINS, INSIDE = 1.0, 0.9, 0.5, 0.35
#: Fewest letters of a query's word that may be the beginning of another, and a part of a compound.
LEAST_BEGINNING, LEAST_PART = 3, 4
#: From so many letters a part may stand in the middle of a compound: elev is no part of relevant.
_LEAST_MIDDLE = 6
#: What stands before the last part of a compound: there is no ``b`` in front of land in bland.
_LEAST_BEFORE = 2
#: From so many letters a word typed without å ä ö is a part of one with them: mat is none of mäter.
_LEAST_FOLDED_PART = 5
#: Letters a word must have before one, and before two slips are forgiven.
_LEAST_ONE_SLIP, _LEAST_TWO_SLIPS = 4, 10
#: How alike a word must be to be worth a question: "Menade du …?"
_ALIKE = 0.6


@dataclass(frozen=True)
class Wanted:
    """A word of a query. One typed without å ä ö fits words with them, but not the other way round:
    ``vard`` finds vård and värd, ``vård`` does not find värde."""

    spelling: str

    @cached_property
    def stem(self) -> str:
        """Its stem, as spelt."""
        return stem(self.spelling)

    @cached_property
    def is_folded(self) -> bool:
        """Whether it is typed without å ä ö."""
        return fold(self.spelling) == self.spelling

    @cached_property
    def _parts(self) -> set[str]:
        """What of it a compound has: brott is ``brot`` in the stem of våldsbrotten."""
        is_doubled = self.stem[-1:] == self.stem[-2:-1]
        return {self.spelling, self.stem, self.stem[:-1] if is_doubled else self.stem}

    def fit(self, spelling: str) -> float:
        """How well a word of a text fits, from SAME down to 0.0 for not at all."""
        other, other_stem = spelling, stem(spelling)
        if self.is_folded:
            if self.spelling == fold(other):
                return SAME
            if self.stem == fold(other_stem) and (self.stem == other_stem or len(self.stem) >= LEAST_PART):
                return FORM
            if len(self.spelling) >= _LEAST_FOLDED_PART:
                other, other_stem = fold(other), fold(other_stem)
        elif other == self.spelling:
            return SAME
        elif other_stem == self.stem:
            return FORM
        if len(self.spelling) >= LEAST_BEGINNING and other.startswith(self.spelling):
            return BEGINS
        if any(_is_part(part, other, other_stem) for part in self._parts):
            return INSIDE
        return 0.0


def _is_part(part: str, word: str, word_stem: str) -> bool:
    if len(part) < LEAST_PART:
        return False
    if word.startswith(part) or (len(part) >= _LEAST_MIDDLE and part in word):
        return True
    last = next((whole for whole in (word, word_stem) if whole.endswith(part)), "")
    return len(last) - len(part) >= _LEAST_BEFORE


def nearest(spelling: str, vocabulary: dict[str, str]) -> str | None:
    """The word that was probably meant, of a vocabulary of folded words and how each is spelt.

    None where nothing is within one slip (two for a long word): a letter too many, too few, another
    one, or two that changed places.
    """
    slips = (len(spelling) >= _LEAST_ONE_SLIP) + (len(spelling) >= _LEAST_TWO_SLIPS)
    if not slips:
        return None
    found = extractOne(fold(spelling), vocabulary.keys(), scorer=OSA.distance, score_cutoff=slips)
    return vocabulary[found[0]] if found else None


def alike(spelling: str, vocabulary: dict[str, str], limit: int = 3) -> list[str]:
    """Words to ask about: those it begins or ends with, the longest first, then those that look like it."""
    folded = fold(spelling)
    if len(folded) < LEAST_PART:
        return []
    parts = [
        word
        for word in sorted(vocabulary, key=lambda word: (-len(word), word))
        if len(word) >= LEAST_PART and (folded.startswith(word) or folded.endswith(word))
    ]
    found = extract(
        folded,
        vocabulary.keys(),
        scorer=OSA.normalized_similarity,
        score_cutoff=_ALIKE,
        limit=limit,
    )
    # Who slips hardly slips in the first letter: other words that look alike only puzzle.
    near = [word for word, _, _ in found if word[0] == folded[0]]
    words = dict.fromkeys([*parts, *near])
    return [vocabulary[word] for word in words][:limit]
