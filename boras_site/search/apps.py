"""The app of the site's search."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class SearchConfig(AppConfig):
    """Keeps the index in step with what is published."""

    name = "boras_site.search"
    label = "site_search"
    verbose_name = "Sök"

    def ready(self) -> None:
        """Listen to every save; those that are not about pages or indicators cost a comparison."""
        from boras_site.search.receivers import note_save

        post_save.connect(note_save, dispatch_uid="site_search")
