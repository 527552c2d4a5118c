"""manage.py rebuild_search: index everything that is published, from nothing if need be."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from boras_site.search.index import rebuild


class Command(BaseCommand):
    """Build the search index. Safe at any time; readers can search meanwhile."""

    help = "Bygger om sökningens index av allt som är publicerat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build it and say how much was indexed. Raises CommandError when something could not be."""
        documents, faults = rebuild()
        self.stdout.write(f"Sökningen har {documents} sidor och nyckeltal.")
        if faults:
            raise CommandError(f"{faults} gick inte att läsa in. Felen står i loggen.")
