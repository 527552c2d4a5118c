"""What is measured is said at once, and what is over its limit fails the run at its end."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Clock:
    """Seconds, added up over as many stretches as there are."""

    seconds: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Add the time of what is done inside."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - began


@dataclass
class Report:
    """The measurements of a run. ``failed`` holds those over their limit."""

    failed: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        """A line for whoever waits."""
        print(text, flush=True)

    def at_most(self, what: str, measured: float, limit: float, unit: str = "") -> None:
        """Say a measurement beside its limit."""
        line = f"{what}: {measured:.2f}{unit}, at most {limit:g}{unit}"
        if measured > limit:
            self.failed.append(line)
        self.say(f"{'OVER' if measured > limit else '  ok'}  {line}")

    def equal(self, what: str, one: object, other: object) -> None:
        """Say whether two things that are to be equal are."""
        line = f"{what}: {one} and {other}"
        if one != other:
            self.failed.append(line)
        self.say(f"{'  ok' if one == other else 'OVER'}  {line}")


def each(work: Callable[[], object], times: int = 30) -> float:
    """The median of the seconds that it takes, after one time that does not count."""
    work()
    taken = []
    for _ in range(times):
        clock = Clock()
        with clock.running():
            work()
        taken.append(clock.seconds)
    return median(taken)


def peak_megabytes() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
