"""Names as people spell them: when two are the same, and which ones are merely similar. Pure.

Two names are the same when nothing sets them apart but capitals, spaces (also between thousands, and
such as do not break), the kind of a dash, soft hyphens and full stops at the end. Everything else is at
most similar: suggested, never assumed.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from comparisons.svenska import genitive

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
#: Seen by nobody: soft hyphens, zero-width spaces, marks of reading direction, control characters.
_UNSEEN = ("Cf", "Cc")
_STOPS = ".:\u2026"
#: As alike as this, of a hundred, a name is worth suggesting.
_ALIKE = 62
_MOST_SUGGESTED = 5
_TOWN = re.compile(r"\s+(?:kommun|stad)\.?$", re.IGNORECASE)


def fold(text: str) -> str:
    """The text without what may differ between two spellings of one name; for comparing, not for showing."""
    seen = "".join(char for char in text if char.isspace() or unicodedata.category(char) not in _UNSEEN)
    plain = unicodedata.normalize("NFD", seen)
    for _ in range(2):  # what is made alike may take another form when it is put together again
        plain = unicodedata.normalize("NFKD", plain.casefold())
    joined = "".join(plain.translate(_DASHES).split())
    return unicodedata.normalize("NFC", joined.rstrip(_STOPS) or joined)


def municipality_spellings(name: str, code: str) -> list[str]:
    """All that names a municipality beyond doubt: name, code, both, and the name it is registered by.

    ``Borås``, ``1490``, ``1490 Borås``, ``Borås (1490)``, ``Borås kommun``, ``Göteborgs kommun``; also a
    code that a spreadsheet took the first zero from. ``Borås Stad`` is what a city calls itself: asked.
    """
    spellings = [name, *coded(name, code), f"{name} kommun", f"{genitive(name)} kommun"]
    if len(code) == 4 and code.startswith("0") and code.strip("0"):
        spellings.append(code[1:])
    return spellings


def coded(name: str, code: str) -> list[str]:
    """A code, alone and beside the name: ``1490``, ``1490 Borås``, ``Borås (1490)``."""
    return [code, f"{code} {name}", f"{name} ({code})", f"{name} {code}"]


def without_town(text: str) -> str:
    """``Borås Stad`` and ``Borås kommun`` without what kind of town it is."""
    return _TOWN.sub("", text.strip())


class Names:
    """What things of one kind are called, by primary key."""

    def __init__(self, *ranks: Iterable[tuple[str, int]], also: Iterable[tuple[str, int]] = ()) -> None:
        """``ranks`` are names beside keys, the surest first. ``also`` are words to suggest by, no names."""
        self._ranks: list[dict[str, set[int]]] = []
        self._words: list[tuple[str, int]] = []
        for rank in ranks:
            known: dict[str, set[int]] = {}
            for name, pk in rank:
                if folded := fold(name):
                    known.setdefault(folded, set()).add(pk)
                    self._words.append((_words(name), pk))
            self._ranks.append(known)
        self._words += [(_words(name), pk) for name, pk in also]

    def find(self, folded: str) -> int | None:
        """The one that is called so; None where there is none, and where there are two."""
        for known in self._ranks:
            if found := known.get(folded):
                return next(iter(found)) if len(found) == 1 else None
        return None

    def similar(self, text: str) -> list[int]:
        """The keys of those that are called something like it, the most alike first."""
        exact = [pk for known in self._ranks for pk in sorted(known.get(fold(text), ()))]
        bare = fold(without_town(text))
        exact += [
            pk
            for spelling in dict.fromkeys((bare, bare.removesuffix("s")))
            for known in self._ranks
            for pk in sorted(known.get(spelling, ()))
        ]
        found = process.extract(
            _words(text),
            [name for name, _ in self._words],
            scorer=fuzz.WRatio,
            score_cutoff=_ALIKE,
            limit=4 * _MOST_SUGGESTED,
        )
        alike = [self._words[place][1] for _, _, place in found]
        return list(dict.fromkeys([*exact, *alike]))[:_MOST_SUGGESTED]


def _words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_DASHES).split())


def sorted_by(named: Mapping[int, str], keys: Iterable[int]) -> list[tuple[int, str]]:
    """The keys that have a name, beside it, in the order they come."""
    return [(pk, named[pk]) for pk in keys if pk in named]
