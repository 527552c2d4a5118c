"""A real Chromium against a running site. It fails, and is not skipped, where Chromium does not start."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from boras_site.demo import build

HERE = Path(__file__).parent
#: The admin's editor takes its time on a busy machine.
PATIENCE = 15_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Chromium, once for all tests.

    Playwright runs an event loop in this thread, for which Django would open other connections than
    those to the test database, and refuse to use them.
    """
    opened = {alias: connections[alias] for alias in connections}
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        for alias, connection in opened.items():
            connections[alias] = connection
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """A browser that nobody has used before, on the running site."""
    made = chromium.new_context(base_url=live_server.url, locale="sv-SE")
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty tab."""
    return context.new_page()


@pytest.fixture
def demo(live_server: Any) -> dict[str, str]:
    """The demo on the running site; the password of each user by name."""
    return build.build()
