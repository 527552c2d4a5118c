"""What the public pages do without: scripts, other sites, anything left behind in the browser."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page, Response

from tests.browser.faults import Faults
from tests.browser.pages import MISSING, visit
from tests.browser.probing import PHONE

LOOK = Callable[..., Page]
WORDS = "[...document.body.innerText.split('\\n')].map(line => line.trim()).filter(Boolean)"


@pytest.mark.parametrize("site", ["demo", "states"])
def test_pages_load_without_a_fault_ask_nobody_else_and_leave_nothing_behind(
    look: LOOK, sites: Any, site: str
) -> None:
    page = look(sites[site].url)
    said: list[str] = []
    asked: set[str] = set()

    def told(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            said.append(message.text)

    def answered(response: Response) -> None:
        if response.status >= 400 and not response.url.endswith(MISSING):
            said.append(f"{response.status} {response.url}")

    page.on("console", told)
    page.on("pageerror", lambda error: said.append(str(error)))
    # What the browser itself breaks off when it is sent to the next page is no fault.
    page.on(
        "requestfailed",
        lambda request: (
            said.append(f"failed: {request.url}") if request.failure != "net::ERR_ABORTED" else None
        ),
    )
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.on("response", answered)
    with Faults() as faults:
        for place in sites[site].places:
            said.clear()
            visit(page, place)
            for fault in said:
                # Chromium tells of the page that is missing, and of the form that is refused.
                if not (("404" in fault and place.status == 404) or ("422" in fault and place.state)):
                    faults.add(place, "", fault)
            if page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") != [0, 0, ""]:
                faults.add(place, "", "something is kept in the browser")
            if page.evaluate("indexedDB.databases()") != []:
                faults.add(place, "", "a database is kept in the browser")
            if cookies := page.context.cookies():
                faults.add(place, "", f"cookies: {[cookie.get('name') for cookie in cookies]}")
                page.context.clear_cookies()
            for other in asked - {urlsplit(sites[site].url).netloc}:
                faults.add(place, "", f"asks {other}")
            asked.clear()


@pytest.mark.parametrize("site", ["demo", "states"])
def test_without_javascript_all_can_be_read_found_and_shared(look: LOOK, sites: Any, site: str) -> None:
    scripted = look(sites[site].url, viewport=PHONE)
    plain = look(sites[site].url, viewport=PHONE, java_script_enabled=False)
    with Faults() as faults:
        for place in sites[site].places:
            if place.state or place.alike:
                continue
            visit(scripted, place)
            scripted.locator(".menu-button").click()
            visit(plain, place)
            words = "\n".join(plain.evaluate(WORDS))
            for line in scripted.evaluate(WORDS):
                if line not in words and line not in ("Meny", "Kopiera länken"):
                    faults.add(place, "", f"is not there without JavaScript: {line[:80]}")
            if plain.get_by_role("navigation", name="Meny").get_by_role("link").count() == 0:
                faults.add(place, "", "no menu without JavaScript")
            for button in plain.locator("button:visible").all():
                if button.evaluate("button => button.type") == "button":
                    faults.add(
                        place, "", f"a button that does nothing without JavaScript: {button.inner_text()}"
                    )
            shared = plain.locator("[aria-labelledby=dela]")
            if shared.count() and "://" not in shared.inner_text():
                faults.add(place, "", "the address does not stand as text")
