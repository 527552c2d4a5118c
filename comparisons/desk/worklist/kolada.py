"""What the nightly fetch from Kolada has found: new figures, changed KPIs, and that it fails."""

from typing import TYPE_CHECKING, Any

from django.db.models import F, Max, Q
from django.urls import reverse

from comparisons.desk.worklist.kinds import NOTHING, Action, Found, Item, Kind, begun, clock, gather
from comparisons.intake.work import has_stopped
from comparisons.models import Intake, KoladaLink, Release

if TYPE_CHECKING:
    from boras_site.accounts.models import User

State = Intake.State
_MOST_WORDS = 300
_KILLED = "Den avbröts innan den var klar. Inget är sparat."
#: Further back than so many nights nobody asks since when.
_MOST_NIGHTS = 100


def kinds() -> list[Kind]:
    """Hook ``register_work``: what comes of Kolada."""
    return [
        Kind(15, "kolada-fel", "Kolada kan inte hämtas", failing),
        Kind(72, "kolada-siffror", "Nya siffror från Kolada", drafts),
        Kind(74, "kolada-nyckeltal", "Ändrat i Kolada", changed),
    ]


def drafts(user: "User", most: int) -> Found:
    """Drafts that the nightly fetch made: what is revised, and which new periods there are."""
    if not user.has_perm("comparisons.add_release"):
        return NOTHING
    # The newest fetch that led to each draft tells of it.
    newest = (
        _nightly()
        .filter(release__state__in=Release.OPEN, release__created_by=None)
        .values("release")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    found = Intake.objects.filter(pk__in=newest).select_related("release").order_by("release__created_at")
    return gather(most, (found, _draft))


def _draft(intake: Any) -> Item:
    return Item(
        name=intake.release.title,
        why=begun(intake.told, _MOST_WORDS),
        action=Action("Granska siffrorna", intake.release.get_admin_url()),
        at=intake.release.created_at,
    )


def changed(user: "User", most: int) -> Found:
    """Linked KPIs that are gone, could not be taken in, or are called something else than when picked."""
    if not user.has_perm("comparisons.change_indicator"):
        return NOTHING
    links = (
        KoladaLink.objects.filter(Q(is_gone=True) | ~Q(fault="") | ~Q(title=F("title_now")))
        .select_related("indicator")
        .order_by("-is_gone", "indicator__title")
    )
    return gather(most, (links, _changed))


def _changed(link: KoladaLink) -> Item:
    if link.is_gone:
        why = f"{link.kpi} {link.title_now} finns inte längre i Kolada. Siffrorna här finns kvar."
    elif link.fault:
        why = f"Siffrorna från {link.kpi} kunde inte tas emot. {link.fault}"
    elif link.ended:
        why = f"Kolada slutade med {link.kpi} {link.ended}: {link.title} heter nu {link.title_now}."
    else:
        why = f"{link.kpi} har bytt namn i Kolada, från {link.title} till {link.title_now}."
    return Item(
        name=str(link.indicator),
        why=why,
        action=Action("Öppna", reverse("kolada", args=[link.indicator_id])),
    )


def failing(user: "User", most: int) -> Found:
    """That the nightly fetch fails, and since when; nothing once it has succeeded.

    A fetch of a few indicators says nothing of the whole night. One that was killed has failed.
    """
    if not user.has_perm("comparisons.add_release"):
        return NOTHING
    failed: list[Intake] = []
    for intake in _nightly().filter(answers={}).order_by("-created_at", "-pk")[:_MOST_NIGHTS]:
        if intake.state == State.FAILED or has_stopped(intake):
            failed.append(intake)
        elif intake.state not in Intake.UNDER_WAY:
            break
    if not failed:
        return NOTHING
    last, first = failed[0], failed[-1]
    told = last.told if last.state == State.FAILED else _KILLED
    return Found(
        1,
        [
            Item(
                name="Hämtningen varje natt",
                why=f"Har misslyckats sedan {clock(first.created_at)}. {told}",
                action=Action("Se vad som hände", last.get_admin_url()),
                at=first.created_at,
            )
        ],
    )


def _nightly() -> Any:
    """Fetches that nobody asked for."""
    return Intake.objects.filter(kind=Intake.Kind.KOLADA, created_by=None).defer(*Intake.LONG)
