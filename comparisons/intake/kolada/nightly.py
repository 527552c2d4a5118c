"""The nightly fetch: a run that nobody watches, whose failure stands on the work list until one succeeds."""

import logging
from collections.abc import Iterable
from contextlib import suppress

from django.db.models import Q
from django.utils import timezone

from comparisons import ledger
from comparisons.intake.kolada import sync
from comparisons.intake.kolada.client import KoladaError
from comparisons.intake.workers import Progress, Superseded, is_dead, let_go, myself
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
        let_go(intake, state=State.DONE, told=told, finished_at=timezone.now())
        if not intake.answers:  # a few indicators say nothing of how the whole night went
            _forget_earlier(intake)

    with Progress(intake.pk, intake.worker) as progress:
        try:
            sync.run(intake, progress=progress, finish=finish)
        except Superseded:
            logger.warning("intake %s: another worker has taken over, nothing is saved", intake.pk)
        except (KoladaError, ledger.LedgerError) as error:
            logger.error("figures could not be fetched from Kolada: %s", error)
            _failed(intake, str(error))
        except Exception:
            logger.exception("figures could not be fetched from Kolada")
            _failed(intake, UNEXPECTED)
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


def _failed(intake: Intake, told: str) -> None:
    with suppress(Superseded):
        let_go(intake, state=State.FAILED, told=told, finished_at=timezone.now())
