"""Every hostile file goes the whole way of the desk: a Swedish sentence or a plan, and nothing saved."""

import pytest

from comparisons.intake import work
from comparisons.models import Intake, Release, StagedFigure
from tests import factories, intakes
from tests.english import english
from tests.hostile.files import cases
from tests.hostile.parts import REFUSED

pytestmark = pytest.mark.django_db
State = Intake.State
#: Larger ones are opened by tests/test_opening_hostile.py; here every other thing is tried.
MOST_BYTES = 200_000


def test_no_hostile_file_breaks_the_desk_or_saves_anything(caplog: pytest.LogCaptureFixture) -> None:
    intakes.crime()
    user, tried = factories.user(), 0
    browser = factories.client(factories.user(is_superuser=True))
    for case in cases():
        if len(case.content) > MOST_BYTES:
            continue
        tried += 1
        intake = intakes.again(work.take_in(case.filename, case.content, user))
        assert intake.told != work.UNEXPECTED, (case.name, caplog.text[-2000:])
        assert intake.state in (State.FAILED, State.FAULTY, State.ASKING, State.DONE, State.PLANNED), (
            case.name
        )
        if case.expected == REFUSED:
            assert intake.state == State.FAILED, case.name
            # What a program is called is no English.
            assert intake.told and not english([intake.told.replace("Numbers", "")]), (case.name, intake.told)
        if intake.state != State.FAILED or tried == 1:
            assert browser.get(intake.get_admin_url()).status_code == 200, case.name
        assert not intake.worker
        caplog.clear()
    assert tried >= 150
    assert not Release.objects.exists() and not StagedFigure.objects.exists()
