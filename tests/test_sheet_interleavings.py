"""Two hundred times two editors who open, write, save, submit, publish and throw away in any order.

What is published and staged before and after each step is judged without asking the code under test:
a figure may only give way to a save whose editor had been shown it, on her sheet or in a conflict, and
what becomes public is what the release said it would change.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest

from comparisons import ledger, releases, roles
from comparisons.changes import changes
from comparisons.models import Indicator, Observation, Release, StagedFigure
from comparisons.terms import Status
from tests import factories
from tests.sheets import Writer, cell

# What it asks of the database is asked by others, at the same time and on both (test_two_at_once_race.py).
pytestmark = [pytest.mark.django_db, pytest.mark.once]

INTERLEAVINGS = 200
STEPS = 9
YEARS = ("2014", "2015", "2016", "2017")
TEXTS = ("10,1", "10,2", "10,3", "10,4", "", "..", "–")
#: What a figure says: its value as written, whether it is preliminary, how many stand behind it.
Said = tuple[str, bool, int | None]
EMPTY: Said = ("", False, None)


def said(figure: Any) -> Said:
    """What a row of the database says, in words of the test's own."""
    signs = {Status.SUPPRESSED: "..", Status.MISSING: "–", Status.WITHDRAWN: ""}
    text = f"{figure.value:.1f}".replace(".", ",") if figure.value is not None else signs[figure.status]
    return (text, figure.preliminary, figure.n)


def public(of: Indicator) -> dict[str, Said]:
    """What readers see, by period; a withdrawn figure is none."""
    live = Observation.objects.filter(indicator=of, superseded_by=None).exclude(status=Status.WITHDRAWN)
    return {figure.when.key: said(figure) for figure in live}


def staged(of: Indicator, **narrower: Any) -> dict[str, Said]:
    """What waits in releases, by period."""
    found = {
        figure.when.key: said(figure) for figure in StagedFigure.objects.filter(indicator=of, **narrower)
    }
    assert len(found) == StagedFigure.objects.filter(indicator=of, **narrower).count()
    return found


def standing(of: Indicator) -> dict[str, Said]:
    """What stands in each cell for whoever opens the sheet now."""
    return dict.fromkeys(YEARS, EMPTY) | public(of) | staged(of)


@dataclass(eq=False)
class Hand:
    """An editor who does anything, and what she has been shown of each cell."""

    of: Indicator
    writer: Writer
    chance: random.Random
    shown: dict[str, Said] = field(default_factory=dict)

    def open(self) -> str:
        self.writer.open(*YEARS)
        now = standing(self.of)
        for year in YEARS:
            on_screen = self.writer.cells[cell(self.of, year)]
            assert (on_screen.text, on_screen.preliminary, on_screen.n) == now[year]
        self.shown = now
        return "opened"

    def write(self) -> str:
        year = self.chance.choice(YEARS)
        key = cell(self.of, year)
        if self.writer.cells[key].locked:
            return "locked"
        details: dict[str, Any] = {}
        if self.chance.random() < 0.3:
            details = self.chance.choice(
                [{"preliminary": True}, {"preliminary": False}, {"n": "7"}, {"n": "9"}]
            )
        if not details or self.chance.random() < 0.5:
            details["text"] = self.chance.choice(TEXTS)
        self.writer.write(key, **details)
        return "wrote"

    def save(self) -> str:
        if not self.writer.written:
            return "nothing to save"
        before, was_public = standing(self.of), public(self.of)
        wrote = {key.rsplit(".", 1)[1][:4]: one for key, one in self.writer.written.items()}
        told = self.writer.save()
        after = standing(self.of)
        assert public(self.of) == was_public
        if self.writer.answer.status_code == 409:
            assert after == before
            assert told["conflicts"] or told["reason"] or "Någon annan har döpt" in told["message"], told
            self._choose(told["conflicts"], before)
            return "asked" if told["conflicts"] else "told"
        for year in YEARS:
            if after[year] == before[year]:
                # What she wrote is not dropped unless somebody else has written just that.
                assert year not in wrote or self._is(wrote[year], before[year]), (year, wrote[year], before)
                continue
            assert year in wrote, f"{year} changed and she had not written in it"
            assert before[year] == self.shown[year], f"{before[year]} of {year} gave way in silence"
            assert self._is(wrote[year], after[year]), f"{year} became something nobody wrote"
        self.open()
        return "saved"

    def _is(self, wrote: dict[str, Any], now: Said) -> bool:
        """Whether a cell says what she wrote in it."""
        text, preliminary, n = now
        if wrote["text"] != text:
            return False
        return text == "" or (
            wrote.get("preliminary", preliminary) == preliminary and wrote.get("n", str(n)) == str(n)
        )

    def _choose(self, conflicts: list[dict[str, Any]], now: dict[str, Said]) -> None:
        for one in conflicts:
            year = one["key"].rsplit(".", 1)[1][:4]
            # The conflict shows just what stands there.
            assert (one["theirs"], one["preliminary"], one["n"]) == now[year]
            self.shown[year] = now[year]
            if one["locked"] or self.chance.random() < 0.5:
                self.writer.take_theirs(one)
            else:
                self.writer.keep_mine(one)

    def submit(self) -> str:
        release = self.draft()
        if release is None:
            return "no draft"
        releases.submit(release, self.writer.user)
        return "submitted"

    def discard(self) -> str:
        release = self.draft()
        if release is None or self.chance.random() < 0.6:
            return "no draft"
        releases.discard(release)
        return "discarded"

    def draft(self) -> Release | None:
        drafts = list(Release.objects.filter(state=Release.State.DRAFT).order_by("pk"))
        return self.chance.choice(drafts) if drafts else None


