"""Headers that every public page carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

PUBLIC_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


class ContentSecurityPolicyMiddleware:
    """Public pages may load nothing from elsewhere and run nothing inline.

    The admin is left to Wagtail, whose editor needs inline scripts and styles.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, with the policy added outside the admin."""
        response = self.get_response(request)
        if not request.path.startswith(self.admin) and not getattr(request, "is_preview", False):
            response.headers.setdefault("Content-Security-Policy", PUBLIC_POLICY)
        return response
