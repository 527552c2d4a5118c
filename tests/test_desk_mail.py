"""Mail to editors: who is told, of what, in which words, and that nothing hangs on it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import transaction
from wagtail.users.models import UserProfile

from boras_site.accounts.models import User
from comparisons import ledger, releases, roles
from comparisons.desk.mail import News, tell_author, tell_reviewers
from comparisons.models import Indicator, Release
from tests import factories
from tests.actions import texts as acts

pytestmark = pytest.mark.django_db

BASE = "https://jamforelser.example.se"


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = f"{BASE}/"


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """In a ``with``: what is done there is committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def person(name: str, role: str = "", **fields: Any) -> User:
    address = f"{name.lower()}@example.se"
    return factories.user(role, **({"first_name": name, "last_name": "Ek", "email": address} | fields))


def turn_off(who: User, kind: str) -> None:
    UserProfile.objects.create(user=who, **{f"{kind}_notifications": False})


@pytest.fixture
def kim() -> User:
    return person("Kim", roles.COMMUNICATOR)


@pytest.fixture
def gun() -> User:
    return person("Gun", roles.REVIEWER)


@pytest.fixture
def figures(kim: User) -> Release:
    """A draft that Kim has made."""
    figure = factories.staged_figure(factories.indicator("Våldsbrott"))
    return factories.release(figure, title="Våldsbrott 2017", created_by=kim)


def told() -> dict[str, tuple[str, str]]:
    """What everybody has got: subject and text, by address. Empties the box."""
    found = {}
    for sent in mail.outbox:
        (to,) = sent.to
        assert to not in found, f"{to} is told twice"
        assert sent.extra_headers["Auto-Submitted"] == "auto-generated" and sent.content_subtype == "plain"
        found[to] = (sent.subject, sent.body)
    mail.outbox.clear()
    return found


# --- Figures ---------------------------------------------------------------------------------


def test_whoever_may_publish_figures_is_told_that_some_wait(
    figures: Release, kim: User, gun: User, commits: Any
) -> None:
    person("Adel", is_superuser=True)
    person("Cleo", roles.COMMUNICATOR)
    person("Borta", roles.REVIEWER, is_active=False)
    person("Utan", roles.REVIEWER, email="")
    turn_off(person("Tyst", roles.REVIEWER), "submitted")
    with commits():
        releases.submit(figures, kim)
    found = told()
    assert set(found) == {"gun@example.se", "adel@example.se"}
    subject, text = found["gun@example.se"]
    assert subject == "Öppna jämförelser: ”Våldsbrott 2017” väntar på granskning"
    assert text.splitlines()[0] == "Hej Gun!"
    assert "Kim Ek har skickat siffror för granskning: ”Våldsbrott 2017”." in text
    assert "Anledning: Källan har rättat siffran." in text
    assert f"Läs och godkänn: {BASE}{figures.get_admin_url()}\n" in text
    assert f"{BASE}/admin/account/#tab-notifications" in text


def test_a_reviewer_is_not_told_of_what_she_submitted_herself(
    figures: Release, gun: User, commits: Any
) -> None:
    person("Hans", roles.REVIEWER)
    with commits():
        releases.submit(figures, gun)
    assert set(told()) == {"hans@example.se"}


def test_nobody_is_told_to_review_what_is_published_in_the_same_breath(
    figures: Release, gun: User, commits: Any
) -> None:
    person("Hans", roles.REVIEWER)
    with commits():
        releases.publish_now(figures, gun)
    assert "hans@example.se" not in told()


def test_nothing_is_told_of_what_is_not_committed(
    figures: Release, kim: User, gun: User, commits: Any
) -> None:
    class Undone(Exception):
        pass

    with commits(), pytest.raises(Undone), transaction.atomic():
        releases.submit(figures, kim)
        raise Undone
    assert told() == {}


