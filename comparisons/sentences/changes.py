"""How two values of one indicator stand to each other, in words. Better and worse are not said here."""

from decimal import Decimal

from comparisons.differences import Difference
from comparisons.records import IndicatorTerms
from comparisons.svenska import format_number
from comparisons.terms import Comparative, ValueType

#: A change over time smaller than this is not spoken of: in relation to the larger of the values …
SMALLEST_SHARE = Decimal("0.02")
#: … for per cent in percentage points, or when it has doubled or halved …
SMALLEST_PERCENTAGE_POINTS = Decimal(1)
DOUBLED = 2
#: … and the first again, of their scale, for points and indices that have one.

_WORDS = {
    Comparative.NUMBER: ("fler", "färre", "lika många"),
    Comparative.LEVEL: ("högre", "lägre", "lika högt"),
    Comparative.AMOUNT: ("mer", "mindre", "lika mycket"),
    Comparative.LENGTH: ("längre", "kortare", "lika långt"),
}


def is_noticeable(indicator: IndicatorTerms, change: Difference) -> bool:
    """Whether a change over time is large enough to speak of."""
    size = abs(change.amount)
    if not size:
        return False
    if indicator.value_type == ValueType.RANK:
        return True
    if indicator.value_type == ValueType.PERCENT:
        return size >= SMALLEST_PERCENTAGE_POINTS or change.largest >= DOUBLED * change.smallest
    if indicator.scale_max is not None and indicator.scale_min is not None:
        return size >= SMALLEST_SHARE * (indicator.scale_max - indicator.scale_min)
    return size >= SMALLEST_SHARE * change.largest


def comparative(indicator: IndicatorTerms) -> Comparative:
    """The pair of words the indicator is compared with; by its name where nobody chose."""
    if indicator.comparative != Comparative.AUTO:
        return Comparative(indicator.comparative)
    counted = indicator.title.lower().startswith("antal ")
    return Comparative.NUMBER if counted else Comparative.LEVEL


def more_or_less(indicator: IndicatorTerms, found: Difference) -> str:
    """``fler``, ``2,6 procentenheter lägre``, ``1 poäng högre``, ``8 platser längre ner``."""
    more, less = direction_words(indicator)
    word = more if found.amount > 0 else less
    size = format_number(abs(found.amount), found.decimals)
    single = abs(found.amount) == 1 and not found.decimals
    if indicator.value_type == ValueType.RANK:
        return (
            f"{size} {'plats' if single else 'platser'} {'längre ner' if found.amount > 0 else 'högre upp'}"
        )
    if indicator.value_type == ValueType.PERCENT:
        unit = "procentenhet" if single else "procentenheter"
        return f"{size} {unit} {word}"
    if indicator.value_type == ValueType.POINTS:
        return f"{size} poäng {word}"
    return word


def direction_words(indicator: IndicatorTerms) -> tuple[str, str]:
    """More and less, without how much: ``fler`` and ``färre``, ``längre ner`` and ``högre upp``."""
    if indicator.value_type == ValueType.RANK:
        return "längre ner", "högre upp"
    if indicator.value_type in (ValueType.PERCENT, ValueType.POINTS):
        return _WORDS[Comparative.LEVEL][:2]
    return _WORDS[comparative(indicator)][:2]


def the_same(indicator: IndicatorTerms) -> str:
    """``lika många``, ``samma andel``, ``samma poäng``, ``samma plats``."""
    words = {
        ValueType.PERCENT: "samma andel",
        ValueType.POINTS: "samma poäng",
        ValueType.RANK: "samma plats",
    }
    return words.get(ValueType(indicator.value_type), _WORDS[comparative(indicator)][2])
