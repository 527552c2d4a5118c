"""The broken links on the work list."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST
from wagtail.models import Page

from boras_site.links.collect import CHOSEN
from boras_site.links.models import BrokenLink, Reason, UnsureAddress
from comparisons.desk.worklist.kinds import Action, Found, Item, Kind, begun, edit_url, gather, pages_for
from comparisons.desk.worklist.views import back
from comparisons.models import Indicator, Source
from comparisons.svenska import capitalise, format_date

if TYPE_CHECKING:
    from boras_site.accounts.models import User


def kinds() -> list[Kind]:
    """Hook ``register_work``: broken links."""
    return [Kind(90, "lankar", "Länkar som inte fungerar", broken)]


def broken(user: "User", most: int) -> Found:
    """Broken links of what the user may change, the longest broken first."""
    return gather(most, (_links_for(user).select_related("page", "indicator", "source"), _item))


def _links_for(user: "User") -> QuerySet[BrokenLink]:
    mine = Q(page__in=pages_for(user).values("pk"))
    for name in ("indicator", "source"):
        if user.has_perm(f"comparisons.change_{name}"):
            mine |= Q(**{f"{name}__isnull": False})
    return BrokenLink.objects.filter(mine).order_by("found_at", "pk")


def _item(link: BrokenLink) -> Item:
    model: Any = Page if link.page else Indicator if link.indicator else Source
    holder = link.holder
    name = holder.get_admin_display_title() if link.page else str(holder)
    sort = "Källa" if link.source else "Nyckeltal" if link.indicator else "Sida"
    editor = edit_url(model, holder.pk, link.path)
    since = format_date(timezone.localtime(link.found_at))
    if link.reason == Reason.UNSURE:
        return Item(
            name=name,
            why=format_html(
                '{}. Vi når inte <a href="{}" rel="noreferrer">{}</a> härifrån. Öppna länken och se efter. '
                "Fungerar den inte ändrar du den på sidan.",
                sort,
                link.url,
                begun(_shown(link), 100),
            ),
            action=Action("Länken fungerar", reverse("links:works", args=[link.pk]), post=True),
            at=link.found_at,
            url=editor,
        )
    return Item(
        name=name,
        why=f"{sort}. {capitalise(_shown(link))} {link.get_reason_display()}. Hittades {since}.",
        action=Action("Rätta länken", editor),
        at=link.found_at,
    )


def _shown(link: BrokenLink) -> str:
    """The words of a link, with its address where an editor has seen it: ``”Rapporten” (https://…)``."""
    if CHOSEN.fullmatch(link.url):
        return f"”{link.text}”" if link.text != link.url else "en länk utan text"
    return begun(link.url, 100) if link.text == link.url else f"”{begun(link.text)}” ({begun(link.url, 100)})"


@require_POST
def works(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody's word that an address in doubt works, wherever it is linked from.

    Raises PermissionDenied for who may change nothing that links to it.
    """
    link = get_object_or_404(BrokenLink, pk=pk, reason=Reason.UNSURE)
    if not _links_for(cast("User", request.user)).filter(pk=pk).exists():
        raise PermissionDenied
    with transaction.atomic():
        UnsureAddress.objects.filter(url=link.url).update(works_at=timezone.now())
        BrokenLink.objects.filter(url=link.url, reason=Reason.UNSURE).delete()
    messages.success(request, "Tack. Vi frågar inte om länken igen på ett halvår.")
    return back(request)
