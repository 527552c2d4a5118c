"""Files on their way in that wait for the user: questions, a plan, something to mend, work that broke off."""

from typing import TYPE_CHECKING

from django.db.models import Q

from comparisons.desk.worklist.kinds import NOTHING, Action, Found, Item, clock, gather
from comparisons.intake import work
from comparisons.models import Intake

if TYPE_CHECKING:
    from boras_site.accounts.models import User

State = Intake.State
#: What is said of each state, and the one thing to do.
_SAID = {
    State.ASKING: ("Filen har ord som du behöver förklara.", "Svara"),
    State.FAULTY: ("Något i filen behöver rättas. Inget är sparat.", "Se vad"),
    State.PLANNED: ("Läst. Inget är sparat än.", "Läs igenom"),
    State.FAILED: ("Det gick inte att läsa in. Inget är sparat.", "Se varför"),
}
_BROKEN_OFF = "Arbetet avbröts innan det var klart. Inget är sparat."
_FORSAKEN = "Ingen arbetar med det. Säg till den som sköter webbplatsen."


def intakes(user: "User", most: int) -> Found:
    """The user's own files that wait for her or that nobody works on, the newest first."""
    if not user.has_perm("comparisons.add_release"):
        return NOTHING
    hers = Intake.objects.filter(created_by=user).defer(*Intake.LONG)
    forsaken = {one.pk for one in work.forsaken(hers.filter(state__in=Intake.UNDER_WAY))}
    waiting = hers.filter(Q(state__in=Intake.FOR_EDITORS) | Q(pk__in=forsaken))
    return gather(most, (waiting.order_by("-created_at"), _item), newest_first=True)


def _item(intake: Intake) -> Item:
    broken_off = (_BROKEN_OFF if intake.worker else _FORSAKEN, "Se vad som hände")
    why, verb = _SAID.get(State(intake.state), broken_off)
    return Item(
        name=intake.name,
        why=f"{why} Du började {clock(intake.created_at)}.",
        action=Action(verb, intake.get_admin_url()),
        at=intake.created_at,
    )
