"""The work list: what grows old by itself, what readers wrote; every action works; many cost as one."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from boras_site.accounts.models import User
from comparisons import releases, roles
from comparisons.desk.worklist.kinds import FIRST
from comparisons.models import Indicator, Release, ThemePage
from comparisons.svenska import format_date
from comparisons.terms import Status
from tests import factories as make
from tests.posting import told
from tests.reading import soup, text
from tests.waiting import (
    HOME,
    LONG_AGO,
    draft_of,
    headings,
    in_review,
    lines,
    names,
    press,
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


# --- Figures that are due ------------------------------------------------------------------------


def test_the_next_figure_is_due_from_two_weeks_before_its_day(kim):
    today = timezone.localdate()
    soon, later = today + timedelta(days=14), today + timedelta(days=15)
    make.indicator("Snart", next_figure_on=soon)
    make.indicator("Senare", next_figure_on=later)
    make.indicator("Utkast", next_figure_on=soon, live=False)
    make.indicator("Utan dag")
    assert lines(kim, "siffror") == [
        ("Snart", f"Nästa siffra väntas {format_date(soon)}. Det finns ingen siffra än.")
    ]
    (row,) = rows(kim, "siffror")
    assert verb(row) == "Fyll i siffran"
    assert row.select_one("a")["href"] == reverse(
        "figures:list", args=[Indicator.objects.get(title="Snart").pk]
    )


def test_a_figure_that_came_is_not_due_and_an_old_one_corrected_changes_nothing(kim):
    shown = make.indicator("Räddningstid", next_figure_on=date(2020, 3, 1))
    make.publish(make.staged_figure(shown, period="2018"))
    # Published today, which is after the day: the newest figure has come.
    assert names(kim, "siffror") == []
    tomorrow = timezone.localdate() + timedelta(days=1)
    Indicator.objects.update(next_figure_on=tomorrow)
    assert lines(kim, "siffror") == [
        ("Räddningstid", f"Nästa siffra väntas {format_date(tomorrow)}. Den senaste gäller 2018.")
    ]


def test_only_the_first_publication_of_the_newest_period_counts(kim):
    shown = make.indicator("Räddningstid", next_figure_on=date(2019, 3, 1))
    first = make.publish(make.staged_figure(shown, "1", period="2018"))
    Release.objects.filter(pk=first.pk).update(published_at=datetime(2018, 5, 1, tzinfo=UTC))
    assert names(kim, "siffror") == ["Räddningstid"]
    make.publish(make.staged_figure(shown, "2", period="2018"))
    assert lines(kim, "siffror") == [
        ("Räddningstid", "Nästa siffra väntades 1 mars 2019. Den senaste gäller 2018.")
    ]
    make.publish(make.staged_figure(shown, "3", period="2019"))
    assert names(kim, "siffror") == []


def test_a_figure_that_was_taken_away_has_not_come(kim):
    shown = make.indicator("Räddningstid", next_figure_on=date(2020, 3, 1))
    make.publish(make.staged_figure(shown, period="2018"))
    Release.objects.update(published_at=datetime(2019, 5, 1, tzinfo=UTC))
    make.publish(make.staged_figure(shown, period="2019"))
    assert names(kim, "siffror") == []
    make.publish(make.staged_figure(shown, period="2019", status=Status.WITHDRAWN))
    assert lines(kim, "siffror") == [
        ("Räddningstid", "Nästa siffra väntades 1 mars 2020. Den senaste gäller 2018.")
    ]


def test_figures_are_due_only_for_who_may_fill_them_in(kim):
    make.indicator("Räddningstid", next_figure_on=date(2020, 3, 1))
    reader = make.user()
    reader.user_permissions.add(*make.permissions("access_admin"))
    assert names(kim, "siffror") == ["Räddningstid"]
    assert headings(reader) == []


# --- Tables left behind --------------------------------------------------------------------------


def by_hand(*periods: str, **fields: Any) -> list[Any]:
    return [make.column(make.own_area(), period, **fields) for period in periods]


def test_a_table_with_an_older_last_column_is_told_with_its_page_and_block(kim):
    one, two = make.indicator("Våldsbrott"), make.indicator("Stölder")
    page = make.theme_page("Trygghet", tables=[make.table(one, two, columns=by_hand("2016", "2017"))])
    make.publish(make.staged_figure(one, period="2018"), make.staged_figure(two, period="2017"))
    assert lines(kim, "tabeller") == [
        (
            "Anmälda brott",
            "Tabell på sidan ”Trygghet”. Den slutar med 2017, men 1 nyckeltal av 2 har en siffra för 2018.",
        )
    ]
    (row,) = rows(kim, "tabeller")
    section = page.results[0]
    assert verb(row) == "Öppna tabellen"
    assert row.select_one("a")["href"] == (
        f"/admin/pages/{page.pk}/edit/#:w:contentpath=results.{section.id}.body.{section.value['body'][0].id}"
    )


def test_tables_of_drafts_and_tables_that_follow_are_left_alone(kim):
    shown = make.indicator()
    make.theme_page("Utkast", tables=[make.table(shown, columns=by_hand("2017"))], live=False)
    make.theme_page("Följer", tables=[make.table(shown)])
    make.publish(make.staged_figure(shown, period="2018"))
    assert names(kim, "tabeller") == []


# --- Pages nobody has read -----------------------------------------------------------------------


def aged(page: Page, **times: datetime | None) -> Page:
    type(page).objects.filter(pk=page.pk).update(**{"text_changed_at": LONG_AGO} | times)
    return page


def test_a_page_nobody_changed_or_read_for_a_year_is_told_and_ticked_off(kim):
    page = aged(make.theme_page("Trygghet"), last_published_at=timezone.now())
    make.theme_page("Nyss ändrad", text_changed_at=timezone.now())
    client = make.client(kim)
    assert lines(client, "genomlasning") == [("Trygghet", "Tema. Texten ändrades senast 1 mars 2018.")]
    (row,) = rows(client, "genomlasning")
    assert verb(row) == "Läst, stämmer fortfarande"
    assert row.select_one("p a")["href"] == f"/admin/pages/{page.pk}/edit/"
    before = timezone.now()
    answer = press(client, row)
    assert (answer.status_code, answer["Location"]) == (302, HOME)
    assert told(answer) == ["Sidan ”Trygghet” är genomläst. Vi påminner igen om ett år."]
    assert names(client, "genomlasning") == []
    page.refresh_from_db()
    assert page.reviewed_at >= before
    assert (page.text_changed_at, page.latest_revision_id) == (LONG_AGO, None)
    entry = PageLogEntry.objects.get(action="comparisons.page.reviewed")
    assert (entry.page_id, entry.user) == (page.pk, kim)
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Genomläst, stämmer fortfarande" in history


def test_reading_through_lasts_a_year(kim):
    page = aged(make.theme_page("Trygghet"), reviewed_at=timezone.now() - timedelta(days=366))
    last = format_date(timezone.localtime(timezone.now() - timedelta(days=366)))
    assert lines(kim, "genomlasning") == [("Trygghet", f"Tema. Texten lästes senast igenom {last}.")]
    aged(page, reviewed_at=timezone.now() - timedelta(days=364))
    assert names(kim, "genomlasning") == []


def test_every_kind_of_page_is_read_through_the_longest_unread_first(kim):
    aged(make.content_page("Om siffrorna"), text_changed_at=datetime(2019, 1, 1, tzinfo=UTC))
    aged(make.statement_page(), text_changed_at=datetime(2017, 1, 1, tzinfo=UTC))
    aged(make.home_page())
    aged(make.index_page(), text_changed_at=None, last_published_at=datetime(2016, 1, 1, tzinfo=UTC))
    aged(make.theme_page("Avpublicerad", live=False))
    assert names(kim, "genomlasning") == [
        "Alla teman",
        "Tillgänglighetsredogörelse",
        "Öppna jämförelser",
        "Om siffrorna",
    ]


def test_a_page_is_ticked_off_only_by_post_and_by_who_may_change_it(kim):
    page = aged(make.theme_page("Trygghet"))
    url = reverse("worklist:reviewed", args=[page.pk])
    assert make.client(kim).get(url).status_code == 405
    reader = make.user()
    reader.user_permissions.add(*make.permissions("access_admin"))
    assert make.client(reader).post(url)["Location"] == HOME
    assert Client().post(url)["Location"].startswith("/admin/login/")
    page.refresh_from_db()
    assert page.reviewed_at is None
    draft = make.theme_page("Utkast", live=False)
    assert make.client(kim).post(reverse("worklist:reviewed", args=[draft.pk])).status_code == 404


@pytest.mark.parametrize("onward", ["https://example.com/", "//example.com/", ""])
def test_a_button_leads_nowhere_else(kim, onward):
    page = aged(make.theme_page("Trygghet"))
    answer = make.client(kim).post(reverse("worklist:reviewed", args=[page.pk]), {"next": onward})
    assert answer["Location"] == HOME


def test_a_button_on_the_screen_of_all_leads_back_there(kim):
    aged(make.theme_page("Trygghet"))
    screen = reverse("worklist:kind", args=["genomlasning"])
    client = make.client(kim)
    (row,) = soup(client.get(screen).content).select(".worklist-items li")
    assert press(client, row)["Location"] == screen


# --- What readers wrote, what is locked ----------------------------------------------------------


def test_what_readers_wrote_is_told_until_it_is_ticked_off(kim):
    make.feedback("Tabellen går <b>inte</b> att läsa.", received_at=LONG_AGO)
    make.feedback("Bra!", helped=True, received_at=LONG_AGO + timedelta(hours=1))
    make.feedback("", helped=False)
    make.feedback("Redan åtgärdat.", handled=True)
    assert lines(kim, "svar") == [
        (
            "Rapporterad brist om /om-siffrorna/",
            "Kom in 1 mars 2018 kl. 16.06: ”Tabellen går <b>inte</b> att läsa.”",
        ),
        ("Hjälpte sidan dig? om /om-siffrorna/", "Kom in 1 mars 2018 kl. 17.06: ”Bra!”"),
    ]
    assert {verb(row) for row in rows(kim, "svar")} == {"Läs"}


def test_who_may_only_read_answers_is_led_to_read_them():
    reader = make.user()
    reader.user_permissions.add(*make.permissions("access_admin", "view_feedback"))
    kept = make.feedback()
    (row,) = rows(reader, "svar")
    assert row.select_one("a")["href"] == reverse("wagtailsnippets_feedback_feedback:inspect", args=[kept.pk])


def test_what_i_have_locked_can_be_unlocked_from_the_list(kim, gun):
    lock = {"locked": True, "locked_by": gun, "locked_at": LONG_AGO}
    make.theme_page("Trygghet", **lock)
    Indicator.objects.filter(pk=make.indicator("Räddningstid").pk).update(**lock)
    client = make.client(gun)
    assert dict(lines(client, "last")) == dict.fromkeys(
        ("Trygghet", "Räddningstid"), "Ingen annan kan ändra. Du låste 1 mars 2018 kl. 16.06."
    )
    assert names(kim, "last") == []
    for row in rows(client, "last"):
        assert verb(row) == "Lås upp"
        assert press(client, row)["Location"] == HOME
    assert names(client, "last") == []
    assert not Page.objects.filter(locked=True).exists()
    assert not Indicator.objects.filter(locked=True).exists()


# --- Everybody, everything, many -----------------------------------------------------------------


def fill(kim: User, gun: User, number: int, start: int = 0) -> None:
    """So many of every kind of work, for the reviewer and for the communicator."""
    for one in range(start, start + number):
        shown = make.indicator(f"Nyckeltal {one}", next_figure_on=date(2030, 1, 1) - timedelta(days=6000))
        make.publish(make.staged_figure(shown, period="2018"))
        Indicator.objects.filter(pk=shown.pk).update(next_figure_on=timezone.localdate() + timedelta(days=1))
        table = make.table(shown, columns=by_hand("2016"))
        aged(make.theme_page(f"Gammal {one}", tables=[table]))
        for somebody in (kim, gun):
            draft_of(make.theme_page(f"Utkast {one} {somebody.pk}"), somebody)
            in_review(make.theme_page(f"Granskas {one} {somebody.pk}"), somebody)
            send_back(make.theme_page(f"Tillbaka {one} {somebody.pk}"), somebody, gun)
            drafted = make.indicator(f"Utkast {one} {somebody.pk}")
            drafted.save_revision(user=somebody)
            Indicator.objects.filter(pk=drafted.pk).update(has_unpublished_changes=True)
            timed = make.theme_page(f"Tidsatt {one} {somebody.pk}")
            timed.go_live_at = timezone.now() + timedelta(days=3)
            timed.save_revision(user=somebody).publish()
            make.theme_page(f"Låst {one} {somebody.pk}", locked=True, locked_by=somebody, locked_at=LONG_AGO)
            states = ("draft", "submitted", "scheduled", "failed", "back")
            for place, state in enumerate(states):
                period = str(1900 + one * 12 + place * 2 + (somebody == gun))
                release = make.release(
                    make.staged_figure(shown, period=period), title=f"{state} {one}", created_by=somebody
                )
                if state != "draft":
                    releases.submit(release, somebody)
                if state == "back":
                    releases.send_back(release, gun, "Fel.")
                elif state in ("scheduled", "failed"):
                    Release.objects.filter(pk=release.pk).update(state=state, publish_at=LONG_AGO)
        make.feedback(f"Nummer {one}.")


KINDS_OF_COMMUNICATOR = {
    "misslyckade",
    "skickat-tillbaka",
    "utkast",
    "skickat",
    "tidsatt",
    "siffror",
    "tabeller",
    "svar",
    "genomlasning",
    "last",
}
KINDS_OF_REVIEWER = KINDS_OF_COMMUNICATOR - {"skickat"} | {"att-granska"}


def test_every_action_of_every_role_works(kim, gun):
    fill(kim, gun, 1)
    for somebody, kinds in ((kim, KINDS_OF_COMMUNICATOR), (gun, KINDS_OF_REVIEWER)):
        client = make.client(somebody)
        html = soup(client.get(HOME).content)
        assert {section["aria-labelledby"] for section in html.select("section[aria-labelledby]")} == kinds
        for row in html.select(".worklist-items li"):
            answer = press(client, row)
            assert answer.status_code in (200, 302), (text(row), answer.status_code)
            if answer.status_code == 302:
                assert row.select("form") and answer["Location"] == HOME
        ThemePage.objects.update(reviewed_at=None)  # read through for the next one too


def test_home_costs_the_same_however_much_there_is(kim, gun):
    def queries(client: Client) -> int:
        client.get(HOME)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(HOME).status_code == 200
        return len(captured)

    fill(kim, gun, 1)
    clients = [make.client(kim), make.client(gun)]
    few = [queries(client) for client in clients]
    fill(kim, gun, FIRST + 2, start=1)
    assert [queries(client) for client in clients] == few
    assert max(few) < 90


def test_who_may_only_open_the_admin_is_told_nothing(kim, gun):
    fill(kim, gun, 1)
    reader = make.user()
    reader.user_permissions.add(*make.permissions("access_admin"))
    assert headings(reader) == []
    reader.groups.add(Group.objects.create(name="Tom"))
    assert headings(reader) == []


def test_missing_figures_leave_no_table_behind(kim):
    shown = make.indicator()
    make.theme_page("Trygghet", tables=[make.table(shown, columns=by_hand("2017"))])
    make.publish(make.staged_figure(shown, period="2018", status=Status.MISSING))
    assert names(kim, "tabeller") == []
