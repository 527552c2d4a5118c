"""Short ways to make the records that tables and charts are made from. No database."""

from decimal import Decimal
from typing import Any

from comparisons.periods import Period
from comparisons.records import AreaTerms, Column, Figure, IndicatorTerms
from comparisons.terms import EMPTY_POPULATION

BORAS = AreaTerms(1, "Borås", is_own=True)
RIKET = AreaTerms(2, "Riket", in_label="riket", kind="country")
ULRICEHAMN = AreaTerms(3, "Ulricehamn")
MUNICIPAL = 7


def indicator(value_type: str = "decimal", id: int = 1, **terms: Any) -> IndicatorTerms:
    """An indicator; its title tells its number."""
    return IndicatorTerms(id, terms.pop("title", f"Nyckeltal {id}"), value_type, **terms)


def points(low: str, high: str, **terms: Any) -> IndicatorTerms:
    """An indicator with a scale."""
    return indicator("points", scale_min=Decimal(low), scale_max=Decimal(high), **terms)


def column(area: AreaTerms = BORAS, period: str = "2017", statistic: str = "value", **kw: Any) -> Column:
    """A column; everyone of 2017, own values, unless told."""
    return Column(area, statistic, Period.parse(period), kw.pop("population", EMPTY_POPULATION), **kw)


def figure(
    value: str | None = None,
    area: AreaTerms = BORAS,
    period: str = "2017",
    statistic: str = "value",
    **kw: Any,
) -> Figure:
    """A figure with the decimals it is written with; without a value it is missing."""
    number = None if value is None else Decimal(value)
    return Figure(
        kw.pop("indicator", 1),
        area.id,
        statistic,
        Period.parse(period),
        kw.pop("population", EMPTY_POPULATION),
        value=number,
        decimals=None if value is None else len(value.partition(".")[2]),
        status=kw.pop("status", "missing" if value is None else "normal"),
        **kw,
    )


SCHOOLS = {"population": MUNICIPAL, "population_name": "kommunala skolor"}
MEDIAN = column(RIKET, statistic="median")
#: The columns of the page that the project was founded on.
FOUNDING = (column(period="2016"), column(), MEDIAN)
