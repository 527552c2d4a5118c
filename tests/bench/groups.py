"""One group among millions of figures: how all municipalities stand, and their median and quartiles."""

import random
from collections.abc import Iterator

from comparisons import figures
from comparisons.among_all import places
from comparisons.distributions import spread
from comparisons.spreads import Group
from comparisons.terms import EMPTY_POPULATION, Gender
from tests.bench.report import Report, each
from tests.bench.scale import FIRST_YEAR, PERIODS, World

#: The most that each may take.
MILLISECONDS = 5


def run(world: World, report: Report) -> None:
    """Ask of groups here and there in the ledger."""
    asked = _groups(world)
    live = figures.live()

    def rank() -> None:
        found = (one.figure for one in live.municipalities(next(asked)))
        assert len(places(found, lowest_first=True)) > 1

    def stored() -> None:
        assert live.spread(next(asked)) is not None

    def computed() -> None:
        found = (one.figure.value for one in live.municipalities(next(asked)))
        assert spread((value for value in found if value is not None), 1).n > 1

    report.say("\nOne group among them all")
    for what, work in {
        "Rank of every municipality": rank,
        "Distribution of a group, as it is kept": stored,
        "Distribution of a group, computed": computed,
    }.items():
        report.at_most(what, each(work, times=100) * 1000, MILLISECONDS, " ms")


def _groups(world: World) -> Iterator[Group]:
    chance = random.Random(1490)
    while True:
        year = FIRST_YEAR + chance.randrange(PERIODS)
        indicator = chance.choice(world.indicators).pk
        yield Group(indicator, EMPTY_POPULATION, chance.choice(list(Gender)).value, year * 1000 + 129)
