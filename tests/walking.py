"""A walk through the admin: every screen that links, forms and scripts lead to, looked at for English."""

import copy
import html
import json
import re
from collections import Counter, deque
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from wagtail.models import Page

from tests.english import Untranslated, english, said_in_data, said_in_html
from tests.pressing import forms

_ADDRESS = re.compile(r"/admin/[^\"'#\\<>\s]*")
#: The lists of screens alone, as scripts fetch them when somebody searches.
_RESULTS = "_results"
#: Of no use to look at: data for scripts, and the door out.
_PASSED_BY = ("wagtailadmin_logout", "wagtailadmin_api:", "wagtailadmin_sprite", "wagtailadmin_javascript")


#: What an address calls the page that it is about.
_PAGE = ("page_id", "parent_page_id", 0)


class Walk:
    """Somebody who goes through the admin and notes the English there, once for each text.

    Use it within ``with untranslated:``; what gettext lacked is then noted too.
    """

    def __init__(self, client: Client, untranslated: Untranslated) -> None:
        self.client = client
        self.faults: dict[str, str] = {}
        self.seen: Counter[str] = Counter()
        self.sent: Counter[str] = Counter()
        self.letters = 0
        self._untranslated = untranslated
        self._kinds: dict[int, int] = dict(Page.objects.values_list("pk", "content_type_id"))

    def through(self, start: str = "/admin/", *, pressing: bool = False) -> None:
        """Open the start and then all that it leads to, one screen of each kind.

        A kind is a view of one type of page or model, once as it is and once in each way of asking for it:
        in another order, with a filter, as a spreadsheet. With ``pressing``, what a screen asks for is also
        sent: empty, and with each of its buttons pressed. Nothing of that is kept.
        """
        waiting, known = deque([start]), {start}
        opened = set()
        while waiting:
            address = waiting.popleft()
            try:
                match = resolve(urlsplit(address).path)
            except Resolver404:
                continue
            kind = self._kind(match, address)
            if match.view_name.startswith(_PASSED_BY) or match.view_name.endswith(_RESULTS) or kind in opened:
                continue
            opened.add(kind)
            response: Any = self.client.get(address)
            self.seen[match.view_name] += 1
            if pressing and not response.streaming and b"<form" in response.content:
                self.press(address, response.content.decode())
            for found in self.look(address, response):
                if found not in known:
                    known.add(found)
                    waiting.append(found)

    def _kind(self, match: ResolverMatch, address: str) -> Any:
        """What two screens have in common when one of them is enough to look at."""
        named = {**match.kwargs, **dict(enumerate(match.args))}
        page = next(
            (value for name, value in named.items() if name in ("page_id", "parent_page_id", 0)), None
        )
        return (
            match.view_name or match.func,
            tuple(sorted(str(value) for value in named.values() if not str(value).isdigit())),
            self._kinds.get(int(page)) if str(page).isdigit() and "page" in match.view_name else None,
            frozenset(name for name, _ in parse_qsl(urlsplit(address).query) if name != "next"),
        )

    def get(self, name: str, *args: Any, **query: Any) -> str:
        """Look at a screen by the name of its address; returns the address."""
        address = reverse(name, args=args)
        self.look(address, self.client.get(address, query))
        return address

    def post(self, name: str, *args: Any, sent: dict[str, Any], **headers: str) -> None:
        """Send something to the address of that name, and look at all that comes of it.

        The letters that wait for the end of the transaction are sent too.
        """
        address = reverse(name, args=args)
        with TestCase.captureOnCommitCallbacks(execute=True):
            response = self.client.post(address, sent, headers=headers or None)
        self.answered(address, response)

    def written(self, name: str, /, *args: Any, **fields: Any) -> dict[str, Any]:
        """The form of a screen as it stands there, with these fields written instead."""
        address = reverse(name, args=args)
        found = forms(self.client.get(address).content.decode(), address)
        # Beside the screen's own there may be one that scripts send in the background.
        form = max(found, key=lambda form: len(form.fields))
        return {**form.fields, **form.always, **fields}

    def look(self, screen: str, response: HttpResponse) -> list[str]:
        """Note the English of an answer; returns the addresses of the admin in it."""
        self._note_untranslated(screen)
        assert response.status_code < 500, screen
        onward = [response.headers["Location"]] if "Location" in response.headers else []
        kind = response.headers.get("Content-Type", "")
        # What cannot be understood at all is answered to a script, which says in Swedish that it failed.
        if (
            response.status_code == 400
            or response.streaming
            or not kind.startswith(("text/", "application/json"))
        ):
            return onward
        body = response.content.decode()
        if kind.startswith("application/json"):
            self.note(screen, said_in_data(json.loads(body)))
        elif kind.startswith("text/html"):
            self.note(screen, said_in_html(body))
        else:
            self.note(screen, [body])
        return onward + _ADDRESS.findall(html.unescape(body).replace("\\u0026", "&"))

    def press(self, screen: str, body: str) -> None:
        """Send the screen's forms in every way that needs no writing, and undo what that did."""
        for form in forms(body, screen):
            if not resolve(urlsplit(form.action).path).view_name.startswith(_PASSED_BY):
                for sent in form.ways():
                    self.sent[resolve(urlsplit(form.action).path).view_name] += 1
                    cookies = copy.deepcopy(self.client.cookies)
                    with transaction.atomic():
                        self.answered(screen, self.client.post(form.action, sent))
                        transaction.set_rollback(True)
                    self.client.cookies = cookies

    def answered(self, screen: str, response: Any) -> None:
        """Look at the answer to something sent, at where it leads, and at the letters that went out."""
        self.look(f"{screen} (sent)", response)
        if response.status_code == 302:
            self.look(f"{screen} (sent)", self.client.get(response.headers["Location"]))
        self.read(f"{screen} (sent)", mail.outbox)
        mail.outbox.clear()

    def read(self, screen: str, letters: Iterable[EmailMessage]) -> None:
        """Note the English of letters: subject, text and HTML."""
        for letter in letters:
            self.letters += 1
            said = [letter.subject, *str(letter.body).splitlines()]
            for content, kind in getattr(letter, "alternatives", ()):
                said += said_in_html(content) if kind == "text/html" else [content]
            self.note(f"{screen}: the letter {letter.subject}", said)
        self._note_untranslated(screen)

    def note(self, screen: str, said: Iterable[str]) -> None:
        """Note those of the texts that are English."""
        for text in english(said):
            self.faults.setdefault(text, screen)

    def _note_untranslated(self, screen: str) -> None:
        for message in self._untranslated.take():
            self.faults.setdefault(f"no Swedish for: {message}", screen)

    def tally(self) -> str:
        """Each English text with the first screen it stands on, a line each; empty when there is none."""
        return "".join(f"{screen}  {text}\n" for text, screen in self.faults.items())