def test_who_submitted_is_told_what_the_reviewer_wrote(
    figures: Release, kim: User, gun: User, commits: Any
) -> None:
    submitter = person("Cleo", roles.COMMUNICATOR)
    with commits():
        releases.submit(figures, submitter)
    told()
    with commits():
        releases.send_back(figures, gun, "Fel källa.\nSe Brå.")
    ((to, (subject, text)),) = told().items()
    assert to == "cleo@example.se"
    assert subject == "Öppna jämförelser: ”Våldsbrott 2017” är tillbaka hos dig"
    assert "”Våldsbrott 2017” är ett utkast igen. Granskaren skriver:\n\nFel källa.\nSe Brå.\n" in text
    assert f"Ändra och skicka igen: {BASE}{figures.get_admin_url()}\n" in text


def test_who_submitted_is_told_that_it_is_published(
    figures: Release, kim: User, gun: User, commits: Any
) -> None:
    with commits():
        releases.submit(figures, kim)
    told()
    with commits():
        releases.approve_and_publish(figures, gun)
    subject, text = told()["kim@example.se"]
    assert subject == "Öppna jämförelser: ”Våldsbrott 2017” är publicerad"
    assert "Nu syns siffrorna för läsare." in text and "skriver" not in text


def test_who_submitted_is_told_that_figures_have_moved(
    figures: Release, kim: User, gun: User, commits: Any
) -> None:
    with commits():
        releases.submit(figures, kim)
    factories.publish(factories.staged_figure(Indicator.objects.get(), "11"))
    told()
    with commits(), pytest.raises(ledger.FiguresMoved):
        releases.approve_and_publish(figures, gun)
    subject, text = told()["kim@example.se"]
    assert subject == "Öppna jämförelser: ”Våldsbrott 2017” är tillbaka hos dig"
    assert "för publicerade siffror har ändrats sedan du skickade den:\n\n" in text and "Våldsbrott" in text


def test_that_the_clock_could_not_publish_is_told_both_who_sent_and_who_approved_whatever_is_off(
    figures: Release, kim: User, gun: User
) -> None:
    for who in (kim, gun):
        turn_off(who, "rejected")
    figures.submitted_by, figures.approved_by = kim, gun
    tell_author(figures, News.FAILED, "Siffror har ändrats.")
    found = told()
    assert set(found) == {"kim@example.se", "gun@example.se"}
    assert (
        "det gick inte. Inget har ändrats för läsare:\n\nSiffror har ändrats.\n" in found["kim@example.se"][1]
    )


@pytest.mark.parametrize(
    ("what", "kind"),
    [(News.SENT_BACK, "rejected"), (News.MOVED, "rejected"), (News.PUBLISHED, "approved")],
)
def test_what_is_turned_off_is_not_told(figures: Release, kim: User, what: News, kind: str) -> None:
    tell_author(figures, what)
    assert set(told()) == {"kim@example.se"}
    turn_off(kim, kind)
    tell_author(figures, what)
    assert told() == {}


def test_nobody_is_told_of_her_own_step(figures: Release, kim: User) -> None:
    tell_author(figures, News.PUBLISHED, by=kim)
    assert told() == {}


def test_a_release_of_nobodys_tells_nobody(kim: User) -> None:
    tell_author(factories.release(), News.FAILED)
    assert told() == {}


@pytest.mark.parametrize("what", News)
def test_without_a_comment_no_sentence_hangs_in_the_air(figures: Release, kim: User, what: News) -> None:
    tell_author(figures, what)
    _, text = told()["kim@example.se"]
    assert "skriver" not in text
    sentence = text.split("\n\n")[1]
    assert sentence.endswith(".") and ":" not in sentence and text.split("\n\n")[2].count("https://") == 1


def test_a_line_break_in_a_title_adds_no_header(kim: User) -> None:
    tell_author(factories.release(title="Ett\r\nBcc: alla@example.se", created_by=kim), News.PUBLISHED)
    (sent,) = mail.outbox
    assert sent.subject == "Öppna jämförelser: ”Ett Bcc: alla@example.se” är publicerad"
    assert "Bcc" not in sent.message()


# --- Pages and indicators --------------------------------------------------------------------

KINDS = [pytest.param("sida", "tema", id="sida"), pytest.param("nyckeltal", "nyckeltal", id="nyckeltal")]


