"""How much the public pages may weigh: the files as they are, and the first view as it is sent."""

import gzip
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from boras_site.demo import build
from comparisons.models import ThemePage

STATIC = Path(settings.BASE_DIR) / "static"
KB = 1000
CSS, JS, FONT, FIRST_VIEW = 28 * KB, 5 * KB, 20 * KB, 60 * KB


def test_the_stylesheet_the_scripts_and_the_font_are_small() -> None:
    assert (STATIC / "css" / "site.css").stat().st_size <= CSS
    assert (STATIC / "js" / "site.js").stat().st_size <= JS
    assert sum(font.stat().st_size for font in (STATIC / "fonts").glob("*.woff2")) <= FONT


@pytest.mark.django_db
def test_the_first_view_of_a_page_is_light(client: Client) -> None:
    """HTML, stylesheet, scripts and font as a proxy sends them compressed; pictures do not count."""
    build.build()
    pages = ["/", "/nyckeltal/", *(theme.url for theme in ThemePage.objects.live())]
    weights = {}
    for page in pages:
        html = client.get(page).content
        loaded = BeautifulSoup(html, "html.parser").select(
            "link[rel=stylesheet][href], link[rel=preload][href], script[src]"
        )
        files = {str(tag.get("href") or tag.get("src")).removeprefix(settings.STATIC_URL) for tag in loaded}
        assert len(files) >= 3
        sent = [(STATIC / name).read_bytes() for name in files]
        weights[page] = len(gzip.compress(html)) + sum(min(len(gzip.compress(one)), len(one)) for one in sent)
    assert {page: weight for page, weight in weights.items() if weight > FIRST_VIEW} == {}
    assert len(weights) == 6
