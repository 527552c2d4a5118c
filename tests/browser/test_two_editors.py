"""Two editors with one theme open in a browser each: the second save shows what the first one changed."""

import re

import pytest
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from boras_site.accounts.models import User
from comparisons import roles
from comparisons.models import ThemePage
from tests import factories
from tests.browser import engines
from tests.browser.sheets import SignIn
from tests.browser.writing import draft, rich_text

SMALL = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def theme(live_server: object) -> ThemePage:
    return factories.theme_page(introduction="<p>Så var det.</p>", summary="Som det var.")


def editor(name: str) -> User:
    return factories.user(roles.REVIEWER, first_name=name)


def opened(sign_in: SignIn, theme: ThemePage, user: User, **options: object) -> Page:
    """A tab with the theme's edit screen, ready to be written in."""
    page = sign_in(user, **options)
    page.goto(f"/admin/pages/{theme.pk}/edit/")
    expect(rich_text(page, "introduction")).to_be_visible()
    return page


def write(page: Page, text: str) -> None:
    """Put words before the introduction."""
    rich_text(page, "introduction").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type(text)
    expect(page.locator("[name=introduction]")).to_have_value(re.compile(text))


def save(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.get_by_role("button", name="Spara utkast", exact=True).click()


def ask(sign_in: SignIn, theme: ThemePage, los: User, **options: object) -> Page:
    """Kim has saved; Lo, who had her screen open, has written in the same field and presses the button."""
    kim, lo = opened(sign_in, theme, editor("Kim")), opened(sign_in, theme, los, **options)
    # Wagtail's own question, when the screen has already heard that somebody saved.
    heard = lo.get_by_role("dialog").filter(has_text="Inget skrivs över.")
    lo.add_locator_handler(heard, lambda asked: asked.get_by_role("button", name="Spara utkast").click())
    write(kim, "Kim skrev. ")
    save(kim)
    expect(kim.locator(".messages")).to_contain_text("har sparats")
    write(lo, "Lo skrev. ")
    save(lo)
    expect(lo.get_by_role("heading", name="Två samtidigt: välj vad som ska gälla")).to_be_visible()
    return lo


def test_the_second_sees_what_the_first_wrote_and_chooses(sign_in: SignIn, theme: ThemePage) -> None:
    lo = ask(sign_in, theme, editor("Lo"))
    assert "Kim skrev." in draft(theme).introduction
    asked = lo.get_by_role("group", name="Ingress")
    expect(asked).to_contain_text("Kim skrev. Så var det.")
    expect(asked).to_contain_text("Lo skrev. Så var det.")
    expect(rich_text(lo, "introduction")).to_contain_text("Lo skrev. Så var det.")
    # By keyboard: the panel has the focus, and its first choice is next.
    lo.keyboard.press("Tab")
    expect(asked.get_by_role("radio", name="Ta Kims")).to_be_focused()
    lo.keyboard.press("ArrowDown")
    expect(asked.get_by_role("radio", name="Behåll mitt")).to_be_checked()
    save(lo)
    expect(lo.locator(".messages")).to_contain_text("har sparats")
    expect(lo.locator(".two-at-once")).to_have_count(0)
    assert "Lo skrev." in draft(theme).introduction and "Kim" not in draft(theme).introduction


@pytest.mark.engines
@pytest.mark.parametrize(("size", "colours"), [(SMALL, "light"), (WIDE, "dark")], ids=["small", "dark"])
def test_the_choice_is_for_everyone(
    sign_in: SignIn, theme: ThemePage, size: dict[str, int], colours: str
) -> None:
    los = editor("Lo")
    UserProfile.objects.update_or_create(user=los, defaults={"theme": colours})
    lo = ask(sign_in, theme, los, viewport=size)
    assert engines.axe(lo, within=".two-at-once") == []
    right = lo.locator(".two-at-once").evaluate("panel => panel.getBoundingClientRect().right")
    assert right <= size["width"]
    assert lo.evaluate("document.documentElement.scrollWidth") <= size["width"]
