"""Two hundred times two editors who write, save and publish in any order: no value is lost in silence.

What stands in the database before and after each save is judged without asking the code under test: a value
may only give way to what its saver wrote after having opened it, or to what she chose when it was shown.
"""

import json
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.utils.html import strip_tags

from comparisons.models import Indicator, ThemePage
from tests import factories
from tests.editing import Editor, asked, saved, two, undrawn

# What it asks of the database is asked by others, at the same time and on both (test_two_at_once_race.py).
pytestmark = [pytest.mark.django_db, pytest.mark.once]

INTERLEAVINGS = 100
PAGE = ("title", "conclusion", "introduction", "responsible_unit")
INDICATOR = ("title", "definition", "synonyms", "short_title")
RICH = ("introduction", "definition")
ORDER = "results:*"
State = dict[str, Any]


# --- What stands where ---------------------------------------------------------------------------


def stored(of: Any) -> State:
    """The page or indicator as it is saved now: each field, each section, and their order."""
    now = saved(of)
    state = {name: strip_tags(getattr(now, name)) for name in fields_of(of)}
    if isinstance(of, ThemePage):
        state |= {f"results:{block.id}": block.value["heading"] for block in now.results}
        state[ORDER] = [f"results:{block.id}" for block in now.results]
    return state


def on_screen(of: Any, sent: dict[str, Any]) -> State:
    """The same of an open form."""
    state = {}
    for name in fields_of(of):
        text = sent[name]
        state[name] = "".join(block["text"] for block in json.loads(text)["blocks"]) if name in RICH else text
    if isinstance(of, ThemePage):
        places = [at for at in range(int(sent["results-count"])) if not sent[f"results-{at}-deleted"]]
        places.sort(key=lambda at: int(sent[f"results-{at}-order"]))
        keys = [f"results:{sent[f'results-{at}-id']}" for at in places]
        state |= {key: sent[f"results-{at}-value-heading"] for key, at in zip(keys, places, strict=True)}
        state[ORDER] = keys
    return state


def fields_of(of: Any) -> tuple[str, ...]:
    return PAGE if isinstance(of, ThemePage) else INDICATOR


# --- Somebody who does anything --------------------------------------------------------------------


@dataclass
class Now:
    """What is saved, as it was last read."""

    of: Any
    state: State = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.state = stored(self.of)

    def read(self) -> tuple[State, State]:
        """What was saved the last time it was read, and what is now."""
        before, self.state = self.state, stored(self.of)
        return before, self.state


