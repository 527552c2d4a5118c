"""The sentences where readers meet them: on the pages, beside the tables they are made from."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from boras_site.demo import build
from comparisons import figures
from comparisons.models import Indicator, ThemePage
from comparisons.sentences import sentence_fault
from comparisons.table_values import TableValue
from tests import factories

NUMBER = re.compile(r"−?\d+(?:\u00a0\d{3})*(?:,\d+)?")
MORE = ("fler", "högre", "mer", "längre")
LESS = ("färre", "lägre", "mindre", "kortare")


def number(text: str) -> Decimal:
    return Decimal(text.replace("\u00a0", "").replace("−", "-").replace(",", "."))


def rows_of(page: ThemePage) -> list[tuple[Any, Any]]:
    """Every row of the page's tables, with its table."""
    page.prepare(figures.live())
    blocks = [block.value for block in page._blocks() if isinstance(block.value, TableValue)]
    return [(value.table, row) for value in blocks for row in value.table.rows]


@pytest.fixture
def demo(db: None) -> None:
    build.build()


@pytest.mark.usefixtures("demo")
def test_no_sentence_of_the_demo_contradicts_its_table():
    seen = compared = 0
    for page in ThemePage.objects.all():
        for table, row in rows_of(page):
            seen += 1
            own = row.cells[table.now]
            text = row.told.text
            if own.sign:
                assert "saknas" in text or "inte" in text or text.startswith("För få"), text
                continue
            if row.indicator.value_type == "yes_no":
                assert f"svarade {own.text.lower()}" in text
                continue
            assert own.text in text
            there = {number(found) for cell in row.cells for found in NUMBER.findall(cell.text)}
            for clause in re.findall(r"Det är [^.]*\.", text):
                for part in re.split(
                    r" (?:och|men) (?=\d|fler|färre|högre|lägre|samma|lika|ungefär)", clause
                ):
                    held = (
                        [number(found) for found in NUMBER.findall(part.split("(")[-1])]
                        if "(" in part
                        else []
                    )
                    if not held:
                        continue
                    compared += 1
                    assert held[0] in there, (part, there)
                    words = part.split(" än ")[0].split()
                    if any(word in words for word in MORE):
                        assert number(own.text) > held[0], part
                    if any(word in words for word in LESS):
                        assert number(own.text) < held[0], part
            if row.standing and row.standing.kind in ("better", "worse"):
                other = {"better": "sämre än", "worse": "bättre än"}[row.standing.kind]
                assert other not in text
    assert seen >= 19 and compared >= 20


@pytest.mark.usefixtures("demo")
def test_the_founding_page_says_its_sentences(client: Client):
    page = client.get("/oppna-jamforelser/trygghet-och-sakerhet/").content.decode().replace("\u00a0", " ")
    for sentence in (
        "Borås hade 10,4 anmälda våldsbrott per 1 000 invånare 2017 (medel 2015–2017). "
        "Det är fler än i mediankommunen (8,2) och ungefär som 2014–2016 (10,3).",
        "Borås hade 0,34 utvecklade bränder i byggnad per 1 000 invånare 2017. "
        "Det är färre än i mediankommunen (0,49) och färre än året före (0,5). "
        "Resultatet är bättre än medianen och förbättras.",
        "Borås svarade ja 2017. Det gjorde 79 % av kommunerna.",
        "Borås fick 5 av 5 poäng för geografiskt områdesansvar i krisberedskapen 2017, som är högsta poäng. "
        "Det har mediankommunen också. Det är samma som året före.",
        "I 6 jämförelser är Borås bättre i 1, sämre i 4 och lika i 1.",
        "Färre utvecklade bränder än i mediankommunen",
        "Fler anmälda våldsbrott än i mediankommunen",
        "2 poäng lägre än i mediankommunen",
    ):
        assert sentence in page, sentence


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("", False),
        ("{värde} av eleverna i {kommun} klarade 3 ämnen", False),
        ("{värde} procent av eleverna i {kommun} var behöriga", True),
        ("{värde} % av eleverna i {kommun} var behöriga", True),
        ("{kommun} hade {värde} i andel 2017", True),
        ("{kommun} hade {värde} i andel,", True),
        ("{kommun} hade {värde} anmälda brott", False),
        ("{värde} av eleverna i {kommun} (alla skolor) var behöriga", False),
        ("Kommunen hade {värde} brott", True),
        ("{kommun} hade många brott", True),
        ("{kommun} i {kommun} hade {värde}", True),
        ("{kommun} hade {värde} brott {år}", True),
        ("{kommun}s skolor hade {värde} i betyg", True),
        ("{kommun} hade{värde} brott", True),
    ],
)
def test_an_editors_sentence_is_refused_when_it_would_read_wrong(sentence, wrong):
    assert bool(sentence_fault(sentence, "percent")) == wrong
    assert bool(sentence_fault(sentence, "rank")) == bool(sentence)


@pytest.mark.django_db
def test_the_indicators_form_says_what_is_wrong_with_the_sentence_and_drops_a_full_stop():
    indicator = factories.indicator("Antal brott", sentence="{kommun} hade {värde} brott.")
    indicator.clean()
    assert indicator.sentence == "{kommun} hade {värde} brott"
    indicator.sentence = "Kommunen hade brott"
    with pytest.raises(Exception, match="klamrar") as refused:
        indicator.clean()
    assert list(refused.value.message_dict) == ["sentence"]


@pytest.mark.django_db
def test_a_table_without_a_comparison_tells_how_it_has_changed(client: Client):
    shown = factories.indicator("Antal brott", polarity="lower_better")
    factories.publish(
        factories.staged_figure(shown, "10", "2016"), factories.staged_figure(shown, "12", "2017")
    )
    page = factories.theme_page(tables=[factories.table(shown)])
    ((table, row),) = rows_of(page)
    assert table.words_label == "I ord" and row.finding == "Fler än året före"
    assert row.told.text == "Borås hade 12 brott 2017. Det är fler än året före (10). Det är en försämring."
    ((table, row),) = rows_of(
        factories.theme_page("Utan", tables=[factories.table(shown, show_standing=False)])
    )
    assert table.words_label == "" and "försämring" not in row.told.text
    assert Indicator.objects.count() == 1
