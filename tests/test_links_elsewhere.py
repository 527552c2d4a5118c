"""Asking other websites whether an address is there: the other site is on this machine, never the net."""

import socket
import ssl
from collections.abc import Iterator
from typing import Any
from urllib.error import URLError

import pytest

from boras_site.links.elsewhere import AGAIN_AFTER, PAUSE, Answer, Asker, is_public, opener
from tests.sites import Site, site


@pytest.fixture
def other() -> Iterator[Site]:
    with site() as up:
        yield up


class Waits(list[float]):
    """What was waited, instead of waiting."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


def ask(*urls: str, waits: Waits | None = None) -> list[Answer]:
    """The answers, where every address may be asked, this machine's too."""
    asker = Asker(opener(lambda address: True).open, waits if waits is not None else Waits())
    answers = asker.ask(urls)
    return [answers[url] for url in urls]


@pytest.mark.parametrize(
    ("answers", "known"),
    [
        ([200], Answer.WORKS),
        ([204], Answer.WORKS),
        ([404], Answer.GONE),
        ([410], Answer.GONE),
        ([401], Answer.UNSURE),
        ([403], Answer.UNSURE),
        ([429], Answer.UNSURE),
        ([500], Answer.UNSURE),
        ([503], Answer.UNSURE),
        (["/finns"], Answer.WORKS),
        (["/borta"], Answer.GONE),
        (["/runt"], Answer.UNSURE),
        (["ftp://example.com/"], Answer.UNSURE),
    ],
)
def test_an_answer_is_known_by_its_status(other, answers, known):
    other.says("/finns", 200)
    other.says("/runt", "/runt")
    assert ask(other.says("/sida", *answers)) == [known]


def test_head_is_asked_first_and_get_only_where_that_was_not_enough(other):
    assert ask(other.says("/sida", 200)) == [Answer.WORKS]
    assert other.asked == [("HEAD", "/sida")]
    other.says("HEAD /bara-get", 405)
    assert ask(other.says("/bara-get", 200)) == [Answer.WORKS]
    assert other.asked[1:] == [("HEAD", "/bara-get"), ("GET", "/bara-get")]


def test_a_bad_answer_counts_when_it_is_given_twice_after_a_while(other):
    waits = Waits()
    assert ask(other.says("/sida", 404, 404, 200), waits=waits) == [Answer.WORKS]
    assert waits == [AGAIN_AFTER]
    assert ask(other.says("/annan", 404, 404, 503)) == [Answer.UNSURE]


def test_it_says_who_is_asking(other):
    ask(other.says("/sida", 200))
    (agent,) = other.agents
    assert "oppna-jamforelser-lankkontroll" in agent and "+http" in agent


def test_one_site_is_asked_one_question_at_a_time_with_a_pause(other):
    waits = Waits()
    urls = [other.says(f"/{number}", 200) for number in range(3)]
    assert ask(*urls, urls[0], waits=waits) == [Answer.WORKS] * 4
    assert other.asked == [("HEAD", f"/{number}") for number in range(3)]
    assert waits == [PAUSE, PAUSE]


def test_swedish_letters_and_fragments_are_sent_the_way_of_the_net(other):
    other.says("/r%C3%A5d?s%C3%B6k=1", 200)
    assert ask(f"{other.url}/råd?sök=1#avsnitt") == [Answer.WORKS]


def raising(fault: Exception) -> Any:
    def open_(*args: Any, **kwargs: Any) -> Any:
        raise fault

    return open_


@pytest.mark.parametrize(
    ("fault", "known"),
    [
        (URLError(socket.gaierror(socket.EAI_NONAME, "Name or service not known")), Answer.NO_SUCH_NAME),
        (URLError(socket.gaierror(socket.EAI_AGAIN, "Temporary failure")), Answer.UNSURE),
        (URLError(ssl.SSLCertVerificationError("expired")), Answer.UNTRUSTED),
        (URLError(ssl.SSLEOFError("ended")), Answer.UNSURE),
        (URLError(ConnectionRefusedError()), Answer.UNSURE),
        (TimeoutError(), Answer.UNSURE),
        (ConnectionResetError(), Answer.UNSURE),
    ],
)
def test_a_fault_on_the_way_is_told_apart_from_a_page_that_is_gone(fault, known):
    answers = Asker(raising(fault), Waits()).ask(["https://example.com/"])
    assert answers == {"https://example.com/": known}


@pytest.mark.parametrize(
    "url", ["http://", "http://[", "https://exa mple/", "http://a:port/", "http://..se/"]
)
def test_what_is_no_address_is_borne(url):
    assert ask(url) == [Answer.UNSURE]


# --- Never inside our own net --------------------------------------------------------------------


@pytest.mark.parametrize("address", ["1.1.1.1", "194.103.24.1", "2606:4700::1111", "::ffff:1.1.1.1"])
def test_public_addresses_may_be_asked(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%1",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1",
        "2002:0a00:0001::1",
    ],
)
def test_no_other_address_is_asked(address):
    assert not is_public(address)


def test_a_site_of_our_own_net_is_never_asked(other):
    url = other.says("/hemligt", 200)
    port = url.rpartition(":")[2]
    for address in (url, f"http://localhost:{port}"):
        assert Asker(sleep=Waits()).ask([address]) == {address: Answer.NOT_ASKED}
    assert other.asked == []


def test_nor_is_one_that_another_site_leads_on_to(other):
    with site("127.0.0.2") as inner:
        url = other.says("/in", inner.says("/hemligt", 200))
        asker = Asker(opener(lambda address: address == "127.0.0.1").open, Waits())
        assert asker.ask([url]) == {url: Answer.NOT_ASKED}
        assert other.asked and inner.asked == []


def test_nothing_but_the_web_is_opened(tmp_path):
    for url in (tmp_path.as_uri(), "ftp://127.0.0.1/", "data:,hej"):
        with pytest.raises(URLError):
            opener(lambda address: True).open(url)
