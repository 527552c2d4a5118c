"""How many of a page's comparisons are better, worse and the same. Pure: no database, no HTML."""

from collections import Counter
from collections.abc import Iterable

from comparisons.standings import Standing
from comparisons.svenska import NBSP, join_words

#: What tells two comparisons apart: the indicator, the population and the gender.
Compared = tuple[int, int, str]

_WORDS = {"better": "bättre", "worse": "sämre", "same": "lika"}


def tally(name: str, standings: Iterable[tuple[Compared, Standing | None]]) -> str:
    """One sentence on all standings: ``I 6 jämförelser är Borås bättre i 1 och sämre i 5.``

    ``name`` is the own municipality's. The same comparison in two places counts once, as it stands
    first. Empty where nothing can be called better, worse or the same.
    """
    kinds: dict[Compared, str] = {}
    for compared, standing in standings:
        if standing and standing.kind in _WORDS:
            kinds.setdefault(compared, standing.kind)
    if not kinds:
        return ""
    counts = Counter(kinds.values())
    if len(counts) == 1:
        (kind,) = counts
        return f"{_all(len(kinds))} är {name} {'lika bra' if kind == 'same' else _WORDS[kind]}."
    parts = [f"{word} i{NBSP}{counts[kind]}" for kind, word in _WORDS.items() if counts[kind]]
    return f"I {len(kinds)} jämförelser är {name} {join_words(parts)}."


def _all(number: int) -> str:
    """``I den enda jämförelsen``, ``I båda jämförelserna``, ``I alla 3 jämförelser``."""
    few = {1: "I den enda jämförelsen", 2: "I båda jämförelserna"}
    return few.get(number, f"I alla {number} jämförelser")
