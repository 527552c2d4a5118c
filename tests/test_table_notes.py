"""What stands around a table: footnotes, signs, sources, notes, the line under a label."""

from decimal import Decimal

import pytest

from comparisons.records import Row
from comparisons.tables import build_table
from tests.records import FOUNDING, RIKET, column, figure, indicator, points


def test_footnotes_are_numbered_in_order_and_shared():
    rows = [Row(indicator(id=i), footnote=note) for i, note in enumerate(["b", "", "a", "b"], 1)]
    table = build_table("", rows, [column()], [])
    assert table.footnotes == ("b", "a")
    assert [row.footnote_number for row in table.rows] == [1, None, 2, 1]


def test_the_legend_has_each_sign_that_stands_in_the_table_once():
    found = [figure(indicator=1), figure("0", indicator=2), figure(indicator=3, status="too_few")]
    table = build_table("", [Row(indicator(id=i)) for i in (1, 2, 3, 4)], [column()], found)
    assert [(sign.sign, sign.words) for sign in table.signs] == [
        ("–", "saknas"),
        ("*", "för få svar"),
    ]
    assert build_table("", [Row(indicator())], [column()], [figure("0")]).signs == ()


def test_sources_are_those_of_the_figures_shown_each_once():
    found = [
        figure("1", period="2016", source="Brå"),
        figure("2", source="Brå"),
        figure(area=RIKET, statistic="median", source="MSB"),
        figure("9", period="2015", source="Visas inte"),
    ]
    assert build_table("", [Row(indicator())], FOUNDING, found).sources == ("Brå", "MSB")
    assert build_table("", [Row(indicator())], FOUNDING, [figure("1")]).sources == ()


SCHOOL, PUPILS, CRIME = (
    Row(indicator(id=1, title="Meritvärde", period_basis="school_year")),
    Row(indicator(id=2, title="Behörighet", period_basis="school_year")),
    Row(indicator(id=3, title="Våldsbrott", period_basis="three_year_mean")),
)


@pytest.mark.parametrize(
    ("rows", "periods", "notes"),
    [
        ([SCHOOL, PUPILS], ["2017", "2018"], ("Åren är läsår: 2018 är läsåret 2017/18.",)),
        ([SCHOOL], ["2018", "2019-T1"], ("Åren är läsår: 2018 är läsåret 2017/18.",)),
        (
            [SCHOOL, CRIME, PUPILS],
            ["2018"],
            ("Åren är läsår för Meritvärde och Behörighet: 2018 är läsåret 2017/18.",),
        ),
        ([SCHOOL], ["2019-T1"], ()),
        ([SCHOOL], [], ()),
        ([CRIME], ["2018"], ()),
    ],
)
def test_a_note_says_which_years_are_school_years(rows, periods, notes):
    assert build_table("", rows, [column(period=period) for period in periods], []).notes == notes


def test_notes_speak_only_of_figures_that_are_shown():
    found = [
        figure(area=RIKET, statistic="median"),
        figure(area=RIKET, statistic="share_yes", indicator=2),
    ]
    assert build_table("", [Row(indicator()), Row(indicator("yes_no", 2))], FOUNDING, found).notes == ()


@pytest.mark.parametrize(
    ("terms", "label", "note"),
    [
        (points("1", "10", polarity="higher_better"), "Ledning", "Poäng 1–10. Högre är bättre."),
        (points("1", "10", unit="poäng 1–10"), "Ledning", "Poäng 1–10."),
        (points("0", "2.25", unit="betyg"), "Ledning", "Betyg 0–2,25."),
        (points("1", "10"), "Ledning (poäng 1–10)", ""),
        (
            indicator(unit="antal per 1 000 invånare"),
            "Antal anmälda brott per 1\u00a0000 invånare",
            "",
        ),
        (indicator(unit="antal", polarity="lower_better"), "Brott", "Antal. Lägre är bättre."),
        (indicator("percent"), "Nöjda", "Andel i procent."),
        (indicator("percent", unit="%"), "Nöjda", "Andel i procent."),
        (indicator("percent", unit="andel (%)"), "Nöjda", "Andel i procent."),
        (indicator("percent", unit="procentenheter"), "Skillnad", "Procentenheter."),
        (indicator("index", scale_min=Decimal(0), scale_max=Decimal(100)), "N", "Index 0–100."),
        (indicator(scale_min=Decimal(-5), scale_max=Decimal(5)), "Nöjdhet", "−5–5."),
        (indicator("index", scale_max=Decimal(100)), "Nöjdhet", ""),
        (indicator("rank", unit="plats av 290"), "Företagsklimat", "Plats av 290."),
        (indicator("yes_no", polarity="none"), "Finns en plan?", "Ja eller nej."),
        (indicator("rank"), "Företagsklimat", "Placering, där 1 är bäst."),
        (indicator("index"), "Nöjdhet", ""),
        (
            indicator(unit="antal", period_basis="three_year_mean"),
            "Antal",
            "Medelvärde för tre år.",
        ),
    ],
)
def test_the_line_under_a_label_says_what_the_label_lacks(terms, label, note):
    assert build_table("", [Row(terms, label)], [column()], []).rows[0].note == note
