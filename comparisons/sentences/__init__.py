"""Plain Swedish sentences made from figures. Pure: no database, no HTML.

``tell`` makes them; ``values.py`` says a value and where it is, ``changes.py`` how two values stand
to each other.
"""

from comparisons.sentences.telling import Against, Told, earlier_figure, tell
from comparisons.sentences.values import limit_words, sentence_fault

__all__ = ["Against", "Told", "earlier_figure", "limit_words", "sentence_fault", "tell"]
