"""A sheet that somebody else works in too, or whose server is gone: nothing is lost or overwritten."""

import re

import pytest
from playwright.sync_api import Dialog, expect

from comparisons import roles
from comparisons.models import Indicator, Release, StagedFigure
from tests import factories
from tests.browser.sheets import Sheet, SignIn, indicator_sheet, sign_in_again, violent_crimes

REASON = "Brå har rättat siffrorna."


@pytest.fixture
def crimes() -> Indicator:
    return violent_crimes()


def open_sheet(sign_in: SignIn, crimes: Indicator, name: str) -> Sheet:
    return Sheet(sign_in(factories.user(roles.COMMUNICATOR, first_name=name)), indicator_sheet(crimes))


def staged(of: Indicator) -> dict[int, float]:
    """What the drafts hold of Borås, by year."""
    found = StagedFigure.objects.filter(indicator=of, statistic="value", release__published_at=None)
    return {figure.period // 1000: float(figure.value) for figure in found}


def test_of_two_who_change_a_cell_the_second_chooses_cell_by_cell(sign_in: SignIn, crimes: Indicator) -> None:
    kim, robin = (open_sheet(sign_in, crimes, name) for name in ("Kim", "Robin"))
    for year, value in (("2016", "10,1"), ("2017", "10,2"), ("2018", "10,9")):
        kim.write(year, "Borås", value)
    kim.page.get_by_label("Anledning").fill(REASON)
    kim.save_well()
    for year, value in (("2016", "10,4"), ("2017", "10,5"), ("2018", "10,6")):
        robin.write(year, "Borås", value)
    robin.write("2018", "Median", "8,5")
    robin.page.get_by_label("Anledning").fill(REASON)
    robin.save()
    expect(robin.message).to_contain_text("Inget är sparat. Någon annan har ändrat medan du skrev.")
    expect(robin.problems.get_by_role("heading", name="Ändrat av någon annan: 3 rutor")).to_be_focused()
    assert staged(crimes) == {2016: 10.1, 2017: 10.2, 2018: 10.9}
    questions = robin.problems.get_by_role("listitem")
    expect(questions).to_have_text(
        [
            re.compile(r"2016, BoråsDu skrev 10,4\. Där står nu 10,1 \(Kim, "),
            re.compile(r"2017, BoråsDu skrev 10,5\. Där står nu 10,2 \(Kim, "),
            re.compile(r"2018, BoråsDu skrev 10,6\. Där står nu 10,9 \(Kim, "),
        ]
    )
    # Choosing changes nothing that was not chosen.
    questions.nth(0).get_by_role("button", name="Behåll mitt: 10,4").click()
    expect(questions).to_have_count(2)
    questions.nth(0).get_by_role("button", name="Ta det andra: 10,2").click()
    assert [row[0] for row in robin.rows()] == ["10,4", "10,2", "10,6"]
    # A question left open is asked again.
    robin.save()
    expect(robin.message).to_contain_text("Inget är sparat.")
    expect(questions).to_have_count(1)
    questions.get_by_role("button", name="Behåll mitt").press("Enter")
    expect(robin.problems).to_be_hidden()
    assert robin.at() == (2, 0)
    robin.save_well()
    assert staged(crimes) == {2016: 10.4, 2017: 10.2, 2018: 10.6}
    assert Release.objects.filter(published_at=None).count() == 1


def test_all_questions_are_answered_at_once(sign_in: SignIn, crimes: Indicator) -> None:
    kim, robin = (open_sheet(sign_in, crimes, name) for name in ("Kim", "Robin"))
    for sheet, text in ((kim, "10,1\n10,2"), (robin, "10,4\n10,5")):
        sheet.cell("2016", "Borås").click()
        sheet.paste(text)
        sheet.page.get_by_label("Anledning").fill(REASON)
    kim.save_well()
    robin.save()
    robin.problems.get_by_role("button", name="Ta alla de andras").click()
    assert [row[0] for row in robin.rows()] == ["10,1", "10,2", ""]
    expect(robin.count).to_be_empty()


def test_what_was_seen_before_a_period_was_added_still_counts(sign_in: SignIn, crimes: Indicator) -> None:
    """The new table comes with what others have saved since; a save is not to pass over that."""
    kim, robin = (open_sheet(sign_in, crimes, name) for name in ("Kim", "Robin"))
    robin.write("2018", "Borås", "10,6")
    kim.write("2018", "Borås", "10,9")
    kim.save_well()
    robin.page.get_by_label("Ny period", exact=True).fill("2019")
    robin.page.get_by_label("Ny period", exact=True).press("Enter")
    expect(robin.page.locator("#sheet tbody tr")).to_have_count(4)
    robin.save()
    expect(robin.problems).to_contain_text("Du skrev 10,6. Där står nu 10,9")
    assert staged(crimes) == {2018: 10.9}


def test_what_waits_for_review_is_read_and_not_written(sign_in: SignIn, crimes: Indicator) -> None:
    waiting = factories.release(factories.staged_figure(crimes, "10.6", "2018"), title="Årets siffror")
    factories.submit(waiting)
    sheet = open_sheet(sign_in, crimes, "Kim")
    cell = sheet.cell("2018", "Borås")
    expect(cell).to_have_attribute("aria-readonly", "true")
    cell.click()
    sheet.keys.type("11")
    sheet.press("Enter", "Delete")
    sheet.cell("2018", "Borås").click()
    sheet.paste("1\t2")
    expect(sheet.message).to_contain_text("1 ruta inklistrad. En ruta väntar i en annan publicering")
    assert sheet.rows()[2] == ["10,6", "2"]
    cell.click()
    link = sheet.details.get_by_role("link", name="Årets siffror")
    expect(link).to_have_attribute("href", waiting.get_admin_url())


def test_nothing_is_lost_while_the_server_is_gone(sign_in: SignIn, crimes: Indicator) -> None:
    sheet = open_sheet(sign_in, crimes, "Kim")
    sheet.page.route("**/siffror/*/", lambda route: route.abort())
    sheet.write("2018", "Borås", "10,6")
    expect(sheet.message).to_contain_text("Servern svarar inte.")
    sheet.save()
    expect(sheet.message).to_contain_text("Servern svarar inte. Det du har skrivit finns kvar här")
    assert sheet.rows()[2][0] == "10,6"
    sheet.page.unroute("**/siffror/*/")
    expect(sheet.message).to_be_empty()  # it has asked again by itself
    sheet.save_well()
    assert staged(crimes) == {2018: 10.6}


def test_who_was_logged_out_logs_in_elsewhere_and_saves(
    sign_in: SignIn, crimes: Indicator, live_server
) -> None:
    someone = factories.user(roles.COMMUNICATOR)
    sheet = Sheet(sign_in(someone), indicator_sheet(crimes))
    sheet.write("2018", "Borås", "10,6")
    sheet.page.context.clear_cookies()
    sheet.save()
    expect(sheet.message).to_contain_text("Du är utloggad.")
    expect(sheet.message.get_by_role("link")).to_have_attribute("target", "_blank")
    sign_in_again(sheet.page.context, someone, live_server.url)
    sheet.page.context.new_page().goto("/admin/")  # which hands out another token
    sheet.save_well()
    assert staged(crimes) == {2018: 10.6}


def test_she_is_asked_before_she_leaves_what_is_not_saved(sign_in: SignIn, crimes: Indicator) -> None:
    sheet = open_sheet(sign_in, crimes, "Kim")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    sheet.page.on("dialog", stay)
    sheet.write("2018", "Borås", "10,6")
    expect(sheet.count).to_contain_text("1 ändrad ruta")
    sheet.page.evaluate("location.assign('/admin/')")
    expect(sheet.cell("2018", "Borås")).to_be_visible()
    assert asked == ["beforeunload"]
    sheet.save_well()
    sheet.page.goto("/admin/publiceringar/")
    assert asked == ["beforeunload"]
