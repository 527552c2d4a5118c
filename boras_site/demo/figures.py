"""The demo's figures: from the published tables in data/*.csv to indicators, areas and one release."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from boras_site.accounts.models import User
from boras_site.demo.facts import ABOUT, ABOUT_NKI, AREAS, SHORT_TITLES, SOURCES, THREE_YEAR_MEANS, wording
from comparisons import ledger, releases
from comparisons.models import Area, Indicator, Population, Release, Source, StagedFigure
from comparisons.periods import Period, PeriodBasis
from comparisons.svenska import slug
from comparisons.terms import EMPTY_POPULATION, Polarity, Status, ValueType

DATA = Path(__file__).parent / "data"
FILES = ("trygghet_2017", "grundskola_2018", "aldreomsorg_2022", "foretagsklimat_2019")

_POLARITY = {
    "lower": Polarity.LOWER_BETTER,
    "higher": Polarity.HIGHER_BETTER,
    "none": Polarity.NONE,
}
_SCALE = re.compile(r"(\d+)–(\d+)")


@dataclass(frozen=True)
class PublishedFigure:
    """One line of a data file, as it was published."""

    table: str
    row: int
    indicator: str
    value_type: str
    unit: str
    better: str
    area: str
    statistic: str
    population: str
    period: str
    value: str
    status: str


def read(name: str) -> Iterator[PublishedFigure]:
    """The lines of data/<name>.csv. Figures have a decimal point there, as files do."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            yield PublishedFigure(
                row=int(line["row"]),
                **{field: line[field] for field in PublishedFigure.__dataclass_fields__ if field != "row"},
            )


def load(user: User) -> dict[str, Indicator]:
    """Make the areas, populations, sources and indicators, and publish every figure.

    Returns the indicators by title. One release a file, with its reason.
    """
    areas = {name: Area.objects.create(name=name, **attributes) for name, attributes in AREAS.items()}
    indicators: dict[str, Indicator] = {}
    populations = {"": Population.objects.get(pk=EMPTY_POPULATION)}
    for file in FILES:
        lines = list(read(file))
        sources = {
            table: Source.objects.get_or_create(**SOURCES[table])[0]
            for table in dict.fromkeys(line.table for line in lines)
        }
        for line in lines:
            if line.indicator not in indicators:
                indicators[line.indicator] = _indicator(line, file, sources[line.table], user)
            if line.population not in populations:
                populations[line.population] = Population.objects.create(
                    slug=slug(line.population), name=line.population
                )
        release = Release.objects.create(
            title=f"Öppna jämförelser: {lines[0].table}",
            reason="Siffrorna som de publicerades i Öppna jämförelser.",
            created_by=user,
        )
        ledger.stage(
            release,
            (_figure(line, indicators[line.indicator], areas, populations, sources) for line in lines),
        )
        releases.publish_now(release, user)
    return indicators


def _indicator(line: PublishedFigure, file: str, source: Source, user: User) -> Indicator:
    scale = _SCALE.search(line.unit)
    basis = PeriodBasis.CALENDAR
    if file == "grundskola_2018":
        basis = PeriodBasis.SCHOOL_YEAR
    elif line.indicator in THREE_YEAR_MEANS:
        basis = PeriodBasis.THREE_YEAR_MEAN
    said = wording(line.indicator)
    indicator = Indicator(
        title=line.indicator,
        short_title=SHORT_TITLES.get(line.indicator, ""),
        definition=ABOUT_NKI if line.value_type == ValueType.INDEX else ABOUT.get(line.indicator, ""),
        synonyms=said.synonyms,
        sentence=said.sentence,
        noun=said.noun,
        comparative=said.comparative,
        value_type=line.value_type,
        unit="" if line.value_type == ValueType.YES_NO else line.unit,
        scale_min=Decimal(scale[1]) if scale else None,
        scale_max=Decimal(scale[2]) if scale else None,
        polarity=_POLARITY[line.better],
        period_basis=basis,
        source=source,
        live=False,
    )
    indicator.full_clean(exclude=["slug"])
    indicator.save()
    indicator.save_revision(user=user).publish(user=user)
    indicator.refresh_from_db()
    return indicator


def _figure(
    line: PublishedFigure,
    indicator: Indicator,
    areas: dict[str, Area],
    populations: dict[str, Population],
    sources: dict[str, Source],
) -> StagedFigure:
    _, _, part = line.value.partition(".")
    return StagedFigure(
        indicator=indicator,
        area=areas[line.area],
        statistic=line.statistic,
        period=Period.parse(line.period).code,
        population=populations[line.population],
        value=Decimal(line.value) if line.value else None,
        decimals=len(part) if line.value else None,
        status=line.status or Status.NORMAL,
        source=sources[line.table],
    )
