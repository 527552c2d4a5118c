"""A sheet of 400 periods × 8 columns, from a paste of all of it to the saved draft.

It tells what each step took: ``pytest tests/browser/test_sheet_large.py -s``. Nothing is demanded of
that, for a machine may be busy.
"""

from time import perf_counter
from typing import Any

import pytest
from playwright.sync_api import expect

from comparisons import roles
from comparisons.models import Indicator, StagedFigure
from comparisons.periods import Length, Period
from tests import factories
from tests.browser.sheets import Sheet, SignIn, indicator_sheet

pytestmark = pytest.mark.once

ROWS, COLUMNS = 400, 8
#: What the browser was busy with for longer than 50 ms, and when the page could be read.
WATCH = """
    window.busy = [];
    new PerformanceObserver((list) => {
        for (const task of list.getEntries()) busy.push(Math.round(task.duration));
    }).observe({ entryTypes: ["longtask"] });
    new PerformanceObserver((list) => {
        for (const paint of list.getEntries()) window.largestPaint = Math.round(paint.startTime);
    }).observe({ type: "largest-contentful-paint", buffered: true });
"""
OPENED = """() => {
    const [opened] = performance.getEntriesByType("navigation");
    const [server, ready] = [opened.responseEnd, opened.domContentLoadedEventEnd].map(Math.round);
    return { server, ready, paint: window.largestPaint };
}"""
#: Paste, and give the milliseconds until the browser has drawn it.
PASTE = """(text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const start = performance.now();
    document.activeElement.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    return new Promise((done) =>
        requestAnimationFrame(() => setTimeout(() => done(Math.round(performance.now() - start)))));
}"""


@pytest.fixture
def large() -> Indicator:
    """An indicator with 400 months of eight municipalities."""
    made = factories.indicator("Antal sökande per månad")
    areas = [factories.own_area(), *(factories.area(f"Kommun {number}") for number in range(1, COLUMNS))]
    months = [Period.of(1985 + month // 12, Length.MONTH, month % 12 + 1).key for month in range(ROWS)]
    factories.publish(
        *(factories.staged_figure(made, "10.9", month, of_area=area) for month in months for area in areas)
    )
    return made


def tell(what: str, said: Any) -> None:
    print(f"\n{ROWS} × {COLUMNS}, {what}: {said}", end="")


def test_all_of_it_is_pasted_judged_and_saved(sign_in: SignIn, large: Indicator) -> None:
    page = sign_in(factories.user(roles.COMMUNICATOR), viewport={"width": 1440, "height": 900})
    page.add_init_script(WATCH)
    sheet = Sheet(page, indicator_sheet(large))
    assert len(sheet.rows()) == ROWS + 1
    tell("first paint (ms)", page.evaluate(OPENED))

    page.locator("#sheet td[tabindex='0']").click()
    page.evaluate("busy.length = 0")
    for _ in range(10):
        sheet.keys.type("10,7")
        sheet.press("ArrowUp")
    tell("typing in 10 cells, tasks over 50 ms", page.evaluate("busy"))
    sheet.press(*["Control+z"] * 10)
    expect(sheet.count).to_be_empty()

    sheet.press("Control+Home")
    block = "\n".join("\t".join(f"1{row % 5},{column}" for column in range(COLUMNS)) for row in range(ROWS))
    # The last of all cells is wrong, so it is told when everything is judged.
    block = block.rpartition("\t")[0] + "\tfel"
    start = perf_counter()
    tell("a paste of all, drawn after (ms)", page.evaluate(PASTE, block))
    expect(page.locator("#sheet .is-changed")).to_have_count(ROWS * COLUMNS)
    expect(sheet.problems.get_by_role("listitem")).to_have_count(1)
    sheet.let_finish()
    tell("a paste of all, judged after (s)", round(perf_counter() - start, 2))
    sheet.problems.get_by_role("button").first.click()
    sheet.keys.type("12,5")
    sheet.press("Enter")
    expect(sheet.problems).to_be_hidden()

    page.get_by_label("Anledning").fill("Källan har räknat om hela serien.")
    sheet.let_finish()
    start = perf_counter()
    sheet.save_well()
    tell("a save of all, until the page is back (s)", round(perf_counter() - start, 2))
    assert StagedFigure.objects.filter(release__published_at=None).count() == ROWS * COLUMNS
    expect(page.locator("#sheet .is-drafted")).to_have_count(ROWS * COLUMNS)
