"""Numbers, dates, ranges and order, written and read the Swedish way. Pure: no database, no HTML.

The rules stand in the language council's *Svenska skrivregler*: decimal comma, a non-breaking
space between groups of three digits, a true minus sign, ranges with an en dash without spaces,
time with a full stop, and the alphabet a–z å ä ö.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.utils.text import slugify

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"
MINUS = "\u2212"
EN_DASH = "\u2013"
SOFT_HYPHEN = "\u00ad"

MAX_DECIMALS = 8
MAX_WHOLE_DIGITS = 10
#: What both databases keep of a number without rounding it.
MAX_DIGITS = 15

MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]

# One number: an optional sign, digits that may stand in groups of three, an optional decimal comma.
_NUMBER = re.compile(
    r"(?P<sign>[-\u2212\u2013+]?) ?(?P<whole>[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:,(?P<part>[0-9]+))?"
)

# What stands between words: slugify would drop it, and glue ``2017/18`` to 201718.
_BETWEEN_WORDS = re.compile(r"[^\w\s]|_")


class WrittenNumber(NamedTuple):
    """A number as somebody wrote it: its value, and how many decimals she gave it."""

    value: Decimal
    decimals: int


def format_number(value: Decimal, decimals: int) -> str:
    """Write ``value`` with exactly ``decimals`` decimals: ``1 234,5`` and ``−2,50``."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    return f"{MINUS}{text}" if rounded < 0 else text


def format_percent(value: Decimal, decimals: int) -> str:
    """Write a share in per cent: ``79 %``, with a space that does not break."""
    return f"{format_number(value, decimals)}{NBSP}%"


def share_decimals(share: Decimal) -> int:
    """How many decimals a share in per cent is written with: none, or one where it would be all or none.

    289 of 290 are 99,7 % and not 100 %.
    """
    return int(format_number(share, 0) in ("0", "100") and share not in (0, 100))


def parse_number(text: str) -> WrittenNumber:
    """Read a number typed by a Swede: ``0,34``, ``1 234,5``, ``−2,5``.

    Raises ValueError with a Swedish sentence that says what to write instead. A full stop is never
    guessed at: ``1.234`` is one and a bit in a spreadsheet and a thousand and more on paper.
    """
    cleaned = text.replace(NBSP, " ").replace(NARROW_NBSP, " ").strip()
    if not cleaned:
        raise ValueError("Skriv ett tal, till exempel 0,34.")
    if "." in cleaned:
        hint = cleaned.replace(".", ",", 1)
        if cleaned.count(".") == 1 and _NUMBER.fullmatch(hint):
            raise ValueError(
                f"Skriv decimaler med komma: {hint}. Punkt går inte att tolka säkert. "
                "Är det ett tusental skriver du mellanslag: 1 234."
            )
        raise ValueError("Skriv talet utan punkt, till exempel 1 234,5.")
    match = _NUMBER.fullmatch(cleaned)
    if match is None:
        raise ValueError(f"”{text.strip()}” är inte ett tal. Skriv till exempel 0,34 eller 1 234,5.")
    whole = match["whole"].replace(" ", "")
    part = match["part"] or ""
    if len(whole.lstrip("0")) > MAX_WHOLE_DIGITS:
        raise ValueError(f"Talet är för stort. Högst {MAX_WHOLE_DIGITS} siffror före kommat.")
    if len(whole.lstrip("0") + part) > MAX_DIGITS:
        raise ValueError(f"Talet har för många siffror. Högst {MAX_DIGITS} går att spara.")
    if len(part) > MAX_DECIMALS:
        raise ValueError(f"Talet har för många decimaler. Högst {MAX_DECIMALS} går att spara.")
    negative = match["sign"] not in ("", "+")
    value = Decimal(f"{'-' if negative else ''}{whole}.{part or '0'}")
    return WrittenNumber(value + 0, len(part))


