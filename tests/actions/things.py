"""What figures are about, images and documents, the readers' answers, and what administrators look after."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupApprovalTask, Site, Workflow

from boras_site.accounts.models import User
from boras_site.feedback.models import Feedback
from boras_site.models import SiteSettings
from comparisons import roles
from comparisons.models import Area, Population, Source
from tests import factories
from tests.actions.forms import filled_in

Act = Callable[[User, Client], bool]
Thing = Area | Population | Source

#: A new one of each, the field that names it, and what else its form asks for.
REGISTERS: dict[type[Any], tuple[Callable[[str], Any], str, dict[str, str]]] = {
    Area: (factories.area, "name", {"code": "1489", "kind": "municipality"}),
    Population: (factories.population, "name", {}),
    Source: (factories.source, "producer", {}),
}


def snippet(model: type[Any], view: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def register(model: type[Any], me: User, browser: Client) -> bool:
    """Add one, change one and take one away: all of it or none of it."""
    make, name, more = REGISTERS[model]
    browser.post(snippet(model, "add"), {name: "Ny", **more})
    changed, gone = make("Ändras"), make("Tas bort")
    url = snippet(model, "edit", changed.pk)
    browser.post(url, filled_in(url) | {name: "Ändrad"})
    browser.post(snippet(model, "delete", gone.pk))
    return all_or_none(
        model.objects.filter(**{name: "Ny"}).exists(),
        model.objects.filter(**{name: "Ändrad"}).exists(),
        not model.objects.filter(pk=gone.pk).exists(),
    )


def all_or_none(*done: bool) -> bool:
    """Whether all of it came to be; half of it is a fault."""
    assert len(set(done)) == 1, done
    return done[0]


def images(me: User, browser: Client) -> bool:
    """Somebody else's, that is changed and taken away, and one of one's own."""
    changed, gone = (
        Image.objects.create(title=title, file=get_test_image_file()) for title in ("Ändras", "Tas bort")
    )
    upload = SimpleUploadedFile("ny.png", get_test_image_file().file.getvalue(), "image/png")
    collection = Collection.get_first_root_node().pk
    browser.post(reverse("wagtailimages:add"), {"title": "Ny", "file": upload, "collection": collection})
    # Not by way of the screen itself, where Wagtail leaves a file open that it has made the picture in.
    sent = {"title": "Ändrad", "collection": collection, "description": "", "tags": ""}
    browser.post(reverse("wagtailimages:edit", args=[changed.pk]), sent)
    browser.post(reverse("wagtailimages:delete", args=[gone.pk]))
    titles = set(Image.objects.values_list("title", flat=True))
    return all_or_none("Ny" in titles, "Ändrad" in titles, "Tas bort" not in titles)


def documents(me: User, browser: Client) -> bool:
    """Somebody else's, that is changed and taken away, and one of one's own."""
    changed, gone = (
        Document.objects.create(title=title, file=ContentFile(b"a;b", f"{title}.csv"))
        for title in ("Ändras", "Tas bort")
    )
    upload = SimpleUploadedFile("ny.csv", b"a;b", "text/csv")
    collection = Collection.get_first_root_node().pk
    browser.post(reverse("wagtaildocs:add"), {"title": "Ny", "file": upload, "collection": collection})
    url = reverse("wagtaildocs:edit", args=[changed.pk])
    browser.post(url, filled_in(url) | {"title": "Ändrad"})
    browser.post(reverse("wagtaildocs:delete", args=[gone.pk]))
    titles = set(Document.objects.values_list("title", flat=True))
    return all_or_none("Ny" in titles, "Ändrad" in titles, "Tas bort" not in titles)


def answers(me: User, browser: Client) -> bool:
    """Read one, tick it off, and take the list home."""
    kept = factories.feedback("Texten är för liten.")
    read = browser.get(snippet(Feedback, "inspect", kept.pk))
    browser.post(snippet(Feedback, "edit", kept.pk), {"handled": "on"})
    export = browser.get(snippet(Feedback, "list"), {"export": "csv"})
    kept.refresh_from_db()
    return all_or_none(
        "Texten är för liten." in read.content.decode(),
        kept.handled,
        export.headers.get("Content-Type", "").startswith("text/csv"),
    )


def delete_answer(me: User, browser: Client) -> bool:
    kept = factories.feedback()
    browser.post(snippet(Feedback, "delete", kept.pk))
    return not Feedback.objects.filter(pk=kept.pk).exists()


def delete_answers_in_bulk(me: User, browser: Client) -> bool:
    kept = factories.feedback()
    browser.post(f"{reverse('wagtail_bulk_action', args=['feedback', 'feedback', 'delete'])}?id={kept.pk}")
    return not Feedback.objects.filter(pk=kept.pk).exists()


def users(me: User, browser: Client) -> bool:
    changed = factories.user(roles.COMMUNICATOR)
    password = "ett langt losenord"
    url = reverse("wagtailusers_users:add")
    person = {"username": "ny", "email": "ny@example.se", "first_name": "Ny", "last_name": "Person"}
    browser.post(url, filled_in(url) | person | {"password1": password, "password2": password})
    url = reverse("wagtailusers_users:edit", args=[changed.pk])
    browser.post(url, filled_in(url) | person | {"username": "andrad", "is_superuser": "on"})
    changed.refresh_from_db()
    return all_or_none(User.objects.filter(username="ny").exists(), changed.is_superuser)


def groups(me: User, browser: Client) -> bool:
    group = Group.objects.get(name=roles.COMMUNICATOR)
    url = reverse("wagtailusers_groups:edit", args=[group.pk])
    browser.post(url, filled_in(url) | {"name": "Alla"})
    group.refresh_from_db()
    return group.name == "Alla"


def workflow(me: User, browser: Client) -> bool:
    made = Workflow.objects.get()
    browser.post(reverse("wagtailadmin_workflows:disable", args=[made.pk]))
    made.refresh_from_db()
    return not made.active


def task(me: User, browser: Client) -> bool:
    made = GroupApprovalTask.objects.get()
    group = Group.objects.get(name=roles.COMMUNICATOR)
    url = reverse("wagtailadmin_workflows:edit_task", args=[made.pk])
    browser.post(url, {"name": made.name, "groups": [group.pk]})
    return list(made.groups.all()) == [group]


def settings(me: User, browser: Client) -> bool:
    site = Site.objects.get(pk=factories.home_page().get_site().pk)
    SiteSettings.for_site(site)
    url = reverse("wagtailsettings:edit", args=["boras_site", "sitesettings", site.pk])
    browser.post(url, filled_in(url) | {"organisation": "Hela staden"})
    return SiteSettings.objects.get(site=site).organisation == "Hela staden"


def sites(me: User, browser: Client) -> bool:
    site = factories.home_page().get_site()
    url = reverse("wagtailsites:edit", args=[site.pk])
    browser.post(url, filled_in(url) | {"site_name": "En annan"})
    return Site.objects.get(pk=site.pk).site_name == "En annan"


def redirects(me: User, browser: Client) -> bool:
    sent = {"old_path": "/gammal/", "site": "", "is_permanent": "on", "redirect_link": "https://example.se/"}
    browser.post(reverse("wagtailredirects:add"), sent | {"redirect_page": ""})
    return Redirect.objects.filter(old_path="/gammal").exists()


def collections(me: User, browser: Client) -> bool:
    sent = {"name": "Loggor", "parent": Collection.get_first_root_node().pk}
    browser.post(reverse("wagtailadmin_collections:add"), sent)
    return Collection.objects.filter(name="Loggor").exists()


ACTIONS: dict[str, list[Act]] = {
    "lägga till, ändra och ta bort områden, urval och källor": [
        partial(register, model) for model in REGISTERS
    ],
    "lägga till, ändra och ta bort bilder och dokument": [images, documents],
    "läsa, kryssa av och exportera läsarnas svar": [answers],
    "ta bort läsarnas svar": [delete_answer, delete_answers_in_bulk],
    "lägga till och ändra användare": [users],
    "ändra vad rollerna får göra": [groups],
    "ändra hur granskningen går till": [workflow, task],
    "ändra inställningar, webbplatser, omdirigeringar och samlingar": [
        settings,
        sites,
        redirects,
        collections,
    ],
}
