"""Files: read in, answered for, saved as a draft, run again, thrown away; and the template of a theme."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from boras_site.accounts.models import User
from comparisons.intake import work
from comparisons.models import Intake, StagedFigure
from tests import factories

Act = Callable[[User, Client], bool]
State = Intake.State
KNOWN = b"Nyckeltal;Omr\xc3\xa5de;Period;V\xc3\xa4rde\nV\xc3\xa5ldsbrott;Bor\xc3\xa5s;2017;10,4\n"
UNKNOWN = KNOWN.replace(b"Bor\xc3\xa5s", b"Staden vid Viskan")


def taken_in(content: bytes = KNOWN) -> Intake:
    """A file that somebody else has read in, as far as it came."""
    factories.own_area()
    factories.indicator("Våldsbrott")
    intake = work.take_in("brott.csv", content, factories.user())
    intake.refresh_from_db()
    return intake


def read_in(me: User, browser: Client) -> bool:
    """Upload a file."""
    factories.own_area()
    factories.indicator("Våldsbrott")
    browser.post(reverse("intakes:new"), {"file": SimpleUploadedFile("brott.csv", KNOWN)})
    return Intake.objects.filter(created_by=me, state=State.PLANNED).exists()


def press(intake: Intake, browser: Client, step: str, **sent: Any) -> Intake | None:
    """Press a button of an intake's screen; the intake afterwards, or None when it is gone."""
    browser.post(intake.get_admin_url(), {"step": step} | sent)
    return Intake.objects.filter(pk=intake.pk).first()


def answer(me: User, browser: Client) -> bool:
    intake = taken_in(UNKNOWN)
    assert intake.state == State.ASKING
    (question,) = intake.questions
    after = press(intake, browser, "answer", **{f"annat-{question['key']}": "Borås"})
    return after is not None and after.state == State.PLANNED


def save(me: User, browser: Client) -> bool:
    intake = taken_in()
    press(intake, browser, "save", title="Årets siffror", seen=intake.plan["fingerprint"])
    return StagedFigure.objects.filter(release__created_by=me).exists()


def run_again(me: User, browser: Client) -> bool:
    intake = taken_in()
    Intake.objects.filter(pk=intake.pk).update(state=State.FAILED)
    after = press(intake, browser, "run_again")
    return after is not None and after.state == State.PLANNED


def throw_away(me: User, browser: Client) -> bool:
    return press(taken_in(), browser, "throw_away") is None


def template(me: User, browser: Client) -> bool:
    theme = factories.theme_page(tables=[factories.table(factories.indicator("Våldsbrott"))])
    answer = browser.get(reverse("intakes:template", args=[theme.pk]))
    return answer.status_code == 200 and answer.content.startswith(b"PK")


ACTIONS: dict[str, list[Act]] = {
    "läsa in siffror från en fil till ett utkast": [read_in, answer, save, run_again],
    "kasta en inläst fil": [throw_away],
    "ladda ner en mall med ett temas siffror": [template],
}
