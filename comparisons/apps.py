"""The app that holds the domain: indicators, the ledger of figures, theme pages."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate
from wagtail.signals import page_published


def register_swedish_order(sender: Any, connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Give SQLite the collation that PostgreSQL has from ICU, by the same name."""
    if connection.vendor == "sqlite":
        from comparisons.svenska import SWEDISH_COLLATION, compare

        connection.connection.create_collation(SWEDISH_COLLATION, compare)


class ComparisonsConfig(AppConfig):
    """Connects what must happen outside requests."""

    name = "comparisons"
    verbose_name = "Jämförelser"

    def ready(self) -> None:
        """Register the Swedish order for every connection, and what follows migrations and publication."""
        connection_created.connect(register_swedish_order, dispatch_uid="swedish_order")
        from comparisons import roles
        from comparisons.models.changes import note_publication

        post_migrate.connect(roles.put_in_force, dispatch_uid="roles")
        page_published.connect(note_publication, dispatch_uid="text_changed")
