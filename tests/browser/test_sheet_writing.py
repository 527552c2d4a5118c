"""Writing in the sheet of an indicator: by keyboard, in blocks, with details, warnings and more periods."""

import re

import pytest
from playwright.sync_api import expect

from comparisons import roles
from comparisons.models import Indicator
from tests import factories
from tests.browser.sheets import Sheet, SignIn, indicator_sheet, violent_crimes


@pytest.fixture
def crimes() -> Indicator:
    return violent_crimes()


@pytest.fixture
def sheet(sign_in: SignIn, crimes: Indicator) -> Sheet:
    return Sheet(sign_in(factories.user(roles.COMMUNICATOR)), indicator_sheet(crimes))


# --- By keyboard ---------------------------------------------------------------------------------


def test_figures_are_written_by_keyboard_only(sheet: Sheet) -> None:
    page = sheet.page
    page.locator("body").focus()
    for _ in range(60):
        sheet.press("Tab")
        if sheet.at():
            break
    assert sheet.at() == (2, 0)  # where the new figures go
    sheet.keys.type("0,34")
    sheet.press("Tab")
    sheet.keys.type("..")
    sheet.press("ArrowUp")
    sheet.keys.type("ja")
    sheet.press("Shift+Enter")
    sheet.keys.type("-")
    sheet.press("Enter")
    assert sheet.at() == (1, 1)
    expect(sheet.cell("2016", "Median")).to_have_text("–")
    assert sheet.rows() == [["10,3", "–"], ["10,4", "ja"], ["0,34", ".."]]
    expect(sheet.cell("2017", "Median")).to_have_attribute("aria-invalid", "true")
    sheet.press("F2", "End", "Backspace", "Backspace")
    sheet.keys.type("8,1")
    sheet.press("Escape")
    assert sheet.rows()[1][1] == "ja" and sheet.at() == (1, 1)
    sheet.press("Backspace")
    assert sheet.rows()[1][1] == ""
    sheet.press("8", "ArrowLeft")
    assert sheet.rows()[1][1] == "8" and sheet.at() == (1, 0)


def test_the_keys_go_where_they_go_in_a_spreadsheet(sheet: Sheet) -> None:
    for keys, place in (
        ("Control+Home", (0, 0)),
        ("Control+ArrowDown", (1, 0)),  # the last figure before a gap
        ("Control+ArrowDown", (2, 0)),
        ("End", (2, 1)),
        ("Control+ArrowUp", (1, 1)),  # over the gap to the next figure
        ("Home", (1, 0)),
        ("Tab", (1, 1)),
        ("Tab", (2, 0)),
        ("Shift+Tab", (1, 1)),
        ("Control+End", (2, 1)),
        ("PageUp", (0, 1)),
        ("ArrowUp", (0, 1)),
        ("Enter", (1, 1)),
        ("Shift+Enter", (0, 1)),
    ):
        if keys == "Control+Home":
            sheet.cell("2018", "Borås").click()
        sheet.press(keys)
        assert sheet.at() == place, keys
    # After a run of Tab, Enter goes to where the run began.
    sheet.press("Control+Home", "Tab", "Enter")
    assert sheet.at() == (1, 0)


def test_the_table_is_no_trap(sheet: Sheet) -> None:
    sheet.cell("2018", "Median").click()
    sheet.press("Tab")
    assert sheet.at() is None
    sheet.press("Shift+Tab")
    assert sheet.at() == (2, 1)
    sheet.press("Control+Home", "Shift+Tab")
    assert sheet.at() is None
    sheet.cell("2017", "Borås").click()
    sheet.press("Escape")
    expect(sheet.details.get_by_role("checkbox", name="Preliminär")).to_be_focused()
    sheet.press("Escape")
    assert sheet.at() == (1, 0)
    # A cell with nothing to say of it: on to the button.
    sheet.press("ArrowDown", "Escape")
    expect(sheet.page.get_by_role("button", name="Spara utkast")).to_be_focused()


