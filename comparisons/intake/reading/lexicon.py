"""What names mean: those of the database, and those that editors have told the meaning of."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from comparisons.intake.names import Names, coded, fold, municipality_spellings, sorted_by
from comparisons.intake.understood import Answers, Choice, Meaning, Question
from comparisons.models import Area, Indicator, KoladaLink, Population
from comparisons.models.intakes import RememberedName
from comparisons.records import AreaTerms, IndicatorTerms
from comparisons.svenska import plain
from comparisons.terms import EMPTY_POPULATION, AreaKind

Kind = RememberedName.Kind

_ASK = {
    Kind.INDICATOR: "Vilket nyckeltal är ”{}”?",
    Kind.AREA: "Vilket område är ”{}”?",
    Kind.POPULATION: "Vilket urval är ”{}”?",
}


@dataclass(frozen=True)
class KnownIndicator:
    """An indicator: what a table needs to know of it, and the source its figures are given.

    ``publication`` names the source's, within which a word over a column means the same every year.
    """

    terms: IndicatorTerms
    source: int
    publication: str


class Ignored(Exception):
    """An editor has said that the word is to be left out."""


class Lexicon:
    """All names that a file may hold, and the answers. Four queries when it is made, and none after."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        rows = list(Indicator.objects.select_related("source").order_by("pk"))
        self.indicators = {
            row.pk: KnownIndicator(row.terms(), row.source_id, row.source.publication or row.source.producer)
            for row in rows
        }
        areas = list(Area.objects.order_by("kind", "pk"))
        self.areas: dict[int, AreaTerms] = {area.pk: area.terms() for area in areas}
        self.own = next((area.pk for area in areas if area.is_own), None)
        populations = list(Population.objects.exclude(pk=EMPTY_POPULATION))
        self.populations = {population.pk: population.name for population in populations}
        self._names = {
            Kind.INDICATOR: Names(
                [(row.title, row.pk) for row in rows],
                [(row.short_title, row.pk) for row in rows]
                + list(KoladaLink.objects.values_list("kpi", "indicator")),
                also=[(word, row.pk) for row in rows for word in row.other_words],
            ),
            Kind.AREA: Names(
                [(spelling, area.pk) for area in areas for spelling in _spellings(area)],
                [(area.name_in_text, area.pk) for area in areas],
            ),
            Kind.POPULATION: Names(
                [(population.name, population.pk) for population in populations],
                [(population.slug, population.pk) for population in populations],
            ),
        }
        self._found: dict[tuple[str, str], int | None] = {}

    @cached_property
    def labels(self) -> dict[str, dict[int, str]]:
        """What each is called in a list of choices, by kind."""
        return {
            Kind.INDICATOR: {pk: plain(known.terms.title) for pk, known in self.indicators.items()},
            Kind.AREA: {pk: area.name for pk, area in self.areas.items()},
            Kind.POPULATION: self.populations,
        }

    def find(self, kind: str, text: str) -> int | None:
        """The primary key of what is called so, or None. Raises Ignored for what is to be left out."""
        asked = (kind, text)
        if asked not in self._found:
            self._found[asked] = self._look_up(kind, fold(text))
        found = self._found[asked]
        if found == _LEFT_OUT:
            raise Ignored
        return found

    def _look_up(self, kind: str, folded: str) -> int | None:
        if meaning := self.answer(kind, folded):
            if meaning.get("ignore"):
                return _LEFT_OUT
            pk = meaning.get("id")
            if isinstance(pk, int) and (
                pk in self.labels[kind] or (kind == Kind.POPULATION and pk == EMPTY_POPULATION)
            ):
                return pk
        return self._names[Kind(kind)].find(folded)

    def answer(self, kind: str, folded: str) -> Meaning | None:
        """What an editor has said of the word."""
        return self._answers.get(f"{kind}:{folded}")

    def question(self, kind: str, written: str, where: str, **fields: Any) -> Question:
        """The question what a name means, with the names that are like it."""
        similar = self._names[Kind(kind)].similar(written)
        return Question(
            **{
                "key": key(kind, written),
                "kind": str(kind),
                "written": written,
                "where": where,
                "ask": _ASK[Kind(kind)].format(written),
                "suggestions": [
                    Choice(label, {"id": pk}) for pk, label in sorted_by(self.labels[kind], similar)
                ],
            }
            | fields
        )


#: No primary key.
_LEFT_OUT = -1


def key(kind: str, written: str) -> str:
    """The key of the question what a word means: the same next year."""
    return f"{kind}:{fold(written)}"


def _spellings(area: Area) -> list[str]:
    if area.kind == AreaKind.MUNICIPALITY:
        spellings = municipality_spellings(area.name, area.code)
    else:
        spellings = [area.name, *coded(area.name, area.code)]
    return [*spellings, *([area.kolada_id] if area.kolada_id else [])]
