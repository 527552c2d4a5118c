"""What is pasted into a page's texts, and what is then stored, in a real browser with a real clipboard."""

import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import BrowserContext, Page, expect

from boras_site.models import ContentPage
from tests import factories
from tests.browser.writing import draft, log_in, paste, rich_text, stream

pytestmark = pytest.mark.once

SOURCES = Path(__file__).parent / "pasted"
ALLOWED = {"p", "b", "a", "ul", "ol", "li", "br", "h2", "h3"}
KEY = re.compile(r' data-block-key="[^"]*"')


@pytest.fixture
def edited(context: BrowserContext, live_server: Any) -> ContentPage:
    """A text page with one empty text and one section."""
    log_in(context, live_server.url)
    section = {"heading": "Avsnitt", "body": []}
    body = stream(("text", "<p>Före.</p>"), ("section", section))
    return factories.content_page(introduction="<p>Ingress.</p>", body=body)


def open_form(page: Page, edited: ContentPage) -> None:
    page.goto(f"/admin/pages/{edited.pk}/edit/")
    expect(rich_text(page, "body")).to_be_visible()


def save(page: Page) -> None:
    """Save the draft, and wait until the answer is there."""
    page.get_by_role("button", name="Fler åtgärder").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Spara utkast").click()
    expect(page.locator(".messages")).to_be_visible()


def pasted(page: Page, edited: ContentPage, source: str, path: str = "body") -> str:
    """What is stored when the file is pasted after ``Före.``, without the paragraphs' keys."""
    open_form(page, edited)
    editor = rich_text(page, path)
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    paste(page, editor, html=(SOURCES / source).read_text(encoding="utf-8"), text="Bara text")
    # Draftail writes its field a moment after the last change.
    expect(editor).not_to_contain_text("Bara text")
    page.wait_for_timeout(500)
    save(page)
    saved = draft(edited)
    return KEY.sub("", str(saved.body[0].value.source if path == "body" else saved.introduction))


def assert_clean(html: str, allowed: set[str]) -> None:
    soup = BeautifulSoup(html, "html.parser")
    assert {tag.name for tag in soup.find_all()} <= allowed
    assert {name for tag in soup.find_all() for name in tag.attrs} <= {"href"}
    assert all(tag.get_text(strip=True) for tag in soup.find_all(["p", "li", "h2", "h3", "b", "a"]))
    assert not re.search(r"  |\u00a0\u00a0| \u00a0|\u00a0 |[\u200b\ufeff\t\uf0b7]", soup.get_text())
    assert "mso" not in html.lower() and "file:" not in html


def test_word(page: Page, edited: ContentPage) -> None:
    html = pasted(page, edited, "word.html")
    assert_clean(html, ALLOWED)
    assert html == (
        "<p>Före.</p>"
        "<h2>Trygghet i Borås</h2>"
        "<p>Så mår staden: ”tryggt” säger många. Det kostar 1\u00a0234\u00a0kronor.</p>"
        "<h3>Så gör vi</h3>"
        "<ul><li>Fler vuxna ute<ul><li>på helger</li></ul></li><li>Bättre ljus</li></ul>"
        "<p>Så här går det till:</p>"
        "<ol><li>Mät</li><li>Åtgärda</li></ol>"
        "<ul><li>Bock<ol><li>Bokstav</li><li>Till</li></ol></li></ul>"
        "<p>Och till sist:</p><ol><li>Nummer</li></ol>"
        "<p>Det är <b>bra</b>. Rött och "
        '<a href="https://www.bra.se/statistik">statistik hos Brå, bra.se</a>, filen och bokmärket.</p>'
        "<p>År; Antal</p><p>2017; 10,4</p>"
    )


def test_word_in_a_short_text(page: Page, edited: ContentPage) -> None:
    """A text without lists and headings gets their words as paragraphs."""
    html = pasted(page, edited, "word.html", "introduction")
    assert_clean(html, {"p", "b", "a"})
    assert "<p>Trygghet i Borås</p>" in html and "<p>på helger</p>" in html


def test_libreoffice_and_a_letter_in_a_table(page: Page, edited: ContentPage) -> None:
    html = pasted(page, edited, "libreoffice.html")
    assert_clean(html, ALLOWED)
    assert html == (
        "<p>Före.</p><h2>Äldre</h2><p>Ett stycke med tabb.</p>"
        "<ul><li>Punkt ett</li><li>Punkt två<br/>i två stycken<ul><li>Under två</li></ul></li></ul>"
        "<p>Hela brevet ligger i en tabell.</p><p>Med två stycken.</p>"
    )


def test_web_pages(page: Page, edited: ContentPage) -> None:
    html = pasted(page, edited, "web.html")
    assert_clean(html, ALLOWED)
    assert "<h2>Ur Google</h2><p><b>Fet</b> text</p>" in html
    assert 'Läs <a href="https://skr.se/x?utm=1">hos SKR, skr.se</a> nu.</p><p>Ny rad.</p>' in html
    assert "<ul><li>Word på webben</li></ul>" in html
    assert "Osynligt" not in html and "alert" not in html
    assert "<p>Sam\u00adhälle och ä</p>" in html


def test_what_is_copied_within_the_editor_keeps_its_marks(page: Page, edited: ContentPage) -> None:
    open_form(page, edited)
    editor = rich_text(page, "introduction")
    editor.click()
    page.keyboard.press("Control+a")
    page.locator(".Draftail-ToolbarButton[name=LANGUAGE_EN]").last.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    target = rich_text(page, "body")
    target.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+v")
    expect(target).to_contain_text("Ingress.")
    page.wait_for_timeout(500)
    save(page)
    saved = draft(edited)
    marked = '<span lang="en">Ingress.</span>'
    assert KEY.sub("", saved.introduction) == f"<p>{marked}</p>"
    assert KEY.sub("", saved.body[0].value.source) == f"<p>Före.</p><p>{marked}</p>"


def test_plain_fields(page: Page, edited: ContentPage) -> None:
    open_form(page, edited)
    heading = page.get_by_role("textbox", name=re.compile("^Rubrik")).first
    unit = page.locator("[name=responsible_unit]")
    paste(page, heading, text=" ett\tnytt\u200b\r\nslag av\u00a0 våld\u00ad \ufeff")
    paste(page, unit, html="<b>Stads&shy;ledningen</b>", text="Stads\u00adledningen\n")
    save(page)
    saved = draft(edited)
    assert saved.body[1].value["heading"] == "Avsnitt ett nytt slag av våld"
    assert saved.responsible_unit == "Stads\u00adledningen"
