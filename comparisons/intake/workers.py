"""Who works on an intake, whether it still lives, and how far it has come.

A worker is told apart from every other by its host, its process and when that process began, for the
system gives the number of a process to another one in time.
"""

import os
import socket
import time
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from django.db import connection
from django.utils import timezone

from comparisons.models import Intake

#: A worker that has said nothing for so long is taken for dead wherever it runs.
SILENCE = timedelta(minutes=10)
#: Seconds between two signs of life.
_BEAT = 1.0
_PROCESSES = Path("/proc")
#: In ``/proc/<process>/stat``, counted from behind the name of the program: its state, and when it began.
_STATE, _BEGAN = 0, 19


def myself() -> str:
    """This process, as ``Intake.worker`` names it: host, process, when it began."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{_began(os.getpid()) or 0}"


def is_dead(worker: str, beat_at: object) -> bool:
    """Whether that worker can no longer be at work: at once on this host, elsewhere by its silence."""
    if beat_at is None or timezone.now() - beat_at > SILENCE:  # type: ignore[operator]
        return True
    host, process, began = worker.rsplit(":", 2)
    return host == socket.gethostname()[:60] and _is_gone(int(process), int(began))


def _is_gone(process: int, began: int) -> bool:
    if (now := _began(process)) is not None:
        return now != began
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False  # somebody else's, and the system hides when it began
    return _PROCESSES.is_dir()  # it has ended, but nobody has asked how: a zombie


def _began(process: int) -> int | None:
    """When a process began, in ticks of its system; None when it has ended or cannot be seen."""
    try:
        told = (_PROCESSES / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if told[_STATE] == "Z" else int(told[_BEGAN])


class Superseded(Exception):
    """Somebody else has the intake now."""


def let_go(intake: Intake, **fields: Any) -> None:
    """Put down what came of the intake, as the last that its worker does.

    Raises Superseded when it is not the worker's any more, who was taken for dead.
    """
    mine = Intake.objects.filter(pk=intake.pk, worker=intake.worker, state=intake.state)
    nothing: dict[str, Any] = {"worker": "", "beat_at": None, "step": "", "done": 0, "total": 0}
    if not mine.update(**nothing | fields):
        raise Superseded


class Progress:
    """Tells how far an intake has come, at most once a second, also from inside a transaction.

    There, PostgreSQL is told over a second connection, which never waits for a lock. SQLite lets nobody
    else write meanwhile, so there the last words before the transaction stand until it ends; a worker
    with SQLite is on the same host, and known to be alive by its process.
    """

    def __init__(self, pk: int, worker: str) -> None:
        self._pk, self._worker = pk, worker
        self._step, self._total, self._told_at = "", 0, 0.0
        self._second = connection.copy() if connection.vendor == "postgresql" else None

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *raised: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Let go of the second connection."""
        if self._second is not None:
            self._second.close()

    def begin(self, step: str, total: int = 0) -> None:
        """Another step, of ``total`` figures or rows if that is known. Told at once."""
        self._step, self._total, self._told_at = step, total, 0.0
        self.at(0)

    def at(self, done: int) -> None:
        """So far within the step."""
        if time.monotonic() - self._told_at < _BEAT and done < self._total:
            return
        self._told_at = time.monotonic()
        if not connection.in_atomic_block:
            Intake.objects.filter(pk=self._pk, worker=self._worker).update(
                step=self._step, done=done, total=self._total, beat_at=timezone.now()
            )
        elif self._second is not None:
            table = Intake._meta.db_table
            with self._second.cursor() as cursor:
                cursor.execute(
                    f"UPDATE {table} SET step = %s, done = %s, total = %s, beat_at = %s WHERE id = "
                    f"(SELECT id FROM {table} WHERE id = %s AND worker = %s FOR UPDATE SKIP LOCKED)",
                    [self._step, done, self._total, timezone.now(), self._pk, self._worker],
                )
