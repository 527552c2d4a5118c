"""One group among millions of figures: how all municipalities stand, and their median and quartiles.

What the database takes is held to the limit, for that is what may grow with the ledger. What Python adds is
told beside it: it grows with the number of municipalities only, and with how slow the machine is.
"""

import random
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from django.db import connection

from comparisons import figures
from comparisons.among_all import places
from comparisons.distributions import spread
from comparisons.spreads import Group
from comparisons.terms import EMPTY_POPULATION, Gender
from tests.bench.report import Clock, Report, each
from tests.bench.scale import FIRST_YEAR, PERIODS, World

#: The most that the database may take for each.
MILLISECONDS = 5
TIMES = 100


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
        report.at_most(f"{what}, in the database", _in_database(work) * 1000, MILLISECONDS, " ms")
        report.say(f"      {what}, with all that Python does: {each(work, times=TIMES) * 1000:.1f} ms")


def _in_database(work: Callable[[], object]) -> float:
    """The median of the seconds between a question and its whole answer, over all that the work asks."""
    taken = []
    for _ in range(TIMES):
        clock = Clock()

        def timed(execute: Callable[..., Any], *asked: Any, clock: Clock = clock) -> Any:
            with clock.running():
                return execute(*asked)

        with connection.execute_wrapper(timed):
            work()
        taken.append(clock.seconds)
    return median(taken)


def _groups(world: World) -> Iterator[Group]:
    chance = random.Random(1490)
    while True:
        year = FIRST_YEAR + chance.randrange(PERIODS)
        indicator = chance.choice(world.indicators).pk
        yield Group(indicator, EMPTY_POPULATION, chance.choice(list(Gender)).value, year * 1000 + 129)
