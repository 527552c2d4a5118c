"""How many of a page's indicators are better, worse and the same. Pure: no database, no HTML."""

from collections import Counter
from collections.abc import Iterable

from comparisons.standings import Standing
from comparisons.svenska import join_words

#: What tells two comparisons apart: the indicator, the population and the gender.
Compared = tuple[int, int, str]

_WORDS = {"better": "bättre", "worse": "sämre", "same": "lika"}


def tally(name: str, standings: Iterable[tuple[Compared, Standing | None]]) -> str:
    """One sentence: ``Av 6 nyckeltal som går att jämföra är Borås bättre i 1 och sämre i 5.``

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
    if len(kinds) == 1:
        (kind,) = counts
        return f"Ett nyckeltal går att jämföra. Där är {name} {_standing_words(kind)}."
    if len(counts) == 1:
        (kind,) = counts
        return f"I alla {len(kinds)} nyckeltal som går att jämföra är {name} {_standing_words(kind)}."
    parts = [f"{word} i {counts[kind]}" for kind, word in _WORDS.items() if counts[kind]]
    return f"Av {len(kinds)} nyckeltal som går att jämföra är {name} {join_words(parts)}."


def _standing_words(kind: str) -> str:
    return {"better": "bättre", "worse": "sämre", "same": "lika bra"}[kind]
