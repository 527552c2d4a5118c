"""What has been understood of a file: figures, and what is still to be answered or mended. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from comparisons.loading import Entry

#: What a word means, as it is kept: ``{"id": 4}``, ``{"ignore": true}``, ``{"statistic": "median", …}``.
Meaning = dict[str, Any]
#: Meanings by the key of their question: ``indicator:våldsbrott``.
Answers = Mapping[str, Meaning]


@dataclass(frozen=True)
class Problem:
    """Something in a file that cannot be read: where it stands, what it is, and how to mend it."""

    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        return " ".join(part for part in (f"{self.where}: {self.what}", self.mend) if part)


@dataclass(frozen=True)
class Choice:
    """One answer to a question: its words, and what is kept when it is chosen."""

    label: str
    meaning: Meaning


@dataclass(frozen=True)
class Question:
    """A word in the file that only its editor can tell the meaning of.

    ``key`` is the kind and the folded text, the same next year. ``suggestions`` are similar names, best
    first, and never chosen by themselves. ``choices`` is a closed list; where it is empty, any of the
    kind may be chosen. One that is ``optional`` may be answered ``{"ignore": true}``.
    """

    key: str
    kind: str
    written: str
    where: str
    ask: str
    suggestions: list[Choice] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    optional: bool = True

    def to_json(self) -> dict[str, Any]:
        """The question as ``Intake.questions`` keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Question":
        """Read back what ``to_json`` made."""
        lists = {name: [Choice(**choice) for choice in kept[name]] for name in ("suggestions", "choices")}
        return cls(**{**kept, **lists})


@dataclass(frozen=True)
class Understood:
    """A file as far as it is understood.

    ``entries`` of which no two have one key, those of an indicator together. ``carried`` names what beside
    value, decimals and status the file speaks of. ``shape`` is ``long``, ``wide`` or empty for a file in
    which there is no table; ``ignored`` tells what was left out, a sentence each.
    """

    entries: list[Entry]
    carried: frozenset[str]
    questions: list[Question]
    problems: list[Problem]
    shape: str
    ignored: list[str]
