"""The public pages in a real browser: whoever reads them, however, on whatever screen."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.reading import tables

pytestmark = pytest.mark.usefixtures("demo")

FOUNDING = "/oppna-jamforelser/trygghet-och-sakerhet/"
MISSING = "/finns-inte/"
PAGES = [
    "/",
    "/oppna-jamforelser/",
    FOUNDING,
    "/oppna-jamforelser/grundskola/",
    "/nyckeltal/",
    "/nyckeltal/antal-anmalda-valdsbrott-per-1-000-invanare/",
    "/sa-laser-du-siffrorna/",
    MISSING,
]
PHONE, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
AXE_OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}


def visit(page: Page, path: str) -> None:
    response = page.goto(path)
    assert response is not None and response.status == (404 if path == MISSING else 200), path


def test_no_page_breaks_a_rule_of_accessibility_on_any_screen_light_or_dark(page: Page) -> None:
    axe = Axe()
    broken = []
    for path in PAGES:
        visit(page, path)
        for screen in (PHONE, DESKTOP):
            page.set_viewport_size(screen)  # type: ignore[arg-type]
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                for found in axe.run(page, options=AXE_OPTIONS).response["violations"]:
                    nodes = [node["html"][:120] for node in found["nodes"]]
                    broken.append((path, screen["width"], scheme, found["id"], nodes))
    assert broken == []


def test_dark_is_dark(page: Page) -> None:
    visit(page, "/")
    colours = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        colours.add(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
        colours.add(page.evaluate("getComputedStyle(document.body).color"))
    assert len(colours) >= 3


def test_no_page_scrolls_sideways_on_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    too_wide = {}
    for path in PAGES:
        visit(page, path)
        width = page.evaluate("document.scrollingElement.scrollWidth")
        if width > PHONE["width"]:
            too_wide[path] = width
    assert too_wide == {}


def test_pages_load_without_a_fault_ask_nobody_else_and_leave_nothing_behind(
    page: Page, context: BrowserContext, live_server: Any
) -> None:
    faults: list[str] = []
    asked: set[str] = set()
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.on(
        "response",
        lambda response: (
            faults.append(f"{response.status} {response.url}")
            if response.status >= 400 and not response.url.endswith(MISSING)
            else None
        ),
    )
    for path in PAGES:
        visit(page, path)
        page.wait_for_load_state("networkidle")
        if path == MISSING:  # Chromium tells of the page that is missing, and of nothing else.
            assert len(faults) == 1 and "404" in faults.pop()
        kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
        assert kept == [0, 0, ""], path
        assert page.evaluate("indexedDB.databases()") == [], path
    assert faults == []
    assert asked == {urlsplit(live_server.url).netloc}
    assert context.cookies() == []


def test_the_menu_opens_by_its_button_and_closes_by_escape(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    visit(page, FOUNDING)
    button = page.get_by_role("button", name="Meny")
    link = page.get_by_role("navigation", name="Meny").get_by_role("link", name="Grundskola")
    expect(link).not_to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(link).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    link.focus()
    page.keyboard.press("Escape")
    expect(link).not_to_be_visible()
    expect(button).to_be_focused()
    button.press("Enter")
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Grundskola")


def test_without_javascript_the_menu_is_a_list_and_the_tables_are_there(
    chromium: Browser, live_server: Any
) -> None:
    context = chromium.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        viewport=PHONE,  # type: ignore[arg-type]
    )
    page = context.new_page()
    visit(page, FOUNDING)
    expect(page.get_by_role("navigation", name="Meny").get_by_role("link", name="Grundskola")).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(3)
    for table in page.get_by_role("table").all():
        expect(table).to_be_visible()
    expect(page.get_by_role("button", name="Kopiera länken")).to_be_hidden()
    context.close()


def accessible_tables(page: Page) -> list[dict[str, list[str]]]:
    """The tables of the browser's accessibility tree: names of what has each role, in order."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def role(node: dict[str, Any]) -> str:
        return "" if node.get("ignored") else str(node["role"]["value"])

    def inside(node: dict[str, Any]) -> Any:
        for child in node.get("childIds", ()):
            if child in by_id:
                yield by_id[child]
                yield from inside(by_id[child])

    found = []
    for table in (node for node in nodes if role(node) == "table"):
        names: dict[str, list[str]] = {"columnheader": [], "rowheader": [], "cell": []}
        for node in inside(table):
            if role(node) in names:
                names[role(node)].append(" ".join(node["name"]["value"].split()))
        found.append(names)
    return found


def test_on_a_phone_the_tables_are_tables_to_a_screen_reader(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    visit(page, FOUNDING)
    written = tables(page.content())
    heard = accessible_tables(page)
    assert len(heard) == len(written) == 3
    for names, table in zip(heard, written.values(), strict=True):
        assert names["columnheader"] == ["Nyckeltal", *(" ".join(head.split()) for head in table.columns)]
        for name, row in zip(names["rowheader"], table.rows, strict=True):
            assert name.startswith(" ".join(row.split()))
        assert len(names["cell"]) == len(table.rows) * len(table.columns)
