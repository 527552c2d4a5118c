"""What is no page: the error pages and robots.txt."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseServerError
from django.shortcuts import render
from django.template import loader


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with the site's menu around it."""
    return HttpResponseNotFound(loader.render_to_string("404.html", request=request))


def server_error(request: HttpRequest) -> HttpResponse:
    """500, from a template that asks the database nothing."""
    return HttpResponseServerError(loader.get_template("500.html").render({}))


def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be indexed but the admin."""
    context = {"site_url": settings.WAGTAILADMIN_BASE_URL.rstrip("/")}
    return render(request, "robots.txt", context, content_type="text/plain; charset=utf-8")
