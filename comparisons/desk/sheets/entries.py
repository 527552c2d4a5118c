"""What an editor has written into cells: read, checked one by one, and made into figures to stage.

The same check answers while she writes and decides when she saves. It reads each cell, asks the
ledger's own rules, and says where a figure looks like a slip.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction

from comparisons import rules
from comparisons.desk.sheets.cells import CellStates, shown
from comparisons.desk.sheets.keys import LARGEST, CellKey
from comparisons.intake import written
from comparisons.models import Area, Indicator, Population, Release, Source, StagedFigure
from comparisons.models.observations import Figure
from comparisons.neighbours import Series
from comparisons.periods import Period
from comparisons.records import IndicatorTerms
from comparisons.rows import normalise
from comparisons.terms import Status

#: More than a sheet of every municipality and thirty years.
MOST_ENTRIES = 10_000


class BadRequest(Exception):
    """Something that no sheet of ours sends."""


def storable(sent: object) -> str:
    """A text as it was sent, empty for none. Raises BadRequest for what no database can hold."""
    text = str(sent or "")
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise BadRequest("no text")
    return text


@dataclass(frozen=True)
class Entry:
    """One changed cell as it came: its text, and the details beside it where she changed them.

    A detail that is None is left as it is; source 0 is the indicator's own. ``token`` names the
    state that she saw.
    """

    key: CellKey
    text: str
    token: str = ""
    preliminary: bool | None = None
    n: str | None = None
    source: int | None = None
    overruled: str | None = None

    @property
    def has_no_details(self) -> bool:
        """Whether nothing but the text was changed."""
        return self.preliminary is None and self.n is None and self.source is None

    @classmethod
    def parse(cls, sent: Any) -> "Entry":
        """An entry from what the browser sent. Raises BadRequest for what it cannot have sent."""
        try:
            source = None if sent.get("source") is None else int(sent["source"] or 0)
            if source is not None and not 0 <= source <= LARGEST:
                raise ValueError("no such source")
            return cls(
                key=CellKey.parse(sent["key"]),
                text=str(sent["text"])[:200],
                token=str(sent.get("token", "")),
                preliminary=None if sent.get("preliminary") is None else bool(sent["preliminary"]),
                n=None if sent.get("n") is None else str(sent["n"])[:40],
                source=source,
                overruled=None if sent.get("overruled") is None else storable(sent["overruled"]).strip(),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BadRequest(str(error)) from error


@dataclass(frozen=True)
class Verdict:
    """What is said of an entry: how its cell was understood, what is wrong, what looks like a slip."""

    text: str
    error: str = ""
    warning: str = ""


class Sheetful:
    """Some entries with all it takes to judge them: the cells as they stand, and what they are about."""

    def __init__(self, entries: Iterable[Entry], release: Release | None) -> None:
        """Raises BadRequest for cells of what does not exist."""
        self.entries = {entry.key: entry for entry in entries}
        if len(self.entries) > MOST_ENTRIES:
            raise BadRequest(f"more than {MOST_ENTRIES} cells")
        self.release = release
        keys = list(self.entries)
        self.indicators = _all_of(Indicator, {key.indicator for key in keys}, "source")
        self.areas = _all_of(Area, {key.area for key in keys})
        self.populations = _all_of(Population, {key.population for key in keys})
        _all_of(Source, {entry.source for entry in self.entries.values() if entry.source})
        self.terms: Mapping[int, IndicatorTerms] = {
            pk: indicator.terms() for pk, indicator in self.indicators.items()
        }
        self.states = CellStates.of_keys(keys)
        self.errors: dict[CellKey, str] = {}
        self.figures: dict[CellKey, StagedFigure] = {}
        for entry in self.entries.values():
            try:
                self.figures[entry.key] = self._figure(entry)
            except ValueError as error:
                self.errors[entry.key] = str(error)

    def _figure(self, entry: Entry) -> StagedFigure:
        """The figure that an entry makes of what stood there. Raises ValueError with a sentence."""
        key = entry.key
        indicator, terms = self.indicators[key.indicator], self.terms[key.indicator]
        read = written.read(entry.text, terms, key.statistic)
        # A figure whose withdrawal is drafted comes back with its details when it is written anew.
        layers: list[Figure] = [
            figure for figure in (self.states.staged.get(key), self.states.live.get(key)) if figure
        ]
        kept = next((figure for figure in layers if figure.status != Status.WITHDRAWN), None)
        value, decimals = read.value, read.decimals
        if kept is not None and entry.text == shown(kept, terms):
            value, decimals = kept.value, kept.decimals  # a cell shows fewer decimals than a value may have
        n = kept.n if kept else None
        if entry.n is not None:
            n = written.behind(entry.n) if entry.n.strip() else None
            if read.n is not None and n is not None and n != read.n:
                raise ValueError(f"I rutan står {read.n}, men antalet bakom värdet är {n}. Skriv samma.")
        if read.n is not None:
            n = read.n
        source = entry.source
        if source is None:
            source = (kept or layers[0]).source_id if layers else 0
        has_figure = read.status != Status.WITHDRAWN
        return StagedFigure(
            indicator=indicator,
            area=self.areas[key.area],
            statistic=key.statistic,
            population=self.populations[key.population],
            gender=key.gender,
            period=key.period,
            value=None if value is None else normalise(value),
            decimals=decimals,
            n=n if has_figure else None,
            status=read.status,
            preliminary=has_figure
            and (bool(kept and kept.preliminary) if entry.preliminary is None else entry.preliminary),
            source_id=source or indicator.source_id,
            source_status=kept.source_status if kept else "",
            note=kept.note if kept else "",
            overruled="",
        )

    @cached_property
    def verdicts(self) -> dict[CellKey, Verdict]:
        """What is said of each entry. Six queries, whatever their number."""
        self.errors |= self._broken()
        series = Series(self.figures.values(), self.release)
        found = {}
        for key, entry in self.entries.items():
            figure = self.figures.get(key)
            if figure is None or key in self.errors:
                found[key] = Verdict(entry.text, self.errors[key])
            else:
                found[key] = Verdict(
                    shown(figure, self.terms[key.indicator]),
                    warning=series.slip(figure, self.states.live.get(key)),
                )
        return found

    def _broken(self) -> dict[CellKey, str]:
        """What the ledger's rules say: they are asked of rows that are taken back at once."""
        figures = list(self.figures.values())
        if not figures:
            return {}
        with transaction.atomic():
            scratch = Release.objects.create(title="", reason="")
            for figure in figures:
                figure.release = scratch
                figure.pk = None
            StagedFigure.objects.bulk_create(figures)
            broken = rules.broken(scratch.staged.all(), most=MOST_ENTRIES)
            transaction.set_rollback(True)
        for figure in figures:
            figure.pk = None
        return {CellKey(*problem.figure.identity): problem.sentence for problem in broken}

    def settled(self) -> dict[CellKey, StagedFigure]:
        """The figures to stage, with the editor's reasons where she overruled a warning."""
        for key, figure in self.figures.items():
            entry, staged = self.entries[key], self.states.staged.get(key)
            reason = entry.overruled
            # Whoever wrote the same figure meanwhile has given her reason already.
            if staged and (reason is None or (staged.overruled and entry.token != self.states.token(key))):
                reason = staged.overruled
            figure.overruled = (reason or "")[:255] if self.verdicts[key].warning else ""
        return self.figures

    def name(self, key: CellKey) -> str:
        """The cell in words: ``Våldsbrott, Borås 2017``."""
        figure = StagedFigure(
            indicator=self.indicators[key.indicator],
            area=self.areas[key.area],
            statistic=key.statistic,
            population=self.populations[key.population],
            gender=key.gender,
            period=Period(key.period).code,
        )
        return figure.in_words


def _all_of(model: Any, keys: set[Any], *related: str) -> dict[int, Any]:
    found: dict[int, Any] = model.objects.select_related(*related).in_bulk(keys)
    if missing := keys - set(found):
        raise BadRequest(f"no such {model.__name__}: {sorted(missing)}")
    return found
