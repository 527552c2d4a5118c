"""The sheet and the screens of a release for everyone: screen readers, touch, small screens, any colours."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from boras_site.accounts.models import User
from comparisons import releases, roles
from comparisons.models import Indicator, Release
from tests import factories
from tests.browser import engines
from tests.browser.accessible import accessible_grid
from tests.browser.faults import Faults
from tests.browser.sheets import Sheet, SignIn, indicator_sheet, violent_crimes

pytestmark = pytest.mark.once

LIST = "/admin/publiceringar/"
SMALL = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def crimes() -> Indicator:
    return violent_crimes()


@pytest.fixture
def communicator(crimes: Indicator) -> User:
    return factories.user(roles.COMMUNICATOR, first_name="Kim", last_name="Ek")


def no_state(sheet: Sheet) -> None:
    """As it is opened."""


def with_errors(sheet: Sheet) -> None:
    """An error, a warning, a message, a marked block, and a cell whose details are shown."""
    sheet.cell("2017", "Borås").click()
    sheet.paste("104\tja\n1\t82\n3\t4")
    expect(sheet.problems.get_by_role("listitem")).to_have_count(4)
    expect(sheet.message).to_contain_text("fick inte plats")


def writing(sheet: Sheet) -> None:
    """A cell that is being written in, and everything that folds out."""
    sheet.page.evaluate("for (const one of document.querySelectorAll('.sheet-desk details')) one.open = true")
    sheet.cell("2018", "Borås").click()
    sheet.keys.type("10")


def with_a_conflict(sheet: Sheet) -> None:
    """Questions to answer, and a reason that is asked for."""
    crimes = Indicator.objects.get()
    factories.release(
        factories.staged_figure(crimes, "10.1", "2017"), factories.staged_figure(crimes, "10.2", "2018")
    )
    sheet.write("2017", "Borås", "10,5")
    sheet.write("2018", "Borås", "10,6")
    sheet.save()
    expect(sheet.problems.get_by_role("listitem")).to_have_count(2)


SHEETS: list[Callable[[Sheet], None]] = [no_state, with_errors, writing, with_a_conflict]


# --- Screen readers ------------------------------------------------------------------------------


def test_the_grid_says_what_every_cell_is(sign_in: SignIn, crimes: Indicator, communicator: User) -> None:
    factories.submit(factories.release(factories.staged_figure(crimes, "10.1", "2016")))
    sheet = Sheet(sign_in(communicator), indicator_sheet(crimes))
    sheet.write("2018", "Borås", "ja")
    expect(sheet.cell("2018", "Borås")).to_have_attribute("aria-invalid", "true")
    sheet.cell("2017", "Borås").click()
    sheet.press("Shift+ArrowRight")
    grid, rows = accessible_grid(sheet.page)
    assert grid.pop("description").startswith("Skriv i en ruta, eller klistra in från Excel.")
    assert grid == {"role": "grid", "name": "Siffror: Antal anmälda våldsbrott", "multiselectable": True}
    assert rows == [
        [
            {"role": "columnheader", "name": "Period"},
            {"role": "columnheader", "name": "Borås"},
            {"role": "columnheader", "name": "Median riket"},
        ],
        [
            {"role": "rowheader", "name": "2016"},
            {"role": "gridcell", "name": "10,1", "readonly": True},
            {"role": "gridcell", "name": ""},
        ],
        [
            {"role": "rowheader", "name": "2017"},
            {"role": "gridcell", "name": "10,4", "selected": True},
            {"role": "gridcell", "name": "8,2", "selected": True, "focused": True},
        ],
        [
            {"role": "rowheader", "name": "2018 ny"},
            {
                "role": "gridcell",
                "name": "ja",
                "invalid": "true",
                "description": "”ja” är inte ett tal. Skriv till exempel 0,34 eller 1 234,5.",
            },
            {"role": "gridcell", "name": ""},
        ],
    ]


def test_what_happens_is_said(sign_in: SignIn, crimes: Indicator, communicator: User) -> None:
    sheet = Sheet(sign_in(communicator), indicator_sheet(crimes))
    expect(sheet.status).to_have_role("status")
    sheet.cell("2017", "Borås").click()
    sheet.press("F2")
    field = sheet.page.locator("#sheet input")
    expect(field).to_have_accessible_name("2017, Borås")
    sheet.press("Escape", "Shift+ArrowDown")
    expect(sheet.status).to_have_text("2 rutor markerade.")
    sheet.paste("10,6\t8,5")
    expect(sheet.status).to_have_text("2 rutor inklistrade.")
    sheet.press("Control+z")
    expect(sheet.status).to_have_text("2 rutor som före.")
    sheet.keys.type("ja")
    sheet.press("Enter")
    expect(sheet.status).to_have_text("1 ruta behöver rättas")
    expect(sheet.message).to_have_role("alert")


# --- Touch ---------------------------------------------------------------------------------------


def test_a_finger_chooses_a_cell_and_then_writes(
    sign_in: SignIn, crimes: Indicator, communicator: User
) -> None:
    page = sign_in(communicator, viewport=SMALL, has_touch=True, is_mobile=True)
    sheet = Sheet(page, indicator_sheet(crimes))
    cell = sheet.cell("2018", "Borås")
    cell.tap()
    expect(cell).to_be_focused()
    expect(page.locator("#sheet input")).to_have_count(0)
    cell.tap()
    expect(page.locator("#sheet input")).to_be_focused()
    sheet.keys.type("10,6")
    # The button stays under the finger, whatever comes and goes above it.
    page.get_by_role("button", name="Spara utkast").tap()
    expect(page.locator(".messages")).to_contain_text("Sparat")
    assert sheet.rows()[2][0] == "10,6"


# --- Small screens -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", SHEETS)
def test_the_sheet_scrolls_in_its_own_frame_only(
    sign_in: SignIn, crimes: Indicator, communicator: User, state: Callable[[Sheet], None]
) -> None:
    for number in range(5):
        area = factories.area(f"Kommun {number} med ett långt namn")
        factories.publish(factories.staged_figure(crimes, "9.9", "2017", of_area=area))
    sheet = Sheet(sign_in(communicator, viewport=SMALL), indicator_sheet(crimes))
    state(sheet)
    assert sheet.page.evaluate("document.documentElement.scrollWidth") == SMALL["width"]
    frame = sheet.page.locator("[data-sheet-frame]")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    assert frame.evaluate("frame => frame.getBoundingClientRect().right") <= SMALL["width"]


def test_a_cell_is_never_gone_to_under_the_heads(
    sign_in: SignIn, crimes: Indicator, communicator: User
) -> None:
    for year in range(1960, 2016):
        factories.publish(factories.staged_figure(crimes, "9.9", str(year)))
    for number in range(5):
        area = factories.area(f"Kommun {number}")
        factories.publish(factories.staged_figure(crimes, "9.9", "2017", of_area=area))
    sheet = Sheet(sign_in(communicator, viewport=SMALL), indicator_sheet(crimes))
    sheet.cell("2018", "Borås").click()
    sheet.press("Control+End")
    for keys in ("ArrowUp", "PageUp", "PageUp", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft"):
        sheet.press(keys)
        hidden = sheet.page.evaluate(
            """() => {
                const cell = document.activeElement.getBoundingClientRect();
                const corner = document.querySelector("#sheet thead th").getBoundingClientRect();
                return [corner.bottom - cell.top, corner.right - cell.left];
            }"""
        )
        assert max(hidden) < 2, (keys, hidden)


# --- The rules of axe ----------------------------------------------------------------------------

#: How an editor may have set the admin: her own theme there, and the system's colours.
LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "320 px": {"viewport": SMALL | {"height": 3000}},  # so high that the footer lies over nothing
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
}


def judge(faults: Faults, page: Page, where: str, look: str) -> None:
    for fault in engines.axe(page):
        faults.add(where, look, fault)
    if look == "320 px" and page.evaluate("document.documentElement.scrollWidth") > SMALL["width"]:
        faults.add(where, look, "scrolls sideways")


def with_theme(user: User, look: str) -> User:
    profile = UserProfile.get_for_user(user)
    profile.theme = "dark" if look == "dark" else "light"
    profile.save()
    return user


@pytest.mark.engines
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_on_the_sheet(
    sign_in: SignIn, crimes: Indicator, communicator: User, look: str
) -> None:
    page = sign_in(with_theme(communicator, look), **({"viewport": WIDE} | LOOKS[look]))
    page.on("dialog", lambda dialog: dialog.accept())
    with Faults() as faults:
        for state in SHEETS:
            sheet = Sheet(page, indicator_sheet(crimes))
            state(sheet)
            judge(faults, page, state.__name__, look)
        # The draft of the conflict, and what waits for review.
        judge(faults, Sheet(page, indicator_sheet(crimes)).page, "with a draft", look)
        factories.submit(Release.objects.get(published_at=None))
        sheet = Sheet(page, indicator_sheet(crimes))
        sheet.cell("2017", "Borås").click()
        judge(faults, page, "with what waits", look)


def every_state(crimes: Indicator) -> dict[str, Release]:
    """A release in each state there is to look at; one of them has moved, one has a warning."""
    reviewer = factories.user(roles.REVIEWER, first_name="Gun", last_name="Berg")
    years = iter(range(1990, 2010))

    def made(value: str = "10.1") -> Release:
        return factories.release(factories.staged_figure(crimes, value, str(next(years))))

    found = {"draft": made("1040"), "moved": factories.submit(made()), "submitted": factories.submit(made())}
    moved = found["moved"].staged.get()
    factories.publish(factories.staged_figure(crimes, "9.1", str(moved.period // 1000)))
    found["sent back"] = factories.submit(made())
    releases.send_back(found["sent back"], reviewer, "Kontrollera 2017.")
    found["scheduled"] = factories.submit(made())
    releases.schedule(found["scheduled"], reviewer, timezone.now() + timedelta(days=2))
    found["published"] = factories.submit(made())
    releases.approve_and_publish(found["published"], reviewer)
    found["failed"] = made()
    Release.objects.filter(pk=found["failed"].pk).update(state=Release.State.FAILED)
    return found


@pytest.mark.engines
@pytest.mark.parametrize("role", roles.ROLES)
def test_axe_finds_nothing_on_a_release_and_the_list(sign_in: SignIn, crimes: Indicator, role: str) -> None:
    factories.theme_page(tables=[factories.table(crimes)])
    found = every_state(crimes)
    user = factories.user(role)
    with Faults() as faults:
        for look, options in LOOKS.items():
            page = sign_in(with_theme(user, look), **({"viewport": WIDE} | options))
            for name, release in found.items():
                page.goto(release.get_admin_url())
                expect(page.get_by_role("heading", name="Det här ändras")).to_be_visible()
                page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
                judge(faults, page, f"{name}, {role}", look)
            page.goto(LIST)
            expect(page.locator("table.listing tbody tr")).to_have_count(Release.objects.count())
            judge(faults, page, f"the list, {role}", look)


@pytest.mark.engines
def test_axe_finds_nothing_on_an_empty_list(sign_in: SignIn) -> None:
    user = factories.user(roles.COMMUNICATOR)
    with Faults() as faults:
        for look, options in LOOKS.items():
            page = sign_in(with_theme(user, look), **({"viewport": WIDE} | options))
            page.goto(LIST)
            expect(page.locator(".desk")).to_contain_text("Här finns inget än.")
            judge(faults, page, "the empty list", look)
