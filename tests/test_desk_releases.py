"""Releases in the admin: what they change, who has done what, and the steps to the public and back."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comparisons import ledger, releases, roles
from comparisons.changes import summary
from comparisons.models import Indicator, Observation, Release, StagedFigure
from comparisons.terms import Status
from tests import factories
from tests.posting import row_counts, told
from tests.reading import soup, texts

pytestmark = pytest.mark.django_db

State = Release.State


@pytest.fixture
def shown() -> Indicator:
    """An indicator whose figure for Borås 2017 is 10,4."""
    made = factories.indicator("Våldsbrott")
    factories.publish(factories.staged_figure(made, "10.4"))
    return made


@pytest.fixture
def reviewer(db: None) -> Client:
    return factories.client(factories.user(roles.REVIEWER))


def submitted(of: Indicator, value: str = "10.6", **fields: str) -> Release:
    """A release of one figure that waits for a reviewer."""
    return factories.submit(factories.release(factories.staged_figure(of, value, **fields)))


def press(browser: Client, step: str, release: Release, comment: str = "") -> list[str]:
    """Press the button of a step. Returns what is told; the release is then as the database has it."""
    fields = {"title": "Ny rubrik", "reason": "Ny anledning.", "publish_at": "2100-01-01 07:00"}
    response = browser.post(release.get_admin_url(), fields | {"step": step, "comment": comment})
    assert response.status_code == 302
    if Release.objects.filter(pk=release.pk).exists():
        release.refresh_from_db()
    return told(response)


def live_values() -> dict[int, float | None]:
    """What is public: the value of each year."""
    rows = Observation.objects.filter(superseded_by=None).exclude(status=Status.WITHDRAWN)
    return {row.period // 1000: None if row.value is None else float(row.value) for row in rows}


# --- What is shown ---------------------------------------------------------------------------


def test_a_release_tells_what_it_changes_where_it_shows_and_what_has_happened(
    reviewer: Client, shown: Indicator
) -> None:
    page = factories.theme_page("Trygghet", tables=[factories.table(shown)])
    waiting = submitted(shown)
    factories.publish(factories.staged_figure(factories.indicator("Stöld")))
    screen = reviewer.get(waiting.get_admin_url()).content
    assert texts(screen, "tbody tr td") == ["Våldsbrott, Borås 2017", "ändras", "10,4", "10,6"]
    links = {link["href"] for link in soup(screen).select(".desk a")}
    assert links == {
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("releases:preview", args=[waiting.pk, "sida", page.pk]),
        reverse("releases:preview", args=[waiting.pk, "nyckeltal", shown.pk]),
    }
    assert "Källan har rättat siffran." in screen.decode()
    (step,) = [entry for entry in texts(screen, ".desk li") if "Skickad" in entry]
    assert step.endswith(f"Skickad för granskning, {waiting.submitted_by}")


def test_a_published_release_keeps_telling_what_it_changed(reviewer: Client, shown: Indicator) -> None:
    release = factories.publish(
        factories.staged_figure(shown, "10.6"),
        factories.staged_figure(shown, "9", "2016"),
    )
    factories.publish(factories.staged_figure(shown, "10.8"))
    cells = texts(reviewer.get(release.get_admin_url()).content, "tbody tr td")
    assert cells[:4] == ["Våldsbrott, Borås 2016", "ny", "inget värde", "9"]
    assert cells[4:] == ["Våldsbrott, Borås 2017", "ändras", "10,4", "10,6"]


def test_the_list_holds_every_release_and_can_be_narrowed(desk: Client, shown: Indicator) -> None:
    submitted(shown)
    factories.release(factories.staged_figure(shown, "10.7"), title="Ett utkast")
    url = reverse("releases:list")
    assert len(texts(desk.get(url).content, "tbody tr")) == 3
    assert len(texts(desk.get(url, {"state": "okänt"}).content, "tbody tr")) == 3
    assert texts(desk.get(url, {"state": "draft"}).content, "tbody tr td:first-child") == ["Ett utkast"]
    assert texts(desk.get(url, {"state": "submitted"}).content, "tbody td:nth-child(2)") == [
        "Väntar på granskning"
    ]


def test_a_long_list_is_told_by_page(desk: Client) -> None:
    Release.objects.bulk_create(Release(title=f"Nummer {number}") for number in range(51))
    assert len(texts(desk.get(reverse("releases:list")).content, "tbody tr")) == 50
    assert len(texts(desk.get(reverse("releases:list"), {"p": 2}).content, "tbody tr")) == 1


BUTTONS = {
    roles.COMMUNICATOR: {
        State.DRAFT: ["words", "submit", "delete"],
        State.SUBMITTED: ["take_back"],
        State.SCHEDULED: [],
        State.FAILED: ["take_back"],
        State.PUBLISHED: ["undo"],
    },
    roles.REVIEWER: {
        State.DRAFT: ["words", "publish", "submit", "delete"],
        State.SUBMITTED: ["publish", "schedule", "send_back", "take_back"],
        State.SCHEDULED: ["take_back"],
        State.FAILED: ["take_back"],
        State.PUBLISHED: ["undo"],
    },
}


@pytest.mark.parametrize(
    ("role", "state", "buttons"),
    [(role, state, buttons) for role, states in BUTTONS.items() for state, buttons in states.items()],
)
def test_only_the_steps_of_its_state_are_offered_to_whom_may_take_them(
    role: str, state: str, buttons: list[str]
) -> None:
    at = datetime(2018, 3, 1, tzinfo=UTC) if state == State.PUBLISHED else None
    release = factories.release(state=state, published_at=at)
    screen = soup(factories.client(factories.user(role)).get(release.get_admin_url()).content)
    assert [button["value"] for button in screen.select("[name=step]")] == buttons


def test_a_release_tells_itself_in_a_few_words(reviewer: Client, shown: Indicator) -> None:
    factories.publish(factories.staged_figure(shown, "9", "2015"))
    release = factories.release(
        factories.staged_figure(shown, "10.6"),
        factories.staged_figure(shown, "0", "2016"),
        factories.staged_figure(shown, "11", "2018"),
        factories.staged_figure(shown, None, "2015", status=Status.WITHDRAWN),
    )
    assert summary(release) == "1 ändras, 2 nya, 1 tas bort"
    assert "Utkast: 1 ändras, 2 nya, 1 tas bort." in texts(
        reviewer.get(release.get_admin_url()).content, ".desk > p"
    )
    releases.publish_now(release, factories.user(roles.REVIEWER))
    assert summary(release) == "1 ändras, 2 nya, 1 tas bort"
    assert summary(factories.release()) == "inga siffror"


def test_a_figure_that_looks_like_a_slip_is_told_with_why_it_is_none(
    reviewer: Client, shown: Indicator
) -> None:
    factories.publish(factories.staged_figure(shown, "9.8", "2015"))
    release = factories.release(
        factories.staged_figure(shown, "104", overruled="Brå räknar på ett nytt sätt."),
        factories.staged_figure(shown, "10.5", "2016"),
    )
    (told_of,) = texts(reviewer.get(release.get_admin_url()).content, ".doubt")
    assert "tio gånger" in told_of
    assert told_of.endswith("Stämmer ändå, därför att Brå räknar på ett nytt sätt.")


def test_what_was_sent_while_the_screen_was_open_is_not_thrown_away(shown: Indicator) -> None:
    opened = factories.release(factories.staged_figure(shown, "10.6"))
    Release.objects.filter(pk=opened.pk).update(state=State.SUBMITTED)
    with pytest.raises(ledger.NotOpen):
        releases.discard(opened)
    assert Release.objects.filter(pk=opened.pk).exists()


def test_a_draft_that_takes_another_release_back_is_published_with_one_button(
    reviewer: Client, shown: Indicator
) -> None:
    wrong = factories.publish(factories.staged_figure(shown, "10.6"))
    press(reviewer, "undo", wrong)
    press(reviewer, "publish", Release.objects.get(undoes=wrong))
    assert live_values() == {2017: 10.4}


# --- To the public ---------------------------------------------------------------------------


def test_a_reviewer_approves_and_publishes_with_one_button(reviewer: Client, shown: Indicator) -> None:
    waiting = submitted(shown)
    assert live_values() == {2017: 10.4}
    assert press(reviewer, "publish", waiting) == ["Publiceringen är godkänd och publicerad."]
    assert (waiting.state, live_values()) == (State.PUBLISHED, {2017: 10.6})
    assert str(waiting.approved_by_id) == reviewer.session["_auth_user_id"]


def test_a_release_goes_back_with_a_comment_and_comes_again(
    desk: Client, reviewer: Client, shown: Indicator
) -> None:
    waiting = submitted(shown)
    press(reviewer, "send_back", waiting, "Kontrollera mot källan.")
    assert (waiting.state, waiting.submitted_by, live_values()) == (State.DRAFT, None, {2017: 10.4})
    assert "”Kontrollera mot källan.”" in desk.get(waiting.get_admin_url()).content.decode()
    press(desk, "submit", waiting)
    press(reviewer, "publish", waiting)
    assert live_values() == {2017: 10.6}


def test_sending_back_takes_a_comment(reviewer: Client, shown: Indicator) -> None:
    waiting = submitted(shown)
    assert press(reviewer, "send_back", waiting, "  ") == [
        "Inget är ändrat. Skriv en kommentar, så att den som rättar vet vad som ska göras."
    ]
    assert waiting.state == State.SUBMITTED


def test_a_draft_is_thrown_away_with_its_figures_and_nothing_public_changes(
    desk: Client, shown: Indicator
) -> None:
    draft = factories.release(factories.staged_figure(shown, "10.6"))
    press(desk, "delete", draft)
    assert not StagedFigure.objects.exists() and not Release.objects.filter(pk=draft.pk).exists()
    assert live_values() == {2017: 10.4}


def test_an_empty_release_is_not_sent(desk: Client) -> None:
    empty = factories.release()
    (message,) = press(desk, "submit", empty)
    assert message.startswith("Inget är ändrat. Publiceringen är tom.")
    assert empty.state == State.DRAFT


OUT_OF_TURN = [
    (state, step)
    for step, right in {
        "submit": {State.DRAFT},
        "publish": {State.DRAFT, State.SUBMITTED},
        "send_back": {State.SUBMITTED},
        "delete": {State.DRAFT},
        "undo": {State.PUBLISHED},
        "words": {State.DRAFT},
        "schedule": {State.SUBMITTED},
        "take_back": {State.DRAFT, State.SUBMITTED},
    }.items()
    for state in (State.DRAFT, State.SUBMITTED, State.PUBLISHED)
    if state not in right
]


@pytest.mark.parametrize(("state", "step"), OUT_OF_TURN)
def test_a_step_out_of_turn_changes_nothing_and_says_so(
    reviewer: Client, shown: Indicator, state: str, step: str
) -> None:
    make = {State.DRAFT: factories.release, State.PUBLISHED: factories.publish}
    release = make[state](factories.staged_figure(shown, "10.6")) if state in make else submitted(shown)
    before, values = row_counts(), live_values()
    messages = press(reviewer, step, release, "En kommentar.")
    assert messages and messages[0].startswith("Inget är ändrat.")
    assert (release.state, row_counts(), live_values()) == (state, before, values)


# --- When something moved in the meantime ----------------------------------------------------


def test_what_moved_since_it_was_sent_is_told_and_it_goes_back(
    desk: Client, reviewer: Client, shown: Indicator
) -> None:
    waiting = submitted(shown)
    factories.publish(factories.staged_figure(shown, "10.5"))
    line = "Våldsbrott, Borås 2017: var 10,4 när den granskades, är nu 10,5."
    assert line in reviewer.get(waiting.get_admin_url()).content.decode()
    (message,) = press(reviewer, "publish", waiting)
    assert message.startswith("Inget är publicerat.") and line in message
    assert (waiting.state, live_values()) == (State.DRAFT, {2017: 10.5})
    screen = desk.get(waiting.get_admin_url()).content
    assert texts(screen, "tbody tr td")[2:] == ["10,5", "10,6"]
    assert any(line in entry for entry in texts(screen, ".desk li"))


def test_gone_back_it_can_be_sent_and_published(desk: Client, reviewer: Client, shown: Indicator) -> None:
    waiting = submitted(shown)
    factories.publish(factories.staged_figure(shown, "10.5"))
    press(reviewer, "publish", waiting)
    press(desk, "submit", waiting)
    press(reviewer, "publish", waiting)
    assert (waiting.state, live_values()) == (State.PUBLISHED, {2017: 10.6})


def test_taken_back_it_is_compared_with_what_is_published_now(desk: Client, shown: Indicator) -> None:
    waiting = submitted(shown)
    factories.publish(factories.staged_figure(shown, "10.5"))
    press(desk, "take_back", waiting)
    assert waiting.state == State.DRAFT
    assert texts(desk.get(waiting.get_admin_url()).content, "tbody tr td")[2:] == ["10,5", "10,6"]


def test_nothing_in_what_was_submitted_changes(desk: Client, reviewer: Client, shown: Indicator) -> None:
    waiting = submitted(shown)
    before = texts(reviewer.get(waiting.get_admin_url()).content, ".desk > p, tbody td")
    with pytest.raises(ledger.NotOpen):
        ledger.stage(waiting, [factories.staged_figure(shown, "99")])
    press(desk, "words", waiting)
    cell = waiting.staged.get()
    answer = desk.post(
        reverse("figures:save"),
        {"cells": [{"key": ".".join(map(str, cell.identity)), "text": "99"}], "release": waiting.pk},
        content_type="application/json",
    )
    assert answer.status_code == 409
    assert texts(reviewer.get(waiting.get_admin_url()).content, ".desk > p, tbody td") == before


def test_a_draft_that_was_changed_while_it_was_read_is_neither_sent_nor_published(
    desk: Client, reviewer: Client, shown: Indicator
) -> None:
    draft = factories.release(factories.staged_figure(shown, "10.6"))
    (seen,) = soup(reviewer.get(draft.get_admin_url()).content).select("[name=seen]")
    press(desk, "words", draft)
    for step in ("submit", "publish"):
        answer = reviewer.post(draft.get_admin_url(), {"step": step, "seen": seen["value"]})
        assert told(answer)[-1] == (
            "Inget är ändrat. Någon har ändrat utkastet sedan du öppnade det. Läs igenom det igen."
        )
    draft.refresh_from_db()
    assert (draft.state, live_values()) == (State.DRAFT, {2017: 10.4})


# --- Its words -------------------------------------------------------------------------------


def test_a_draft_gets_another_title_and_reason(desk: Client, shown: Indicator) -> None:
    draft = factories.release(factories.staged_figure(shown, "10.6"))
    assert press(desk, "words", draft) == ["Sparat."]
    assert (draft.title, draft.reason) == ("Ny rubrik", "Ny anledning.")


@pytest.mark.parametrize("reason", ["", releases.NEW_FIGURES])
def test_a_correction_is_not_sent_without_a_reason_for_readers(
    desk: Client, shown: Indicator, reason: str
) -> None:
    correcting = factories.release(factories.staged_figure(shown, "10.6"), reason=reason)
    assert press(desk, "submit", correcting) == [f"Inget är ändrat. {releases.OWED_REASON}"]
    assert correcting.state == State.DRAFT
    adding = factories.release(factories.staged_figure(shown, "10.6", "2018"), reason=reason)
    press(desk, "submit", adding)
    assert adding.state == State.SUBMITTED


# --- At its time -----------------------------------------------------------------------------


def scheduled(reviewer: Client, of: Indicator, value: str = "10.6") -> Release:
    """A release that is approved for a time to come, which then comes."""
    waiting = submitted(of, value)
    press(reviewer, "schedule", waiting)
    assert waiting.state == State.SCHEDULED
    Release.objects.filter(pk=waiting.pk).update(publish_at=timezone.now())
    return waiting


def test_an_approved_release_is_published_when_its_time_has_come(reviewer: Client, shown: Indicator) -> None:
    waiting = submitted(shown)
    press(reviewer, "schedule", waiting)
    assert timezone.localtime(waiting.publish_at).isoformat() == "2100-01-01T07:00:00+01:00"
    call_command("publish_due")
    assert live_values() == {2017: 10.4}
    Release.objects.filter(pk=waiting.pk).update(publish_at=timezone.now())
    call_command("publish_due")
    waiting.refresh_from_db()
    assert (waiting.state, live_values()) == (State.PUBLISHED, {2017: 10.6})


def test_one_that_cannot_be_published_at_its_time_fails_loudly_and_the_others_go_on(
    reviewer: Client, shown: Indicator, caplog: pytest.LogCaptureFixture
) -> None:
    moved = scheduled(reviewer, shown)
    factories.publish(factories.staged_figure(shown, "10.5"))
    other = factories.indicator("Stöld")
    fine = scheduled(reviewer, other, "3")
    with pytest.raises(CommandError, match="1 could not"):
        call_command("publish_due")
    moved.refresh_from_db()
    fine.refresh_from_db()
    assert (moved.state, fine.state) == (State.FAILED, State.PUBLISHED)
    assert f"release {moved.pk} could not be published" in caplog.text
    screen = reviewer.get(moved.get_admin_url()).content
    assert any("är nu 10,5" in entry for entry in texts(screen, ".desk li"))
    press(reviewer, "take_back", moved)
    assert (moved.state, moved.publish_at) == (State.DRAFT, None)


@pytest.mark.parametrize(
    ("fault", "state"), [(RuntimeError, State.FAILED), (OperationalError, State.SCHEDULED)]
)
def test_a_fault_of_ours_stops_no_other_release_and_one_of_the_database_is_tried_again(
    reviewer: Client, shown: Indicator, monkeypatch: pytest.MonkeyPatch, fault: type, state: str
) -> None:
    faulty, fine = scheduled(reviewer, shown), scheduled(reviewer, factories.indicator("Stöld"), "3")
    publish = ledger.publish

    def fails(release: Release, **fields: Any) -> Release:
        if release == faulty:
            raise fault("out of order")
        return publish(release, **fields)

    monkeypatch.setattr(ledger, "publish", fails)
    with pytest.raises(CommandError, match="1 could not"):
        call_command("publish_due")
    faulty.refresh_from_db()
    fine.refresh_from_db()
    assert (faulty.state, fine.state) == (state, State.PUBLISHED)


@pytest.mark.parametrize("at", ["", "i morgon", "2018-03-01 07:00"])
def test_a_time_that_is_none_or_has_been_is_refused(reviewer: Client, shown: Indicator, at: str) -> None:
    waiting = submitted(shown)
    answer = reviewer.post(waiting.get_admin_url(), {"step": "schedule", "publish_at": at})
    (message,) = told(answer)
    assert message.startswith("Inget är ändrat.")
    waiting.refresh_from_db()
    assert waiting.state == State.SUBMITTED


def test_a_communicator_cannot_stop_what_a_reviewer_has_approved(
    desk: Client, reviewer: Client, shown: Indicator
) -> None:
    approved = scheduled(reviewer, shown)
    assert desk.post(approved.get_admin_url(), {"step": "take_back"}).status_code in (302, 403)
    approved.refresh_from_db()
    assert approved.state == State.SCHEDULED


# --- Undo ------------------------------------------------------------------------------------


def test_undoing_makes_a_draft_that_takes_it_back_once_it_is_published(
    desk: Client, reviewer: Client, shown: Indicator
) -> None:
    wrong = factories.publish(factories.staged_figure(shown, "99"))
    press(desk, "undo", wrong)
    draft = wrong.undone_by.get()
    assert (draft.state, live_values()) == (State.DRAFT, {2017: 99.0})
    assert wrong.get_admin_url() in desk.get(draft.get_admin_url()).content.decode()
    press(desk, "submit", draft)
    press(reviewer, "publish", draft)
    assert live_values() == {2017: 10.4}


def test_what_somebody_published_since_stays_and_is_named(desk: Client, shown: Indicator) -> None:
    wrong = factories.publish(
        factories.staged_figure(shown, "99"), factories.staged_figure(shown, "9", "2016")
    )
    factories.publish(factories.staged_figure(shown, "10.5"))
    first, _ = press(desk, "undo", wrong)
    assert "publicerat nyare siffror sedan dess: Våldsbrott, Borås 2017." in first
    assert [figure.period for figure in wrong.undone_by.get().staged.all()] == [2016129]


def test_where_nothing_is_left_to_undo_no_draft_is_made(desk: Client, shown: Indicator) -> None:
    wrong = factories.publish(factories.staged_figure(shown, "99"))
    factories.publish(factories.staged_figure(shown, "10.5"))
    before = row_counts()
    assert press(desk, "undo", wrong)[-1] == "Det finns inget kvar att ta tillbaka."
    assert row_counts() == before
