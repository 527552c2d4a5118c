"""Files that tests bring in, and an intake as it stands."""

import io
from collections.abc import Iterable, Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from comparisons.intake import work
from comparisons.models import Indicator, Intake
from tests import factories

HEAD = "Nyckeltal;Område;Period;Värde"


def csv(*lines: str) -> bytes:
    """A long file of these rows: ``Våldsbrott;Borås;2017;10,4``."""
    return "\n".join([HEAD, *lines]).encode()


def xlsx(rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook with one sheet of these rows."""
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def crime() -> Indicator:
    """The indicator that the files are about; Borås is there, too."""
    factories.own_area()
    return factories.indicator("Våldsbrott")


def taken_in(content: bytes, name: str = "brott.csv") -> Intake:
    """A file of somebody's, as far as it came without an answer."""
    return again(work.take_in(name, content, factories.user()))


def again(intake: Intake) -> Intake:
    """The intake as it stands in the database now."""
    return Intake.objects.get(pk=intake.pk)


def upload(browser: Client, content: bytes, name: str = "brott.csv") -> HttpResponse:
    """Send the form of a new intake."""
    return browser.post(reverse("intakes:new"), {"file": SimpleUploadedFile(name, content)})  # type: ignore[return-value]


def press(browser: Client, intake: Intake, step: str, **sent: str) -> HttpResponse:
    """Press a button of an intake's screen."""
    return browser.post(intake.get_admin_url(), {"step": step} | sent)  # type: ignore[return-value]


def save(browser: Client, intake: Intake, *, title: str = "Årets siffror", reason: str = "") -> HttpResponse:
    """Press Spara som utkast, having seen the plan as it stands."""
    seen = again(intake).plan["fingerprint"]
    return press(browser, intake, "save", title=title, reason=reason, seen=seen)
