"""Two editors on one page or indicator: nothing that somebody saved is overwritten without being told."""

import json
from typing import Any

import pytest
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import Page

from comparisons.desk.two_at_once.views import GuardedPageEditView, GuardedPageRevertView
from comparisons.models import ThemePage
from tests import factories
from tests.editing import Editor, asked, saved, two
from tests.posting import told
from tests.reading import texts

# What it asks of the database is asked by others, at the same time and on both (test_two_at_once_race.py).
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def section(heading: str, text: str = "Text") -> dict[str, Any]:
    body = [{"type": "text", "value": f"<p>{text}</p>"}]
    return {"type": "section", "value": {"heading": heading, "body": body}}


@pytest.fixture
def page() -> ThemePage:
    """A theme in three sections."""
    results = json.dumps([section(heading) for heading in ("Brand", "Brott", "Kris")])
    return factories.theme_page(introduction="<p>Så var det.</p>", results=results)


def headings(of: Page) -> list[str]:
    return [block.value["heading"] for block in saved(of).results]


# --- Fields --------------------------------------------------------------------------------------

WRITTEN = [
    ("title", "Trygghet", "Säkerhet"),
    ("slug", "trygghet", "sakerhet"),
    ("edition_year", "2019", "2020"),
    ("summary", "Hur trygga vi är.", "Hur säkra vi är."),
    ("weave", "kypert", "panama"),
    ("go_live_at", "2031-05-01 10:00", "2031-06-01 10:00"),
    ("introduction", "Så är det.", "Så blir det."),
]
ANY = [
    *(("page", *one) for one in WRITTEN),
    ("indicator", "title", "Våldsbrott", "Anmälda våldsbrott"),
    ("indicator", "definition", "Det som anmäls.", "Det som har anmälts."),
    ("indicator", "synonyms", "rån", "misshandel"),
    ("indicator", "polarity", "lower_better", "none"),
    ("indicator", "next_figure_on", "2031-05-01", "2031-06-01"),
]


@pytest.fixture(params=ANY, ids=lambda one: f"{one[0]}-{one[1]}")
def written(request: pytest.FixtureRequest, page: ThemePage) -> tuple[Any, str, str, str]:
    """What is edited, a field of it, and what Kim and Lo write there."""
    kind, name, kims, los = request.param
    return (page if kind == "page" else factories.indicator(title="Brott")), name, kims, los


def shown(editor: Editor, name: str) -> Any:
    """What stands in a field of the screen as it opens anew; the keys of rich text are not for reading."""
    sent = Editor.open(editor).sent.get(name, "")
    return [block["text"] for block in json.loads(sent)["blocks"]] if sent.startswith("{") else sent


def as_shown(name: str, value: str) -> Any:
    return [value] if name in ("introduction", "definition") else value


def test_what_only_the_other_changed_follows_along_and_is_told(written: Any) -> None:
    of, name, kims, _ = written
    kim, lo = two(of)
    assert kim.write(**{name: kims}).save().status_code == 302
    other = "responsible_unit" if isinstance(of, Page) else "short_title"
    answer = lo.write(**{other: "Enheten"}).save()
    assert answer.status_code == 302
    label = lo.form[name].label.lower()
    (message,) = [one for one in told(answer) if "följde med" in one]
    assert message.startswith("Kim har sparat medan du skrev, senast ") and f"”{label}”" in message.lower()
    assert getattr(saved(of), other) == "Enheten"
    assert shown(lo, name) == as_shown(name, kims)


@pytest.mark.parametrize("which", ["mine", "theirs"])
def test_what_both_changed_is_asked_about_and_nothing_is_saved_before(written: Any, which: str) -> None:
    of, name, kims, los = written
    kim, lo = two(of)
    kim.write(**{name: kims}).save()
    answer = lo.write(**{name: los}).save()
    assert list(asked(answer)) == [name]
    assert shown(Editor(of), name) == as_shown(name, kims)
    assert "Kim har sparat medan du skrev" in " ".join(texts(answer.content, ".two-at-once p"))
    assert lo.save().status_code == 200, "not choosing is no choice"
    assert lo.choose(answer, which).save().status_code == 302
    assert shown(lo, name) == as_shown(name, los if which == "mine" else kims)


def test_the_same_change_is_no_conflict(written: Any) -> None:
    of, name, kims, _ = written
    kim, lo = two(of)
    for editor in (kim, lo):
        answer = editor.write(**{name: kims}).save()
        assert answer.status_code == 302
    assert not [one for one in told(answer) if "medan du skrev" in one]


