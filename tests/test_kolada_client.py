"""Asking Kolada when it does not answer as it should: a retry that succeeds, or a clear sentence."""

import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from comparisons.intake.kolada.client import Client, KoladaError, NotFound, chunks
from tests.kolada import server as tricks
from tests.kolada.server import Kolada

SILENT = "Kolada svarar inte. Försök igen om en stund."
ELSEWHERE = (
    "Kolada hänvisar till en adress som vi inte hämtar från. Vi hämtar bara från 127.0.0.1, api.kolada.se."
)


@pytest.fixture
def client(kolada: Kolada) -> Iterator[Client]:
    with Client() as client:
        yield client


def ids(client: Client, path: str = "kpi", **filters: str) -> list[str]:
    return [row["id"] for row in client.rows(path, **filters)]


def refusal(client: Client, path: str = "kpi", **filters: str) -> str:
    with pytest.raises(KoladaError) as caught:
        list(client.rows(path, **filters))
    return str(caught.value)


# --- Pages ---------------------------------------------------------------------------------------


def test_pages_are_followed_though_the_next_address_is_relative(kolada: Kolada, client: Client) -> None:
    kolada.page_size = 2
    assert ids(client) == ["U07418", "U07417", "N00914", "N15428", "U30000"]
    assert kolada.asked == ["kpi?per_page=5000", "kpi?per_page=5000&page=2", "kpi?per_page=5000&page=3"]


def test_a_filter_is_kept_from_page_to_page_and_written_for_the_net(kolada: Kolada, client: Client) -> None:
    kolada.page_size = 1
    assert ids(client, title="Anmälda & co") == []
    assert ids(client, title="stöld- och") == ["U07417"]
    assert len(ids(client, title="Anmälda")) == 3


@pytest.mark.parametrize("again", ["?per_page=5000", "/v3/kpi?per_page=5000"])
def test_pages_that_lead_back_are_told(kolada: Kolada, client: Client, again: str) -> None:
    kolada.always("kpi", tricks.rows({"id": "U07418"}, next_url=again))
    assert refusal(client) == "Kolada bläddrar i cirkel: samma sida kommer om och om igen."
    assert len(kolada.asked) == 1


def test_a_larger_loop_is_told(kolada: Kolada, client: Client) -> None:
    kolada.once("kpi", tricks.rows(next_url="?page=2"), tricks.rows(next_url="?page=3"))
    kolada.always("kpi", tricks.rows(next_url="?page=2"))
    assert refusal(client).startswith("Kolada bläddrar i cirkel")
    assert len(kolada.asked) == 3


def test_pages_without_end_are_told(kolada: Kolada, client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("comparisons.intake.kolada.client.MOST_PAGES", 4)
    pages = iter(range(100))
    kolada.always("kpi", lambda handler: tricks.rows(next_url=f"?page={next(pages)}x")(handler))
    assert refusal(client).startswith("Kolada bläddrar i cirkel")
    assert len(kolada.asked) == 4


def test_an_answer_in_packed_chunks_is_read_whole(kolada: Kolada, client: Client) -> None:
    kolada.once("kpi", tricks.in_chunks)
    assert len(ids(client)) == 5
    assert len(kolada.asked) == 1


# --- What passes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "trick",
    [
        tricks.status(500),
        tricks.status(503),
        tricks.status(429, Retry_After="0"),
        tricks.hang_up,
        tricks.cut_off,
        tricks.broken_chunks,
        tricks.slow(0.6),
    ],
    ids=["500", "503", "429", "hangs up", "cut off", "broken chunks", "slow"],
)
def test_what_passes_is_asked_again(kolada: Kolada, client: Client, trick: tricks.Trick) -> None:
    kolada.once("kpi", trick)
    assert len(ids(client)) == 5
    assert len(kolada.asked) == 2


def test_a_wait_that_kolada_asks_for_is_kept(kolada: Kolada, client: Client, settings: Any) -> None:
    kolada.once("kpi", tricks.status(429, Retry_After="1"))
    assert len(ids(client)) == 5
    assert kolada.asked_at[1] - kolada.asked_at[0] >= 1


def test_a_wait_that_is_too_long_is_told_and_not_cut_short(kolada: Kolada, client: Client) -> None:
    kolada.always("kpi", tricks.status(429, Retry_After="3600"))
    assert refusal(client) == "Kolada har för mycket att göra och ber oss vänta. Försök igen om en stund."
    assert len(kolada.asked) == 1


@pytest.mark.parametrize("trick", [tricks.status(500), tricks.cut_off, tricks.slow(0.6), tricks.hang_up])
def test_somebody_at_a_screen_waits_for_one_try_only(kolada: Kolada, trick: tricks.Trick) -> None:
    kolada.always("kpi", trick)
    with Client(hurried=True) as hurried:
        assert refusal(hurried).startswith("Kolada")
    assert len(kolada.asked) == 1


def test_the_pace_is_kept(kolada: Kolada, settings: Any) -> None:
    settings.KOLADA_PACE = 20
    kolada.page_size = 1
    with Client() as client:
        # When it asks, and not when the server comes to hear of it.
        asked_at = [client._asked_at for _ in client.rows("kpi")]
    between = [late - early for early, late in pairwise(asked_at)]
    assert len(between) == 4 and min(between) >= 0.05


