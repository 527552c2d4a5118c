"""What a result says of a document: its title, where in it the words stand, and the text around them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from boras_site.search.documents import SECTION, TABLE, Part
from boras_site.search.matching import Wanted
from boras_site.search.models import SearchDocument
from boras_site.search.words import Token, tokens
from comparisons.models import ThemePage
from comparisons.svenska import bind

#: About how many characters of text stand around the word.
SNIPPET = 160

#: Where a part stands, by the field it comes from. In the text, where nothing better is known.
_PLACES = {
    "definition": "I definitionen",
    "introduction": "I ingressen",
    "summary": "I sammanfattningen",
    "conclusion": "I slutsatsen",
    "results_introduction": "I inledningen till resultatet",
    "improvements": "I det vi gör för att förbättra",
    "key_figures": "Bland de stora siffrorna",
    "about_figures": "I texten om källor och siffror",
}
#: Parts that are names of the thing, no text to show a piece of.
_NAMES = ("synonyms", "short_title")
#: A match in a heading says more of where to go than one in the text below it, and one in a part that
#: can be linked to more than one in a part that cannot.
_IN_HEADING, _LINKED = 1.5, 1.25


@dataclass(frozen=True)
class Hit:
    """A result, ready to be shown: texts are escaped, and what was found in them is marked."""

    title: SafeString
    url: str
    kind: str
    place: SafeString
    #: The address of that very place, or empty where it has none.
    place_url: str
    snippet: SafeString


def present(document: SearchDocument, wanted: Sequence[Wanted], request: HttpRequest) -> Hit | None:
    """The result for a document; None where a page has no address on any site."""
    if document.page:
        url = document.page.get_url(request)
        is_theme = issubclass(document.page.specific_class or object, ThemePage)
        kind, name = ("Tema" if is_theme else "Text"), "I rubriken"
    else:
        assert document.indicator  # one of the two, says the database
        url = document.indicator.get_absolute_url()
        kind, name = "Nyckeltal", "I namnet"
    if not url:
        return None
    parts = [Part(**part) for part in document.parts]
    in_title = bool(_worth([(document.title, 1.0)], wanted))
    # Another name of it says nothing where the name itself has what was looked for.
    part = _best([part for part in parts if part.kind not in _NAMES or not in_title], wanted)
    place = _place(part, wanted) if part else SafeString(name)
    anchor = part.anchor if part else ""
    return Hit(
        title=marked(document.title, wanted),
        url=url,
        kind=kind,
        place=place,
        place_url=f"{url}#{anchor}" if anchor else "",
        snippet=_snippet(part, parts, wanted),
    )


def marked(text: str, wanted: Sequence[Wanted]) -> SafeString:
    """The text escaped, with <mark> around every word that fits."""
    text = bind(text)
    return _marked(text, _matches(text, wanted))


def excerpt(text: str, wanted: Sequence[Wanted], length: int = SNIPPET) -> SafeString:
    """About ``length`` characters around the first word that fits, cut between words, marked."""
    text = bind(text)
    matches = _matches(text, wanted)
    if len(text) <= length:
        return _marked(text, matches)
    first = matches[0] if matches else Token("", 0, 0)
    start = max(0, min(first.start - (length - (first.end - first.start)) // 2, len(text) - length))
    end = start + length
    if start:
        start = min(text.find(" ", start) + 1 or first.start, first.start)
    if end < len(text):
        end = max(text.rfind(" ", start, end + 1), first.end)
    piece = text[start:end]
    shown = _marked(piece, _matches(piece, wanted))
    return format_html("{}{}{}", "… " if start else "", shown, " …" if end < len(text) else "")


def _best(parts: Iterable[Part], wanted: Sequence[Wanted]) -> Part | None:
    """The first part with the most of the words, best matched; None where only the title has them."""
    best, most = None, (0, 0.0)
    for part in parts:
        linked = _LINKED if part.anchor else 1.0
        worth = _worth([(part.heading, linked * _IN_HEADING), (part.text, linked)], wanted)
        if (points := (len(worth), sum(worth.values()))) > most:
            best, most = part, points
    return best


def _worth(texts: Iterable[tuple[str, float]], wanted: Sequence[Wanted]) -> dict[str, float]:
    """How well each word is found in texts that count so much; without those that are not."""
    worth: dict[str, float] = {}
    for text, factor in texts:
        for token in tokens(text):
            for word in wanted:
                if fit := word.fit(token.spelling):
                    worth[word.spelling] = max(worth.get(word.spelling, 0.0), fit * factor)
    return worth


def _place(part: Part, wanted: Sequence[Wanted]) -> SafeString:
    if part.kind == SECTION and part.heading:
        return format_html("Under rubriken ”{}”", marked(part.heading, wanted))
    if part.kind == TABLE:
        return format_html("I tabellen ”{}”", marked(part.heading, wanted))
    if part.kind == "synonyms":
        other = [line for line in part.text.splitlines() if _matches(line, wanted)]
        return format_html("Annat ord: {}", marked(", ".join(other), wanted))
    if part.kind == "short_title":
        return format_html("Kort namn: {}", marked(part.text, wanted))
    return SafeString(_PLACES.get(part.kind, "I texten"))


def _snippet(part: Part | None, parts: Sequence[Part], wanted: Sequence[Wanted]) -> SafeString:
    """The text around what was found, or how the document begins."""
    if part is None or part.kind in _NAMES or not part.text:
        part = next((one for one in parts if one.text and one.kind not in (*_NAMES, TABLE)), None)
    return excerpt(part.text, wanted) if part else SafeString("")


def _matches(text: str, wanted: Sequence[Wanted]) -> list[Token]:
    return [token for token in tokens(text) if any(word.fit(token.spelling) for word in wanted)]


def _marked(text: str, matches: Iterable[Token]) -> SafeString:
    pieces, at = [], 0
    for token in matches:
        pieces.append(format_html("{}<mark>{}</mark>", text[at : token.start], text[token.start : token.end]))
        at = token.end
    pieces.append(format_html("{}", text[at:]))
    return mark_safe("".join(pieces))  # each piece is escaped above
