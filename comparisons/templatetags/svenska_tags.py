"""Swedish forms for templates; the rules are in comparisons/svenska.py."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone

from comparisons import svenska

register = template.Library()


@register.filter
def tidpunkt(moment: datetime | None) -> str:
    """``1 mars 2018 kl. 15.06`` in the site's time zone; empty for None."""
    return svenska.format_datetime(timezone.localtime(moment)) if moment else ""


@register.filter
def datum(day: date | None) -> str:
    """``1 mars 2018``; a moment is taken in the site's time zone; empty for None."""
    if isinstance(day, datetime):
        day = timezone.localtime(day)
    return svenska.format_date(day) if day else ""


@register.filter
def antal(number: int) -> str:
    """A whole number with its groups of three apart: ``1 234``."""
    return svenska.format_number(Decimal(number), 0)


@register.filter
def versal(text: object) -> str:
    """The text with a capital first, and the rest as it was."""
    return svenska.capitalise(str(text))


@register.filter
def utan_mjuka(text: object) -> str:
    """The text without soft hyphens, for titles and addresses."""
    return svenska.plain(str(text))
