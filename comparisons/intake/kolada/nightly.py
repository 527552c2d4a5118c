"""The nightly fetch: a run that nobody watches, whose failure stands on the work list until one succeeds."""

import logging
from collections.abc import Iterable

from django.utils import timezone

from comparisons import ledger
from comparisons.intake.kolada import sync
from comparisons.intake.kolada.client import KoladaError
from comparisons.intake.workers import Progress, myself
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
        # One night's success is enough to remember; what became a release is kept with it.
        ended = Intake.objects.filter(
            kind=Intake.Kind.KOLADA, created_by=None, release=None, state__in=(State.DONE, State.FAILED)
        )
        ended.exclude(pk=intake.pk).delete()

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


def _end(intake: Intake, state: State, told: str) -> None:
    Intake.objects.filter(pk=intake.pk).update(
        state=state, told=told, worker="", beat_at=None, step="", done=0, total=0, finished_at=timezone.now()
    )
