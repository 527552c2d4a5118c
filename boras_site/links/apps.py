"""The app that looks after links."""

from django.apps import AppConfig
from django.db.models.signals import post_save
from wagtail.signals import page_published, page_unpublished, published, unpublished


class LinksConfig(AppConfig):
    """Forgets a broken link as soon as what held it is published without it."""

    name = "boras_site.links"
    label = "site_links"
    verbose_name = "Länkar"

    def ready(self) -> None:
        """Listen to what is published, what is taken down, and to sources, which have no drafts."""
        from boras_site.links import receivers
        from comparisons.models import Source

        for signal in (page_published, published):
            signal.connect(receivers.forget_mended, dispatch_uid="links_mended")
        for signal in (page_unpublished, unpublished):
            signal.connect(receivers.forget_all, dispatch_uid="links_gone")
        post_save.connect(receivers.forget_mended, sender=Source, dispatch_uid="links_mended_source")
