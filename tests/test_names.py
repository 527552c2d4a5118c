"""When two names are the same however they are spelled, and when they are merely similar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.intake.names import Names, fold, municipality_spellings

NBSP, SOFT_HYPHEN = "\u00a0", "\u00ad"


@pytest.mark.parametrize(
    "spelled",
    [
        "antal anmälda stöld- och tillgreppsbrott per 1 000 invånare",
        "ANTAL ANMÄLDA STÖLD- OCH TILLGREPPSBROTT PER 1 000 INVÅNARE",
        "  Antal  anmälda stöld- och\ttillgreppsbrott per 1000 invånare ",
        f"Antal anmälda stöld- och tillgreppsbrott per 1{NBSP}000 invånare.",
        "Antal anmälda stöld\u2013 och tillgreppsbrott per 1\u202f000 invånare :",
        "Antal anmälda stöld\u2014och tillgreppsbrott per 1 000 invånare",
        "Antal anmälda stöld\u2212 och tillgreppsbrott per 1 000 invånare",
        "Antal anmälda stöld\u2011 och tillgreppsbrott per 1 000 invånare",
        f"Antal anmälda stöld- och tillgrepps{SOFT_HYPHEN}brott per 1 000 invånare",
        "Antal anma\u0308lda sto\u0308ld- och tillgreppsbrott per 1 000 inva\u030anare",
        "\ufeffAntal anmälda stöld- och tillgreppsbrott per 1 000 invånare\u200b",
    ],
)
def test_one_name_however_it_is_spelled(spelled: str) -> None:
    assert fold(spelled) == fold("Antal anmälda stöld- och tillgreppsbrott per 1 000 invånare")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Våldsbrott", "Valdsbrott"),
        ("Borås", "Borås Stad"),
        ("Meritvärde, 16 ämnen", "Meritvärde, 17 ämnen"),
        ("Stöld- och tillgrepp", "Stöld och tillgrepp"),
        ("NKI, bygglov", "NKI bygglov"),
    ],
)
def test_what_is_only_similar_stays_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["..", ".", "…"])
def test_a_name_of_stops_alone_is_not_nothing(text: str) -> None:
    assert fold(text)


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(
    st.lists(st.text(st.characters(categories=["Ll", "Nd"]), min_size=1), min_size=1),
    st.sampled_from([" ", "  ", NBSP, "\t", "\u202f", f" {SOFT_HYPHEN}"]),
    st.sampled_from(["", ".", " ", ":", " ."]),
)
def test_spaces_and_stops_at_the_end_never_set_names_apart(words: list[str], space: str, end: str) -> None:
    assert fold(space.join(words) + end) == fold(" ".join(words))


def known() -> Names:
    towns = {1: ("Borås", "1490"), 2: ("Bollebygd", "1443"), 3: ("Danderyd", "0162"), 4: ("Håbo", "0305")}
    return Names(
        [(spelling, pk) for pk, town in towns.items() for spelling in municipality_spellings(*town)],
        [("Sjuhärads största", 1), ("Delat", 1), ("Delat", 2)],
        also=[("textilstaden", 1)],
    )


@pytest.mark.parametrize(
    ("written", "pk"),
    [
        *[(spelled, 1) for spelled in ("borås", "BORÅS.", "1490", "1490 Borås", "Borås (1490)")],
        *[("Bollebygds kommun", 2), ("Bollebygd kommun", 2), ("Borås kommun", 1)],
        # Excel takes the first nought of a code away.
        *[("0162", 3), ("162", 3)],
        ("Sjuhärads största", 1),
    ],
)
def test_a_municipality_by_name_and_code(written: str, pk: int) -> None:
    assert known().find(fold(written)) == pk


@pytest.mark.parametrize(("written", "first"), [("Borås Stad", 1), ("Boras", 1), ("Bollebyggd", 2)])
def test_what_is_similar_is_suggested_and_not_taken(written: str, first: int) -> None:
    assert known().find(fold(written)) is None
    assert known().similar(written)[0] == first


def test_a_name_of_two_is_the_name_of_none() -> None:
    assert known().find(fold("Delat")) is None
    assert set(known().similar("Delat")) >= {1, 2}


def test_other_words_suggest_and_do_not_name() -> None:
    assert known().find(fold("textilstaden")) is None
    assert known().similar("Textilstaden") == [1]


def test_nothing_is_suggested_for_what_is_like_nothing() -> None:
    assert known().similar("Xyzzq") == []
