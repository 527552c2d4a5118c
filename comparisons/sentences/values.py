"""How a value, a place and a period are said inside a sentence."""

import re
from decimal import Decimal

from comparisons.periods import Length, Period, PeriodBasis
from comparisons.records import Column, Figure, IndicatorTerms, bare
from comparisons.svenska import format_number, format_percent
from comparisons.terms import Statistic, ValueType

_COUNTED = "antal "

#: What an editor's own sentence says where the municipality and the value come.
PLACE, VALUE = "{kommun}", "{värde}"


def value_words(indicator: IndicatorTerms, figure: Figure) -> str:
    """A value as a comparison names it: ``8,2``, ``82,6 %``, ``10``. The figure must have one."""
    assert figure.value is not None
    if indicator.value_type == ValueType.PERCENT or figure.statistic == Statistic.SHARE_YES:
        return format_percent(figure.value, figure.decimals or 0)
    return format_number(figure.value, figure.decimals or 0)


def full_value_words(indicator: IndicatorTerms, figure: Figure) -> str:
    """A value with what it is out of: ``8 av 10 poäng``, ``73 av 100``, ``80,0 %``, ``10,4``."""
    words = value_words(indicator, figure)
    if not indicator.is_scored:
        return words
    out_of = f"{words} av {bare(indicator.scale_max or Decimal(0))}"
    return f"{out_of} poäng" if indicator.value_type == ValueType.POINTS else out_of


def limit_words(indicator: IndicatorTerms, figure: Figure) -> str:
    """What a value at an end of its scale is called: ``högsta poäng``, ``lägsta möjliga``; else nothing."""
    if not indicator.is_scored:
        return ""
    points = indicator.value_type == ValueType.POINTS
    if figure.value == indicator.scale_max:
        return "högsta poäng" if points else "högsta möjliga"
    if figure.value == indicator.scale_min:
        return "lägsta poäng" if points else "lägsta möjliga"
    return ""


def place_words(column: Column) -> str:
    """``Borås``, ``Borås (kommunala skolor, kvinnor)``."""
    return f"{column.area.name} ({column.whom})" if column.whom else column.area.name


def period_words(indicator: IndicatorTerms, period: Period) -> str:
    """``2017``, ``läsåret 2017/18``, ``2017 (medel 2015–2017)``, ``tertial 1 2019``."""
    meaning = period.meaning(indicator.period_basis)
    if not meaning:
        return period.label
    if indicator.period_basis == PeriodBasis.SCHOOL_YEAR:
        return meaning
    return f"{period.label} ({meaning})"


def earlier_words(indicator: IndicatorTerms, now: Period, earlier: Period) -> str:
    """``året före`` and ``läsåret före`` for the year before; any other period by its name."""
    if now.length is earlier.length is Length.YEAR and now.year - earlier.year == 1:
        return "läsåret före" if indicator.period_basis == PeriodBasis.SCHOOL_YEAR else "året före"
    if indicator.period_basis == PeriodBasis.SCHOOL_YEAR:
        return period_words(indicator, earlier)
    return earlier.label


def comparison_noun(column: Column) -> str:
    """What the comparison is called: ``mediankommunen``, ``medelvärdet för riket``, ``riket``."""
    area = column.area.in_label or column.area.name
    if column.statistic == Statistic.MEDIAN:
        return "mediankommunen" if area == "riket" else f"mediankommunen bland {area}"
    if column.statistic == Statistic.MEAN:
        return f"medelvärdet för {area}"
    return area


def comparison_place(column: Column) -> str:
    """The comparison after ``än`` and ``som``: ``i mediankommunen``, ``medelvärdet för riket``."""
    noun = comparison_noun(column)
    return noun if column.statistic == Statistic.MEAN else f"i {noun}"


def opening(indicator: IndicatorTerms, column: Column, figure: Figure) -> tuple[str, bool]:
    """The first sentence without its full stop, and whether it names the indicator.

    The editor's own sentence if there is one. Else it is made of the name: ``Antal brott`` gives
    ``Borås hade 7 brott 2017``; what no rule can turn into a clause stands before a colon.
    """
    place, when = place_words(column), period_words(indicator, figure.period)
    full = full_value_words(indicator, figure)
    assert figure.value is not None
    if indicator.value_type == ValueType.YES_NO:
        return f"{place} svarade {'ja' if figure.value else 'nej'} {when}", False
    if indicator.value_type == ValueType.RANK:
        out_of = f" av {format_number(Decimal(figure.n), 0)}" if figure.n else ""
        in_year = f"år {when}" if figure.period.length is Length.YEAR and when[0].isdigit() else when
        return f"{place} kom på plats {full}{out_of} {in_year}", False
    if indicator.sentence:
        return f"{indicator.sentence.replace(PLACE, place).replace(VALUE, full)} {when}", True
    if indicator.value_type == ValueType.POINTS:
        return f"{place} fick {full} {when}", False
    title = indicator.title
    one = figure.value == 1 and not figure.decimals
    if title.lower().startswith(_COUNTED) and not one and not set(",(:;.") & set(title):
        return f"{place} hade {full} {title[len(_COUNTED) :]} {when}", True
    return f"{_named(indicator, full, one=one)} i {place} {when}", True


def _named(indicator: IndicatorTerms, full: str, *, one: bool) -> str:
    """The name, a colon, the value and its unit, where the name does not say it already."""
    unit = indicator.unit.removeprefix(_COUNTED)
    unsaid = indicator.note_under(indicator.title).lower()
    silent = (
        indicator.is_scored
        or indicator.value_type == ValueType.PERCENT
        or unit in ("", "antal")
        or indicator.unit.lower() not in unsaid
    )
    if silent:
        return f"{indicator.title}: {full}"
    if one:  # "1 dagar" is no Swedish
        return f"{indicator.title} ({unit}): {full}"
    return f"{indicator.title}: {full} {unit}"


def sentence_fault(sentence: str) -> str:
    """What is wrong with an editor's own sentence, in Swedish; empty when it can be used."""
    if not sentence:
        return ""
    for word in (PLACE, VALUE):
        if sentence.count(word) != 1:
            return f"Skriv {PLACE} och {VALUE} en gång var, med klamrar: {PLACE} hade {VALUE} anmälda brott."
    rest = sentence.replace(PLACE, " ").replace(VALUE, " ")
    if "{" in rest or "}" in rest:
        return f"Bara {PLACE} och {VALUE} kan stå inom klamrar. Perioden läggs till av sig själv."
    if re.search(
        rf"({re.escape(PLACE)}|{re.escape(VALUE)})\w|\w({re.escape(PLACE)}|{re.escape(VALUE)})", sentence
    ):
        return f"Skriv mellanslag före och efter {PLACE} och {VALUE}."
    return ""
