"""Asks Kolada's API, politely: a few questions a second, again after a while when it cannot answer.

Every address is held against the list of allowed hosts, also one that an answer points to. Whatever goes
wrong is a KoladaError with a sentence that an editor understands.
"""

import json
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, NoReturn, Self, TypeVar
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3 import BaseHTTPResponse
from urllib3.connectionpool import ConnectionPool
from urllib3.exceptions import DecodeError, HTTPError, MaxRetryError, ProtocolError
from urllib3.util import Retry

T = TypeVar("T")

#: Kolada takes no more ids in one part of an address, and no more rows on a page.
MOST_IDS, PER_PAGE = 25, 5000
#: No question has so many pages, nor leads on to another address so many times.
MOST_PAGES, MOST_REDIRECTS = 500, 3
#: How often a question is asked anew whose answer broke off in the middle.
BROKEN_OFF = 2
#: An answer that trickles in is given up after so many times the patience for its next piece.
SLOWEST = 10
#: Seconds of silence, and of a trickle, that somebody at a screen waits for; no second try.
HURRIED, HURRIED_SLOWEST = 5.0, 10.0
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_PIECE = 1 << 16

SILENT = "Kolada svarar inte. Försök igen om en stund."
UNREADABLE = "Kolada hänvisar till en adress som inte går att läsa."


class KoladaError(Exception):
    """Kolada could not be asked, or answered what cannot be used. ``str`` is a Swedish sentence."""


class NotFound(KoladaError):
    """Kolada does not have what was asked for."""


class _Patience(Retry):
    """Asks again on 429, 5xx and broken lines, but not when Kolada wants us to wait longer than we will."""

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        """The next try. Raises MaxRetryError when there is none."""
        if _pool is not None and response is not None:
            asked = self.get_retry_after(response) or 0
            if asked > settings.KOLADA_MOST_WAIT:
                raise MaxRetryError(_pool, url or "")
        return super().increment(method, url, response, error, _pool, _stacktrace)


