"""What the admin's scripts write is Swedish too: menus, windows, tooltips, messages of a communicator's day.

The screens as the server sends them are read by ``tests/test_admin_swedish.py``. Here they are read after the
scripts have been at work, in each state that an editor puts them in.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from boras_site.accounts.models import User
from comparisons.models import Indicator, ThemePage
from tests.browser.sheets import SignIn
from tests.desk_states import picture
from tests.english import english, said_in_html

pytestmark = pytest.mark.once

#: All of a page, also what a component keeps in its shadow.
_WHOLE = """() => [document.documentElement.outerHTML,
  ...[...document.querySelectorAll('*')].filter(one => one.shadowRoot).map(one => one.shadowRoot.innerHTML)
].join('')"""
#: A button of the date picker, for lists where a choice must be confirmed. The admin has none.
_NEVER_SHOWN = "Save Selected"
#: A screen says more than this; less, and nothing was read.
FEWEST = 100


class Reader:
    """Reads the screen at each step, and keeps the English it met."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: dict[str, str] = {}

    def read(self, step: str, shown: Locator | None = None) -> None:
        """Note the English of the screen as it stands now, once what the step brings is shown."""
        if shown is not None:
            expect(shown.first).to_be_visible()
        said = said_in_html(self.page.evaluate(_WHOLE))
        assert len(said) > FEWEST, step
        for text in english(said):
            if text != _NEVER_SHOWN:
                self.faults.setdefault(text, step)

    def tally(self) -> str:
        """Each English text with the step that brought it, a line each; empty when there is none."""
        return "".join(f"{step}  {text}\n" for text, step in self.faults.items())


@pytest.fixture
def reader(sign_in: SignIn, demo: dict[str, str]) -> Iterator[Reader]:
    """A tab in which the communicator is logged in; at the end nothing English was met."""
    made = Reader(sign_in(User.objects.get(username="kommunikator")))
    # What the editor sends as it closes would reach a database that is being emptied.
    made.page.add_init_script("navigator.sendBeacon = () => true")
    yield made
    made.page.goto("about:blank")
    assert made.tally() == ""


def button(page: Page, name: str) -> Locator:
    """A button by what it says."""
    return page.get_by_role("button", name=name)


def open_theme(page: Page) -> None:
    """The edit screen of a theme, as soon as its blocks are drawn."""
    page.goto(f"/admin/pages/{ThemePage.objects.get(slug='trygghet-och-sakerhet').pk}/edit/")
    expect(button(page, "Välj flera nyckeltal").first).to_be_visible()


def test_that_english_would_be_found(sign_in: SignIn, demo: dict[str, str]) -> None:
    planted = Reader(sign_in(User.objects.get(username="kommunikator")))
    planted.page.goto("/admin/")
    planted.page.evaluate("""() => {
      document.body.append(Object.assign(document.createElement('p'), { textContent: 'Your changes' }));
      document.body.attachShadow({ mode: 'open' }).innerHTML = '<b title="Close this">×</b>';
    }""")
    planted.read("planted")
    assert planted.tally() == "planted  Close this\nplanted  Your changes\n"


def test_the_panels_beside_a_page(reader: Reader) -> None:
    page = reader.page
    open_theme(page)
    reader.read("a theme")
    page.keyboard.press("?")
    reader.read("the keyboard shortcuts", page.get_by_role("dialog"))
    page.keyboard.press("Escape")
    button(page, "Visa eller dölj status").click()
    reader.read("the status", page.locator("[data-side-panel=status]"))
    button(page, "Välj tid").click()
    page.locator("[name=go_live_at]").click()
    reader.read("the time of publishing", page.locator(".xdsoft_datetimepicker:visible"))
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    button(page, "Visa eller dölj kontroller").click()
    reader.read("the checks", page.locator("[data-side-panel=checks]"))
    button(page, "Visa eller dölj förhandsgranskning").click()
    reader.read("the preview", page.locator("[data-side-panel=preview]"))
    button(page, "Visa eller dölj kommentarer").click()
    button(page, "Lägg till kommentar").first.click()
    page.keyboard.type("Stämmer det?")
    reader.read("a comment", page.locator("#comments form, #comments .comment").first)


