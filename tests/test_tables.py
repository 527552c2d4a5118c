"""From indicators, columns and figures to rows and cells: every rule that a reader leans on."""

from decimal import Decimal

import pytest

from comparisons.cells import format_value, make_cell
from comparisons.records import AreaTerms, Row
from comparisons.tables import build_table
from tests.records import (
    BORAS,
    FOUNDING,
    MEDIAN,
    MUNICIPAL,
    RIKET,
    SCHOOLS,
    ULRICEHAMN,
    column,
    figure,
    indicator,
    points,
)

NBSP = "\u00a0"
MINUS = "\u2212"


def texts(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def labels(table):
    return [header.label for header in table.headers]


def one_cell(terms, shown, at=None, **kw):
    return build_table("", [Row(terms)], [at or column()], [shown], **kw).rows[0].cells[0]


# --- Labels of columns -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "label"),
    [
        (column(), "Borås 2017"),
        (column(RIKET), "Riket 2017"),
        (MEDIAN, "Median riket 2017"),
        (column(RIKET, statistic="mean"), "Medelvärde riket 2017"),
        (column(RIKET, statistic="share_yes"), "Riket 2017"),
        (column(ULRICEHAMN, statistic="median"), "Median Ulricehamn 2017"),
        (column(period="2019-T1"), "Borås tertial 1 2019"),
        (column(period="2019-03"), "Borås mars 2019"),
        (column(**SCHOOLS), "Borås, kommunala skolor 2017"),
        (column(gender="K"), "Borås, kvinnor 2017"),
        (column(gender="M", period="2019-T3"), "Borås, män tertial 3 2019"),
        (
            column(RIKET, statistic="median", gender="K", **SCHOOLS),
            "Median riket, kommunala skolor, kvinnor 2017",
        ),
        (column(label="Vi i fjol"), "Vi i fjol"),
    ],
)
def test_a_column_is_named_by_its_parts_unless_the_editor_names_it(chosen, label):
    assert labels(build_table("", [Row(indicator())], [chosen], [])) == [label]


def test_the_label_of_a_series_is_without_its_period():
    assert column(RIKET, statistic="median", **SCHOOLS).series_label == "Median riket, kommunala skolor"


def test_an_area_without_a_name_inside_text_keeps_its_own():
    group = AreaTerms(4, "Liknande kommuner")
    assert column(group, statistic="mean").auto_label() == "Medelvärde Liknande kommuner 2017"


# --- Text of cells -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "value", "text", "spoken"),
    [
        (indicator("decimal"), "0.34", "0,34", "0,34"),
        (indicator("decimal"), "0.50", "0,50", "0,50"),
        (indicator("decimal"), "-2.5", f"{MINUS}2,5", f"{MINUS}2,5"),
        (indicator("decimal"), "0", "0", "0"),
        (indicator("count"), "1234", f"1{NBSP}234", f"1{NBSP}234"),
        (indicator("percent"), "79", "79", f"79{NBSP}%"),
        (indicator("percent"), "7.6", "7,6", f"7,6{NBSP}%"),
        (points("1", "10"), "8", "8", "8 av 10"),
        (points("0", "2.5"), "1.5", "1,5", "1,5 av 2,5"),
        (indicator("points"), "8", "8", "8"),
        (indicator("index", scale_max=Decimal(200)), "104.2", "104,2", "104,2"),
        (indicator("yes_no"), "1", "Ja", "Ja"),
        (indicator("yes_no"), "0", "Nej", "Nej"),
        (indicator("rank"), "87", "87", "87"),
    ],
)
def test_a_value_is_written_by_its_kind_and_as_precisely_as_published(terms, value, text, spoken):
    cell = one_cell(terms, figure(value))
    assert (cell.text, cell.detail, cell.spoken, cell.sign) == (text, "", spoken, None)


def test_only_a_place_says_of_how_many():
    assert one_cell(indicator(), figure("0.49", n=290)).spoken == "0,49"
    cell = one_cell(indicator("rank"), figure("87", n=290))
    assert (cell.text, cell.spoken) == ("87 av 290", "87 av 290")


def test_a_missing_figure_has_no_value_to_write():
    with pytest.raises(ValueError, match="sign"):
        format_value(indicator(), figure())


MISSING = [
    ("missing", "–", "saknas", "värdet saknas"),
    ("not_asked", "–", "inte tillfrågad", "frågan ställdes inte"),
    ("not_applicable", ".", "inte tillämpligt", "kan inte förekomma"),
    ("suppressed", "..", "sekretess", "visas inte på grund av sekretess"),
    ("too_few", "*", "för få svar", "för få svar för att visas"),
    ("withdrawn", "–", "saknas", "värdet saknas"),
]


