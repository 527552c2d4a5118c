"""The strip plot: a stitch for each municipality, stacked by value, with some of them named.

Named ones hang below their stitch, so that no thread crosses a name at any width: those whose names go
to the right have the leftmost lowest, those whose names go to the left the rightmost lowest.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import product

from comparisons.among_all import shown_value
from comparisons.charts.axis import Axis, written_axis
from comparisons.charts.marks import APART, Text, short, text_width
from comparisons.records import Figure

#: Px: the narrowest drawing, a line of text, from a thread to its name.
NARROW, _LINE, _BESIDE = 274, 22, 6
#: Px a name may stand out beside the drawing, where the page's margin is.
_OUT = 10
#: Px over the stitches: two lines, for the own name and the median's.
_TOPS = (0, 26)
_TOP = 52
#: At most so many piles side by side, and what a stitch takes with the gap to the next.
_PILES, _STITCH, _HIGHEST = 140, 11, 220
#: How large the own name is beside the others, and the median's.
_SCALES = (Decimal(4) / 3, Decimal(1))
#: How much air there is outside the lowest and the highest, of all between them.
_AIR = Decimal("0.04")
#: So many ways to hang the names are tried before one of them is left out.
_TRIES = 500
#: Px of the axis under the stitches, with what is written there.
_AXIS = 32


@dataclass(frozen=True)
class Named:
    """A municipality to name, or the median: what it is called, its figure and how that is written."""

    name: str
    figure: Figure
    text: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Name and value; where there is no room for both, the name."""
        return (f"{self.name} {self.text}", self.name)


@dataclass(frozen=True)
class Thread:
    """A line at a value, from the axis to ``y``, and the text at its end."""

    x: Decimal
    y: Decimal
    text: Text

    @property
    def dx(self) -> int:
        """Px from the line to the text."""
        return -_BESIDE if self.text.anchor == "end" else _BESIDE


@dataclass(frozen=True)
class Strip:
    """The drawing; x in per cent, y in px. ``piles`` say where stitches stand, and how many."""

    piles: tuple[tuple[Decimal, int], ...]
    stitch: int
    base: int
    height: int
    own: Thread
    median: Thread
    named: tuple[Thread, ...]
    ticks: tuple[Text, ...]

    @property
    def path(self) -> str:
        """A line for each pile, x in hundredths of the width; its dashes are the stitches."""
        return "".join(f"M{x} {self.base}v-{number * self.stitch}" for x, number in self.piles)

    @property
    def dashes(self) -> str:
        """Stitch and gap, in px."""
        return f"{self.stitch - 1} 1"


