"""What Kolada answers, read into types of ours. Touches neither network nor database.

Everything that is not as it is documented raises KoladaError with a Swedish sentence.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from comparisons.intake.kolada.client import KoladaError
from comparisons.models.observations import StagedFigure
from comparisons.models.sources import Source
from comparisons.periods import FIRST_YEAR, LAST_YEAR
from comparisons.terms import AreaKind, Gender, Status

#: Riket stands among the regions.
COUNTRY = "0000"
_KINDS = {"K": AreaKind.MUNICIPALITY, "L": AreaKind.REGION}
#: Statuses whose meaning is known, folded; of any other the figure is missing. RKA writes of secrecy in
#: either language.
_STATUSES = {
    "": Status.NORMAL,
    "missing": Status.MISSING,
    "private": Status.SUPPRESSED,
    "privat": Status.SUPPRESSED,
    "secret": Status.SUPPRESSED,
    "sekretess": Status.SUPPRESSED,
}
_MOST_STATUS: int = StagedFigure._meta.get_field("source_status").max_length or 0
_MOST_PRODUCER: int = Source._meta.get_field("producer").max_length or 0
_MOST_TITLE = 500
_MOST_COUNT = 2**31 - 1
_PRODUCER = re.compile(r"\bkäll(?:a|or):\s*([^\n]+?)\s*(?:\.(?=\s|$)|$)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Kpi:
    """A KPI: its id, its title as it is today, its description tidied, and who made the figures."""

    id: str
    title: str
    description: str
    by_gender: bool
    municipality_type: str
    publication_on: date | None

    @property
    def producer(self) -> str:
        """Who made the figures, by what the description says after "Källa:". Empty when it does not."""
        found = _PRODUCER.findall(self.description)
        return found[-1].strip(" .")[:_MOST_PRODUCER] if found else ""


@dataclass(frozen=True)
class Municipality:
    """A municipality, a region, or the country, which Kolada counts among the regions."""

    code: str
    name: str
    kind: AreaKind


@dataclass(frozen=True)
class Group:
    """A group of municipalities with a year in its title; ``members`` are codes."""

    id: str
    title: str
    members: tuple[str, ...]


class Datum(NamedTuple):
    """One figure as Kolada says it. ``value`` is None where no figure is to be shown."""

    kpi: str
    municipality: str
    year: int
    gender: str
    n: int | None
    status: str
    source_status: str
    value: str | None

    @property
    def number(self) -> Decimal:
        """The value of a figure that has one."""
        return Decimal(self.value or "")


def kpi(row: Any) -> Kpi:
    """A row of ``kpi``."""
    return Kpi(
        id=_text(row, "id"),
        title=" ".join(_text(row, "title").split())[:_MOST_TITLE],
        description=tidy(_text(row, "description", optional=True)),
        by_gender=_flag(row, "is_divided_by_gender"),
        municipality_type=_text(row, "municipality_type", optional=True)[:5],
        publication_on=_date(_text(row, "publication_date", optional=True)),
    )


def municipality(row: Any) -> Municipality:
    """A row of ``municipality``."""
    code, kind = _text(row, "id"), _text(row, "type")
    if kind not in _KINDS:
        raise _unknown("type", kind)
    name = " ".join(_text(row, "title").split())
    return Municipality(code, name, AreaKind.COUNTRY if code == COUNTRY else _KINDS[kind])


def group(row: Any) -> Group:
    """A row of ``municipality_groups``."""
    members = _of(row, "members", list)
    return Group(
        id=_text(row, "id"),
        title=" ".join(_text(row, "title").split()),
        members=tuple(sorted({_text(member, "member_id") for member in members})),
    )


def data(row: Any) -> Iterator[Datum]:
    """The figures of a row of ``data``: one for each gender."""
    of, where, year = _text(row, "kpi"), _text(row, "municipality"), _of(row, "period", int)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _unknown("period", year)
    for figure in _of(row, "values", list):
        gender = _text(figure, "gender")
        if gender not in Gender.values:
            raise _unknown("gender", gender)
        said = _text(figure, "status", optional=True).strip()
        count = _of(figure, "count", int, optional=True)
        if count and count > _MOST_COUNT:
            raise _unknown("count", count)
        status = _STATUSES.get(said.casefold(), Status.MISSING)
        if _flag(figure, "isdeleted"):
            status = Status.WITHDRAWN
        # What is not to be shown is not looked at either: a fault tells what it stumbled on.
        value = _value(figure) if status == Status.NORMAL else None
        if status == Status.NORMAL and value is None:
            status = Status.MISSING
        yield Datum(
            kpi=of,
            municipality=where,
            year=year,
            gender=gender,
            n=count if count and count > 0 else None,
            status=status.value,
            source_status=said[:_MOST_STATUS],
            value=value,
        )


def tidy(description: str) -> str:
    r"""The description without what the way to us has left in it: ``\n`` in letters, double spaces."""
    text = description.replace("\\r", "").replace("\\n", "\n").replace("\r", "")
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _value(figure: Any) -> str | None:
    """The value with every digit that Kolada gives it."""
    value = _of(figure, "value", (int, float), optional=True)
    if value is None:
        return None
    if abs(value) >= 1e15 or not math.isfinite(value):
        raise _unknown("value", value)
    return repr(value)


def _of(row: Any, name: str, types: Any, *, optional: bool = False) -> Any:
    """A field of a row. Raises KoladaError when it is not there or is something else; no bool is a number."""
    if not isinstance(row, dict):
        raise KoladaError("Kolada svarade i en annan form än väntat: en rad är ingen post.")
    value = row.get(name)
    if value is None and optional:
        return None
    if not isinstance(value, types) or (isinstance(value, bool) and types is not bool):
        raise _unknown(name, value)
    return value


def _text(row: Any, name: str, *, optional: bool = False) -> str:
    value: str = _of(row, name, str, optional=optional) or ""
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise _unknown(name, "tecken som inte går att spara")
    if not value.strip() and not optional:
        raise _unknown(name, value)
    return value


def _flag(row: Any, name: str) -> bool:
    return bool(_of(row, name, bool))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None  # when it is next published is a help, no figure


def _unknown(name: str, value: object) -> KoladaError:
    text = "".join(letter for letter in str(value)[:60] if letter.isprintable())
    shown = "tomt" if value in (None, "", []) else f"”{text}”"
    return KoladaError(f"Kolada svarade i en annan form än väntat: fältet {name} är {shown}.")
