"""The receipt of an answer: whoever holds it may add some words to her own answer, within the hour."""

from django.core.signing import BadSignature, TimestampSigner

from boras_site.feedback.models import Feedback, Kind

VALID = 60 * 60

_receipts = TimestampSigner(salt="feedback.receipt")


def receipt(of: Feedback) -> str:
    """A signed value that names the answer."""
    return _receipts.sign(str(of.pk))


def answer_of(token: str) -> Feedback | None:
    """The answer that a receipt names; None when it is not ours, too old, or the answer is gone."""
    try:
        key = int(_receipts.unsign(token, max_age=VALID))
    except (BadSignature, ValueError):
        return None
    return Feedback.objects.filter(pk=key, kind=Kind.HELPED).first()


def add_words(to: Feedback, message: str) -> bool:
    """Keep what was written. False when something was written before, from another tab say."""
    written = Feedback.objects.filter(pk=to.pk, message="").update(message=message)
    to.message = message
    return bool(written)
