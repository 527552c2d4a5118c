"""Addresses of pages as readers send them: a path on this site, or nothing. Pure."""

import re
from urllib.parse import urlsplit

from boras_site.feedback.models import MAX_PAGE

# A backslash is a slash to browsers, so /\evil.example would lead elsewhere.
_PATH = re.compile(r"/(?!/)[^\\\s\x00-\x1f\x7f]*")


def path_on_site(text: str, host: str) -> str:
    """The path in what was sent: ``/nyckeltal/``, or a whole address on ``host``; without ? and #.

    Empty for anything else: another site's address, a word, what is too long.
    """
    text = text.strip()
    if not text.startswith("/"):
        text = _path_of_address(text, host)
    path = re.split(r"[?#]", text, maxsplit=1)[0]
    return path if _PATH.fullmatch(path) and len(path) <= MAX_PAGE else ""


def _path_of_address(text: str, host: str) -> str:
    try:
        address = urlsplit(text if "://" in text else f"https://{text}")
    except ValueError:  # a bracket that is no IPv6 address
        return ""
    is_ours = address.scheme in ("http", "https") and address.netloc.lower() == host.lower()
    return (address.path or "/") if is_ours else ""