def test_steps_are_taken_back_and_forth(sheet: Sheet) -> None:
    start = sheet.rows()
    sheet.write("2018", "Borås", "10,6")
    sheet.cell("2016", "Borås").click()
    sheet.paste("1\t2\n3\t4")
    pasted = [["1", "2"], ["3", "4"], ["10,6", ""]]
    assert sheet.rows() == pasted
    sheet.press("Control+z")
    assert sheet.rows() == [*start[:2], ["10,6", ""]]
    sheet.press("Control+z")
    assert sheet.rows() == start
    expect(sheet.count).to_be_empty()
    expect(sheet.page.get_by_role("button", name="Ångra")).to_be_disabled()
    sheet.press("Control+y", "Control+Shift+z")
    assert sheet.rows() == pasted
    sheet.page.get_by_role("button", name="Ångra").click()
    assert sheet.rows() == [*start[:2], ["10,6", ""]] and sheet.at() == (0, 0)
    sheet.page.get_by_role("button", name="Gör om").click()
    assert sheet.rows() == pasted


# --- Blocks --------------------------------------------------------------------------------------


def test_a_block_is_copied_filled_emptied_and_pasted(sheet: Sheet) -> None:
    page = sheet.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sheet.cell("2016", "Borås").click()
    sheet.press("Control+a")
    expect(page.locator("#sheet [aria-selected]")).to_have_count(6)
    expect(sheet.details.get_by_role("heading")).to_have_text("6 rutor markerade")
    sheet.press("Control+c")
    assert page.evaluate("navigator.clipboard.readText()") == "10,3\t\n10,4\t8,2\n\t"
    sheet.press("Delete")
    assert sheet.rows() == [["", ""]] * 3
    sheet.press("Control+v")  # what was copied, from the machine's own clipboard
    assert sheet.rows() == [["10,3", ""], ["10,4", "8,2"], ["", ""]]
    expect(sheet.count).to_be_empty()
    # By mouse, from corner to corner; and a single value fills it.
    sheet.cell("2017", "Borås").hover()
    page.mouse.down()
    sheet.cell("2018", "Median").hover()
    page.mouse.up()
    sheet.paste("9,9")
    assert sheet.rows() == [["10,3", ""], ["9,9", "9,9"], ["9,9", "9,9"]]
    sheet.keys.type("7")
    sheet.press("Control+Enter")
    assert sheet.rows()[1:] == [["7", "7"], ["7", "7"]]
    sheet.press("Control+x")
    assert sheet.rows()[1:] == [["", ""], ["", ""]]
    # A click chooses, a double click writes.
    field = page.locator("#sheet input")
    sheet.cell("2016", "Borås").click()
    sheet.cell("2016", "Borås").click()
    expect(field).to_have_count(0)
    sheet.cell("2016", "Borås").dblclick()
    expect(field).to_have_value("10,3")
    sheet.press("Escape")
    # A row and a column by their heads, and from where she is to where she clicks.
    page.locator("#sheet thead th", has_text="Median").click()
    expect(page.locator("#sheet [aria-selected]")).to_have_count(3)
    page.locator("#sheet tbody th", has_text="2016").click()
    expect(page.locator("#sheet [aria-selected]")).to_have_count(2)
    sheet.cell("2016", "Borås").click()
    sheet.cell("2017", "Median").click(modifiers=["Shift"])
    expect(page.locator("#sheet [aria-selected]")).to_have_count(4)


def test_what_finds_no_room_is_told(sheet: Sheet) -> None:
    sheet.cell("2018", "Borås").click()
    sheet.paste("1\t2\t3\n4\t5\t6")
    expect(sheet.message).to_contain_text("2 rutor inklistrade. 4 värden fick inte plats.")
    assert sheet.rows()[2] == ["1", "2"]


def test_a_very_long_text_stays_in_its_cell(sheet: Sheet) -> None:
    sheet.cell("2018", "Borås").click()
    sheet.paste("x" * 5000)
    expect(sheet.cell("2018", "Borås")).to_have_attribute("aria-invalid", "true")
    box = sheet.cell("2018", "Borås").bounding_box()
    assert box is not None and box["width"] < 250


# --- Details, warnings, periods and columns ------------------------------------------------------