@dataclass
class Hand:
    """An editor who writes at random, and what she opened, was shown and chose."""

    of: Any
    editor: Editor
    now: Now
    chance: random.Random
    is_open: bool = False
    opened: State = field(default_factory=dict)
    shown: State = field(default_factory=dict)
    chosen: dict[str, str] = field(default_factory=dict)
    own_version: int | None = None
    number: int = 0

    def open(self) -> None:
        """Open the screen anew."""
        self.editor.open()
        self.opened = on_screen(self.of, self.editor.sent)
        self.shown, self.chosen, self.own_version, self.is_open = {}, {}, None, True

    def write(self) -> None:
        """Change one thing: a field, or a section's heading, place or being there."""
        self.number += 1
        text = f"{self.editor.user.first_name} {self.number}"
        sent = self.editor.sent
        if isinstance(self.of, Indicator) or self.chance.random() < 0.5:
            self.editor.write(**{self.chance.choice(fields_of(self.of)): text})
            return
        count = int(sent["results-count"])
        there = [at for at in range(count) if not sent[f"results-{at}-deleted"]]
        what = self.chance.choice(["heading", "heading", "add", "delete", "move"])
        if what == "add" or len(there) < 3:
            at = f"results-{count}"
            sent |= {f"{at}-deleted": "", f"{at}-order": str(count), f"{at}-type": "section"}
            sent |= {f"{at}-id": f"{text} {self.chance.random()}", f"{at}-value-heading": text}
            sent |= {f"{at}-value-body-count": "0", "results-count": str(count + 1)}
        elif what == "heading":
            sent[f"results-{self.chance.choice(there)}-value-heading"] = text
        elif what == "delete":
            sent[f"results-{self.chance.choice(there)}-deleted"] = "1"
        else:
            one, other = (f"results-{at}-order" for at in self.chance.sample(there, 2))
            sent[one], sent[other] = sent[other], sent[one]

    def save(self) -> str:
        """Save in one of the ways there are, and judge it. Says what happened."""
        how = self.chance.choices(["", "publish", "autosave"], [3, 1, 1])[0]
        wrote = on_screen(self.of, self.editor.sent)
        if how == "autosave":
            told = self.editor.autosave(self.own_version)
            before, after = self.now.read()
            if not told["success"]:
                assert after == before
                return "refused"
            self.own_version = told["revision_id"]
            self._judge(wrote, before, after)
            self.opened = wrote
            return "saved by itself"
        differences = asked(self.editor.save(how))
        before, after = self.now.read()
        if differences:
            assert after == before
            self._choose(before, differences)
            return "asked"
        self._judge(wrote, before, after)
        if how == "publish":
            for key in (before.keys() & self.opened.keys()) - {ORDER}:
                known = (self.opened[key], wrote.get(key), self.shown.get(key))
                assert before[key] in known, f"{key} went public without being shown"
            assert type(self.of).objects.get(pk=self.of.pk).title == after["title"]
        self.is_open = False
        return "saved"

    def _choose(self, before: State, differences: dict[str, Any]) -> None:
        for key, one in differences.items():
            lines = [line.text for line in one.theirs]
            if key == ORDER:
                now = [before[section] for section in before[ORDER]]
                assert lines == [f"Avsnitt ”{heading}”" for heading in now] or "…" in lines
            else:
                assert any(before.get(key, "Borttaget") in line for line in lines), (key, lines)
            which = self.chance.choice(["mine", "theirs"])
            self.shown[key], self.chosen[key] = before.get(key), which
            self.editor.sent[one.name] = f"{which}-{one.mark}"

    def _judge(self, wrote: State, before: State, after: State) -> None:
        states = (self.opened, wrote, before, after)
        for key in {key for state in states for key in state} - {ORDER}:
            self._judge_one(key, *(state.get(key) for state in states))
        if ORDER in after:
            common = set.intersection(*(set(state[ORDER]) for state in states))
            self._judge_one(ORDER, *([key for key in state[ORDER] if key in common] for state in states))

    def _judge_one(self, key: str, opened: Any, wrote: Any, before: Any, after: Any) -> None:
        told = key in self.shown and (key == ORDER or self.shown[key] == before)
        if after != before:
            assert after == wrote, f"{key} became something nobody wrote"
            asked_for = told and self.chosen[key] == "mine"
            assert before == opened or asked_for, f"{key}: {before!r} was overwritten in silence"
        elif wrote != opened and wrote != before:
            assert told and self.chosen[key] == "theirs", f"{key}: {wrote!r} was dropped in silence"


# --- Two hundred times ---------------------------------------------------------------------------


def a_page() -> ThemePage:
    sections = [
        {"type": "section", "value": {"heading": one, "body": []}} for one in ("Brand", "Brott", "Kris")
    ]
    return factories.theme_page(introduction="<p>Så är det</p>", results=json.dumps(sections))


@pytest.mark.parametrize("make", [a_page, factories.indicator], ids=["page", "indicator"])
def test_nothing_is_overwritten_in_silence(make: Any) -> None:
    of, chance = make(), random.Random(1490)
    now = Now(of)
    hands = [Hand(of, editor, now, chance) for editor in two(of)]
    happened: Counter[str] = Counter()
    with undrawn():
        for _ in range(INTERLEAVINGS):
            for hand in hands:
                # An older form is sometimes left open from the last time, and written on in.
                if not hand.is_open or chance.random() < 0.6:
                    hand.open()
                for _ in range(chance.randint(1, 3)):
                    hand.write()
            for hand in chance.sample(hands, 2):
                what = hand.save()
                happened[what] += 1
                if what == "asked" and chance.random() < 0.7:
                    happened[hand.save()] += 1
    # Or it would prove nothing.
    assert all(
        happened[one] >= INTERLEAVINGS / 10 for one in ("saved", "asked", "saved by itself", "refused")
    )
