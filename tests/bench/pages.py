"""The founding page and an indicator's page: alike with a thousand figures in the ledger and millions."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparisons.models import Area, Indicator, Observation, ThemePage
from tests import factories
from tests.bench.report import Report, each

#: Filled up with figures of municipalities until the ledger holds about so many.
FEW = 1_000


@dataclass(frozen=True)
class Page:
    """A page as it is served: how many queries it takes, and how many seconds."""

    queries: int
    seconds: float


def fill_up(areas: Sequence[Area]) -> Indicator:
    """Give an indicator of the founding page figures of many municipalities, to about a thousand in all."""
    (founding,) = ThemePage.objects.filter(slug="trygghet-och-sakerhet")
    shown = Indicator.objects.get(title__startswith="Antal anmälda våldsbrott")
    assert founding.live and shown.live
    missing = FEW - Observation.objects.count()
    places = [(area, year) for year in ("2017", "2016", "2015") for area in areas if not area.is_own]
    factories.publish(
        *(
            factories.staged_figure(shown, f"{place % 97}.{place % 7}", year, of_area=area)
            for place, (area, year) in enumerate(places[:missing])
        )
    )
    return shown


def measure(shown: Indicator) -> dict[str, Page]:
    """Both pages, as a reader's browser asks for them."""
    addresses = {
        "The founding page": ThemePage.objects.get(slug="trygghet-och-sakerhet").url,
        "An indicator's page": shown.get_absolute_url(),
    }
    return {name: _page(address) for name, address in addresses.items()}


def _page(address: str) -> Page:
    browser = Client()

    def ask() -> None:
        assert browser.get(address).status_code == 200, address

    ask()
    with CaptureQueriesContext(connection) as queries:
        ask()
    return Page(len(queries), each(ask))


def compare(report: Report, few: dict[str, Page], many: dict[str, Page], number: int) -> None:
    """Hold the pages against each other."""
    report.say(f"\nPages, with {FEW} figures in the ledger and with {number}")
    for name, before in few.items():
        after = many[name]
        report.equal(f"{name}: queries", before.queries, after.queries)
        report.say(f"      {name}: {before.seconds * 1000:.1f} ms and {after.seconds * 1000:.1f} ms")
        report.at_most(f"{name}: time beside before", after.seconds / before.seconds, 1.2)
