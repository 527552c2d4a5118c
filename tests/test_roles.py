"""Who may do what in the admin: the table of the editors' guide, tried line by line as every role."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from boras_site.accounts.models import User
from comparisons import roles
from comparisons.desk import release_views, urls
from comparisons.desk.intakes.urls import urlpatterns as intake_patterns
from comparisons.models import Release
from tests import factories
from tests.actions import intakes
from tests.actions.every import ACTIONS
from tests.actions.texts import screen
from tests.posting import row_counts

pytestmark = pytest.mark.django_db

GUIDE = Path(settings.BASE_DIR) / "docs" / "redaktor.md"
ADMINISTRATOR = "Administratör"
LOGIN = "/admin/login/"
HOME = "/admin/"

EVERY_ACTION = [
    pytest.param(line, number, id=f"{line}-{number}")
    for line, ways in ACTIONS.items()
    for number in range(len(ways))
]


def table() -> dict[str, dict[str, bool]]:
    """The table "Vem får göra vad": for each line, whether each role may."""
    section = GUIDE.read_text(encoding="utf-8").partition("\n## Vem får göra vad\n")[2].partition("\n## ")[0]
    rows = [
        [cell.strip() for cell in row.strip().strip("|").split("|")]
        for row in section.splitlines()
        if row.startswith("|")
    ]
    head, rule, *lines = rows
    assert head[0] == "" and all(set(cell) == {"-"} for cell in rule)
    assert all(len(line) == len(head) and set(line[1:]) <= {"ja", "nej"} for line in lines), lines
    found = {line[0]: dict(zip(head[1:], [cell == "ja" for cell in line[1:]], strict=True)) for line in lines}
    assert len(found) == len(lines), "a line stands twice"
    return found


def somebody(role: str) -> User:
    """Somebody with a role, a superuser, or somebody in no group for an empty role."""
    return factories.user("" if role == ADMINISTRATOR else role, is_superuser=role == ADMINISTRATOR)


def with_permissions(*codenames: str) -> User:
    """Somebody who may open the admin, and no more than is said."""
    made = factories.user()
    made.user_permissions.add(*factories.permissions("access_admin", *codenames))
    return made


@pytest.fixture(autouse=True)
def _files_of_their_own(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


# --- The table -------------------------------------------------------------------------------


def test_every_line_is_tried_and_everything_tried_has_its_line() -> None:
    assert set(table()) == set(ACTIONS)
    assert all(set(line) == {*roles.ROLES, ADMINISTRATOR} for line in table().values())


@pytest.mark.parametrize("role", [*roles.ROLES, ADMINISTRATOR])
@pytest.mark.parametrize(("line", "number"), EVERY_ACTION)
def test_a_role_may_do_what_the_table_says_and_nothing_else(line: str, number: int, role: str) -> None:
    me = somebody(role)
    assert ACTIONS[line][number](me, factories.client(me)) == table()[line][role]


@pytest.mark.parametrize(("line", "number"), EVERY_ACTION)
def test_who_has_no_role_gets_nowhere(line: str, number: int) -> None:
    me = somebody("")
    assert not ACTIONS[line][number](me, factories.client(me))


@pytest.mark.parametrize("line", ACTIONS)
def test_who_may_only_open_the_admin_gets_no_further(line: str) -> None:
    me = with_permissions()
    assert not ACTIONS[line][0](me, factories.client(me))


# --- Our own screens -------------------------------------------------------------------------


class OfEach:
    """One of each thing that a screen is about."""

    def __init__(self) -> None:
        self.indicator = factories.indicator("Räddningstid")
        self.page = factories.theme_page(tables=[factories.table(self.indicator)])
        self.draft = factories.release(factories.staged_figure(self.indicator, "1", "2015"))
        self.submitted = factories.submit(
            factories.release(factories.staged_figure(self.indicator, "2", "2016"))
        )
        self.published = factories.publish(factories.staged_figure(self.indicator))
        self.intake = intakes.taken_in()

    @property
    def block(self) -> str:
        """The address of the page's table."""
        return str(self.page.results[0].value["body"][0].id)


