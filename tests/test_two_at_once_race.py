"""Two saves in the same moment, in threads of their own: the second one sees the first."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Page

from comparisons.desk.two_at_once.forms import TwoAtOnceForm
from comparisons.models import Indicator
from tests import factories
from tests.at_once import AtOnce
from tests.editing import Editor, asked, saved, two, undrawn


@pytest.fixture
def _slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Gives the other save time to come as far as it can, after what is saved was read."""
    meet = TwoAtOnceForm._meet

    def slowly(form: TwoAtOnceForm) -> None:
        meet(form)
        time.sleep(0.3)

    monkeypatch.setattr(TwoAtOnceForm, "_meet", slowly)


@pytest.fixture(params=["page", "indicator"])
def thing(request: pytest.FixtureRequest, transactional_db: None) -> Page | Indicator:
    """A page or an indicator."""
    return factories.content_page() if request.param == "page" else factories.indicator("Brott")


def press(editor: Editor, how: str = "") -> Callable[[], set[str]]:
    """Pressing a button: answers with what it was asked about."""
    return lambda: set(asked(editor.save(how)))


def read(of: Any, *names: str) -> Callable[[], list[str]]:
    """Reads what is saved now."""
    return lambda: [getattr(saved(of), name) for name in names]


@pytest.mark.parametrize("how", ["", "publish"])
@pytest.mark.usefixtures("_slow")
def test_of_two_who_write_in_one_field_exactly_one_is_asked(thing: Any, at_once: AtOnce, how: str) -> None:
    kim, lo = two(thing)
    kim.write(title="Kims")
    lo.write(title="Los")
    with undrawn():
        answers = at_once(press(kim, how), press(lo, how))
    assert sorted(answers, key=len) == [set(), {"title"}]
    first = "Kims" if answers[0] == set() else "Los"
    assert at_once(read(thing, "title")) == [[first]]


@pytest.mark.usefixtures("_slow")
def test_two_who_write_in_different_fields_are_both_saved(thing: Any, at_once: AtOnce) -> None:
    other = "responsible_unit" if isinstance(thing, Page) else "synonyms"
    kim, lo = two(thing)
    kim.write(title="Kims")
    lo.write(**{other: "Los"})
    with undrawn():
        assert at_once(press(kim), press(lo)) == [set(), set()]
    assert at_once(read(thing, "title", other)) == [["Kims", "Los"]]


@pytest.mark.usefixtures("_slow")
def test_an_autosave_in_the_same_moment_is_refused_or_asked_about(thing: Any, at_once: AtOnce) -> None:
    kim, lo = two(thing)
    kim.write(title="Kims")
    lo.write(title="Los")
    with undrawn():
        by_itself, by_hand = at_once(lambda: kim.autosave()["success"], press(lo))
    assert (by_itself, by_hand) in [(True, {"title"}), (False, set())]
    assert at_once(read(thing, "title")) == [["Kims" if by_itself else "Los"]]
