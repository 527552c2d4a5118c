"""The content checks in the editor's side panel: planted faults are told, and a page without any has none."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from comparisons.desk.checks import MESSAGES, SAYS_NOTHING
from tests import factories
from tests.browser import engines
from tests.browser.writing import log_in, stream

pytestmark = pytest.mark.once

DESK = Path(settings.BASE_DIR) / "comparisons" / "static" / "comparisons" / "desk"
SOURCES = {"scb.se": ["Statistiska centralbyrån"]}
LONG_TEXT = "Skolan är bra. Barnen lär sig mycket och lärarna trivs. " * 12


@pytest.fixture(scope="module")
def blank(chromium: Browser) -> Any:
    """An empty page of this site, with the scripts' functions at hand."""
    page = chromium.new_page()
    page.route("https://jamfor.example.se/", lambda route: route.fulfill(body="<main></main>"))
    page.goto("https://jamfor.example.se/")
    page.evaluate(
        "window.checks = {}; window.wagtail = { userbar: { registerCheck: (id, f) => (checks[id] = f) } }"
    )
    for script in ("checks.js", "lix.js"):
        page.add_script_tag(path=DESK / script)
    yield page
    page.close()


def passes(blank: Page, check: str, html: str, options: Any = None) -> bool:
    """Whether the check finds nothing wrong with the first element of the HTML."""
    blank.evaluate("html => { document.body.innerHTML = html }", html)
    script = "([id, options]) => checks[id](document.body.firstElementChild, options)"
    return bool(blank.evaluate(script, [check, options]))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Läs mer", False),
        ("läs mer här …", False),
        ("» Klicka här!", False),
        ("Här.", False),
        ("https://www.skr.se/statistik", False),
        ("www.skr.se", False),
        ("skr.se/statistik", False),
        ("Läs mer om brandskydd", True),
        ("Härryda", True),
        ("skr.se", True),
        ("boras.stad@boras.se", True),
        ("Öppna jämförelser hos SKR, skr.se", True),
    ],
)
def test_a_link_text_says_something(blank: Page, text: str, says: bool) -> None:
    html = f'<a href="/x/">{text}</a>'
    assert passes(blank, "check-link-says-nothing", html, {"texts": list(SAYS_NOTHING)}) is says


@pytest.mark.parametrize(
    ("href", "text", "names"),
    [
        ("https://www.skr.se/a", "Öppna jämförelser hos SKR, skr.se", True),
        ("https://skr.se/a", "Sveriges Kommuner och Regioner", True),
        ("https://www.msb.se/", "Myndigheten för samhällsskydd och beredskap", True),
        ("https://www.scb.se/", "Statistik från Statistiska centralbyrån", True),
        ("https://www.folkhalsomyndigheten.se/", "Folkhälsomyndigheten om hälsa", True),
        ("https://www.kolada.se/", "Nyckeltal i Kolada", True),
        ("https://skr.se/a", "Öppna jämförelser", False),
        ("https://www.bra.se/", "Anmälda brott i hela landet", False),
        ("https://www.scb.se/", "Befolkning", False),
        # Not to another website.
        ("/om-siffrorna/", "Om siffrorna", True),
        ("https://jamfor.example.se/tema/", "Trygghet", True),
        ("mailto:a@skr.se", "Mejla", True),
        ("#fotnot", "Fotnot", True),
    ],
)
def test_a_link_names_its_target(blank: Page, href: str, text: str, names: bool) -> None:
    html = f'<a href="{href}">{text}</a>'
    assert passes(blank, "check-link-names-target", html, {"names": SOURCES}) is names


@pytest.mark.parametrize(
    ("inside", "has"),
    [("", False), ("<caption> <span></span></caption>", False), ("<caption>A</caption>", True)],
)
def test_a_table_has_a_caption(blank: Page, inside: str, has: bool) -> None:
    assert passes(blank, "check-table-caption-missing", f"<table>{inside}<tr><td>1</table>") is has


@pytest.mark.parametrize(
    ("text", "words", "sentences", "long"),
    [
        ("Skolan är bra. Barnen lär sig mycket!", 7, 2, 0),
        # Seven letters or more are long; soft hyphens and digits are no letters.
        ("Borås jämförelse 12345678 sjuorrd skadegörel\u00adse", 5, 1, 3),
        ("Det är t.ex. Borås, bl.a. kl. 15.06 och d.v.s. Nu.", 10, 1, 0),
        ("År 2017 var det 10,4. År 2018 var det 1\u00a0234,5 procent", 11, 2, 1),
        ("”Hej.” Sade hon? Ja … Och så", 6, 4, 0),
        ("…", 0, 0, 0),
    ],
)
def test_what_lix_is_counted_on(blank: Page, text: str, words: int, sentences: int, long: int) -> None:
    measured = blank.evaluate("text => lix.measure([text])", text)
    assert (measured["words"], measured["sentences"], measured["long"]) == (words, sentences, long)


