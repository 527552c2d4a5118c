"""Who may see and do what in the admin. Every screen and every step of ours has its line here."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import GroupApprovalTask, Workflow

from comparisons import roles
from comparisons.desk import release_views, urls
from comparisons.models import Observation, Release
from tests import factories
from tests.posting import figure_form, row_counts

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
EVERYONE = ("anonymous", "in no group", "communicator", "reviewer", "superuser")
EDITORS = ("communicator", "reviewer", "superuser")


class Site:
    """One of each thing that a screen is about."""

    def __init__(self) -> None:
        self.indicator = factories.indicator("Räddningstid")
        self.draft = factories.release(factories.staged_figure(self.indicator, "1", "2015"))
        self.submitted = factories.submit(
            factories.release(factories.staged_figure(self.indicator, "2", "2016"))
        )
        self.published = factories.publish(factories.staged_figure(self.indicator))

    @property
    def figure(self) -> Observation:
        return self.published.observations.get()


def browser(who: str) -> Client:
    """Somebody's browser."""
    if who == "anonymous":
        return Client()
    role = {"communicator": roles.COMMUNICATOR, "reviewer": roles.REVIEWER}.get(who, "")
    return factories.client(factories.user(role, is_superuser=who == "superuser"))


def snippet_url(model: str, view: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_comparisons_{model}:{view}", args=args)


def answers_url(view: str, *args: Any) -> str:
    return reverse(f"wagtailsnippets_feedback_feedback:{view}", args=args)


#: Every screen: how to find it.
SCREENS: dict[str, Any] = {
    "start": lambda site: reverse("wagtailadmin_home"),
    "figures:list": lambda site: reverse("figures:list", args=[site.indicator.pk]),
    "figures:add": lambda site: reverse("figures:add", args=[site.indicator.pk]),
    "figures:change": lambda site: reverse("figures:change", args=[site.indicator.pk, site.figure.pk]),
    "figures:withdraw": lambda site: reverse("figures:withdraw", args=[site.indicator.pk, site.figure.pk]),
    "releases:list": lambda site: reverse("releases:list"),
    "releases:inspect": lambda site: site.draft.get_admin_url(),
    "an indicator": lambda site: snippet_url("indicator", "edit", site.indicator.pk),
    "indicators": lambda site: snippet_url("indicator", "list"),
    "areas": lambda site: snippet_url("area", "list"),
    "populations": lambda site: snippet_url("population", "list"),
    "sources": lambda site: snippet_url("source", "list"),
    "answers": lambda site: answers_url("list"),
    "an answer": lambda site: answers_url("inspect", factories.feedback().pk),
    "an answer to tick off": lambda site: answers_url("edit", factories.feedback().pk),
    "a new indicator": lambda site: snippet_url("indicator", "add"),
    "a new theme": lambda site: reverse(
        "wagtailadmin_pages:add", args=["comparisons", "themepage", factories.index_page().pk]
    ),
}

#: Every step that changes something: where it is posted, what is posted, whether a row comes or goes.
STEPS: dict[str, Any] = {
    "add a figure": lambda site: (
        reverse("figures:add", args=[site.indicator.pk]),
        figure_form(site.indicator, period="2018"),
    ),
    "change a figure": lambda site: (
        reverse("figures:change", args=[site.indicator.pk, site.figure.pk]),
        figure_form(site.indicator, value="1,5"),
    ),
    "withdraw a figure": lambda site: (
        reverse("figures:withdraw", args=[site.indicator.pk, site.figure.pk]),
        {"reason": "Fel område.", "publish": "1"},
    ),
    "submit": lambda site: (site.draft.get_admin_url(), {"step": "submit"}),
    "delete": lambda site: (site.draft.get_admin_url(), {"step": "delete"}),
    "compare_again": lambda site: (site.submitted.get_admin_url(), {"step": "compare_again"}),
    "publish": lambda site: (site.submitted.get_admin_url(), {"step": "publish"}),
    "send_back": lambda site: (site.submitted.get_admin_url(), {"step": "send_back", "comment": "Fel."}),
    "undo": lambda site: (site.published.get_admin_url(), {"step": "undo"}),
}


def fingerprint() -> tuple[Any, ...]:
    """How much there is of everything, and where every release stands."""
    return row_counts(), list(Release.objects.order_by("pk").values_list("pk", "state"))


def test_every_screen_and_step_has_its_line() -> None:
    names = {
        f"{space}:{pattern.name}"
        for space, patterns in (("figures", urls.figure_patterns), ("releases", urls.release_patterns))
        for pattern in patterns
    }
    assert names <= set(SCREENS)
    assert set(release_views.STEPS) <= set(STEPS)
    assert get_resolver().namespace_dict.keys() >= {"figures", "releases"}


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_opens_for_editors_only(screen: str, who: str) -> None:
    url = SCREENS[screen](Site())
    response = browser(who).get(url)
    if who in EDITORS:
        assert response.status_code == 200
    else:
        assert response.status_code == 302 and response.headers["Location"].startswith(LOGIN)


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_by_editors_only(step: str, who: str) -> None:
    url, sent = STEPS[step](Site())
    someone = browser(who)
    before = fingerprint()
    response = someone.post(url, sent)
    if who in EDITORS:
        assert response.status_code == 302 and not response.headers["Location"].startswith(LOGIN)
        assert fingerprint() != before
    else:
        assert response.status_code == 302 and response.headers["Location"].startswith(LOGIN)
        assert fingerprint() == before


def with_permissions(*codenames: str) -> Client:
    """Somebody who may open the admin, and no more than is said."""
    made = factories.user()
    made.user_permissions.add(*factories.permissions("access_admin", *codenames))
    return factories.client(made)


@pytest.mark.parametrize("step", release_views.STEPS)
def test_who_may_make_releases_may_not_publish_send_back_or_throw_away(step: str) -> None:
    url, sent = STEPS[step](Site())
    someone = with_permissions("add_release")
    before = fingerprint()
    refused = someone.post(url, sent).headers.get("Location") == reverse("wagtailadmin_home")
    assert refused == (step in ("publish", "send_back", "delete"))
    assert (fingerprint() == before) == refused


@pytest.mark.parametrize("screen", [name for name in SCREENS if name != "start"])
def test_who_may_only_open_the_admin_sees_none_of_our_screens(screen: str) -> None:
    url = SCREENS[screen](Site())
    response = with_permissions().get(url)
    assert response.status_code == 302 and response.headers["Location"] == reverse("wagtailadmin_home")


def test_a_step_that_is_none_is_refused() -> None:
    site = Site()
    before = fingerprint()
    browser("superuser").post(site.draft.get_admin_url(), {"step": "__init__"})
    browser("superuser").post(site.draft.get_admin_url())
    assert fingerprint()[1] == before[1]


@pytest.mark.parametrize("model", ["indicator", "area", "population", "source"])
def test_who_may_not_delete_is_not_told_where_a_thing_is_used(model: str) -> None:
    site = Site()
    thing = site.indicator if model == "indicator" else getattr(site.figure, model)
    if model == "population":
        thing = factories.population()
    response = with_permissions(f"change_{model}").post(snippet_url(model, "delete", thing.pk), follow=True)
    assert "det används" not in response.content.decode()
    assert type(thing).objects.filter(pk=thing.pk).exists()


def test_the_menu_leads_editors_to_figures_and_indicators() -> None:
    menu = browser("communicator").get(reverse("wagtailadmin_home")).content.decode()
    for url in (reverse("releases:list"), snippet_url("indicator", "list")):
        assert url in menu
    assert (
        reverse("releases:list") not in with_permissions().get(reverse("wagtailadmin_home")).content.decode()
    )


def test_a_communicator_may_not_touch_users_or_settings() -> None:
    communicator = browser("communicator")
    for name in ("wagtailusers_users:index", "wagtailusers_groups:index", "wagtailsites:index"):
        assert communicator.get(reverse(name)).status_code == 302


def test_roles_keep_what_they_were_given_by_hand() -> None:
    group = Group.objects.get(name=roles.COMMUNICATOR)
    group.permissions.add(*factories.permissions("add_site"))
    before = set(group.permissions.all())
    call_command("migrate", verbosity=0)
    assert set(group.permissions.all()) == before


def test_what_is_sent_for_review_has_reviewers() -> None:
    task = GroupApprovalTask.objects.get()
    assert (Workflow.objects.get().name, task.name) == (roles.WORKFLOW, roles.WORKFLOW)
    assert task.groups.filter(name=roles.REVIEWER).exists()
