"""Which periods are written under an axis of time: evenly, and never one into the other."""

from collections.abc import Sequence
from decimal import Decimal

from comparisons.charts.marks import APART, Text, short, text_width
from comparisons.periods import Length, Period
from comparisons.svenska import MONTHS

_LETTERS = {Length.TERTIAL: "T", Length.QUARTER: "K", Length.HALF_YEAR: "H"}


def axis_label(period: Period) -> str:
    """The period in few letters: ``2017``, ``T1 2019``, ``jan 2019``."""
    if period.length is Length.YEAR:
        return str(period.year)
    if period.length is Length.MONTH:
        return f"{MONTHS[period.number - 1][:3]} {period.year}"
    return f"{_LETTERS[period.length]}{period.number} {period.year}"


def ordinal(period: Period) -> int:
    """Its number among all periods of its length, so that neighbours differ by one."""
    return period.year * (12 // period.length.months) + period.number


def span(first: Period, last: Period) -> list[Period]:
    """Every period from first to last, of the length of both, whether anything is known of it or not."""
    a_year = 12 // first.length.months
    return [
        Period.of((number - 1) // a_year, first.length, (number - 1) % a_year + 1)
        for number in range(ordinal(first), ordinal(last) + 1)
    ]


def along(slots: int, place: int) -> Decimal:
    """Where one of so many evenly spaced slots stands, in per cent; a single one in the middle."""
    return Decimal(50) if slots == 1 else Decimal(100 * place) / (slots - 1)


def time_labels(slots: Sequence[Period], y: int, narrow: int, wide: int) -> tuple[Text, ...]:
    """Labels under the slots for a drawing that is at least ``narrow`` px, or ``wide`` px on larger screens.

    Every so many from the last backwards, and the first if there is room for two.
    """
    last = len(slots) - 1
    needed = text_width(axis_label(slots[0])) + APART
    a_year = 12 // slots[0].length.months

    def chosen(width: int, step: int) -> set[int]:
        free = [place for place in range(1, last + 1) if place * width >= needed * last]
        return {
            last,
            *([0] if last in free else []),
            *(place for place in free if (last - place) % step == 0),
        }

    every = _step(a_year, last, needed * last / wide)
    always = chosen(narrow, _step(a_year, last, needed * last / narrow, every))
    return tuple(
        Text(
            axis_label(slots[place]), short(along(len(slots), place)), Decimal(y), "mid", place not in always
        )
        for place in sorted(always | chosen(wide, every))
    )


def _step(a_year: int, last: int, least: Decimal, of: int = 1) -> int:
    """From one label to the next: at least so many slots, and a multiple of ``of``.

    Parts of a year that make it up, or whole years; one that also lands on the first slot, if it is
    not much longer.
    """
    fitting = [
        step
        for step in range(of, last + 1, of)
        if step >= least and (a_year % step == 0 or step % a_year == 0)
    ]
    shortest = fitting[0] if fitting else of * (last + 1)
    return next((step for step in fitting if step < 2 * shortest and last % step == 0), shortest)
