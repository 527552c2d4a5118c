"""Room for everything: on a phone, with a reader's own spacing, and for a finger."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.faults import Faults
from tests.browser.pages import visit
from tests.browser.probing import SCREENS, prepare, probe

LOOK = Callable[..., Page]


@pytest.mark.parametrize("site", ["demo", "states"])
def test_everything_fits_and_every_target_is_large_enough(look: LOOK, sites: Any, site: str) -> None:
    """No page scrolls sideways, no text is cut off or lies on another, whatever the spacing of the text."""
    page = look(sites[site].url)
    with Faults() as faults:
        for place in sites[site].places:
            visit(page, place)
            prepare(page)
            for screen, size in SCREENS.items():
                page.set_viewport_size(size)  # type: ignore[arg-type]
                for fault in probe(page, "overflow"):
                    faults.add(place, screen, fault)
                high = page.evaluate("document.scrollingElement.scrollHeight")
                page.set_viewport_size({"width": size["width"], "height": max(high, size["height"])})
                for fault in probe(page, "targets"):
                    faults.add(place, screen, fault)
            probe(page, "spacing")
            for screen, size in SCREENS.items():
                page.set_viewport_size(size)  # type: ignore[arg-type]
                for fault in (*probe(page, "overflow"), *probe(page, "overlap")):
                    faults.add(place, f"{screen}, wide text spacing", fault)
