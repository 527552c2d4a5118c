"""A number of a workbook as its cell shows it, written the Swedish way. Pure.

A workbook keeps ``10.44`` and a format, ``0.0``; what the editor sees and means is ``10,4``. The text has the
decimals that the format shows, and nothing else of it: no spaces between thousands (a year is then a
year whatever its format), no unit, no colour. A minus is written even where only a colour shows it. Where
what is seen and what is kept are not the same figure, nobody can tell which one is meant, and it is asked.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property, lru_cache

from openpyxl.styles.numbers import BUILTIN_FORMATS

from comparisons.svenska import MAX_DIGITS, MINUS, NARROW_NBSP, NBSP

IS_A_DATE = (
    "Cellen innehåller ett datum eller en tid. Ge cellen formatet Text i Excel och skriv på nytt det som "
    "ska stå där."
)
IS_ODD = (
    "Cellen visar ett annat tal än det som står i den. Ge cellen formatet Tal i Excel och kontrollera värdet."
)
IS_HIDDEN = (
    "Cellen innehåller ett tal som dess format döljer. Ge cellen formatet Tal i Excel och kontrollera värdet."
)

GENERAL = "General"
#: Longer ones than Excel takes are no formats.
_LONGEST = 255
#: Farther from the comma than this, a number is written with an exponent, and is none of ours.
_FARTHEST = 20
_MOST_PLACES = 30

#: What General shows as it stands, but for the decimal comma: nine numbers of ten.
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,6})(?:\.[0-9]{0,6}[1-9])?(?<!-0)")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<general>General|Standard)'
    r"|(?P<time>AM/PM|A/P|[dmyhs])|(?P<exponent>E[+-])|(?P<digit>[0#?])|(?P<end>;)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_EXACT = Context(prec=MAX_DIGITS, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=100, rounding=ROUND_HALF_UP)
#: What may stand between the digits of one number.
_BETWEEN = {" ", NBSP, NARROW_NBSP, "'", "\u2019"}
_DASHES = {"-", "\u2212", "\u2013", "\u2014"}


class NotShown(Exception):
    """The number cannot be written as a text. ``str(error)`` is a Swedish sentence that says what to do."""


@dataclass
class _Section:
    """One of a format's parts: for numbers above, below and at zero, and for texts."""

    digits: str = ""  # of the whole part
    part: str | None = None  # digits after the comma
    words: str = ""
    suffix: str = ""
    scaled: bool = False  # by a per cent sign
    general: bool = False
    is_date: bool = False
    is_text: bool = False
    odd: bool = False
    comma_last: bool = False  # thousands are left out if no digit follows
    between: bool = False  # something stood after a digit that may not stand before another

    @property
    def has_digits(self) -> bool:
        """Whether a number is written at all."""
        return bool(self.digits or self.part)

    @property
    def shows_zero(self) -> bool:
        """Whether a zero is seen: ``#`` and ``?`` only make room for other digits."""
        return "0" in self.digits + (self.part or "")

    @cached_property
    def unit(self) -> Decimal:
        """What one in the last decimal is worth."""
        return Decimal(1).scaleb(-len(self.part or ""))

    @cached_property
    def least_decimals(self) -> int:
        """How many decimals are written even when they are zeros."""
        return (self.part or "").rfind("0") + 1

    @cached_property
    def least_whole(self) -> int:
        """How many digits are written before the comma even when they are zeros: four of ``0114``."""
        return len(self.digits) - self.digits.find("0") if "0" in self.digits else 1


def format_of(number_format: int, own: dict[int, str]) -> str:
    """The format with a number: one of the file's own, else one that every workbook knows."""
    return own.get(number_format) or BUILTIN_FORMATS.get(number_format, GENERAL)


def shown(raw: str, code: str) -> str:
    """The number ``raw`` (as XML has it) in the format ``code``: ``10,4``, ``12 %``, ``−2,50``, ``0114``.

    What is no number, or far too large, comes back as it stands, for the reader to refuse. Raises NotShown.
    """
    if code == GENERAL and _PLAIN.fullmatch(raw):
        return raw.replace(".", ",").replace("-", MINUS)
    raw = raw.strip()
    if not _NUMBER.fullmatch(raw):
        return raw
    number = _EXACT.create_decimal(raw)
    section = _section_for(number, _sections(code[:_LONGEST] if len(code) <= _LONGEST else GENERAL))
    if section.is_date:
        raise NotShown(IS_A_DATE)
    if section.odd:
        raise NotShown(IS_ODD)
    if section.general or section.is_text:
        return _general(number)
    if not section.has_digits or (not number and not section.shows_zero):
        return _words(number, section, _sections(code)[0])
    return _formatted(number, section)


