"""A communicator's main errands, from the login to what a reader sees."""

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from boras_site.accounts.models import User
from comparisons.models import ThemePage
from tests.browser.pages import FOUNDING
from tests.browser.sheets import SignIn
from tests.reading import tables

CRIMES = "Antal anmälda våldsbrott per 1 000 invånare"
#: As a reader finds it, with numbers that do not break.
SHOWN = CRIMES.replace("1 000", "1\u00a0000")
CAPTION = "Våldsbrott, stöld och skadegörelse"


def field(page: Page, label: str) -> Locator:
    """The text field with the label, which ends with a star when it must be filled in."""
    return page.get_by_role("textbox", name=re.compile(rf"^{label}\s*\*?$"))


@pytest.fixture
def desk(page: Page, demo: dict[str, str]) -> Page:
    """The admin's first screen, after a login through its form."""
    # What the editor sends as it closes would reach a database that is being emptied.
    page.add_init_script("navigator.sendBeacon = () => true")
    page.goto("/admin/")
    field(page, "Användarnamn").fill("kommunikator")
    page.locator("[name=password]").fill(demo["kommunikator"])
    page.get_by_role("button", name="Logga in").click()
    expect(page).to_have_title(re.compile("Arbetslista"))
    return page


@pytest.fixture
def reader(chromium, live_server) -> Page:
    """A tab of somebody else, who is not logged in."""
    context: BrowserContext = chromium.new_context(base_url=live_server.url)
    yield context.new_page()
    context.close()


@pytest.fixture
def reviewer(sign_in: SignIn, demo: dict[str, str]) -> Page:
    """A tab in which the reviewer is logged in."""
    return sign_in(User.objects.get(username="granskare"))


def open_indicator(desk: Page) -> None:
    desk.get_by_role("link", name="Nyckeltal", exact=True).click()
    desk.get_by_role("link", name=CRIMES, exact=True).click()
    expect(desk.get_by_role("heading", name=CRIMES).first).to_be_visible()


def open_theme(desk: Page) -> None:
    """The edit screen of the founding page."""
    theme = ThemePage.objects.get(slug="trygghet-och-sakerhet")
    desk.goto(f"/admin/pages/{theme.pk}/edit/")
    expect(desk.get_by_role("button", name="Välj flera nyckeltal").first).to_be_visible()


def submit_and_approve(desk: Page, reviewer: Page) -> None:
    """The communicator's large button, and then the reviewer's on the same screen."""
    screen = desk.url
    desk.get_by_role("button", name="Skicka för granskning", exact=True).click()
    expect(message(desk)).to_contain_text("granskning")
    reviewer.goto(screen)
    reviewer.get_by_role("button", name="Godkänn och publicera", exact=True).click()
    expect(message(reviewer)).to_contain_text(re.compile("publicera[dt]"))


def message(desk: Page) -> Locator:
    return desk.locator(".messages")


def cell(reader: Page, row: str, column: str) -> str:
    reader.goto(FOUNDING)
    return tables(reader.content())[CAPTION].cell(row, column)


def test_a_figure_is_corrected_reviewed_and_read(desk: Page, reader: Page, reviewer: Page) -> None:
    open_indicator(desk)
    desk.get_by_role("link", name="Ändra siffror").click()
    grid = desk.get_by_role("grid")
    expect(grid.locator("[tabindex='0']")).to_have_count(1)  # the script is at work
    row = grid.get_by_role("row", name=re.compile("^2017"))
    own = row.get_by_role("gridcell").first
    expect(own).to_have_text("10,4")
    own.click()
    desk.keyboard.type("1.234")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("region", name="Att ta ställning till")).to_contain_text(
        "Skriv decimaler med komma: 1,234."
    )
    own.click()
    desk.keyboard.type("10,6")
    desk.keyboard.press("Enter")
    field(desk, "Anledning").fill("Brå har rättat siffran.")
    desk.get_by_role("button", name="Spara utkast").click()
    expect(message(desk)).to_contain_text("Inget är publicerat än.")
    message(desk).get_by_role("link", name="Granska och skicka").click()
    desk.get_by_role("button", name="Skicka för granskning").click()
    expect(message(desk)).to_contain_text("Skickad för granskning.")
    assert cell(reader, SHOWN, "Borås 2017") == "10,4"
    reviewer.goto(desk.url)
    expect(reviewer.get_by_role("row", name=re.compile("Borås 2017"))).to_contain_text("10,6")
    reviewer.get_by_role("button", name="Godkänn och publicera").click()
    expect(message(reviewer)).to_contain_text("godkänd och publicerad")
    assert cell(reader, SHOWN, "Borås 2017") == "10,6"
    assert cell(reader, SHOWN, "Borås 2016") == "10,3"


def test_a_title_is_changed_reviewed_and_read(desk: Page, reader: Page, reviewer: Page) -> None:
    open_indicator(desk)
    field(desk, "Namn").fill("Våldsbrott som anmälts")
    submit_and_approve(desk, reviewer)
    assert cell(reader, "Våldsbrott som anmälts", "Borås 2017") == "10,4"


def test_a_text_is_changed_reviewed_and_read(desk: Page, reader: Page, reviewer: Page) -> None:
    open_theme(desk)
    heading = field(desk, "Rubrik").first
    expect(heading).to_have_value("Brandskyddsarbete")
    heading.fill("Så skyddar vi oss mot brand")
    text = desk.locator("[data-contentpath=introduction] [contenteditable=true]")
    text.click()
    desk.keyboard.press("Control+Home")
    desk.keyboard.type("Nytt i år: ")
    expect(desk.locator("[name=introduction]")).to_have_value(re.compile("Nytt i år: "))
    submit_and_approve(desk, reviewer)
    reader.goto(FOUNDING)
    expect(reader.get_by_role("heading", name="Så skyddar vi oss mot brand")).to_be_visible()
    expect(reader.locator("main")).to_contain_text("Nytt i år: ")


def test_many_indicators_are_added_to_a_table_at_once(desk: Page, reader: Page, reviewer: Page) -> None:
    open_theme(desk)
    desk.get_by_role("button", name="Välj flera nyckeltal").nth(1).click()
    chosen = ["NKI, brandskydd", "NKI, bygglov", "NKI, serveringstillstånd"]
    chooser = desk.get_by_role("dialog")
    for title in chosen:
        chooser.get_by_role("checkbox", name=title, exact=False).check()
    chooser.get_by_role("button", name="Bekräfta val").click()
    expect(chooser).to_be_hidden()
    submit_and_approve(desk, reviewer)
    reader.goto(FOUNDING)
    rows = list(tables(reader.content())[CAPTION].rows)
    assert rows[-3:] == chosen and SHOWN in rows
