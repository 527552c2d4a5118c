"""From the words of a figure to an entry: what both shapes of a file have in common."""

import re

from comparisons.intake.names import fold
from comparisons.intake.reading.found import Found, Place
from comparisons.intake.reading.headings import Atoms, Headings
from comparisons.intake.reading.lexicon import Ignored, Kind, KnownIndicator, Lexicon, key
from comparisons.intake.understood import Choice, Meaning, Question
from comparisons.intake.written import Written, read
from comparisons.periods import Period
from comparisons.records import IndicatorTerms
from comparisons.svenska import capitalise, genitive
from comparisons.terms import (
    EMPTY_POPULATION,
    AreaKind,
    Gender,
    Statistic,
    ValueType,
    statistic_for,
)

#: A number with a decimal point, or none.
POINT = re.compile(r"(?P<whole>[-\u2212]?[0-9]+)(?P<part>\.[0-9]+)?")
#: What the site's tables write beside a share.
_OF_THE_MUNICIPALITIES = re.compile(r"\s*av kommunerna$", re.IGNORECASE)
#: Areas whose own value, median and mean are three things, so that one of them must be said.
_MANY = (AreaKind.COUNTRY, AreaKind.GROUP)
_WHAT_COLUMN = "Vad står i kolumnen ”{}”?"
_NO_COLUMN = (
    "Kolumnen ”{}” går inte att tolka. Vill du hoppa över den, eller skriva om rubriken i filen (till "
    "exempel till ”Borås 2017”) och läsa in den igen?"
)


class Unclear(Exception):
    """What is written cannot be made a figure of yet; it has been asked or told."""


def read_cell(text: str, terms: IndicatorTerms, statistic: str) -> Written:
    """A cell in Swedish, also as the site's own tables show it. Raises ValueError with a sentence."""
    if statistic == Statistic.SHARE_YES:
        text = _OF_THE_MUNICIPALITIES.sub("", text)
    return read(text, terms, statistic)