@pytest.mark.parametrize(("status", "sign", "words", "legend"), MISSING)
@pytest.mark.parametrize("kind", ["decimal", "yes_no", "percent"])
def test_each_kind_of_missing_has_its_sign_and_words(kind, status, sign, words, legend):
    cell = one_cell(indicator(kind), figure(status=status))
    assert (cell.text, cell.detail, cell.spoken) == (sign, words, words)
    assert cell.sign is not None and cell.sign.legend == legend


@pytest.mark.parametrize("found", [[], [figure("5", status="withdrawn")], [figure("5", period="2016")]])
def test_a_cell_without_a_figure_and_a_withdrawn_one_say_missing(found):
    (row,) = build_table("", [Row(indicator())], [column()], found).rows
    assert (row.cells[0].text, row.cells[0].detail, row.cells[0].figure) == ("–", "saknas", None)


def test_zero_no_and_every_kind_of_missing_are_told_apart():
    shown = [one_cell(indicator(), figure("0")), one_cell(indicator("yes_no"), figure("0"))]
    shown += [one_cell(indicator(), figure(status=status)) for status, *_ in MISSING[:-1]]
    assert len({(cell.text, cell.detail) for cell in shown}) == len({cell.spoken for cell in shown}) == 7


def test_a_preliminary_figure_says_so_in_the_cell_and_under_the_table():
    table = build_table("", [Row(indicator())], [column()], [figure("8.2", preliminary=True)])
    cell = table.rows[0].cells[0]
    assert (cell.detail, cell.spoken) == ("preliminär", "8,2, preliminär")
    assert table.notes == ("Preliminära siffror kan ändras.",)


# --- Unlike kinds in one table -----------------------------------------------------------------

MIXED = [
    Row(indicator(id=1, polarity="lower_better")),
    Row(indicator("yes_no", 2, polarity="higher_better")),
]
MIXED_FIGURES = [
    figure("0.5", period="2016"),
    figure("0.34"),
    figure("0.49", RIKET, statistic="median"),
    figure("1", indicator=2),
    figure("79", RIKET, statistic="share_yes", indicator=2),
]


def test_the_founding_page_shows_share_of_yes_beside_a_median():
    table = build_table("Brandskydd", MIXED, FOUNDING, MIXED_FIGURES)
    assert labels(table) == ["Borås 2016", "Borås 2017", "Riket 2017"]
    assert texts(table) == [["0,5", "0,34", "0,49"], ["–", "Ja", f"79{NBSP}%"]]
    median, share = (row.cells[2] for row in table.rows)
    assert (median.detail, median.spoken) == ("median", "0,49, median")
    assert (share.detail, share.spoken) == ("av kommunerna", f"79{NBSP}% av kommunerna svarade ja")
    assert [row.cells[1].detail for row in table.rows] == ["", ""]
    assert [row.standing.words for row in table.rows] == [
        "Bättre än medianen",
        "Går inte att jämföra",
    ]
    assert table.notes == (
        "Medianen är det mittersta värdet när kommunerna ställs i ordning.",
        "Procenttalet visar hur stor andel av kommunerna som svarade ja.",
    )


def test_a_mixed_column_of_means_names_them_as_means():
    mean = column(RIKET, statistic="mean")
    table = build_table("", MIXED, [mean], [figure("3", RIKET, statistic="mean")])
    assert labels(table) == ["Riket 2017"]
    assert table.rows[0].cells[0].detail == "medelvärde"


@pytest.mark.parametrize(
    ("rows", "label"),
    [
        ([], "Median riket 2017"),
        (MIXED[:1], "Median riket 2017"),
        (MIXED[1:], "Riket 2017"),
        (MIXED, "Riket 2017"),
    ],
)
def test_a_header_says_median_only_where_it_is_true_of_every_cell(rows, label):
    assert labels(build_table("", rows, [MEDIAN], MIXED_FIGURES)) == [label]


def test_the_statistic_is_not_said_twice():
    assert build_table("", MIXED[:1], [MEDIAN], MIXED_FIGURES).rows[0].cells[0].detail == ""


def test_the_editors_own_label_stands_in_a_mixed_column_too():
    named = column(RIKET, statistic="median", label="Landet")
    table = build_table("", MIXED, [named], MIXED_FIGURES)
    assert labels(table) == ["Landet"]
    assert [row.cells[0].detail for row in table.rows] == ["", "av kommunerna"]


def test_median_mean_and_the_countrys_own_value_are_three_figures():
    columns = [column(RIKET, statistic=name) for name in ("median", "mean", "value")]
    found = [figure(value, RIKET, statistic=name) for value, name in (("1", "value"), ("2", "mean"))]
    assert texts(build_table("", [Row(indicator())], columns, found)) == [["–", "2", "1"]]