# --- What does not -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trick", "sentence", "asked"),
    [
        (tricks.status(500), "Kolada har ett fel hos sig (500). Försök igen om en stund.", 3),
        (tricks.status(429), "Kolada har för mycket att göra och ber oss vänta. Försök igen om en stund.", 3),
        (tricks.slow(0.6), SILENT, 3),
        (tricks.hang_up, SILENT, 3),
        (tricks.cut_off, "Koladas svar bröts mitt i. Försök igen om en stund.", 3),
        (tricks.trickle, SILENT, 1),
        (
            tricks.status(410),
            "Kolada har stängt adressen som vi hämtar från (410). Webbplatsen behöver en ny inställning.",
            1,
        ),
        (
            tricks.status(422),
            "Kolada förstod inte frågan (422). Det är ett fel i webbplatsen, inte hos dig.",
            1,
        ),
        (tricks.status(404), "Det finns inte i Kolada.", 1),
        (tricks.status(403), "Kolada svarade inte på frågan (403).", 1),
        (
            tricks.body(b"<!doctype html><title>Underh\xe5ll</title>"),
            "Kolada svarade med en webbsida i stället för uppgifter. Försök igen senare.",
            1,
        ),
        (tricks.bomb(3), "Koladas svar är orimligt stort. Inget är hämtat.", 1),
        (tricks.body(b" " * (3 << 20)), "Koladas svar är orimligt stort. Inget är hämtat.", 1),
    ],
)
def test_what_does_not_pass_is_told(
    kolada: Kolada, client: Client, settings: Any, trick: tricks.Trick, sentence: str, asked: int
) -> None:
    settings.KOLADA_MOST_BYTES = 2 << 20
    kolada.always("kpi", trick)
    assert refusal(client) == sentence
    assert len(kolada.asked) == asked


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'{"values": [',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"values": [NaN], "next_url": null}',
        b'{"values": [' + b"9" * 6000 + b"]}",
    ],
    ids=["empty", "cut off", "no text", "deep", "nan", "long number"],
)
def test_what_is_no_json_is_told(kolada: Kolada, client: Client, body: bytes) -> None:
    kolada.always("kpi", tricks.body(body))
    assert refusal(client) == "Koladas svar går inte att läsa. Det är avhugget eller förvanskat."


@pytest.mark.parametrize(
    "body", [[], "text", 7, None, True, {}, {"values": {}}, {"values": None}, {"values": "U07418"}]
)
def test_another_form_than_expected_is_told(kolada: Kolada, client: Client, body: Any) -> None:
    kolada.always("kpi", tricks.body(body))
    assert refusal(client) == "Kolada svarade i en annan form än väntat: listan med värden saknas."


@pytest.mark.parametrize("address", [7, ["?page=2"], True, {}])
def test_a_next_page_that_is_no_address_is_told(kolada: Kolada, client: Client, address: Any) -> None:
    kolada.always("kpi", tricks.rows(next_url=address))
    assert refusal(client) == "Kolada svarade i en annan form än väntat: nästa sida är ingen adress."


def test_too_many_ids_at_once_are_refused_by_the_server(kolada: Kolada, client: Client) -> None:
    many = [f"U{number:05}" for number in range(26)]
    assert refusal(client, f"kpi/{','.join(many)}").startswith("Kolada förstod inte frågan (422).")
    assert [len(some) for some in chunks(many)] == [25, 1]


def test_what_is_not_there_is_told_apart(kolada: Kolada, client: Client) -> None:
    kolada.always("kpi", tricks.status(404))
    with pytest.raises(NotFound):
        ids(client)


def test_nobody_is_there(settings: Any, client: Client) -> None:
    settings.KOLADA_URL = "http://127.0.0.1:9/v3/"
    assert refusal(client) == SILENT


# --- Where it asks -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "https://elak.example/v3/kpi",
        "//elak.example/v3/kpi",
        "file:///etc/passwd",
        "https://api.kolada.se.elak.example/",
        "https://api.kolada.se@elak.example/",
        "https://nagon:losen@api.kolada.se/",
        "https://api.kolada.se:8443/v3/kpi",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1/",
        "http://127.0.0.1:port/",
    ],
)
def test_no_other_host_is_asked(kolada: Kolada, client: Client, address: str) -> None:
    kolada.always("kpi", tricks.redirect(address))
    redirected = refusal(client)
    kolada.always("kpi", tricks.rows(next_url=address))
    followed = refusal(client)
    assert {redirected, followed} <= {ELSEWHERE, "Kolada hänvisar till en adress som inte går att läsa."}
    assert len(kolada.asked) == 2


def test_the_base_address_is_held_against_the_list_too(settings: Any, client: Client) -> None:
    settings.KOLADA_URL = "https://elak.example/v3/"
    assert refusal(client) == ELSEWHERE


def test_an_address_by_http_is_asked_by_https(client: Client, monkeypatch: Any, settings: Any) -> None:
    asked: list[str] = []

    def get(url: str, **how: Any) -> None:
        asked.append(url)
        raise KoladaError

    monkeypatch.setattr(client._session, "get", get)
    settings.KOLADA_URL = "http://api.kolada.se:80/v3/"
    refusal(client)
    assert asked == ["https://api.kolada.se/v3/kpi?per_page=5000"]


def test_a_redirect_on_the_same_host_is_followed(kolada: Kolada, client: Client) -> None:
    kolada.once("kpi?", tricks.redirect("/v3/kpi/U07418"))
    assert ids(client) == ["U07418"]


def test_redirects_in_a_ring_are_told(kolada: Kolada, client: Client) -> None:
    kolada.always("kpi", tricks.redirect("/v3/kpi?x"))
    started = time.monotonic()
    assert refusal(client) == "Kolada skickar oss runt mellan sina adresser. Försök igen senare."
    assert len(kolada.asked) == 4 and time.monotonic() - started < 5


def test_the_environments_proxies_and_passwords_are_not_used(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert len(ids(client)) == 5
