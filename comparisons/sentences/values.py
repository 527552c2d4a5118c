"""How a value, a place and a period are said inside a sentence."""

import re
from decimal import Decimal

from comparisons.periods import Length, Period, PeriodBasis
from comparisons.records import Column, Figure, IndicatorTerms, bare
from comparisons.svenska import format_number, format_percent, format_range
from comparisons.terms import MEANS, MEDIANS, SHARES, AreaKind, Computed, Statistic, ValueType

_COUNTED = "antal "

#: What an editor's own sentence says where the municipality and the value come.
PLACE, VALUE = "{kommun}", "{värde}"


def value_words(indicator: IndicatorTerms, figure: Figure) -> str:
    """A value as a comparison names it: ``8,2``, ``82,6 %``, ``10``. The figure must have one."""
    assert figure.value is not None
    if indicator.value_type == ValueType.PERCENT or figure.statistic in SHARES:
        return format_percent(figure.value, figure.decimals or 0)
    return format_number(figure.value, figure.decimals or 0)


def full_value_words(indicator: IndicatorTerms, figure: Figure) -> str:
    """A value with what it is out of: ``8 av 10 poäng``, ``73 av 100``, ``80,0 %``, ``10,4``."""
    words = value_words(indicator, figure)
    if not indicator.is_scored:
        return words
    if indicator.scale_min is not None and indicator.scale_min < 0:  # "−3 av 5" would say nothing
        return f"{words} poäng" if indicator.value_type == ValueType.POINTS else words
    out_of = f"{words} av {bare(indicator.scale_max or Decimal(0))}"
    return f"{out_of} poäng" if indicator.value_type == ValueType.POINTS else out_of


def unit_after(indicator: IndicatorTerms, figure: Figure | None) -> str:
    """What stands small after a large value: ``%``, ``av 10``, ``preliminär``; nothing for most."""
    parts = []
    if indicator.value_type == ValueType.PERCENT:
        parts.append("%")
    elif indicator.is_scored and (indicator.scale_min or 0) >= 0:
        parts.append(f"av {bare(indicator.scale_max or Decimal(0))}")
    if figure is not None and figure.preliminary:
        parts.append("preliminär")
    return ", ".join(parts)


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
    """``året före`` and ``läsåret före`` for the year before; any other period by its name.

    The mean of three years before shares two of them, and is called by its years.
    """
    if indicator.period_basis == PeriodBasis.THREE_YEAR_MEAN and earlier.length is Length.YEAR:
        return format_range(earlier.year - 2, earlier.year)
    if now.length is earlier.length is Length.YEAR and now.year - earlier.year == 1:
        return "läsåret före" if indicator.period_basis == PeriodBasis.SCHOOL_YEAR else "året före"
    if indicator.period_basis == PeriodBasis.SCHOOL_YEAR:
        return period_words(indicator, earlier)
    return earlier.label


def comparison_noun(column: Column) -> str:
    """What the comparison is called: ``mediankommunen``, ``medelvärdet för riket``, ``riket``."""
    area = column.area.in_label or column.area.name
    if column.statistic in MEDIANS:
        return f"mediankommunen{_among(column)}"
    if column.statistic == Computed.MEAN:
        return "medelvärdet för kommunerna"
    if column.statistic == Statistic.MEAN:
        return f"medelvärdet för {area}"
    return area


def share_words(column: Column, figure: Figure) -> str:
    """How many answered yes, and of whom: ``79 % av kommunerna``, ``30 % av liknande kommuner``."""
    share, area = format_percent(figure.value or Decimal(0), figure.decimals or 0), column.area
    if area.kind == AreaKind.GROUP:
        return f"{share} av {area.in_label or area.name}"
    return f"{share} av kommunerna{_among(column)}"


def _among(column: Column) -> str:
    """Which municipalities, after a word for them: nothing for all of them in the country."""
    area = column.area.in_label or column.area.name
    if column.area.kind == AreaKind.COUNTRY:
        return ""
    return f" {'bland' if column.area.kind == AreaKind.GROUP else 'i'} {area}"


def comparison_place(column: Column) -> str:
    """The comparison after ``än`` and ``som``: ``i mediankommunen``, ``medelvärdet för riket``."""
    noun = comparison_noun(column)
    return noun if column.statistic in MEANS else f"i {noun}"


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
    counted = indicator.value_type in (ValueType.COUNT, ValueType.DECIMAL)
    one = counted and abs(figure.value) == 1 and not figure.decimals  # "1 brott" agrees with no plural
    if indicator.sentence and not one:
        return f"{indicator.sentence.replace(PLACE, place).replace(VALUE, full)} {when}", True
    if indicator.value_type == ValueType.POINTS:
        return f"{place} fick {full} {when}", False
    title = indicator.title
    if title.lower().startswith(_COUNTED) and not one and not set(",(:;.") & set(title):
        return f"{place} hade {full} {title[len(_COUNTED) :]} {when}", True
    return f"{_named(indicator, full, one=one)} i {place} {when}", True


def _named(indicator: IndicatorTerms, full: str, *, one: bool) -> str:
    """The name, a colon, the value and its unit, where the name does not say it already."""
    unit = indicator.unit
    if unit.lower().startswith(_COUNTED):
        unit = unit[len(_COUNTED) :]
    unsaid = indicator.note_under(indicator.title).lower()
    silent = (
        indicator.is_scored
        or indicator.value_type == ValueType.PERCENT
        or unit.lower() in ("", "antal")
        or indicator.unit.lower() not in unsaid
    )
    if silent:
        return f"{indicator.title}: {full}"
    if one:  # "1 dagar" is no Swedish
        return f"{indicator.title} ({unit}): {full}"
    return f"{indicator.title}: {full} {unit}"


def sentence_fault(sentence: str, value_type: str) -> str:
    """What is wrong with an editor's own sentence, in Swedish; empty when it can be used."""
    if not sentence:
        return ""
    if value_type in (ValueType.YES_NO, ValueType.RANK):
        return "Ja, nej och placeringar har en egen mening. Lämna fältet tomt."
    for word in (PLACE, VALUE):
        if sentence.count(word) != 1:
            return f"Skriv {PLACE} och {VALUE} en gång var, med klamrar: {PLACE} hade {VALUE} anmälda brott."
    rest = sentence.replace(PLACE, " ").replace(VALUE, " ")
    if "{" in rest or "}" in rest:
        return f"Bara {PLACE} och {VALUE} kan stå inom klamrar. Perioden läggs till av sig själv."
    either = f"({re.escape(PLACE)}|{re.escape(VALUE)})"
    if re.search(rf"{either}\w|\w{either}", sentence):
        return f"Skriv mellanslag före och efter {PLACE} och {VALUE}."
    if value_type == ValueType.PERCENT and re.search(rf"{re.escape(VALUE)}\s*(%|procent)", sentence):
        return f"Skriv inte procent efter {VALUE}. Tecknet % kommer med värdet."
    if value_type == ValueType.POINTS and re.search(rf"{re.escape(VALUE)}\s*(poäng|av\b)", sentence):
        return f"Skriv inte poäng efter {VALUE}. Där står redan till exempel 8 av 10 poäng."
    if re.search(r"[,;:!?]$", sentence) or re.search(r"\b(19|20)[0-9]{2}\b", sentence):
        return "Skriv ingen period och inget skiljetecken i slutet. Perioden läggs till av sig själv."
    return ""