def publish(of: Indicator, reviewer: Any) -> str:
    """A reviewer reads the diff of what waits, and publishes it."""
    release = Release.objects.filter(state=Release.State.SUBMITTED).first()
    if release is None:
        return "nothing waits"
    before, wanted = public(of), staged(of, release=release)
    promised = {change.what[-4:]: change for change in changes(release)}
    assert promised.keys() == wanted.keys()
    try:
        releases.approve_and_publish(release, reviewer)
    except ledger.FiguresMoved:
        assert public(of) == before
        return "moved"
    after = public(of)
    for year in YEARS:
        if year not in promised:
            assert after.get(year) == before.get(year), f"{year} changed and the diff said nothing of it"
            continue
        assert after.get(year, EMPTY) == wanted[year]
        for text, figure in (
            (promised[year].before, before.get(year)),
            (promised[year].after, after.get(year)),
        ):
            first = "inget" if figure is None else figure[0]
            assert text.split(" ")[0] == first, f"the diff said {promised[year]}, and it became {figure}"
            assert ("preliminär" in text) == bool(figure and figure[1] and figure[0] not in ("..", "–"))
    return "published"


def arrive(of: Indicator, chance: random.Random) -> str:
    """A figure is published from elsewhere, past the sheets."""
    factories.publish(factories.staged_figure(of, chance.choice(["10.5", "10.6"]), chance.choice(YEARS)))
    return "arrived"


def test_nothing_is_overwritten_in_silence_and_what_is_published_is_what_was_read() -> None:
    chance = random.Random(1490)
    of, reviewer = factories.indicator("Våldsbrott"), factories.user(roles.REVIEWER)
    factories.own_area()
    hands = [Hand(of, Writer(of), chance) for _ in range(2)]
    happened: dict[str, int] = {}
    for _ in range(INTERLEAVINGS):
        for hand in hands:
            # An older sheet is sometimes left open from the last time.
            if not hand.shown or chance.random() < 0.6:
                hand.open()
            hand.writer.say(reason="Källan har rättat.")
        for _ in range(STEPS):
            hand = chance.choice(hands)
            steps: dict[Callable[[], str], float] = {
                hand.write: 8,
                hand.save: 5,
                hand.submit: 1,
                hand.discard: 1,
                hand.open: 0.3,
                partial(publish, of, reviewer): 2,
                partial(arrive, of, chance): 0.4,
            }
            what = chance.choices(list(steps), list(steps.values()))[0]()
            happened[what] = happened.get(what, 0) + 1
    # Or it would prove nothing.
    least = {"saved": 120, "asked": 40, "published": 30, "moved": 2, "discarded": 15, "arrived": 20}
    assert not [what for what, number in least.items() if happened[what] < number], happened
