"""What keeps bots and floods out without a cookie and without anybody else's help.

The forms are exempt from Django's CSRF check, which needs a cookie. These stand in its place; nothing
here tells one reader from another for longer than minutes.
"""

import re
import time
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from boras_site.feedback.models import Feedback

#: The field that no human sees; a bot fills in everything.
HONEYPOT = "rubrik"

#: A form that comes back sooner was not read by a human; one that comes back later was left lying.
SOONEST, LATEST = 2, 24 * 60 * 60

#: Posts from one address in a window of so many seconds.
MOST_FROM_ONE, WINDOW = 10, 600
#: What is kept in an hour from all readers together: no flood fills the table or the mailbox.
MOST_FROM_ALL = 500

_WITH_PORT = re.compile(r"([0-9.]+):[0-9]+|\[([0-9a-fA-F:.]+)\]:[0-9]+")

_forms = TimestampSigner(salt="feedback.form")


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on another site. Old browsers say nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    if origin is None or (origin == "null" and site is not None):  # hidden by a careful browser
        return False
    return urlsplit(origin).netloc.lower() != request.get_host().lower()


def is_bot(request: HttpRequest) -> bool:
    """Whether the hidden field was filled in."""
    return bool(request.POST.get(HONEYPOT))


def form_token() -> str:
    """When a form was handed out, signed."""
    return _forms.sign("form")


def is_untimely(token: str) -> bool:
    """Whether a form came back too soon or too late, or with a token that is not ours."""
    try:
        _forms.unsign(token, max_age=LATEST)
    except (SignatureExpired, BadSignature):
        return True
    try:
        _forms.unsign(token, max_age=SOONEST)
    except SignatureExpired:
        return False
    return True


def is_too_many(request: HttpRequest, kind: str) -> bool:
    """Count this post; whether its sender, or all senders together, have sent too many of its ``kind``.

    Each kind by itself: however many press Ja or Nej, the form that the law wants stays open.
    """
    # The window is in the key: some caches forget a key's own time when they count it up.
    window = int(time.time() // WINDOW)
    sender = salted_hmac("feedback.throttle", f"{kind}:{window}:{_address(request)}").hexdigest()
    key = f"feedback:{sender}"
    cache.add(key, 0, WINDOW)
    try:
        sent = cache.incr(key)
    except ValueError:  # thrown out in between
        sent = 1
    return sent > MOST_FROM_ONE or _is_flood(kind)


def _is_flood(kind: str) -> bool:
    # Asked of the table and not the cache, which every process may have one of.
    hour_ago = timezone.now() - timedelta(hours=1)
    return Feedback.objects.filter(kind=kind, received_at__gte=hour_ago).count() >= MOST_FROM_ALL


def _address(request: HttpRequest) -> str:
    """The sender's address as the outermost trusted proxy saw it; for IPv6 its network, which is one home."""
    address = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    if 0 < settings.TRUSTED_PROXY_COUNT <= len(hops):
        address = hops[-settings.TRUSTED_PROXY_COUNT] or address
    # Some gateways add the port, which is another for every connection.
    if match := _WITH_PORT.fullmatch(address):
        address = match[1] or match[2]
    try:
        parsed = ip_address(address)
    except ValueError:
        return str(address)
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(int(parsed) >> 64) if isinstance(parsed, IPv6Address) else str(parsed)
