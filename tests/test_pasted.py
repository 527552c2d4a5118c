"""Texts that were pasted: what is taken away, and what is left as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.pasted import tidy_line, tidy_lines, tidy_rich_text


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("  Två\tord\r\n", "Två ord"),
        ("En rad\nsom brutits", "En rad som brutits"),
        ("Dubbla  mellanslag \u00a0 här", "Dubbla mellanslag här"),
        ("Zero\u200bwidth\ufeff och \u200emärken\u202c", "Zerowidth och märken"),
        ("\uf0b7 Punkt ur Word", "Punkt ur Word"),
        ("Loda\u0308ter a\u030a", "Lodäter å"),
        ("Klockan\x0bbryter\x07", "Klockan bryter"),
        # A number is held together; any other space that does not break is one that does.
        ("1\u00a0000 och 79\u00a0% på\u00a0en dag", "1\u00a0000 och 79\u00a0% på en dag"),
        ("1\u202f000", "1\u00a0000"),
        # A soft hyphen is for long words, and stands inside one.
        ("Tillgänglighets\u00adredogörelse", "Tillgänglighets\u00adredogörelse"),
        ("\u00adbörjan, slut\u00ad och 2017\u00ad18", "början, slut och 201718"),
        ("”Citat” – tankstreck, 10–20 & <b>", "”Citat” – tankstreck, 10–20 & <b>"),
        ("\u200b \t", ""),
    ],
)
def test_a_line(pasted: str, kept: str) -> None:
    assert tidy_line(pasted) == kept


def test_lines_stay_lines() -> None:
    assert tidy_lines("\n Ett \r\nTvå\tord\r\n\r\n\r\n\r\nTre\x0bFyra\n\n") == "Ett\nTvå ord\n\nTre\nFyra"


@given(st.text())
def test_a_tidy_line_stays_as_it_is(text: str) -> None:
    once = tidy_line(text)
    assert tidy_line(once) == once
    assert tidy_lines(tidy_lines(text)) == tidy_lines(text)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<p>Ett</p><p></p><p>\u00a0</p><p> <b> </b></p><p>Två</p>", "<p>Ett</p><p>Två</p>"),
        ("<p></p>", ""),
        ("", ""),
        ("<p> Ett  <b>två </b> tre </p>", "<p>Ett <b>två </b>tre</p>"),
        ("<p>Ett<b></b> <a href='/x/'></a>två</p>", "<p>Ett två</p>"),
        ("<p><br/>Ett <br/><br/> två<br/></p>", "<p>Ett<br/>två</p>"),
        ("<h3><b>Rubrik</b></h3><h3> </h3>", "<h3>Rubrik</h3>"),
        ("<ul><li>Ett </li><li> </li></ul><ol><li></li></ol>", "<ul><li>Ett</li></ul>"),
        (
            "<ul><li>Ett  <ul><li> under</li><li></li></ul></li></ul>",
            "<ul><li>Ett<ul><li>under</li></ul></li></ul>",
        ),
        ('<p>En <span lang="en">\u200bstudy  of</span> x</p>', '<p>En <span lang="en">study of</span> x</p>'),
    ],
)
def test_rich_text(pasted: str, kept: str) -> None:
    assert tidy_rich_text(pasted) == kept


@pytest.mark.parametrize(
    "html",
    [
        '<p data-block-key="ab1cd">A &amp; B &lt;3 "citat" 1\u00a0000</p>',
        '<p data-block-key="x"><a linktype="page" id="3">Sidan</a>, <a href="https://x.se/?a=1&amp;b=2">x.se</a></p>',
        '<p>Rad ett<br/>rad två</p><ul><li data-block-key="y"><b>Fet</b> text</li></ul>',
        '<p>Bild</p><embed embedtype="image" id="1"/><hr/>',
    ],
)
def test_tidy_rich_text_comes_back_to_the_character(html: str) -> None:
    assert tidy_rich_text(html) == html
