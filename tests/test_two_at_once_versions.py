"""What two editors meet in: publishing, screens that save by themselves, old forms and tampered ones."""

import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from comparisons import roles
from comparisons.models import Indicator, ThemePage
from tests import factories
from tests.editing import Editor, asked, saved, two
from tests.posting import told

# What it asks of the database is asked by others, at the same time and on both (test_two_at_once_race.py).
pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def page() -> ThemePage:
    """A theme with a section."""
    section = {"type": "section", "value": {"heading": "Brand", "body": []}}
    return factories.theme_page(summary="Som det var.", results=json.dumps([section]))


@pytest.fixture(params=["page", "indicator"])
def thing(request: pytest.FixtureRequest, page: ThemePage) -> Page | Indicator:
    """A page or an indicator."""
    return page if request.param == "page" else factories.indicator("Brott")


def field(of: Page | Indicator) -> str:
    """A field beside the title."""
    return "summary" if isinstance(of, Page) else "synonyms"


# --- What goes public ----------------------------------------------------------------------------


@pytest.mark.parametrize(("which", "expected"), [("theirs", "Kims"), ("mine", "")])
def test_what_goes_public_is_shown_first_though_only_the_other_changed_it(
    page: ThemePage, which: str, expected: str
) -> None:
    kim, lo = two(page)
    kim.write(conclusion="Kims").save()
    answer = lo.write(responsible_unit="Los").save("publish")
    (one,) = asked(answer).values()
    assert (one.key, one.touched, one.takes) == ("conclusion", False, "theirs")
    page.refresh_from_db()
    assert page.conclusion == page.responsible_unit == ""
    assert lo.choose(answer, which).save("publish").status_code == 302
    page.refresh_from_db()
    assert (page.conclusion, page.responsible_unit) == (expected, "Los")


def test_what_the_other_published_is_not_drawn_back_by_an_older_form(thing: Any) -> None:
    kim, lo = two(thing)
    kim.write(title="Kims").save("publish")
    answer = lo.write(title="Los").save("publish")
    assert list(asked(answer)) == ["title"]
    thing.refresh_from_db()
    assert thing.title == "Kims"
    assert lo.choose(answer, "theirs").write(**{field(thing): "Los"}).save("publish").status_code == 302
    thing.refresh_from_db()
    assert (thing.title, getattr(thing, field(thing))) == ("Kims", "Los")


def test_a_draft_half_done_does_not_go_public_with_another_s_work(page: ThemePage) -> None:
    kim, lo = two(page)
    kim.write_block("results-0-value-heading", "").save()
    answer = lo.write(summary="Los").save("publish")
    answer = lo.choose(answer, "theirs").save("publish")
    assert "results" in asked(answer)
    answer = lo.choose(answer, "theirs").save("publish")
    assert "det som den andra har skrivit är inte klart" in " ".join(told(answer))
    page.refresh_from_db()
    assert page.summary == "Som det var."
    assert lo.choose(answer, "mine").save("publish").status_code == 302
    page.refresh_from_db()
    assert (page.summary, page.results[0].value["heading"]) == ("Los", "Brand")


def test_what_is_sent_for_review_is_shown_first(thing: Any) -> None:
    kim, lo = two(thing, roles.COMMUNICATOR)
    kim.write(title="Kims").save()
    answer = lo.write(**{field(thing): "Los"}).save("submit")
    assert list(asked(answer)) == ["title"]
    assert not saved(thing).workflow_in_progress
    assert lo.choose(answer, "theirs").save("submit").status_code == 302
    now = saved(thing)
    assert now.workflow_in_progress
    assert (now.title, getattr(now, field(thing))) == ("Kims", "Los")


def test_a_reviewer_approves_what_she_has_read(thing: Any) -> None:
    writer = Editor(thing, factories.user(roles.COMMUNICATOR)).open()
    writer.write(title="Inskickat").save("submit")
    kim, lo = two(thing)
    kim.write(title="Kims").save()
    approval = {"workflow-action-name": "approve"}
    lo.sent |= approval
    answer = lo.save("workflow-action")
    assert list(asked(answer)) == ["title"]
    thing.refresh_from_db()
    assert thing.title not in ("Inskickat", "Kims")
    assert lo.choose(answer, "theirs").save("workflow-action").status_code == 302
    thing.refresh_from_db()
    assert thing.title == "Kims"


