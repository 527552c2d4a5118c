"""The demo: every published figure stands in its row and column, and building is safe to repeat."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from boras_site.demo import build
from tests.factories import home_page
from tests.reading import tables, texts

NBSP = "\u00a0"
DATA = Path(settings.BASE_DIR) / "boras_site" / "demo" / "data"
FOUNDING = "/oppna-jamforelser/trygghet-och-sakerhet/"
ADDRESSES = {
    "trygghet_2017": FOUNDING,
    "grundskola_2018": "/oppna-jamforelser/grundskola/",
    "aldreomsorg_2022": "/oppna-jamforelser/vard-och-omsorg-om-aldre/",
    "foretagsklimat_2019": "/oppna-jamforelser/foretagsklimat/",
}

#: The heads of each table's columns, as (area, statistic, population, period) of the files.
SAFETY = {
    ("Borås", "value", "", "2016"): "Borås 2016",
    ("Borås", "value", "", "2017"): "Borås 2017",
    ("Riket", "median", "", "2017"): "Median riket 2017",
}
COLUMNS = {
    # Shares beside a median: the head names neither, the cells do.
    "Brandförebyggande arbete": SAFETY
    | {
        ("Riket", "median", "", "2017"): "Riket 2017",
        ("Riket", "share_yes", "", "2017"): "Riket 2017",
    },
    "Våldsbrott, stöld och skadegörelse": SAFETY,
    "Krisberedskap": SAFETY,
    "Betygsresultat i årskurs 9": {
        ("Borås", "value", "kommunala skolor", "2018"): "Borås, kommunala skolor 2018",
        ("Borås", "value", "alla skolor", "2018"): "Borås, alla skolor 2018",
        ("Riket", "mean", "alla skolor", "2018"): "Medelvärde riket, alla skolor 2018",
        ("Borås", "value", "kommunala skolor", "2017"): "Borås, kommunala skolor 2017",
        ("Riket", "mean", "alla skolor", "2017"): "Medelvärde riket, alla skolor 2017",
        ("Borås", "value", "kommunala skolor", "2016"): "Borås, kommunala skolor 2016",
        ("Riket", "mean", "alla skolor", "2016"): "Medelvärde riket, alla skolor 2016",
    },
    "Vård och omsorg om äldre 2022, ett urval": {
        ("Borås", "value", "", "2021"): "Borås 2021",
        ("Borås", "value", "", "2022"): "Borås 2022",
        ("Riket", "mean", "", "2022"): "Medelvärde riket 2022",
    },
    "Nöjd kund-index (NKI) efter myndighetsområde": {
        ("Borås", "value", "", "2018"): "Borås 2018",
        ("Borås", "value", "", "2019-T1"): "Borås tertial 1 2019",
        ("Borås", "value", "", "2019-T2"): "Borås tertial 2 2019",
        ("Borås", "value", "", "2019-T3"): "Borås tertial 3 2019",
        ("Borås", "value", "", "2019"): "Borås 2019",
        (
            "Samtliga deltagande kommuner",
            "mean",
            "",
            "2019",
        ): "Medelvärde samtliga deltagande kommuner 2019",
    },
}
#: The column of words that a table may end with.
STANDING = {"Borås mot riket", "Borås mot samtliga deltagande kommuner"}


def lines(file: str) -> list[dict[str, str]]:
    with (DATA / f"{file}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def title_of(line: dict[str, str]) -> str:
    return line["indicator"].replace("1 000", f"1{NBSP}000")


def text_of(line: dict[str, str]) -> str:
    if line["status"]:
        return {"missing": "– saknas", "too_few": "* för få svar"}[line["status"]]
    if line["statistic"] == "share_yes":
        return f"{line['value']}{NBSP}% av kommunerna"
    if line["value_type"] == "yes_no":
        return {"1": "Ja", "0": "Nej"}[line["value"]]
    number = line["value"].replace(".", ",")
    mixed = line["table"] == "Brandförebyggande arbete" and line["statistic"] == "median"
    return f"{number} median" if mixed else number


def head_of(line: dict[str, str]) -> str:
    return COLUMNS[line["table"]][line["area"], line["statistic"], line["population"], line["period"]]


FIGURES = [
    pytest.param(file, line, id=f"{line['table']}/{line['row']}/{head_of(line)}")
    for file in ADDRESSES
    for line in lines(file)
]


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """The theme pages' HTML by data file; the demo they were served from is gone again."""
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                build.build()
                found = {file: Client().get(address) for file, address in ADDRESSES.items()}
                transaction.set_rollback(True)
        finally:
            cache.clear()
    assert {page.status_code for page in found.values()} == {200}
    return {file: page.content for file, page in found.items()}


@pytest.mark.parametrize(("file", "line"), FIGURES)
def test_every_published_figure_stands_in_its_row_and_column(pages, file, line):
    assert tables(pages[file])[line["table"]].cell(title_of(line), head_of(line)) == text_of(line)