class Interpreter:
    """Says what words mean, by the lexicon and the answers, and asks where it cannot."""

    def __init__(self, lexicon: Lexicon, found: Found) -> None:
        self.lexicon = lexicon
        self.headings = Headings(lexicon)
        self.found = found

    def named(self, kind: Kind, text: str, place: Place) -> int:
        """The primary key of what is called so. Raises Ignored, and Unclear when it has to be asked."""
        if (pk := self.lexicon.find(kind, text)) is not None:
            return pk
        self.ask_name(kind, text, place)
        raise Unclear

    def ask_name(self, kind: Kind, text: str, place: Place) -> None:
        """Ask what a name means; similar ones are looked for no oftener than anybody answers."""
        if not self.found.has_asked_enough:
            self.found.ask(self.lexicon.question(kind, text, str(place)))

    def atoms(self, text: str, place: Place, unknown: Kind = Kind.AREA) -> Atoms:
        """What a heading or a row's label says, its unknown part asked: an ``unknown`` beside a period.

        Raises Ignored and Unclear.
        """
        parsed = self.headings.parse(text)
        if parsed.is_ignored:
            raise Ignored
        for asked in dict.fromkeys((text, parsed.rest)):
            if asked and (meaning := self.lexicon.answer(Kind.HEADING, fold(asked))):
                return parsed.atoms | self._meant(meaning)
        if not parsed.unknown:
            return parsed.atoms
        if "area" in parsed.atoms:
            self.ask_name(Kind.POPULATION, parsed.unknown, place)
        elif parsed.atoms.keys() & {"period", "statistic", "gender"}:
            self.ask_name(unknown, parsed.unknown, place)
        else:
            self.found.ask(self.what_column(text, place))
        raise Unclear

    def area(self, text: str, place: Place) -> Atoms:
        """What a cell of a column of areas says: ``Borås``, ``1490``, ``Median riket``, ``Median``.

        Raises Ignored and Unclear.
        """
        parsed = self.headings.parse(text)
        if parsed.unknown and not parsed.atoms and self.lexicon.answer(Kind.HEADING, fold(text)) is None:
            self.ask_name(Kind.AREA, text, place)
            raise Unclear
        return self.atoms(text, place)

    def what_column(self, text: str, place: Place) -> Question:
        """The question what a column is whose heading says nothing that is known."""
        years = dict.fromkeys(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text))
        own = self.lexicon.own
        choices = [
            Choice(
                f"{self.lexicon.areas[own].name} {year}",
                _meaning(own, Statistic.VALUE, period=str(int(year) * 1000 + 129)),
            )
            for year in years
            if own is not None
        ]
        return Question(
            key(Kind.HEADING, text),
            str(Kind.HEADING.value),
            text,
            str(place),
            (_WHAT_COLUMN if choices else _NO_COLUMN).format(text),
            choices=choices,
        )

    def settle(self, said: Atoms, written: str, known: KnownIndicator, place: Place) -> tuple[int, str]:
        """Of which area a figure is, and which number of it. ``written`` is what names them in the file.

        A median of nobody in particular, and the country without a word on which of three numbers, are
        asked once for each publication: it goes on meaning the same by them. Raises Ignored and Unclear.
        """
        terms, statistic = known.terms, said.get("statistic")
        if "area" not in said:
            said = said | self._answered(self._which_area(str(statistic), written, known, place), place)
        area = self.lexicon.areas[said["area"]]
        if terms.value_type == ValueType.YES_NO and area.kind in _MANY:
            return said["area"], Statistic.SHARE_YES.value
        if statistic is None and area.kind in _MANY:
            asked = self._which_statistic(said["area"], written or area.name, known, place)
            statistic = self._answered(asked, place)["statistic"]
        if statistic == Statistic.SHARE_YES and terms.value_type != ValueType.YES_NO:
            self.found.problem(
                place,
                f"”{terms.title}” besvaras inte med ja eller nej, så det finns ingen andel som svarade ja.",
                "Flytta värdet till en kolumn för median, medelvärde eller eget värde.",
            )
            raise Unclear
        return said["area"], str(statistic_for(terms.value_type, statistic or Statistic.VALUE.value))

    def _answered(self, question: Question, place: Place) -> Atoms:
        """What has been answered to a question; else it is asked. Raises Ignored and Unclear."""
        kind, _, folded = question.key.partition(":")
        meant = self._meant(self.lexicon.answer(kind, folded) or {})
        if {"area", "statistic"} <= meant.keys():
            return meant
        self.found.ask(question)
        raise Unclear

    def _which_statistic(self, area: int, written: str, known: KnownIndicator, place: Place) -> Question:
        in_text = self.lexicon.areas[area].in_label or self.lexicon.areas[area].name
        return Question(
            key(Kind.HEADING, f"{written}, {known.publication}"),
            str(Kind.HEADING.value),
            written,
            str(place),
            f"Vilket av tre tal är ”{written}” i {known.publication}? "
            "Median, medelvärde och eget värde är olika tal.",
            choices=[
                Choice(f"Medianen för {in_text}", _meaning(area, Statistic.MEDIAN)),
                Choice(f"Medelvärdet för {in_text}", _meaning(area, Statistic.MEAN)),
                Choice(f"{capitalise(genitive(in_text))} eget värde", _meaning(area, Statistic.VALUE)),
            ],
        )

    def _which_area(self, statistic: str, written: str, known: KnownIndicator, place: Place) -> Question:
        many = [(pk, area) for pk, area in self.lexicon.areas.items() if area.kind in _MANY]
        label = str(Statistic(statistic).label)
        return Question(
            key(Kind.HEADING, f"{written}, {known.publication}"),
            str(Kind.HEADING.value),
            written,
            str(place),
            f"Vilka kommuner är ”{written}” i {known.publication} räknat på?",
            choices=[
                Choice(f"{label} {area.in_label or area.name}", _meaning(pk, statistic)) for pk, area in many
            ],
        )

    def _meant(self, meaning: Meaning) -> Atoms:
        """What an answer about a heading adds. Raises Ignored."""
        if meaning.get("ignore"):
            raise Ignored
        meant: Atoms = {}
        if meaning.get("area") in [*self.lexicon.areas]:
            meant["area"] = meaning["area"]
        if meaning.get("statistic") in Statistic.values:
            meant["statistic"] = meaning["statistic"]
        population = meaning.get("population", EMPTY_POPULATION)
        if population in [*self.lexicon.populations]:
            meant["population"] = population
        if meaning.get("gender", Gender.TOTAL) in (Gender.WOMEN, Gender.MEN):
            meant["gender"] = meaning["gender"]
        if (period := said_period(meaning)) is not None:
            meant["period"] = period
        return meant


def said_period(meaning: Meaning) -> int | None:
    """The period that an answer names, if it names one."""
    said = str(meaning.get("period", ""))
    try:
        return Period(int(said)).code if said.isdecimal() else None
    except ValueError:
        return None


def _meaning(area: int, statistic: str, *, period: str = "same") -> Meaning:
    return {
        "area": area,
        "statistic": str(Statistic(statistic).value),
        "population": EMPTY_POPULATION,
        "gender": str(Gender.TOTAL.value),
        "period": period,
    }
