"""Builds the demo: users, figures, pages; all of it or nothing."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from boras_site.demo import figures
from boras_site.demo.pages import Builder
from boras_site.models import HomePage
from comparisons import roles
from comparisons.models import Area, Indicator, Observation, Source

#: The password of all three on a developer's machine; elsewhere each gets one of its own.
DEMO_PASSWORD = "boras-demo"


@dataclass(frozen=True)
class DemoUser:
    """Someone to log in as."""

    username: str
    role: str
    first_name: str
    group: str = ""


USERS = (
    DemoUser("kommunikator", "Kommunikatör", "Kim", roles.COMMUNICATOR),
    DemoUser("granskare", "Granskare", "Gun", roles.REVIEWER),
    DemoUser("admin", "Administratör", "Adel"),
)


def has_content() -> bool:
    """Whether somebody, the demo or an editor, has put anything on the site."""
    return any(model.objects.exists() for model in (HomePage, Area, Source, Indicator, Observation))


@transaction.atomic
def build() -> dict[str, str]:
    """Build the demo on an empty site. Returns the password of each user it made, by name.

    Somebody who has one of the names already keeps her password.
    """
    passwords = {}
    User = get_user_model()
    for user in USERS:
        made, is_new = User.objects.get_or_create(
            username=user.username,
            defaults={
                "first_name": user.first_name,
                "last_name": user.role,
                "email": f"{user.username}@example.se",
                "is_staff": not user.group,
                "is_superuser": not user.group,
            },
        )
        if is_new:
            passwords[user.username] = DEMO_PASSWORD if settings.DEBUG else secrets.token_urlsafe(12)
            made.set_password(passwords[user.username])
            made.save()
        if user.group:
            made.groups.add(Group.objects.get(name=user.group))
    administrator = User.objects.get(username=USERS[-1].username)
    indicators = figures.load(administrator)
    Builder(indicators, administrator).build()
    return passwords
