"""Tells whoever looks after the site that a reader has written something."""

import logging

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from boras_site.feedback.models import Feedback, Kind
from boras_site.models import SiteSettings
from boras_site.templatetags.navigation import site_url
from comparisons.mailing import deliver
from comparisons.svenska import format_datetime

logger = logging.getLogger(__name__)


def tell(feedback: Feedback, to: SiteSettings) -> None:
    """Send the message to the address in the settings; nothing where there is none.

    Never raises: the message is kept already, and the reader has done her part. A mail server that
    fails is logged with its fault.
    """
    if not to.feedback_email:
        return
    mail = EmailMessage(_subject(feedback), _body(feedback), to=[to.feedback_email])
    deliver([mail], logger, f"Feedback {feedback.pk} is kept")


def _subject(feedback: Feedback) -> str:
    # Nothing that the reader wrote, so that she can add no headers.
    what = "Rapporterad brist" if feedback.kind == Kind.FAULT else "Synpunkt på en sida"
    return f"{what} på webbplatsen (nummer {feedback.pk})"


def _body(feedback: Feedback) -> str:
    lines = [
        f"Sida: {site_url(feedback.page) if feedback.page else 'inte angiven'}",
        f"Kom in: {format_datetime(timezone.localtime(feedback.received_at))}",
    ]
    if feedback.helped is not None:
        lines.append(f"Hjälpte sidan dig? {feedback.get_helped_display()}")
    lines += [
        "",
        feedback.message,
        "",
        "--",
        "Meddelandet är anonymt. Det går inte att svara på det.",
        f"Det finns under Läsarnas svar: {site_url(reverse(_INSPECT, args=[feedback.pk]))}",
    ]
    return "\n".join(lines)


_INSPECT = "wagtailsnippets_feedback_feedback:inspect"
