"""Where the own municipality lies among all that have a value: places, quarters, words. Pure: no database.

Two values are the same when they are shown the same, so that a difference only rounding made sets no
two municipalities apart. Those that are the same share a place, and the next place is that much further on.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from comparisons.periods import Period
from comparisons.records import Figure, IndicatorTerms
from comparisons.sentences import period_words
from comparisons.svenska import capitalise, count_of, format_percent, share_decimals
from comparisons.terms import Polarity


@dataclass(frozen=True)
class Place:
    """Place ``number`` of ``n``, shared by so many (itself counted); ``behind`` is how many come after."""

    number: int
    shared: int
    n: int

    @property
    def behind(self) -> int:
        """How many have a place further down."""
        return self.n - (self.number - 1) - self.shared

    @property
    def turned(self) -> "Place":
        """The place counted from the other end."""
        return Place(self.behind + 1, self.shared, self.n)

    @property
    def words(self) -> str:
        """``87``, ``delad 12``."""
        return f"delad {self.number}" if self.shared > 1 else str(self.number)

    @property
    def is_first_quarter(self) -> bool:
        """Whether it is among the quarter that comes first, with all that it shares its place with."""
        return (self.number - 1 + self.shared) * 4 <= self.n

    @property
    def is_middle(self) -> bool:
        """Whether a quarter of all come before it and a quarter after it; so many may share a place that
        it is in neither quarter nor between them."""
        return self.number - 1 >= self.n // 4 and self.behind >= self.n // 4


def shown_value(figure: Figure) -> Decimal:
    """The value at the precision it is shown with. The figure must have one."""
    assert figure.value is not None
    return figure.value.quantize(Decimal(1).scaleb(-(figure.decimals or 0)), rounding=ROUND_HALF_UP)


def places(figures: Iterable[Figure], *, lowest_first: bool) -> dict[int, Place]:
    """The place of every area that has a value."""
    values = {figure.area: shown_value(figure) for figure in figures if figure.value is not None}
    having = Counter(values.values())
    at: dict[Decimal, int] = {}
    before = 0
    for value in sorted(having, reverse=not lowest_first):
        at[value] = before + 1
        before += having[value]
    return {area: Place(at[value], having[value], len(values)) for area, value in values.items()}


def is_lowest_first(indicator: IndicatorTerms) -> bool:
    """Whether place 1 has the lowest value: where lower is better."""
    return indicator.polarity == Polarity.LOWER_BETTER


def is_judged(indicator: IndicatorTerms) -> bool:
    """Whether a place says that something is better."""
    return indicator.polarity in (Polarity.LOWER_BETTER, Polarity.HIGHER_BETTER)


def position(indicator: IndicatorTerms, name: str, place: Place, period: Period) -> str:
    """Where the municipality ``name`` lies, in one to three sentences.

    ``Borås ligger på plats 87 av 290 kommuner 2017. …``; where the indicator has no direction, in words
    for high and low.
    """
    when = period_words(indicator, period)
    if place.shared == place.n:
        return f"Alla {_municipalities(place.n)} har samma värde {when}."
    judged = is_judged(indicator)
    if judged:
        sentences = [f"{name} ligger på {_at(place)} av {_municipalities(place.n)} {when}"]
    else:
        sentences = [f"{name} har {_height(place)} av {_municipalities(place.n)} {when}"]
    if place.shared > 1:
        sentences.append(
            f"{capitalise(count_of(place.shared - 1, 'annan kommun', 'andra kommuner'))} har samma värde"
        )
    if words := quarter(place, judged=judged):
        sentences.append(words)
    return " ".join(f"{sentence}." for sentence in sentences)


def quarter(place: Place, *, judged: bool) -> str:
    """In which part of all it lies; nothing where too many have the same value to say."""
    first, last = ("bäst", "sämst") if judged else ("högst", "lägst")
    if place.is_first_quarter:
        return f"Det är bland de 25 procent som har {first} värden"
    if place.turned.is_first_quarter:
        return f"Det är bland de 25 procent som har {last} värden"
    if place.is_middle:
        return (
            f"Det är i mitten, mellan de 25 procent som har {first} värden och de 25 procent som har {last}"
        )
    return ""


def answers(indicator: IndicatorTerms, figures: Sequence[Figure], period: Period) -> str:
    """``229 av 290 kommuner svarade ja 2017 (79 %).``"""
    known = [figure for figure in figures if figure.value is not None]
    yes = sum(1 for figure in known if figure.value)
    share = Decimal(100 * yes) / len(known)
    percent = format_percent(share, share_decimals(share))
    return f"{yes} av {_municipalities(len(known))} svarade ja {period_words(indicator, period)} ({percent})."


def ordinal_words(number: int) -> str:
    """``87:e``, ``21:a``, ``12:e``."""
    first_or_second = number % 10 in (1, 2) and number % 100 not in (11, 12)
    return f"{number}:{'a' if first_or_second else 'e'}"


def _at(place: Place) -> str:
    return f"{'delad ' if place.shared > 1 else ''}plats {place.number}"


def _height(place: Place) -> str:
    """``det 87:e högsta värdet``, as in a list with the highest first; of the last quarter, the lowest."""
    end, from_end = ("högsta", place)
    if place.turned.is_first_quarter:
        end, from_end = "lägsta", place.turned
    number = from_end.number
    if number == 1:
        return f"det {end} värdet"
    return f"det näst {end} värdet" if number == 2 else f"det {ordinal_words(number)} {end} värdet"


def _municipalities(number: int) -> str:
    return count_of(number, "kommun", "kommuner")
