"""What drawings are made of: points that carry their cell, and texts that keep out of each other's way.

Texts are placed for the narrowest screen. On a wider one everything moves apart but the letters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from comparisons.cells import Cell
from comparisons.periods import Period

#: Px of one character in bold 15 px, on the generous side: thin ones, wide ones, digits, the others.
_THIN, _WIDE, _DIGIT, _OTHER = Decimal(4), Decimal(13), Decimal("8.5"), Decimal(8)
#: Px from a baseline to the top and to the foot of its letters.
ASCENT, DESCENT = 12, 4
#: Px between two texts side by side.
APART = 12


@dataclass(frozen=True)
class Point:
    """A value as drawn: ``x`` in per cent of the width, ``y`` in px, and the cell it stands for."""

    x: Decimal
    y: Decimal
    cell: Cell
    period: Period

    @property
    def value(self) -> Decimal:
        """The value it stands for."""
        assert self.cell.figure is not None and self.cell.figure.value is not None
        return self.cell.figure.value


#: Points in a row that a line goes through.
Run = tuple[Point, ...]


@dataclass(frozen=True)
class Box:
    """A part of the drawing that is taken, in px at the narrowest width."""

    left: Decimal
    right: Decimal
    top: Decimal
    bottom: Decimal

    def meets(self, other: "Box") -> bool:
        """Whether they share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Text:
    """A text in the drawing. ``anchor`` is '' (starts at x), 'mid' or 'end'; extras show on wide screens."""

    text: str
    x: Decimal
    y: Decimal
    anchor: str = ""
    is_extra: bool = False

    @property
    def classes(self) -> str:
        """The classes of anchor and width."""
        return " ".join(part for part in (self.anchor, "hide-s" if self.is_extra else "") if part)

    def box(self, width: int) -> Box:
        """What it covers in a drawing of ``width`` px."""
        length = text_width(self.text)
        left = self.x * width / 100 - {"": Decimal(0), "mid": length / 2, "end": length}[self.anchor]
        return Box(left, left + length, self.y - ASCENT, self.y + DESCENT)


def text_width(text: str) -> Decimal:
    """About how many px a text takes, rather too many than too few."""
    return sum((_character_width(character) for character in text), Decimal(0))


def _character_width(character: str) -> Decimal:
    if character.isspace() or character in ",.":
        return _THIN
    if character in "mwMW":
        return _WIDE
    return _DIGIT if character.isdigit() else _OTHER


def short(value: Decimal, places: int = 2) -> Decimal:
    """A coordinate without digits nobody sees, that is written without an exponent: 83.3, 100."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0
    whole = rounded.to_integral_value()
    return whole if rounded == whole else rounded.normalize()


def path_of(runs: Iterable[Run]) -> str:
    """A path through the points of each run that is more than a point; x is in hundredths of the width."""
    return "".join("M" + "L".join(f"{point.x} {point.y}" for point in run) for run in runs if len(run) > 1)


def line_boxes(runs: Iterable[Run], width: int, air: int = 4) -> list[Box]:
    """The boxes that runs of points take, finely enough to write beside a slope."""
    boxes = []
    for run in runs:
        for before, after in zip(run, run[1:] or run, strict=False):
            pieces = max(1, int(abs(after.x - before.x) * width / 100 / _OTHER))
            for piece in range(pieces):
                start, end = (Decimal(place) / pieces for place in (piece, piece + 1))
                left, right = (before.x + (after.x - before.x) * part for part in (start, end))
                ys = [before.y + (after.y - before.y) * part for part in (start, end)]
                boxes.append(
                    Box(left * width / 100 - air, right * width / 100 + air, min(ys) - air, max(ys) + air)
                )
    return boxes


def place(
    text: str,
    x: Decimal,
    wanted: Sequence[Decimal],
    taken: Sequence[Box],
    *,
    width: int,
    between: tuple[int, int],
    reach: int,
    prefers: Sequence[str] = ("end", "", "mid"),
) -> Text | None:
    """Where a text fits beside ``x``: as near as can be to one of the ``wanted`` baselines.

    ``between`` bounds the baseline, ``reach`` says how many px it may be from what is wanted.
    None where everything is taken.
    """
    for far in range(reach + 1):
        for baseline in dict.fromkeys(short(y, 0) + sign * far for y in wanted for sign in (-1, 1)):
            if not between[0] <= baseline <= between[1]:
                continue
            for anchor in prefers:
                candidate = Text(text, x, baseline, anchor)
                box = candidate.box(width)
                if box.left >= -4 and box.right <= width + 16 and not any(map(box.meets, taken)):
                    return candidate
    return None