# --- Time after time -----------------------------------------------------------------------------


def test_a_third_save_while_she_chooses_is_asked_about_too(thing: Any) -> None:
    kim, lo = two(thing)
    kim.write(title="Kims").save()
    answer = lo.write(title="Los").save()
    kim.open().write(title="Kims andra").save()
    again = lo.choose(answer, "mine").save()
    (one,) = asked(again).values()
    assert [line.text for line in one.theirs] == ["Kims andra"]
    assert saved(thing).title == "Kims andra"
    assert lo.choose(again, "mine").save().status_code == 302
    assert saved(thing).title == "Los"


def test_what_came_along_stays_when_the_form_is_sent_again(page: ThemePage) -> None:
    """The form that asks still shows the old value of what only the other changed."""
    kim, lo = two(page)
    kim.write(title="Kims", conclusion="Kims").save()
    answer = lo.write(title="Los").save()
    assert asked(answer)["conclusion"].takes == "theirs"
    name = asked(answer)["title"].name
    lo.sent[name] = f"mine-{asked(answer)['title'].mark}"
    assert lo.save().status_code == 302
    assert (saved(page).title, saved(page).conclusion) == ("Los", "Kims")


def test_a_fault_in_an_old_form_does_not_make_it_new(page: ThemePage) -> None:
    kim, lo = two(page)
    kim.write(conclusion="Kims").save()
    wrong = lo.write(edition_year="17").save("publish")
    assert wrong.status_code == 200 and "edition_year" in wrong.context["form"].errors
    lo.sent |= {name: wrong.context["form"][name].value() for name in ("seen",)}
    lo.sent["loaded_revision_id"] = str(saved(page).latest_revision_id)
    assert lo.write(edition_year="2019").save().status_code == 302
    assert (saved(page).conclusion, saved(page).edition_year) == ("Kims", 2019)


def test_her_own_save_in_another_tab_is_told_as_hers(thing: Any) -> None:
    kim, _ = two(thing)
    tab = Editor(thing, kim.user).open()
    tab.write(title="Här").save()
    answer = kim.write(title="Där").save()
    assert "Du har själv sparat i en annan flik" in answer.content.decode()
    assert "Ta det du sparade i den andra fliken" in answer.content.decode()
    assert kim.choose(answer, "mine").save().status_code == 302


# --- The screen that saves by itself ---------------------------------------------------------------


def test_what_the_screen_saves_by_itself_is_no_conflict_with_oneself(thing: Any) -> None:
    kim, _ = two(thing)
    first = kim.write(title="Ett").autosave()
    second = kim.write(title="Två").autosave(overwrite=first["revision_id"])
    assert second["success"] and second["revision_id"] == first["revision_id"]
    answer = kim.write(title="Tre").save()
    assert answer.status_code == 302 and not [one for one in told(answer) if "medan du skrev" in one]
    assert saved(thing).title == "Tre"


def test_an_autosave_after_another_s_save_is_refused_and_the_next_save_asks(thing: Any) -> None:
    kim, lo = two(thing)
    first = lo.write(title="Los").autosave()
    answer = kim.write(title="Kims").save()
    assert list(asked(answer)) == ["title"]
    kim.choose(answer, "mine").save()
    refused = lo.write(title="Los andra").autosave(overwrite=first["revision_id"])
    assert refused["error_code"] == "invalid_revision"
    assert "Det du har skrivit är kvar här men inte sparat" in refused["error_message"]
    answer = lo.save()
    assert list(asked(answer)) == ["title"]
    assert not lo.autosave()["success"], "the form that asks does not save by itself"
    assert saved(thing).title == "Kims"
    lo.choose(answer, "mine")
    assert not lo.autosave()["success"], "and not when she has chosen, before she presses the button"
    assert lo.save().status_code == 302
    assert saved(thing).title == "Los andra"


def test_a_version_that_an_autosave_wrote_over_is_still_known(thing: Any) -> None:
    """Lo opens what Kim's screen has saved; then it saves again, in the same version."""
    kim, _ = two(thing)
    first = kim.write(title="Kim skriv").autosave()
    lo = Editor(thing).open()
    kim.write(title="Kim skriver klart").autosave(overwrite=first["revision_id"])
    assert lo.write(**{field(thing): "Los"}).save().status_code == 302
    now = saved(thing)
    assert (now.title, getattr(now, field(thing))) == ("Kim skriver klart", "Los")
    assert not kim.write(title="Kim igen").autosave(overwrite=first["revision_id"])["success"]