@pytest.mark.parametrize("file", ADDRESSES)
def test_rows_and_columns_are_those_of_the_published_tables_in_their_order(pages, file):
    found = tables(pages[file])
    published = lines(file)
    assert list(found) == list(dict.fromkeys(line["table"] for line in published))
    for caption, table in found.items():
        own = [line for line in published if line["table"] == caption]
        assert list(table.rows) == list(dict.fromkeys(title_of(line) for line in own))
        figures = [head for head in table.columns if head not in STANDING]
        assert figures == list(dict.fromkeys(COLUMNS[caption].values()))


@pytest.mark.parametrize(
    ("file", "cells", "missing"),
    [
        ("trygghet_2017", 24, 2),
        ("grundskola_2018", 21, 0),
        ("aldreomsorg_2022", 12, 0),
        ("foretagsklimat_2019", 36, 6),
    ],
)
def test_no_cell_is_left_over(pages, file, cells, missing):
    found = [
        text
        for table in tables(pages[file]).values()
        for row in table.rows.values()
        for head, text in zip(table.columns, row, strict=True)
        if head not in STANDING
    ]
    assert (len(found), sum(text.startswith(("–", "*")) for text in found)) == (cells, missing)
    assert cells == len(lines(file))


def test_the_founding_page_is_complete_in_every_part(pages):
    html = pages["trygghet_2017"]
    assert texts(html, "h1") == ["Öppna jämförelser Trygghet och säkerhet"]
    assert texts(html, "main h2") == [
        "2017 i tre siffror",
        "Borås Stads resultat",
        "Vad gör Borås Stad för att förbättra?",
        "Länkar till andra webbplatser",
        "Källor",
        "Om sidan",
        "Hjälpte sidan dig?",
        "Dela sidan",
    ]
    assert texts(html, "section h3:not(.figure h3)") == [
        "Brandskyddsarbete",
        "Våldsbrott, stöld och skadegörelse",
        "Krisberedskap",
        "Ny överenskommelse med polisen",
        "Trygga platser",
        "Stöd till unga",
    ]
    assert texts(html, ".figure .number") == ["0,34", "10,4", "8 av 10"]
    assert texts(html, "#om-sidan + dl dd") == ["1 mars 2018 kl. 15.06", "Stadsledningskansliet"]


# --- The command ---------------------------------------------------------------------------------


def everything() -> dict[str, list[tuple]]:
    """Every row of every table."""
    models = apps.get_models(include_auto_created=True)
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in models
        if model._meta.managed and not model._meta.proxy
    }


def run(capsys) -> str:
    call_command("build_demo")
    return capsys.readouterr().out


@pytest.mark.django_db
def test_building_twice_changes_nothing(settings, capsys):
    settings.DEBUG = True
    first = run(capsys)
    before = everything()
    second = run(capsys)
    assert everything() == before
    assert len(before["comparisons.Observation"]) == 93
    for user in ("kommunikator", "granskare", "admin"):
        assert f"{user} / boras-demo" in first
        assert f"{user} / boras-demo" in second


@pytest.mark.django_db
def test_a_production_site_with_content_is_left_alone(settings):
    settings.DEBUG = False
    home_page()
    before = everything()
    with pytest.raises(CommandError, match="redan innehåll"):
        call_command("build_demo")
    assert everything() == before


@pytest.mark.django_db
def test_an_empty_production_site_gets_passwords_that_nobody_knows(settings, capsys):
    settings.DEBUG = False
    printed = dict(line.split(": ")[1].split(" / ") for line in run(capsys).splitlines() if " / " in line)
    assert set(printed) == {"kommunikator", "granskare", "admin"}
    assert len(set(printed.values())) == 3
    for name, password in printed.items():
        assert len(password) >= 12
        assert authenticate(username=name, password=password) is not None
        assert authenticate(username=name, password="boras-demo") is None


@pytest.mark.django_db
def test_somebody_who_is_there_already_keeps_her_password(settings, capsys):
    settings.DEBUG = False
    get_user_model().objects.create_superuser("admin", password="min egen hemlighet")
    out = run(capsys)
    assert authenticate(username="admin", password="min egen hemlighet") is not None
    assert "kommunikator / " in out and "admin / " not in out


@pytest.mark.django_db
def test_the_three_users_have_their_roles():
    build.build()
    User = get_user_model()
    assert {user.username: [g.name for g in user.groups.all()] for user in User.objects.all()} == {
        "kommunikator": ["Kommunikatör"],
        "granskare": ["Granskare"],
        "admin": [],
    }
    assert User.objects.get(is_superuser=True).username == "admin"


# --- About the site ------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("days", [0, -2000])
def test_the_site_tells_of_itself_whatever_the_clock_says(client, monkeypatch, days):
    today = timezone.localdate() + timedelta(days=days)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: today)
    build.build()
    statement = client.get("/tillganglighetsredogorelse/").content
    assert "Den här webbplatsen är helt förenlig med lagen" in " ".join(texts(statement, "main p"))
    assert texts(client.get("/om-webbplatsen/").content, "h1") == ["Om webbplatsen"]
    assert texts(client.get("/").content, "footer li") == [
        "boras.stad@boras.se",
        "033-35 70 00",
        "Tillgänglighetsredogörelse",
        "Rapportera brist",
        "Alla nyckeltal",
        "Öppna jämförelser",
        "Så läser du siffrorna",
        "Om webbplatsen",
    ]
