"""Asks our own site whether an address is there, and what fragments its page has. Without the network."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import RequestFactory
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from boras_site.links.collect import CHOSEN, Link
from boras_site.links.models import Reason

#: As many redirects as browsers follow, or fewer.
_MOST_STEPS = 5


@dataclass(frozen=True)
class _Seen:
    """How our site answered: the status, and every id of the page."""

    status: int
    ids: frozenset[str] = frozenset()


class OwnSite:
    """Our own pages as a reader meets them. Remembers its answers: make a new one for each run."""

    def __init__(self) -> None:
        self._seen: dict[str, _Seen] = {}

    def is_ours(self, link: Link) -> bool:
        """Whether the link stays on our site. Of mail and telephone nobody can be asked."""
        if CHOSEN.fullmatch(link.url):
            return True
        try:
            parts = urlsplit(link.url)
        except ValueError:  # an address that is none
            return False
        netloc = parts.netloc.lower()
        return parts.scheme in ("", "http", "https") and (not netloc or netloc in self._names)

    def fault(self, link: Link) -> Reason | None:
        """Why a link of our site is broken, or None when it is not."""
        if chosen := CHOSEN.fullmatch(link.url):
            return self._chosen(chosen[1], int(chosen[2]))
        address, fragment = urldefrag(urljoin(link.base, link.url))
        parts = urlsplit(address)
        seen = self._ask(parts.path or "/", parts.query)
        if seen.status in (404, 410):
            return Reason.NOT_HERE
        if fragment and seen.status == 200 and seen.ids and unquote(fragment) not in seen.ids:
            return Reason.NO_FRAGMENT
        return None

    def _chosen(self, kind: str, key: int) -> Reason | None:
        if kind == "document":
            return None if key in self._documents else Reason.DOCUMENT_GONE
        if key not in self._pages:
            return Reason.PAGE_GONE
        return None if self._pages[key] else Reason.PAGE_HIDDEN

    @cached_property
    def _names(self) -> frozenset[str]:
        own = urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc
        sites = Site.objects.values_list("hostname", "port")
        return frozenset({own, *(name for name, _ in sites), *(f"{name}:{port}" for name, port in sites)})

    @cached_property
    def _pages(self) -> dict[int, bool]:
        """Whether each page is public."""
        return dict(Page.objects.values_list("pk", "live"))

    @cached_property
    def _documents(self) -> frozenset[int]:
        return frozenset(get_document_model().objects.values_list("pk", flat=True))

    def _ask(self, path: str, query: str) -> _Seen:
        address = f"{path}?{query}" if query else path
        if address not in self._seen:
            self._seen[address] = self._fetch(address)
        return self._seen[address]

    def _fetch(self, address: str) -> _Seen:
        """Ask our own application, through its middleware and so by its redirects."""
        for _ in range(_MOST_STEPS):
            request = RequestFactory().get(address, headers={"host": self._host}, secure=True)
            with _quiet():
                response = self._handler.get_response(request)
            try:
                if response.status_code not in (301, 302, 303, 307, 308):
                    return _Seen(response.status_code, _ids(response))
                target = urlsplit(urljoin(address, response.headers["Location"]))
            finally:
                _close(response)
            if target.netloc and target.netloc not in self._names:
                break  # it leads on to another site, which is that site's matter
            address = f"{target.path}?{target.query}" if target.query else target.path
        return _Seen(302)

    @cached_property
    def _host(self) -> str:
        site = Site.objects.filter(is_default_site=True).first()
        return site.hostname if site else urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc

    @cached_property
    def _handler(self) -> BaseHandler:
        handler = BaseHandler()
        handler.load_middleware()
        return handler


def _close(response: Any) -> None:
    """Close the answer, but not the database connection, which is this run's and no visitor's."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without a line in the log for every address that is not there: that is what is asked."""
    logger = logging.getLogger("django.request")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _ids(response: Any) -> frozenset[str]:
    if response.status_code != 200 or not response.get("Content-Type", "").startswith("text/html"):
        return frozenset()
    reader = _Ids()
    reader.feed(response.content.decode(response.charset))
    return frozenset(reader.found)


class _Ids(HTMLParser):
    """Reads what fragments a page has."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an id."""
        self.found.update(value for name, value in attrs if name == "id" and value)