#: Every screen of ours, by the name of its address. What is only ever posted to is among the actions.
SCREENS: dict[str, Callable[[OfEach], str]] = {
    "figures:list": lambda of: reverse("figures:list", args=[of.indicator.pk]),
    "figures:table": lambda of: reverse("figures:table", args=[of.page.pk, of.block]),
    "releases:list": lambda of: reverse("releases:list"),
    "releases:inspect": lambda of: of.draft.get_admin_url(),
    "releases:preview": lambda of: reverse("releases:preview", args=[of.draft.pk, "sida", of.page.pk]),
    "intakes:list": lambda of: reverse("intakes:list"),
    "intakes:new": lambda of: reverse("intakes:new"),
    "intakes:inspect": lambda of: of.intake.get_admin_url(),
    "intakes:progress": lambda of: reverse("intakes:progress", args=[of.intake.pk]),
    "intakes:template": lambda of: reverse("intakes:template", args=[of.page.pk]),
    "teman:index": lambda of: reverse("teman:index"),
    "nyckeltal": lambda of: screen(of.indicator, "edit"),
    "kolada": lambda of: reverse("kolada", args=[of.indicator.pk]),
    "områden": lambda of: reverse("wagtailsnippets_comparisons_area:list"),
    "urval": lambda of: reverse("wagtailsnippets_comparisons_population:list"),
    "källor": lambda of: reverse("wagtailsnippets_comparisons_source:list"),
    "läsarnas svar": lambda of: reverse("wagtailsnippets_feedback_feedback:list"),
}
POSTED = ("figures:check", "figures:save")


def test_every_screen_of_ours_has_its_line() -> None:
    names = {
        f"{space}:{pattern.name}"
        for space, patterns in (
            ("figures", urls.figure_patterns),
            ("releases", urls.release_patterns),
            ("intakes", intake_patterns),
        )
        for pattern in patterns
    }
    assert names <= {*SCREENS, *POSTED}


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_opens_for_roles_only(name: str) -> None:
    url = SCREENS[name](OfEach())
    for role in (*roles.ROLES, ADMINISTRATOR):
        assert factories.client(somebody(role)).get(url).status_code == 200, role
    for someone in (Client(), factories.client(somebody(""))):
        refused = someone.get(url)
        assert refused.status_code == 302 and refused.headers["Location"].startswith(LOGIN)
    turned_away = factories.client(with_permissions()).get(url)
    assert turned_away.status_code == 302 and turned_away.headers["Location"] == HOME


@pytest.mark.parametrize("name", POSTED)
def test_what_is_posted_to_refuses_who_has_no_role(name: str) -> None:
    before = row_counts()
    for someone in (Client(), factories.client(somebody("")), factories.client(with_permissions())):
        answer = someone.post(reverse(name), {"cells": []}, content_type="application/json")
        assert answer.status_code == 302
    counted = row_counts()
    assert {model for model in counted if counted[model] != before[model]} <= {
        "accounts.User",
        "accounts.User_user_permissions",
        "sessions.Session",
        "wagtailusers.UserProfile",
    }


@pytest.mark.parametrize("step", release_views.STEPS)
def test_who_may_make_releases_may_not_publish_send_back_or_throw_away(step: str) -> None:
    of = OfEach()
    release = {"undo": of.published, "words": of.draft, "submit": of.draft, "delete": of.draft}.get(
        step, of.submitted
    )
    someone = factories.client(with_permissions("add_release", "view_release"))
    sent = {"step": step, "comment": "Fel.", "publish_at": "2099-01-01T08:00"}
    answer = someone.post(release.get_admin_url(), sent | {"title": "Ny", "reason": "Rättat."})
    refused = answer.headers.get("Location") == HOME
    assert refused == (step in ("publish", "schedule", "send_back", "delete"))


