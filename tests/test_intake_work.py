"""Work in the background: claimed once, told, all or nothing, and noticed when whoever does it dies."""

import logging
import os
import signal
import socket
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from comparisons import ledger, rules
from comparisons.intake import apply, work, workers
from comparisons.models import Indicator, Intake, Release, StagedFigure
from tests import factories, intakes
from tests.at_once import AtOnce

pytestmark = pytest.mark.django_db
State = Intake.State
FIGURE = "Våldsbrott;Borås;2017;10,4"


@pytest.fixture
def planned() -> Intake:
    """A file with one new figure, read and planned."""
    intakes.crime()
    intake = intakes.taken_in(intakes.csv(FIGURE))
    assert intake.state == State.PLANNED, intake.told
    return intake


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch, planned: Intake) -> list[int]:
    """From when it is planned on, nothing that is put down is done; the primary keys of what is."""
    put_down: list[int] = []
    for name in ("plan_intake", "apply_intake"):
        task = getattr(work, name)

        class Later:
            call = task.call

            @staticmethod
            def enqueue(pk: int) -> None:
                put_down.append(pk)

        monkeypatch.setattr(work, name, Later)
    return put_down


def saving(planned: Intake) -> Intake:
    """The intake after somebody pressed the button."""
    assert work.save_as_draft(planned, title="Årets siffror", reason="", user=factories.user())
    return intakes.again(planned)


def dead() -> str:
    """A worker on this host that has ended."""
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True)
    return f"{socket.gethostname()[:60]}:{int(ended.stdout)}:1"


def stand(intake: Intake, **fields: Any) -> Intake:
    Intake.objects.filter(pk=intake.pk).update(**fields)
    return intakes.again(intake)


# --- From the file to the draft ------------------------------------------------------------------


def test_a_file_is_planned_and_saved_and_then_let_go_of(planned: Intake) -> None:
    assert planned.plan["new"] == 1 and not Release.objects.exists()
    done = saving(planned)
    assert (done.state, done.worker, done.beat_at, done.content) == (State.DONE, "", None, None)
    assert done.release is not None and done.finished_at is not None
    assert (done.release.title, done.release.reason) == ("Årets siffror", "Nya siffror.")
    assert done.release.created_by == done.saved_by
    assert [str(figure.value) for figure in done.release.staged.all()] == ["10.40000000"]


def test_a_plan_that_is_no_longer_true_is_shown_again_and_never_saved(
    later: list[int], planned: Intake
) -> None:
    pressed = saving(planned)
    factories.publish(factories.staged_figure(Indicator.objects.get(), "9.9"))
    work.apply_intake.call(pressed.pk)
    shown = intakes.again(pressed)
    assert (shown.state, shown.told, shown.worker) == (State.PLANNED, work.MOVED, "")
    assert (shown.plan["new"], shown.plan["changed"]) == (0, 1)
    assert not StagedFigure.objects.exists() and shown.release is None


def test_what_was_published_meanwhile_with_the_same_words_leaves_nothing_to_do(
    later: list[int], planned: Intake
) -> None:
    pressed = saving(planned)
    factories.publish(factories.staged_figure(Indicator.objects.get(), "10.4"))
    work.apply_intake.call(pressed.pk)
    done = intakes.again(pressed)
    assert done.state == State.DONE and done.told.startswith("Inget att göra")
    assert done.content is None and done.release is None


