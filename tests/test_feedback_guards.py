"""Bots and floods are kept out; no reader is followed, and what she typed is not lost."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from boras_site.feedback import guards
from boras_site.feedback.models import Feedback, Kind
from tests import factories as make
from tests.reading import soup, texts

pytestmark = pytest.mark.django_db

HELPED, THANKS, REPORT = "/hjalpte-sidan/", "/hjalpte-sidan/tack/", "/rapportera-brist/"
PAGE = "/om-siffrorna/"
FORMS = (HELPED, THANKS, REPORT)


@pytest.fixture(autouse=True)
def _site(db):
    make.content_page()


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Seconds to put on every clock. Each test begins as a window does, so that none ends in the next."""
    real = signing.time.time
    to_the_next = guards.WINDOW - real() % guards.WINDOW
    ahead = [0.0]
    monkeypatch.setattr(signing.time, "time", lambda: real() + to_the_next + ahead[0])
    return ahead


def filled(address: str, clock) -> dict[str, str]:
    """The form of the address, filled in by somebody who took her time."""
    if address == HELPED:
        return {"sida": PAGE, "svar": "ja"}
    if address == THANKS:
        answer = Client(REMOTE_ADDR="198.51.100.7").post(HELPED, {"sida": PAGE, "svar": "ja"})
        return {"kvitto": answer["Location"].split("kvitto=")[1].replace("%3A", ":"), "meddelande": "Ord."}
    stamp = guards.form_token()
    clock[0] += 10
    return {"sida": PAGE, "meddelande": "Trasigt.", "stund": stamp}


def kept() -> int:
    """How much has been kept: answers, and words added to them."""
    return Feedback.objects.count() + Feedback.objects.filter(kind=Kind.HELPED).exclude(message="").count()


def is_refused(answer, before: int, status: int) -> bool:
    return answer.status_code == status and kept() == before


# --- Headers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [THANKS, REPORT, f"{REPORT}tack/", HELPED])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_cookie_no_cache_no_index(client, address, method):
    answer = getattr(client, method)(address, follow=True)
    for one in [getattr(client, method)(address), answer]:
        assert not one.cookies
        assert "cookie" not in one.get("Vary", "").lower()
    first = getattr(client, method)(address)
    assert "no-store" in first["Cache-Control"]
    assert first["X-Robots-Tag"] == "noindex"
    assert "Content-Security-Policy" in first
    assert not soup(first.content).select("[name=csrfmiddlewaretoken]")


@pytest.mark.parametrize("address", FORMS)
def test_no_token_of_djangos_is_asked_for(address, clock):
    strict = Client(enforce_csrf_checks=True)
    before = kept()
    answer = strict.post(address, filled(address, clock))
    assert answer.status_code == 302 and kept() > before
    assert not answer.cookies and not strict.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    ],
)
@pytest.mark.parametrize("address", FORMS)
def test_a_form_on_another_site_is_refused(client, clock, address, headers):
    form = filled(address, clock)
    before = kept()
    assert is_refused(client.post(address, form, headers=headers), before, 403)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "https://TESTSERVER"},
        {},
    ],
)
@pytest.mark.parametrize("address", FORMS)
def test_our_own_form_is_not(client, clock, address, headers):
    form = filled(address, clock)
    before = kept()
    assert client.post(address, form, headers=headers).status_code == 302
    assert kept() > before


# --- Bots ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", FORMS)
def test_a_bot_that_fills_in_everything_is_thanked_and_nothing_is_kept(client, clock, address):
    form = filled(address, clock)
    before = kept()
    answer = client.post(address, form | {guards.HONEYPOT: "Köp nu"}, follow=True)
    assert answer.status_code == 200
    assert texts(answer.content, "h1")[0].startswith("Tack")
    assert kept() == before


@pytest.mark.parametrize("page", [REPORT, "thanks", "question"])
def test_the_trap_is_hidden_from_everybody(client, rf, page):
    from django.template.loader import render_to_string

    if page == "question":
        html = render_to_string("components/helped.html", request=rf.get(PAGE))
    elif page == "thanks":
        html = client.post(HELPED, {"sida": PAGE, "svar": "ja"}, follow=True).content
    else:
        html = client.get(page).content
    trap = soup(html).select_one(f"[name={guards.HONEYPOT}]")
    assert trap.find_parent(hidden=True) is not None
    assert (trap["autocomplete"], trap["tabindex"], trap.get("value")) == ("off", "-1", None)


@pytest.mark.parametrize(("seconds", "status"), [(0, 422), (1, 422), (10, 302), (86_000, 302), (86_500, 422)])
def test_a_report_comes_back_neither_too_soon_nor_too_late(client, clock, seconds, status):
    form = {"sida": PAGE, "meddelande": "Trasigt.", "stund": guards.form_token()}
    clock[0] += seconds
    answer = client.post(REPORT, form)
    assert answer.status_code == status
    assert Feedback.objects.exists() == (status == 302)
    if status == 422:
        assert texts(answer.content, "textarea") == ["Trasigt."]
        assert soup(answer.content).select_one("#sida")["value"] == PAGE
        assert texts(answer.content, "title")[0].startswith("Fel: ")
        fresh = soup(answer.content).select_one("[name=stund]")["value"]
        clock[0] += 10
        assert client.post(REPORT, form | {"stund": fresh}).status_code == 302