class Client:
    """A line to Kolada. Close it, or use it as a context.

    ``hurried`` for a screen: whoever looks at it, and the server that has to answer, wait seconds only.
    """

    def __init__(self, *, hurried: bool = False) -> None:
        tries = 0 if hurried else settings.KOLADA_RETRIES
        self._timeout = min(settings.KOLADA_TIMEOUT, HURRIED) if hurried else settings.KOLADA_TIMEOUT
        self._slowest = HURRIED_SLOWEST if hurried else SLOWEST * self._timeout
        self._again = 0 if hurried else BROKEN_OFF
        again = _Patience(
            total=tries,
            status_forcelist=(429, 500, 502, 503, 504),
            allowed_methods={"GET"},
            backoff_factor=settings.KOLADA_BACKOFF,
            backoff_max=settings.KOLADA_MOST_WAIT,
            # A longer wait than ours is no try at all; one that is asked for is kept to the second.
            retry_after_max=86_400,
            raise_on_status=False,
        )
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy and no password that the settings do not name
        if settings.KOLADA_PROXY:
            self._session.proxies = {"http": settings.KOLADA_PROXY, "https": settings.KOLADA_PROXY}
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=again))
        self._session.headers["User-Agent"] = f"oppna-jamforelser/1.0 (+{settings.WAGTAILADMIN_BASE_URL})"
        self._session.headers["Accept"] = "application/json"
        self._asked_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._session.close()

    def rows(self, path: str, **filters: str) -> Iterator[Any]:
        """Every row that answers a question, page by page. Raises KoladaError; NotFound for none such.

        The same question may have no answer at all: whoever asks knows whether that is a fault.
        """
        wanted = {**filters, "per_page": str(PER_PAGE)}
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in wanted.items())
        url = f"{settings.KOLADA_URL.rstrip('/')}/{path}?{query}"
        seen: set[str] = set()
        while url:
            if url in seen or len(seen) >= MOST_PAGES:
                raise KoladaError("Kolada bläddrar i cirkel: samma sida kommer om och om igen.")
            try:
                envelope = self._json(url)
            except NotFound:
                if not seen:
                    raise
                raise KoladaError(
                    "En av sidorna i Koladas svar finns inte. Inget är hämtat. Försök igen om en stund."
                ) from None
            seen.add(url)
            # Its count is of this page only, so it says nothing of how many there are.
            if not isinstance(envelope, dict) or not isinstance(envelope.get("values"), list):
                raise KoladaError("Kolada svarade i en annan form än väntat: listan med värden saknas.")
            yield from envelope["values"]
            following = envelope.get("next_url")
            if following is not None and not isinstance(following, str):
                raise KoladaError("Kolada svarade i en annan form än väntat: nästa sida är ingen adress.")
            url = _joined(url, following) if following else ""

    def _json(self, url: str) -> Any:
        body = self._body(url)
        if body.lstrip()[:1] == b"<":
            raise KoladaError("Kolada svarade med en webbsida i stället för uppgifter. Försök igen senare.")
        try:
            return json.loads(body, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise KoladaError("Koladas svar går inte att läsa. Det är avhugget eller förvanskat.") from error

    def _body(self, url: str) -> bytes:
        """The answer as it came. One that breaks off is asked for again."""
        for attempt in range(self._again + 1):
            try:
                return self._once(url)
            except (ProtocolError, DecodeError):
                if attempt == self._again:
                    raise KoladaError("Koladas svar bröts mitt i. Försök igen om en stund.") from None
                time.sleep(settings.KOLADA_BACKOFF * (attempt + 1))
            except requests.exceptions.SSLError as error:
                raise KoladaError("Koladas webbplats kan inte styrka vem den är. Inget är hämtat.") from error
            except ValueError as error:  # a redirect to what is no address
                raise KoladaError(UNREADABLE) from error
            except (requests.exceptions.RequestException, HTTPError) as error:
                raise KoladaError(SILENT) from error
        raise AssertionError("unreachable")

    def _once(self, url: str) -> bytes:
        for _ in range(MOST_REDIRECTS + 1):
            url = _allowed(url)
            self._wait()
            with self._session.get(url, timeout=self._timeout, stream=True, allow_redirects=False) as answer:
                if not answer.is_redirect:
                    _refuse(answer.status_code)
                    return _read(answer, self._slowest)
                url = _joined(url, answer.headers["Location"])
        raise KoladaError("Kolada skickar oss runt mellan sina adresser. Försök igen senare.")

    def _wait(self) -> None:
        """Keep the pace: so many questions a second and no more."""
        early = self._asked_at + 1 / settings.KOLADA_PACE - time.monotonic()
        if early > 0:
            time.sleep(early)
        self._asked_at = time.monotonic()


def chunks(ids: Sequence[T], most: int = MOST_IDS) -> Iterator[Sequence[T]]:
    """The ids in portions that Kolada takes in one part of an address."""
    for start in range(0, len(ids), most):
        yield ids[start : start + most]


def in_path(ids: Iterable[str]) -> str:
    """Ids as they stand in an address."""
    return ",".join(quote(one, safe="") for one in ids)


def _joined(url: str, following: str) -> str:
    """Where an answer leads on to, which may be told by halves. Raises KoladaError for no address."""
    with suppress(ValueError):
        return urljoin(url, following)
    raise KoladaError(UNREADABLE)


def _allowed(url: str) -> str:
    """The address, over https unless it is on this machine. Raises KoladaError for any other host."""
    with suppress(ValueError):
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        is_local = host in _LOCAL
        plain = parts.username is None and parts.password is None and (is_local or port in (None, 80, 443))
        if host in settings.KOLADA_HOSTS and plain and parts.scheme in ("http", "https"):
            # A server behind a proxy may name itself by http.
            return url if is_local else urlunsplit(("https", host, *parts[2:]))
    raise KoladaError(
        "Kolada hänvisar till en adress som vi inte hämtar från. "
        f"Vi hämtar bara från {', '.join(settings.KOLADA_HOSTS)}."
    )


def _read(answer: requests.Response, slowest: float) -> bytes:
    """The body, no longer than an answer may be, and within ``slowest`` seconds."""
    body = bytearray()
    latest = time.monotonic() + slowest
    # By what has come so far: to wait for a whole piece would let a trickle go on for ever.
    while piece := answer.raw.read1(_PIECE, decode_content=True):
        body += piece
        if len(body) > settings.KOLADA_MOST_BYTES:
            raise KoladaError("Koladas svar är orimligt stort. Inget är hämtat.")
        if time.monotonic() > latest:
            raise KoladaError(SILENT)
    return bytes(body)


def _refuse(status: int) -> None:
    """Raises KoladaError for an answer that is none."""
    match status:
        case 200:
            return
        case 404:
            raise NotFound("Det finns inte i Kolada.")
        case 410:
            raise KoladaError(
                "Kolada har stängt adressen som vi hämtar från (410). Webbplatsen behöver en ny inställning."
            )
        case 422:
            raise KoladaError("Kolada förstod inte frågan (422). Det är ett fel i webbplatsen, inte hos dig.")
        case 429:
            raise KoladaError("Kolada har för mycket att göra och ber oss vänta. Försök igen om en stund.")
        case _ if status >= 500:
            raise KoladaError(f"Kolada har ett fel hos sig ({status}). Försök igen om en stund.")
    raise KoladaError(f"Kolada svarade inte på frågan ({status}).")


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")
