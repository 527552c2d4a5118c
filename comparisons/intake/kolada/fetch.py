"""A whole fetch, laid on disk before anything is taken in: one failed page means that nothing is.

How it asks. Kolada can be asked for a KPI everywhere (``data/?kpi_id=&region_type=``), or for up to 25
KPIs in up to 25 places (``data/kpi/…/municipality/…``). All places of all years of one KPI are two pages
of municipalities and one of regions; groups and the country are asked for by name, for 25 KPIs together,
since without a filter thousands of groups of others could come along. 200 KPIs are some 650 questions:
two to three minutes at five a second.

Everything is asked for every night. ``from_date`` would be shorter, but what has vanished without being
marked as deleted is seen only by who has the whole.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

from comparisons.intake.kolada import answers
from comparisons.intake.kolada.answers import COUNTRY, Datum, Group, Kpi, Municipality
from comparisons.intake.kolada.client import Client, KoladaError, NotFound, chunks, in_path
from comparisons.intake.kolada.series import newest

REGION_TYPES = ("K", "L")


class Steps(Protocol):
    """Is told how far a run has come (``intake/workers.py``)."""

    def begin(self, step: str, total: int = 0) -> None:
        """Another step, of ``total``."""

    def at(self, done: int) -> None:
        """So far within the step."""


@dataclass(frozen=True)
class Places:
    """All municipalities, regions and the country; the own groups, the newest of each series."""

    municipalities: list[Municipality]
    groups: dict[str, Group]


@dataclass(frozen=True)
class Fetched:
    """A fetch that is whole: places and KPIs in memory, figures in ``folder``. ``gone`` are not in Kolada."""

    places: Places
    kpis: dict[str, Kpi]
    gone: frozenset[str]
    folder: Path

    def data(self, kpi: str) -> Iterator[Datum]:
        """The figures of a KPI, in the order they came."""
        path = _file(self.folder, kpi)
        if path.exists():
            with path.open(encoding="utf-8") as lines:
                for line in lines:
                    yield Datum._make(json.loads(line))


def fetch(client: Client, ids: Sequence[str], folder: Path, steps: Steps) -> Fetched:
    """Fetch places, KPIs and all their figures into ``folder``, which is empty. Raises KoladaError."""
    steps.begin("Hämtar kommuner och regioner från Kolada")
    found = places(client)
    kpis = {kpi.id: kpi for kpi in known(client, ids)}
    there = [one for one in ids if one in kpis]
    steps.begin("Hämtar siffror från Kolada", len(there))
    for done, kpi in enumerate(there):
        steps.at(done)
        for region_type in REGION_TYPES:
            _keep(folder, client.rows("data/", kpi_id=kpi, region_type=region_type), {kpi})
    groups = [COUNTRY, *(group.id for group in found.groups.values())]
    steps.begin("Hämtar liknande kommuner från Kolada", len(there))
    for done, some in enumerate(chunks(there)):
        steps.at(done * len(some))
        for few in chunks(groups):
            rows = client.rows(f"data/kpi/{in_path(some)}/municipality/{in_path(few)}")
            _keep(folder, rows, set(some))
    return Fetched(found, kpis, frozenset(ids) - kpis.keys(), folder)


def places(client: Client) -> Places:
    """Every place that Kolada has, and the own municipality's groups. Raises KoladaError, also for none."""
    found = {one.code: one for one in map(answers.municipality, client.rows("municipality"))}
    own = found.get(settings.OWN_MUNICIPALITY)
    if own is None or COUNTRY not in found:
        missing = settings.OWN_MUNICIPALITY if own is None else "riket"
        raise KoladaError(f"Koladas lista över kommuner är inte hel: {missing} saknas. Försök igen senare.")
    groups = newest(map(answers.group, client.rows("municipality_groups", title=own.name)), own.name)
    if not groups:
        raise KoladaError(f"Kolada svarade utan några grupper av liknande kommuner för {own.name}.")
    return Places(list(found.values()), groups)


def known(client: Client, ids: Sequence[str]) -> Iterator[Kpi]:
    """Those of the KPIs that Kolada has. Raises KoladaError when it knows not one of several.

    An id that is left out of an answer about many is asked for by itself before it is held for gone.
    """
    found: dict[str, Kpi] = {}
    for some in chunks(ids):
        found |= _asked(client, some)
        for lone in (one for one in some if one not in found and len(some) > 1):
            found |= _asked(client, [lone])
    if len(ids) > 1 and not found:
        raise KoladaError("Kolada känner inte igen något av nyckeltalen. Det är nog ett tillfälligt fel.")
    yield from found.values()


def _asked(client: Client, ids: Sequence[str]) -> dict[str, Kpi]:
    try:
        found = {kpi.id: kpi for kpi in map(answers.kpi, client.rows(f"kpi/{in_path(ids)}"))}
    except NotFound:
        return {}
    if found.keys() - set(ids):
        raise KoladaError("Kolada svarade med andra nyckeltal än dem vi frågade efter.")
    return found


def _keep(folder: Path, rows: Iterator[Any], asked: set[str]) -> None:
    """Lay figures on disk, in a file for each KPI. Raises KoladaError for what was not asked for."""
    kept: dict[str, list[str]] = {}
    # NotFound: there are none of that sort. A KPI with no figures at all is found out by who reads them.
    with suppress(NotFound):
        for row in rows:
            for figure in answers.data(row):
                if figure.kpi not in asked:
                    raise KoladaError("Kolada svarade med andra nyckeltal än dem vi frågade efter.")
                kept.setdefault(figure.kpi, []).append(json.dumps(figure))
    for kpi, lines in kept.items():
        with _file(folder, kpi).open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")


def _file(folder: Path, kpi: str) -> Path:
    return folder / f"{kpi.encode().hex()}.jsonl"
