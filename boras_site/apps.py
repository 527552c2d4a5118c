"""The site as an app: what it sets right when Django starts and when the tables are made."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SiteConfig(AppConfig):
    """The site."""

    name = "boras_site"
    verbose_name = "Webbplatsen"

    def ready(self) -> None:
        """Give Swedish to what Wagtail has no translation for."""
        from boras_site import swedish

        swedish.label()
        post_migrate.connect(swedish.name_rows)
