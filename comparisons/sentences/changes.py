"""How two values of one indicator stand to each other, in words. Better and worse are not said here."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from comparisons.records import Figure, IndicatorTerms
from comparisons.svenska import format_number
from comparisons.terms import Comparative, ValueType

#: A change over time smaller than this is not spoken of: in relation to the larger of the values …
SMALLEST_SHARE = Decimal("0.02")
#: … for per cent in percentage points, and for points and indices in relation to their scale.
SMALLEST_PERCENTAGE_POINTS = Decimal(1)

_WORDS = {
    Comparative.NUMBER: ("fler", "färre", "lika många"),
    Comparative.LEVEL: ("högre", "lägre", "lika högt"),
    Comparative.AMOUNT: ("mer", "mindre", "lika mycket"),
    Comparative.LENGTH: ("längre", "kortare", "lika långt"),
}


@dataclass(frozen=True)
class Difference:
    """``first`` minus ``second`` at the precision both were published with."""

    amount: Decimal
    decimals: int
    largest: Decimal
    exact: bool

    @property
    def direction(self) -> int:
        """1 when the first is more, −1 when it is less, 0 when they are the same."""
        return (self.amount > 0) - (self.amount < 0)


def difference(first: Figure, second: Figure) -> Difference:
    """Compare two figures with values, at the coarser of their precisions."""
    assert first.value is not None and second.value is not None
    decimals = min(first.decimals or 0, second.decimals or 0)
    step = Decimal(1).scaleb(-decimals)
    one, other = (value.quantize(step, rounding=ROUND_HALF_UP) for value in (first.value, second.value))
    exact = first.value == second.value
    return Difference(one - other, decimals, max(abs(one), abs(other)), exact)


def is_noticeable(indicator: IndicatorTerms, change: Difference) -> bool:
    """Whether a change over time is large enough to speak of."""
    size = abs(change.amount)
    if not size:
        return False
    if indicator.value_type == ValueType.RANK:
        return True
    if indicator.value_type == ValueType.PERCENT:
        return size >= SMALLEST_PERCENTAGE_POINTS
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
    more, less, _ = _WORDS[comparative(indicator)]
    size = format_number(abs(found.amount), found.decimals)
    single = abs(found.amount) == 1 and not found.decimals
    if indicator.value_type == ValueType.RANK:
        return (
            f"{size} {'plats' if single else 'platser'} {'längre ner' if found.amount > 0 else 'högre upp'}"
        )
    if indicator.value_type == ValueType.PERCENT:
        unit = "procentenhet" if single else "procentenheter"
        return f"{size} {unit} {'högre' if found.amount > 0 else 'lägre'}"
    if indicator.value_type == ValueType.POINTS:
        return f"{size} poäng {'högre' if found.amount > 0 else 'lägre'}"
    return more if found.amount > 0 else less


def the_same(indicator: IndicatorTerms) -> str:
    """``lika många``, ``samma andel``, ``samma poäng``, ``samma plats``."""
    words = {
        ValueType.PERCENT: "samma andel",
        ValueType.POINTS: "samma poäng",
        ValueType.RANK: "samma plats",
    }
    return words.get(ValueType(indicator.value_type), _WORDS[comparative(indicator)][2])
