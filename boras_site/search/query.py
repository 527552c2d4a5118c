"""Asks the index: which documents fit a query, in which order, and what was done to find them."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, Q, QuerySet

from boras_site.open_pages import restrictions_on
from boras_site.search.matching import LEAST_BEGINNING, LEAST_PART, Wanted, alike, nearest
from boras_site.search.models import SearchDocument, SearchTerm
from boras_site.search.words import STOP_WORDS, clean, fold, tokens
from comparisons.svenska import sort_key

MOST_CHARACTERS, MOST_WORDS, MOST_CORRECTED, MOST_DOCUMENTS = 100, 8, 2, 50


@dataclass
class Found:
    """What a query found: the best documents in order, how many there were, and what it took."""

    wanted: list[Wanted] = field(default_factory=list)
    documents: list[SearchDocument] = field(default_factory=list)
    total: int = 0
    #: Words nothing has, and the word that was searched for in the place of each.
    replaced: list[tuple[str, str]] = field(default_factory=list)
    #: Words nothing has, and nothing near them either.
    missing: list[str] = field(default_factory=list)
    #: Whether every document has all words; else they have as many as any document has.
    has_all: bool = True
    #: Queries to ask about when nothing was found.
    suggestions: list[str] = field(default_factory=list)


def cut(text: str) -> str:
    """The query on one line, no longer than is searched for."""
    return clean(text[: 10 * MOST_CHARACTERS])[:MOST_CHARACTERS].strip()


def words_of(query: str) -> list[str]:
    """The spellings to look for, each once, at most MOST_WORDS; stop words only where all are."""
    spellings = list(dict.fromkeys(token.spelling for token in tokens(query)))
    meaning = [spelling for spelling in spellings if spelling not in STOP_WORDS]
    return (meaning or spellings)[:MOST_WORDS]


def search(query: str) -> Found:
    """The documents that a reader may see and that fit the query, best first.

    Two queries to the database, two more where a word is found nowhere; none for a query without words.
    """
    spellings = words_of(query)
    if not spellings:
        return Found()
    found = Found(wanted=[Wanted(spelling) for spelling in spellings])
    scores: dict[int, dict[str, float]] = {}
    titles: dict[int, str] = {}
    _score(found.wanted, scores, titles)
    lacking = [wanted for wanted in found.wanted if not _is_found(wanted, scores)]
    if lacking:
        vocabulary = _vocabulary() if any(len(word.spelling) >= LEAST_PART for word in lacking) else {}
        for place, wanted in enumerate(lacking):
            # Each is held against every word there is.
            if place < MOST_CORRECTED and (meant := nearest(wanted.spelling, vocabulary)):
                found.wanted[found.wanted.index(wanted)] = Wanted(meant)
                found.replaced.append((wanted.spelling, meant))
            else:
                found.missing.append(wanted.spelling)
        _score([Wanted(meant) for _, meant in found.replaced], scores, titles)
        if not scores:
            found.suggestions = _suggestions(spellings, found.missing, vocabulary)
    _rank(found, scores, titles)
    return found


def _rank(found: Found, scores: dict[int, dict[str, float]], titles: dict[int, str]) -> None:
    """Choose the documents that have the most words, and order them: weight, then title."""
    most = max(map(len, scores.values()), default=0)
    chosen = {document: points for document, points in scores.items() if len(points) == most}
    found.total = len(chosen)
    found.has_all = most == len({wanted.spelling for wanted in found.wanted})
    # A word that few documents have says more about what is meant than one that most have.
    rarity = {
        wanted.spelling: 1 / (1 + math.log(1 + sum(wanted.spelling in points for points in chosen.values())))
        for wanted in found.wanted
    }

    def place(document: int) -> tuple[float, object, int]:
        points = sum(point * rarity[word] for word, point in chosen[document].items())
        return (-round(points, 6), sort_key(titles[document]), document)

    best = sorted(chosen, key=place)[:MOST_DOCUMENTS]
    documents = SearchDocument.objects.select_related("page", "indicator").in_bulk(best) if best else {}
    found.documents = [documents[document] for document in best if document in documents]


def _score(wanted: Sequence[Wanted], scores: dict[int, dict[str, float]], titles: dict[int, str]) -> None:
    """Add what the words are worth in each document that has them: one query, none without words."""
    if not wanted:
        return
    candidates = Q()
    for word in wanted:
        candidates |= _candidates(word)
    fits: dict[str, list[tuple[str, float]]] = {}
    rows = SearchTerm.objects.filter(candidates, document__in=_visible())
    for document, title, spelling, weight in rows.values_list(
        "document_id", "document__title", "spelling", "weight"
    ):
        if spelling not in fits:
            fits[spelling] = [(word.spelling, fit) for word in wanted if (fit := word.fit(spelling))]
        for word_spelling, fit in fits[spelling]:
            titles[document] = title
            points = scores.setdefault(document, {})
            points[word_spelling] = max(points.get(word_spelling, 0.0), fit * weight)


def _candidates(wanted: Wanted) -> Q:
    """Every word that can fit; ``Wanted.fit`` then says which do."""
    word, stem = fold(wanted.spelling), fold(wanted.stem)
    found = Q(word=word) | Q(stem=stem)
    if len(word) >= LEAST_PART:
        found |= Q(word__contains=word)
    elif len(word) >= LEAST_BEGINNING:
        found |= Q(word__startswith=word)
    if len(stem) >= LEAST_PART:
        found |= Q(word__contains=stem) | Q(stem__contains=stem)
    return found


def _visible() -> QuerySet[SearchDocument]:
    """Documents of published indicators, and of published pages open to everyone."""
    closed = restrictions_on("page__path")
    return SearchDocument.objects.filter(
        Q(indicator__live=True) | (Q(page__live=True) & ~Exists(closed))
    ).values("pk")  # type: ignore[return-value]


def _is_found(wanted: Wanted, scores: dict[int, dict[str, float]]) -> bool:
    return any(wanted.spelling in points for points in scores.values())


def _vocabulary() -> dict[str, str]:
    """Every word with a meaning that a reader may find, folded, and how it is spelt; always in one order."""
    words = SearchTerm.objects.filter(document__in=_visible()).values_list("word", "spelling").distinct()
    return {word: spelling for word, spelling in sorted(words) if spelling not in STOP_WORDS}


def _suggestions(spellings: Iterable[str], missing: Iterable[str], vocabulary: dict[str, str]) -> list[str]:
    """The query with a missing word replaced by one that looks like it."""
    return [
        " ".join(other if spelling == word else spelling for spelling in spellings)
        for word in missing
        for other in alike(word, vocabulary)
    ]