def test_lix_and_what_it_means(blank: Page) -> None:
    # A hundred words in ten sentences, twenty of them long: 10 + 20.
    sentence = "Kommunen mäter nu hur det går för alla jämförelser här. "
    assert blank.evaluate("text => lix.measure([text]).lix", sentence * 10) == 30
    assert blank.evaluate("text => lix.measure([text]).lix", sentence * 9) is None
    # A list's items and a paragraph without a full stop each end a sentence.
    assert blank.evaluate("items => lix.measure(items).sentences", ["Ett utan punkt", "Två"]) == 2
    meanings = blank.evaluate("[29, 30, 40, 50, 60].map(lix.meaning)")
    assert len(set(meanings)) == 5
    assert meanings[2].startswith("Lagom svår")


# --- In the editor -------------------------------------------------------------------------------


@pytest.fixture
def editor(context: BrowserContext, live_server: Any) -> Page:
    log_in(context, live_server.url)
    return context.new_page()


def open_checks(editor: Page, pk: int) -> None:
    """Open the panel, and wait until it has looked at the preview."""
    editor.goto(f"/admin/pages/{pk}/edit/")
    editor.locator("[data-side-panel-toggle=checks]").click()
    expect(editor.locator("[data-text-words]")).to_have_text(re.compile(r"\d"))


def told(editor: Page) -> dict[str, list[str]]:
    """What the panel says: for each fault the words that it is about."""
    found: dict[str, list[str]] = {}
    for row in editor.locator("[data-checks-panel] [data-content-checker-row]").all():
        name = row.locator("[data-content-checker-name]").inner_text()
        found.setdefault(name, []).append(row.locator("[data-content-checker-selector-text]").inner_text())
        help_text = row.locator("[data-content-checker-help]").inner_text()
        assert (name, help_text) in MESSAGES.values()
    return found


def test_each_planted_fault_is_told(editor: Page) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown))
    text = (
        '<h3>Överhoppad nivå</h3><p>Vi jämför. <a href="https://skr.se/">Läs mer</a> eller '
        '<a href="https://skr.se/b">se alla jämförelser</a>.</p><p><b>Det här ska vara en rubrik</b></p>'
        "<p>Och det här är texten under den, som är längre än rubriken.</p>"
    )
    section = {
        "heading": "Tabellen",
        "body": [{"type": "table", "value": factories.table(shown, caption="")}],
    }
    page = factories.content_page(body=stream(("text", text), ("section", section)), search_description="Om.")
    open_checks(editor, page.pk)
    expect(editor.locator("[data-side-panel=checks] [data-content-checker-count]")).to_have_text("6")
    found = told(editor)
    assert found.pop("Tabell utan rubrik")[0].startswith("”Nyckeltal Borås 2017")
    assert found == {
        "En rubriknivå är överhoppad": ["”Överhoppad nivå”"],
        "Länktexten säger inte vart länken leder": ["”Läs mer”"],
        "Länktexten säger inte vilken webbplats den leder till": ["”Läs mer”", "”se alla jämförelser”"],
        "Fet text i stället för rubrik": ["”Det här ska vara en rubrik”"],
    }
    expect(editor.locator("[data-text-lix]")).to_have_text("–")
    expect(editor.locator("[data-text-meaning]")).to_contain_text("För lite text")


def test_a_page_without_faults_has_none_and_its_lix_is_told(editor: Page) -> None:
    shown = factories.indicator()
    factories.publish(factories.staged_figure(shown))
    link = '<a href="https://skr.se/">Öppna jämförelser hos SKR, skr.se</a>'
    text = f"<h2>Rubrik</h2><p>{LONG_TEXT}</p><p>Läs {link}.</p>"
    section = {"heading": "Tabellen", "body": [{"type": "table", "value": factories.table(shown)}]}
    page = factories.content_page(body=stream(("text", text), ("section", section)), search_description="Om.")
    open_checks(editor, page.pk)
    assert told(editor) == {}
    expect(editor.locator("[data-side-panel=checks] [data-content-checker-count]")).to_have_text("0")
    # Ten words twelve times and six after them, none of the table's; 25 sentences, 13 long words.
    expect(editor.locator("[data-text-words]")).to_have_text("126")
    expect(editor.locator("[data-text-lix]")).to_have_text("15")
    expect(editor.locator("[data-text-meaning]")).to_have_text("Mycket lätt, som en barnbok.")


@pytest.mark.engines
def test_the_panel_is_accessible_and_in_swedish(editor: Page) -> None:
    page = factories.content_page(body=stream(("text", '<p><a href="https://skr.se/">Läs mer</a></p>')))
    open_checks(editor, page.pk)
    assert told(editor)
    assert engines.axe(editor, within="[data-side-panel=checks]") == []
    words = editor.locator("[data-side-panel=checks]").inner_text()
    assert "LIX" in words
    assert not re.search(r"\b(words|reading|readability|issues|show|metrics)\b", words, re.IGNORECASE)