@pytest.mark.parametrize(("kind", "word"), KINDS)
def test_reviewers_are_told_once_of_a_page_or_an_indicator_that_waits(
    kind: str, word: str, kim: User, gun: User, commits: Any
) -> None:
    person("Adel", is_superuser=True)
    turn_off(person("Tyst", roles.REVIEWER), "submitted")
    with commits():
        thing = acts.submitted(kind, kim)
    found = told()
    assert set(found) == {"gun@example.se", "adel@example.se"}
    subject, text = found["gun@example.se"]
    assert subject == "Öppna jämförelser: ”Nytt namn” väntar på granskning"
    assert f"Kim Ek har skickat ”Nytt namn” ({word}) för granskning." in text
    assert f"Läs och godkänn: {BASE}{acts.screen(thing, 'edit')}\n" in text


@pytest.mark.parametrize(("kind", "word"), KINDS)
def test_who_submitted_a_page_or_an_indicator_is_told_the_answer(
    kind: str, word: str, kim: User, gun: User, commits: Any
) -> None:
    with commits():
        thing = acts.submitted(kind, kim)
    told()
    with commits():
        thing.current_workflow_task_state.reject(user=gun, comment="Rätta rubriken.")
    ((to, (subject, text)),) = told().items()
    assert (to, subject) == ("kim@example.se", "Öppna jämförelser: ”Nytt namn” är tillbaka hos dig")
    assert f"”Nytt namn” ({word}) behöver ändras" in text and "Gun Ek skriver:\n\nRätta rubriken.\n" in text
    assert f"Öppna: {BASE}{acts.screen(thing, 'edit')}\n" in text
    with commits():
        thing.current_workflow_state.resume(user=kim)
    assert set(told()) == {"gun@example.se"}
    with commits():
        thing.current_workflow_task_state.approve(user=gun, comment="Fint!")
    thing.refresh_from_db()
    ((to, (subject, text)),) = told().items()
    assert (to, subject) == ("kim@example.se", "Öppna jämförelser: ”Nytt namn” är godkänd")
    assert "Gun Ek skriver:\n\nFint!\n" in text and f"Se hur det blev: {thing.full_url}\n" in text


@pytest.mark.parametrize("kind", acts.KINDS)
def test_nobody_is_told_of_her_own_answer_or_of_what_she_has_turned_off(
    kind: str, gun: User, kim: User, commits: Any
) -> None:
    turn_off(kim, "approved")
    for who in (gun, kim):
        with commits():
            thing = acts.submitted(kind, who, title=f"Av {who.first_name}")
        told()
        with commits():
            thing.current_workflow_task_state.approve(user=gun)
        assert told() == {}


# --- A mail server that fails ----------------------------------------------------------------


def fails(*args: Any) -> None:
    raise OSError("no mail today")


@pytest.mark.parametrize("broken", ["open", "send_messages"])
def test_a_mail_server_that_fails_is_logged_and_breaks_no_step(
    broken: str,
    figures: Release,
    kim: User,
    gun: User,
    commits: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(locmem.EmailBackend, broken, fails)
    with commits():
        releases.submit(figures, kim)
        thing = acts.submitted("sida", kim)
    figures.refresh_from_db()
    assert figures.state == Release.State.SUBMITTED and thing.workflow_in_progress
    records = [one for one in caplog.records if one.name == "comparisons.desk.mail"]
    assert len(records) == 2
    assert all(one.levelname == "ERROR" and "no mail today" in (one.exc_text or "") for one in records)
    assert f"Release {figures.pk} is submitted" in caplog.text


def test_the_mail_server_is_not_asked_when_nobody_is_to_be_told(
    figures: Release, kim: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    person("Utan", roles.REVIEWER, email="")
    monkeypatch.setattr(locmem.EmailBackend, "open", fails)
    releases.submit(figures, kim)
    tell_reviewers(figures)
    assert not caplog.records


def test_an_address_that_is_refused_keeps_nobody_else_from_hers(
    figures: Release, kim: User, gun: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    person("Hans", roles.REVIEWER)
    sends = locmem.EmailBackend.send_messages

    def refuses_gun(backend: Any, messages: list[Any]) -> int:
        if messages[0].to == ["gun@example.se"]:
            raise OSError("refused")
        return int(sends(backend, messages))

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuses_gun)
    releases.submit(figures, kim)
    tell_reviewers(figures)
    assert set(told()) == {"hans@example.se"}
    assert "refused" in caplog.text
