"""What grows old by itself: figures that are due, tables left behind, pages that nobody has read through."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from comparisons import figures
from comparisons.desk.worklist.kinds import (
    NOTHING,
    Action,
    Found,
    Item,
    edit_url,
    gather,
    pages_for,
)
from comparisons.models import Indicator, Observation
from comparisons.models.changes import TextChangedMixin
from comparisons.models.figure_pages import FigurePageMixin
from comparisons.periods import Period
from comparisons.stale_tables import StaleTable, stale_tables
from comparisons.svenska import capitalise, count_of, format_date
from comparisons.terms import Status

if TYPE_CHECKING:
    from boras_site.accounts.models import User

#: How many days before its day a figure is on the list.
AHEAD = timedelta(days=14)
#: How long a page may go without anybody reading it through.
A_YEAR = timedelta(days=365)


def due(user: "User", most: int) -> Found:
    """Indicators whose next figure is to come, or should have come, the earliest first."""
    if not user.has_perm("comparisons.add_release"):
        return NOTHING
    return gather(most, (due_indicators(timezone.localdate()), _due))


def due_indicators(today: date) -> QuerySet[Indicator]:
    """Published indicators that wait for their next figure, with ``newest``: the period they have reached.

    A figure has come when the newest period was published for the first time on the day or later; that
    an old figure was corrected meanwhile changes nothing.
    """
    published = Observation.objects.filter(indicator=OuterRef("pk")).exclude(status=Status.WITHDRAWN)
    reached = published.filter(superseded_by=None).order_by("-period").values("period")
    first = (
        published.filter(period=OuterRef("newest"))
        .order_by("release__published_at")
        .values(day=TruncDate("release__published_at"))
    )
    return (
        Indicator.objects.filter(live=True, next_figure_on__lte=today + AHEAD)
        .annotate(newest=Subquery(reached[:1]))
        .annotate(reached_on=Subquery(first[:1]))
        .filter(Q(reached_on=None) | Q(reached_on__lt=F("next_figure_on")))
        .order_by("next_figure_on", "title")
    )


def _due(indicator: Any) -> Item:
    day = indicator.next_figure_on
    verb = "väntades" if day < timezone.localdate() else "väntas"
    so_far = "Det finns ingen siffra än."
    if indicator.newest is not None:
        so_far = f"Den senaste gäller {Period(indicator.newest).label}."
    return Item(
        name=str(indicator),
        why=f"Nästa siffra {verb} {format_date(day)}. {so_far}",
        action=Action("Fyll i siffran", reverse("figures:list", args=[indicator.pk])),
        at=day,
    )


def behind(user: "User", most: int) -> Found:
    """Tables on public pages that lack a column for newer figures, page by page."""
    mine = pages_for(user).values("pk")
    models: list[Any] = [model for model in apps.get_models() if issubclass(model, FigurePageMixin)]
    pages = [
        page
        for model in models
        for page in model._default_manager.filter(pk__in=mine, live=True).order_by("path")
    ]
    found = stale_tables(pages, figures.live())
    return Found(len(found), [_behind(table) for table in found[:most]])


def _behind(table: StaleTable) -> Item:
    have = count_of(table.indicators, "nyckeltal", "nyckeltal")
    return Item(
        name=table.caption or "Tabell utan rubrik",
        why=(
            f"Tabell på sidan ”{table.page.title}”. Den slutar med {table.shown.label}, men {have} av "
            f"{table.of} har en siffra för {table.newer.label}."
        ),
        action=Action("Öppna tabellen", edit_url(Page, table.page.pk, table.path)),
    )


def unread(user: "User", most: int) -> Found:
    """Public pages whose text nobody has changed or read through for a year, the oldest first."""
    return gather(most, (unread_pages(user), _unread))


def unread_pages(user: "User") -> QuerySet[Page]:
    """Those pages, of the ones the user may change, with ``seen_at``: when the text was last seen to.

    A small correction is no reading through: what counts is when the text was last changed, and for
    pages without that time, when they were last published.
    """
    models = [model for model in apps.get_models() if issubclass(model, TextChangedMixin)]
    names = [model._meta.get_ancestor_link(Page).related_query_name() for model in models]  # type: ignore[union-attr]

    def of_its_model(field: str) -> list[F]:
        return [F(f"{name}__{field}") for name in names]

    long_ago = timezone.now() - A_YEAR
    found = pages_for(user).filter(live=True, depth__gt=1)
    dated = found.annotate(
        changed_at=Coalesce(*of_its_model("text_changed_at"), "last_published_at", "first_published_at"),
        read_at=Coalesce(*of_its_model("reviewed_at")),
    )
    is_old = Q(changed_at__lt=long_ago) & (Q(read_at=None) | Q(read_at__lt=long_ago))
    seen_at = Greatest(Coalesce("read_at", "changed_at"), "changed_at")
    return dated.filter(is_old).annotate(seen_at=seen_at).order_by("seen_at", "path")  # type: ignore[no-any-return]


def _unread(page: Any) -> Item:
    what = "lästes senast igenom" if page.seen_at == page.read_at else "ändrades senast"
    last = format_date(timezone.localtime(page.seen_at))
    return Item(
        name=page.get_admin_display_title(),
        why=f"{capitalise(str(page.specific_class._meta.verbose_name))}. Texten {what} {last}.",
        action=Action("Läst, stämmer fortfarande", reverse("worklist:reviewed", args=[page.pk]), post=True),
        at=page.seen_at,
        url=edit_url(Page, page.pk),
    )
