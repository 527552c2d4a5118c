"""Where the table of a sheet begins, and what its columns are. Titles and notes may stand above it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from comparisons.intake.names import fold
from comparisons.intake.opening import Sheet
from comparisons.intake.reading.headings import Headings
from comparisons.intake.reading.lexicon import Kind, Lexicon
from comparisons.intake.reading.words import COLUMNS, LEFT_OUT, POINT_HEADING, SPREAD

#: The row of headings is looked for in so many rows.
MOST_ROWS_ABOVE = 60
_MOST_COLUMNS = 400
#: Several tables on a sheet are a page's; a longer sheet is one table.
_MOST_ROWS_OF_TABLES = 2_000
#: What stands in the cells of a table, and in no heading: a number that is no year, a sign, an answer.
_VALUE = re.compile(
    r"(?![12]\d{3}$)[-\u2212\u2013+]?\d[\d \u00a0\u202f]*(?:[.,]\d+)?(?:\s*%)?"
    r"|[-\u2212\u2013*]|\.{1,2}|ja|nej|[0-9]+ av [0-9]+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class LongHeader:
    """The headings of a long sheet: the row, what stands in which column, and those that are unknown.

    ``has_points`` when the values stand under the data files' own heading.
    """

    row: int
    columns: dict[str, int]
    unknown: dict[str, int]
    has_points: bool


@dataclass(frozen=True)
class WideHeader:
    """The headings of a wide table: the row, and the text over each column, of one row or two."""

    row: int
    texts: dict[int, str]


def is_value(text: str) -> bool:
    """Whether it looks like the content of a cell, and not like a heading or a name."""
    return _VALUE.fullmatch(text.strip()) is not None


def role(text: str, lexicon: Lexicon) -> str:
    """What a column holds that is headed so: ``indicator``, ``period`` … or an empty text."""
    folded = fold(text)
    if meaning := lexicon.answer(Kind.HEADING, folded):
        return str(meaning.get("column", ""))
    return COLUMNS.get(folded, "")


def long_header(sheet: Sheet, lexicon: Lexicon) -> LongHeader | None:
    """The headings of a sheet that has a row for each figure; None for one of another shape."""
    for number, row in enumerate(sheet.rows[:MOST_ROWS_ABOVE]):
        if len(row) > _MOST_COLUMNS:
            continue
        columns: dict[str, int] = {}
        unknown: dict[str, int] = {}
        for at, text in enumerate(row):
            name = role(text, lexicon)
            if name and name not in columns:
                columns[name] = at
            elif text and fold(text) not in LEFT_OUT:
                unknown[text] = at
        if "value" in columns and len(columns) >= 3 and columns.keys() & {"indicator", "area", "period"}:
            return LongHeader(number, columns, unknown, fold(row[columns["value"]]) == POINT_HEADING)
    return None


def wide_headers(sheet: Sheet, headings: Headings, lexicon: Lexicon) -> list[WideHeader]:
    """The headings of each table of a sheet, the upper one first; empty for a sheet that holds no table."""
    best: tuple[int, WideHeader] | None = None
    for number, row in enumerate(sheet.rows[:MOST_ROWS_ABOVE]):
        for texts in (_texts(row), _two_rows(sheet.rows, number)):
            score = _score(texts, headings, lexicon)
            if (
                score
                and (best is None or score > best[0])
                and _has_table_below(sheet, number, texts, headings)
            ):
                best = (score, WideHeader(number, texts))
    if best is None:
        guessed = _guess(sheet)
        return [guessed] if guessed else []
    first = best[1]
    others = [
        WideHeader(number, _texts(row))
        for number, row in enumerate(sheet.rows[:_MOST_ROWS_OF_TABLES])
        if number != first.row and 1 < len(row) <= _MOST_COLUMNS and _is_another(_texts(row), headings)
    ]
    return sorted([first, *others], key=lambda header: header.row)


def _texts(row: Sequence[str]) -> dict[int, str]:
    return {at: text for at, text in enumerate(row[:_MOST_COLUMNS]) if text}


def _two_rows(rows: Sequence[Sequence[str]], number: int) -> dict[int, str]:
    """A row with the one above it, whose cells reach to the next one that is filled, as merged ones do."""
    below = _texts(rows[number])
    above = _texts(rows[number - 1]) if number else {}
    if not above or not below or any(is_value(text) for text in (*above.values(), *below.values())):
        return {}
    texts: dict[int, str] = {}
    over = ""
    first = min(above.keys() | below.keys())
    for at in range(max(above.keys() | below.keys()) + 1):
        over = above.get(at, over)
        if at == first:  # a title may stand there, over the names of the rows
            texts[at] = below.get(at) or above[at]
        elif at in below:
            texts[at] = f"{over}, {below[at]}" if over else below[at]
    return texts


def _score(texts: dict[int, str], headings: Headings, lexicon: Lexicon) -> int:
    """How surely the texts are headings of a wide table; nought when they are none."""
    score = data = 0
    for text in texts.values():
        if is_value(text):
            return 0
        if role(text, lexicon):
            score += 2
            continue
        parsed = headings.parse(text)
        if fold(text) in LEFT_OUT:
            score += 1
        elif not parsed.unknown and (parsed.atoms.keys() & {"period", "area", "statistic"}):
            data += 1
            score += 2 + 2 * ("period" in parsed.atoms) + ("area" in parsed.atoms)
        elif "period" in parsed.atoms:
            data += 1
            score += 2
    return score if data else 0


def _has_table_below(sheet: Sheet, number: int, texts: dict[int, str], headings: Headings) -> bool:
    """Whether a row under the headings has a name, and something in a column that is to hold figures."""
    data = [at for at, text in texts.items() if headings.parse(text).atoms]
    return any(
        any(row[:at]) and (row[at] or (below, at) in sheet.faults)
        for below, row in enumerate(sheet.rows[number + 1 :], number + 1)
        for at in data
        if 0 < at < len(row)
    )


def _is_another(texts: dict[int, str], headings: Headings) -> bool:
    """Whether a row begins a table of its own: everything beside its first cell is an area and a period."""
    beside = [text for at, text in texts.items() if at > min(texts)]
    if any(is_value(text) for text in beside):
        return False
    data = [headings.parse(text) for text in beside]
    return bool(data) and all(
        not parsed.unknown and {"area", "period"} <= parsed.atoms.keys() for parsed in data
    )


def _guess(sheet: Sheet) -> WideHeader | None:
    """The row above the first row of figures, in a sheet whose headings say nothing that is known."""
    for number, row in enumerate(sheet.rows[:MOST_ROWS_ABOVE]):
        texts = _texts(row)
        if len(texts) < 2 or any(is_value(text) for text in texts.values()):
            continue
        below = _texts(sheet.rows[number + 1]) if number + 1 < len(sheet.rows) else {}
        names = [at for at, text in below.items() if not is_value(text)]
        values = [at for at, text in below.items() if is_value(text)]
        if names and values and min(names) < max(values):
            return WideHeader(number, texts)
    return None


def says_spread(text: str) -> bool:
    """Whether it heads how the municipalities spread: ``Min–max``."""
    return fold(text) in SPREAD