def _general(number: Decimal) -> str:
    """As many decimals as needed, of at most fifteen digits."""
    if not number:
        return "0"
    if abs(number.adjusted()) > _FARTHEST:
        return f"{number.normalize():E}".replace(".", ",").replace("-", MINUS)
    return f"{number.normalize(_WIDE):f}".replace(".", ",").replace("-", MINUS)


def _formatted(number: Decimal, section: _Section) -> str:
    if section.scaled:
        number = number.scaleb(2)
    if number.adjusted() > _FARTHEST:
        return _general(number)
    rounded = number.quantize(section.unit, context=_WIDE)
    whole, _, decimals = f"{abs(rounded):f}".partition(".")
    least = section.least_decimals
    if least < len(decimals):
        decimals = decimals[:least] + decimals[least:].rstrip("0")
    text = whole.zfill(section.least_whole) + (f",{decimals}" if decimals else "") + section.suffix
    return f"{MINUS}{text}" if rounded < 0 else text


def _words(number: Decimal, section: _Section, first: _Section) -> str:
    """Of a format that has words and no digits: ``"Ja";;"Nej"``. A dash at zero is zero, as in accounting."""
    words = section.words.strip()
    if not number and words in _DASHES:
        return _formatted(number, first) if first.has_digits else "0"
    if not any(char.isalpha() for char in words):
        raise NotShown(IS_HIDDEN)
    return words


def _section_for(number: Decimal, sections: tuple[_Section, ...]) -> _Section:
    of_numbers = sections[:3]
    if len(of_numbers) > 1 and of_numbers[-1].is_text:
        of_numbers = of_numbers[:-1]
    if number < 0 and len(of_numbers) > 1:
        return of_numbers[1]
    if not number and len(of_numbers) > 2:
        return of_numbers[2]
    return of_numbers[0]


@lru_cache(maxsize=1000)
def _sections(code: str) -> tuple[_Section, ...]:
    sections = [_Section()]
    for token in _TOKEN.finditer(code):
        if token["end"]:
            sections.append(_Section())
        else:
            _add(sections[-1], token)
    for section in sections:
        section.odd = section.odd or section.comma_last or len(section.part or "") > _MOST_PLACES
    return tuple(sections)


def _add(section: _Section, token: re.Match[str]) -> None:
    """Take one token of the format in."""
    other = token["other"]
    if token["general"] or token["exponent"] or (other == "/" and section.digits):
        section.general = True  # fractions and powers of ten are ways to write, not figures of their own
    elif token["time"]:
        section.is_date = True
    elif token["bracket"] is not None:
        section.is_date = section.is_date or bool(_ELAPSED.fullmatch(token["bracket"]))
        section.odd = section.odd or token["bracket"].startswith(("<", ">", "="))
    elif token["digit"]:
        section.odd = section.odd or section.between
        section.comma_last = False
        if section.part is None:
            section.digits += token["digit"]
        else:
            section.part += token["digit"]
    elif other == "@":
        section.is_text = True
    elif other == "." and section.part is None:
        section.odd = section.odd or section.comma_last
        section.part = ""
    elif other == "," and section.digits:
        section.comma_last = True
    elif other == "%":
        section.odd = section.odd or bool(section.suffix)
        section.scaled, section.suffix = True, " %"
    else:
        literal = token["quoted"] if token["quoted"] is not None else token["escaped"] or other or ""
        _add_words(section, literal)


def _add_words(section: _Section, literal: str) -> None:
    section.words += literal
    # A digit of a fraction (``# ?/8``) is no digit of the number.
    section.odd = section.odd or (not section.general and any(char.isdigit() for char in literal))
    if "%" in literal or "\u2030" in literal:
        section.odd = section.odd or bool(section.suffix)
        section.suffix = " %" if "%" in literal else " \u2030"
    if section.has_digits and any(char not in _BETWEEN for char in literal):
        section.between = True
