"""Addresses on a page: given once, kept, unique, and never given to another block."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from comparisons.anchors import RESERVED, assign

FIRST = {"a": "brandskyddsarbete", "b": "krisberedskap"}


def test_a_block_gets_its_address_from_its_heading():
    blocks = [("a", "Brandskyddsarbete"), ("b", "Våld, stöld & skade\u00adgörelse 2017/18")]
    assert assign({}, blocks) == {"a": "brandskyddsarbete", "b": "vald-stold-skadegorelse-2017-18"}


@pytest.mark.parametrize(
    "blocks",
    [
        [("a", "Något helt annat"), ("b", "Krisberedskap")],
        [("b", "Krisberedskap"), ("a", "Brandskyddsarbete")],
        [("a", "Krisberedskap"), ("b", "Brandskyddsarbete")],
        [("a", ""), ("b", "")],
        [("b", "Krisberedskap")],
        [],
    ],
)
def test_addresses_stay_when_headings_change_move_or_go(blocks):
    assert assign(FIRST, blocks) == FIRST


def test_the_address_of_a_block_that_is_gone_is_never_given_to_another():
    after = assign(FIRST, [("b", "Krisberedskap"), ("c", "Brandskyddsarbete")])
    assert after == {**FIRST, "c": "brandskyddsarbete-2"}
    assert assign(after, [("d", "Brandskyddsarbete")])["d"] == "brandskyddsarbete-3"


def test_a_block_that_comes_back_has_the_address_it_had():
    without = assign(FIRST, [("b", "Krisberedskap")])
    assert assign(without, [("a", "Brandskydd")])["a"] == "brandskyddsarbete"


def test_like_headings_get_unlike_addresses_and_a_written_number_is_respected():
    blocks = [("a", "Skola"), ("b", "Skola 2"), ("c", "Skola"), ("d", "SKOLA!")]
    assert list(assign({}, blocks).values()) == ["skola", "skola-2", "skola-3", "skola-4"]


@pytest.mark.parametrize(("heading", "address"), [("", "avsnitt"), ("–", "avsnitt"), ("123", "123")])
def test_a_heading_without_letters_gets_an_address_too(heading, address):
    assert assign({}, [("a", heading)]) == {"a": address}


def test_a_long_heading_is_cut_at_a_word():
    address = assign({}, [("a", "Samverkan och ledning, avser kommunens förutsättningar att bedriva")])["a"]
    assert address == "samverkan-och-ledning-avser-kommunens-forutsattningar-att"


def test_a_block_without_an_id_gets_no_address():
    assert assign({}, [("", "Skola")]) == {}


def test_what_was_known_is_not_altered_in_place():
    known = dict(FIRST)
    assign(known, [("c", "Nytt")])
    assert known == FIRST


@pytest.mark.parametrize("address", sorted(RESERVED))
def test_the_pages_own_addresses_are_not_given_to_blocks(address):
    assert assign({}, [("a", address)]) == {"a": f"{address}-2"}


def test_every_fixed_address_of_pages_with_blocks_is_reserved():
    templates = Path(settings.BASE_DIR) / "templates"
    elsewhere = {
        "indicator_page.html",
        "indicator_list.html",
        "500.html",
        "404.html",
        "comparison.html",
        "among_all.html",
    }
    elsewhere |= {"home_page.html", "search_form.html", "search.html", "accessibility_statement_page.html"}
    fixed = {
        found
        for path in templates.rglob("*.html")
        if path.name not in elsewhere and not {"feedback", "desk", "wagtailadmin"} & set(path.parts)
        for found in re.findall(r'\bid="([a-z0-9-]+)"', path.read_text("utf-8"))
    }
    # An address that is made of a heading never has two hyphens in a row.
    assert fixed and {address for address in fixed if "--" not in address} <= RESERVED


HEADINGS = st.text("ab 2-Å") | st.sampled_from(["", "Skola", "Skola 2", "Kort", "Dela"])
EDITS = st.lists(st.lists(st.tuples(st.sampled_from("abcdef"), HEADINGS)))


@given(EDITS)
def test_however_a_page_is_edited_addresses_stay_and_are_unique(edits):
    known: dict[str, str] = {}
    for blocks in edits:
        after = assign(known, blocks)
        assert known.items() <= after.items()
        assert {block for block, _ in blocks} <= after.keys()
        assert len(set(after.values())) == len(after)
        assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", address) for address in after.values())
        assert not RESERVED & set(after.values())
        known = after
