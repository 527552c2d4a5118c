"""What makes the admin show more than it does of a site where nothing is under way.

A page that is locked, one that waits for review, one with its time set, a comment, an image, a letter from a
reader … each brings screens, columns, messages and dialogs with it.
"""

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Picture
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    CommentReply,
    Page,
    PageSubscription,
    PageViewRestriction,
    Workflow,
)

from boras_site.accounts.models import User
from comparisons import roles
from comparisons.models import Indicator, Release, ThemePage
from tests import factories


@dataclass(frozen=True)
class DeskStates:
    """The things that a test goes on with."""

    theme: Page
    locked: Page
    awaiting: Page
    scheduled: Page
    indicator: Indicator
    awaiting_indicator: Indicator
    draft: Release
    submitted: Release
    image: Image
    document: Document
    redirect: Redirect
    collection: Collection
    workflow: Workflow
    colleague: User


def picture(name: str = "karta.png", size: tuple[int, int] = (40, 30)) -> ContentFile[bytes]:
    """A file with a picture in it."""
    stream = io.BytesIO()
    Picture.new("RGB", size, "teal").save(stream, "PNG")
    return ContentFile(stream.getvalue(), name)


def furnish() -> DeskStates:
    """Put the demo, or any site with a theme and an indicator, in every state that an editor can meet."""
    themes = list(ThemePage.objects.order_by("pk"))
    indicators = list(Indicator.objects.order_by("pk")[:4])
    colleague = factories.user(
        roles.COMMUNICATOR, first_name="Kalle", last_name="Karlsson", email="kalle@example.se"
    )
    workflow = Workflow.objects.get()
    locked, awaiting, scheduled, theme = (page.specific for page in [*themes, *_more_themes(themes)][:4])
    locked.locked, locked.locked_by, locked.locked_at = True, colleague, timezone.now()
    locked.save()
    awaiting.save_revision(user=colleague)
    workflow.start(awaiting, colleague)
    _schedule(scheduled)
    theme.title = f"{theme.title}, utkast"
    theme.save_revision(user=colleague)
    _comment(theme, colleague)
    PageViewRestriction.objects.create(page=scheduled, restriction_type=PageViewRestriction.LOGIN)
    collection = Collection.get_first_root_node().add_child(name="Kartor")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    return DeskStates(
        theme=theme,
        locked=locked,
        awaiting=awaiting,
        scheduled=scheduled,
        indicator=_indicator_in_states(indicators, colleague),
        awaiting_indicator=_awaiting(indicators[1], colleague),
        draft=factories.release(factories.staged_figure(indicators[0], "9.9", "2016")),
        submitted=factories.submit(
            factories.release(factories.staged_figure(indicators[0], "9.8", "2015"), title="Tillägg")
        ),
        image=Image.objects.create(title="Karta", file=picture(), collection=collection),
        document=Document.objects.create(title="Rapport", file=ContentFile(b"%PDF-1.4", "rapport.pdf")),
        redirect=Redirect.objects.create(old_path="/gammal", redirect_page=theme),
        collection=collection,
        workflow=workflow,
        colleague=colleague,
    )


def _more_themes(themes: list[ThemePage]) -> list[ThemePage]:
    return [factories.theme_page(f"Tema {number}") for number in range(len(themes), 4)]


def _indicator_in_states(indicators: list[Indicator], by: User) -> Indicator:
    """The first gets a draft; the others are locked, and have their time set."""
    first, _, locked, scheduled = indicators
    first.short_title = "Ett annat kort namn"
    first.save_revision(user=by)
    locked.locked, locked.locked_by, locked.locked_at = True, by, timezone.now()
    locked.save()
    _schedule(scheduled)
    factories.feedback()
    return first


def _awaiting(indicator: Indicator, by: User) -> Indicator:
    indicator.save_revision(user=by)
    if workflow := indicator.get_workflow():
        workflow.start(indicator, by)
    return indicator


def _schedule(thing: Any) -> None:
    by = factories.user(roles.REVIEWER)
    thing.go_live_at = timezone.now() + timedelta(days=3)
    thing.expire_at = thing.go_live_at + timedelta(days=30)
    thing.save_revision(user=by).publish(user=by)


def _comment(page: Page, by: User) -> None:
    comment = Comment.objects.create(page=page, user=by, text="Stämmer det här?", contentpath="title")
    CommentReply.objects.create(comment=comment, user=by, text="Ja.")
    PageSubscription.objects.create(page=page, user=by, comment_notifications=True)
