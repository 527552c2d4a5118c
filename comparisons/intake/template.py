"""The workbook that an editor downloads, fills in and uploads: a theme's tables with their last figures.

What it holds comes back as it went out: uploaded again without a change, it changes nothing and asks
nothing. Every heading and every name in it is one that the reading of files understands by itself.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from comparisons import figures
from comparisons.cells import FigureIndex
from comparisons.intake import written
from comparisons.intake.reading.headings import Headings
from comparisons.intake.reading.lexicon import Kind, Lexicon
from comparisons.models import ThemePage
from comparisons.models.figure_pages import blocks_of
from comparisons.periods import LAST_YEAR, Length, Period
from comparisons.records import Column, Figure, IndicatorTerms
from comparisons.svenska import plain
from comparisons.table_values import TableValue
from comparisons.terms import AreaKind, Statistic, ValueType, statistic_for

#: Excel's own limit, and what it refuses in the name of a sheet.
_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_FORMULA_SIGNS = ("=", "+", "-", "@")
_BOLD = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")

GUIDE_SHEET = "Så fyller du i"
GUIDE = (
    "Så fyller du i",
    "Varje blad är en av temats tabeller. Raderna är nyckeltal och kolumnerna områden och perioder.",
    "Längst till höger finns tomma kolumner för nästa period. Fyll i de värden du har, och lämna resten.",
    "En tom ruta betyder att du inte säger något om den siffran. Den ändras inte.",
    "Skriv – när värdet saknas, . när det inte kan förekomma, .. vid sekretess och * när för få har svarat.",
    "Skriv Ja eller Nej där frågan har ett sådant svar.",
    "Så många decimaler som rutan visar är så många som läsarna ser. Välj antalet med Excels knappar.",
    "Ändra inte nyckeltalens namn. Nya kolumner kan du lägga till: skriv rubriken som de andra, till exempel "
    "Borås 2018.",
    "Spara som Excelfil och läs in den under Inläsningar. Innan något sparas ser du vad som ändras.",
)


@dataclass(frozen=True)
class _Table:
    """A table to write: what it is called, its indicators, its columns, and the figures to look up."""

    caption: str
    rows: list[IndicatorTerms]
    columns: list[Column]
    index: FigureIndex


def template_workbook(theme: ThemePage) -> bytes:
    """An .xlsx with a sheet for each of the theme's tables, and one that says how to fill it in."""
    theme.prepare(figures.live())
    lexicon = Lexicon({})
    headings = Headings(lexicon)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    done: set[tuple[Any, ...]] = set()
    for table in _tables(theme):
        rows = [row for row in table.rows if lexicon.find(Kind.INDICATOR, row.title) == row.id]
        columns = {
            column: text for column in table.columns if (text := _heading(column, headings)) is not None
        }
        if rows and columns:
            _write(workbook, table, rows, columns, done)
    _write_guide(workbook)
    filled = io.BytesIO()
    workbook.save(filled)
    return filled.getvalue()


def _tables(theme: ThemePage) -> Iterator[_Table]:
    for block in blocks_of([getattr(theme, name) for name in theme.streams]):
        if isinstance(block.value, TableValue):
            value = block.value
            index = value.figure_index()
            rows = [row.indicator for row in value.shown_rows]
            # What we compute of all municipalities' values is no figure that anybody brings in.
            columns = [
                column.at(column.period)
                for column in value.settled_columns
                if column.statistic in Statistic.values
            ]
            yield _Table(value.get("caption") or "", rows, [*columns, *_next(columns)], index)


def _next(columns: Sequence[Column]) -> list[Column]:
    """The columns of the newest period of each length once more, for the period after it."""
    newest: dict[Length, Period] = {}
    for column in columns:
        if column.area.is_own and column.period.year < LAST_YEAR:
            newest[column.period.length] = max(column.period, newest.get(column.period.length, column.period))
    following = [column.at(column.period.next) for column in columns if column.period in newest.values()]
    return [column for column in dict.fromkeys(following) if column not in columns]


def _heading(column: Column, headings: Headings) -> str | None:
    """The text over a column, which reading it takes back; None where two things are called the same."""
    text = column.auto_label()
    if column.statistic == Statistic.VALUE and column.area.kind in (AreaKind.COUNTRY, AreaKind.GROUP):
        name, own_value = column.area.name, str(Statistic.VALUE.label).lower()
        text = ", ".join([name, own_value, *filter(None, [column.whom])]) + f" {column.period.label}"
    elif column.statistic == Statistic.SHARE_YES:
        text = f"{Statistic.SHARE_YES.label}, {text}"
    said = headings.parse(text)
    wanted = {"area": column.area.id, "period": column.period.code}
    is_read = not said.unknown and wanted.items() <= said.atoms.items()
    return text if is_read else None


