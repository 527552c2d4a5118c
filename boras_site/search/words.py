"""Words: how a text is taken apart, and which forms are the same word. Pure.

A word has a *spelling* (small letters, accents gone but å ä ö kept), that spelling *folded* (å ä ö
as a and o, as typed on a foreign keyboard), and a *stem* that its inflected forms share.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from snowballstemmer import stemmer  # type: ignore[import-untyped]

from comparisons.svenska import plain

#: Longer words are cut; what is that long is an address or a slip of the finger.
MAX_LENGTH = 64

_WORD = re.compile(r"[^\W_]+")
_SWEDISH = "åäö"
_NORDIC = {"æ": "ä", "ø": "ö", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}
_DOTLESS = str.maketrans(_SWEDISH, "aao")

_STOP_WORDS = """
    alla allt att av bli blir de dem den denna deras dess dessa det detta du där efter eller en er
    ett finns från för ha han hans har hon hos hur här i in inom inte jag kan man med men mer mot ni
    nu när någon något några och också om oss på samt sedan sig sin sina som så till under upp ut
    vad var vara vi vid vilka vilken vår våra än är över
"""
#: Words that carry no meaning of their own; ignored in a query that has others.
STOP_WORDS = frozenset(_STOP_WORDS.split())


class Token(NamedTuple):
    """A word in a text: how it is spelt, and where it stands."""

    spelling: str
    start: int
    end: int


def clean(text: str) -> str:
    """The text on one line, composed (NFC), without soft hyphens and NUL."""
    return " ".join(unicodedata.normalize("NFC", plain(text).replace("\0", " ")).split())


def spell(word: str) -> str:
    """Small letters, accents gone but å ä ö kept: ``Kafé`` becomes ``kafe``, ``Århus`` ``århus``."""
    small = unicodedata.normalize("NFC", word).casefold()
    return "".join(char if char in _SWEDISH else _bare(char) for char in small)[:MAX_LENGTH]


def fold(spelling: str) -> str:
    """A spelling without å ä ö: ``skadegörelse`` becomes ``skadegorelse``."""
    return spelling.translate(_DOTLESS)


def tokens(text: str) -> Iterator[Token]:
    """Every word of the text, in order. Never raises; a text of signs only has none."""
    for found in _WORD.finditer(text):
        if spelling := spell(found.group()):
            yield Token(spelling, found.start(), found.end())


def _bare(char: str) -> str:
    if char.isascii():
        return char
    parts = unicodedata.normalize("NFD", _NORDIC.get(char, char))
    return unicodedata.normalize("NFC", "".join(part for part in parts if not unicodedata.combining(part)))


# --- Stems -----------------------------------------------------------------------------------
# Snowball's Swedish takes most endings off but leaves skolan, brottet, områdena and misshandeln as
# they are, and takes klimat and bostad for verbs (klim, bost). What follows is set right before it.

#: Nouns whose end looks like an ending, also last in a compound.
_WHOLE = (
    *("nad", "stad", "resultat", "klimat", "mandat", "privat", "format", "apparat"),
    *("finans", "balans", "ambulans", "leverans", "instans", "distans", "substans", "tillsammans"),
)
#: Words that end as a definite form does and are none, last in a compound too; then those that stand alone.
_NOT_DEFINITE_AN = ("plan", "plans", "organ", "organs", "roman", "romans")
_NOT_DEFINITE_ET = ("het", "hets", "itet", "itets", "budget", "paket", "internet")
_SMALL_WORDS = frozenset(
    ("annan", "innan", "medan", "nedan", "ovan", "redan", "sedan", "utan", "inget", "mycket", "något")
)
#: Plurals that change their vowel, also last in a compound: bränder, lägenhetsbränder, bostäder.
_OTHER_VOWEL = {"bränder": "brand", "städer": "stad", "länder": "land"}
#: Words that Snowball would bring together with others: äldre would be found in föräldrar.
_ALONE = {"äldre": "äldre", "äldres": "äldre", "aldre": "aldre", "männen": "män", "männens": "män"}


@lru_cache(maxsize=20_000)
def stem(spelling: str) -> str:
    """What the forms of a word share: ``skola``, ``skolan`` and ``skolornas`` are ``skol``."""
    if spelling in _ALONE:
        return _ALONE[spelling]
    word = spelling if spelling.endswith(_WHOLE) else _indefinite(spelling)
    if word.endswith(_WHOLE):
        return word
    # A new one each time: it keeps the word it works on, and requests are answered by several threads.
    found: str = stemmer("swedish").stemWord(word)
    return found[:-1] if found.endswith("mm") else found  # programmen, hemmen


def _indefinite(word: str) -> str:
    """The word with a definite ending that Snowball leaves taken off; else as it was."""
    if word in _SMALL_WORDS:
        return word
    for plural, singular in _OTHER_VOWEL.items():
        for ending in ("", "s", "na", "nas"):
            if word.endswith(plural + ending):
                return word.removesuffix(plural + ending) + singular
    for ending, kept, exceptions, least in (
        ("an", 1, _NOT_DEFINITE_AN, 5),  # skolan, skolans: skola
        ("et", 0, _NOT_DEFINITE_ET, 5),  # brottet, brottets: brott
        ("ena", 1, (), 6),  # områdena: område
        ("eln", 2, (), 6),  # misshandeln: misshandel
    ):
        bare = word if word.endswith(ending) else word.removesuffix("s")
        if bare.endswith(ending) and len(bare) >= least and not word.endswith(exceptions):
            return bare[: len(bare) - len(ending) + kept]
    return word
