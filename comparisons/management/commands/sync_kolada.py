"""``manage.py sync_kolada``: fetch the figures of all that is linked to Kolada. For cron, every night."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comparisons.intake.kolada import KoladaError, sync
from comparisons.intake.kolada.nightly import nightly
from comparisons.models import Intake, KoladaLink


class Command(BaseCommand):
    """Make a draft release of what Kolada says anew; fails when Kolada could not be asked."""

    help = "Fetch the figures of all linked indicators from Kolada, and make a draft of what is new."

    def add_arguments(self, parser: CommandParser) -> None:
        """Less than everything."""
        parser.add_argument("--areas", action="store_true", help="municipalities, regions and groups only")
        parser.add_argument("--indicator", metavar="SLUG", help="only this indicator")

    def handle(self, *args: Any, areas: bool = False, indicator: str | None = None, **options: Any) -> None:
        """Say what was made. What was left out is told on standard error."""
        if areas:
            return self._areas()
        chosen: list[int] = []
        if indicator:
            chosen = list(
                KoladaLink.objects.filter(indicator__slug=indicator).values_list("indicator", flat=True)
            )
            if not chosen:
                raise CommandError(f"No indicator with the address {indicator} is linked to Kolada.")
        intake = nightly(chosen)
        if intake.state == Intake.State.FAILED:
            raise CommandError(f"Nothing was fetched: {intake.told}")
        for link in KoladaLink.objects.exclude(fault="").select_related("indicator"):
            self.stderr.write(f"Left out: {link.indicator} ({link.kpi}). {link.fault}")
        for link in KoladaLink.objects.filter(is_gone=True).select_related("indicator"):
            self.stderr.write(f"Gone from Kolada: {link.indicator} ({link.kpi}).")
        if intake.release is None:
            self.stdout.write("Nothing new.")
        else:
            figures = intake.release.staged.count()
            self.stdout.write(f"Draft release {intake.release.pk} holds {figures} figures.")

    def _areas(self) -> None:
        try:
            taken = sync.sync_areas()
        except KoladaError as error:
            raise CommandError(f"Nothing was fetched: {error}") from error
        for line in taken.differences:
            self.stderr.write(line)
        self.stdout.write(f"{taken.made} new areas, {taken.regrouped} groups with new members.")
