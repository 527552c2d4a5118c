"""The year's figures, from a spreadsheet to the readers: pasted, mended, previewed, reviewed, published."""

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from comparisons import roles
from comparisons.models import Indicator, ThemePage
from comparisons.svenska import NARROW_NBSP, NBSP
from comparisons.terms import Statistic, ValueType
from tests import factories
from tests.browser.sheets import Sheet, SignIn
from tests.reading import soup, table, text

YEARS = ("2015", "2016", "2017")
#: The rows of the theme's table: value type, and the figures of Borås and of the country by year.
ROWS: dict[str, tuple[str, list[str], list[str]]] = {
    "Anmälda brott": (ValueType.COUNT, ["1180", "1201", "1234"], ["900", "910", "905"]),
    "Andel trygga": (ValueType.PERCENT, ["71", "70", "72"], ["75", "75", "76"]),
    "Bränder per 1 000 invånare": (ValueType.DECIMAL, ["0.5", "0.41", "0.34"], ["0.5", "0.5", "0.49"]),
    "Individanpassat brandskydd": (ValueType.YES_NO, ["0", "0", "1"], ["60", "70", "79"]),
    "Ledning": (ValueType.POINTS, ["6", "6.5", "7"], ["6.1", "6.2", "6.4"]),
    "Nöjdhet": (ValueType.INDEX, ["68", "70", "71"], ["70", "71", "71"]),
    "Väntetid i dygn": (ValueType.DECIMAL, ["12.5", "12.1", "11.9"], ["13", "13.1", "13.2"]),
}
#: What somebody copies from a spreadsheet: 2015–2017 as it is published, and the year's two new columns.
BLOCK = f"""\
1180\t900\t1{NBSP}201\t910\t1{NARROW_NBSP}234\t905\t 1 250,5 \t921
71\t75\t70\t75\t72\t76\t74 %\t77{NBSP}%
0,5\t0,5\t0,41\t0,5\t0,34\t0,49\t0,36 %\t0,48
nej\t60 %\tNEJ\t70\tJa\t79 %\tja\t..
6\t6,1\t6,5\t6,2\t7\t6,4\t11\t6,5
68\t70\t70\t71\t71\t71\t72\t*
12,5\t13\t12,1\t13,1\t11,9\t13,2\t–\t13,4
"""
SHOWN = [
    [f"1{NBSP}250", "921"],
    ["74", "77"],
    ["0,36", "0,48"],
    ["Ja", ".."],
    ["7,1", "6,5"],
    ["72", "*"],
    ["–", "13,4"],
]


@pytest.fixture
def theme() -> ThemePage:
    """A page with a table of seven indicators that follows the newest three years."""
    country = factories.country()
    figures, indicators = [], []
    for title, (value_type, own, others) in ROWS.items():
        made = factories.indicator(title, value_type=value_type)
        indicators.append(made)
        is_answer = value_type == ValueType.YES_NO
        statistic = Statistic.SHARE_YES if is_answer else Statistic.MEDIAN
        for year, mine, theirs in zip(YEARS, own, others, strict=True):
            figures.append(factories.staged_figure(made, mine, year))
            figures.append(factories.staged_figure(made, theirs, year, of_area=country, statistic=statistic))
    factories.publish(*figures)
    shown = factories.table(*indicators)
    against = {
        "area": country.pk,
        "statistic": Statistic.MEDIAN,
        "population": None,
        "gender": "T",
        "label": "",
    }
    shown["columns"][0]["value"] |= {"number": 3, "comparisons": [against]}
    return factories.theme_page(tables=[shown])


def table_sheet(theme: ThemePage) -> str:
    (section,) = theme.results
    return reverse("figures:table", args=[theme.pk, section.value["body"][0].id])


def main(page: Page, path: str) -> str:
    """What a reader finds on a page, without what differs from visit to visit."""
    page.goto(path)
    return text(soup(page.content()).select("main")[0])


