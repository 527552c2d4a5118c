"""A figure as somebody writes it in a cell, and a figure as a cell shows it. Pure.

One way in and one way out: what ``write`` makes, ``read`` takes back as the same figure. A cell
shows how its content was understood, so nothing is kept that was not seen.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from comparisons.records import IndicatorTerms
from comparisons.svenska import NARROW_NBSP, NBSP, format_number, parse_number
from comparisons.terms import SIGNS, Statistic, Status, ValueType

#: More than anybody counts; the databases hold less than twenty times this.
MOST_BEHIND = 100_000_000

_YES_NO = {"ja": 1, "nej": 0}
#: What a cell says when there is no value. Frågan ställdes inte has no sign of its own, so it has words.
_SHOWN_STATUS = {
    Status.MISSING: SIGNS[Status.MISSING].sign,
    Status.NOT_ASKED: SIGNS[Status.NOT_ASKED].words,
    Status.NOT_APPLICABLE: SIGNS[Status.NOT_APPLICABLE].sign,
    Status.SUPPRESSED: SIGNS[Status.SUPPRESSED].sign,
    Status.TOO_FEW: SIGNS[Status.TOO_FEW].sign,
}
#: Every way to say it: the signs, a hyphen and a minus for the dash, and the words beside the signs.
_STATUSES = {
    **{shown: status for status, shown in _SHOWN_STATUS.items()},
    **{dash: Status.MISSING for dash in ("-", "\u2212", "\u2014", "\u2013")},
    **{SIGNS[status].words: status for status in _SHOWN_STATUS},
    **{SIGNS[status].legend: status for status in _SHOWN_STATUS if status != Status.NOT_ASKED},
    "frågan ställdes inte": Status.NOT_ASKED,
    "\u2026": Status.SUPPRESSED,  # what word processors make of dots
}
_RANK = re.compile(r"(?P<place>.+?) +av +(?P<n>.+)", re.IGNORECASE)


@dataclass(frozen=True)
class Written:
    """What a cell says: a value with its decimals, or a status that is a kind of missing.

    An empty cell is WITHDRAWN: there is no figure. ``n`` is set only where the text says it, as a
    rank does: ``34 av 290``.
    """

    status: str
    value: Decimal | None = None
    decimals: int | None = None
    n: int | None = None


def read(text: str, indicator: IndicatorTerms, statistic: str) -> Written:
    """Read a cell typed or pasted by a Swede: ``0,34``, ``1 234``, ``34 %``, ``Ja``, ``..``, ``34 av 290``.

    Raises ValueError with a Swedish sentence that says what to write instead. A per cent sign is
    taken where the figure is a percentage, and nowhere else.
    """
    cleaned = " ".join(text.replace(NBSP, " ").replace(NARROW_NBSP, " ").split())
    if not cleaned:
        return Written(Status.WITHDRAWN)
    if status := _STATUSES.get(cleaned.lower()):
        return Written(status)
    if cleaned.startswith("#"):
        raise ValueError(f"”{cleaned}” är ett fel i kalkylarket. Skriv värdet, eller – om det saknas.")
    if indicator.value_type == ValueType.YES_NO and statistic == Statistic.VALUE:
        if cleaned.lower() not in _YES_NO:
            raise ValueError(f"”{cleaned}” är varken ja eller nej. Skriv Ja eller Nej.")
        return Written(Status.NORMAL, Decimal(_YES_NO[cleaned.lower()]), 0)
    n = None
    if indicator.value_type == ValueType.RANK and (match := _RANK.fullmatch(cleaned)):
        cleaned, n = match["place"], behind(match["n"])
    if cleaned.endswith("%"):
        if indicator.value_type != ValueType.PERCENT and statistic != Statistic.SHARE_YES:
            raise ValueError(
                f"Nyckeltalet räknas inte i procent. Skriv talet utan procenttecken, "
                f"i {indicator.unit_words or 'den enhet det har'}."
            )
        cleaned = cleaned[:-1].rstrip()
    number = parse_number(cleaned)
    if statistic == Statistic.SHARE_YES and not 0 <= number.value <= 100:
        raise ValueError("En andel går från 0 till 100 procent. Kontrollera talet.")
    return Written(Status.NORMAL, number.value, number.decimals, n)


def behind(text: str) -> int:
    """How many stand behind a figure, as written: ``290``. Raises ValueError with a Swedish sentence."""
    number = parse_number(text)
    if number.value != int(number.value) or not 1 <= number.value <= MOST_BEHIND:
        raise ValueError("Antalet bakom värdet ska vara ett helt tal, till exempel 290.")
    return int(number.value)


def write(
    indicator: IndicatorTerms,
    statistic: str,
    *,
    status: str,
    value: Decimal | None,
    decimals: int | None,
    n: int | None,
) -> str:
    """A figure as its cell shows it, which ``read`` takes back: ``0,34``, ``Ja``, ``79 %``, ``..``."""
    if status == Status.WITHDRAWN:
        return ""
    if value is None:
        return _SHOWN_STATUS[Status(status)]
    if indicator.value_type == ValueType.YES_NO and statistic == Statistic.VALUE:
        return "Ja" if value else "Nej"
    number = format_number(value, decimals or 0)
    if statistic == Statistic.SHARE_YES:
        return f"{number}{NBSP}%"
    if indicator.value_type == ValueType.RANK and n:
        return f"{number} av {format_number(Decimal(n), 0)}"
    return number