def test_blocks_and_rich_text(reader: Reader) -> None:
    page = reader.page
    open_theme(page)
    page.locator("[data-contentpath=results] [data-contentpath=body] .c-sf-add-button").first.click()
    search = page.get_by_role("combobox", name="Sök …")
    reader.read("the blocks to choose from", search)
    button(page, "Förhandsgranska").first.click()
    reader.read("what a block looks like")
    search.fill("xyz")
    reader.read("no such block", page.get_by_text("Inga träffar"))
    page.keyboard.press("Escape")
    button(page, "Fäll ihop alla").click()
    button(page, "Fäll ut alla").click()
    text = page.locator("[data-contentpath=introduction] [contenteditable=true]")
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("/")
    reader.read("what a slash offers", page.get_by_role("option", name="Länk"))
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    tools = page.locator(".Draftail-FloatingToolbar .Draftail-ToolbarButton")
    expect(tools.first).to_be_visible()
    for number in range(tools.count()):
        tools.nth(number).hover()
        reader.read(f"tool {number}", page.locator(".Draftail-Tooltip, .tippy-box"))
    # Changes of the first two seconds are taken for the scripts' own; those are long past.
    page.locator("#id_title").fill("Ny titel")
    page.locator("#id_title").blur()
    reader.read("it saves itself", page.locator(".w-autosave-indicator").get_by_text("Sparat"))
    text.click()
    page.keyboard.press("Control+k")
    reader.read("a link to a page", page.locator(".modal-body"))
    for name in ("Extern länk", "E-postlänk", "Telefonlänk", "Ankarlänk"):
        page.locator(".modal-body").get_by_role("link", name=name).click()
        reader.read(name, page.locator(".modal-body input[type=submit], .modal-body [type=submit]"))
    page.locator(".modal-body [type=submit]").last.click()
    reader.read("a link to nothing", page.locator(".modal-body .w-field__errors"))


def test_what_is_chosen_in_windows(reader: Reader) -> None:
    page = reader.page
    open_theme(page)
    button(page, "Välj flera nyckeltal").first.click()
    window = page.locator(".modal-body")
    reader.read("several indicators", window.get_by_role("checkbox"))
    window.get_by_role("textbox").first.fill("xyz")
    reader.read("no such indicator", window.get_by_text("Inget matchar"))
    page.keyboard.press("Escape")
    page.goto(f"/admin/snippets/comparisons/indicator/edit/{Indicator.objects.first().pk}/")  # type: ignore[union-attr]
    page.get_by_role("tab", name="Källa").click()
    reader.read("an indicator", page.locator("[name=next_figure_on]"))
    page.locator("[name=next_figure_on]").click()
    reader.read("the date picker", page.locator(".xdsoft_datetimepicker:visible"))
    page.keyboard.press("Escape")


def test_menus_lists_and_files(reader: Reader) -> None:
    page = reader.page
    page.goto("/admin/pages/")
    reader.read("the pages", page.locator(".listing"))
    page.locator("[data-bulk-action-select-all-checkbox]").first.check()
    reader.read("some pages chosen", page.locator("[data-bulk-action-footer]"))
    for name in ("Sidor", "Hjälp", "Kim"):
        page.locator(".sidebar").get_by_role("button", name=name).click()
        page.wait_for_load_state("networkidle")
        reader.read(f"the menu {name}")
    button(page, "Visa eller dölj menyn").first.click()
    reader.read("the narrow menu")
    page.goto("/admin/account/")
    for name in page.get_by_role("tab").all_inner_texts():
        page.get_by_role("tab", name=name).click()
        reader.read(f"the account: {name}")
    page.goto("/admin/images/multiple/add/")
    files = page.locator("input[type=file]").first
    files.set_input_files({"name": "x.png", "mimeType": "image/png", "buffer": b"Inte en bild."})
    reader.read("not an image", page.locator(".upload-failure, .messages .error, .error-messages"))
    files.set_input_files({"name": "y.png", "mimeType": "image/png", "buffer": picture().read()})
    reader.read("an image", page.locator(".upload-success .status-msg.success"))
