"""The sentence that counts what is better and worse."""

import pytest

from comparisons.standings import Standing
from comparisons.tally import tally


def standings(*kinds: str) -> list:
    """Each kind is of an indicator of its own."""
    return [((place, 1, "T"), Standing(kind, "", "")) for place, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ([], ""),
        (["open", "open"], ""),
        (["better"], "I den enda jämförelsen är Borås bättre."),
        (["same", "open"], "I den enda jämförelsen är Borås lika bra."),
        (["worse", "worse"], "I båda jämförelserna är Borås sämre."),
        (["same"] * 3, "I alla 3 jämförelser är Borås lika bra."),
        (["worse", "better"], "I 2 jämförelser är Borås bättre i 1 och sämre i 1."),
        (
            ["worse", "open", "same", "worse", "better", "worse"],
            "I 5 jämförelser är Borås bättre i 1, sämre i 3 och lika i 1.",
        ),
    ],
)
def test_the_sentence(kinds, sentence):
    assert tally("Borås", standings(*kinds)).replace("\u00a0", " ") == sentence


def test_what_stands_in_two_places_counts_once_and_as_it_stands_first():
    twice = [*standings("better", "worse"), *standings("worse", "worse")]
    assert tally("Borås", twice).endswith("är Borås bättre i\u00a01 och sämre i\u00a01.")


def test_a_row_that_cannot_be_compared_does_not_hide_one_that_can():
    assert tally("Borås", [*standings("open"), ((0, 1, "T"), None), *standings("better")]).endswith("bättre.")
