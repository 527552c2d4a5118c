"""Keeps the index: what changed is indexed again once the change is committed.

The search is a help beside the pages. A fault in it is logged with its traceback and never stops a
publication; ``manage.py rebuild_search`` sets right what was missed.
"""

import logging
import threading
import weakref
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Page

from boras_site.search.documents import Part, parts_of_indicator, parts_of_page, weights
from boras_site.search.models import SearchDocument, SearchTerm
from boras_site.search.words import clean, fold, stem
from comparisons.models import Indicator
from comparisons.usage import pages_showing

logger = logging.getLogger(__name__)


class Key(NamedTuple):
    """What a document is about: ``page`` or ``indicator``, and its primary key."""

    kind: str
    pk: int


class _Batch:
    """What changed in a transaction, to be indexed once, however often and wherever it changed."""

    def __init__(self) -> None:
        self.keys: dict[Key, None] = {}

    def __call__(self) -> None:
        keys, self.keys = self.keys, {}
        refresh(*keys)


#: The transaction's batch. Only the transaction keeps it alive: rolled back, it is gone.
_open = threading.local()


def changed(key: Key) -> None:
    """Index it when the transaction is committed; at once where there is none."""
    reference = getattr(_open, "batch", None)
    batch = (reference and reference()) or _Batch()
    _open.batch = weakref.ref(batch)
    batch.keys[key] = None
    transaction.on_commit(batch)


def refresh(*keys: Key) -> None:
    """Index these again, and the pages that show an indicator whose name changed. Never raises."""
    pages: dict[Key, None] = {key: None for key in keys if key.kind == "page"}
    for key in keys:
        if key.kind == "indicator" and _refresh_safely(key):
            try:
                named = Indicator.objects.filter(pk=key.pk).values("pk")
                pages |= {Key("page", pk): None for pk in pages_showing(named).values_list("pk", flat=True)}
            except Exception:
                logger.exception("The pages that show indicator %s were not indexed again.", key.pk)
    for key in pages:
        _refresh_safely(key)


def rebuild() -> tuple[int, int]:
    """Index everything that is published, and forget the rest.

    Returns how many documents there are, and how many could not be indexed and why is in the log.
    Readers can search meanwhile: each document is replaced by itself.
    """
    keys = list(_everything())
    SearchDocument.objects.exclude(page__live=True).exclude(indicator__live=True).delete()
    faults = sum(_refresh_safely(key) is None for key in keys)
    return SearchDocument.objects.count(), faults


def _everything() -> Iterator[Key]:
    for pk in Indicator.objects.filter(live=True).order_by("pk").values_list("pk", flat=True):
        yield Key("indicator", pk)
    for pk in Page.objects.filter(live=True).order_by("pk").values_list("pk", flat=True):
        yield Key("page", pk)


def _refresh_safely(key: Key) -> bool | None:
    """As ``_refresh``, or None for a fault, which is logged."""
    try:
        with transaction.atomic():
            return _refresh(key)
    except Exception:
        logger.exception(
            "The search was not updated for %s %s. Run manage.py rebuild_search when the fault is gone.",
            *key,
        )
        return None


def _refresh(key: Key) -> bool:
    """Write the document of a page or an indicator, or remove it. Returns whether its names changed."""
    of: dict[str, Any] = {f"{key.kind}_id": key.pk}
    if not _published(key).exists():
        return bool(SearchDocument.objects.filter(**of).delete()[0])
    document, _ = SearchDocument.objects.get_or_create(**of)
    # Two who publish at once wait for each other here, and the last one reads what both have written.
    document = SearchDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if (read := _read(key)) is None:
        return bool(document.delete()[0])
    title, parts = read
    before = _names(document)
    document.title = title
    document.parts = [asdict(part) for part in parts]
    document.save()
    document.terms.all().delete()
    SearchTerm.objects.bulk_create(
        [
            SearchTerm(
                document=document,
                spelling=spelling,
                word=fold(spelling),
                stem=fold(stem(spelling)),
                weight=weight,
            )
            for spelling, weight in weights(title, parts).items()
        ],
        batch_size=500,
    )
    return before != _names(document)


def _read(key: Key) -> tuple[str, list[Part]] | None:
    """Title and parts as the database has them now; None for what is not published."""
    found = _published(key).first()
    if found is None:
        return None
    if isinstance(found, Indicator):
        return clean(found.title), parts_of_indicator(found)
    return clean(found.title), parts_of_page(found.specific)


def _published(key: Key) -> QuerySet[Any]:
    """The page or indicator itself, where it is published."""
    if key.kind == "indicator":
        return Indicator.objects.filter(pk=key.pk, live=True)
    # Wagtail's own page of welcome, and the root of the tree, are no pages of the site.
    own = ContentType.objects.get_for_model(Page)
    return Page.objects.filter(pk=key.pk, live=True).exclude(content_type=own)  # type: ignore[no-any-return]


def _names(document: SearchDocument) -> tuple[str, str]:
    """What other pages show of it."""
    short = next((part["text"] for part in document.parts if part["kind"] == "short_title"), "")
    return document.title, short
