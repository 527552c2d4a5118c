"""A theme that nobody has shown us is made with the admin's own forms, and no change of code."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from comparisons.models import Area, Indicator, Population, Release, Source, ThemePage
from comparisons.svenska import MINUS, NBSP
from tests import factories, sheets
from tests.reading import ReadTable, tables, texts

pytestmark = pytest.mark.django_db

AREAS = {
    "Borås": ("1490", "municipality"),
    "Mölndal": ("1481", "municipality"),
    "Riket": ("0000", "country"),
    "Liknande kommuner, kultur": ("G9", "group"),
}
IN_TEXT = {"Riket": "riket", "Liknande kommuner, kultur": "liknande kommuner, kultur"}
#: Indicators by title: value type, unit, lowest and highest value, direction.
INDICATORS = {
    "Besök på bibliotek": ("decimal", "antal per invånare", "", "", "higher_better"),
    "Kulturskolan är avgiftsfri": ("yes_no", "", "", "", "none"),
    "Barn som låntagare": ("percent", "", "", "", "higher_better"),
    "Utbud för unga": ("points", "poäng", "0", "20", "higher_better"),
    "Förändring av kostnaden": ("index", "", "", "", "undecided"),
}
SENIORS = "personer över 65 år"

#: The heads of the columns, and the form of each column beside ``factories.column``'s own.
COLUMNS: dict[str, dict[str, Any]] = {
    "Borås 2022": {"area": "Borås", "period": "2022"},
    "Borås 2024": {"area": "Borås", "period": "2024"},
    "Mölndal 2024": {"area": "Mölndal", "period": "2024"},
    "Riket 2024": {"area": "Riket", "period": "2024", "statistic": "median"},
    "Snitt i gruppen": {
        "area": "Liknande kommuner, kultur",
        "period": "2024",
        "statistic": "mean",
        "label": "Snitt i gruppen",
    },
    "Borås, kvinnor 2024": {"area": "Borås", "period": "2024", "gender": "K"},
    f"Borås, {SENIORS} 2024": {"area": "Borås", "period": "2024", "population": SENIORS},
}
#: Each cell as it is typed into the sheet of figures, and as a reader finds it. Beside a share, what else
#: stands in the column says which statistic it is.
CELLS: dict[str, list[tuple[str, str]]] = {
    "Besök på bibliotek": [
        ("5,1", "5,1"),
        ("4,96", "4,96"),
        ("1 234,5", f"1{NBSP}234,5"),
        ("0", "0 median"),
        ("6,0", "6,0"),
        ("5,50", "5,50"),
        ("7", "7"),
    ],
    "Kulturskolan är avgiftsfri": [
        ("Nej", "Nej"),
        ("Ja", "Ja"),
        ("Nej", "Nej"),
        ("33 %", f"33{NBSP}% av kommunerna"),
        ("66,7", f"66,7{NBSP}% av kommunerna"),
        ("", "– saknas"),
        ("", "– saknas"),
    ],
    "Barn som låntagare": [
        ("71", "71"),
        ("73 %", "73"),
        ("..", ".. sekretess"),
        ("70", "70 median"),
        ("69,5", "69,5"),
        ("*", "* för få svar"),
        (".", ". inte tillämpligt"),
    ],
    "Utbud för unga": [
        ("20", "20"),
        ("2023: 18", "18 (2023)"),
        ("0", "0"),
        ("12", "12 median"),
        ("11,5", "11,5"),
        ("inte tillfrågad", "– inte tillfrågad"),
        ("", "– saknas"),
    ],
    "Förändring av kostnaden": [
        ("−2,5", f"{MINUS}2,5"),
        ("-0,5", f"{MINUS}0,5"),
        ("101", "101"),
        ("100", "100 median"),
        ("99", "99"),
        ("", "– saknas"),
        ("", "– saknas"),
    ],
}


def add(reviewer: Client, model: str, **fields: Any) -> None:
    """Fill in the form of a new snippet and publish it."""
    url = reverse(f"wagtailsnippets_comparisons_{model}:add")
    response = reviewer.post(url, fields | {"action-publish": "1"})
    assert response.status_code == 302, response.context["form"].errors


def add_figures(reviewer: Client, of: Indicator, typed: list[tuple[dict[str, Any], str]]) -> None:
    """Write the figures into the sheet of an indicator, save them as a draft, and publish it.

    ``2023: 18`` is written where the column says another year.
    """
    cells = []
    for column, text in typed:
        period, _, figure = text.rpartition(": ")
        statistic = column.get("statistic", "value")
        key = sheets.cell(
            of,
            period or column["period"],
            of_area=Area.objects.get(name=column["area"]),
            statistic="share_yes" if of.value_type == "yes_no" and statistic != "value" else statistic,
            urval=Population.objects.get(name=column["population"]) if "population" in column else None,
            gender=column.get("gender", "T"),
        )
        if figure:
            cells.append({"key": key, "text": figure, "token": "0", "overruled": "Så står det i källan."})
    understood = json.loads(sheets.post(reviewer, "check", {"cells": cells}).content)["cells"]
    for cell in cells:
        cell["text"] = understood[cell["key"]]["text"]
    saved = sheets.post(reviewer, "save", {"cells": cells, "title": str(of), "reason": ""})
    assert saved.status_code == 200, saved.content.decode()
    reviewer.post(json.loads(saved.content)["url"], {"step": "publish"})
    assert not Release.objects.exclude(state=Release.State.PUBLISHED).exists()


@pytest.fixture
def indicators(reviewer: Client) -> dict[str, Indicator]:
    """Everything that figures are about, and the figures, all made by a reviewer in the admin."""
    add(reviewer, "source", producer="Myndigheten för kulturanalys")
    for name, (code, kind) in AREAS.items():
        add(reviewer, "area", name=name, code=code, kind=kind, name_in_text=IN_TEXT.get(name, ""))
    add(reviewer, "population", name=SENIORS)
    for title, (kind, unit, low, high, polarity) in INDICATORS.items():
        add(
            reviewer,
            "indicator",
            title=title,
            definition=rich_text("<p>Räknas en gång om året.</p>"),
            value_type=kind,
            unit=unit,
            scale_min=low,
            scale_max=high,
            polarity=polarity,
            comparative="auto",
            period_basis="calendar",
            processing="raw",
            source=Source.objects.get().pk,
        )
    made = {title: Indicator.objects.get(title=title, live=True) for title in INDICATORS}
    for title, cells in CELLS.items():
        typed = (text for text, _ in cells)
        add_figures(reviewer, made[title], list(zip(COLUMNS.values(), typed, strict=True)))
    return made


def stream_list(items: list[Any]) -> dict[str, Any]:
    """The form of a list in a stream: like ``streamfield``, without block types."""
    listed: dict[str, Any] = {
        str(number): {"value": item, "deleted": "", "order": str(number)} for number, item in enumerate(items)
    }
    return listed | {"count": str(len(items))}


def table_form(caption: str, rows: list[Any], columns: tuple[str, Any]) -> dict[str, Any]:
    return {
        "caption": caption,
        "rows": stream_list(rows),
        "columns": streamfield([columns]),
        "allow_earlier": "on",
        "note": "",
    }


def publish_theme(reviewer: Client, *tables_: dict[str, Any]) -> ThemePage:
    """Fill in the form of a new theme page, with a section of the tables, and publish it."""
    section = {
        "heading": "Bibliotek och kulturskola",
        "body": streamfield(
            [
                ("text", rich_text("<p>Vi lånar <b>mer</b>.</p>")),
                *(("table", made) for made in tables_),
            ]
        ),
    }
    form = nested_form_data(
        {
            "title": "Kultur och fritid",
            "slug": "kultur-och-fritid",
            "edition_year": "2024",
            "summary": "Bibliotek, kulturskola och fritid.",
            "weave": "satin",
            "introduction": rich_text("<p>Så mycket kultur finns det.</p>"),
            "key_figures": streamfield([]),
            "results_introduction": rich_text(""),
            "results": streamfield([("section", section)]),
            "improvements": streamfield([]),
            "links": streamfield([("link", {"text": "Kulturanalys", "url": "https://kulturanalys.se/"})]),
            "about_figures": rich_text(""),
            "responsible_unit": "Fritids- och folkhälsoförvaltningen",
            "comments": inline_formset([]),
            "action-publish": "1",
        }
    )
    url = reverse("wagtailadmin_pages:add", args=["comparisons", "themepage", factories.index_page().pk])
    response = reviewer.post(url, form)
    assert response.status_code == 302, response.context["form"].errors
    return ThemePage.objects.live().get()


def read(page: ThemePage, caption: str) -> ReadTable:
    return tables(Client().get(page.url).content)[caption]


def column_form(**column: Any) -> dict[str, Any]:
    population = column.get("population")
    return (
        {"statistic": "value", "gender": "T", "label": ""}
        | column
        | {
            "area": str(Area.objects.get(name=column["area"]).pk),
            "population": str(Population.objects.get(name=population).pk) if population else "",
        }
    )


def test_every_figure_of_a_new_theme_stands_in_its_row_and_column(
    reviewer: Client, indicators: dict[str, Indicator]
) -> None:
    rows = [{"indicator": str(made.pk), "label": "", "footnote": ""} for made in indicators.values()]
    rows[0] |= {"footnote": "Även digitala besök."}
    by_hand = stream_list([column_form(**column) for column in COLUMNS.values()])
    page = publish_theme(reviewer, table_form("Så mycket kultur", rows, ("by_hand", by_hand)))
    table = read(page, "Så mycket kultur")
    assert table.columns == list(COLUMNS)
    assert table.rows == {title: [shown for _, shown in cells] for title, cells in CELLS.items()}
    html = Client().get(page.url).content
    assert texts(html, "h1") == ["Öppna jämförelser Kultur och fritid"]
    assert texts(html, ".footnotes li") == ["Även digitala besök."]
    assert "Källa: Myndigheten för kulturanalys." in " ".join(texts(html, ".table-block > p"))


def test_the_last_periods_of_a_new_theme_follow_its_figures(
    reviewer: Client, indicators: dict[str, Indicator]
) -> None:
    visits = indicators["Besök på bibliotek"]
    against = column_form(area="Liknande kommuner, kultur", statistic="mean")
    latest = {"number": "2", "population": "", "gender": "T", "comparisons": stream_list([against])}
    row = {"indicator": str(visits.pk), "label": "Besök", "footnote": ""}
    page = publish_theme(reviewer, table_form("Över tid", [row], ("latest", latest)))
    group = "Medelvärde liknande kommuner, kultur"
    heads = [head for head in read(page, "Över tid").columns if "mot" not in head]
    assert heads == ["Borås 2022", "Borås 2024", f"{group} 2024"]
    add_figures(reviewer, visits, [({"area": "Borås", "period": "2025-T1"}, "1,7")])
    table = read(page, "Över tid")
    assert table.columns[:3] == ["Borås 2024", "Borås tertial 1 2025", f"{group} tertial 1 2025"]
    assert table.rows["Besök"][:3] == ["4,96", "1,7", "– saknas"]


def test_a_theme_with_an_unpublished_indicator_or_a_period_that_is_none_is_not_published(
    reviewer: Client, indicators: dict[str, Indicator]
) -> None:
    indicators["Utbud för unga"].unpublish()
    row = {"indicator": str(indicators["Utbud för unga"].pk), "label": "", "footnote": ""}
    column = column_form(area="Borås", period="2024-13")
    with pytest.raises(AssertionError):
        publish_theme(reviewer, table_form("Trasig", [row], ("by_hand", stream_list([column]))))
    assert not ThemePage.objects.exists()
