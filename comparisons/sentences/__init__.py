"""Plain Swedish sentences made from figures. Pure: no database, no HTML.

``tell`` makes them; ``values.py`` says a value and where it is, ``changes.py`` how two values stand
to each other.
"""

from comparisons.sentences.telling import Against, Told, earlier_figure, tell
from comparisons.sentences.values import (
    comparison_noun,
    limit_words,
    period_words,
    sentence_fault,
    share_words,
    unit_after,
    value_words,
)

__all__ = [
    "Against",
    "Told",
    "comparison_noun",
    "earlier_figure",
    "limit_words",
    "period_words",
    "sentence_fault",
    "share_words",
    "tell",
    "unit_after",
    "value_words",
]
