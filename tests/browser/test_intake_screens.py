"""Files on their way in, in a real browser: the errand, the progress, and how every state looks."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.users.models import UserProfile

from boras_site.accounts.models import User
from comparisons import roles
from comparisons.intake import workers
from comparisons.models import Intake, Release
from tests import factories, intakes
from tests.browser import engines
from tests.browser.faults import Faults
from tests.browser.sheets import SignIn

State = Intake.State
NEW, LIST = "/admin/inlasningar/ny/", "/admin/inlasningar/"
WIDE, SMALL = {"width": 1280, "height": 900}, {"width": 320, "height": 900}
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": WIDE},
    "320 px": {"viewport": SMALL},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "forced colours": {"viewport": WIDE, "forced_colors": "active"},
}
UNKNOWN = intakes.csv("Brottet;Borås;2017;10,4", "Brottet;Staden;2017;8,2")


@pytest.fixture
def communicator(live_server: Any) -> User:
    return factories.user(roles.COMMUNICATOR, first_name="Kim", last_name="Ek")


def test_a_file_is_read_in_answered_for_and_saved(
    sign_in: SignIn, communicator: User, tmp_path: Path
) -> None:
    intakes.crime()
    factories.area("Göteborg")
    file = tmp_path / "brott.csv"
    file.write_bytes(UNKNOWN)
    page = sign_in(communicator)
    page.goto("/admin/publiceringar/")
    factories.theme_page()
    page.goto(NEW)
    page.get_by_label("Fil", exact=False).first.set_input_files(file)
    page.get_by_role("button", name="Läs in").click()
    crime = page.get_by_role("group", name="Vilket nyckeltal är ”Brottet”?")
    city = page.get_by_role("group", name="Vilket område är ”Staden”?")
    crime.get_by_role("combobox").fill("Våldsbrott")
    city.get_by_role("radio", name="Hoppa över").check()
    city.get_by_role("combobox").fill("Göteborg")
    # Whoever writes a name has not left it out.
    expect(city.get_by_role("radio", name="Hoppa över")).not_to_be_checked()
    page.get_by_role("button", name="Spara svaren och läs filen igen").click()
    expect(page.get_by_role("region", name="Det här skulle ändras")).to_contain_text(
        "Våldsbrott, Göteborg 2017"
    )
    page.get_by_role("textbox", name="Rubrik").fill("Brott 2017")
    page.get_by_role("button", name="Spara som utkast").click()
    page.get_by_role("link", name="Granska och skicka: Brott 2017").click()
    expect(page.get_by_role("row", name="Göteborg 2017", exact=False)).to_contain_text("8,2")
    assert Release.objects.get().staged.count() == 2


def test_the_progress_moves_by_itself_until_there_is_something_to_show(
    sign_in: SignIn, communicator: User
) -> None:
    at_work = standing("brott.csv", state=State.READING, worker=workers.myself(), step="Läser filen", total=9)
    page = sign_in(communicator)
    page.goto(at_work.get_admin_url())
    bar = page.get_by_role("progressbar")
    assert bar.get_attribute("value") is None
    Intake.objects.filter(pk=at_work.pk).update(done=3)
    expect(page.locator("[data-words]")).to_have_text("Läser filen: 3 av 9")
    assert (bar.get_attribute("value"), bar.get_attribute("max")) == ("3", "9")
    Intake.objects.filter(pk=at_work.pk).update(state=State.FAILED, told="Filen är trasig.", worker="")
    expect(page.get_by_role("alert")).to_contain_text("Filen är trasig.")


# --- For everyone --------------------------------------------------------------------------------


def standing(name: str, **fields: Any) -> Intake:
    made = {"kind": Intake.Kind.FILE, "content": b"x", "beat_at": timezone.now(), "name": name} | fields
    return Intake.objects.create(**made)


def every_state() -> dict[str, Intake]:
    """An intake in each state there is to look at."""
    crime = intakes.crime()
    factories.area("Göteborg")
    factories.theme_page(tables=[factories.table(crime)])
    factories.publish(factories.staged_figure(crime, "9.9"))
    figures = ["Våldsbrott;Borås;2017;104", "Våldsbrott;Göteborg;2017;8,2"]
    found = {
        "asking": intakes.taken_in(UNKNOWN, "ett ganska långt namn på en fil från SKR 2018.csv"),
        "planned": intakes.taken_in(intakes.csv(*figures)),
        "faulty": intakes.taken_in(intakes.csv(*figures, "Våldsbrott;Borås;2016;1.234")),
        "failed": intakes.taken_in(b"%PDF-1.4", "rapport.pdf"),
        "done": intakes.taken_in(intakes.csv("Våldsbrott;Borås;2017;9,9")),
        "waiting": standing("vantar.csv"),
        "working": standing(
            "stor.csv",
            state=State.SAVING,
            worker=workers.myself(),
            step="Sparar utkastet",
            done=25_000,
            total=100_000,
        ),
        "stopped": standing("avbruten.csv", state=State.READING, worker="another:1:1", beat_at=None),
    }
    states = [one.state for one in found.values()]
    assert states[:5] == [State.ASKING, State.PLANNED, State.FAULTY, State.FAILED, State.DONE]
    return found


def judge(faults: Faults, page: Page, where: str, look: str) -> None:
    if folder := os.environ.get("INTAKE_PICTURES"):
        page.screenshot(path=f"{folder}/{where}-{look}.png", full_page=True)
    for fault in engines.axe(page):
        faults.add(where, look, fault)
    if look == "320 px" and page.evaluate("document.documentElement.scrollWidth") > SMALL["width"]:
        faults.add(where, look, "scrolls sideways")


@pytest.mark.once
@pytest.mark.engines
def test_axe_finds_nothing_on_any_screen_in_any_state(sign_in: SignIn, communicator: User) -> None:
    found = every_state()
    with Faults() as faults:
        for look, options in LOOKS.items():
            profile = UserProfile.get_for_user(communicator)
            profile.theme = "dark" if look == "dark" else "light"
            profile.save()
            page = sign_in(communicator, **options)
            for name, intake in found.items():
                page.goto(intake.get_admin_url())
                expect(page.locator(".intake")).to_be_visible()
                judge(faults, page, name, look)
            waiting = Intake.objects.filter(pk=found["waiting"].pk)
            waiting.update(beat_at=timezone.now() - timedelta(minutes=2))
            Intake.objects.filter(pk=found["working"].pk).update(beat_at=None)
            page.goto(found["waiting"].get_admin_url())
            expect(page.get_by_role("alert")).to_contain_text("Ingen arbetar med filen.")
            judge(faults, page, "unattended", look)
            waiting.update(beat_at=timezone.now())
            Intake.objects.filter(pk=found["working"].pk).update(beat_at=timezone.now())
            for name, address in (("new", NEW), ("list", LIST), ("themes", "/admin/teman/")):
                page.goto(address)
                judge(faults, page, name, look)
