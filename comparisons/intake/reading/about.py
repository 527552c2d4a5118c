"""What a whole table is about where no row and no column says it: by a title, or the name of the sheet."""

from collections.abc import Sequence

from comparisons.intake.names import fold
from comparisons.intake.reading.cells import Interpreter, Unclear, said_period
from comparisons.intake.reading.found import Place
from comparisons.intake.reading.headings import Parsed
from comparisons.intake.reading.lexicon import Ignored, Kind, KnownIndicator, key
from comparisons.intake.understood import Choice, Question
from comparisons.periods import Period


class About:
    """The indicator, area and period of a table, each looked for when somebody asks. Asks the editor once.

    ``one_of_many`` is the sheet's name again where there are several, ``titles`` are the texts that
    stand alone above the table, the upper one first.
    """

    def __init__(
        self, sheet_name: str, one_of_many: str, titles: Sequence[str], place: Place, say: Interpreter
    ) -> None:
        self._sheet_name, self._one_of_many, self._titles = sheet_name, one_of_many, titles
        self._place, self._say = place, say
        self._known: dict[str, int | None] = {}

    def indicator(self) -> int:
        """The indicator that the table is about. Raises Unclear when it has to be asked."""
        if "indicator" not in self._known:
            about = self._titles[-1] if self._titles else self._sheet_name
            ask = f"Vilket nyckeltal gäller tabellen ”{about}”?"
            self._known["indicator"] = self._find(Kind.INDICATOR, about, ask, [])
        return self._settled("indicator")

    def area(self, of: KnownIndicator) -> int:
        """The area of the columns that only say a period. Raises Unclear when it has to be asked."""
        if "area" not in self._known:
            own = self._say.lexicon.own
            where = f"{of.publication}, {self._one_of_many}" if self._one_of_many else of.publication
            self._known["area"] = self._find(
                Kind.AREA,
                f"kolumner utan område, {where}"[:250],
                f"Vilket område gäller de kolumner i ”{where}” som bara säger en period?",
                [] if own is None else [Choice(self._say.lexicon.areas[own].name, {"id": own})],
            )
        return self._settled("area")

    def period(self) -> int:
        """The period of the columns that say none. Raises Unclear when it has to be asked."""
        if "period" not in self._known:
            self._known["period"] = self._find_period()
        return self._settled("period")

    def _settled(self, name: str) -> int:
        if (known := self._known[name]) is None:
            raise Unclear
        return known

    def _find(self, kind: Kind, written: str, ask: str, suggested: list[Choice]) -> int | None:
        """What an editor said of the table, or what a title or the sheet is called; else it is asked."""
        try:
            for text in (written, *reversed(self._titles), self._sheet_name):
                if (pk := self._say.lexicon.find(kind, text)) is not None:
                    return pk
        except Ignored:
            self._say.found.ignore(f"Tabellen på bladet ”{self._sheet_name}” läses inte, som du har valt.")
            return None
        question = self._say.lexicon.question(kind, written, str(self._place), ask=ask)
        if suggested:
            question = self._say.lexicon.question(
                kind, written, str(self._place), ask=ask, suggestions=suggested
            )
        self._say.found.ask(question)
        return None

    def _find_period(self) -> int | None:
        written = f"kolumner utan period, {self._sheet_name}"
        answer = self._say.lexicon.answer(Kind.HEADING, fold(written)) or {}
        if (said := said_period(answer)) is not None:
            return said
        texts = [*reversed(self._titles), self._sheet_name]
        for parsed in map(self._say.headings.parse, texts):
            if _is_only_period(parsed):
                return int(parsed.atoms["period"])
        self._say.found.ask(
            Question(
                key(Kind.HEADING, written),
                str(Kind.HEADING.value),
                written,
                str(self._place),
                f"Vilken period gäller värdena på bladet ”{self._sheet_name}”?",
                choices=[Choice(period.label, {"period": str(period.code)}) for period in _years(texts)],
                optional=False,
            )
        )
        return None


def _is_only_period(said: Parsed) -> bool:
    return "period" in said.atoms and not said.unknown


def _years(texts: Sequence[str]) -> list[Period]:
    """The years that stand in the texts, to choose from."""
    words = dict.fromkeys(word.strip(".,:()") for text in texts for word in text.split())
    years = []
    for word in words:
        if len(word) == 4 and word.isdigit():
            try:
                years.append(Period.parse(word))
            except ValueError:
                continue
    return years