def _write(
    workbook: Workbook,
    table: _Table,
    rows: Sequence[IndicatorTerms],
    columns: dict[Column, str],
    done: set[tuple[Any, ...]],
) -> None:
    """Write a table on a sheet of its own. A figure that stands on an earlier sheet is not repeated."""
    sheet = workbook.create_sheet(_sheet_name(table.caption, workbook.sheetnames))
    for at, text in enumerate(["Nyckeltal", "Enhet", *columns.values()], 1):
        _text(sheet, 1, at, text).font = _BOLD
        sheet.cell(1, at).alignment = _WRAPPED
    number = 1
    for terms in rows:
        keys = {column: _key(terms, column) for column in columns}
        if done.issuperset(keys.values()):
            continue
        number += 1
        _text(sheet, number, 1, plain(terms.title)).alignment = _WRAPPED
        _text(sheet, number, 2, plain(terms.unit_words)).alignment = _WRAPPED
        for at, column in enumerate(columns, 3):
            figure = table.index.find(terms, column)
            if figure is not None and keys[column] not in done:
                _figure(sheet, number, at, terms, figure)
            else:
                _prepared(sheet, number, at, terms, column, table)
        done.update(keys.values())
    sheet.freeze_panes = "C2"
    for at, width in enumerate([60, 24, *([16] * len(columns))], 1):
        sheet.column_dimensions[get_column_letter(at)].width = width


def _key(terms: IndicatorTerms, column: Column) -> tuple[Any, ...]:
    series = column.area.id, statistic_for(terms.value_type, column.statistic), column.population
    return (terms.id, *series, column.gender, column.period.code)


def _figure(sheet: Worksheet, row: int, at: int, terms: IndicatorTerms, figure: Figure) -> None:
    """A figure in its cell: a real number where it is one, else the words or the sign that say it."""
    is_share = figure.statistic == Statistic.SHARE_YES
    is_words = (terms.value_type == ValueType.YES_NO and not is_share) or (
        terms.value_type == ValueType.RANK and figure.n is not None
    )
    if figure.value is None or is_words:
        shown = written.write(
            terms,
            figure.statistic,
            status=figure.status,
            value=figure.value,
            decimals=figure.decimals,
            n=figure.n,
        )
        _text(sheet, row, at, shown).alignment = Alignment(horizontal="right")
        return
    cell = sheet.cell(row, at, _number(figure.value))
    cell.number_format = _format(figure.decimals or 0, is_share=is_share)


def _prepared(
    sheet: Worksheet, row: int, at: int, terms: IndicatorTerms, column: Column, table: _Table
) -> None:
    """An empty cell that shows a number with as many decimals as the period before."""
    statistic = statistic_for(terms.value_type, column.statistic)
    is_share = statistic == Statistic.SHARE_YES
    if terms.value_type in (ValueType.YES_NO, ValueType.RANK) and not is_share:
        return
    before = [
        found.decimals
        for other in table.columns
        if other.series == column.series and (found := table.index.find(terms, other)) and found.decimals
    ]
    sheet.cell(row, at).number_format = _format(max(before, default=0), is_share=is_share)


def _format(decimals: int, *, is_share: bool) -> str:
    number = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
    return f'{number}" %"' if is_share else number


def _number(value: Decimal) -> int | float:
    """The number as a spreadsheet keeps it: fifteen digits, which a figure never has more of."""
    return int(value) if value == int(value) else float(value)


def _text(sheet: Worksheet, row: int, at: int, text: str) -> Any:
    """A text in its cell, never a formula: a text that looks like one is marked as what it is."""
    cell = sheet.cell(row, at)
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_FORMULA_SIGNS):
        cell.quotePrefix = True  # type: ignore[assignment]
    return cell


def _sheet_name(caption: str, taken: Iterable[str]) -> str:
    """The caption as a name that Excel takes, and that no other sheet has."""
    words = " ".join(plain(caption).translate(_NOT_IN_SHEET_NAMES).split()).strip("'") or "Tabell"
    name, number = words[:_SHEET_NAME].rstrip(), 1
    lower = {one.lower() for one in [*taken, GUIDE_SHEET]}
    while name.lower() in lower:
        number += 1
        name = f"{words[: _SHEET_NAME - 4].rstrip()} ({number})"
    return name


def _write_guide(workbook: Workbook) -> None:
    sheet = workbook.create_sheet(GUIDE_SHEET)
    for row, sentence in enumerate(GUIDE, 1):
        _text(sheet, row, 1, sentence).alignment = _WRAPPED
    sheet.cell(1, 1).font = _BOLD
    sheet.column_dimensions["A"].width = 100
