"""English on a screen of the admin: what to look at, and how to tell.

Two ways, for each misses what the other finds. ``Untranslated`` listens to gettext while a screen is made,
and notes every text that has no Swedish. ``english`` reads what came out, and so also finds what somebody
wrote in English straight into a template, a script or a model.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser
from types import TracebackType
from typing import Any, Self

import pytest
from django.utils.translation.trans_real import DjangoTranslation, translation

#: A Swedish text with these words is hard to find, and an English one without them too.
_ALWAYS = frozenset(
    re.findall(
        r"\S+",
        """the of and you your this that these those with without from not have has been are was were which
        when where what who why how their its an please sorry successfully could should would must may being
        there here only other into about yes it if cannot don't doesn't click below above already yet""",
    )
)
#: Alike in both languages, or a name. All else that gettext gives back as it came is English.
ALIKE = frozenset(
    (
        *("byte", "KB", "MB", "Alias", "App", "Filter", "Format", "ID", "Layout", "Maximum", "Minimum"),
        *("Permanent", "Port", "Rendition", "Session", "Status", "System", "Text", "URL"),
    )
)
#: Names, whatever language they are in.
_NAMES = re.compile(r"\bWords?\b|Open Government Data")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
#: What is no words: a text's placeholders and marks, addresses, names that only the code knows.
_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>|&\w+;|https?://\S+|\S+@\S+|/\S*/|\b[a-z]+_[\w.]+")


class Untranslated:
    """Notes what gettext has no Swedish for, while it is entered. ``found`` is emptied by ``take``."""

    def __init__(self) -> None:
        self.found: set[str] = set()
        self._patch = pytest.MonkeyPatch()

    def take(self) -> list[str]:
        """What was noted since last time."""
        taken, self.found = sorted(self.found), set()
        return taken

    def __enter__(self) -> Self:
        plain, plural = DjangoTranslation.gettext, DjangoTranslation.ngettext

        def gettext(catalogue: Any, message: str) -> str:
            said = plain(catalogue, message)
            if said == message:
                self._note(message)
            return said

        def ngettext(catalogue: Any, one: str, many: str, number: Any) -> str:
            said = plural(catalogue, one, many, number)
            if said in (one, many):
                self._note(said)
            return said

        self._patch.setattr(DjangoTranslation, "gettext", gettext)
        self._patch.setattr(DjangoTranslation, "ngettext", ngettext)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._patch.undo()

    def _note(self, message: str) -> None:
        _, _, text = message.rpartition("\x04")  # what stands before it is the context
        words = _PLACE.sub(" ", text).strip()
        if words.capitalize() not in ALIKE and words not in ALIKE and _WORD.search(words):
            self.found.add(text)


# --- What is said ----------------------------------------------------------------------------------

#: What stands in an attribute and is read or heard all the same.
_READ = frozenset(
    ("title", "alt", "aria-label", "aria-description", "aria-roledescription", "placeholder", "label")
)
#: Not read, or the name of a key as it stands on the keyboard.
_UNREAD = ("script", "style", "kbd")
_BUTTONS = frozenset(("submit", "button", "reset"))
#: Data that scripts only compare with.
_TECHNICAL = ("data-action", "data-controller", "data-nonce")
_SELECTORS = ("-target-value", "-selector-value")


def said_in_html(html: str) -> list[str]:
    """Every text of a page that somebody reads or hears, now or when a script shows it.

    That is text, attributes that are read, and sentences within ``data-`` attributes and JSON.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.said


def said_in_data(data: Any) -> Iterator[str]:
    """The sentences and words among the strings of JSON; HTML among them is read as a page."""
    if isinstance(data, dict):
        for value in data.values():
            yield from said_in_data(value)
    elif isinstance(data, list):
        for value in data:
            yield from said_in_data(value)
    elif isinstance(data, str):
        text = data.strip()
        if text.startswith(("{", "[")):
            yield from said_in_data(_loaded(text))
        elif text.startswith("<") or "</" in text:
            yield from said_in_html(text)
        elif not re.match("[_a-zåäö]", text) and (" " in text or not text.isupper()):
            # What starts small, or is written large, is names of fields, classes, places: for scripts.
            yield " ".join(word for word in text.split() if not re.search(r"\w[-_.:#=>/(]\w|\d|^[-.#]", word))


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


class _Reader(HTMLParser):
    """Collects what a page says."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._within = ""  # one of _UNREAD
        self._json = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Attributes that are read, and data."""
        values = {name: value for name, value in attrs if value}
        if tag in _UNREAD:
            self._within = tag
            self._json = values.get("type") == "application/json"
        for name, value in values.items():
            if name in _READ:
                self.said.append(value)
            elif name.startswith("data-") and name not in _TECHNICAL and not name.endswith(_SELECTORS):
                self.said += said_in_data(value)
        if tag == "input" and values.get("type") in _BUTTONS:
            self.said.append(values.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """Out of a script."""
        if tag == self._within:
            self._within = ""

    def handle_data(self, data: str) -> None:
        """Text, or the JSON of a script."""
        if not self._within:
            self.said.append(data)
        elif self._json:
            self.said += said_in_data(_loaded(data))


# --- Whether it is English -------------------------------------------------------------------------

#: Swedish words, or parts of them, that Django and Wagtail use in English only.
_SWEDISH_TOO = frozenset(
    (
        "alt",
        "be",
        "by",
        "do",
        "enter",
        "form",
        "info",
        "man",
        "personal",
        "region",
        "so",
        "sort",
        "st",
        "start",
    )
)


def english(said: Iterable[str]) -> list[str]:
    """Those of the texts that have a word which is English and not Swedish; long ones from that word on."""
    found = set()
    for text in said:
        plain = " ".join(_NAMES.sub(" ", _PLACE.sub(" ", text)).split())
        for word in _WORD.finditer(plain):
            if word.group().lower() in vocabulary():
                found.add(plain if len(plain) <= 120 else f"… {plain[word.start() : word.start() + 100]} …")
                break
    return sorted(found)


@cache
def vocabulary() -> frozenset[str]:
    """Words of what Django and Wagtail say in English, less all that stands in their Swedish or ours."""
    english, swedish = set(), set(_SWEDISH_TOO)
    for catalogue in (translation("sv"), DjangoTranslation("sv", domain="djangojs")):
        for key, text in catalogue._catalog.items():  # type: ignore[attr-defined]
            msgid = key[0] if isinstance(key, tuple) else key
            english |= _words(msgid.rpartition("\x04")[2])
            swedish |= _words(text)
    return frozenset(word for word in english - swedish if len(word) > 1) | _ALWAYS


def _words(text: str) -> set[str]:
    return {match.group().lower() for match in _WORD.finditer(_PLACE.sub(" ", text))}
