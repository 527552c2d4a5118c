"""What makes a broken link go before the next run: its page is published without it, or taken down."""

from typing import Any

from django.db.models import Model, QuerySet
from wagtail.models import Page

from boras_site.links.collect import links_of
from boras_site.links.models import BrokenLink
from comparisons.models import Indicator, Source


def forget_mended(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Receiver of ``page_published``, ``published`` and a source's ``post_save``."""
    known = _told(instance)
    if known is not None and known.exists():
        known.exclude(url__in={link.url for link in links_of(instance)}).delete()


def forget_all(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Receiver of ``page_unpublished`` and ``unpublished``: readers meet none of its links any more."""
    known = _told(instance)
    if known is not None:
        known.delete()


def _told(instance: Model) -> QuerySet[BrokenLink] | None:
    """The broken links told of it; None for what is never looked at."""
    if isinstance(instance, Page):
        return BrokenLink.objects.filter(page=instance.pk)
    if isinstance(instance, Indicator):
        return BrokenLink.objects.filter(indicator=instance)
    if isinstance(instance, Source):
        return BrokenLink.objects.filter(source=instance)
    return None