# --- Faults --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fault",
    [ledger.NotReady("Vänta en stund."), rules.BrokenRules([]), work.Unreadable("Filen är tom.")],
    ids=lambda fault: type(fault).__name__,
)
def test_an_expected_fault_is_told_as_it_stands(
    monkeypatch: pytest.MonkeyPatch, planned: Intake, fault: Exception, caplog: Any
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise fault

    monkeypatch.setattr(apply, "stage_as_draft", fail)
    failed = saving(planned)
    assert (failed.state, failed.told, failed.worker) == (State.FAILED, str(fault), "")
    assert failed.content is not None and not Release.objects.exists()
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_an_unexpected_fault_is_logged_with_its_traceback_and_told_in_swedish(
    monkeypatch: pytest.MonkeyPatch, planned: Intake, caplog: Any
) -> None:
    staged = apply.stage_as_draft

    def fail(*args: Any, **kwargs: Any) -> None:
        staged(*args, **kwargs)
        raise ZeroDivisionError("at the last moment")

    monkeypatch.setattr(apply, "stage_as_draft", fail)
    failed = saving(planned)
    assert (failed.state, failed.told) == (State.FAILED, work.UNEXPECTED)
    assert not Release.objects.exists() and not StagedFigure.objects.exists() and failed.release is None
    assert "ZeroDivisionError: at the last moment" in caplog.text
    monkeypatch.setattr(apply, "stage_as_draft", staged)
    assert work.run_again(failed)
    assert intakes.again(failed).state == State.PLANNED


# --- Several at once -----------------------------------------------------------------------------


def test_an_intake_is_worked_on_by_one(later: list[int], planned: Intake, monkeypatch: Any) -> None:
    pressed = stand(saving(planned), worker=workers.myself())
    monkeypatch.setattr(work, "_save", lambda *_: pytest.fail("somebody else has it"))
    work.apply_intake.call(pressed.pk)
    work.plan_intake.call(pressed.pk)
    assert intakes.again(pressed).state == State.SAVING


def test_one_who_was_taken_for_dead_saves_nothing_when_it_wakes(
    later: list[int], planned: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed, staged = saving(planned), apply.stage_as_draft

    def late(intake: Intake, *args: Any, **kwargs: Any) -> Any:
        release = staged(intake, *args, **kwargs)
        Intake.objects.filter(pk=intake.pk).update(worker="elsewhere:1:1")
        return release

    monkeypatch.setattr(apply, "stage_as_draft", late)
    work.apply_intake.call(pressed.pk)
    assert not Release.objects.exists() and not StagedFigure.objects.exists()
    assert intakes.again(pressed).release is None


@pytest.mark.django_db(transaction=True)
def test_two_editors_press_save_at_once_and_one_draft_is_made(at_once: AtOnce, planned: Intake) -> None:
    users = [factories.user(), factories.user()]

    def press(number: int) -> bool:
        return work.save_as_draft(planned, title=f"Av {number}", reason="", user=users[number])

    assert sorted(at_once(lambda: press(0), lambda: press(1))) == [False, True]
    (count,) = at_once(lambda: (Release.objects.count(), StagedFigure.objects.count()))
    assert count == (1, 1)


# --- Whoever works dies --------------------------------------------------------------------------


def test_a_process_that_has_ended_is_dead_at_once_and_one_that_lives_is_not() -> None:
    now = timezone.now()
    assert not workers.is_dead(workers.myself(), now)
    assert workers.is_dead(dead(), now)


def test_a_process_that_was_given_the_number_of_another_is_not_that_one() -> None:
    host, process, began = workers.myself().rsplit(":", 2)
    assert workers.is_dead(f"{host}:{process}:{int(began) - 1}", timezone.now())


def test_a_killed_process_that_nobody_has_asked_for_is_dead() -> None:
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    worker = f"{socket.gethostname()[:60]}:{sleeper.pid}:{workers._began(sleeper.pid)}"
    assert not workers.is_dead(worker, timezone.now())
    os.kill(sleeper.pid, signal.SIGKILL)
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)
    assert workers.is_dead(worker, timezone.now())
    sleeper.wait()


@pytest.mark.parametrize(("minutes", "is_dead"), [(1, False), (11, True)])
def test_elsewhere_a_worker_is_dead_when_it_has_been_silent(minutes: int, is_dead: bool) -> None:
    spoke = timezone.now() - timedelta(minutes=minutes)
    assert workers.is_dead("another.example.se:1:1", spoke) is is_dead


@pytest.mark.parametrize("state", [State.READING, State.SAVING])
def test_what_a_dead_worker_left_is_run_again_from_where_it_stood(
    later: list[int], planned: Intake, state: str
) -> None:
    left = stand(planned, state=state, worker=dead(), beat_at=timezone.now())
    assert work.has_stopped(left) and work.may_run_again(left)
    assert work.run_again(left)
    begun = intakes.again(left)
    assert begun.worker == "" and begun.state == (State.SAVING if state == State.SAVING else State.WAITING)
    assert later == [left.pk]
    assert not work.run_again(left), "the second editor is too late"


def test_what_somebody_works_on_is_neither_run_again_nor_thrown_away(
    later: list[int], planned: Intake
) -> None:
    at_work = stand(planned, state=State.READING, worker=workers.myself(), beat_at=timezone.now())
    assert not work.run_again(at_work) and not work.throw_away(at_work)
    assert later == [] and Intake.objects.exists()


def test_one_that_waits_for_long_is_forsaken_unless_a_worker_is_busy(planned: Intake) -> None:
    waiting = stand(planned, state=State.WAITING, beat_at=timezone.now())
    assert not work.forsaken([waiting])
    waiting = stand(planned, state=State.WAITING, beat_at=timezone.now() - timedelta(minutes=1))
    assert work.forsaken([waiting]) == [waiting]
    other = Intake.objects.create(
        kind="file", name="annan.csv", state=State.READING, worker=workers.myself(), beat_at=timezone.now()
    )
    assert not work.forsaken([waiting])
    stand(other, worker=dead())
    assert work.forsaken([waiting]) == [waiting]


# --- Progress ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_progress_is_told_once_a_second_and_when_a_step_begins(monkeypatch: Any, planned: Intake) -> None:
    mine = stand(planned, state=State.READING, worker=workers.myself())
    clock = [100.0]
    monkeypatch.setattr(workers, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    with workers.Progress(mine.pk, mine.worker) as progress:
        progress.begin("Läser filen", 1000)
        told = [intakes.again(mine).done]
        for after, done in ((0.5, 10), (0.4, 20), (0.2, 30)):
            clock[0] += after
            progress.at(done)
            told.append(intakes.again(mine).done)
        progress.at(1000)
        told.append(intakes.again(mine).done)
    assert told == [0, 0, 0, 30, 1000]
    assert (intakes.again(mine).step, intakes.again(mine).total) == ("Läser filen", 1000)


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_draft_is_being_saved(
    at_once: AtOnce, later: list[int], planned: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed, staged, seen = saving(planned), apply.stage_as_draft, []

    def look() -> None:
        seen.append(Intake.objects.values_list("step", "done").get(pk=pressed.pk))

    def watched(*args: Any, on_progress: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(workers, "_BEAT", 0)
        on_progress(1)
        if connection.vendor == "postgresql":
            at_once(look)  # from another connection, in the middle of the transaction
        else:
            look()
        return staged(*args, on_progress=on_progress, **kwargs)

    monkeypatch.setattr(apply, "stage_as_draft", watched)
    work.apply_intake.call(pressed.pk)
    assert seen == [("Sparar utkastet", 1 if connection.vendor == "postgresql" else 0)]
    assert intakes.again(pressed).state == State.DONE
