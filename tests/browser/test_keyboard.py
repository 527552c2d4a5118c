"""Every place by the Tab key alone: what it stops at, in which order, and whether one sees where one is."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.faults import Faults
from tests.browser.pages import FOUNDING, Place, visit
from tests.browser.probing import SCREENS, prepare, probe

LOOK = Callable[..., Page]
#: More stops than any page has: a walk that has not come back by then never does.
MOST = 400
#: The pages that are walked on a phone too, beside those in a state such as an open menu.
ON_A_PHONE = ("/", FOUNDING, "/rapportera-brist/")


@pytest.mark.parametrize("site", ["demo", "states"])
def test_every_stop_is_named_and_seen_and_comes_in_order(look: LOOK, sites: Any, site: str) -> None:
    page = look(sites[site].url)
    with Faults() as faults:
        for screen, size in SCREENS.items():
            page.set_viewport_size(size)  # type: ignore[arg-type]
            for place in sites[site].places:
                # The order is the document's at every width: on a phone a sample is enough.
                if place.alike or (screen == "320 px" and place.path not in ON_A_PHONE and not place.state):
                    continue
                visit(page, place)
                for fault in walk(page, place):
                    faults.add(place, screen, fault)


def walk(page: Page, place: Place) -> list[str]:
    """What is wrong with the stops of the page, from the first to where the browser takes over."""
    # From the top, wherever something was clicked before.
    page.evaluate(
        "document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')"
    )
    prepare(page)
    expected = page.evaluate("probe.stops().length")
    found: list[str] = []
    before: dict[str, Any] | None = None
    for number in range(MOST):
        page.keyboard.press("Tab")
        stop = probe(page, "stop")
        if stop is None or (before and stop["place"] == 0):
            if number != expected:
                found.append(f"{number} stops, but {expected} elements that can have focus")
            return found
        found += [f"{fault}: {stop['name']}" for fault in stop["faults"]]
        if before:
            if stop["place"] <= before["place"]:
                found.append(f"not in the order of the document: {stop['name']} after {before['name']}")
            # Further up is right only in a column to the right, as in a grid.
            if stop["bottom"] <= before["top"] and stop["left"] < before["right"]:
                found.append(f"not in the order that is seen: {stop['name']} after {before['name']}")
        before = stop
    found.append(f"more than {MOST} stops")
    return found
