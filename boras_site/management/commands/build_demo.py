"""manage.py build_demo: a site with four themes and real figures, and three people to log in as."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from boras_site.demo import build


class Command(BaseCommand):
    """Build the demo once. Rerunning changes nothing; a production site with content is left alone."""

    help = "Bygger en demo med fyra teman, riktiga siffror och tre användare."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, or say why not, and print how to log in."""
        if build.has_content():
            if not settings.DEBUG:
                raise CommandError("Webbplatsen har redan innehåll. Demon byggs bara på en tom webbplats.")
            self.stdout.write("Demon finns redan. Inget är ändrat.")
            if not get_user_model().objects.filter(username=build.USERS[0].username).exists():
                return
            passwords = {user.username: build.DEMO_PASSWORD for user in build.USERS}
        else:
            passwords = build.build()
            self.stdout.write("Demon är byggd: fyra teman med riktiga siffror.")
        self.stdout.write("Logga in på /admin/:")
        for user in build.USERS:
            if user.username in passwords:
                self.stdout.write(f"  {user.role}: {user.username} / {passwords[user.username]}")
            else:
                self.stdout.write(f"  {user.role}: {user.username}, med lösenordet som redan fanns")
