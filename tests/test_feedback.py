"""What readers send: what is kept, what they are told, what is mailed, and that nobody gets a cookie."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.test import Client

from boras_site.feedback import guards, tokens
from boras_site.feedback.models import MAX_MESSAGE, Feedback, Kind
from boras_site.models import SiteSettings
from tests import factories as make
from tests.reading import soup, texts

pytestmark = pytest.mark.django_db

HELPED, THANKS, REPORT = "/hjalpte-sidan/", "/hjalpte-sidan/tack/", "/rapportera-brist/"
PAGE = "/om-siffrorna/"
FAULT = "Diagrammet går inte att läsa."


@pytest.fixture(autouse=True)
def _site(db):
    make.content_page(show_in_menus=True)


@pytest.fixture
def clock(monkeypatch):
    """Seconds to put on the clock that signatures go by."""
    from django.core import signing

    real = signing.time.time
    ahead = [0.0]
    monkeypatch.setattr(signing.time, "time", lambda: real() + ahead[0])
    return ahead


@pytest.fixture
def mailbox(settings):
    """Settings that say where reports are mailed."""
    site = SiteSettings.for_site(make.home_page().get_site())
    site.feedback_email = "webb@example.se"
    site.save()
    return mail.outbox


def vote(client: Client, answer: str = "nej", **fields: str):
    return client.post(HELPED, {"sida": PAGE, "svar": answer} | fields)


def receipt(answer) -> str:
    """The signed value in the address that a vote leads to."""
    assert (answer.status_code, urlsplit(answer["Location"]).path) == (302, THANKS)
    return parse_qs(urlsplit(answer["Location"]).query)["kvitto"][0]


def add(client: Client, token: str, message: str = "Mer om skolan.", **fields: str):
    return client.post(THANKS, {"kvitto": token, "meddelande": message} | fields)


def token(client: Client, answer=None) -> str:
    html = (answer or client.get(REPORT)).content
    return str(soup(html).select_one("[name=stund]")["value"])


def send(client: Client, clock, message: str = FAULT, **fields: str):
    """Report a fault after having read for a while."""
    stamp = fields.pop("stund", None) or token(client)
    clock[0] += 10
    return client.post(REPORT, {"sida": PAGE, "meddelande": message, "stund": stamp} | fields)


# --- Hjälpte sidan dig? --------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "helped"), [("ja", True), ("nej", False)])
def test_an_answer_is_kept_at_once_with_its_page_and_nothing_more(client, answer, helped):
    receipt(vote(client, answer))
    kept = Feedback.objects.get()
    assert (kept.kind, kept.page, kept.helped, kept.message) == (Kind.HELPED, PAGE, helped, "")
    assert {field.name for field in Feedback._meta.fields} == {
        "id",
        "kind",
        "page",
        "helped",
        "message",
        "received_at",
        "handled",
    }


def test_loading_the_thanks_again_counts_nothing(client):
    address = vote(client)["Location"]
    for _ in range(3):
        page = client.get(address)
        assert page.status_code == 200
        assert texts(page.content, "h1") == ["Tack för ditt svar"]
    assert Feedback.objects.count() == 1


def test_the_thanks_lead_back_to_the_page_and_ask_what_was_missing(client):
    html = client.get(vote(client, "nej")["Location"]).content
    assert texts(html, f".links a[href='{PAGE}']") == ["Tillbaka till sidan"]
    assert texts(html, "label[for=meddelande]") == ["Vad saknade du på sidan?"]
    html = client.get(vote(client, "ja")["Location"]).content
    assert texts(html, "label[for=meddelande]") == ["Vill du säga något mer?"]


def test_words_are_added_to_the_answer_once(client):
    given = receipt(vote(client))
    answer = add(client, given)
    assert answer.status_code == 302
    assert Feedback.objects.get().message == "Mer om skolan."
    after = client.get(answer["Location"]).content
    assert "Det du skrev är sparat." in after.decode()
    assert not soup(after).select("textarea")
    again = add(client, given, "Något annat.")
    assert again.status_code == 422
    assert texts(again.content, "textarea") == ["Något annat."]
    assert [kept.message for kept in Feedback.objects.all()] == ["Mer om skolan."]


def test_a_second_message_that_comes_at_the_same_moment_is_not_written_over_the_first(client):
    receipt(vote(client))
    one, other = Feedback.objects.get(), Feedback.objects.get()
    assert tokens.add_words(one, "Först.")
    assert not tokens.add_words(other, "Sedan.")
    assert Feedback.objects.get().message == "Först."


@pytest.mark.parametrize("late", [True, False])
def test_words_can_be_added_for_an_hour(client, clock, late):
    given = receipt(vote(client))
    clock[0] += 3601 if late else 3590
    answer = add(client, given)
    assert answer.status_code == (422 if late else 302)
    assert Feedback.objects.get().message == ("" if late else "Mer om skolan.")
    if late:
        assert texts(answer.content, "textarea") == ["Mer om skolan."]
        assert texts(answer.content, "h1") == ["Rapportera en brist"]


@pytest.mark.parametrize("forged", ["", "1", "1:x:y", "\x00", "å:ä:ö"])
def test_a_receipt_that_is_not_ours_opens_nothing(client, forged):
    kept = make.feedback("", helped=False)
    assert client.get(THANKS, {"kvitto": forged}).status_code == 200
    assert add(client, forged).status_code == 422
    assert not soup(client.get(THANKS, {"kvitto": forged}).content).select("textarea")
    kept.refresh_from_db()
    assert kept.message == ""


def test_a_form_token_is_no_receipt(client):
    make.feedback("", helped=False)
    assert add(client, guards.form_token()).status_code == 422


def test_a_message_to_an_answer_that_is_gone_is_not_lost(client):
    given = receipt(vote(client))
    Feedback.objects.all().delete()
    assert texts(add(client, given).content, "textarea") == ["Mer om skolan."]


@pytest.mark.parametrize("fields", [{"svar": ""}, {"svar": "kanske"}, {"sida": ""}, {"sida": "ingen"}])
def test_an_answer_that_is_none_is_refused_in_words(client, fields):
    answer = vote(client, **fields)
    assert answer.status_code == 422
    assert texts(answer.content, "h1") == ["Svaret är inte sparat"]
    assert not Feedback.objects.exists()


def test_who_opens_the_address_of_the_answer_comes_to_the_start(client):
    answer = client.get(HELPED)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.put(HELPED).status_code == 405


# --- Rapportera brist ----------------------------------------------------------------------------


def test_a_fault_is_kept_and_thanked_for(client, clock):
    answer = send(client, clock)
    assert answer.status_code == 302
    kept = Feedback.objects.get()
    assert (kept.kind, kept.page, kept.helped, kept.message) == (Kind.FAULT, PAGE, None, FAULT)
    html = client.get(answer["Location"]).content
    assert texts(html, "h1") == ["Tack, vi har fått din rapport"]
    assert texts(html, f".links a[href='{PAGE}']") == ["Tillbaka till sidan"]


def test_the_page_may_be_left_out(client, clock):
    assert send(client, clock, sida="").status_code == 302
    assert Feedback.objects.get().page == ""


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("/nyckeltal/?sida=2#x", "/nyckeltal/"),
        ("  /finns-inte/ ", "/finns-inte/"),
        ("http://testserver/tema/", "/tema/"),
        ("https://testserver", "/"),
        ("testserver/tema/", "/tema/"),
    ],
)
def test_an_address_on_the_site_becomes_its_path(client, clock, written, kept):
    assert send(client, clock, sida=written).status_code == 302
    assert Feedback.objects.get().page == kept


@pytest.mark.parametrize(
    "written",
    [
        "startsidan",
        "//evil.example/",
        "/\\evil.example/",
        "https://evil.example/",
        "https://testserver@evil.example/",
        "javascript:alert(1)",
        "/a b/",
        "http://[",
        "/" + "x" * 500,
    ],
)
def test_what_is_no_page_of_the_site_is_refused_beside_its_field(client, clock, written):
    answer = send(client, clock, sida=written)
    assert answer.status_code == 422
    assert texts(answer.content, "#sida_error")[0].startswith("Fel: Skriv adressen till en sida")
    assert soup(answer.content).select_one("#sida")["value"] == written
    assert not Feedback.objects.exists()
    assert client.get(REPORT, {"sida": written}).status_code == 200
    assert not soup(client.get(REPORT, {"sida": written}).content).select_one("#sida").get("value")
    thanks = soup(client.get(f"{REPORT}tack/", {"sida": written}).content)
    assert [link["href"] for link in thanks.select("main a")] == ["/"]


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("", "Skriv vad som inte fungerar."),
        (" \n\t", "Skriv vad som inte fungerar."),
        ("\x00", "Skriv vad som inte fungerar."),
        ("x" * (MAX_MESSAGE + 1), "Korta texten till högst 4\u00a0000 tecken. Nu är den 4\u00a0001 tecken."),
        ("http://a https://b www.c.se", "Skriv högst två länkar. Fler länkar stoppas som skräppost."),
    ],
)
def test_a_fault_in_the_form_is_told_at_the_top_and_beside_the_field(client, clock, message, told):
    answer = send(client, clock, message)
    html = answer.content
    assert answer.status_code == 422
    assert texts(html, "title")[0].startswith("Fel: Rapportera en brist")
    assert texts(html, ".error-summary a[href='#meddelande']") == [told]
    assert texts(html, "#meddelande_error") == [f"Fel: {told}"]
    field = soup(html).select_one("textarea#meddelande")
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "meddelande_error"
    assert soup(html).select_one("#sida")["value"] == PAGE
    assert not soup(html).select_one("#sida").get("aria-invalid")
    assert not Feedback.objects.exists()


def test_what_was_typed_is_kept_when_something_is_wrong(client, clock):
    stamp = token(client)
    answer = send(client, clock, "Läs www.a.se www.b.se www.c.se <b>nu</b>", stund=stamp)
    assert token(client, answer) == stamp  # she need not wait again
    assert texts(answer.content, "textarea") == ["Läs www.a.se www.b.se www.c.se <b>nu</b>"]
    assert not soup(answer.content).select("textarea b")
    mended = send(client, clock, "Läs www.a.se", stund=token(client, answer))
    assert mended.status_code == 302


def test_the_longest_message_is_kept_whole(client, clock):
    assert send(client, clock, "å" * MAX_MESSAGE).status_code == 302
    assert Feedback.objects.get().message == "å" * MAX_MESSAGE


def test_control_characters_are_left_out_and_lines_kept(client, clock):
    send(client, clock, "Ett\x00\x0b\x1b två\r\ntre\tfyra")
    assert Feedback.objects.get().message == "Ett två\ntre\tfyra"


def test_the_form_says_where_to_write_for_an_answer(client):
    site = SiteSettings.for_site(make.home_page().get_site())
    site.contact_email = "boras.stad@example.se"
    site.save()
    html = client.get(REPORT).content
    assert "mailto:boras.stad@example.se" in html.decode()
    assert "Vi vet inte vem du är" in html.decode()


def test_the_way_to_the_form_names_the_page_it_starts_from(client):
    link = soup(client.get(PAGE).content).select_one(f"footer a[href^='{REPORT}']")
    assert soup(client.get(link["href"]).content).select_one("#sida")["value"] == PAGE


# --- Mail ----------------------------------------------------------------------------------------


def test_a_fault_is_mailed_in_plain_text(client, clock, mailbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        send(client, clock, "<script>alert(1)</script>\nBcc: alla@example.se")
    (sent,) = mailbox
    kept = Feedback.objects.get()
    assert sent.to == ["webb@example.se"] and not sent.bcc and sent.content_subtype == "plain"
    assert sent.subject == f"Rapporterad brist på webbplatsen (nummer {kept.pk})"
    assert sent.content_subtype == "plain"
    assert "<script>alert(1)</script>\nBcc: alla@example.se" in sent.body
    assert f"http://127.0.0.1:8000{PAGE}" in sent.body
    assert f"/admin/snippets/feedback/feedback/inspect/{kept.pk}/" in sent.body


def test_words_are_mailed_and_a_bare_answer_is_not(
    client, clock, mailbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        given = receipt(vote(client))
    assert mailbox == []
    with django_capture_on_commit_callbacks(execute=True):
        add(client, given)
    assert ["Hjälpte sidan dig? Nej" in sent.body for sent in mailbox] == [True]


def test_nothing_is_mailed_before_it_is_kept_or_without_an_address(
    client, clock, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(client, clock)
    assert Feedback.objects.count() == 1
    assert mail.outbox == []


def test_a_mail_server_that_fails_loses_nothing_and_is_logged(
    client, clock, mailbox, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def fail(*args):
        raise OSError("no mail today")

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", fail)
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client, clock)
    assert answer.status_code == 302
    assert Feedback.objects.get().message == FAULT
    (record,) = [one for one in caplog.records if one.name == "boras_site.feedback.mail"]
    assert record.levelname == "ERROR" and "no mail today" in (record.exc_text or "")
    assert FAULT not in caplog.text


# --- The question on the pages -------------------------------------------------------------------


def test_the_question_asks_for_the_page_it_stands_on(rf):
    from django.template.loader import render_to_string

    html = render_to_string("components/helped.html", request=rf.get(PAGE))
    form = soup(html).select_one("form")
    assert (form["method"], form["action"]) == ("post", HELPED)
    assert form.select_one("[name=sida]")["value"] == PAGE
    assert [(one["name"], one["value"], one.text) for one in form.select("button")] == [
        ("svar", "ja", "Ja"),
        ("svar", "nej", "Nej"),
    ]
    assert "csrf" not in html
