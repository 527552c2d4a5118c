"""The work list on the admin's home page: what stands there, for whom, and that each action works."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from boras_site.accounts.models import User
from boras_site.feedback.models import Feedback
from comparisons import releases, roles
from comparisons.desk.worklist.kinds import FIRST
from comparisons.models import Release
from tests import factories as make
from tests.reading import soup, text, texts
from tests.waiting import (
    HOME,
    LONG_AGO,
    draft_of,
    headings,
    in_review,
    lines,
    names,
    release_of,
    rows,
    send_back,
    verb,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim() -> User:
    """A communicator."""
    return make.user(roles.COMMUNICATOR, first_name="Kim", last_name="Ek")


@pytest.fixture
def gun() -> User:
    """A reviewer."""
    return make.user(roles.REVIEWER, first_name="Gun", last_name="Al")


# --- The page itself -----------------------------------------------------------------------------


def test_it_greets_and_says_when_nothing_waits(kim):
    html = make.client(kim).get(HOME).content
    assert texts(html, "h1") == ["Hej Kim!"]
    assert texts(html, ".worklist-lead") == [
        "Inget väntar på dig just nu. Allt är granskat, genomläst och aktuellt."
    ]
    assert texts(html, "h2") == []
    assert texts(make.client(make.user(roles.REVIEWER)).get(HOME).content, "h1") == ["Hej!"]


def test_nothing_of_wagtails_own_tells_the_same_again(kim):
    page = draft_of(make.theme_page(), kim)
    in_review(page, kim)
    html = make.client(kim).get(HOME).content
    assert soup(html).select(".w-panel--dashboard, .w-summary") == []
    assert html.decode().count("Ny rubrik</p>") == 1


def test_only_what_there_is_something_of_has_a_heading(kim):
    draft_of(make.theme_page(), kim)
    make.feedback()
    assert headings(kim) == ["Dina utkast 1 st", "Läsarna har skrivit 1 st"]


def test_the_first_few_are_shown_with_the_number_and_a_way_to_all(kim):
    for number in range(FIRST + 3):
        make.feedback(f"Nummer {number}.")
    client = make.client(kim)
    assert len(rows(client, "svar")) == FIRST
    html = soup(client.get(HOME).content)
    assert text(html.select_one("h2")) == "Läsarna har skrivit 7 st"
    all_of_them = html.select_one(".worklist-more a")
    assert text(all_of_them) == "Visa alla 7: Läsarna har skrivit"
    screen = client.get(all_of_them["href"])
    assert len(soup(screen.content).select(".worklist-items li")) == FIRST + 3
    Feedback.objects.update(handled=True)
    assert "Här finns inget kvar att göra." in client.get(all_of_them["href"]).content.decode()


def test_no_more_than_the_first_few_are_shown_of_several_sorts_together(kim):
    for number in range(FIRST):
        draft_of(make.theme_page(f"Tema {number}"), kim, f"Utkast {number}")
        release_of(kim, f"Publicering {number}")
    assert len(rows(kim, "utkast")) == FIRST
    assert headings(kim) == [f"Dina utkast {2 * FIRST} st"]


def test_a_kind_that_is_none_is_not_found(kim):
    assert make.client(kim).get(reverse("worklist:kind", args=["finns-inte"])).status_code == 404


# --- Sent back, drafts ---------------------------------------------------------------------------


def test_what_was_sent_back_stands_first_with_the_reviewers_words(kim, gun):
    send_back(make.theme_page("Trygghet"), kim, gun)
    send_back(make.indicator("Räddningstid"), kim, gun, "Källan saknas.")
    release = release_of(kim, "Bränder 2017")
    releases.submit(release, kim)
    releases.send_back(release, gun, "Fel decimal.")
    found = dict(lines(kim, "skickat-tillbaka"))
    assert set(found) == {"Trygghet", "Räddningstid", "Bränder 2017"}
    assert found["Trygghet"].startswith("Gun Al skickade tillbaka ")
    said = {"Trygghet": "Fel år.", "Räddningstid": "Källan saknas.", "Bränder 2017": "Fel decimal."}
    for name, words in said.items():
        assert found[name].endswith(f": ”{words}”")
    assert headings(kim)[0] == "Skickat tillbaka till dig 3 st"
    assert names(kim, "utkast") == []
    assert {verb(row) for row in rows(kim, "skickat-tillbaka")} == {"Fortsätt"}
    assert lines(gun, "skickat-tillbaka") == []
    assert lines(make.user(roles.COMMUNICATOR), "skickat-tillbaka") == []


def test_what_is_sent_again_is_not_sent_back_any_more(kim, gun):
    state = send_back(make.theme_page("Trygghet"), kim, gun)
    release = release_of(kim)
    releases.submit(release, kim)
    releases.send_back(release, gun, "Fel.")
    assert len(names(kim, "skickat-tillbaka")) == 2
    state.resume(kim)
    releases.submit(release, kim)
    assert names(kim, "skickat-tillbaka") == []
    assert set(names(kim, "skickat")) == {"Trygghet", "Våldsbrott 2017"}


def test_a_release_sent_back_twice_is_told_once_with_the_last_words(kim, gun):
    release = release_of(kim)
    for words in ("Fel år.", "Fel källa."):
        releases.submit(release, kim)
        releases.send_back(release, gun, words)
    ((_, why),) = lines(kim, "skickat-tillbaka")
    assert "Fel källa." in why


def test_a_release_whose_figures_moved_says_so_and_one_taken_back_is_a_draft(kim, gun):
    release = release_of(kim)
    releases.submit(release, kim)
    releases.go_back(release, ["Borås 2017: var 10,4, är nu 10,5."], user=gun)
    ((_, why),) = lines(kim, "skickat-tillbaka")
    assert why == "Publicerade siffror har ändrats sedan du skickade den. Borås 2017: var 10,4, är nu 10,5."
    releases.submit(release, kim)
    releases.take_back(release, kim)
    assert names(kim, "skickat-tillbaka") == []
    assert names(kim, "utkast") == ["Våldsbrott 2017"]


def test_my_drafts_are_pages_indicators_and_releases(kim):
    draft_of(make.theme_page("Trygghet"), kim)
    shown = make.indicator("Räddningstid")
    shown.title = "Räddningstjänstens tid"
    shown.save_revision(user=kim)
    release_of(kim)
    found = dict(lines(kim, "utkast"))
    assert set(found) == {"Ny rubrik", "Räddningstjänstens tid", "Våldsbrott 2017"}
    assert found["Ny rubrik"].startswith("Tema. Har ändringar som inte är publicerade. Du sparade senast ")
    assert found["Räddningstjänstens tid"].startswith("Nyckeltal. Har ändringar")
    assert found["Våldsbrott 2017"].startswith("Publicering med 1 siffra, inte skickad än. Du skapade den ")
    assert {verb(row) for row in rows(kim, "utkast")} == {"Fortsätt"}


def test_a_page_that_was_never_public_is_a_draft_too(kim):
    page = make.theme_page("Kultur", live=False, has_unpublished_changes=True)
    page.save_revision(user=kim)
    ((name, why),) = lines(kim, "utkast")
    assert name == "Kultur" and "Är inte publicerat." in why


def test_drafts_of_others_are_not_mine(kim, gun):
    page = draft_of(make.theme_page(), kim)
    release_of(kim)
    assert names(gun, "utkast") == []
    page.save_revision(user=gun)
    assert names(gun, "utkast") == ["Ny rubrik"]
    assert names(kim, "utkast") == ["Våldsbrott 2017"]


def test_what_is_published_or_on_its_way_is_no_draft(kim, gun):
    published = draft_of(make.theme_page("Publicerad"), kim)
    published.latest_revision.publish()
    in_review(make.theme_page("Granskas"), kim)
    timed = make.theme_page("Tidsatt")
    timed.go_live_at = timezone.now() + timedelta(days=3)
    timed.save_revision(user=kim).publish()
    releases.submit(release_of(kim), kim)
    assert names(kim, "utkast") == []


def test_a_draft_that_goes_with_a_sent_release_is_told_by_the_release(kim):
    page = make.theme_page("Trygghet")
    page.title = "Med publiceringen"
    release = release_of(kim)
    member = make.member(release, page)
    type(member.revision).objects.filter(pk=member.revision_id).update(user=kim)
    assert "Med publiceringen" in names(kim, "utkast")
    releases.submit(release, kim)
    assert names(kim, "utkast") == []


# --- Review --------------------------------------------------------------------------------------


def test_a_reviewer_is_told_what_waits_for_her_and_who_sent_it(kim, gun):
    in_review(make.theme_page("Trygghet"), kim)
    in_review(make.indicator("Räddningstid"), kim)
    releases.submit(release_of(kim), kim)
    found = lines(gun, "att-granska")
    assert [name for name, _ in found] == ["Trygghet", "Räddningstid", "Våldsbrott 2017"]
    assert all(why.startswith("Kim Ek skickade ") for _, why in found)
    assert {verb(row) for row in rows(gun, "att-granska")} == {"Granska"}
    assert names(gun, "skickat") == []


def test_a_communicator_sees_only_that_her_own_waits(kim, gun):
    in_review(make.theme_page("Trygghet"), kim)
    releases.submit(release_of(kim), kim)
    in_review(make.theme_page("Någon annans"), make.user(roles.COMMUNICATOR))
    assert names(kim, "att-granska") == []
    assert names(kim, "skickat") == ["Trygghet", "Våldsbrott 2017"]
    assert {verb(row) for row in rows(kim, "skickat")} == {"Visa"}


def test_what_is_approved_waits_for_nobody(kim, gun):
    state = in_review(make.theme_page("Trygghet"), kim)
    release = release_of(kim)
    releases.submit(release, kim)
    state.current_task_state.approve(user=gun)
    releases.approve_and_publish(release, gun)
    assert names(gun, "att-granska") == names(kim, "skickat") == names(kim, "utkast") == []


def test_who_may_review_is_asked_of_permissions_not_of_names(kim):
    releases.submit(release_of(make.user()), make.user())
    kim.user_permissions.add(*make.permissions("publish_release"))
    assert names(User.objects.get(pk=kim.pk), "att-granska") == ["Våldsbrott 2017"]


# --- By the clock --------------------------------------------------------------------------------


def test_what_is_timed_says_when_the_soonest_first(kim, gun):
    release = release_of(kim)
    releases.submit(release, kim)
    releases.schedule(release, gun, datetime(2999, 3, 2, 7, 0, tzinfo=UTC))
    page = make.theme_page("Trygghet")
    page.go_live_at = datetime(2999, 3, 1, 7, 0, tzinfo=UTC)
    page.save_revision(user=gun).publish()
    assert lines(gun, "tidsatt") == [
        ("Trygghet", "Publiceras 1 mars 2999 kl. 08.00."),
        ("Våldsbrott 2017", "Publiceras 2 mars 2999 kl. 08.00."),
    ]
    assert names(kim, "tidsatt") == ["Våldsbrott 2017"]
    assert names(make.user(roles.COMMUNICATOR), "tidsatt") == []
    assert {verb(row) for row in rows(gun, "tidsatt")} == {"Visa"}


def test_what_should_have_been_published_says_so(gun):
    release = release_of(gun)
    Release.objects.filter(pk=release.pk).update(state=Release.State.SCHEDULED, publish_at=LONG_AGO)
    ((_, why),) = lines(gun, "tidsatt")
    assert why.startswith("Skulle ha publicerats 1 mars 2018 kl. 16.06.")


def test_what_failed_stands_first_of_all_with_its_reason(kim, gun):
    draft_of(make.theme_page(), gun)
    release = release_of(kim)
    Release.objects.filter(pk=release.pk).update(state=Release.State.FAILED, publish_at=LONG_AGO)
    log(release, "comparisons.release.fail", data={"comment": "Siffran har ändrats."})
    ((name, why),) = lines(gun, "misslyckade")
    assert name == "Våldsbrott 2017"
    assert why.startswith(
        "Ingen siffra i den är publicerad. Den skulle ha publicerats 1 mars 2018 kl. 16.06. "
    )
    assert why.endswith(" Siffran har ändrats.")
    assert headings(gun)[0] == "Publiceringar som misslyckades 1 st"
    assert names(kim, "misslyckade") == ["Våldsbrott 2017"]
    assert names(make.user(roles.COMMUNICATOR), "misslyckade") == []
