"""Pages with links, and somebody to ask for them who never asks the net."""

from collections.abc import Callable
from typing import Any

from boras_site.links.check import Report, check
from boras_site.links.elsewhere import Answer, Asker
from boras_site.links.models import BrokenLink
from boras_site.models import ContentPage
from tests import factories as make

ELSEWHERE = "https://example.com/rapport"


class Told(Asker):
    """Answers as it is told, and works where it is not; ``asked`` is what was asked."""

    def __init__(self, answers: dict[str, Answer] | None = None, meanwhile: Callable[[], Any] | None = None):
        super().__init__(ask_with=self._no_net)
        self.answers, self.asked, self.meanwhile = answers or {}, [], meanwhile

    def _no_net(self, *args: Any, **kwargs: Any) -> Any:
        raise AssertionError("the net was asked")

    def ask(self, urls: Any) -> dict[str, Answer]:
        self.asked = list(urls)
        if self.meanwhile:
            self.meanwhile()
        return {url: self.answers.get(url, Answer.WORKS) for url in self.asked}


def run(answer: Answer | None = None, **kwargs: Any) -> Report:
    """A run in which the address elsewhere answers so."""
    return check(Told({ELSEWHERE: answer} if answer else {}), **kwargs)


def link(href: str, words: str = "Rapporten") -> str:
    return f'<p>Se <a href="{href}">{words}</a>.</p>'


def chosen(kind: str, key: int, words: str = "Rapporten") -> str:
    return f'<p>Se <a id="{key}" linktype="{kind}">{words}</a>.</p>'


def page_with(html: str, title: str = "Om siffrorna", **fields: Any) -> ContentPage:
    return make.content_page(title, introduction=html, **fields)


def broken() -> list[tuple[str, str]]:
    """The address and the reason of every broken link that is remembered."""
    return list(BrokenLink.objects.values_list("url", "reason"))