def strip(figures: Iterable[Figure], own: Named, median: Named, others: Iterable[Named]) -> Strip | None:
    """Draw the figures that have a value, the own one among them. None where all are the same.

    Of the ``others`` those that there is no room for are left out: they stand in the table.
    """
    known = [figure for figure in figures if figure.value is not None]
    values = Counter(shown_value(figure) for figure in known)
    if len(values) < 2:
        return None
    axis = _axis(values, max(figure.decimals or 0 for figure in known))
    piles = _piles(values, axis, max(figure.decimals or 0 for figure in known))
    highest = max(number for _, number in piles)
    stitch = max(3 if highest < _HIGHEST // 2 else 2, min(_STITCH, _HIGHEST // highest))
    base = _TOP + highest * stitch
    own_thread, median_thread = _above(own, median, axis)
    named = _below(sorted(others, key=lambda one: shown_value(one.figure)), axis, base + _AXIS)
    return Strip(
        piles=tuple(piles),
        stitch=stitch,
        base=base,
        height=int(max((thread.y for thread in named), default=Decimal(base + _AXIS - 6))) + 6,
        own=own_thread,
        median=median_thread,
        named=tuple(named),
        ticks=_tick_labels(axis, base),
    )


def _axis(values: Counter[Decimal], decimals: int) -> Axis:
    """From a little below the lowest to a little above the highest: places are shown, not lengths."""
    lowest, highest = min(values), max(values)
    air = (highest - lowest) * _AIR
    return written_axis(lowest - air, highest + air, whole=decimals == 0)


def _piles(values: Counter[Decimal], axis: Axis, decimals: int) -> list[tuple[Decimal, int]]:
    """Where the stitches stand: each value's own pile, or neighbours together where they are too many."""
    unit = Decimal(1).scaleb(-decimals)
    lowest = min(values)
    together = ((max(values) - lowest) / unit + 1) / _PILES
    width = max(1, int(together.to_integral_value(ROUND_CEILING)))
    piles: Counter[int] = Counter()
    for value, number in values.items():
        piles[int(((value - lowest) / unit / width).to_integral_value(ROUND_FLOOR))] += number
    middle = Decimal(width - 1) / 2
    return [
        (_x(axis, lowest + (place * width + middle) * unit), number)
        for place, number in sorted(piles.items())
    ]


def _x(axis: Axis, value: Decimal) -> Decimal:
    return short(axis.along(value) * 100)


def _above(own: Named, median: Named, axis: Axis) -> tuple[Thread, Thread]:
    """The own line and the median's: one higher than the other, so that its name goes over the other."""
    xs = [_x(axis, shown_value(one.figure)) for one in (own, median)]
    away = "end" if xs[1] <= xs[0] else ""
    other = {"": "end", "end": ""}
    choices = product(range(2), range(2), ((0, 1), (1, 0)), ("", "end"), (away, other[away]))
    for own_text, median_text, rows, *anchors in choices:
        texts = (own.texts[own_text], median.texts[median_text])
        threads = [
            Thread(x, Decimal(_TOPS[row]), Text(text, x, Decimal(_TOPS[row] + 16), anchor))
            for x, row, text, anchor in zip(xs, rows, texts, anchors, strict=True)
        ]
        fits = all(_fits(*it) for it in zip(texts, xs, anchors, _SCALES, strict=True))
        lower = rows.index(1)
        if fits and not _covers(threads[lower].text, xs[1 - lower], _SCALES[lower]):
            return threads[0], threads[1]
    # Nothing fits: the numbers are very long. The values stand in the table beside it.
    return (
        Thread(xs[0], Decimal(0), Text(own.name, xs[0], Decimal(16), _inwards(xs[0]))),
        Thread(xs[1], Decimal(_TOPS[1]), Text("", xs[1], Decimal(_TOPS[1] + 16))),
    )


def _below(others: Sequence[Named], axis: Axis, top: int) -> list[Thread]:
    """The named ones, by value: as many as there is room for, with their values if there is."""
    left = list(others)
    while left:
        texts = [
            [
                text
                for written in one.texts
                for anchor in ("", "end")
                if _fits(*(it := (written, _x(axis, shown_value(one.figure)), anchor)))
                for text in [Text(it[0], it[1], Decimal(0), anchor)]
            ]
            for one in left
        ]
        if order := _hung(texts):
            return [
                Thread(text.x, y, replace(text, y=y))
                for row, text in sorted(enumerate(order, 1), key=lambda pair: -pair[0])
                for y in [Decimal(top + _LINE * row)]
            ]
        left.remove(max(left, key=lambda one: len(one.name)))
    return []


def _hung(choices: Sequence[Sequence[Text]]) -> list[Text]:
    """One of the texts of each, from the top row to the lowest, so that no thread goes through a text.

    A text must hang lower than every thread it covers. What is first among the choices is taken where
    it can be. Empty where there is no way, or none that is found soon.
    """
    chosen: list[Text] = []
    places = [0]
    for _ in range(_TRIES):
        here = len(places) - 1
        if places[here] >= len(choices[here]):  # none fits beside those before: take the one before anew
            places.pop()
            if not places:
                return []
            chosen.pop()
            places[-1] += 1
            continue
        text = choices[here][places[here]]
        if any(_covers(text, other.x) and _covers(other, text.x) for other in chosen):
            places[here] += 1
            continue
        chosen.append(text)
        if len(chosen) < len(choices):
            places.append(0)
        elif order := _rows(chosen):
            return order
        else:
            chosen.pop()
            places[here] += 1
    return []


def _rows(texts: Sequence[Text]) -> list[Text]:
    """The texts in an order in which each comes after those whose threads it covers; empty if none is."""
    waiting, order = list(reversed(texts)), []
    while waiting:
        free = next(
            (
                text
                for text in waiting
                if not any(_covers(text, other.x) for other in waiting if other is not text)
            ),
            None,
        )
        if free is None:
            return []
        waiting.remove(free)
        order.append(free)
    return order


def _span(text: Text, scale: Decimal = Decimal(1)) -> tuple[Decimal, Decimal]:
    """From where to where a text reaches at the narrowest, in px, with a little air."""
    at = text.x * NARROW / 100
    width = text_width(text.text) * scale + _BESIDE
    return (at - width - 2, at - 2) if text.anchor == "end" else (at + 2, at + width + 2)


def _covers(text: Text, x: Decimal, scale: Decimal = Decimal(1)) -> bool:
    """Whether a text lies over a line at ``x``; its own line it stands beside."""
    left, right = _span(text, scale)
    return left <= x * NARROW / 100 <= right


def _fits(text: str, x: Decimal, anchor: str, scale: Decimal = Decimal(1)) -> bool:
    """Whether a text at a line stays in the drawing, at the narrowest."""
    left, right = _span(Text(text, x, Decimal(0), anchor), scale)
    return left >= -_OUT and right <= NARROW + _OUT


def _inwards(x: Decimal) -> str:
    return "" if x < 50 else "end"


def _tick_labels(axis: Axis, base: int) -> tuple[Text, ...]:
    """The ticks under the axis; on narrow screens every so many, and none that would stand out."""
    needed = max(text_width(tick.label) for tick in axis.ticks) + APART
    xs = [_x(axis, tick.value) for tick in axis.ticks]
    gap = (xs[1] - xs[0]) * NARROW / 100 if len(xs) > 1 else Decimal(NARROW)
    every = max(1, int((needed / gap).to_integral_value(ROUND_CEILING)))
    return tuple(
        Text(tick.label, x, Decimal(base + 24), "mid", is_extra=bool(place % every))
        for place, (tick, x) in enumerate(zip(axis.ticks, xs, strict=True))
        if text_width(tick.label) / 2 <= min(x, 100 - x) * NARROW / 100 + _OUT
    )
