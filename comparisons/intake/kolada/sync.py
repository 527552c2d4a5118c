"""One run: fetch everything to disk, and when all of it is there take it in, in one transaction.

Nothing is written while Kolada is asked. What cannot be an indicator's figures (decimals in a count) is
left out and told by name; the other indicators go on. Whatever else is wrong stops the run, and then
nothing of it is written.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import ModelLogEntry

from comparisons import ledger, releases, rules
from comparisons.intake import apply
from comparisons.intake.kolada import areas
from comparisons.intake.kolada.client import Client
from comparisons.intake.kolada.describing import described
from comparisons.intake.kolada.fetch import Fetched, Steps, fetch, places
from comparisons.intake.kolada.figures import CARRIED, Made, Unfit
from comparisons.intake.kolada.told import by_indicator
from comparisons.loading import Entry
from comparisons.models import Intake, KoladaLink, Release, ReleaseMember
from comparisons.models.areas import Area
from comparisons.svenska import format_date, join_words

if TYPE_CHECKING:
    from boras_site.accounts.models import User

logger = logging.getLogger(__name__)

NIGHTLY = "Kolada, alla kopplade nyckeltal"
REVISED = "Källan har ändrat siffror som vi hämtar från Kolada."
NOTHING = "Inget nytt: Kolada säger samma sak som det som är publicerat eller väntar i ett utkast."
_MOST_CODES = 20
_MOST_FAULT: int = KoladaLink._meta.get_field("fault").max_length or 0


class Untold:
    """For nobody who watches."""

    def begin(self, step: str, total: int = 0) -> None:
        """Nothing."""

    def at(self, done: int) -> None:
        """Nothing."""


def waiting(name: str, indicators: Iterable[int] = (), user: "User | None" = None) -> Intake:
    """A fetch put down for a worker (``intake/work.py``): of these indicators, or of all."""
    chosen = sorted(indicators)
    return Intake.objects.create(
        kind=Intake.Kind.KOLADA,
        name=name[:255],
        answers={"indicators": chosen} if chosen else {},
        created_by=user,
        beat_at=timezone.now(),
    )


def run(
    intake: Intake,
    *,
    progress: Steps | None = None,
    finish: Callable[[str], object] | None = None,
) -> Release | None:
    """Fetch what the intake is about, and stage what differs as a draft release.

    It is about ``intake.answers["indicators"]``, or all that are linked. ``finish`` is told what came of it
    as the last thing in the transaction. Returns the draft, the one that held the
    same already, or None when nothing is new. Raises KoladaError and ``ledger.LedgerError``; then nothing
    is saved. ``intake.told`` is set and saved.
    """
    steps = progress or Untold()
    chosen = intake.answers.get("indicators")
    linked = KoladaLink.objects.order_by("kpi")
    wanted = list(linked.filter(indicator__in=chosen) if chosen else linked)
    with TemporaryDirectory(prefix="kolada-") as folder, Client() as client:
        fetched = fetch(client, [link.kpi for link in wanted], Path(folder), steps)
        steps.begin("Jämför med det som är publicerat", len(wanted))
        with transaction.atomic():
            # Before any other lock, as everyone who saves figures does.
            ledger.wait_for_turn()
            taking = _Taking(intake, fetched, wanted, replaces=not chosen and intake.created_by is None)
            release = taking.stage(steps)
            intake.told = taking.told(release)
            Intake.objects.filter(pk=intake.pk).update(told=intake.told, release=release)
            if finish:
                finish(intake.told)
    for line in taking.left_out:
        logger.warning("Kolada: %s", line)
    return release


def sync_areas() -> areas.Taken:
    """Municipalities, regions and groups, and no figures. Raises KoladaError; then nothing is saved."""
    with Client() as client:
        found = places(client)
    with transaction.atomic():
        ledger.wait_for_turn()
        return areas.take_in(found)


@dataclass
class _Taking:
    """A whole fetch on its way into the database."""

    intake: Intake
    fetched: Fetched
    wanted: list[KoladaLink]
    replaces: bool
    faults: dict[int, str] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    held_already: set[int] = field(default_factory=set)
    names: dict[int, str] = field(default_factory=dict)
    places: areas.Taken = field(default_factory=areas.Taken)

    def stage(self, steps: Steps) -> Release | None:
        """Areas, what Kolada says of each KPI, and the figures. Raises ``ledger.LedgerError``."""
        self.places = areas.take_in(self.fetched.places)
        # Anew: somebody may have changed or taken away a link while Kolada was asked.
        asked = {link.pk: link.kpi for link in self.wanted}
        links = [
            link
            for link in KoladaLink.objects.filter(pk__in=asked)
            .select_related("indicator")
            .order_by("indicator")
            if link.kpi == asked[link.pk]
        ]
        self.names = {link.indicator_id: str(link.indicator) for link in links}
        mine = list(untouched_drafts().values_list("pk", flat=True)) if self.replaces else []
        release = self._draft(links, mine, steps)
        for link in links:
            self._remember(link)
        if release is None:
            release = self._one_that_holds_all()
        elif not self.intake.reason and releases.owes_reason(release):
            Release.objects.filter(pk=release.pk).update(reason=REVISED)
        taken_in = {link.indicator_id for link in links if link.kpi not in self.fetched.gone}
        self._replace(mine, release, taken_in - self.faults.keys())
        return release

    def _replace(self, mine: list[int], release: Release | None, taken_in: set[int]) -> None:
        """Clear what earlier nights staged of these indicators: this is newer, and holds all of it.

        Of others it is the last that is known. What somebody has touched meanwhile is theirs.
        """
        for old in untouched_drafts().filter(pk__in=mine).select_for_update():
            if old != release:
                old.staged.filter(indicator__in=taken_in).delete()
                if not old.staged.exists():
                    releases.discard(old)

    def _draft(self, links: list[KoladaLink], mine: list[int], steps: Steps) -> Release | None:
        """The draft of those indicators whose figures may be; the others are noted in ``faults``."""
        while True:
            try:
                return apply.stage_as_draft(
                    self.intake,
                    self._parts(links, mine, steps),
                    title=self.intake.title or self._title(links),
                    reason=self.intake.reason or releases.NEW_FIGURES,
                    user=self.intake.created_by,
                    carried=CARRIED,
                ).release
            except rules.BrokenRules as broken:  # all that is known to happen is found before this
                for problem in broken.problems:
                    self.faults.setdefault(problem.figure.indicator_id, str(problem))

    def _parts(self, links: list[KoladaLink], mine: list[int], steps: Steps) -> Iterator[list[Entry]]:
        """The entries of each indicator, one at a time in memory."""
        by_kolada: dict[str, Area] = self.places.by_kolada
        for done, link in enumerate(links):
            steps.at(done)
            if link.kpi in self.fetched.gone or link.indicator_id in self.faults:
                continue
            try:
                made = Made(link, self.fetched.data(link.kpi), by_kolada)
                made.hold_against_published()
            except Unfit as unfit:
                self.faults[link.indicator_id] = str(unfit)
                continue
            self.unknown |= made.unknown
            entries, releases_with = made.without_waiting(mine)
            self.held_already |= releases_with
            if entries:
                yield entries

    def _remember(self, link: KoladaLink) -> None:
        """Keep what Kolada says of the KPI now. Its title as picked stays."""
        gone = link.kpi in self.fetched.gone
        said = {"is_gone": gone, "fault": self.faults.get(link.indicator_id, "")[:_MOST_FAULT]}
        if not gone:
            said |= described(self.fetched.kpis[link.kpi]) | {"fetched_at": timezone.now()}
        KoladaLink.objects.filter(pk=link.pk, kpi=link.kpi).update(**said)

    def _one_that_holds_all(self) -> Release | None:
        """The release under way that what was fetched for an editor waits in already."""
        if self.intake.created_by is None:
            return None
        return Release.objects.filter(pk__in=self.held_already).order_by("-pk").first()

    def _title(self, links: list[KoladaLink]) -> str:
        if len(links) == 1:
            return f"{links[0].indicator}, från Kolada"
        return f"Nya siffror från Kolada, {format_date(timezone.localdate())}"

    @property
    def left_out(self) -> list[str]:
        """What is left out or is not as it should be, by name."""
        lines = [f"{self.names[pk]} är utelämnat. {fault}" for pk, fault in self.faults.items()]
        lines += [
            f"{self.names[link.indicator_id]} ({link.kpi}) finns inte längre i Kolada."
            for link in self.wanted
            if link.kpi in self.fetched.gone and link.indicator_id in self.names
        ]
        if self.unknown:
            codes = join_words(sorted(self.unknown)[:_MOST_CODES])
            lines.append(
                f"Kolada har siffror för {codes}, som inte finns bland kommunerna. De är utelämnade."
            )
        return lines + self.places.differences

    def told(self, release: Release | None) -> str:
        """What came of it, for the editor: a line for each indicator, and what is left out."""
        lines = by_indicator(release) if release else []
        if not self.wanted:
            lines.append("Inget nyckeltal är kopplat till Kolada.")
        elif release is None and len(self.faults) < len(self.names):
            lines.append(NOTHING)
        elif release is not None and self.intake.release != release:
            lines.insert(0, f"Siffrorna finns redan i ”{release}”, så inget nytt utkast behövdes.")
        return "\n".join([*lines, *self.left_out])


def untouched_drafts() -> QuerySet[Release]:
    """The drafts that the nightly fetch made and that nobody has changed, for that is logged, or added to."""
    made = Intake.objects.filter(kind=Intake.Kind.KOLADA, created_by=None, release__isnull=False)
    drafts = Release.objects.filter(pk__in=made.values("release"), state=Release.State.DRAFT, created_by=None)
    logged = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Release),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    added = ReleaseMember.objects.filter(release=OuterRef("pk"))
    return drafts.filter(~Exists(logged), ~Exists(added))
