"""A sheet of figures as an editor has it before her, and people signed in to the admin."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, expect

from boras_site.accounts.models import User
from comparisons.models import Indicator
from comparisons.terms import Statistic
from tests import factories

#: Makes a tab in which somebody is signed in: ``sign_in(user, **options of a browser context)``.
SignIn = Callable[..., Page]


@contextmanager
def signing_in(chromium: Browser, url: str, patience: int) -> Iterator[SignIn]:
    """Each tab is in a browser of its own, which is closed at the end. ``patience`` is in milliseconds."""
    with ExitStack() as stack:

        def tab(user: User, **options: Any) -> Page:
            context = chromium.new_context(base_url=url, **({"locale": "sv-SE"} | options))
            stack.callback(context.close)
            context.set_default_timeout(patience)
            sign_in_again(context, user, url)
            made = context.new_page()
            stack.callback(_UnderWay(made).wait)
            # Comes first: an editor's tab asks now and then who else is there, by then of no database.
            stack.callback(context.route, "**", lambda route: route.abort())
            return made

        yield tab


class _UnderWay:
    """What a tab has asked the server and not been answered yet."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._asked: set[Request] = set()
        page.on("request", lambda request: self._asked.add(request))
        page.on("requestfinished", lambda request: self._asked.discard(request))
        page.on("requestfailed", lambda request: self._asked.discard(request))

    def wait(self) -> None:
        """Until there is nothing. SQLite in memory refuses who comes while another writes."""
        self._page.wait_for_timeout(150)  # the sheet asks a moment after the last key
        for _ in range(100):
            if not self._asked:
                return
            self._page.wait_for_timeout(50)


def sign_in_again(context: BrowserContext, user: User, url: str) -> None:
    """A new session of the user's, as after a login."""
    session = factories.client(user).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])


def violent_crimes() -> Indicator:
    """An indicator whose sheet has 2016, 2017 and the new 2018 down, Borås and Median riket across."""
    made = factories.indicator("Antal anmälda våldsbrott")
    country = factories.country()
    factories.publish(
        factories.staged_figure(made, "10.3", "2016"),
        factories.staged_figure(made, "10.4", "2017"),
        factories.staged_figure(made, "8.2", "2017", of_area=country, statistic=Statistic.MEDIAN),
    )
    return made


def indicator_sheet(of: Indicator) -> str:
    """The address of an indicator's sheet."""
    return reverse("figures:list", args=[of.pk])


#: Milliseconds that saving thousands of cells may take on a machine that does much else.
LONG_SAVE = 60_000


class Sheet:
    """The sheet of a tab."""

    def __init__(self, page: Page, path: str) -> None:
        self.page = page
        self.keys = page.keyboard
        self._under_way = _UnderWay(page)
        page.goto(path)
        # The script is at work once a cell can be reached by Tab.
        expect(page.locator("#sheet td[tabindex='0']")).to_have_count(1)

    def cell(self, row: str, column: str) -> Locator:
        """The cell under the heads that begin so."""
        heads = self.page.locator("#sheet thead th").all_text_contents()
        rows = self.page.locator("#sheet tbody th").all_text_contents()
        (place,) = (number for number, head in enumerate(heads) if head.startswith(column))
        (line,) = (number for number, head in enumerate(rows) if head.startswith(row))
        return self.page.locator("#sheet tbody tr").nth(line).locator("> *").nth(place)

    def rows(self) -> list[list[str]]:
        """What stands in every cell."""
        found: list[list[str]] = self.page.evaluate(
            "[...document.querySelectorAll('#sheet tbody tr')]"
            ".map(row => [...row.querySelectorAll('td')].map(cell => cell.textContent))"
        )
        return found

    def come_to(self, wanted: list[list[str]], *, last: int) -> list[list[str]]:
        """What stands in so many last columns: what is wanted, or after a while what is there instead.

        A number is written as the server understood it once it has answered.
        """
        for _ in range(100):
            found = [row[-last:] for row in self.rows()]
            if found == wanted:
                break
            self.page.wait_for_timeout(50)
        return found

    def at(self) -> tuple[int, int] | None:
        """Row and column of the cell that has the focus."""
        found = self.page.evaluate(
            """() => {
                const cell = document.activeElement.closest("#sheet td");
                return cell && [cell.parentNode.sectionRowIndex, cell.cellIndex - 1];
            }"""
        )
        return tuple(found) if found else None

    def press(self, *keys: str) -> None:
        """Keys one after the other, with ``Control+`` and the like."""
        for key in keys:
            self.keys.press(key)

    def write(self, row: str, column: str, text: str) -> None:
        """Choose a cell with the mouse, and write over it."""
        self.cell(row, column).click()
        self.keys.type(text)
        self.press("Enter")
        self._under_way.wait()

    def paste(self, text: str) -> None:
        """What Control+V does, without the machine's own clipboard."""
        self.page.evaluate(
            """text => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/plain", text);
                document.activeElement.dispatchEvent(
                    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
            }""",
            text,
        )
        self._under_way.wait()

    @property
    def message(self) -> Locator:
        """What is told beside the button that saves."""
        return self.page.locator("[data-sheet-message]")

    @property
    def status(self) -> Locator:
        """What only a screen reader is told."""
        return self.page.locator("[data-sheet-status]")

    @property
    def count(self) -> Locator:
        """How many cells are changed."""
        return self.page.locator("[data-sheet-count]")

    @property
    def problems(self) -> Locator:
        """The lists of what to mend and what to choose."""
        return self.page.get_by_role("region", name="Att ta ställning till")

    @property
    def details(self) -> Locator:
        """What there is to say of the cell she is at."""
        return self.page.get_by_role("region", name="Rutan")

    def let_finish(self) -> None:
        """Wait until every question to the server is answered."""
        self._under_way.wait()

    def save(self) -> None:
        """Press the button; whatever comes of it."""
        self.page.get_by_role("button", name="Spara utkast").click()

    def save_well(self) -> None:
        """Save, and wait until it is told that it went well."""
        self.save()
        expect(self.page.locator(".messages")).to_contain_text("Sparat", timeout=LONG_SAVE)
