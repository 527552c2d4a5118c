"""What the work list is made of: kinds of work, each with its items, each with one action."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, Q, QuerySet
from django.db.models.functions import Cast
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from comparisons.models import Indicator
from comparisons.svenska import format_datetime

if TYPE_CHECKING:
    from boras_site.accounts.models import User

#: The hook by which an app adds kinds of work: a function without arguments that returns a list of Kind.
HOOK = "register_work"

#: How many of a kind stand on the home page, and on its own screen.
FIRST, MOST = 4, 200


@dataclass(frozen=True)
class Action:
    """The one thing to do: a verb, and where it leads or is posted."""

    verb: str
    url: str
    post: bool = False


@dataclass(frozen=True)
class Item:
    """One thing to do: its name, a sentence on why it is here, and its action.

    ``at`` puts the items of a kind in order. ``url`` is where the name leads, for an action that is
    posted; ``why`` may be safe HTML.
    """

    name: str
    why: str
    action: Action
    at: date | None = None
    url: str = ""


@dataclass(frozen=True)
class Found:
    """How many there are of a kind, and the first of them."""

    number: int
    items: Sequence[Item]

    @property
    def unlisted(self) -> int:
        """How many are not among the items."""
        return self.number - len(self.items)


#: Asked with who is logged in and how many items are wanted.
Finder = Callable[["User", int], Found]


@dataclass(frozen=True)
class Kind:
    """A kind of work: its place on the list, its name in addresses, its heading, and what finds it.

    ``find`` takes the same number of queries however much there is, and leaves out what the user may
    not act on.
    """

    order: int
    slug: str
    heading: str
    find: Finder


NOTHING = Found(0, ())


def kinds() -> list[Kind]:
    """Every kind of work, in the order of the list."""
    found = [kind for register in hooks.get_hooks(HOOK) for kind in register()]
    return sorted(found, key=lambda kind: kind.order)


def kind_called(slug: str) -> Kind:
    """The kind of that name in addresses. Raises Http404 when there is none."""
    for kind in kinds():
        if kind.slug == slug:
            return kind
    raise Http404


def work_list(user: "User", most: int = FIRST) -> list[tuple[Kind, Found]]:
    """What waits for the user: each kind that there is something of, with at most ``most`` of it."""
    found = [(kind, kind.find(user, most)) for kind in kinds()]
    return [(kind, one) for kind, one in found if one.number]


# --- For those who find --------------------------------------------------------------------------


def gather(
    most: int, *parts: tuple[QuerySet[Any], Callable[[Any], Item]], newest_first: bool = False
) -> Found:
    """What several queries find, put together in order of time: the oldest first unless told.

    Each query is in that order already; it takes two queries a part.
    """
    number = sum(rows.count() for rows, _ in parts)
    items = [item(row) for rows, item in parts for row in rows[:most]]
    items.sort(key=lambda item: _moment(item.at), reverse=newest_first)
    return Found(number, items[:most])


def _moment(at: date | None) -> datetime:
    if isinstance(at, datetime):
        return at
    return datetime.combine(at, time(), UTC) if at else datetime.min.replace(tzinfo=UTC)


def pages_for(user: "User", action: str = "change") -> Any:
    """The pages that the user may change, or do what ``action`` names to."""
    return page_permission_policy.instances_user_has_permission_for(user, action)


def drafts_for(user: "User", action: str = "change") -> Q:
    """Rows about a page or an indicator that the user may change, or do what ``action`` names to.

    For models that say what they are about by ``base_content_type`` and ``object_id``: revisions,
    and how far something has come in its review.
    """
    pages = pages_for(user, action).values(text_id=Cast("pk", CharField()))
    about = Q(base_content_type=type_of(Page), object_id__in=pages)
    if user.has_perm(f"comparisons.{action}_indicator"):
        about |= Q(base_content_type=type_of(Indicator))
    return about


def type_of(model: type[Model]) -> ContentType:
    """The model's content type, which Django keeps in memory."""
    return ContentType.objects.get_for_model(model)


def model_of(row: Any) -> type[Model]:
    """What a row with a ``base_content_type`` is about: a page or an indicator."""
    return Page if row.base_content_type_id == type_of(Page).pk else Indicator


def edit_url(about: type[Model], key: Any, path: str = "") -> str:
    """The editor of a page or a snippet, at a block of it where ``path`` names one (``results.<id>``)."""
    if issubclass(about, Page):
        url = reverse("wagtailadmin_pages:edit", args=[key])
    else:
        url = reverse(about.snippet_viewset.get_url_name("edit"), args=[key])  # type: ignore[attr-defined]
    return f"{url}#:w:contentpath={path}" if path else url


def named(user: Any) -> str:
    """What somebody is called; an account that is gone is nobody."""
    return str(user.get_full_name() or user.get_username()) if user else "någon"


def clock(moment: datetime) -> str:
    """``1 mars 2018 kl. 15.06`` in the site's time zone."""
    return format_datetime(timezone.localtime(moment))


def begun(text: str, most: int = 160) -> str:
    """The text on one line, cut at a word when it is long."""
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"
