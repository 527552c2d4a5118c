"""From Kolada, what could go wrong unseen: half an answer, what changes meanwhile, what waits in drafts."""

from typing import Any

import pytest

from comparisons.intake.kolada import linking, sync
from comparisons.intake.workers import myself
from comparisons.models import Area, Intake, KoladaLink, Release, StagedFigure
from comparisons.terms import Statistic
from tests import factories as make
from tests.kolada import server as tricks
from tests.kolada.nights import State, linked, night, nightly, published, rows, staged
from tests.kolada.server import Kolada

pytestmark = pytest.mark.django_db


@pytest.fixture
def meanwhile(monkeypatch: Any) -> Any:
    """Has something done when Kolada is asked and nothing is written yet."""

    def have_done(what: Any) -> None:
        fetch = sync.fetch

        def fetched(*args: Any) -> Any:
            found = fetch(*args)
            what()
            return found

        monkeypatch.setattr(sync, "fetch", fetched)

    return have_done


def test_a_later_page_that_is_not_there_writes_nothing(kolada: Kolada) -> None:
    linked()
    published(night())
    before = rows()
    kolada.page_size = 3
    kolada.once("data/?kpi_id=U07418&region_type=K", None, tricks.status(404))
    assert nightly().state == State.FAILED
    assert rows() == before


@pytest.mark.parametrize("answer", [tricks.rows(), tricks.status(404)], ids=["empty", "404"])
@pytest.mark.parametrize(
    ("page", "whose"),
    [
        ("data/?kpi_id=U07418&region_type=K", "kommunernas"),
        ("data/?kpi_id=U07418&region_type=L", "regionernas"),
    ],
)
def test_half_an_answer_takes_nothing_away(
    kolada: Kolada, page: str, whose: str, answer: tricks.Trick
) -> None:
    indicator = linked(title="Våldsbrott")
    published(night())
    kolada.always(page, answer)
    assert night().release is None
    indicator.kolada.refresh_from_db()
    assert indicator.kolada.fault.startswith(f"Koladas svar är inte helt: {whose} siffror saknas.")
    kolada.behave()
    assert night().release is None
    indicator.kolada.refresh_from_db()
    assert indicator.kolada.fault == ""


def test_an_answer_without_the_groups_takes_nothing_away(kolada: Kolada) -> None:
    indicator = linked(title="Våldsbrott")
    published(night())
    kolada.rows["data"] = [row for row in kolada.rows["data"] if not row["municipality"].startswith("G")]
    assert night().release is None
    indicator.kolada.refresh_from_db()
    assert indicator.kolada.fault.startswith("Koladas svar är inte helt: de liknande kommunernas siffror")


def test_a_first_answer_without_municipalities_is_told(kolada: Kolada) -> None:
    linked(title="Våldsbrott")
    kolada.always("data/?kpi_id=U07418&region_type=K", tricks.rows())
    kolada.rows["data"] = [row for row in kolada.rows["data"] if row["municipality"] != "1490"]
    intake = nightly()
    assert intake.release is None
    assert intake.told.startswith("Våldsbrott är utelämnat. Koladas svar är inte helt: kommunernas siffror")


@pytest.mark.parametrize(
    "change",
    [{"value": None, "status": "Missing"}, {"isdeleted": True}, {"value": 77.7}, {"status": "Private"}],
    ids=["missing", "deleted", "another value", "secret"],
)
def test_what_somebody_filled_in_from_elsewhere_is_not_taken_away_by_nothing(
    kolada: Kolada, change: dict[str, Any]
) -> None:
    indicator = linked()
    published(night())
    make.publish(make.staged_figure(indicator, "99", "2024", source=make.source("SKR")))
    kolada.figure("U07418", "1490", 2024).update(change)
    release = night().release
    says_something = ("value" in change and change["value"] is not None) or change.get("status") == "Private"
    assert (release is not None) == says_something


def test_a_night_that_was_taken_for_dead_saves_nothing(kolada: Kolada, meanwhile: Any) -> None:
    linked()
    before = rows()
    meanwhile(lambda: Intake.objects.update(worker="another:1:1"))
    intake = nightly()
    assert (intake.worker, intake.state, intake.told) == ("another:1:1", State.READING, "")
    assert rows() == before