@pytest.mark.parametrize("forged", ["", "form", "form:abc:def", "\x00"])
def test_a_report_without_our_token_is_not_kept_and_not_lost(client, forged):
    answer = client.post(REPORT, {"meddelande": "Trasigt.", "stund": forged})
    assert answer.status_code == 422
    assert texts(answer.content, "textarea") == ["Trasigt."]
    assert not Feedback.objects.exists()


def test_a_receipt_is_no_form_token(client, clock):
    stamp = filled(THANKS, clock)["kvitto"]
    clock[0] += 10
    assert client.post(REPORT, {"meddelande": "Trasigt.", "stund": stamp}).status_code == 422


# --- Floods --------------------------------------------------------------------------------------


def send_many(address: str, times: int, **extra: str) -> list[int]:
    form = {"sida": PAGE, "svar": "ja"}
    return [Client(REMOTE_ADDR=address, **extra).post(HELPED, form).status_code for _ in range(times)]


def test_one_sender_sends_ten_and_is_then_asked_to_wait(clock):
    assert send_many("192.0.2.1", 12) == [302] * 10 + [429] * 2
    assert Feedback.objects.count() == 10
    assert send_many("192.0.2.2", 1) == [302]
    clock[0] += 600
    assert send_many("192.0.2.1", 1) == [302]


def test_who_is_asked_to_wait_keeps_what_she_typed(clock):
    sender = Client(REMOTE_ADDR="192.0.2.1")
    assert [sender.post(REPORT, filled(REPORT, clock)).status_code for _ in range(10)] == [302] * 10
    answer = sender.post(REPORT, filled(REPORT, clock))
    assert answer.status_code == 429
    assert texts(answer.content, "textarea") == ["Trasigt."]
    assert "Vänta tio minuter" in answer.content.decode()


def test_an_address_is_one_sender_however_it_is_written():
    assert send_many("::ffff:192.0.2.7", 10) == [302] * 10
    assert send_many("192.0.2.7", 1) == [429]
    assert send_many("192.0.2.7:5678", 1) == [429]
    assert send_many("::ffff:192.0.2.8", 1) == [302]
    assert send_many("[2001:db8:9:9::1]:443", 10) == [302] * 10
    assert send_many("2001:db8:9:9::2", 1) == [429]


def test_the_network_of_one_home_is_one_sender():
    assert send_many("2001:db8:1:2::1", 10) == [302] * 10
    assert send_many("2001:db8:1:2:ffff::9", 1) == [429]
    assert send_many("2001:db8:1:3::1", 1) == [302]


@pytest.mark.parametrize(
    ("proxies", "hops", "same"),
    [
        (0, ("192.0.2.1", "192.0.2.2"), True),
        (1, ("192.0.2.1", "192.0.2.2"), False),
        (1, ("198.51.100.1, 192.0.2.1", "198.51.100.2, 192.0.2.1"), True),
        (2, ("192.0.2.1, 10.0.0.1", "192.0.2.2, 10.0.0.1"), False),
        (3, ("192.0.2.1", "192.0.2.2"), True),
    ],
)
def test_the_sender_behind_proxies_is_the_one_they_tell_of(settings, proxies, hops, same):
    settings.TRUSTED_PROXY_COUNT = proxies
    first, second = hops
    assert send_many("10.0.0.9", 10, HTTP_X_FORWARDED_FOR=first) == [302] * 10
    assert send_many("10.0.0.9", 1, HTTP_X_FORWARDED_FOR=second) == [429 if same else 302]


def test_the_senders_address_is_nowhere_to_be_read(monkeypatch):
    seen = []
    monkeypatch.setattr(
        guards.cache, "add", lambda key, value, timeout: seen.append((key, value, timeout)), raising=False
    )
    monkeypatch.setattr(guards.cache, "incr", lambda key: 1, raising=False)
    assert send_many("192.0.2.123", 1) == [302]
    ((key, value, timeout),) = seen
    assert "192.0.2.123" not in key and value == 0 and timeout <= 600


def test_there_is_a_ceiling_for_all_in_an_hour(monkeypatch, clock):
    monkeypatch.setattr(guards, "MOST_FROM_ALL", 3)
    old = timezone.now() - timedelta(minutes=61)
    make.feedback(received_at=old)
    assert [send_many(f"192.0.2.{n}", 1) for n in range(4)] == [[302], [302], [302], [429]]
    assert Client().post(REPORT, filled(REPORT, clock)).status_code == 302  # the law's form stays open
    Feedback.objects.update(received_at=old)
    assert send_many("192.0.2.9", 1) == [302]


def test_a_field_twice_or_a_body_that_is_no_form_breaks_nothing(client):
    assert client.post(HELPED, {"sida": [PAGE, PAGE], "svar": ["nej", "ja"]}).status_code == 302
    assert client.post(REPORT, b"\xff\xfe\x00", content_type="application/json").status_code == 422
    assert client.post(HELPED, b"svar=%ff&sida=%00", content_type="application/x-www-form-urlencoded")
    assert Feedback.objects.count() == 1
