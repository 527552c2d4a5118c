"""One large file, and workers that save it and are killed. What is left is asked of the database."""

import os
import signal
import time
import traceback
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.db.models import QuerySet

from comparisons import releases
from comparisons.intake import memory, work
from comparisons.intake.opening import open_file
from comparisons.intake.reading import understand
from comparisons.models import Intake, Observation, Release, StagedFigure
from tests import factories

State = Intake.State
#: Figures published before, of which the file changes every one.
PUBLISHED = 50
FIRST_YEAR, YEARS, GENDERS = 1990, 27, ("kvinnor", "män", "totalt")


class Trial:
    """A file of ``rows`` figures that is read, planned and about to be saved."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.user = factories.user(is_superuser=True)
        self.content = self._make_file().encode()
        intake = work.take_in("siffror.csv", self.content, self.user)
        self.pk = intake.pk
        work.plan_intake.call(self.pk)
        assert self.intake.state == State.PLANNED, (self.intake.state, self.intake.told, self.intake.plan)
        self.understood = understand(open_file("siffror.csv", self.content), memory.remembered())
        self.plan = self.intake.plan
        self.observations = self._observations()
        self._press_save()

    @property
    def intake(self) -> Intake:
        """As it stands in the database."""
        return Intake.objects.defer("content").get(pk=self.pk)

    def _make_file(self) -> str:
        of_one = 300 * YEARS * len(GENDERS)
        titles = [f"Andel invånare, {number}" for number in range(-(-self.rows // of_one))]
        indicators = [factories.indicator(title) for title in titles]
        areas = [factories.area(f"Kommunen {number}") for number in range(300)]
        factories.publish(
            *(
                factories.staged_figure(indicators[0], "1.5", str(FIRST_YEAR), of_area=area, gender="K")
                for area in areas[:PUBLISHED]
            )
        )
        lines = [
            f"{title};{area.name};{year};{gender};{(year % 90) + 2},5"
            for title in titles
            for area in areas
            for year in range(FIRST_YEAR, FIRST_YEAR + YEARS)
            for gender in GENDERS
        ]
        return "\n".join(["Nyckeltal;Område;Period;Kön;Värde", *lines[: self.rows]])

    def at_every_moment(self, moments: int, chance: Random) -> None:
        """Kill a worker at that many moments, and let the last one finish."""
        began = time.monotonic()
        self._wait(self._fork(self._save))
        takes = time.monotonic() - began
        assert self._all_is_there(), self.intake.told
        print(f"saving {self.rows:,} figures takes {takes:.1f} s", flush=True)
        outcomes = []
        for number in range(moments):
            self._begin_again()
            after = (number + chance.random()) / moments * takes * 1.1
            self._kill(self._fork(self._save), after)
            outcomes.append("all" if self._all_is_there() else "nothing" if self._nothing_is_there() else "")
            print(f"  killed after {after:5.2f} s: {outcomes[-1] or 'SOMETHING'}", flush=True)
            assert outcomes[-1], "half of it was saved"
        assert outcomes.count("nothing") > moments // 2, "the moments missed the work"
        self._begin_again()
        self._wait(self._fork(lambda: work.apply_intake.call(self.pk)))
        assert self._all_is_there(), self.intake.told
        print(f"run again from the file: {self.rows:,} figures in a draft", flush=True)

    # --- Before a moment -------------------------------------------------------------------------

    def _press_save(self) -> None:
        assert work.save_as_draft(self.intake, title="Stor fil", reason="Ny källa.", user=self.user)

    def _begin_again(self) -> None:
        """What broke off is run again as an editor would; what came to its end is made undone."""
        if self.intake.state == State.DONE:
            releases.discard(self._drafts().get())
            again = {"state": State.PLANNED, "plan": self.plan, "content": self.content}
            Intake.objects.filter(pk=self.pk).update(**again)
            self._press_save()
        else:
            # A worker that died before it took the intake is missed when it has waited for long.
            with patch.object(work, "PATIENCE", timedelta(0)):
                assert work.run_again(self.intake), "nobody noticed that the worker died"

    # --- A worker --------------------------------------------------------------------------------

    def _save(self) -> None:
        with patch.object(work, "_understand", lambda *_: self.understood):
            work.apply_intake.call(self.pk)

    def _fork(self, do: Callable[[], None]) -> int:
        """A process of its own that does this and ends."""
        connection.close()
        if child := os.fork():
            return child
        try:
            do()
            connection.close()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)

    def _wait(self, child: int) -> None:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, "the worker failed by itself"

    def _kill(self, child: int, after: float) -> None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if connection.vendor == "postgresql":
            self._await_its_end()

    def _await_its_end(self) -> None:
        """Let PostgreSQL notice that nobody is there any more; a commit under way may still be done."""
        for _ in range(200):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                    "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
                )
                if cursor.fetchone() == (0,):
                    return
            time.sleep(0.05)
        raise AssertionError("what the killed worker asked for is still being done")

    # --- After it --------------------------------------------------------------------------------

    def _drafts(self) -> QuerySet[Release]:
        return Release.objects.filter(published_at=None)

    def _observations(self) -> list[tuple[Any, ...]]:
        return list(Observation.objects.order_by("pk").values_list("pk", "value", "superseded_by"))

    def _all_is_there(self) -> bool:
        return (
            self.intake.state == State.DONE
            and self.intake.release == self._drafts().get()
            and StagedFigure.objects.filter(release=self.intake.release).count() == self.rows
            and StagedFigure.objects.filter(base__isnull=False).count() == PUBLISHED
            and self._observations() == self.observations
        )

    def _nothing_is_there(self) -> bool:
        return (
            self.intake.state == State.SAVING
            and self.intake.release is None
            and not self._drafts().exists()
            and not StagedFigure.objects.exists()
            and self._observations() == self.observations
        )