@pytest.mark.parametrize(
    "other",
    [
        {"indicator": 2},
        {"area": RIKET},
        {"statistic": "median"},
        {"period": "2019-T3"},
        {"population": MUNICIPAL},
        {"gender": "K"},
    ],
)
def test_a_cell_shows_only_a_figure_of_its_own_key(other):
    assert one_cell(indicator(), figure("5", **other)).sign


# --- Figures of another period -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "allowed", "text", "detail", "spoken"),
    [
        ([figure("8.2", period="2016")], True, "8,2", "(2016)", "8,2, 2016"),
        ([figure("8.2", period="2016")], False, "–", "saknas", "saknas"),
        ([figure("7", period="2014"), figure("8", period="2016")], True, "8", "(2016)", "8, 2016"),
        ([figure("9"), figure("8", period="2016")], True, "9", "", "9"),
        ([figure("8", period="2018")], True, "–", "saknas", "saknas"),
        (
            [figure("8", period="2016-T3"), figure("7", period="2017-12")],
            True,
            "–",
            "saknas",
            "saknas",
        ),
        ([figure("7", period="2015"), figure(period="2016")], True, "7", "(2015)", "7, 2015"),
        (
            [figure("8", period="2016"), figure(status="suppressed")],
            True,
            "..",
            "sekretess",
            "sekretess",
        ),
        (
            [figure("8", period="2016"), figure("9", status="withdrawn")],
            True,
            "8",
            "(2016)",
            "8, 2016",
        ),
    ],
)
def test_an_earlier_value_stands_in_only_where_allowed_and_says_its_period(
    found, allowed, text, detail, spoken
):
    (row,) = build_table("", [Row(indicator())], [column()], found, allow_earlier=allowed).rows
    assert (row.cells[0].text, row.cells[0].detail, row.cells[0].spoken) == (text, detail, spoken)


def test_an_earlier_tertial_stands_in_for_a_tertial():
    cell = one_cell(indicator(), figure("5", period="2019-T1"), column(period="2019-T3"), allow_earlier=True)
    assert cell.detail == "(tertial 1 2019)"


def test_all_that_a_cell_must_say_stands_in_order():
    terms = indicator("percent")
    shown = figure("7", RIKET, "2016", "median", preliminary=True)
    cell = make_cell(terms, MEDIAN, shown, name_statistic=True)
    assert (cell.detail, cell.spoken) == (
        "median (2016) preliminär",
        f"7{NBSP}%, median, 2016, preliminär",
    )


# --- Shape -------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", range(4))
@pytest.mark.parametrize("columns", range(6))
def test_a_table_is_always_rectangular_and_never_has_an_empty_cell(rows, columns):
    chosen = [column(area, period) for period in ("2016", "2017") for area in (BORAS, RIKET, ULRICEHAMN)]
    table = build_table("", [Row(indicator(id=i)) for i in range(rows)], chosen[:columns], [figure("1")])
    assert len(table.headers) == columns == len(table.columns) and len(table.rows) == rows
    assert all(len(row.cells) == columns for row in table.rows)
    assert all(cell.text and cell.spoken for row in table.rows for cell in row.cells)
    assert all(bool(row.standing) == bool(table.words_label) for row in table.rows)


def test_caption_own_label_of_a_row_and_the_own_columns():
    rows = [Row(indicator(), label="Bränder"), Row(indicator(id=2))]
    table = build_table("Brandskydd", rows, FOUNDING, [])
    assert table.caption == "Brandskydd"
    assert [row.label for row in table.rows] == ["Bränder", "Nyckeltal 2"]
    assert [header.is_own for header in table.headers] == [True, True, False]
    assert table.columns == FOUNDING


def test_the_own_figure_that_is_compared_is_marked_as_now():
    def marked(columns):
        return [cell.is_now for cell in build_table("", [Row(indicator())], columns, []).rows[0].cells]

    assert marked(FOUNDING) == [False, True, False]
    assert marked([column(period="2017"), column(period="2018"), MEDIAN]) == [True, False, False]
    assert marked([column(period="2017"), column(period="2016")]) == [True, False]
    assert marked([column(), column(gender="K")]) == [True, False]
    assert marked([MEDIAN]) == [False]


def test_a_broad_table_starts_a_group_at_each_new_year():
    tertials = [column(period=f"2019-T{n}") for n in (1, 2, 3)]
    broad = build_table("", [Row(indicator())], [column(period="2018"), *tertials, column(period="2019")], [])
    assert [header.starts_group for header in broad.headers] == [False, True, False, False, False]
    narrow = build_table("", [Row(indicator())], [*tertials, column(period="2018")], [])
    assert (broad.is_broad, narrow.is_broad) == (True, False)
    assert not any(header.starts_group for header in narrow.headers)