def test_a_step_that_is_none_is_refused() -> None:
    of = OfEach()
    before = list(Release.objects.order_by("pk").values_list("pk", "state"))
    administrator = factories.client(somebody(ADMINISTRATOR))
    administrator.post(of.draft.get_admin_url(), {"step": "__init__"})
    administrator.post(of.draft.get_admin_url())
    assert list(Release.objects.order_by("pk").values_list("pk", "state")) == before


@pytest.mark.parametrize("model", ["indicator", "area", "population", "source"])
def test_who_may_not_delete_is_not_told_where_a_thing_is_used(model: str) -> None:
    of = OfEach()
    figure = of.published.observations.get()
    thing = of.indicator if model == "indicator" else getattr(figure, model)
    if model == "population":
        thing = factories.population()
    someone = factories.client(with_permissions(f"change_{model}"))
    answer = someone.post(
        reverse(f"wagtailsnippets_comparisons_{model}:delete", args=[thing.pk]), follow=True
    )
    assert "det används" not in answer.content.decode()
    assert type(thing).objects.filter(pk=thing.pk).exists()


# --- What migrate does -----------------------------------------------------------------------


def held(role: str) -> set[Any]:
    """Everything a role has."""
    group = Group.objects.get(name=role)
    return {
        *group.permissions.values_list("content_type__app_label", "codename"),
        *group.page_permissions.values_list("page", "permission__codename"),
        *group.collection_permissions.values_list("collection", "permission__codename"),
    }


def migrate() -> None:
    call_command("migrate", verbosity=0)


@pytest.mark.parametrize("role", roles.ROLES)
def test_what_a_role_had_beside_the_table_is_taken_away(role: str) -> None:
    before = held(role)
    group = Group.objects.get(name=role)
    group.permissions.add(
        *factories.permissions(
            "add_site", "change_user", "change_group", "change_workflow", "delete_feedback"
        )
    )
    root = Page.objects.get(depth=1)
    for page in (root, factories.home_page()):
        for codename in ("publish_page", "bulk_delete_page"):
            (permission,) = factories.permissions(codename)
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    for codename in ("add_collection", "choose_image"):
        (permission,) = factories.permissions(codename)
        made = Collection.get_first_root_node().add_child(name=codename)
        GroupCollectionPermission.objects.create(group=group, collection=made, permission=permission)
    assert held(role) > before
    migrate()
    assert held(role) == before


def test_what_a_role_has_lost_it_gets_back() -> None:
    before = held(roles.REVIEWER)
    group = Group.objects.get(name=roles.REVIEWER)
    group.permissions.clear()
    group.page_permissions.all().delete()
    group.collection_permissions.all().delete()
    migrate()
    assert held(roles.REVIEWER) == before != set()


def test_other_groups_and_what_one_person_was_given_are_left_alone() -> None:
    group = Group.objects.create(name="Webbredaktionen")
    group.permissions.add(*factories.permissions("add_redirect"))
    (permission,) = factories.permissions("publish_page")
    GroupPagePermission.objects.create(group=group, page=Page.objects.get(depth=1), permission=permission)
    person = with_permissions("publish_indicator")
    migrate()
    assert held("Webbredaktionen") == {
        ("wagtailredirects", "add_redirect"),
        (Page.objects.get(depth=1).pk, "publish_page"),
    }
    assert User.objects.get(pk=person.pk).has_perm("comparisons.publish_indicator")


def test_no_role_has_anything_of_users_groups_settings_sites_or_workflows() -> None:
    theirs = re.compile(
        r"(user|group|permission|sitesettings|site|workflow|task|collection|redirect|locale)$"
    )
    for role in roles.ROLES:
        names = {str(codename) for _, codename in held(role)}
        assert names and not [name for name in names if theirs.search(name)]
