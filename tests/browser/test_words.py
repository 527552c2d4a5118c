"""What a reader sees is Swedish: the words, the numbers, the signs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.faults import Faults
from tests.browser.pages import visit
from tests.reading import soup

#: What stands in an attribute and is read all the same.
READ = ("title", "alt", "aria-label", "placeholder", "aria-description", "aria-roledescription")
#: Addresses, the time of day, which has a full stop in Swedish, and the names of standards' versions.
EXEMPT = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+|\bkl\.\s\d\d\.\d\d\b|\bWCAG\s\d\.\d\b|\b[Vv]\d(?:\.\d)+\b"
)
WRONG = {
    "a decimal point": re.compile(r"\d\.\d"),
    "an ASCII minus": re.compile(r"(?<![\w-])-\s?\d"),
    "per cent without its space": re.compile(r"[^\s]%"),
    "None, or a template's leftover": re.compile(r"\bNone\b|\bTrue\b|\bFalse\b|\{\{|\{%|%\}|\}\}"),
    "an untranslated choice": re.compile(r"\b[a-z]+_[a-z]+\b"),
}
#: English words that no Swedish text has, and what Django and Wagtail say where a translation lacks.
ENGLISH = re.compile(
    r"\b(?:the|and|of|are|was|this|that|these|with|without|from|you|your|our|have|been|would|should|please|"
    r"pages?|home|search|results?|found|errors?|invalid|required|fields?|enter|choose|choices?|values?|tables?|"
    r"rows?|columns?|charts?|sources|years?|months?|days?|share|copy|copied|links?|close|open|hide|more|less|next|"
    r"previous|back|skip|download|files?|print|submit|send|cancel|save|delete|edit|remove|yes|unknown|missing|"
    r"updated|changed|published|draft|better|worse|higher|lower|average|country|municipality|indicators?|"
    r"per cent|percent|footnote|january|february|march|june|july|august|october|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday|ensure|cannot|must be|at least|at most|characters|welcome|cookies?|"
    r"language|feedback|thanks?)\b|[ap]\.m\.",
    re.IGNORECASE,
)


@pytest.mark.parametrize("site", ["demo", "states"])
def test_no_reader_meets_an_english_word_or_a_number_written_in_english(
    look: Callable[..., Page], sites: Any, site: str
) -> None:
    page = look(sites[site].url)
    with Faults() as faults:
        for place in sites[site].places:
            visit(page, place)
            for said in read(page.content()):
                plain = EXEMPT.sub(" ", said)
                for what, pattern in WRONG.items():
                    for match in pattern.finditer(plain):
                        faults.add(place, "", f"{what}: {around(plain, match)}")
                for match in ENGLISH.finditer(plain):
                    faults.add(place, "", f"English: {around(plain, match)}")


def read(html: str) -> list[str]:
    """Everything of a page that is read or heard: its title and description, texts, some attributes."""
    page = soup(html)
    for unseen in page.select("script, style, template, svg defs"):
        unseen.extract()
    said = [str(node) for node in page.find_all(string=True) if node.strip()]
    said += [
        str(tag["content"]) for tag in page.select("meta[name=description], meta[property^='og:'][content]")
    ]
    for attribute in READ:
        said += [str(tag[attribute]) for tag in page.select(f"[{attribute}]")]
    said += [str(tag["value"]) for tag in page.select("input[type=submit][value], input[type=button][value]")]
    return [" ".join(one.replace("\u00ad", "").split(" ")) for one in said]


def around(said: str, match: re.Match[str]) -> str:
    """A match with some of what stands around it."""
    return said[max(0, match.start() - 25) : match.end() + 25].strip()
