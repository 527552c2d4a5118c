"""``manage.py publish_due``: publish the figures whose time has come. For cron, every minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comparisons import releases


class Command(BaseCommand):
    """Publish every release of figures that is due; fails when one of them could not be published."""

    help = "Publish every release of figures whose time has come."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many were published."""
        published, failed = releases.publish_due()
        if published:
            self.stdout.write(f"Published {published}.")
        if failed:
            raise CommandError(f"{failed} could not be published; see the log and the desk.")
