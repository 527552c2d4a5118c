"""What a reader does with a public page: opens the menu, chooses dark, prints nothing by mistake.

What holds for every page stands in the other files of this folder.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import FOUNDING
from tests.browser.probing import PHONE

LOOK = Callable[..., Page]


@pytest.fixture
def page(look: LOOK, sites: Any) -> Page:
    """A tab on the demo, as wide as a phone."""
    return look(sites["demo"].url, viewport=PHONE)


def test_dark_is_dark(page: Page) -> None:
    page.goto("/")
    colours = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        colours.add(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
        colours.add(page.evaluate("getComputedStyle(document.body).color"))
    assert len(colours) >= 3


def test_the_menu_opens_by_its_button_and_closes_by_escape(page: Page) -> None:
    page.goto(FOUNDING)
    button = page.get_by_role("button", name="Meny")
    link = page.get_by_role("navigation", name="Meny").get_by_role("link", name="Grundskola")
    expect(link).not_to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(link).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    link.focus()
    page.keyboard.press("Escape")
    expect(link).not_to_be_visible()
    expect(button).to_be_focused()
    button.press("Enter")
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Grundskola")


def test_without_javascript_the_menu_is_a_list_and_the_tables_are_there(look: LOOK, sites: Any) -> None:
    page = look(sites["demo"].url, viewport=PHONE, java_script_enabled=False)
    page.goto(FOUNDING)
    expect(page.get_by_role("navigation", name="Meny").get_by_role("link", name="Grundskola")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(3)
    for table in page.get_by_role("table").all():
        expect(table).to_be_visible()
    expect(page.get_by_role("button", name="Kopiera länken")).to_be_hidden()


def test_the_first_stop_leads_past_the_menu(page: Page) -> None:
    page.goto(FOUNDING)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
