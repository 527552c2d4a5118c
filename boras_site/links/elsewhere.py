"""Asks other websites whether an address is there: politely, a few at a time, never inside our own net."""

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    UnknownHandler,
)

from django.conf import settings
from django.utils.encoding import iri_to_uri

#: Seconds to wait for an answer, before asking once more, and between two questions to one site.
TIMEOUT, AGAIN_AFTER, PAUSE = 15.0, 5.0, 1.0
#: How many sites are asked at once; each site is asked one question at a time.
AT_ONCE = 4

#: Addresses of the newer kind that lead on to one of the older kind, which may be anybody's.
_TRANSLATED = IPv6Network("64:ff9b::/96")


class Answer(Enum):
    """What is known of an address after it was asked for."""

    WORKS = "works"
    GONE = "gone"
    NO_SUCH_NAME = "no such name"
    UNTRUSTED = "untrusted"
    UNSURE = "unsure"
    NOT_ASKED = "not asked"


class NotPublic(OSError):
    """The name leads to no public address, so it is not asked for anything."""


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody on the internet reaches."""
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            parsed = parsed.ipv4_mapped
        elif parsed.sixtofour or parsed.teredo or parsed in _TRANSLATED:
            return False
    return _is_public(parsed)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved)


class _Connection(http.client.HTTPConnection):
    """A connection to the very address that was found to be allowed, so that no name changes in between."""

    allowed: Callable[[str], bool] = staticmethod(is_public)

    def connect(self) -> None:
        """Connect. Raises NotPublic, and what sockets raise."""
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = [str(sockaddr[0]) for *_, sockaddr in found]
        allowed = [address for address in addresses if self.allowed(address)]
        if not allowed:
            raise NotPublic(self.host)
        self.sock = socket.create_connection((allowed[0], self.port), self.timeout)


class _SecureConnection(http.client.HTTPSConnection, _Connection):
    """The same over TLS, which is asked for the name and not for the address."""


class _Guarded(HTTPHandler, HTTPSHandler):
    """Opens http and https by connections that are guarded."""

    def __init__(self, allowed: Callable[[str], bool]) -> None:
        super().__init__()
        self._allowed = allowed
        self._trusted = ssl.create_default_context()

    def _guarded(self, connection: _Connection) -> _Connection:
        connection.allowed = self._allowed  # type: ignore[method-assign]
        return connection

    def http_open(self, req: Request) -> Any:
        """Fetch over http."""
        return self.do_open(lambda *args, **kwargs: self._guarded(_Connection(*args, **kwargs)), req)

    def https_open(self, req: Request) -> Any:
        """Fetch over https."""
        return self.do_open(
            lambda *args, **kwargs: self._guarded(_SecureConnection(*args, context=self._trusted, **kwargs)),
            req,
        )


class _Redirects(HTTPRedirectHandler):
    """Follows redirects without reading what stands beside them, which may be endless."""

    def http_error_302(self, req: Request, fp: Any, code: int, msg: str, headers: Any) -> Any:
        """Go on to the next address."""
        fp.close()
        return super().http_error_302(req, fp, code, msg, headers)

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


def opener(allowed: Callable[[str], bool] = is_public) -> OpenerDirector:
    """What fetches http and https and nothing else, and no proxy; each step of a redirect is guarded."""
    made = OpenerDirector()
    for handler in (
        _Guarded(allowed),
        _Redirects(),
        HTTPErrorProcessor(),
        HTTPDefaultErrorHandler(),
        UnknownHandler(),
    ):
        made.add_handler(handler)
    return made


class Asker:
    """Asks for addresses. ``ask_with`` opens a request, ``sleep`` waits: both are for tests to replace."""

    def __init__(
        self,
        ask_with: Callable[..., Any] | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._open = ask_with or opener().open
        self._sleep = sleep

    def ask(self, urls: Iterable[str]) -> dict[str, Answer]:
        """The answer for each address. Never raises for what an address or a site may be like."""
        sites: dict[str, list[str]] = {}
        for url in dict.fromkeys(urls):
            sites.setdefault(_host(url), []).append(url)
        with ThreadPoolExecutor(AT_ONCE) as workers:
            answers = [answer for site in workers.map(self._site, sites.values()) for answer in site]
        return dict(answers)

    def _site(self, urls: list[str]) -> list[tuple[str, Answer]]:
        answers = []
        for number, url in enumerate(urls):
            if number:
                self._sleep(PAUSE)
            answers.append((url, self._twice(url)))
        return answers

    def _twice(self, url: str) -> Answer:
        """A bad answer counts when it is given twice."""
        first = self._once(url)
        if first in (Answer.WORKS, Answer.NOT_ASKED):
            return first
        self._sleep(AGAIN_AFTER)
        second = self._once(url)
        if second in (first, Answer.WORKS, Answer.NOT_ASKED):
            return second
        return Answer.UNSURE

    def _once(self, url: str) -> Answer:
        """By HEAD, which fetches nothing; by GET where that is not understood."""
        answer = Answer.UNSURE
        for method in ("HEAD", "GET"):
            answer = self._by(method, url)
            if answer in (Answer.WORKS, Answer.NOT_ASKED, Answer.NO_SUCH_NAME, Answer.UNTRUSTED):
                break
        return answer

    def _by(self, method: str, url: str) -> Answer:
        try:
            request = Request(_in_ascii(url), headers=_headers(), method=method)
            with self._open(request, timeout=TIMEOUT):
                return Answer.WORKS
        except HTTPError as error:
            error.close()
            return Answer.GONE if error.code in (404, 410) else Answer.UNSURE
        except URLError as error:
            return _because(error.reason)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return _because(error)


def _because(fault: Any) -> Answer:
    if isinstance(fault, NotPublic):
        return Answer.NOT_ASKED
    if isinstance(fault, socket.gaierror):
        # Not EAI_AGAIN, which is our own name server that does not answer.
        lacking = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
        return Answer.NO_SUCH_NAME if fault.errno in lacking else Answer.UNSURE
    if isinstance(fault, ssl.SSLError) and not isinstance(fault, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return Answer.UNTRUSTED  # an end in the middle is a line that broke
    return Answer.UNSURE


def _headers() -> dict[str, str]:
    who = f"oppna-jamforelser-lankkontroll/1.0; +{settings.WAGTAILADMIN_BASE_URL}"
    return {"User-Agent": f"Mozilla/5.0 (compatible; {who})", "Accept": "*/*"}


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _in_ascii(url: str) -> str:
    """The address as it is sent: å in a name and in a path written the way of the net, no fragment.

    Raises ValueError for what is no address.
    """
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    netloc = f"{host}:{parts.port}" if parts.port else host
    return urlunsplit((parts.scheme, netloc, iri_to_uri(parts.path) or "/", iri_to_uri(parts.query), ""))
