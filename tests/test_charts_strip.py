"""The strip plot: as many stitches as municipalities, and names that nothing crosses at any width."""

import gzip
import random
import re
from decimal import Decimal
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from comparisons.charts import Named, strip
from comparisons.charts.marks import ASCENT, DESCENT, text_width
from comparisons.charts.strip import NARROW
from comparisons.records import AreaTerms
from comparisons.svenska import format_number
from tests import reading
from tests.records import figure

NAMES = ["Mark", "Ale", "Umeå", "Örnsköldsvik", "Upplands Väsby", "Jönköping", "Malung-Sälen", "Lund", "Åre",
         "Östra Göinge", "Upplands-Bro", "Trollhättan"]  # fmt: skip
#: Px of drawing: the narrowest phone, a wide one, a screen.
WIDTHS = (NARROW, 400, 1172)


def named(name, value, area=1):
    found = figure(value, AreaTerms(area, name))
    return Named(name, found, format_number(found.value, found.decimals))


def drawn(values, *others, own=None, median=None):
    """The strip of the values, the first of which is the own one."""
    found = [figure(value, AreaTerms(number, "")) for number, value in enumerate(values, 1)]
    mine = named("Borås", own or values[0])
    middle = named("Median", median or sorted(values, key=Decimal)[len(values) // 2])
    return strip(found, mine, middle, [named(*other) for other in others])


def stitches(made):
    """How many stitches are drawn: the dashes of each pile."""
    lengths = [int(length) for length in re.findall(r"v-(\d+)", made.path)]
    dash, gap = (int(part) for part in made.dashes.split())
    assert all(length % (dash + gap) == 0 for length in lengths)
    return sum(length // (dash + gap) for length in lengths)


def box(thread, width, scale=Decimal(1)):
    """What a thread's text covers in a drawing of that width."""
    at, length = thread.x * width / 100 + thread.dx, text_width(thread.text.text) * scale
    left = at - length if thread.text.anchor == "end" else at
    return left, left + length, thread.text.y - ASCENT * scale, thread.text.y + DESCENT


def sound(made, width):
    """Every text stays by the drawing, no two meet, and no thread goes through one."""
    hung = [(thread, box(thread, width)) for thread in made.named]
    top = [(made.own, box(made.own, width, Decimal(4) / 3)), (made.median, box(made.median, width))]
    for threads, sign in ((hung, 1), (top, -1)):
        for thread, (left, right, above, below) in threads:
            assert left >= -16 and right <= width + 16, (thread, width)
            assert above >= 0
            assert below <= made.height
            for other, (other_left, other_right, other_above, other_below) in threads:
                if other is thread:
                    continue
                meet = (
                    left < other_right and other_left < right and above < other_below and other_above < below
                )
                assert not meet, (thread, other, width)
                reaches = other.y >= above if sign == 1 else other.y <= below
                assert not (reaches and left < other.x * width / 100 < right), (thread, other, width)


# --- Stitches ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        ["1", "2"],
        ["0", *["100"] * 200],
        [str(value) for value in range(290)],
        [f"{value / 100:.2f}" for value in range(0, 29000, 100)],
        ["-3.5", "-3.4", "0.0", "2.1"],
        ["0.00000001", "12345678.5"],
        ["1", "1.5", "1.25"],
    ],
    ids=["two", "one apart", "all unlike", "hundredths", "negative", "far apart", "unlike decimals"],
)
def test_there_are_as_many_stitches_as_municipalities(values):
    made = drawn(values)
    assert stitches(made) == len(values)
    assert all(0 <= x <= 100 for x, _ in made.piles)
    assert len(made.piles) <= 140
    sound(made, NARROW)


def test_missing_values_have_no_stitch():
    found = [figure(value, AreaTerms(number, "")) for number, value in enumerate(("1", None, "2"), 1)]
    assert stitches(strip(found, named("Borås", "1"), named("Median", "2"), [])) == 2


@pytest.mark.parametrize("values", [["5"], ["5", "5", "5.0"]])
def test_nothing_is_drawn_where_all_are_the_same(values):
    assert drawn(values) is None


def test_piles_stand_in_order_and_at_their_values():
    made = drawn(["0", "10", "10", "5"])
    (low, one), (middle, _), (high, two) = made.piles
    assert (one, two) == (1, 2) and middle - low == high - middle and made.own.x == low


# --- Names ---------------------------------------------------------------------------------------


def test_the_leftmost_hangs_lowest():
    made = drawn([str(n) for n in range(100)], ("Mark", "10"), ("Umeå", "50"), ("Ale", "30"))
    assert [thread.text.text for thread in made.named] == ["Mark 10", "Ale 30", "Umeå 50"]
    heights = [thread.y for thread in made.named]
    assert heights == sorted(heights, reverse=True)
    assert {thread.text.anchor for thread in made.named} == {""}


def test_names_at_the_right_edge_go_to_the_left():
    made = drawn([str(n) for n in range(100)], ("Örnsköldsvik", "97"), ("Upplands Väsby", "99"))
    assert {thread.text.anchor for thread in made.named} == {"end"}
    sound(made, NARROW)


_VALUES = st.lists(st.integers(-500, 500), min_size=10, max_size=60)


@settings(max_examples=300, derandomize=True)
@given(_VALUES, st.lists(st.integers(0, 59), max_size=12), st.integers(0, 2))
def test_no_thread_crosses_a_name_at_any_width(values, places, decimals):
    written = [format(Decimal(value).scaleb(-decimals), "f") for value in values]
    others = [(NAMES[at], written[place % len(written)]) for at, place in enumerate(places)]
    made = drawn(written, *others)
    if made is None:
        assert len(set(values)) == 1
        return
    assert stitches(made) == len(values)
    for width in WIDTHS:
        sound(made, width)
    kept = {thread.text.text.split(" ")[0] for thread in made.named}
    assert len(made.named) >= min(len(others), 4) and kept <= {name.split(" ")[0] for name, _ in others}


# --- Drawn ---------------------------------------------------------------------------------------


def test_the_drawing_is_small_named_and_without_styles():
    chance = random.Random(3)
    values = [f"{max(1, chance.gauss(8, 2)):.1f}" for _ in range(290)]
    others = [(name, values[number * 3]) for number, name in enumerate(NAMES)]
    html = render_to_string(
        "components/charts/strip.html", {"strip": drawn(values, *others), "name": "Fördelning"}
    )
    assert len(gzip.compress(html.encode())) <= 3000
    (svg,) = reading.soup(html).select("svg.strip")
    assert svg["role"] == "img" and svg["aria-label"] == "Fördelning" and "viewbox" not in svg.attrs
    assert not svg.select("[style], script")
    assert [len(svg.select(line)) for line in (".t-own", ".t-comparison", ".t-warp")] == [1, 1, 10]


def test_ticks_are_round_and_keep_apart():
    made = drawn([f"{value / 10:.1f}" for value in range(33, 140)])
    assert [tick.text for tick in made.ticks] == ["4", "6", "8", "10", "12", "14"]
    for width, extras in ((NARROW, False), (1172, True)):
        shown = [tick for tick in made.ticks if extras or not tick.is_extra]
        boxes = [tick.box(width) for tick in shown]
        assert all(before.right < after.left for before, after in pairwise(boxes))
