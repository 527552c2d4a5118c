"""What the readers' forms have in common: how they may be called, and what their answers carry."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from boras_site.feedback import guards

View = Callable[[HttpRequest], HttpResponse]


def form_view(view: View) -> View:
    """A view of a form: no cookie, never kept by a cache, never found by a search engine.

    Exempt from Django's CSRF check, which needs a cookie. That check is there to stop others from acting in
    somebody's name; here nothing is done in anybody's name, and ``guards`` stops other sites' forms.
    """

    @wraps(view)
    def serve(request: HttpRequest) -> HttpResponse:
        response = view(request)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(serve))


def refuse(request: HttpRequest, sentence: str, *, back: str, status: int) -> HttpResponse:
    """A page that says why nothing was kept; ``back`` is the path of the page to go back to, if known."""
    context = {"sentence": sentence, "back": back}
    return render(request, "boras_site/feedback/refused.html", context, status=status)


def refuse_elsewhere(request: HttpRequest) -> HttpResponse | None:
    """The answer to a form that stood on another site; None for our own."""
    if not guards.is_from_elsewhere(request):
        return None
    sentence = "Formuläret skickades från en annan webbplats. Öppna sidan här hos oss och försök igen."
    return refuse(request, sentence, back="", status=403)
