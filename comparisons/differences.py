"""How far apart two figures are. Pure: no database, no HTML.

The one place that decides whether two published figures are the same.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from comparisons.records import Figure


@dataclass(frozen=True)
class Difference:
    """``first`` minus ``second`` with the decimals that both have; ``exact`` when nothing is rounded off."""

    amount: Decimal
    decimals: int
    largest: Decimal
    smallest: Decimal
    exact: bool

    @property
    def direction(self) -> int:
        """1 when the first is more, −1 when it is less, 0 when they are the same."""
        return (self.amount > 0) - (self.amount < 0)


def difference(first: Figure, second: Figure) -> Difference:
    """Compare two figures that have values.

    Figures published with unlike precision are compared at the coarser one: 79 stands for anything
    from 78,5 to 79,5, so 79,5 beside it is the same. A difference that only rounding made is none.
    """
    assert first.value is not None and second.value is not None
    decimals = min(first.decimals or 0, second.decimals or 0)
    step = Decimal(1).scaleb(-decimals)
    one, other = (value.quantize(step, rounding=ROUND_HALF_UP) for value in (first.value, second.value))
    amount = one - other
    if (first.decimals or 0) != (second.decimals or 0) and abs(first.value - second.value) <= step / 2:
        amount = Decimal(0) * step
    sizes = sorted((abs(one), abs(other)))
    return Difference(amount, decimals, sizes[1], sizes[0], first.value == second.value)