def test_a_link_that_was_changed_meanwhile_waits_for_the_next_night(kolada: Kolada, meanwhile: Any) -> None:
    changed, other = linked(), linked("N15428")
    meanwhile(lambda: linking.link(changed, "U07417", None))
    intake = night()
    assert {one.indicator for one in staged(intake.release).values()} == {other}
    link = KoladaLink.objects.get(indicator=changed)
    assert link.kpi == "U07417" and link.title_now == link.title and not link.fault


def test_what_kolada_never_says_was_not_taken_away_by_it(kolada: Kolada) -> None:
    indicator = linked()
    published(night())
    country = Area.objects.get(code="0000")
    source = indicator.kolada.source
    make.publish(
        make.staged_figure(
            indicator, "9.1", "2024", of_area=country, statistic=Statistic.MEDIAN, source=source
        ),
        make.staged_figure(indicator, "9.1", "2024-T1", source=source),
    )
    assert night().release is None


def test_a_draft_keeps_what_the_night_says_nothing_of(kolada: Kolada) -> None:
    let_go, other = linked(), linked("N15428")
    first = night().release
    assert first is not None
    linking.unlink(let_go.kolada, None)
    kolada.figure("N15428", "1490", 2024)["value"] = 77.7
    night()
    assert {one.indicator for one in staged(first).values()} == {let_go}
    assert StagedFigure.objects.filter(indicator=let_go).count() == 13
    said = StagedFigure.objects.filter(indicator=other, area__code="1490", period=2024129, gender="T")
    assert [str(one.value) for one in said] == ["77.70000000"]
    before = rows()["StagedFigure"]
    night()
    night()
    assert rows()["StagedFigure"] == before


def test_a_draft_that_was_changed_while_the_night_wrote_stays(kolada: Kolada, monkeypatch: Any) -> None:
    linked()
    first = Release.objects.filter(pk=getattr(night().release, "pk", None))
    kolada.figure("U07418", "1490", 2024)["value"] = 77.7
    # What it writes last before it clears away.
    monkeypatch.setattr(sync._Taking, "_remember", lambda *args: first.update(state=Release.State.SUBMITTED))
    night()
    assert first.exists() and len(staged(first.get())) == 13


def test_a_draft_that_a_page_goes_along_with_stays(kolada: Kolada) -> None:
    indicator = linked()
    first = night().release
    assert first is not None
    make.member(first, indicator)
    kolada.figure("U07418", "1490", 2024)["value"] = 77.7
    night()
    assert first.members.exists() and len(staged(first)) == 13


def test_a_count_that_no_column_holds_is_told(kolada: Kolada) -> None:
    linked()
    kolada.figure("U07418", "G37411", 2024)["count"] = 10**12
    intake = nightly()
    assert intake.state == State.FAILED and "fältet count är ”1000000000000”" in intake.told


def test_a_value_that_is_too_large_once_it_is_rounded_is_told(kolada: Kolada) -> None:
    linked(title="Våldsbrott")
    kolada.figure("U07418", "1490", 2024)["value"] = 9999999999.999999
    intake = nightly()
    assert intake.state == State.DONE and "för stora" in intake.told


def test_a_secret_value_of_another_form_is_told_to_nobody(kolada: Kolada, caplog: Any) -> None:
    linked()
    kolada.figure("U07418", "1490", 2024).update(value="3,75", status="Sekretess")
    intake = nightly()
    assert "3,75" not in intake.told + caplog.text


def test_a_night_that_was_killed_is_forgotten(kolada: Kolada) -> None:
    linked()
    dead = sync.waiting(sync.NIGHTLY)
    Intake.objects.filter(pk=dead.pk).update(state=State.READING, worker=myself().rsplit(":", 1)[0] + ":1")
    night()
    assert not Intake.objects.filter(pk=dead.pk).exists()


def test_a_few_indicators_do_not_make_a_failed_night_good(kolada: Kolada) -> None:
    indicator = linked()
    kolada.always("municipality", tricks.status(404))
    failed = nightly()
    kolada.behave()
    night(indicators=[indicator.pk])
    assert Intake.objects.filter(pk=failed.pk, state=State.FAILED).exists()
    night()
    assert not Intake.objects.filter(pk=failed.pk).exists()