def test_a_years_figures_are_pasted_mended_previewed_reviewed_and_read(
    sign_in: SignIn, context: BrowserContext, theme: ThemePage
) -> None:
    reader = context.new_page()
    indicator = Indicator.objects.get(title="Bränder per 1 000 invånare")
    paths = (theme.url, indicator.get_absolute_url())
    before = [main(reader, path) for path in paths]
    desk = sign_in(factories.user(roles.COMMUNICATOR, first_name="Kim", last_name="Ek"))

    # Pasted: three cells are wrong, each with a sentence.
    desk.goto("/admin/")
    desk.get_by_role("link", name="Siffror", exact=True).click()
    desk.get_by_role("link", name="Anmälda brott").click()
    sheet = Sheet(desk, table_sheet(theme))
    heads = [head.split(" ny")[0] for head in desk.locator("#sheet thead th").all_text_contents()]
    assert heads == [
        "Nyckeltal",
        *(f"{who} {year}" for year in (*YEARS, "2018") for who in ("Borås", "Riket")),
    ]
    sheet.cell("Anmälda brott", "Borås 2015").click()
    sheet.paste(BLOCK)
    expect(sheet.problems.get_by_role("listitem")).to_have_text(
        [
            f"Anmälda brott, Borås 20181{NBSP}250,5 har decimaler. Skriv ett helt tal.",
            f"Bränder per 1{NBSP}000 invånare, Borås 2018Nyckeltalet räknas inte i procent. "
            "Skriv talet utan procenttecken, i den enhet det har.",
            "Ledning, Borås 201811 ligger utanför skalan. Skriv ett värde på skalan 1–10.",
        ]
    )
    expect(desk.locator("#sheet [aria-invalid=true]")).to_have_count(3)
    assert sheet.cell("Anmälda brott", "Riket 2018").text_content() == "921"
    expect(sheet.count).to_contain_text("14 ändrade rutor")
    sheet.save()
    expect(sheet.message).to_have_text("Inget är sparat. 3 rutor behöver rättas.")

    # Mended: the list leads to each of them.
    for number, mended in enumerate(("1 250", "0,36", "7,1")):
        expect(sheet.problems.get_by_role("listitem")).to_have_count(3 - number)
        sheet.problems.get_by_role("button").first.click()
        sheet.keys.type(mended)
        sheet.press("Enter")
    expect(sheet.problems).to_be_hidden()
    assert sheet.come_to(SHOWN, last=2) == SHOWN
    sheet.save_well()
    assert [row[-2:] for row in sheet.rows()] == SHOWN
    assert [main(reader, path) for path in paths] == before

    # Previewed and submitted.
    desk.locator(".messages").get_by_role("link", name="Granska och skicka").click()
    release = desk.url
    desk.get_by_role("link", name=f"Så kommer {theme.title} att se ut").click()
    preview = table(desk.content())
    assert preview.cell("Anmälda brott", "Borås 2018") == f"1{NBSP}250"
    assert preview.cell("Andel trygga", "Riket 2018").startswith("77")
    desk.goto(release)
    desk.get_by_role("button", name="Skicka för granskning").click()
    expect(desk.locator(".messages")).to_contain_text("Skickad för granskning")
    assert [main(reader, path) for path in paths] == before

    # Reviewed: she reads what changes, and approves.
    review = sign_in(factories.user(roles.REVIEWER))
    review.goto(release)
    changes = review.locator("table.listing tbody tr")
    expect(changes).to_have_count(14)
    expect(changes.filter(has_text="Anmälda brott, Borås 2018")).to_contain_text(f"1{NBSP}250")
    expect(changes.filter(has_text="Väntetid i dygn, Borås 2018")).to_contain_text("– saknas")
    review.get_by_role("button", name="Godkänn och publicera").click()
    expect(review.locator(".messages")).to_contain_text("godkänd och publicerad")

    # Read.
    reader.goto(theme.url)
    read = table(reader.content())
    assert read.cell("Anmälda brott", "Borås 2018") == f"1{NBSP}250"
    assert read.cell("Individanpassat brandskydd", "Borås 2018") == "Ja"
    assert read.cell("Individanpassat brandskydd", "Riket 2018").startswith("..")
    assert "0,36" in main(reader, paths[1])
