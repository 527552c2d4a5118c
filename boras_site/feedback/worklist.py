"""The readers' answers on the work list: what somebody has written and nobody has ticked off."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from boras_site.feedback.models import Feedback, Kind
from comparisons.desk.worklist import kinds
from comparisons.desk.worklist.kinds import NOTHING, Action, Found, Item, begun, clock, gather

if TYPE_CHECKING:
    from boras_site.accounts.models import User

CHANGE, VIEW = "feedback.change_feedback", "feedback.view_feedback"


def work() -> list[kinds.Kind]:
    """Hook ``register_work``: the readers' answers."""
    return [kinds.Kind(100, "svar", "Läsarna har skrivit", unhandled)]


def unhandled(user: "User", most: int) -> Found:
    """Reported faults, and answers with words in them, that nobody has ticked off, the oldest first.

    A bare yes or no asks nothing of anybody.
    """
    if not (user.has_perm(CHANGE) or user.has_perm(VIEW)):
        return NOTHING
    view = "edit" if user.has_perm(CHANGE) else "inspect"
    written = Feedback.objects.filter(Q(kind=Kind.FAULT) | ~Q(message=""), handled=False)

    def item(feedback: Feedback) -> Item:
        where = f" om {feedback.page}" if feedback.page else ""
        return Item(
            name=f"{feedback.get_kind_display()}{where}",
            why=f"Kom in {clock(feedback.received_at)}: ”{begun(feedback.message)}”",
            action=Action("Läs", reverse(f"wagtailsnippets_feedback_feedback:{view}", args=[feedback.pk])),
            at=feedback.received_at,
        )

    return gather(most, (written.order_by("received_at", "pk"), item))
