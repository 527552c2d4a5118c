"""The questions of an intake as a form, and the editor's answers as what they mean.

A field is called by the question's key, so that an answer never lands on another question when somebody
else has answered in the meantime.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from comparisons.intake.names import fold
from comparisons.intake.understood import Choice, Question
from comparisons.models import Area, Indicator, Population, RememberedName
from comparisons.terms import EMPTY_POPULATION

Kind = RememberedName.Kind
Meaning = dict[str, Any]

#: A longer list of choices unfolds.
_MOST_RADIOS = 6
IGNORE: Meaning = {"ignore": True}
_OTHER = "annat"


@dataclass
class Asked:
    """A question on the screen: what may be answered, what was, and what is wrong with that."""

    question: Question
    chosen: str = ""
    typed: str = ""
    error: str = ""
    names: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The field of the choice."""
        return f"svar-{self.question.key}"

    @property
    def typed_name(self) -> str:
        """The field in which any name can be written."""
        return f"annat-{self.question.key}"

    @cached_property
    def options(self) -> list[tuple[str, str]]:
        """Value and label of each choice but the written one."""
        offered: list[Choice] = [*self.question.suggestions, *self.question.choices]
        if self.question.optional:
            offered.append(Choice("Hoppa över", IGNORE))
        return list({_value(one.meaning): (_value(one.meaning), one.label) for one in offered}.values())

    @property
    def unfolds(self) -> bool:
        """Whether the choices stand in a list that unfolds."""
        return len(self.options) > _MOST_RADIOS

    @property
    def is_open(self) -> bool:
        """Whether any indicator, area or population may be written."""
        return not self.question.choices and bool(self.names)

    def answer(self) -> Meaning | None:
        """What was answered; None for nothing, and for what is wrong, which ``error`` then says."""
        typed = self.typed.strip()
        if self.chosen not in ("", _OTHER):
            if typed:
                self.error = "Du har både valt och skrivit. Ta bort det ena."
            elif self.chosen in dict(self.options):
                return dict(json.loads(self.chosen))
            else:
                self.error = "Det valet finns inte längre. Välj igen."
        elif typed:
            if (found := self.names.get(typed) or self._by_folded.get(fold(typed))) is not None:
                return {"id": found}
            self.error = f"Det finns inget som heter ”{typed}”. Välj ett namn i listan."
        elif self.chosen == _OTHER:
            self.error = "Skriv vilket, och välj det i listan."
        return None

    @cached_property
    def _by_folded(self) -> dict[str, int]:
        """By the folded name, where no two are alike."""
        folded = Counter(map(fold, self.names))
        return {fold(name): key for name, key in self.names.items() if folded[fold(name)] == 1}


def asked(questions: list[Meaning], sent: Mapping[str, str] | None = None) -> list[Asked]:
    """The questions of an intake, with what was sent as answers."""
    found = [Asked(Question.from_json(one)) for one in questions]
    names = {kind: names_of(kind) for kind in {one.question.kind for one in found}}
    for one in found:
        one.names = names[one.question.kind]
        one.chosen = (sent or {}).get(one.name, "")
        one.typed = (sent or {}).get(one.typed_name, "")
    return found


def names_of(kind: str) -> dict[str, int]:
    """Everything of a kind by a name that is its own; nothing for kinds with a closed list."""
    if kind == Kind.INDICATOR:
        rows = Indicator.objects.order_by("title").values_list("title", "slug", "pk")
    elif kind == Kind.AREA:
        rows = Area.objects.order_by("name").values_list("name", "code", "pk")
    elif kind == Kind.POPULATION:
        others = Population.objects.exclude(pk=EMPTY_POPULATION)
        rows = others.order_by("name").values_list("name", "slug", "pk")
    else:
        return {}
    times: dict[str, int] = {}
    for name, _, _ in rows:
        times[name] = times.get(name, 0) + 1
    return {name if times[name] == 1 else f"{name} ({code})": pk for name, code, pk in rows}


def _value(meaning: Meaning) -> str:
    return json.dumps(meaning, sort_keys=True)
