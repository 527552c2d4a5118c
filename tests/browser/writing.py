"""An editor who writes: logged in, with something on her clipboard."""

import json
from typing import Any

from django.conf import settings
from playwright.sync_api import BrowserContext, Locator, Page

from comparisons import roles
from tests import factories

#: The browser writes to the clipboard what a page says when it is asked to copy, to the letter.
_COPY = """([html, text]) => document.addEventListener("copy", (event) => {
  event.preventDefault();
  if (html) event.clipboardData.setData("text/html", html);
  event.clipboardData.setData("text/plain", text);
}, { once: true, capture: true })"""


def log_in(context: BrowserContext, url: str) -> None:
    """Make the browser one in which a communicator is logged in."""
    session = factories.client(factories.user(roles.COMMUNICATOR)).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": url}])
    # What the editor sends as it closes would reach a database that is being emptied.
    context.add_init_script("navigator.sendBeacon = () => true")


def paste(page: Page, into: Locator, *, html: str = "", text: str = "") -> None:
    """Copy elsewhere, and paste with the keyboard at the end of a field."""
    into.click()
    page.keyboard.press("Control+End")
    page.evaluate(_COPY, [html, text])
    page.keyboard.press("Control+c")
    page.keyboard.press("Control+v")


def rich_text(page: Page, path: str) -> Locator:
    """The editor of a rich text: the first one inside what stands at this path in the form."""
    return page.locator(f"[data-contentpath={path}] [contenteditable=true]").first


def draft(of: Any) -> Any:
    """The page as its newest draft has it."""
    of.refresh_from_db()
    return of.get_latest_revision_as_object()


def stream(*blocks: tuple[str, Any]) -> str:
    """A stream as the database keeps it."""
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])
