"""A sheet is saved into a draft: all of it or nothing, and never over what somebody else has written.

Every cell comes with the name of the state that the editor saw (its token). Where that is no longer
the state, nothing is saved, and she is shown what the other one wrote and asked which to keep.
Saves wait for each other and for publications, on the one lock that publishing takes too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from comparisons import ledger, rules
from comparisons.desk.sheets.cells import SheetCell
from comparisons.desk.sheets.entries import Entry, Sheetful, Verdict
from comparisons.desk.sheets.keys import CellKey
from comparisons.models import Indicator, Release
from comparisons.models.observations import Figure
from comparisons.releases import NEW_FIGURES, OWED_REASON, owes_reason
from comparisons.svenska import count_of

if TYPE_CHECKING:
    from boras_site.accounts.models import User


@dataclass(frozen=True)
class Conflict:
    """A cell that somebody else changed after the editor had opened the sheet.

    ``theirs`` is the cell as it stands now, and ``beside`` its details in words where they are part of
    the question; ``locked`` says where it waits when it cannot be changed from here.
    """

    key: CellKey
    name: str
    mine: str
    theirs: SheetCell
    beside: str
    who: str
    when: datetime | None
    locked: str


@dataclass(frozen=True)
class Draft:
    """The words of a release as she has them, and as she was given them."""

    title: str = ""
    reason: str = ""
    seen_title: str = ""
    seen_reason: str = ""


@dataclass
class Refused(Exception):
    """Nothing was saved. Which of the lists is filled says why.

    ``reason`` is a sentence about the reason she wrote. ``release`` is the draft that her cells go into,
    and ``seen_title`` and ``seen_reason`` are its words as far as she has been given them.
    """

    message: str
    verdicts: dict[CellKey, Verdict] = field(default_factory=dict)
    conflicts: Sequence[Conflict] = ()
    reason: str = ""
    release: Release | None = None
    seen_title: str = ""
    seen_reason: str = ""


@dataclass(frozen=True)
class Saved:
    """The draft that holds the figures, or None when nothing differs from what is published."""

    release: Release | None
    is_new: bool = False


@transaction.atomic
def save(entries: Iterable[Entry], *, release_id: int | None, draft: Draft, user: "User") -> Saved:
    """Put the cells into the draft ``release_id``, or a new one. Raises Refused, and then saves nothing."""
    ledger.wait_for_turn()
    sheetful = Sheetful(entries, _open(release_id))
    if not sheetful.entries:
        raise Refused("Du har inte ändrat någon siffra.")
    sheetful.release = sheetful.release or _to_join(sheetful)
    release = sheetful.release
    _refuse_conflicts(sheetful, draft)
    _refuse_what_is_wrong(sheetful)
    _refuse_an_open_question(sheetful.indicators.values())
    is_new = release is None
    if release is None:
        release = Release.objects.create(title=_title(draft, sheetful), reason=NEW_FIGURES, created_by=user)
    try:
        number = ledger.stage(release, sheetful.settled().values())
    except (rules.BrokenRules, ledger.LedgerError) as error:
        raise Refused(f"Inget är sparat. {error}") from error
    if number == 0 and not release.members.exists():
        release.delete()
        return Saved(None)
    _note(release, draft, is_new=is_new)
    log(release, "comparisons.release.edit", user=user)
    return Saved(release, is_new)


def _open(pk: int | None) -> Release | None:
    """The draft, which nobody submits or throws away while it is saved into; None when it is no draft."""
    if pk is None:
        return None
    return Release.objects.select_for_update().filter(pk=pk, state__in=Release.OPEN).first()


def _to_join(sheetful: Sheetful) -> Release | None:
    """The newest draft that holds some of the cells, for an editor who has none, as a sheet opens in it."""
    drafts = {
        figure.release_id
        for key, figure in sheetful.states.staged.items()
        if key in sheetful.entries and figure.release.state in Release.OPEN
    }
    return _open(max(drafts, default=None))


def _refuse_conflicts(sheetful: Sheetful, draft: Draft) -> None:
    """Nothing goes over what somebody else has written, figure or word, before she has been shown it."""
    release, conflicts = sheetful.release, list(_conflicts(sheetful))
    messages, reason, seen_title, seen_reason = [], "", draft.seen_title, draft.seen_reason
    if conflicts:
        messages.append("Någon annan har ändrat medan du skrev. Välj vad som ska gälla, och spara igen.")
    if release and draft.title.strip() and _is_contested(release.title, draft.title, draft.seen_title):
        seen_title = release.title
        messages.append(
            f"Någon annan har döpt utkastet till ”{release.title}”. Spara igen om din rubrik ska gälla."
        )
    said = release.reason if release and release.reason != NEW_FIGURES else draft.reason
    if _is_contested(said, draft.reason, draft.seen_reason):
        seen_reason = said
        messages.append("Någon annan har skrivit en annan anledning.")
        reason = f"Det står nu: ”{said}” Skriv en anledning som gäller båda."
    if messages:
        raise Refused(
            " ".join(["Inget är sparat.", *messages]),
            conflicts=conflicts,
            reason=reason,
            release=release,
            seen_title=seen_title,
            seen_reason=seen_reason,
        )


def _conflicts(sheetful: Sheetful) -> Iterable[Conflict]:
    states, here = sheetful.states, sheetful.release
    touched: dict[int, tuple[str, datetime | None]] = {}
    for key, entry in sheetful.entries.items():
        theirs = states.cell(key, sheetful.terms, here)
        unseen = theirs.token != entry.token
        same = theirs.text == entry.text
        if theirs.locked is None and (not unseen or (same and entry.has_no_details)):
            continue
        holder = states.staged.get(key) or states.live.get(key)
        if holder and holder.release_id not in touched:
            touched[holder.release_id] = _who(holder.release)
        who, when = touched[holder.release_id] if holder else ("", None)
        yield Conflict(
            key=key,
            name=sheetful.name(key),
            mine=entry.text,
            theirs=theirs,
            beside=_details(holder) if holder and unseen and (same or not entry.has_no_details) else "",
            who=who,
            when=when,
            locked=str(theirs.locked or ""),
        )


def _details(figure: Figure) -> str:
    """What is said beside a figure: ``preliminär, antal bakom värdet 290, källa Brå``."""
    parts = ["preliminär"] if figure.preliminary else ["inte preliminär"]
    if figure.n is not None:
        parts.append(f"antal bakom värdet {figure.n}")
    return ", ".join([*parts, f"källa {figure.source}"])


def _is_contested(now: str, mine: str, seen: str) -> bool:
    """Whether she has written something else than she was given, and so has somebody else."""
    theirs, written, given = (" ".join(text.split()) for text in (now, mine, seen))
    return written != given and theirs not in (given, written)


def _who(release: Release) -> tuple[str, datetime | None]:
    """Who last touched a release, and when."""
    entry = ModelLogEntry.objects.for_instance(release).select_related("user").order_by("-timestamp").first()
    if entry is None:
        return "", release.published_at or release.created_at
    return (str(entry.user.get_full_name() or entry.user) if entry.user else ""), entry.timestamp


def _refuse_what_is_wrong(sheetful: Sheetful) -> None:
    verdicts = sheetful.verdicts
    wrong = {key: verdict for key, verdict in verdicts.items() if verdict.error}
    if wrong:
        raise Refused(
            f"Inget är sparat. {count_of(len(wrong), 'ruta behöver', 'rutor behöver')} rättas.", wrong
        )
    # Nothing is kept that was not shown: the cell says what will be saved before it is.
    other = {key: verdict for key, verdict in verdicts.items() if verdict.text != sheetful.entries[key].text}
    if other:
        raise Refused(
            "Inget är sparat än. Så här förstår vi det du skrev: kontrollera rutorna och spara igen.",
            other,
        )
    unexplained = {
        key: verdicts[key]
        for key, figure in sheetful.settled().items()
        if verdicts[key].warning and not figure.overruled
    }
    if unexplained:
        raise Refused(
            f"Inget är sparat. {count_of(len(unexplained), 'siffra', 'siffror')} ser ut som ett misstag. "
            "Rätta, eller skriv varför det stämmer.",
            unexplained,
        )


def _refuse_an_open_question(indicators: Iterable[Indicator]) -> None:
    """No figure while a draft of the indicator says that figures mean something else."""
    for indicator in indicators:
        if not indicator.has_unpublished_changes:
            continue
        drafted = indicator.get_latest_revision_as_object()
        if any(getattr(drafted, name) != getattr(indicator, name) for name in Indicator.MEANING):
            raise Refused(
                f"Inget är sparat. Värdetyp, enhet eller skala för ”{indicator}” är ändrad i ett utkast. "
                "Publicera nyckeltalet, eller ta bort ändringen, innan du lägger in siffror."
            )


def _title(draft: Draft, sheetful: Sheetful) -> str:
    names = [str(indicator) for indicator in sheetful.indicators.values()]
    title = draft.title.strip() or (names[0] if len(names) == 1 else f"{len(names)} nyckeltal")
    return title[: Release.TITLE_LENGTH]


def _note(release: Release, draft: Draft, *, is_new: bool) -> None:
    """Keep the words she changed. Raises Refused when readers are owed a reason and there is none."""
    title, reason = draft.title.strip(), draft.reason.strip()
    if title and (is_new or title != draft.seen_title.strip()):
        release.title = title[: Release.TITLE_LENGTH]
    if is_new or reason.split() != draft.seen_reason.split():
        release.reason = reason or NEW_FIGURES
    if owes_reason(release):
        raise Refused("Inget är sparat. Du ändrar siffror som är publicerade.", reason=OWED_REASON)
    release.save(update_fields=["title", "reason"])
