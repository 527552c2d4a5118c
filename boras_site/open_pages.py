"""Which pages are not open to everyone."""

from django.db.models import CharField, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import PageViewRestriction


def restrictions_on(path: str) -> QuerySet[PageViewRestriction]:
    """The restrictions that close a page, its own and those above it, for ``Exists``.

    ``path`` is what the outer query calls the page's place in the tree: ``path``, ``page__path``.
    """
    here = ExpressionWrapper(OuterRef(path), output_field=CharField())
    return PageViewRestriction.objects.annotate(path=here).filter(path__startswith=F("page__path"))  # type: ignore[no-any-return]
