"""The name of a cell: the key of its figure as one short text, the same for every sheet."""

from typing import NamedTuple

from comparisons.models import KEY
from comparisons.periods import Period
from comparisons.terms import Gender, Statistic

#: The largest primary key that the databases hold.
LARGEST = 2**63 - 1


class CellKey(NamedTuple):
    """The key of a figure, in the order of ``KEY``: primary keys, terms, and the period's integer."""

    indicator: int
    area: int
    statistic: str
    population: int
    gender: str
    period: int

    def __str__(self) -> str:
        return ".".join(str(part) for part in self)

    @classmethod
    def parse(cls, text: object) -> "CellKey":
        """Read back what ``str`` wrote. Raises ValueError for anything else."""
        parts = str(text).split(".")
        if len(parts) != len(KEY):
            raise ValueError(f"not a cell: {text}")
        indicator, area, statistic, population, gender, period = parts
        key = cls(
            int(indicator),
            int(area),
            Statistic(statistic).value,
            int(population),
            Gender(gender).value,
            Period(int(period)).code,
        )
        if not all(1 <= pk <= LARGEST for pk in (key.indicator, key.area, key.population)):
            raise ValueError(f"not a cell: {text}")
        return key
