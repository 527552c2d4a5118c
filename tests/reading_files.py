"""Files as editors make them, for the tests of reading them in."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from django.conf import settings
from openpyxl.worksheet.worksheet import Worksheet

from comparisons.intake.opening import Sheet, Workbook
from comparisons.intake.reading import understand
from comparisons.intake.understood import Answers, Understood
from comparisons.loading import Entry

DATA = Path(settings.BASE_DIR) / "boras_site" / "demo" / "data"
NAMES = ("trygghet_2017", "grundskola_2018", "aldreomsorg_2022", "foretagsklimat_2019")


def workbook(*sheets: tuple[str, str], faults: dict[tuple[int, int], str] | None = None) -> Workbook:
    """A workbook of (name, content); a row is a line, and ``|`` stands between its cells."""
    return Workbook(
        [
            Sheet(
                name,
                [[cell.strip() for cell in line.split("|")] for line in content.splitlines()],
                faults or {},
            )
            for name, content in sheets
        ]
    )


def reading(content: str, answers: Answers | None = None, name: str = "Blad1") -> Understood:
    """What is understood of one sheet."""
    return understand(workbook((name, content)), answers or {})


def said(understood: Understood) -> list[tuple[str, str]]:
    """The value of each figure and its status, as they come."""
    return [
        ("" if one.value is None else f"{one.value.normalize():f}", one.status) for one in understood.entries
    ]


def keys(understood: Understood) -> list[tuple[int, str, int, str, int]]:
    """Area, statistic, population, gender and period of each figure."""
    return [(one.area, one.statistic, one.population, one.gender, one.period) for one in understood.entries]


def only(understood: Understood) -> Entry:
    """The one figure of a file in which nothing is asked and nothing is wrong."""
    assert (understood.questions, understood.problems) == ([], [])
    (entry,) = understood.entries
    return entry


def problems(understood: Understood) -> list[str]:
    """The problems as an editor reads them."""
    return [str(problem) for problem in understood.problems]


def asked(understood: Understood) -> list[str]:
    """The keys of the questions."""
    return [question.key for question in understood.questions]


# --- The published figures, as an editor would lay them out --------------------------------------


def lines(name: str) -> list[dict[str, str]]:
    """The lines of a data file."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_LABELS = {
    ("Borås", "value"): "Borås",
    ("Riket", "median"): "Median riket",
    ("Riket", "mean"): "Medelvärde riket",
    ("Riket", "share_yes"): "Median riket",
    ("Samtliga deltagande kommuner", "mean"): "Medelvärde samtliga deltagande kommuner",
}


def heading(line: dict[str, str]) -> str:
    """The heading of the column that a figure stands in on the page: ``Borås, kommunala skolor 2018``."""
    name = _LABELS[line["area"], line["statistic"]]
    whom = f", {line['population']}" if line["population"] else ""
    year, _, tertial = line["period"].partition("-T")
    return f"{name}{whom} tertial {tertial} {year}" if tertial else f"{name}{whom} {year}"


def laid_out(name: str) -> bytes:
    """A data file as a workbook: a sheet a table, titles above, the head some rows down."""
    book = openpyxl.Workbook()
    first = book.worksheets[0]
    first.title = "Läs mig"
    first.append(["Så här är arbetsboken gjord"])
    first.append(["Fråga Kim på Stadsledningskansliet om något är oklart."])
    for caption in dict.fromkeys(line["table"] for line in lines(name)):
        rows = [line for line in lines(name) if line["table"] == caption]
        sheet = book.create_sheet(caption[:31].strip())
        sheet.append(["Öppna jämförelser"])
        sheet.append([caption])
        sheet.append([])
        columns = list(dict.fromkeys(map(heading, rows)))
        sheet.append(["Nyckeltal", "Enhet", *columns, "Kommentar"])
        for title in dict.fromkeys(line["indicator"] for line in rows):
            of_row = {heading(line): line for line in rows if line["indicator"] == title}
            _append(sheet, title, [of_row.get(column) for column in columns])
        sheet.append([])
        sheet.append(["Källa: se webbplatsen. * betyder för få svar."])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _append(sheet: Worksheet, title: str, cells: Sequence[dict[str, str] | None]) -> None:
    # The title as it is spelled when somebody has typed it off the page.
    row = sheet.max_row + 1
    sheet.cell(row, 1, f" {title.replace(' ', '  ', 1)}.")
    for at, line in enumerate(cells, 3):
        if line is None:
            continue
        sheet.cell(row, 2, line["unit"])
        value, number_format = _cell(line)
        cell = sheet.cell(row, at, value)
        cell.number_format = number_format


def _cell(line: dict[str, str]) -> tuple[Any, str]:
    if not line["value"]:
        return {"too_few": "*", "missing": "–"}[line["status"]], "General"
    if line["statistic"] == "share_yes":
        return f"{line['value']} %", "General"
    if line["value_type"] == "yes_no":
        return ("Ja" if line["value"] == "1" else "Nej"), "General"
    _, _, decimals = line["value"].partition(".")
    return float(line["value"]), f"0.{'0' * len(decimals)}" if decimals else "0"


def figures_of(rows: Iterable[Any]) -> set[tuple[Any, ...]]:
    """What figures say, by names: of models and of others that have the same fields."""
    return {
        (
            row.indicator.title,
            row.area.code,
            row.statistic,
            row.population.name,
            row.gender,
            row.period,
            row.value,
            row.decimals,
            row.status,
        )
        for row in rows
    }
