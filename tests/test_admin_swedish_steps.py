"""An editor's steps with pages, indicators and files, each with what it asks and answers, in Swedish."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from boras_site.accounts.models import User
from boras_site.demo import build
from comparisons.intake import workers
from comparisons.models import Indicator, Intake, Population
from tests import intakes
from tests.desk_states import DeskStates, picture
from tests.walking import Walk

pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db,
    # Wagtail leaves the file open that it scales an image into.
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]

COMMUNICATOR, REVIEWER, ADMINISTRATOR = (user.username for user in build.USERS)
SitDown = Callable[..., Walk]
PAGES = "wagtailadmin_pages"
INDICATORS = "wagtailsnippets_comparisons_indicator"
AS_A_SCRIPT = {"X-Requested-With": "XMLHttpRequest", "Accept": "application/json"}


@pytest.mark.parametrize("who", [COMMUNICATOR, REVIEWER])
def test_a_page_in_every_state(sit_down: SitDown, under_way: DeskStates, who: str) -> None:
    """The walk comes by one page of a kind, whatever its state."""
    walk = sit_down(who)
    for page in (under_way.theme, under_way.locked, under_way.awaiting, under_way.scheduled):
        for screen in ("edit", "history", "workflow_history", "confirm_workflow_cancellation"):
            walk.get(f"{PAGES}:{screen}", page.pk)
    page, newest = under_way.scheduled, under_way.scheduled.latest_revision
    walk.get(f"{PAGES}:set_privacy", page.pk)
    walk.get(f"{PAGES}:revisions_revert", page.pk, newest.pk)
    walk.get(f"{PAGES}:revisions_unschedule", page.pk, newest.pk)
    walk.get(f"{PAGES}:revisions_compare", page.pk, "earliest", newest.pk)
    walk.get(f"{PAGES}:revisions_compare", under_way.theme.pk, "live", "latest")


@pytest.mark.parametrize("who", [COMMUNICATOR, REVIEWER])
def test_an_indicator_in_every_state(sit_down: SitDown, under_way: DeskStates, who: str) -> None:
    """Likewise of indicators."""
    walk = sit_down(who)
    for indicator in Indicator.objects.order_by("pk")[:4]:
        for screen in ("edit", "history", "workflow_history"):
            walk.get(f"{INDICATORS}:{screen}", indicator.pk)
        if newest := indicator.latest_revision:
            walk.get(f"{INDICATORS}:revisions_revert", indicator.pk, newest.pk)
            walk.get(f"{INDICATORS}:revisions_unschedule", indicator.pk, newest.pk)
            walk.get(f"{INDICATORS}:revisions_compare", indicator.pk, "live", "latest")


def test_a_file_on_its_way_in_in_every_state(sit_down: SitDown, under_way: DeskStates) -> None:
    walk, moment = sit_down(COMMUNICATOR), timezone.now()
    unknown = intakes.csv("Något som ingen känner;Staden;2017;10,4")
    asking, broken = intakes.taken_in(unknown), intakes.taken_in(b"%PDF-1.4")
    faulty = intakes.taken_in(intakes.csv(f"{under_way.indicator.title};Borås;2017;1.234.5"))
    planned = intakes.taken_in(intakes.csv(f"{under_way.indicator.title};Borås;2015;3,4"))
    for intake in (asking, broken, faulty, planned):
        walk.get("intakes:inspect", intake.pk)
        walk.get("intakes:progress", intake.pk)
        for step in ("answer", "save", "run_again", "throw_away"):
            walk.post("intakes:inspect", intake.pk, sent={"step": step})
    for state in Intake.State:
        for worker in ("", workers.myself(), "another:1:1"):
            told = {"state": state, "worker": worker, "beat_at": moment - timedelta(minutes=1)}
            if worker.startswith("another"):
                told["beat_at"] = None
            stands = Intake.objects.create(kind=Intake.Kind.FILE, name="brott.csv", **told)
            walk.get("intakes:inspect", stands.pk)
            walk.get("intakes:progress", stands.pk)
    walk.get("intakes:list")
    walk.get("intakes:new")
    walk.post("intakes:new", sent={})
    walk.get("worklist:kind", "inlasningar")


# --- What is written wrongly ---------------------------------------------------------------------------


def test_a_page_that_cannot_be_saved(sit_down: SitDown, under_way: DeskStates) -> None:
    walk, now = sit_down(ADMINISTRATOR), timezone.now()
    page = under_way.theme
    form = walk.written(f"{PAGES}:edit", page.pk, title="Tema")
    for wrong in (
        {"title": "", "slug": ""},
        {"slug": "två ord"},
        {"slug": under_way.scheduled.slug},
        {"title": "x" * 300, "edition_year": "ett år"},
        {
            "go_live_at": f"{now + timedelta(days=9):%Y-%m-%d}",
            "expire_at": f"{now + timedelta(days=3):%Y-%m-%d}",
        },
        {"expire_at": f"{now - timedelta(days=3):%Y-%m-%d}"},
        {"go_live_at": "i övermorgon"},
    ):
        walk.post(f"{PAGES}:edit", page.pk, sent=form | wrong)
        walk.post(f"{PAGES}:edit", page.pk, sent=form | wrong, **AS_A_SCRIPT)
    walk.post(f"{PAGES}:edit", page.pk, sent=form, **AS_A_SCRIPT)
    walk.post(f"{PAGES}:edit", under_way.locked.pk, sent=form)
    walk.post(f"{PAGES}:edit", under_way.locked.pk, sent=form, **AS_A_SCRIPT)


def test_a_page_that_somebody_else_has_saved_meanwhile(sit_down: SitDown, under_way: DeskStates) -> None:
    walk, page = sit_down(COMMUNICATOR), under_way.theme
    form = walk.written(f"{PAGES}:edit", page.pk)
    other = sit_down(REVIEWER)
    other.get(f"{PAGES}:edit", page.pk)
    page.save_revision(user=under_way.colleague)
    walk.post(f"{PAGES}:edit", page.pk, sent=form, **AS_A_SCRIPT)
    walk.post(f"{PAGES}:edit", page.pk, sent=form)
    for someone in (walk, other):
        address = f"/admin/editing-sessions/ping/wagtailcore/page/{page.pk}/"
        session = page_session(someone, page)
        someone.answered(address, someone.client.post(f"{address}{session}/", {"is_editing": "1"}))


def page_session(walk: Walk, page: Page) -> int:
    """The number of somebody's visit to the page's edit screen."""
    from wagtail.admin.models import EditingSession

    user = User.objects.get(pk=walk.client.session["_auth_user_id"])
    return EditingSession.objects.filter(user=user, object_id=page.pk).latest("pk").pk


#: Fields of the forms that hold a key, which is chosen and never written.
CHOSEN = {"source", "peers"}


@pytest.mark.parametrize("model", ["indicator", "area", "source", "population"])
def test_a_thing_that_cannot_be_saved(sit_down: SitDown, model: str) -> None:
    walk, name = sit_down(ADMINISTRATOR), f"wagtailsnippets_comparisons_{model}:add"
    form = walk.written(name)
    texts = [field for field, value in form.items() if value == [""] and field not in CHOSEN]
    walk.post(name, sent=form)
    walk.post(name, sent=form | dict.fromkeys(texts, "x" * 400))
    walk.post(name, sent=form | dict.fromkeys(texts, "-1"))


# --- Pages ---------------------------------------------------------------------------------------------


def test_copying_and_moving_a_page(sit_down: SitDown, under_way: DeskStates) -> None:
    walk, page = sit_down(ADMINISTRATOR), under_way.theme
    parent = page.get_parent()
    copy = walk.written(f"{PAGES}:copy", page.pk, new_parent_page=parent.pk)
    walk.post(f"{PAGES}:copy", page.pk, sent=copy)
    walk.post(
        f"{PAGES}:copy", page.pk, sent=copy | {"new_slug": "kopian", "new_title": "Kopian", "alias": "on"}
    )
    alias = Page.objects.get(slug="kopian")
    walk.get(f"{PAGES}:edit", alias.pk)
    walk.get(f"{PAGES}:convert_alias", alias.pk)
    walk.post(f"{PAGES}:convert_alias", alias.pk, sent={})
    walk.post(
        f"{PAGES}:copy",
        parent.pk,
        sent={"new_title": "x", "new_slug": "x", "copy_subpages": "on", "new_parent_page": page.pk},
    )
    home = parent.get_parent()
    walk.get(f"{PAGES}:move", page.pk)
    walk.post(f"{PAGES}:move", page.pk, sent={"new_parent_page": home.pk})
    walk.get(f"{PAGES}:move_confirm", alias.pk, parent.pk)
    walk.post(f"{PAGES}:move_confirm", page.pk, parent.pk, sent={})
    walk.get("wagtailadmin_explore", parent.pk, ordering="ord")
    walk.get("wagtailadmin_explore", page.pk, q="xyz")
    walk.get(f"{PAGES}:search", q="xyz")
    walk.get(f"{PAGES}:search", q="tema")
    for restriction in ("none", "login", "password", "groups"):
        walk.post(f"{PAGES}:set_privacy", page.pk, sent={"restriction_type": restriction})
    walk.get("wagtailadmin_collections:set_privacy", under_way.collection.pk)
    walk.post(
        "wagtailadmin_collections:set_privacy", under_way.collection.pk, sent={"restriction_type": "groups"}
    )
    walk.post("wagtailadmin_collections:delete", under_way.collection.pk, sent={})


def test_a_comment_is_told_of(sit_down: SitDown, under_way: DeskStates) -> None:
    walk, page = sit_down(REVIEWER), under_way.theme
    form = walk.written(f"{PAGES}:edit", page.pk, title="Tema", comment_notifications="on")
    comment = {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-0-id": "",
        "comments-0-DELETE": "",
        "comments-0-resolved": "",
        "comments-0-text": "Är det här rätt?",
        "comments-0-contentpath": "title",
        "comments-0-position": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
    }
    walk.post(f"{PAGES}:edit", page.pk, sent=form | comment)
    assert walk.letters


# --- The review ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["page", "indicator"])
def test_the_review_and_its_letters(sit_down: SitDown, under_way: DeskStates, kind: str) -> None:
    """Sent, sent back, sent again, approved: screens, windows, messages and letters."""
    space, thing = (PAGES, under_way.theme) if kind == "page" else (INDICATORS, under_way.indicator)
    thing = type(thing).objects.get(pk=thing.pk)
    author, reviewer = sit_down(COMMUNICATOR), sit_down(REVIEWER)
    writer = User.objects.get(username=COMMUNICATOR)
    for action, comment in (("reject", "Räkna om."), ("reject", ""), ("approve", "Bra.")):
        thing.save_revision(user=writer)
        form = author.written(f"{space}:edit", thing.pk)
        author.post(f"{space}:edit", thing.pk, sent=form | {"action-submit": "1"})
        thing.refresh_from_db()
        state = thing.current_workflow_task_state
        if state is None:
            state = under_way.workflow.start(thing, writer).current_task_state
        if comment:
            for someone in (author, reviewer):
                someone.get(f"{space}:edit", thing.pk)
                someone.get(f"{space}:workflow_history_detail", thing.pk, state.workflow_state_id)
            reviewer.get(f"{space}:workflow_preview", thing.pk, state.task_id)
            reviewer.get(f"{space}:confirm_workflow_cancellation", thing.pk)
            reviewer.get(f"{space}:collect_workflow_action_data", thing.pk, action, state.pk)
        step = (f"{space}:workflow_action", thing.pk, action, state.pk)
        reviewer.get(*step)
        for _ in range(2):  # the second comes too late
            reviewer.post(*step, sent={"comment": comment})
        author.get(f"{space}:edit", thing.pk)
        author.get(f"{space}:history", thing.pk)
        thing.refresh_from_db()
        if thing.current_workflow_state:
            thing.current_workflow_state.cancel(user=writer)
    for report in ("workflow", "workflow_tasks"):
        author.get(f"wagtailadmin_reports:{report}")
    author.get("wagtailadmin_home")
    assert author.letters + reviewer.letters


# --- Several at once -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [COMMUNICATOR, ADMINISTRATOR])
def test_several_at_once(sit_down: SitDown, under_way: DeskStates, who: str) -> None:
    walk, pages = sit_down(who), [under_way.theme.pk, under_way.locked.pk]
    destination = under_way.theme.get_parent().get_parent().pk
    for app, model, action, chosen, sent in (
        ("wagtailcore", "page", "publish", pages, {"include_descendants": "on"}),
        ("wagtailcore", "page", "unpublish", pages, {"include_descendants": "on"}),
        ("wagtailcore", "page", "move", pages, {"chooser": destination}),
        ("wagtailcore", "page", "delete", pages, {}),
        ("wagtailimages", "image", "add_tags", [under_way.image.pk], {"tags": "karta"}),
        (
            "wagtailimages",
            "image",
            "add_to_collection",
            [under_way.image.pk],
            {"collection": under_way.collection.pk},
        ),
        ("wagtailimages", "image", "delete", [under_way.image.pk], {}),
        ("wagtaildocs", "document", "add_tags", [under_way.document.pk], {"tags": "rapport"}),
        (
            "wagtaildocs",
            "document",
            "add_to_collection",
            [under_way.document.pk],
            {"collection": under_way.collection.pk},
        ),
        ("wagtaildocs", "document", "delete", [under_way.document.pk], {}),
        ("accounts", "user", "assign_role", [under_way.colleague.pk], {"role": Group.objects.all()[0].pk}),
        ("accounts", "user", "set_active_state", [under_way.colleague.pk], {"mark_as_active": ""}),
        ("accounts", "user", "delete", [under_way.colleague.pk], {}),
        ("comparisons", "indicator", "delete", [under_way.indicator.pk], {}),
        (
            "comparisons",
            "population",
            "delete",
            list(Population.objects.exclude(name="").values_list("pk", flat=True)),
            {},
        ),
    ):
        address = reverse("wagtail_bulk_action", args=[app, model, action])
        several = f"{address}?" + "&".join(f"id={pk}" for pk in chosen)
        walk.answered(several, walk.client.get(several))
        walk.answered(several, walk.client.post(several, sent))
        walk.answered(several, walk.client.post(several, {}))


# --- Windows in which something is chosen --------------------------------------------------------------


def test_links(sit_down: SitDown) -> None:
    walk = sit_down(COMMUNICATOR)
    site = "http://testserver/oppna-jamforelser/"
    for name, prefix, wrong, right in (
        ("external_link", "external-link-chooser", {"url": "fel"}, {"url": site, "link_text": "Alla teman"}),
        ("email_link", "email-link-chooser", {"email_address": "fel"}, {"email_address": "a@example.se"}),
        ("phone_link", "phone-link-chooser", {"phone_number": ""}, {"phone_number": "033-35 70 00"}),
        ("anchor_link", "anchor-link-chooser", {"url": ""}, {"url": "brott"}),
    ):
        full = f"wagtailadmin_choose_page_{name}"
        walk.get(full)
        for sent in (dict.fromkeys(wrong, ""), wrong, right):
            walk.post(full, sent={f"{prefix}-{field}": value for field, value in sent.items()})


def test_choosers(sit_down: SitDown, under_way: DeskStates) -> None:
    walk = sit_down(COMMUNICATOR)
    walk.get("wagtailadmin_choose_page")
    walk.get("wagtailadmin_choose_page", page_type="comparisons.themepage,boras_site.contentpage")
    walk.get("wagtailadmin_choose_page", allow_external_link="1", allow_email_link="1", multiple="1")
    walk.get("wagtailadmin_choose_page_child", under_way.theme.get_parent().pk)
    for sought in ("tema", "xyz"):
        walk.get("wagtailadmin_choose_page_search", q=sought)
        for chooser in (
            "wagtailimages_chooser",
            "wagtaildocs_chooser",
            *(f"wagtailsnippetchoosers_comparisons_{model}" for model in ("indicator", "area", "source")),
        ):
            walk.get(f"{chooser}:choose", q=sought)
            walk.get(f"{chooser}:choose", multiple="1")
            walk.get(f"{chooser}:choose_results", q=sought)
            walk.get(
                f"{chooser}:choose_results", q=sought, multiple="1", collection_id=under_way.collection.pk
            )
    walk.get("wagtailimages_chooser:select_format", under_way.image.pk)
    walk.post("wagtailimages_chooser:select_format", under_way.image.pk, sent={})
    walk.get("wagtailimages:url_generator", under_way.image.pk)
    walk.get("wagtailimages:url_generator_output", under_way.image.pk)


def test_many_files_at_once(sit_down: SitDown, under_way: DeskStates) -> None:
    walk = sit_down(COMMUNICATOR)
    upload: Any = SimpleUploadedFile("igen.png", picture().read())
    for _ in range(2):  # the second is a copy of the first
        upload.seek(0)
        walk.post("wagtailimages:add_multiple", sent={"files[]": upload, "title": "Igen"}, **AS_A_SCRIPT)
    image, document = under_way.image.pk, under_way.document.pk
    for sent in ({}, {f"image-{image}-title": ""}, {f"image-{image}-title": "Karta"}):
        walk.post("wagtailimages:edit_multiple", image, sent=sent, **AS_A_SCRIPT)
    for sent in ({}, {f"doc-{document}-title": ""}, {f"doc-{document}-title": "Rapport"}):
        walk.post("wagtaildocs:edit_multiple", document, sent=sent, **AS_A_SCRIPT)
    walk.post("wagtailimages:delete_multiple", image, sent={}, **AS_A_SCRIPT)
    walk.post("wagtaildocs:delete_multiple", document, sent={}, **AS_A_SCRIPT)
