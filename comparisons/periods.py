"""Reporting periods as one integer that sorts by time. Pure: no database, no HTML.

``year × 1000 + end month × 10 + length rank``: 2017 is 2017129, tertial 1 of 2019 is 2019043. A
tertial therefore stands before the year it ends with. That a figure *means* a school year or a
three-year mean is its indicator's period basis, never the period itself.
"""

import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from comparisons.svenska import MONTHS, format_range

FIRST_YEAR, LAST_YEAR = 1900, 2100


class Length(IntEnum):
    """How long a period is. The number is its rank in the integer, and sorts short before long."""

    MONTH = 1
    QUARTER = 2
    TERTIAL = 3
    HALF_YEAR = 6
    YEAR = 9

    @property
    def months(self) -> int:
        """Number of months."""
        return {1: 1, 2: 3, 3: 4, 6: 6, 9: 12}[self.value]


class PeriodBasis(StrEnum):
    """What the reporting period stands for with an indicator."""

    CALENDAR = "calendar"
    SCHOOL_YEAR = "school_year"
    THREE_YEAR_MEAN = "three_year_mean"


_LETTERS = {
    "T": Length.TERTIAL,
    "K": Length.QUARTER,
    "Q": Length.QUARTER,
    "H": Length.HALF_YEAR,
}
_WORDS = {"tertial": "T", "kvartal": "K", "halvår": "H"}
_PATTERNS = (
    re.compile(r"(?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})[- ]?(?P<letter>[TKQH]) ?(?P<number>[0-9])", re.IGNORECASE),
    re.compile(r"(?P<letter>[TKQH]) ?(?P<number>[0-9])[- ](?P<year>[0-9]{4})", re.IGNORECASE),
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})"),
    re.compile(r"(?P<name>[a-zåäö]+) (?P<year>[0-9]{4})", re.IGNORECASE),
    re.compile(
        r"(?:läsåret )?(?P<autumn>[0-9]{4})[/\u2013](?P<spring>[0-9]{2}|[0-9]{4})",
        re.IGNORECASE,
    ),
)

WRONG_PERIOD = (
    "”{text}” är ingen period. Skriv ett år (2017), en tertial (2019-T1), ett kvartal (2019-K1), "
    "ett halvår (2019-H1), en månad (2019-03) eller ett läsår (2017/18)."
)


@dataclass(frozen=True, order=True)
class Period:
    """One reporting period; ``code`` is the integer the database holds. Raises ValueError if it is none."""

    code: int

    def __post_init__(self) -> None:
        year, end, rank = self.year, self.end_month, self.code % 10
        valid = (
            FIRST_YEAR <= year <= LAST_YEAR
            and rank in Length._value2member_map_
            and 1 <= end <= 12
            and end % Length(rank).months == 0
        )
        if not valid:
            raise ValueError(WRONG_PERIOD.format(text=self.code))

    @classmethod
    def of(cls, year: int, length: Length = Length.YEAR, number: int = 1) -> "Period":
        """The ``number``-th period of ``length`` in ``year``, counted from 1."""
        return cls(year * 1000 + number * length.months * 10 + length)

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read a period as an editor or a file writes it. Raises ValueError with a Swedish sentence."""
        cleaned = " ".join(text.split())
        if not cleaned:
            raise ValueError("Skriv en period, till exempel 2017 eller 2019-T1.")
        for word, letter in _WORDS.items():
            cleaned = re.sub(rf"\b{word}(?:et|en)? ", letter, cleaned, flags=re.IGNORECASE)
        for pattern in _PATTERNS:
            if match := pattern.fullmatch(cleaned):
                try:
                    return cls._from_parts(match.groupdict())
                except (ValueError, KeyError):
                    break
        raise ValueError(WRONG_PERIOD.format(text=text.strip()))

    @classmethod
    def _from_parts(cls, parts: dict[str, str | None]) -> "Period":
        if parts.get("autumn"):
            autumn, spring = str(parts["autumn"]), str(parts["spring"])
            if spring != str(int(autumn) + 1)[-len(spring) :]:
                raise ValueError("a school year spans two years in a row")
            return cls.of(int(autumn) + 1)
        year = int(str(parts["year"]))
        if parts.get("letter"):
            return cls.of(year, _LETTERS[str(parts["letter"]).upper()], int(str(parts["number"])))
        if parts.get("month"):
            return cls.of(year, Length.MONTH, int(str(parts["month"])))
        if parts.get("name"):
            return cls.of(year, Length.MONTH, MONTHS.index(str(parts["name"]).lower()) + 1)
        return cls.of(year)

    @property
    def year(self) -> int:
        """The calendar year it ends in."""
        return self.code // 1000

    @property
    def end_month(self) -> int:
        """The month it ends with, 1–12."""
        return self.code // 10 % 100

    @property
    def length(self) -> Length:
        """Month, quarter, tertial, half-year or year."""
        return Length(self.code % 10)

    @property
    def number(self) -> int:
        """Which one of its length in the year, counted from 1."""
        return self.end_month // self.length.months

    @property
    def key(self) -> str:
        """The short form for files and forms, which ``parse`` reads back: ``2017``, ``2019-T1``."""
        match self.length:
            case Length.YEAR:
                return str(self.year)
            case Length.MONTH:
                return f"{self.year}-{self.number:02}"
            case Length.TERTIAL:
                return f"{self.year}-T{self.number}"
            case Length.QUARTER:
                return f"{self.year}-K{self.number}"
            case Length.HALF_YEAR:
                return f"{self.year}-H{self.number}"

    @property
    def label(self) -> str:
        """The form readers see: ``2017``, ``tertial 1 2019``, ``mars 2019``."""
        match self.length:
            case Length.YEAR:
                return str(self.year)
            case Length.MONTH:
                return f"{MONTHS[self.number - 1]} {self.year}"
            case Length.TERTIAL:
                return f"tertial {self.number} {self.year}"
            case Length.QUARTER:
                return f"kvartal {self.number} {self.year}"
            case Length.HALF_YEAR:
                return f"halvår {self.number} {self.year}"

    @property
    def next(self) -> "Period":
        """The one of the same length after it. Raises ValueError after the last year there is."""
        last = 12 // self.length.months
        if self.number < last:
            return Period.of(self.year, self.length, self.number + 1)
        return Period.of(self.year + 1, self.length)

    def meaning(self, basis: str) -> str:
        """What a whole year means with an indicator of this basis: ``läsåret 2017/18``, ``medel 2015–2017``.

        Empty where the period means just what it says.
        """
        if self.length is not Length.YEAR:
            return ""
        if basis == PeriodBasis.SCHOOL_YEAR:
            return f"läsåret {self.year - 1}/{self.year % 100:02}"
        if basis == PeriodBasis.THREE_YEAR_MEAN:
            return f"medel {format_range(self.year - 2, self.year)}"
        return ""

    def __str__(self) -> str:
        return self.key
