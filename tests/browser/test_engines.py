"""Every place by the rules of three engines: axe, IBM's, and the HTML validator."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import HTTPErrorProcessor, Request, build_opener

import pytest
from playwright.sync_api import Page

from tests.browser import engines
from tests.browser.faults import Faults
from tests.browser.pages import Place, visit
from tests.browser.probing import DESKTOP, SCREENS

LOOK = Callable[..., Page]
pytestmark = pytest.mark.engines

#: How a reader may have set the browser. All rules are asked in the first; the layout is the same in the
#: others, so there only the rules are asked that have to do with colour.
SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}


@pytest.mark.parametrize("site", ["demo", "states"])
def test_axe_finds_nothing_on_any_screen_in_any_colours(look: LOOK, sites: Any, site: str) -> None:
    page = look(sites[site].url)
    with Faults() as faults:
        for place in sites[site].places:
            visit(page, place)
            for screen, size in SCREENS.items():
                page.set_viewport_size(size)  # type: ignore[arg-type]
                for scheme, media in list(SCHEMES.items())[: 1 if place.alike else None]:
                    page.emulate_media(**media)
                    rules = () if scheme == "light" else engines.AXE_COLOURS
                    for fault in engines.axe(page, rules=rules):
                        faults.add(place, f"{screen}, {scheme}", fault)
            page.emulate_media(**SCHEMES["light"])


@pytest.mark.parametrize("site", ["demo", "states"])
def test_ibms_engine_finds_nothing(look: LOOK, sites: Any, site: str) -> None:
    page = look(sites[site].url, viewport=DESKTOP)
    with Faults() as faults:
        for place in sites[site].places:
            visit(page, place)
            for fault in engines.ibm(page):
                faults.add(place, "1280 px", fault)


def test_the_html_is_valid(sites: Any, tmp_path: Path) -> None:
    sources: dict[tuple[str, Place], str] = {}
    for name, site in sites.items():
        for place in site.places:
            if not place.state:
                sources[name, place] = source(site.url + place.path)
    with Faults() as faults:
        for (_, place), where, fault in engines.validate(sources, tmp_path):
            faults.add(place, where, fault)


def source(url: str) -> str:
    """What the server sends, whatever the status."""

    class Anything(HTTPErrorProcessor):
        def http_response(self, request: Request, response: Any) -> Any:
            return response

    with build_opener(Anything).open(url) as response:
        return response.read().decode()


def test_every_engine_finds_a_fault_where_there_is_one(look: LOOK, sites: Any, tmp_path: Path) -> None:
    """Or their silence about the pages would mean nothing."""
    page = look(sites["demo"].url)
    page.goto("/")
    page.evaluate("document.querySelector('main').innerHTML = '<button></button><img src=\"data:,\">'")
    assert {fault.split(":")[0] for fault in engines.axe(page)} >= {"axe button-name", "axe image-alt"}
    assert any(fault.startswith("IBM img_alt") for fault in engines.ibm(page))
    assert engines.validate({"broken": "<!doctype html><p><div></p>"}, tmp_path)
