"""Names at the ends of lines and words in their gaps, placed so that nothing covers anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from comparisons.cells import Cell
from comparisons.charts.labels import along, ordinal
from comparisons.charts.marks import Box, Point, Run, Text, line_boxes, place, short, text_width
from comparisons.periods import Period

if TYPE_CHECKING:
    from comparisons.history import Series

#: Px from a point to the baseline of what is written above or below it, and round its knot.
_ABOVE, _BELOW, _KNOT = 12, 24, 8
#: Px from a baseline to the next.
_LINE = 18
#: Words in more gaps than this would hide the line: they stand in the caption and in the table.
_MOST_GAPS = 4
#: How far, in px, a name may stand from the end of its line, and words from their gap.
_NEAR, _FAR, _GAP_REACH = 60, 120, 44


@dataclass(frozen=True)
class Gap:
    """Periods in a row for which the own figure is missing, for the same reason.

    ``text`` is None where there is no room: the words stand in the caption and in the table.
    """

    periods: tuple[Period, ...]
    cells: tuple[Cell, ...]
    text: Text | None

    @property
    def words(self) -> str:
        """The reason: ``saknas``, ``sekretess``."""
        return self.cells[0].spoken


def end_labels(
    series: Sequence["Series"], lines: Sequence[Sequence[Run]], width: int, between: tuple[int, int]
) -> list[Text]:
    """Name and newest value at the end of one or two lines: above the upper one, below the lower one.

    ``width`` is the narrowest of the drawing, ``between`` bounds the baselines.
    """
    ends = [runs[-1][-1] for runs in lines]
    drawn = [box for runs in lines for box in line_boxes(runs, width)]
    drawn += [
        Box(end.x * width / 100 - _KNOT, end.x * width / 100 + _KNOT, end.y - _KNOT, end.y + _KNOT)
        for end in ends
    ]
    order = sorted(range(len(ends)), key=lambda number: (ends[number].y, number))
    labels: dict[int, Text] = {}
    low, high = between
    for place_in_order, number in enumerate(order):
        end = ends[number]
        text = _end_text(series[number], end.cell.text, width)
        wanted = [end.y - _ABOVE, end.y + _BELOW]
        # The names stand in the order of their lines, so the lower one goes below and keeps below.
        if place_in_order:
            wanted.reverse()
        left_for_next = _LINE * (len(ends) - 1 - place_in_order)
        rows = (low, high - left_for_next)
        found = (
            _fit(text, end.x, wanted, drawn, width, rows, _NEAR)
            or _fit(text, end.x, wanted, [], width, rows, _FAR)
            or _fit(text, end.x, wanted, [], width, rows, high)
        )
        assert found is not None, "there is a line's height left for each name"
        labels[number] = found
        low = int(found.y) + _LINE
    return [labels[number] for number in range(len(ends))]


def _end_text(series: "Series", value: str, width: int) -> str:
    """Name and value; with a long name what it is, and else the value alone, to fit the narrowest drawing."""
    names = [series.short_label, *([] if series.is_own else ["Jämförelsen"])]
    return next((text for name in names if text_width(text := f"{name} {value}") <= width), value)


def _fit(
    text: str,
    x: Decimal,
    wanted: Sequence[Decimal],
    taken: Sequence[Box],
    width: int,
    between: tuple[int, int],
    reach: int,
) -> Text | None:
    """Place a text at its point, towards the middle; or at the edge, where it is too long for that."""
    inwards = ("", "end", "mid") if x < 50 else ("mid",) if x == 50 else ("end", "", "mid")
    found = place(text, x, wanted, taken, width=width, between=between, reach=reach, prefers=inwards)
    if found is None and text_width(text) > max(x, 100 - x) * width / 100:
        edge, anchor = (Decimal(100), "end") if x >= 50 else (Decimal(0), "")
        found = place(text, edge, wanted, taken, width=width, between=between, reach=reach, prefers=[anchor])
    return found


def gaps(
    cells: dict[Period, Cell],
    slots: Sequence[Period],
    points: Sequence[Point],
    taken: Sequence[Box],
    widths: tuple[int, int],
    between: tuple[int, int],
) -> Iterable[Gap]:
    """Stretches of missing own figures that stand in the table, with their words where there is room.

    ``cells`` are the own ones of the table's rows, ``taken`` is measured at the narrower of the two
    ``widths``. A period that nobody has a figure of is no row, and so a gap without words.
    """
    taken = list(taken)
    stretches = _stretches(cells, slots)
    for stretch in stretches:
        first, last = (along(len(slots), slots.index(period)) for period in (stretch[0], stretch[-1]))
        middle = short((first + last) / 2)
        level = short(_level(middle, points), 0) + 5
        words = cells[stretch[0]].spoken
        text = None
        for width in widths if len(stretches) <= _MOST_GAPS else ():
            factor = Decimal(width) / widths[0]
            # Letters do not grow with the drawing, so a box that does is more than enough.
            scaled = [Box(box.left * factor, box.right * factor, box.top, box.bottom) for box in taken]
            is_central = text_width(words) / 2 <= min(middle, 100 - middle) * width / 100
            anchor = "mid" if is_central else "" if middle < 50 else "end"
            text = place(
                words,
                middle,
                [level],
                scaled,
                width=width,
                between=between,
                reach=_GAP_REACH,
                prefers=[anchor],
            )
            if text:
                text = Text(text.text, text.x, text.y, text.anchor, is_extra=width != widths[0])
                taken.append(text.box(widths[0]))
                break
        yield Gap(tuple(stretch), tuple(cells[period] for period in stretch), text)


def _stretches(cells: dict[Period, Cell], slots: Sequence[Period]) -> list[list[Period]]:
    found: list[list[Period]] = []
    for period in slots:
        if period not in cells or not cells[period].sign:
            continue
        before = found[-1][-1] if found else None
        if (
            before is not None
            and ordinal(period) == ordinal(before) + 1
            and cells[before].spoken == cells[period].spoken
        ):
            found[-1].append(period)
        else:
            found.append([period])
    return found


def _level(x: Decimal, points: Sequence[Point]) -> Decimal:
    """Where the line would be at x: between its neighbours, or level with the nearest end."""
    before = max((point for point in points if point.x < x), key=lambda point: point.x, default=None)
    after = min((point for point in points if point.x > x), key=lambda point: point.x, default=None)
    if before and after:
        return before.y + (after.y - before.y) * (x - before.x) / (after.x - before.x)
    nearest = before or after
    # With a single slot there is no gap; with several, some point is not at x.
    assert nearest is not None
    return nearest.y