def test_the_details_of_one_cell_and_of_a_block_are_saved(sheet: Sheet, crimes: Indicator) -> None:
    other = factories.source("BRÅ och SKL")
    sheet.page.reload()
    details = sheet.details
    sheet.cell("2018", "Borås").click()
    expect(details).to_contain_text("Tom.")
    sheet.cell("2018", "Borås").click()
    sheet.paste("10,6\t8,5")
    expect(details).to_contain_text("alla markerade rutor")
    details.get_by_label("Preliminär").check()
    expect(sheet.page.locator("#sheet .is-preliminary")).to_have_count(2)
    sheet.cell("2018", "Median").click()
    details.get_by_label("Preliminär").uncheck()
    details.get_by_label("Antal bakom värdet").fill("290")
    details.get_by_label("Källa").select_option(label=str(other))
    sheet.save_well()
    own, median = sorted(
        crimes.stagedfigure_set.filter(period=2018129), key=lambda one: one.statistic == "median"
    )
    assert (own.preliminary, own.n, own.source_id) == (True, None, crimes.source_id)
    assert (median.preliminary, median.n, median.source_id) == (False, 290, other.pk)
    expect(sheet.cell("2018", "Borås")).to_have_class(re.compile("is-preliminary"))
    sheet.cell("2018", "Median").click()
    expect(details.get_by_label("Antal bakom värdet")).to_have_value("290")
    expect(details.get_by_label("Källa")).to_have_value(str(other.pk))
    expect(details).to_contain_text("Publicerat: inget värde.")


def test_a_warning_is_overruled_with_a_reason(sheet: Sheet, crimes: Indicator) -> None:
    sheet.write("2018", "Borås", "104")
    warning = sheet.problems.get_by_role("listitem")
    expect(warning).to_contain_text("tio gånger")
    expect(sheet.cell("2018", "Borås")).to_have_class(re.compile("is-doubtful"))
    sheet.save()
    expect(sheet.message).to_contain_text("1 siffra ser ut som ett misstag")
    warning.get_by_label("Stämmer ändå, därför att").fill("Räknas på ett nytt sätt.")
    sheet.save_well()
    (figure,) = crimes.stagedfigure_set.filter(release__published_at=None)
    assert figure.overruled == "Räknas på ett nytt sätt."


def test_a_warning_goes_when_its_neighbours_are_mended_too(sheet: Sheet) -> None:
    sheet.write("2018", "Borås", "104")
    expect(sheet.problems.get_by_role("listitem")).to_have_count(1)
    sheet.write("2017", "Borås", "103")
    sheet.write("2016", "Borås", "102")
    # The two that are published differ from what is; the new one no longer stands out.
    expect(sheet.problems.get_by_role("listitem")).to_have_count(2)
    expect(sheet.cell("2018", "Borås")).not_to_have_class(re.compile("is-doubtful"))


def test_a_correction_wants_a_reason(sheet: Sheet, crimes: Indicator) -> None:
    sheet.write("2017", "Borås", "10,6")
    sheet.press("Control+s")
    reason = sheet.page.get_by_label("Anledning")
    expect(reason).to_be_focused()
    expect(reason).to_have_attribute("aria-invalid", "true")
    reason.fill("Brå har rättat siffran.")
    sheet.save_well()
    expect(reason).to_have_value("Brå har rättat siffran.")
    assert crimes.stagedfigure_set.get(release__published_at=None).release.reason == "Brå har rättat siffran."


def test_periods_and_columns_are_added_beside_what_is_not_saved(sheet: Sheet) -> None:
    factories.area("Umeå")
    page = sheet.page
    page.reload()
    sheet.write("2018", "Borås", "10,6")
    period = page.get_by_label("Ny period", exact=True)
    period.fill("2014, i år")
    period.press("Enter")
    expect(page.locator(".sheet-add")).to_contain_text("”i år” är ingen period.")
    expect(page.get_by_label("Ny period", exact=True)).to_be_focused()
    expect(page.get_by_label("Ny period", exact=True)).to_have_value("2014, i år")
    page.get_by_label("Ny period", exact=True).fill("2019")
    page.get_by_role("button", name="Lägg till period").click()
    expect(page.locator("#sheet tbody tr")).to_have_count(5)
    expect(sheet.cell("2019", "Borås")).to_be_focused()
    page.get_by_text("Ny kolumn", exact=False).first.click()
    page.get_by_label("Område").select_option(label="Umeå")
    page.get_by_role("button", name="Lägg till kolumn").click()
    expect(page.locator("#sheet thead th")).to_have_count(4)
    expect(sheet.cell("2014", "Umeå")).to_be_focused()
    sheet.keys.type("9")
    sheet.press("Enter")
    assert sheet.rows() == [
        ["", "", "9"],
        ["10,3", "", ""],
        ["10,4", "8,2", ""],
        ["10,6", "", ""],
        ["", "", ""],
    ]
    expect(sheet.count).to_contain_text("2 ändrade rutor")
    sheet.press("Control+z", "Control+z")
    assert sheet.rows()[3] == ["", "", ""]
