"""manage.py check_links: look at every link of what is published; broken ones stand on the work list."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from boras_site.links.check import check
from comparisons.svenska import count_of


class Command(BaseCommand):
    """Check the links, from cron once a day. Takes some minutes: other sites are asked politely."""

    help = "Kontrollerar alla länkar på det som är publicerat. Trasiga visas i arbetslistan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """``--dry-run``."""
        parser.add_argument("--dry-run", action="store_true", help="Visa bara vad som hittas, spara inget.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and say what was found: with --dry-run or -v 2 each link, else only how many."""
        report = check(dry_run=options["dry_run"])
        if options["dry_run"] or options["verbosity"] > 1:
            for link, reason in report.broken.items():
                self.stdout.write(f"{link.holder} {link.key}: ”{link.text}” ({link.url}) {reason.label}.")
        links = count_of(report.links, "länk", "länkar")
        broken = count_of(len(report.broken), "trasig", "trasiga")
        doubts = count_of(report.unsure, "adress", "adresser")
        self.stdout.write(f"{links}: {broken}. {doubts} gick inte att kontrollera.")
        if report.offline:
            self.stdout.write("Ingen annan webbplats svarade. Länkar dit är inte kontrollerade.")
        if options["dry_run"]:
            self.stdout.write("Inget är sparat.")
