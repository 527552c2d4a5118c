"""What the readers of sheets find, gathered: figures, problems, questions, and what is left out."""

from dataclasses import dataclass

from comparisons.intake.understood import Problem, Question
from comparisons.loading import Entry
from comparisons.svenska import count_of

#: More problems than anybody reads; the rest are counted.
MOST_PROBLEMS = 200
#: More questions than anybody answers at a time; the rest are asked when these are answered.
MOST_QUESTIONS = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: the name of its sheet where there are several, and its row and column from nought."""

    sheet: str
    row: int
    column: int | None = None

    def __str__(self) -> str:
        parts = [f"bladet ”{self.sheet}”"] if self.sheet else []
        parts.append(f"rad {self.row + 1}")
        if self.column is not None:
            parts.append(f"kolumn {letters(self.column)}")
        return ", ".join(parts)


def letters(column: int) -> str:
    """The name of a column from nought: ``A``, ``Z``, ``AA``."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class Found:
    """What has been found so far."""

    def __init__(self) -> None:
        self._entries: dict[tuple[object, ...], tuple[Entry, Place]] = {}
        self._problems: list[Problem] = []
        self._more_problems = 0
        self._questions: dict[str, Question] = {}
        self._ignored: dict[str, None] = {}

    def add(self, entry: Entry, place: Place) -> None:
        """A figure. One that is there already is a problem when they differ."""
        standing = self._entries.setdefault(entry[:6], (entry, place))
        if standing[1] is place:
            return
        other, elsewhere = standing
        if (entry.value, entry.n, entry.status) != (other.value, other.n, other.status):
            self.problem(
                place,
                f"Samma siffra står också på {elsewhere}, med ett annat värde.",
                "Ta bort den ena, eller skriv samma värde på båda ställena.",
            )
        elif (entry.note, entry.preliminary) != (other.note, other.preliminary):
            self.problem(
                place,
                f"Samma siffra står också på {elsewhere}, med en annan anteckning eller status.",
                "Ta bort den ena, eller skriv samma sak på båda ställena.",
            )
        elif (entry.decimals or 0) > (other.decimals or 0):
            self._entries[entry[:6]] = (entry, elsewhere)

    def problem(self, where: Place | str, what: str, mend: str) -> None:
        """Something that cannot be read."""
        if len(self._problems) < MOST_PROBLEMS:
            self._problems.append(Problem(str(where), what, mend))
        else:
            self._more_problems += 1

    def refused(self, place: Place, text: str, error: ValueError | str) -> None:
        """A cell that cannot be read, with the sentence of who tried."""
        sentence = str(error)
        what, stop, mend = sentence.partition(". ")
        if not sentence.startswith("”"):
            what, stop, mend = f"”{text}” går inte att läsa", ". ", sentence
        self.problem(place, f"{what}." if stop else what, mend)

    def ask(self, question: Question) -> None:
        """A question; one is asked once."""
        self._questions.setdefault(question.key, question)

    @property
    def has_asked_enough(self) -> bool:
        """Whether there are as many questions as are asked at a time."""
        return len(self._questions) >= MOST_QUESTIONS

    def ignore(self, sentence: str) -> None:
        """Something that is left out; told once."""
        self._ignored.setdefault(sentence)

    @property
    def entries(self) -> list[Entry]:
        """The figures, those of an indicator together, in the order the indicators come."""
        by_indicator: dict[int, list[Entry]] = {}
        for entry, _ in self._entries.values():
            by_indicator.setdefault(entry.indicator, []).append(entry)
        return [entry for entries in by_indicator.values() for entry in entries]

    @property
    def questions(self) -> list[Question]:
        """The questions, in the order they came up."""
        return list(self._questions.values())

    @property
    def problems(self) -> list[Problem]:
        """The problems, and how many there are beside them."""
        if not self._more_problems:
            return self._problems
        told = count_of(self._more_problems, "rad eller ruta", "rader eller rutor")
        rest = Problem(
            "Resten av filen", f"Det finns fel i {told} till.", "Rätta de första och läs in filen igen."
        )
        return [*self._problems, rest]

    @property
    def ignored(self) -> list[str]:
        """What was left out."""
        return list(self._ignored)
