"""Words of the search: which forms are one word, what is a part of another, what a slip is. Pure."""

import unicodedata
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boras_site.search.matching import BEGINS, FORM, INSIDE, SAME, Wanted, alike, nearest
from boras_site.search.query import MOST_CHARACTERS, MOST_WORDS, cut, words_of
from boras_site.search.words import MAX_LENGTH, clean, fold, spell, stem, tokens

ONE_WORD = [
    "skola skolan skolans skolor skolorna skolornas",
    "grundskola grundskolan grundskolor grundskolornas",
    "flicka flickan flickans flickor flickorna",
    "kvinna kvinnan kvinnor kvinnorna kvinnornas",
    "brott brottet brottets brotten brottens",
    "våldsbrott våldsbrottet våldsbrotten",
    "kommun kommunen kommunens kommuner kommunerna kommunernas",
    "elev elever eleven eleverna elevernas",
    "barn barnet barnets barnen barnens",
    "äldre äldres",
    "område området områdets områden områdena",
    "meritvärde meritvärdet meritvärden meritvärdena",
    "företag företaget företagets företagen företagens",
    "företagsklimat företagsklimatet",
    "resultat resultatet resultaten resultatens",
    "handlingsplan handlingsplanen handlingsplaner handlingsplanerna",
    "bostad bostaden bostäder bostäderna",
    "brand branden bränder bränderna",
    "lägenhetsbrand lägenhetsbränder lägenhetsbränderna",
    "kostnad kostnaden kostnader kostnaderna",
    "misshandel misshandeln",
    "hemtjänst hemtjänsten hemtjänstens",
    "trygghet tryggheten",
    "universitet universitetet",
    "budget budgeten",
    "finans finansen finanser",
    "människa människan människor",
    "fråga frågan frågor frågorna",
    "program programmet programmen",
    "undersökning undersökningen undersökningar",
    "skadegörelse skadegörelsen",
    "invånare invånaren invånarna invånarnas",
]
NOT_ONE_WORD = [
    "bran brand",
    "mat match",
    "vård värde",
    "bil bild",
    "kommun kommunikation",
    "polis politik",
    "äldre föräldrar",
    "person personal",
    "hatt hat",
    "hund hundra",
    "finans fina",
]


@pytest.mark.parametrize("forms", ONE_WORD)
def test_forms_of_a_word_meet_however_they_are_asked_for(forms):
    for first, second in combinations(forms.split(), 2):
        assert stem(first) == stem(second), (first, second)
        assert Wanted(first).fit(second) >= FORM
        assert Wanted(second).fit(first) >= FORM


@pytest.mark.parametrize("pair", NOT_ONE_WORD)
def test_other_words_do_not_meet(pair):
    first, second = pair.split()
    assert stem(first) != stem(second)
    assert Wanted(first).fit(second) not in (SAME, FORM)
    assert Wanted(second).fit(first) not in (SAME, FORM)


@pytest.mark.parametrize(
    ("wanted", "word", "fit"),
    [
        ("skola", "skola", SAME),
        ("skola", "skolan", FORM),
        ("skadegorelse", "skadegörelse", SAME),
        ("skadegorelse", "skadegörelsen", FORM),
        ("vard", "vård", SAME),
        ("vard", "värd", SAME),
        ("vård", "värd", 0.0),
        ("vård", "vard", 0.0),
        ("rån", "ran", 0.0),
        ("män", "man", 0.0),
        ("kri", "krisberedskap", BEGINS),
        ("kr", "krisberedskap", 0.0),
        ("brott", "våldsbrott", INSIDE),
        ("brottet", "våldsbrotten", INSIDE),
        ("skola", "grundskolor", INSIDE),
        ("elever", "elevhälsa", INSIDE),
        ("beredskap", "krisberedskapsnämnd", INSIDE),
        ("aldre", "äldreomsorg", BEGINS),
        ("hot", "idiothot", 0.0),
        ("elev", "relevant", 0.0),
        ("land", "bland", 0.0),
        ("äldre", "föräldrar", 0.0),
        ("mat", "mäter", 0.0),
        ("vard", "meritvärde", 0.0),
    ],
)
def test_how_well_a_word_fits(wanted, word, fit):
    assert Wanted(wanted).fit(word) == fit


