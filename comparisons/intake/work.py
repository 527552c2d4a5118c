"""Intakes worked on in the background: read and planned, then saved as a draft; and again when it broke off.

A step begins by one query that only one worker gets a row from, and ends by one that only the worker that
still has it gets one from. So nothing is done twice at once, and a worker that was taken for dead saves
nothing when it wakes. What is saved, and that it is saved, is one transaction.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from comparisons import ledger, rules
from comparisons.intake import apply, memory
from comparisons.intake.kolada import sync
from comparisons.intake.kolada.client import KoladaError
from comparisons.intake.opening import Unreadable, open_file
from comparisons.intake.plan import Plan, make_plan
from comparisons.intake.reading import understand
from comparisons.intake.understood import Understood
from comparisons.intake.workers import Progress, Superseded, is_dead, let_go, myself
from comparisons.loading import Entry
from comparisons.models import Intake, RememberedName
from comparisons.releases import NEW_FIGURES
from comparisons.svenska import count_of

if TYPE_CHECKING:
    from boras_site.accounts.models import User

logger = logging.getLogger(__name__)
State = Intake.State

BACKEND = "intake"
#: How long an intake waits before its screen says that nobody is at work.
PATIENCE = timedelta(seconds=30)
#: What is wrong with the file or the figures, and told as it stands. All else is a fault of ours.
EXPECTED = (Unreadable, rules.BrokenRules, ledger.LedgerError, KoladaError)
UNEXPECTED = (
    "Något gick fel hos oss, och inget är sparat. Kör igen. Blir det likadant en gång till: säg till den som "
    "sköter webbplatsen, och spara filen så att felet går att hitta."
)
MOVED = (
    "Publicerade siffror har ändrats sedan planen gjordes. Inget är sparat. Här är den nya planen: läs "
    "igenom den och spara sedan."
)

NOTHING_READ = (
    "Inget i filen läses in, så det finns inget att spara. Längre ner står vad som hoppas över. Blev det fel "
    "väljer du Svara om på frågorna."
)
#: So many sentences on what is left out are told of a file that says nothing new.
MOST_IGNORED = 10
#: Where it stands when an editor may take her answers back.
MAY_ASK_AGAIN = (State.ASKING, State.PLANNED, State.FAULTY)

Fields = dict[str, Any]


# --- The desk's side -----------------------------------------------------------------------------


def take_in(name: str, content: bytes, user: "User") -> Intake:
    """An uploaded file, waiting for a worker. It takes the place of her faulty one of the same name."""
    Intake.objects.filter(
        kind=Intake.Kind.FILE, name=name[-255:], created_by=user, state__in=(State.FAULTY, State.FAILED)
    ).delete()
    intake = Intake.objects.create(
        kind=Intake.Kind.FILE,
        name=name[-255:],
        content=content,
        created_by=user,
        beat_at=timezone.now(),
    )
    plan_intake.enqueue(intake.pk)
    return intake


def answer(intake: Intake, answers: Fields, user: "User") -> bool:
    """Remember what the editor said, and plan again. False when the intake no longer asks."""
    with transaction.atomic():
        mine = Intake.objects.filter(pk=intake.pk, state=State.ASKING)
        if not mine.update(state=State.WAITING, beat_at=timezone.now(), questions=[], plan={}, told=""):
            return False
        row = Intake.objects.only("answers").get(pk=intake.pk)
        row.answers |= answers
        row.save(update_fields=["answers"])
        memory.remember(answers, user)
    plan_intake.enqueue(intake.pk)
    return True


def ask_again(intake: Intake) -> bool:
    """Forget what was answered about the names of this file, and ask. False when somebody else was first."""
    with transaction.atomic():
        mine = Intake.objects.filter(pk=intake.pk, state__in=MAY_ASK_AGAIN)
        if not mine.update(
            state=State.WAITING, beat_at=timezone.now(), questions=[], plan={}, told="", answers={}
        ):
            return False
        for key in intake.answers:
            kind, _, written = key.partition(":")
            RememberedName.objects.filter(kind=kind, written=written).delete()
    plan_intake.enqueue(intake.pk)
    return True


def save_as_draft(intake: Intake, *, title: str, reason: str, user: "User") -> bool:
    """Have what was planned saved. False when it is no longer planned: somebody else was first."""
    mine = Intake.objects.filter(
        pk=intake.pk, state=State.PLANNED, plan__fingerprint=intake.plan.get("fingerprint")
    )
    if not mine.update(
        state=State.SAVING,
        worker="",
        beat_at=timezone.now(),
        title=title,
        reason=reason,
        saved_by=user,
        told="",
    ):
        return False
    apply_intake.enqueue(intake.pk)
    return True


def run_again(intake: Intake) -> bool:
    """Begin again with what broke off, failed or was faulty. False when it is being worked on, or done."""
    if not may_run_again(intake):
        return False
    saving = intake.state == State.SAVING
    mine = Intake.objects.filter(
        pk=intake.pk, state=intake.state, worker=intake.worker, beat_at=intake.beat_at
    )
    begun: Fields = {"worker": "", "beat_at": timezone.now(), "told": "", "step": "", "done": 0, "total": 0}
    if not saving:
        begun |= {"state": State.WAITING, "questions": [], "plan": {}}
    if not mine.update(**begun):
        return False
    (apply_intake if saving else plan_intake).enqueue(intake.pk)
    return True


def may_run_again(intake: Intake) -> bool:
    """Whether nobody is at work on it though somebody should be, or it came to nothing."""
    return intake.state in (State.FAILED, State.FAULTY) or bool(forsaken([intake]))


def throw_away(intake: Intake) -> bool:
    """Take it away with the file. False when somebody is at work on it, or it is done and remembered."""
    if intake.state == State.DONE or (intake.worker and not has_stopped(intake)):
        return False
    mine = Intake.objects.filter(
        pk=intake.pk, state=intake.state, worker=intake.worker, beat_at=intake.beat_at
    )
    return bool(mine.delete()[0])


def has_stopped(intake: Intake) -> bool:
    """Whether its worker died."""
    return bool(intake.state in Intake.UNDER_WAY and intake.worker and is_dead(intake.worker, intake.beat_at))


def forsaken(intakes: Iterable[Intake]) -> list[Intake]:
    """Those of the intakes that nobody is at work on though somebody should be. A query at most.

    One that waits is forsaken when it has waited for long, and no worker is busy with another.
    """
    found, waiting = [], []
    for intake in intakes:
        if intake.state not in Intake.UNDER_WAY:
            continue
        if intake.worker and has_stopped(intake):
            found.append(intake)
        elif not intake.worker and (not intake.beat_at or timezone.now() - intake.beat_at > PATIENCE):
            waiting.append(intake)
    return found + waiting if waiting and not _somebody_is_busy() else found


def _somebody_is_busy() -> bool:
    at_work = Intake.objects.filter(state__in=Intake.UNDER_WAY).exclude(worker="")
    return any(not is_dead(*one) for one in at_work.values_list("worker", "beat_at"))


# --- The worker's side ---------------------------------------------------------------------------


@task(backend=BACKEND)
def plan_intake(pk: int) -> None:
    """Read the file, and ask, plan, or say what is wrong; or fetch from Kolada."""
    _work(pk, State.WAITING, State.READING, _plan)


@task(backend=BACKEND)
def apply_intake(pk: int) -> None:
    """Save what was planned as a draft, all or nothing."""
    _work(pk, State.SAVING, State.SAVING, _save)


def _work(pk: int, waits_in: str, works_in: str, do: Callable[[Intake, Progress], Fields | None]) -> None:
    """Claim the intake, do the work, and put down what came of it unless that is done already."""
    worker = myself()
    waiting = Intake.objects.filter(pk=pk, state=waits_in, worker="")
    if not waiting.update(state=works_in, worker=worker, beat_at=timezone.now()):
        logger.info("intake %s waits for nobody", pk)
        return
    intake = Intake.objects.select_related("created_by", "saved_by").get(pk=pk)
    with Progress(pk, worker) as progress:
        try:
            came_of_it = do(intake, progress)
        except Superseded:
            logger.warning("intake %s: another worker has taken over, nothing is saved", pk)
            return
        except EXPECTED as error:
            logger.info("intake %s: %s", pk, error)
            came_of_it = {"state": State.FAILED, "told": str(error)}
        except Exception:
            logger.exception("intake %s could not be worked on", pk)
            came_of_it = {"state": State.FAILED, "told": UNEXPECTED}
    if came_of_it is not None:
        try:
            let_go(intake, **came_of_it)
        except Superseded:
            logger.warning("intake %s: another worker has taken over", pk)


def _done(told: str) -> Fields:
    """What is done needs its file no longer."""
    return {
        "state": State.DONE,
        "told": told,
        "finished_at": timezone.now(),
        "content": None,
        "questions": [],
        "plan": {},
    }


class _Answers(dict[str, Fields]):
    """Answers that tell which of them a file needed, so that an editor can take those back."""

    def __init__(self, answers: Mapping[str, Fields]) -> None:
        super().__init__(answers)
        self.used: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        """The answer to a question, if there is one."""
        if key in self:
            self.used.add(key)
        return super().get(key, default)


def _plan(intake: Intake, progress: Progress) -> Fields | None:
    if intake.kind == Intake.Kind.KOLADA:
        _fetch(intake, progress)
        return None
    understood = _understand(intake, progress)
    if understood.questions:
        return _ask(understood)
    progress.begin("Jämför med det som är publicerat", len(understood.entries))
    return _planned(make_plan(understood))


def _understand(intake: Intake, progress: Progress) -> Understood:
    progress.begin("Öppnar filen")
    workbook = open_file(intake.name, bytes(intake.content or b""))
    progress.begin("Läser filen", sum(len(sheet.rows) for sheet in workbook.sheets))
    answers = _Answers(memory.remembered() | intake.answers)
    understood = understand(workbook, answers)
    intake.answers |= {key: answers[key] for key in answers.used}
    Intake.objects.filter(pk=intake.pk, worker=intake.worker).update(answers=intake.answers)
    return understood


def _ask(understood: Understood) -> Fields:
    return {"state": State.ASKING, "questions": [one.to_json() for one in understood.questions], "plan": {}}


def _planned(plan: Plan, told: str = "") -> Fields:
    if not plan.problems and not plan.can_be_applied and not plan.unchanged and plan.ignored:
        told = NOTHING_READ
    elif not plan.problems and not plan.can_be_applied:
        same = count_of(plan.unchanged, "siffra", "siffror")
        said = [f"Inget att göra: filen säger samma sak som det som är publicerat ({same})."]
        # What was not read may be just what is new.
        return _done("\n".join([*said, *plan.ignored[:MOST_IGNORED]]))
    state = State.PLANNED if plan.can_be_applied else State.FAULTY
    return {"state": state, "plan": plan.to_json(), "told": told, "questions": []}


def _save(intake: Intake, progress: Progress) -> Fields | None:
    """Plan once more under the ledger's lock: what she read is what is saved, or she reads it again."""
    understood = _understand(intake, progress)
    if understood.questions:
        return _ask(understood)
    progress.begin("Sparar utkastet", len(understood.entries))
    with transaction.atomic():
        ledger.wait_for_turn()
        plan = make_plan(understood)
        if plan.fingerprint != intake.plan.get("fingerprint"):
            return _planned(plan, told=MOVED)
        made = apply.stage_as_draft(
            intake,
            parts(understood.entries),
            title=intake.title,
            reason=intake.reason or NEW_FIGURES,
            user=intake.saved_by or intake.created_by,
            carried=understood.carried,
            on_progress=progress.at,
        )
        let_go(intake, **_done(_told(made)))
    return None


def _told(made: apply.Staged) -> str:
    if made.release is None:
        return "Inget att göra: filen säger samma sak som det som är publicerat."
    if not made.is_new:
        return (
            f"Siffrorna finns redan i ”{made.release.title}”, så inget nytt utkast behövdes. Rubriken och "
            "anledningen där är som förut."
        )
    return "Siffrorna är sparade i ett utkast. Läsarna ser inget förrän det är granskat och publicerat."


def parts(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The entries an indicator at a time."""
    by_indicator = itemgetter(0)
    for _, of_one in groupby(sorted(entries, key=by_indicator), key=by_indicator):
        yield list(of_one)


def _fetch(intake: Intake, progress: Progress) -> None:
    sync.run(intake, progress=progress, finish=lambda told: let_go(intake, **_done(told)))
