"""Pages and indicators as they will look when a release is published: for editors, never for readers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from comparisons import figures
from comparisons.models import Release, StagedFigure

_PREFIX = "release-"
_LONGEST = 60


def mode(release: Release) -> str:
    """The name of the preview mode that shows the figures of a release."""
    return f"{_PREFIX}{release.pk}"


def modes(indicators: Iterable[int]) -> list[tuple[str, str]]:
    """A preview mode for each release under way that holds figures of these indicators, newest first."""
    # Asked for each release under way, by whose key staged figures are found.
    held = StagedFigure.objects.filter(release=OuterRef("pk"), indicator__in=list(indicators))
    found = Release.objects.filter(Exists(held), published_at=None).order_by("-pk")
    return [(mode(release), f"Med siffrorna i ”{_short(release.title)}”") for release in found]


def source(request: HttpRequest, mode_name: str | None) -> figures.Figures:
    """The figures that a preview mode shows: the published ones, or with those of its release over them.

    Notes the release on the request, so that the page can say what it shows.
    """
    prefix, _, number = (mode_name or "").partition(_PREFIX)
    if not prefix and number.isdecimal():
        release = Release.objects.filter(pk=number, published_at=None).first()
        if release is not None:
            noted: Any = request
            noted.preview_release = release
            return figures.with_release(release)
    return figures.live()


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST else f"{title[: _LONGEST - 1]}…"
