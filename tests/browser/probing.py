"""Runs the small scripts of ``probes/`` in a page."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

PROBES = Path(__file__).parent / "probes"
PHONE, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
SCREENS = {"320 px": PHONE, "1280 px": DESKTOP}


@cache
def _script(name: str) -> str:
    return (PROBES / f"{name}.js").read_text()


def prepare(page: Page) -> None:
    """Let the page have what the probes share, as ``window.probe``, once it has come to rest.

    When the typeface has come and what watches the sizes of things has had its say.
    """
    page.evaluate(
        "document.fonts.ready.then(() => new Promise((rest) =>"
        " requestAnimationFrame(() => requestAnimationFrame(rest))))"
    )
    if not page.evaluate("'probe' in window"):
        page.evaluate(_script("common"))


def probe(page: Page, name: str) -> Any:
    """What the probe of that name answers about the page as it is now, which is prepared."""
    return page.evaluate(_script(name))
