"""Pages and indicators: written, submitted, approved, published, taken away, locked."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from boras_site.accounts.models import User
from comparisons import roles
from comparisons.models import Indicator, ThemePage
from tests import factories
from tests.actions.forms import filled_in

Thing = ThemePage | Indicator
Act = Callable[[User, Client], bool]
NEW = "Nytt namn"


def page(title: str = "Gammalt namn", **fields: Any) -> ThemePage:
    return factories.theme_page(title, **fields)


def indicator(title: str = "Gammalt namn", **fields: Any) -> Indicator:
    return factories.indicator(title, **fields)


KINDS: dict[str, Callable[..., Any]] = {"sida": page, "nyckeltal": indicator}


def screen(thing: Thing, view: str, *args: Any) -> str:
    """The address of a screen about a page or an indicator."""
    if isinstance(thing, Page):
        return reverse(f"wagtailadmin_pages:{view}", args=[thing.pk, *args])
    return reverse(thing.snippet_viewset.get_url_name(view), args=[thing.pk, *args])


def send(browser: Client, thing: Thing, **fields: Any) -> None:
    """Send the edit form with a new title and a button pressed."""
    url = screen(thing, "edit")
    browser.post(url, filled_in(url, type(thing)) | {"title": NEW} | fields)
    thing.refresh_from_db()


def drafted(thing: Thing) -> str:
    """The title that the newest draft has."""
    return str(
        Page.objects.get(pk=thing.pk).get_latest_revision_as_object().title
        if isinstance(thing, Page)
        else thing.get_latest_revision_as_object().title
    )


def submitted(kind: str, by: User | None = None, **fields: Any) -> Thing:
    """A page or an indicator with a changed draft that waits for review."""
    thing = KINDS[kind](**fields)
    thing.title = NEW
    thing.save_revision()
    thing.refresh_from_db()
    thing.get_workflow().start(thing, by or factories.user(roles.COMMUNICATOR))
    return thing


def write(kind: str, me: User, browser: Client) -> bool:
    thing = KINDS[kind]()
    send(browser, thing)
    assert thing.title == "Gammalt namn"
    return drafted(thing) == NEW


def add(kind: str, me: User, browser: Client, **fields: Any) -> bool:
    """A new one; with a button pressed, whether it became public."""
    if kind == "sida":
        url = reverse("wagtailadmin_pages:add", args=["comparisons", "themepage", factories.index_page().pk])
        form = filled_in(url, ThemePage) | {"edition_year": "2018", "slug": "nytt-namn", "weave": "tuskaft"}
    else:
        url = reverse(Indicator.snippet_viewset.get_url_name("add"))
        form = filled_in(url, Indicator) | {"value_type": "decimal", "source": factories.source().pk}
    browser.post(url, form | {"title": NEW} | fields)
    model = {"sida": ThemePage, "nyckeltal": Indicator}[kind]
    return model.objects.filter(title=NEW, live=bool(fields)).exists()


def submit(kind: str, me: User, browser: Client) -> bool:
    thing = KINDS[kind]()
    send(browser, thing, **{"action-submit": "1"})
    return bool(thing.workflow_in_progress)


def take_back(kind: str, me: User, browser: Client) -> bool:
    thing = submitted(kind, me)
    send(browser, thing, **{"action-cancel-workflow": "1"})
    return not thing.workflow_in_progress


def edit_waiting(kind: str, me: User, browser: Client) -> bool:
    thing = submitted(kind)
    send(browser, thing, title="Ännu ett namn")
    return drafted(thing) == "Ännu ett namn"


def answer(kind: str, what: str, me: User, browser: Client) -> bool:
    """Press the button that approves or sends back, below what waits."""
    thing = submitted(kind)
    pressed = {"action-workflow-action": "true", "workflow-action-name": what}
    send(browser, thing, **pressed, **{"workflow-action-extra-data": '{"comment": "Rätta rubriken."}'})
    if what == "approve":
        return thing.title == NEW and not thing.workflow_in_progress
    state = thing.current_workflow_state
    return state.status == state.STATUS_NEEDS_CHANGES and thing.title == "Gammalt namn"


def send_back_from_afar(kind: str, me: User, browser: Client) -> bool:
    thing = submitted(kind)
    task = thing.current_workflow_task_state.pk
    browser.post(screen(thing, "workflow_action", "reject", task), {"comment": "Rätta rubriken."})
    return bool(thing.current_workflow_state.status == "needs_changes")


def publish(kind: str, me: User, browser: Client, **fields: Any) -> bool:
    thing = KINDS[kind](**fields)
    send(browser, thing, **{"action-publish": "1"})
    return thing.title == NEW and bool(thing.live)


def publish_waiting(kind: str, me: User, browser: Client) -> bool:
    thing = submitted(kind)
    send(browser, thing, **{"action-publish": "1"})
    return bool(thing.title == NEW)


def bulk(model: str, what: str, *things: Thing) -> str:
    app = "wagtailcore" if model == "page" else "comparisons"
    url = reverse("wagtail_bulk_action", args=[app, model, what])
    return f"{url}?{'&'.join(f'id={thing.pk}' for thing in things)}"


def publish_in_bulk(me: User, browser: Client) -> bool:
    made = page(live=False)
    browser.post(bulk("page", "publish", made))
    made.refresh_from_db()
    return bool(made.live)


def copy_and_publish(me: User, browser: Client) -> bool:
    made = page()
    sent = {"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": made.get_parent().pk}
    browser.post(screen(made, "copy"), sent | {"publish_copies": "on"})
    return ThemePage.objects.filter(title="Kopia", live=True).exists()


def unpublish(kind: str, me: User, browser: Client) -> bool:
    thing = KINDS[kind]()
    browser.post(screen(thing, "unpublish"))
    thing.refresh_from_db()
    return not thing.live


def unpublish_in_bulk(me: User, browser: Client) -> bool:
    made = page()
    browser.post(bulk("page", "unpublish", made))
    made.refresh_from_db()
    return not made.live


def delete(kind: str, live: bool, me: User, browser: Client) -> bool:
    thing = KINDS[kind](live=live)
    browser.post(screen(thing, "delete"))
    return not type(thing).objects.filter(pk=thing.pk).exists()


def delete_in_bulk(kind: str, live: bool, me: User, browser: Client) -> bool:
    thing = KINDS[kind](live=live)
    browser.post(bulk({"sida": "page", "nyckeltal": "indicator"}[kind], "delete", thing))
    return not type(thing).objects.filter(pk=thing.pk).exists()


def move(me: User, browser: Client) -> bool:
    moved, under = factories.content_page("Flyttas"), factories.content_page("Ny plats")
    browser.post(reverse("wagtailadmin_pages:move_confirm", args=[moved.pk, under.pk]))
    return bool(Page.objects.get(pk=moved.pk).get_parent().pk == under.pk)


def reorder(me: User, browser: Client) -> bool:
    first, second = page("Första"), page("Andra")
    browser.post(f"{screen(second, 'set_page_position')}?position=0")
    return [one.pk for one in first.get_parent().get_children()] == [second.pk, first.pk]


def restrict(me: User, browser: Client) -> bool:
    made = page()
    browser.post(screen(made, "set_privacy"), {"restriction_type": "login", "password": "", "groups": []})
    return PageViewRestriction.objects.filter(page=made).exists()


def lock(kind: str, me: User, browser: Client) -> bool:
    thing = KINDS[kind]()
    browser.post(screen(thing, "lock"))
    thing.refresh_from_db()
    return bool(thing.locked)


def unlock(kind: str, me: User, browser: Client) -> bool:
    thing = KINDS[kind](locked=True, locked_by=factories.user(roles.REVIEWER))
    browser.post(screen(thing, "unlock"))
    thing.refresh_from_db()
    return not thing.locked


def both(act: Callable[..., bool], *args: Any, **kwargs: Any) -> list[Act]:
    """The action on a page and on an indicator."""
    return [partial(act, kind, *args, **kwargs) for kind in KINDS]


_PUBLISH = {"action-publish": "1"}
ACTIONS: dict[str, list[Act]] = {
    "skriva sidor och nyckeltal och spara utkast": both(write) + both(add),
    "skicka sidor och nyckeltal för granskning": both(submit),
    "ta tillbaka det man själv har skickat": both(take_back),
    "ändra sidor och nyckeltal som väntar på granskning": both(edit_waiting),
    "godkänna sidor och nyckeltal, så att de publiceras": both(answer, "approve"),
    "skicka tillbaka sidor och nyckeltal med en kommentar": [
        *both(answer, "reject"),
        *both(send_back_from_afar),
    ],
    "publicera sidor och nyckeltal utan granskning": [
        *both(publish),
        *both(publish, live=False),
        *both(publish_waiting),
        *both(add, **_PUBLISH),
        publish_in_bulk,
        copy_and_publish,
    ],
    "avpublicera sidor och nyckeltal": [*both(unpublish), unpublish_in_bulk],
    "ta bort utkast till sidor och nyckeltal": both(delete, False) + both(delete_in_bulk, False),
    "ta bort publicerade sidor och nyckeltal": both(delete, True) + both(delete_in_bulk, True),
    "flytta publicerade sidor och ändra ordningen": [move, reorder],
    "bestämma att bara vissa får se en sida": [restrict],
    "låsa sidor och nyckeltal, och låsa upp det andra har låst": both(lock) + both(unlock),
}
