"""The nightly fetch: a run that nobody watches, whose failure stands on the work list until one succeeds."""

import logging
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from comparisons import ledger
from comparisons.intake.kolada import sync
from comparisons.intake.kolada.client import KoladaError
from comparisons.intake.workers import Progress, is_dead, myself
from comparisons.models import Intake

logger = logging.getLogger(__name__)
State = Intake.State

UNEXPECTED = "Något gick fel hos oss när siffrorna skulle tas emot. Inget är sparat. Felet står i loggen."


def nightly(indicators: Iterable[int] = ()) -> Intake:
    """Fetch all that is linked, or these indicators. The intake that comes back is done or failed."""
    intake = sync.waiting(sync.NIGHTLY, indicators)
    intake.state, intake.worker = State.READING, myself()
    intake.save(update_fields=["state", "worker"])

    def finish(told: str) -> None:
        _end(intake, State.DONE, told)
        if not intake.answers:  # a few indicators say nothing of how the whole night went
            _forget_earlier(intake)

    with Progress(intake.pk, intake.worker) as progress:
        try:
            sync.run(intake, progress=progress, finish=finish)
        except (KoladaError, ledger.LedgerError) as error:
            logger.error("figures could not be fetched from Kolada: %s", error)
            _end(intake, State.FAILED, str(error))
        except Exception:
            logger.exception("figures could not be fetched from Kolada")
            _end(intake, State.FAILED, UNEXPECTED)
    intake.refresh_from_db()
    return intake


def _forget_earlier(intake: Intake) -> None:
    """One night's success is enough to remember; what became a release is kept with it."""
    earlier = Intake.objects.filter(kind=Intake.Kind.KOLADA, created_by=None, release=None)
    earlier = earlier.exclude(pk=intake.pk)
    killed = [
        pk
        for pk, worker, beat_at in earlier.filter(state=State.READING)
        .exclude(worker="")
        .values_list("pk", "worker", "beat_at")
        if is_dead(worker, beat_at)
    ]
    earlier.filter(Q(state__in=(State.DONE, State.FAILED)) | Q(pk__in=killed)).delete()


def _end(intake: Intake, state: State, told: str) -> None:
    Intake.objects.filter(pk=intake.pk).update(
        state=state, told=told, worker="", beat_at=None, step="", done=0, total=0, finished_at=timezone.now()
    )
