"""What a line chart shows, in words: plain, true to the last figure, and nothing about good or bad."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from comparisons.charts.labels import ordinal
from comparisons.periods import Length, Period
from comparisons.svenska import capitalise, format_range, join_words
from comparisons.terms import ValueType

if TYPE_CHECKING:
    from comparisons.charts.history import HistoryChart, Line
    from comparisons.charts.marks import Point

#: More periods than this are counted and not listed.
_LISTED = 4

#: A length of period: as it begins a note, and as it goes on with "står i tabellen".
_LENGTHS = {
    Length.YEAR: ("Hela år", "hela åren"),
    Length.HALF_YEAR: ("Halvår", "halvåren"),
    Length.TERTIAL: ("Tertial", "tertialen"),
    Length.QUARTER: ("Kvartal", "kvartalen"),
    Length.MONTH: ("Månader", "månaderna"),
}


def caption(chart: "HistoryChart") -> str:
    """One to five sentences: which periods have values, the lowest and the highest, what is missing."""
    return " ".join(
        sentence
        for sentence in (
            *_values(chart),
            *_missing(chart),
            _preliminary(chart.own.points),
            _comparison(chart.comparison) if chart.comparison else "",
            _picked(chart.picked),
        )
        if sentence
    )


def left_out(shown: Length, others: Iterable[Length]) -> str:
    """``Hela år. Tertialen står i tabellen.``"""
    names = join_words(_LENGTHS[length][1] for length in sorted(others, reverse=True))
    return f"{_LENGTHS[shown][0]}. {capitalise(names)} står i tabellen."


def listed(periods: Sequence[Period]) -> str:
    """Periods in words, those that follow each other as a range: ``2008–2011 och 2013``.

    Takes at least one, oldest first.
    """
    parts = []
    numbered = enumerate(periods)
    for _, following in groupby(numbered, key=lambda item: ordinal(item[1]) - item[0]):
        run = [period for _, period in following]
        if len(run) < 3:
            parts += [period.label for period in run]
        elif run[0].length is Length.YEAR:
            parts.append(format_range(run[0].label, run[-1].label))
        else:
            parts.append(f"{run[0].label} till {run[-1].label}")
    return join_words(parts)


def _values(chart: "HistoryChart") -> Iterable[str]:
    if len(chart.own.points) == 2:
        return [_both(chart.own, chart.indicator.value_type == ValueType.RANK)]
    return [_periods(chart.own), _extremes(chart)]


def _named(own: "Line") -> str:
    name = own.series.label
    return f"{name}," if "," in name else name


def _both(own: "Line", is_rank: bool) -> str:
    """Two values, just as they are."""
    first, last = (f"{point.cell.text} ({point.period.label})" for point in own.points)
    return f"{_named(own)} hade {'placeringen' if is_rank else 'värdet'} {first} och {last}."


def _periods(own: "Line") -> str:
    periods = [point.period for point in own.points]
    if len(periods) == 1:
        return f"Hittills finns bara ett värde, för {periods[0].label}."
    name = _named(own)
    if len(own.runs) > _LISTED:
        return f"{name} har {len(periods)} värden från {periods[0].label} till {periods[-1].label}."
    return f"{name} har värden för {listed(periods)}."


def _extremes(chart: "HistoryChart") -> str:
    """The lowest and the highest value, at the coarsest precision there is: rounding makes no extremes."""
    points = chart.own.points
    if len(points) == 1:
        return ""
    decimals = min(_decimals(point) for point in points)
    unit = Decimal(1).scaleb(-decimals)
    rounded = {point: point.value.quantize(unit, rounding=ROUND_HALF_UP) for point in points}
    lowest, highest = (
        [point for point in points if rounded[point] == end]
        for end in (min(rounded.values()), max(rounded.values()))
    )
    if len(lowest) == len(points):
        bare = next(point.cell.text for point in points if _decimals(point) == decimals)
        if len({point.cell.text for point in points}) == 1:
            return f"Värdet är detsamma hela tiden: {bare}."
        return f"Avrundade till lika många decimaler är alla värden {bare}."
    if chart.indicator.value_type == ValueType.RANK:
        return f"Högst upp var placeringen {_when(lowest)} och längst ner {_when(highest)}."
    return f"Lägst var det {_when(lowest)} och högst {_when(highest)}."


def _when(points: Sequence["Point"]) -> str:
    """``2016 (10,3)``; the value once where it is written alike."""
    if len(points) > (_LISTED if points[0].period.length is Length.YEAR else 2):
        return f"{len(points)} gånger, senast {points[-1].period.label} ({points[-1].cell.text})"
    if len({point.cell.text for point in points}) == 1:
        return f"{listed([point.period for point in points])} ({points[0].cell.text})"
    return join_words(f"{point.period.label} ({point.cell.text})" for point in points)


def _missing(chart: "HistoryChart") -> Iterable[str]:
    """A sentence for each reason that a figure is missing for."""
    reasons: dict[str, list[Period]] = {}
    for gap in chart.gaps:
        reasons.setdefault(gap.words, []).extend(gap.periods)
    for words, periods in reasons.items():
        when = f"{len(periods)} perioder" if _pieces(periods) > _LISTED else listed(periods)
        if words == "saknas":
            yield f"{'Värdet' if len(periods) == 1 else 'Värdena'} för {when} saknas."
        else:
            yield f"För {when} visas inget värde: {words}."


def _pieces(periods: Sequence[Period]) -> int:
    return len({ordinal(period) - place for place, period in enumerate(periods)})


def _preliminary(points: Sequence["Point"]) -> str:
    found = [point.period for point in points if point.cell.figure and point.cell.figure.preliminary]
    if not found:
        return ""
    if len(found) == 1:
        return f"Värdet för {found[0].label} är preliminärt."
    return f"Värdena för {listed(found)} är preliminära."


def _comparison(line: "Line") -> str:
    """How the comparison is drawn, and which it is: its name in the drawing may be shortened."""
    name = line.series.noun
    squares = "fyrkanten" if len(line.lone) == 1 else "fyrkanterna"
    shapes = [*(["den streckade linjen"] if line.path else []), *([squares] if line.lone else [])]
    return f"{capitalise(join_words(shapes))} är {name}."


def _picked(lines: Sequence["Line"]) -> str:
    """Which the thin lines are: those that the reader picked."""
    if not lines:
        return ""
    names = join_words(line.series.area.name for line in lines)
    return f"{'Den tunna linjen' if len(lines) == 1 else 'De tunna linjerna'} är {names}."


def _decimals(point: "Point") -> int:
    return (point.cell.figure.decimals or 0) if point.cell.figure else 0
