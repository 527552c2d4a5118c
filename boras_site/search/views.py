"""/sok/: a plain GET, so that a result can be linked to. No cookie, no token, no script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boras_site.search.hits import present
from boras_site.search.query import MOST_DOCUMENTS, cut
from boras_site.search.query import search as find


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The form, and under it what ``?q=`` finds."""
    query = cut(request.GET.get("q", ""))
    found = find(query)
    hits = [hit for document in found.documents if (hit := present(document, found.wanted, request))]
    context = {"query": query, "found": found, "hits": hits, "most": MOST_DOCUMENTS}
    return render(request, "boras_site/search.html", context)
