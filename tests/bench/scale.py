"""Five million figures in and out: staged beside a bare COPY, published beside a bare INSERT … SELECT."""

import gc
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import product

from django.db import connection
from django.db.models import Model

from comparisons import ledger, loading
from comparisons.loading import Entry
from comparisons.models import KEY, Area, Distribution, Indicator, Observation, Release, StagedFigure
from comparisons.periods import Period
from comparisons.rows import CONTENT, columns, types
from comparisons.terms import EMPTY_POPULATION, AreaKind, Gender, Status
from tests import factories
from tests.bench.report import Clock, Report, peak_megabytes

#: A figure as a source says it: the area's code, the gender, the year, the value.
Answer = tuple[str, str, int, float]
MUNICIPALITIES, REGIONS, PERIODS = 290, 21, 27
FIRST_YEAR = 1998
#: What a staged row holds beside its own primary key.
STAGED = [*KEY, *CONTENT, "base", "release", "overruled"]


@dataclass(frozen=True)
class World:
    """What the figures are about."""

    indicators: Sequence[Indicator]
    areas: Sequence[Area]

    @classmethod
    def make(cls, indicators: int) -> "World":
        """So many indicators, and all municipalities and regions there are."""
        areas = factories.municipalities(MUNICIPALITIES - 1)
        own = factories.own_area()
        regions = [factories.area(f"Region {n}", kind=AreaKind.REGION) for n in range(REGIONS)]
        made = [factories.indicator(f"Nyckeltal {n}") for n in range(indicators)]
        return cls(made, [own, *areas, *regions])

    def answers(self, indicator: Indicator, years: range) -> list[Answer]:
        """Every figure of an indicator as a source says it, in the order of their keys."""
        chance = random.Random(indicator.pk)
        return [
            (area.code, gender.value, year, chance.randrange(10_000_000) / 100_000)
            for area, gender, year in product(self.areas, sorted(Gender), years)
        ]

    def entries(self, indicator: Indicator, answers: Iterable[Answer]) -> Iterator[Entry]:
        """The figures, made one by one as they are asked for."""
        areas = {area.code: area.pk for area in self.areas}
        key, source, normal = indicator.pk, indicator.source_id, Status.NORMAL.value
        for code, gender, year, value in answers:
            yield Entry(
                key,
                areas[code],
                "value",
                EMPTY_POPULATION,
                gender,
                year * 1000 + 129,
                Decimal(repr(value)),
                1,
                None,
                normal,
                False,
                source,
                "",
                "",
            )


def run(world: World, report: Report) -> None:
    """Stage and publish every year, and then one more, beside what the database takes for the same rows."""
    _make_tables()
    years = range(FIRST_YEAR, FIRST_YEAR + PERIODS)
    _through(world, report, years, "All years", staged=1.5, published=3.0)
    new = range(years.stop, years.stop + 1)
    _through(world, report, new, "One new year", staged=None, published=2.0)
    report.say(f"\nThe ledger and its indexes: {_size(Observation)}, distributions: {_size(Distribution)}")
    report.at_most("Memory of staging and publishing", peak_megabytes(), 400, " MB")


def _through(
    world: World, report: Report, years: range, what: str, *, staged: float | None, published: float
) -> None:
    release = factories.release()
    periods = [Period.of(year).code for year in years]
    bare, ours = Clock(), Clock()
    number = 0
    _empty("bench_bare")
    for turn, indicator in enumerate(world.indicators):
        answers = world.answers(indicator, years)
        number += len(answers)
        load = partial(loading.load, release, indicators=[indicator.pk], periods=periods)
        sides = [(bare, partial(_copy, release)), (ours, load)]
        for clock, put in sides if turn % 2 else reversed(sides):  # neither is always the one after the other
            gc.collect()
            with clock.running():
                put(world.entries(indicator, answers))
    with ours.running():
        loading.settle(release)
    report.say(f"\n{what}: {number:,} figures of {len(world.indicators)} indicators".replace(",", " "))
    report.say(f"      staged in {ours.seconds:.1f} s, bare COPY {bare.seconds:.1f} s")
    if staged is not None:
        report.at_most("Staged, beside a bare COPY", ours.seconds / bare.seconds, staged)
    _analyze("bench_bare", StagedFigure._meta.db_table)

    inserted, published_in = Clock(), Clock()
    with inserted.running():
        _insert_select()
    factories.approve(release)
    with published_in.running():
        ledger.publish(release)
    assert release.observations.count() == number
    report.say(f"      published in {published_in.seconds:.1f} s, INSERT … SELECT {inserted.seconds:.1f} s")
    report.at_most("Published, beside INSERT … SELECT", published_in.seconds / inserted.seconds, published)
    _analyze("bench_ledger", Observation._meta.db_table)


def _copy(release: Release, entries: Iterable[Entry]) -> None:
    listed = ", ".join(columns(STAGED, StagedFigure))
    sql = f"COPY bench_bare ({listed}) FROM STDIN (FORMAT BINARY)"
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        copy.set_types(types(STAGED, StagedFigure))
        for entry in entries:
            copy.write_row((*entry, None, release.pk, ""))


def _make_tables() -> None:
    """A table without keys that holds what a staged row holds, and a ledger that nobody reads."""
    staged, ledger_table = StagedFigure._meta.db_table, Observation._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_bare, bench_ledger")
        cursor.execute(f"CREATE TABLE bench_bare (LIKE {staged})")
        cursor.execute("ALTER TABLE bench_bare DROP COLUMN id")
        cursor.execute(f"CREATE TABLE bench_ledger (LIKE {ledger_table} INCLUDING ALL)")
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = %s::regclass AND contype = 'f'",
            [ledger_table],
        )
        for name, definition in cursor.fetchall():
            cursor.execute(f"ALTER TABLE bench_ledger ADD CONSTRAINT bench_{name} {definition}")


def _insert_select() -> None:
    listed = ", ".join(columns([*KEY, *CONTENT, "release"]))
    ordered = ", ".join(columns(KEY))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO bench_ledger ({listed}) SELECT {listed} FROM bench_bare ORDER BY {ordered}"
        )


def _size(of: type[Model]) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_total_relation_size(%s))", [of._meta.db_table])
        return str(cursor.fetchone()[0])


def _empty(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table}")


def _analyze(*tables: str) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ANALYZE {table}")
