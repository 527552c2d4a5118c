"""The site as it stands behind its proxy: every request says that TLS ended there.

Lighthouse can send a header along with the page's requests, but asks for robots.txt without it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from boras_site.wsgi import application as site


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The WSGI application, with the header that production's settings ask for."""
    answer: Iterable[bytes] = site(environ | {"HTTP_X_FORWARDED_PROTO": "https"}, start_response)
    return answer