def vocabulary(*spellings: str) -> dict[str, str]:
    return {fold(spelling): spelling for spelling in spellings}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("våldsbrtt", "våldsbrott"),
        ("våldsbrtot", "våldsbrott"),
        ("vldsbrtot", None),
        ("krisberdeskpa", "krisberedskap"),
        ("skoola", "skola"),
        ("skloa", "skola"),
        ("skölä", "skola"),
        ("skooola", None),
        ("äld", None),
        ("meritvxrdx", "meritvärde"),
        ("mxritvxrdx", None),
        ("", None),
    ],
)
def test_a_slip_is_forgiven_and_two_in_a_long_word(typed, meant):
    known = vocabulary("våldsbrott", "skola", "äldre", "meritvärde", "kommun", "krisberedskap")
    assert nearest(typed, known) == meant


def test_what_looks_like_a_word_is_asked_about_its_parts_first():
    known = vocabulary("brand", "lägenhet", "inbrott", "mat")
    assert alike("lägenhetsbrand", known) == ["lägenhet", "brand"]
    assert alike("imbrått", known)[0] == "inbrott"
    assert alike("ma", known) == []


# --- Taking texts apart --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("Skolan, i Borås!", ["skolan", "i", "borås"]),
        ("vård- och omsorg", ["vård", "och", "omsorg"]),
        ("F–9 2017/18", ["f", "9", "2017", "18"]),
        ("ÅÄÖ Kafé À", ["åäö", "kafe", "a"]),
        (unicodedata.normalize("NFD", "Skadegörelse"), ["skadegörelse"]),
        ("våldsbrott<b>x</b>", ["våldsbrott", "b", "x", "b"]),
        ("snake_case", ["snake", "case"]),
        ("…?!”’ 🙂 — _", []),
        ("", []),
    ],
)
def test_words_of_a_text(text, spellings):
    assert [token.spelling for token in tokens(clean(text))] == spellings


def test_soft_hyphens_and_nul_are_no_part_of_a_word():
    assert clean("våld\u00adsbrott\0ad\u00a0x") == "våldsbrott ad x"


def test_a_very_long_word_is_cut_to_what_the_index_holds():
    (token,) = tokens("a" * 500)
    assert len(token.spelling) == MAX_LENGTH


@given(st.text())
def test_any_text_can_be_taken_apart(text):
    cleaned = clean(text)
    for token in tokens(cleaned):
        assert cleaned[token.start : token.end]
        assert 0 < len(token.spelling) <= MAX_LENGTH
        assert "\0" not in token.spelling
        assert spell(token.spelling) == token.spelling
        assert len(fold(token.spelling)) == len(token.spelling)
        assert Wanted(token.spelling).fit(token.spelling) == SAME
        assert Wanted(fold(token.spelling)).fit(token.spelling) == SAME
        assert len(stem(token.spelling)) <= MAX_LENGTH
        nearest(token.spelling, {"skola": "skola"})


@given(st.text(max_size=400))
def test_any_query_can_be_read(text):
    query = cut(text)
    assert len(query) <= MOST_CHARACTERS
    assert "\0" not in query
    assert cut(query) == query
    assert len(words_of(query)) <= MOST_WORDS


def test_words_that_say_nothing_are_left_out_of_a_query_that_says_something():
    assert words_of("Hur är det i skolan och på fritids?") == ["skolan", "fritids"]
    assert words_of("och i") == ["och", "i"]
    assert words_of("skola Skola SKOLA") == ["skola"]
    assert words_of(" ".join(f"ord{number}" for number in range(20))) == [
        f"ord{number}" for number in range(8)
    ]