@pytest.mark.parametrize("kind", ["home_page", "index_page", "content_page", "statement_page", "theme_page"])
def test_every_kind_of_page_is_guarded(kind: str) -> None:
    of = getattr(factories, kind)()
    kim, lo = two(of)
    kim.write(title="Kims titel").save()
    assert list(asked(lo.write(title="Los titel").save())) == ["title"]


def test_no_kind_of_page_has_a_screen_that_does_not_ask() -> None:
    for model in [Page, *Page.__subclasses__()]:
        views = page_viewset_registry.get_by_type(model)
        assert issubclass(views.edit_view_class, GuardedPageEditView)
        assert issubclass(views.revisions_revert_view_class, GuardedPageRevertView)


# --- Streams -------------------------------------------------------------------------------------


def test_two_who_change_different_sections_do_not_meet(page: ThemePage) -> None:
    kim, lo = two(page)
    kim.write_block("results-0-value-heading", "Bränder").save()
    answer = lo.write_block("results-1-value-heading", "Våld").save()
    assert answer.status_code == 302
    assert "”Resultat: Avsnitt ”Brand””" in told(answer)[-1]
    assert headings(page) == ["Bränder", "Våld", "Kris"]


@pytest.mark.parametrize(("which", "expected"), [("mine", "Eld"), ("theirs", "Bränder")])
def test_two_who_change_one_section_are_asked_about_it(page: ThemePage, which: str, expected: str) -> None:
    kim, lo = two(page)
    kim.write_block("results-0-value-heading", "Bränder").save()
    answer = lo.write_block("results-0-value-heading", "Eld").write(summary="Kort").save()
    (one,) = asked(answer).values()
    assert one.label == "Resultat: Avsnitt ”Eld”"
    assert [line.text for line in one.theirs if line.differs] == ["Rubrik: Bränder"]
    assert [line.text for line in one.mine if line.differs] == ["Rubrik: Eld"]
    lo.choose(answer, which).save()
    assert headings(page) == [expected, "Brott", "Kris"]
    assert saved(page).summary == "Kort"


def move(editor: Editor, *order: int) -> Editor:
    """Put the sections of the result in another order; a place that is left out is deleted."""
    for place in range(int(editor.sent["results-count"])):
        editor.sent[f"results-{place}-deleted"] = "" if place in order else "1"
        editor.sent[f"results-{place}-order"] = str(order.index(place)) if place in order else "0"
    return editor


def test_a_section_that_one_moves_and_the_other_writes_in_is_both(page: ThemePage) -> None:
    kim, lo = two(page)
    move(kim, 2, 0, 1).save()
    assert lo.write_block("results-1-value-heading", "Våld").save().status_code == 302
    assert headings(page) == ["Kris", "Brand", "Våld"]


@pytest.mark.parametrize(("which", "expected"), [("mine", "Våld"), ("theirs", None)])
def test_a_section_that_one_deletes_and_the_other_writes_in_is_asked_about(
    page: ThemePage, which: str, expected: str | None
) -> None:
    kim, lo = two(page)
    move(kim, 0, 2).save()
    answer = lo.write_block("results-1-value-heading", "Våld").save()
    (one,) = asked(answer).values()
    assert [line.text for line in one.theirs] == ["Borttaget"]
    lo.choose(answer, which).save()
    assert headings(page) == [heading for heading in ("Brand", expected, "Kris") if heading]


@pytest.mark.parametrize(
    ("which", "expected"), [("mine", "Brott Brand Kris"), ("theirs", "Kris Brand Brott")]
)
def test_two_orders_are_asked_about(page: ThemePage, which: str, expected: str) -> None:
    kim, lo = two(page)
    move(kim, 2, 0, 1).save()
    answer = move(lo, 1, 0, 2).save()
    (one,) = asked(answer).values()
    assert one.label == "Resultat: ordningen"
    lo.choose(answer, which).save()
    assert " ".join(headings(page)) == {"mine": "Brott Brand Kris", "theirs": "Kris Brand Brott"}[which]


def test_two_blocks_where_one_has_room_are_asked_about() -> None:
    shown_ = factories.indicator()
    page = factories.theme_page()
    kim, lo = two(page)
    with_figures = factories.theme_page("Annat", key_figures=[shown_])
    added = Editor(with_figures).open().sent
    for editor, key in ((kim, "a"), (lo, "b")):
        editor.sent |= {name: value for name, value in added.items() if name.startswith("key_figures")}
        editor.sent["key_figures-0-id"] = key
    kim.sent["key_figures-0-value-figures-0-value-heading"] = "Kims"
    kim.save()
    answer = lo.save()
    assert list(asked(answer)) == ["key_figures"]
    assert lo.choose(answer, "theirs").save().status_code == 302
    assert saved(page).key_figures[0].value["figures"][0]["heading"] == "Kims"
