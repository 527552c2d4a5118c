"""A real Chromium against a running site. It fails, and is not skipped, where Chromium does not start.

Two kinds of tests. Those that write (``page``, ``demo``) have pytest's database and a site that is new for
each. Those of looks (``look``, ``places``) only read: they share two sites that were built once, the demo
and the states of ``tests/states.py``, each in a process of its own.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from boras_site.demo import build
from tests.browser.pages import Place
from tests.browser.sheets import SignIn, signing_in

HERE = Path(__file__).parent
#: The admin's editor takes its time on a busy machine.
PATIENCE = 15_000
#: Each site that is looked at has at least as many pages and states.
FEWEST_PLACES = 15


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, and what of it reads the sites that are built once."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if "sites" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.once)


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
        if connections["default"].vendor == "sqlite":
            patch.setattr(WSGIHandler, "__call__", _one_at_a_time(WSGIHandler.__call__))
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def _one_at_a_time(answer: Callable[..., Any]) -> Callable[..., Any]:
    """The running site's handler, for a database in memory: all its threads share one connection.

    Two requests at once, such as an edit screen's own and a button's, would be in each other's transactions.
    """
    turn = RLock()

    def alone(*args: Any) -> Any:
        with turn:
            return answer(*args)

    return alone


# --- A site that a test may write to -------------------------------------------------------------


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
def sign_in(chromium: Browser, live_server: Any) -> Iterator[SignIn]:
    """Makes tabs in which somebody is signed in: ``sign_in(user, **options of a browser context)``."""
    with signing_in(chromium, live_server.url, PATIENCE) as tabs:
        yield tabs


@pytest.fixture
def demo(live_server: Any) -> dict[str, str]:
    """The demo on the running site; the password of each user by name."""
    return build.build()


# --- Sites that are only read --------------------------------------------------------------------


@dataclass(frozen=True)
class BuiltSite:
    """A site that is built and served: its address, and every place to look at."""

    url: str
    places: tuple[Place, ...]


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, BuiltSite]]:
    """``demo`` and ``states``, built side by side and served until the last test is done."""
    folder = tmp_path_factory.mktemp("sites")
    with ExitStack() as stack:
        started = {}
        for name in ("demo", "states"):
            environment = os.environ | {
                "DJANGO_SETTINGS_MODULE": "boras_site.settings.test",
                "DATABASE_URL": f"sqlite:///{folder / name}.sqlite3",
            }
            # It ends when its input does, and so also if this process is killed.
            started[name] = stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.browser.serving", name],
                    cwd=settings.BASE_DIR,
                    env=environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
        built = {}
        for name, process in started.items():
            assert process.stdout is not None
            said = process.stdout.readline()
            assert said, f"the site {name} could not be built: see what it wrote above"
            # Or every check would pass on nothing.
            assert len(json.loads(said)["places"]) >= FEWEST_PLACES, said
            told = json.loads(said)
            built[name] = BuiltSite(told["url"], tuple(Place(*place) for place in told["places"]))
        yield built


@pytest.fixture
def look(chromium: Browser, sites: dict[str, BuiltSite]) -> Iterator[Any]:
    """Makes tabs: ``look(site.url, **options of a browser context)``."""
    with ExitStack() as stack:

        def tab(url: str, **options: Any) -> Page:
            context = chromium.new_context(base_url=url, **({"locale": "sv-SE"} | options))
            stack.callback(context.close)
            context.set_default_timeout(PATIENCE)
            return context.new_page()

        yield tab