def test_a_new_page_that_saves_itself_knows_what_it_saved(page: ThemePage) -> None:
    kim = Editor(page).open()
    kim.url = reverse("wagtailadmin_pages:add", args=["comparisons", "themepage", page.get_parent().pk])
    kim.sent |= {"seen": "", "title": "Nytt", "slug": "nytt"}
    made = kim.autosave()
    new = ThemePage.objects.get(pk=made["pk"])
    Editor(new).open().write(conclusion="Los").save()
    kim.url = made["url"]
    assert kim.write(summary="Kims").save().status_code == 302
    assert (saved(new).conclusion, saved(new).summary) == ("Los", "Kims")


# --- Forms that do not say what they saw -----------------------------------------------------------


def other_s_seal(thing: Any, editor: Editor) -> str:
    other = factories.theme_page("Annat") if isinstance(thing, Indicator) else factories.indicator("Annat")
    return str(Editor(other, editor.user).open().sent["seen"])


@pytest.mark.parametrize("seal", ["", "cut", "forged", "another"])
def test_a_form_that_does_not_say_what_it_saw_writes_over_nothing(thing: Any, seal: str) -> None:
    kim, lo = two(thing)
    kim.write(title="Kims").save()
    lo.sent["seen"] = {
        "": "",
        "cut": lo.sent["seen"][:-1],
        "forged": f"e30:{lo.sent['seen'].rpartition(':')[2]}",
        "another": other_s_seal(thing, lo),
    }[seal]
    assert not lo.autosave()["success"]
    answer = lo.save()
    assert list(asked(answer)) == ["title"]
    assert saved(thing).title == "Kims"
    assert lo.choose(answer, "mine").save().status_code == 302


def test_a_form_without_it_saves_what_nobody_has_saved_before(thing: Any) -> None:
    kim, _ = two(thing)
    del kim.sent["seen"]
    assert kim.write(title="Kims").save().status_code == 302


# --- What is no change of the text -----------------------------------------------------------------


def test_figures_a_reading_and_a_small_correction_are_no_change(page: ThemePage) -> None:
    page.save_revision().publish()
    kim, lo = two(page)
    now = timezone.now()
    ThemePage.objects.update(data_changed_at=now, text_changed_at=now, reviewed_at=now, anchors={"a": "b"})
    kim.write(minor_edit="on").save()
    answer = lo.write(summary="Los").save("publish")
    assert answer.status_code == 302, asked(answer)
    page.refresh_from_db()
    assert (page.summary, page.minor_edit, page.data_changed_at) == ("Los", False, now)


def test_a_preview_of_an_old_form_asks_nothing(page: ThemePage) -> None:
    kim, lo = two(page)
    kim.write(title="Kims").save()
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    answer = lo.client.post(preview, lo.write(title="Los").sent)
    assert answer.json()["is_valid"]


def older_version(of: Any) -> str:
    """The screen that goes back to the first version."""
    first = of.revisions.order_by("pk").first()
    name = "wagtailadmin_pages:revisions_revert"
    if isinstance(of, Indicator):
        name = Indicator.snippet_viewset.get_url_name("revisions_revert")
    return reverse(name, args=[of.pk, first.pk])


def test_going_back_to_an_older_version_goes_back(thing: Any) -> None:
    kim, lo = two(thing)
    kim.write(title="Första").save()
    kim.open().write(title="Andra").save()
    lo.url = older_version(thing)
    assert lo.open().sent["title"] == "Första"
    assert lo.save().status_code == 302
    assert saved(thing).title == "Första"


def test_going_back_to_an_older_version_asks_about_what_was_saved_meanwhile(thing: Any) -> None:
    kim, lo = two(thing)
    kim.write(title="Första").save()
    kim.open().write(title="Andra").save()
    lo.url = older_version(thing)
    lo.open()
    kim.open().write(title="Tredje").save()
    answer = lo.save()
    assert list(asked(answer)) == ["title"]
    assert lo.choose(answer, "mine").save().status_code == 302
    assert saved(thing).title == "Första"