def format_date(day: date) -> str:
    """``1 mars 2018``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_datetime(moment: datetime) -> str:
    """``1 mars 2018 kl. 15.06``, in the time zone the moment is given in."""
    return f"{format_date(moment)} kl. {moment:%H.%M}"


def format_range(first: object, last: object) -> str:
    """``2016–2017``, ``1–10``: an en dash without spaces."""
    return f"{first}{EN_DASH}{last}"


def join_words(words: Iterable[str]) -> str:
    """``a, b och c``."""
    *head, last = list(words) or [""]
    return f"{', '.join(head)} och {last}" if head else last


def bind(text: str) -> str:
    """The text with its numbers held together: ``1 000`` and ``34 %`` do not break over a line."""
    return re.sub(r"(?<=[0-9]) (?=[0-9]{3}\b|%)", NBSP, text)


def genitive(name: str) -> str:
    """Whose: ``Borås Stads``, ``Borås``."""
    return name if name[-1:].lower() in ("s", "x", "z") else f"{name}s"


def capitalise(text: str) -> str:
    """The text with its first letter as a capital and the rest as it was (``MSB och SKL`` stays)."""
    return text[:1].upper() + text[1:]


def count_of(number: int, singular: str, plural: str) -> str:
    """``1 siffra``, ``2 siffror``, ``1 234 siffror``."""
    return f"{format_number(Decimal(number), 0)} {singular if number == 1 else plural}"


def plain(text: str) -> str:
    """The text without soft hyphens: for addresses, files and titles."""
    return text.replace(SOFT_HYPHEN, "")


def slug(text: str, max_length: int = 80) -> str:
    """An address of a–z, 0–9 and hyphens, cut at a word: ``Våld & stöld`` becomes ``vald-stold``."""
    spaced = _BETWEEN_WORDS.sub(" ", unicodedata.normalize("NFC", plain(text)))
    words = slugify(spaced).split("-")
    result = words[0][:max_length]
    for word in words[1:]:
        if len(result) + 1 + len(word) > max_length:
            break
        result += f"-{word}"
    return result


#: The collation of columns that are shown in order: ICU in PostgreSQL, ``compare`` in SQLite.
SWEDISH_COLLATION = "swedish"

# --- Order -----------------------------------------------------------------------------------

# Letters that Swedish sorts as another one, in the order they follow it where words are else alike.
_FAMILIES = ("yüű", "dđð", "lł", "å", "äæę", "öøőœô")
_SORTED_AS = {letter: (family[0], str(place)) for family in _FAMILIES for place, letter in enumerate(family)}
_SPELT_OUT = {"ß": "ss", "þ": "th", "\u2026": "..."}
_LAST_LETTERS = {"å": "z1", "ä": "z2", "ö": "z3"}
_MARKS = "_-\u2013\u2014,;:!?.\u00b7'\u2019\"\u201c\u201d()[]{}§@*/\\&#%\u2022`\u00b4^°+±\u00d7<=>|~$€"

#: First the letters, then what sets accented ones apart, then capitals, last the text itself.
SortKey = tuple[tuple[tuple[int, str], ...], tuple[str, ...], str, str]


def sort_key(text: str) -> SortKey:
    """A key by which Python sorts as PostgreSQL with ICU's Swedish: marks, digits, a–z å ä ö.

    Accents and capitals decide only between words that are otherwise alike.
    """
    primary: list[tuple[int, str]] = []
    accents: list[str] = []
    for char in unicodedata.normalize("NFC", text).lower():
        if char == SOFT_HYPHEN:
            continue
        for letter in _SPELT_OUT.get(char, char):
            base, accent = _base_and_accent(letter)
            accents.append(accent)
            if base in _LAST_LETTERS:
                primary.append((4, _LAST_LETTERS[base]))
            elif base.isspace():
                primary.append((0, ""))
            elif (place := _MARKS.find(base)) >= 0:
                primary.append((1, f"{place:02}"))
            elif base.isdigit():
                primary.append((3, str(unicodedata.digit(base))))
            else:
                primary.append((4 if base.isalpha() else 2, base))
    return tuple(primary), tuple(accents), text.swapcase(), text


def _base_and_accent(letter: str) -> tuple[str, str]:
    if letter in _SORTED_AS:
        return _SORTED_AS[letter]
    parts = unicodedata.normalize("NFD", letter)
    return parts[0], parts[1:]


def compare(first: str, second: str) -> int:
    """−1, 0 or 1, as a database collation wants it; 0 only for texts that are the same."""
    before, after = sort_key(first), sort_key(second)
    return (before > after) - (before < after)
