"""What makes the index move: every save of a page or an indicator that a reader can see."""

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from wagtail.models import Page

from boras_site.search.index import Key, changed

#: What Wagtail writes on the live row when only a draft was saved.
_OF_DRAFTS = frozenset(
    ("latest_revision", "latest_revision_created_at", "has_unpublished_changes", "draft_title")
)


def note_save(
    sender: type[Model],
    instance: Model,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """Receiver of ``post_save``: publishing and unpublishing are saves too, and so are new addresses.

    Deletion needs nothing: the document goes with what it is about.
    """
    if raw or (update_fields is not None and _OF_DRAFTS.issuperset(update_fields)):
        return
    if isinstance(instance, Page):
        changed(Key("page", instance.pk))
    elif sender._meta.label == "comparisons.Indicator":
        changed(Key("indicator", instance.pk))
