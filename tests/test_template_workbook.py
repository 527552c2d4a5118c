"""The template: a theme's figures in a workbook, that comes back as it went out and as it was edited."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comparisons.intake.names import fold
from comparisons.intake.opening import open_file
from comparisons.intake.plan import Plan, make_plan
from comparisons.intake.reading import understand
from comparisons.intake.template import GUIDE_SHEET, _sheet_name, template_workbook
from comparisons.models import Indicator, Population, ThemePage
from comparisons.terms import Computed, Statistic, Status, ValueType
from tests import factories
from tests.factories import column, staged_figure
from tests.reading_files import asked, problems

pytestmark = pytest.mark.django_db
Kind = ValueType
NBSP = "\u00a0"


def furnished() -> ThemePage:
    """A theme with figures of every kind, in two tables."""
    own, whole = factories.own_area(), factories.country()
    group = factories.area("Liknande kommuner, övergripande, Borås, 2025", code="G1", kind="group")
    city = factories.population("kommunala skolor")
    crime = factories.indicator("Antal anmälda våldsbrott per 1 000 invånare")
    answer = factories.indicator("Har kommunen en plan?", value_type=Kind.YES_NO)
    place = factories.indicator("Placering i rankningen", value_type=Kind.RANK)
    points = factories.indicator("=Poäng för ”@samverkan”", value_type=Kind.POINTS)
    count = factories.indicator("-Antal utryckningar", value_type=Kind.COUNT)
    exact = factories.indicator("Andel nöjda", value_type=Kind.PERCENT, unit="andel (%)")
    factories.publish(
        staged_figure(crime, "0.5", "2016"),
        staged_figure(crime, "10.40", "2017"),
        staged_figure(
            crime, "8.2", "2017", of_area=whole, statistic=Statistic.MEDIAN, n=290, note="Ny metod"
        ),
        staged_figure(crime, "8.0", "2017", of_area=whole, preliminary=True),
        staged_figure(answer, "1", "2016"),
        staged_figure(answer, None, "2017", status=Status.NOT_ASKED),
        staged_figure(answer, "79", "2017", of_area=whole, statistic=Statistic.SHARE_YES),
        staged_figure(place, "34", "2017", n=290),
        staged_figure(points, None, "2016", status=Status.SUPPRESSED),
        staged_figure(points, "8", "2017"),
        staged_figure(points, "10", "2017", of_area=whole, statistic=Statistic.MEDIAN),
        staged_figure(count, "12345", "2017"),
        staged_figure(count, "3", "2016"),
        staged_figure(exact, "86.397284", "2018", urval=city, decimals=1),
        staged_figure(exact, None, "2019-T1", status=Status.TOO_FEW),
        staged_figure(exact, "80.0", "2019-T2", gender="K"),
        staged_figure(exact, "77", "2019", of_area=group, statistic=Statistic.MEAN, decimals=0),
    )
    first = _table(
        [crime, answer, place, points, count],
        column(own, "2016"),
        column(own, "2017", label="Vår stad"),
        column(whole, "2017", Statistic.MEDIAN),
        column(whole, "2017"),
        caption="Brott / svar: [alla] och mycket annat som är långt",
    )
    second = _table(
        [exact, crime],
        column(own, "2018", population=city.pk),
        column(own, "2019-T1"),
        column(own, "2019-T2", gender="K"),
        column(group, "2019", Statistic.MEAN),
        column(own, "2017"),
    )
    return factories.theme_page(tables=[first, second])


def _table(rows: list[Indicator], *columns: Any, **fields: Any) -> dict[str, Any]:
    """A table whose columns are chosen by hand, as the page's editor keeps them."""
    return factories.table(*rows, columns=columns, **fields)


def planned(content: bytes) -> Plan:
    understood = understand(open_file("mall.xlsx", content), {})
    assert (asked(understood), problems(understood)) == ([], [])
    return make_plan(understood)


def edited(content: bytes, edit: Callable[[Any], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    edit(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cell(book: Any, title: str, heading: str) -> Any:
    for sheet in book.worksheets:
        heads = [head.value for head in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            if fold(row[0].value) == fold(title) and heading in heads:
                return row[heads.index(heading)]
    raise LookupError(f"{title}, {heading}")


def test_uploaded_again_it_changes_nothing_and_asks_nothing() -> None:
    plan = planned(template_workbook(furnished()))
    assert (plan.new, plan.changed, plan.withdrawn, plan.unchanged) == (0, 0, 0, 17)


def test_what_is_edited_comes_back_as_just_that() -> None:
    def edit(book: Any) -> None:
        cell(book, "Antal anmälda våldsbrott per 1 000 invånare", "Borås 2017").value = 10.55
        cell(book, "Antal anmälda våldsbrott per 1 000 invånare", "Borås 2018").value = 11.25
        cell(book, "Har kommunen en plan?", "Borås 2018").value = "Nej"
        cell(book, "Har kommunen en plan?", "Median riket 2018").value = 0.81
        cell(book, "Har kommunen en plan?", "Median riket 2018").number_format = "0%"
        cell(book, "Placering i rankningen", "Borås 2017").value = "35 av 290"
        cell(book, "=Poäng för ”@samverkan”", "Borås 2016").value = 9
        cell(book, "-Antal utryckningar", "Borås 2017").value = "*"
        cell(book, "Andel nöjda", "Borås tertial 1 2019").value = None

    plan = planned(edited(template_workbook(furnished()), edit))
    assert {(line.kind, line.what, line.before, line.after) for line in plan.lines} == {
        ("ändras", "Antal anmälda våldsbrott per 1 000 invånare, Borås 2017", "10,40", "10,55"),
        ("ny", "Antal anmälda våldsbrott per 1 000 invånare, Borås 2018", "inget värde", "11,25"),
        ("ny", "Har kommunen en plan?, Borås 2018", "inget värde", "Nej"),
        ("ny", "Har kommunen en plan?, Riket 2018", "inget värde", f"81{NBSP}%"),
        ("ändras", "Placering i rankningen, Borås 2017", "34 av 290", "35 av 290"),
        ("ändras", "=Poäng för ”@samverkan”, Borås 2016", ".. sekretess", "9"),
        ("ändras", "-Antal utryckningar, Borås 2017", f"12{NBSP}345", "* för få svar"),
    }
    assert plan.unchanged == 17 - 4 - 1


def test_texts_of_ours_are_no_formulas() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(furnished())))
    titles = [row[0] for sheet in book.worksheets for row in sheet.iter_rows()]
    looking = [one for one in titles if str(one.value).startswith(("=", "+", "-", "@"))]
    assert len(looking) == 2
    assert {(one.data_type, bool(one.quotePrefix)) for one in looking} == {("s", True)}


def test_numbers_are_numbers_with_their_decimals_and_the_head_stays() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(furnished())))
    crime = "Antal anmälda våldsbrott per 1 000 invånare"
    written = cell(book, crime, "Borås 2017")
    assert (written.value, written.number_format) == (10.4, "#,##0.00")
    assert cell(book, crime, "Borås 2018").value is None
    assert cell(book, crime, "Borås 2018").number_format == "#,##0.00"
    assert cell(book, "Har kommunen en plan?", "Median riket 2017").number_format == '#,##0" %"'
    first, second, guide = book.worksheets
    assert (first.title, second.title) == ("Brott svar alla och mycket anna", "Anmälda brott")
    assert guide.title == GUIDE_SHEET
    assert first.freeze_panes == second.freeze_panes == "C2"
    assert first.column_dimensions["A"].width > first.column_dimensions["C"].width


def test_a_figure_stands_on_one_sheet_only() -> None:
    """Two cells of one figure could be edited to say two things."""
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(furnished())))
    second = book["Anmälda brott"]
    crime = next(row for row in second.iter_rows(min_row=2) if str(row[0].value).startswith("Antal"))
    heads = [head.value for head in second[1]]
    assert crime[heads.index("Borås 2017")].value is None


def test_what_we_compute_ourselves_is_not_in_it() -> None:
    """Read back, it would be taken for a median that somebody has published."""
    own = factories.own_area()
    crime = factories.indicator("Våldsbrott")
    factories.publish(staged_figure(crime, "10.4", "2017"))
    computed = column(factories.country(), "2017", Computed.MEDIAN)
    theme = factories.theme_page(tables=[_table([crime], column(own, "2017"), computed)])
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(theme)))
    heads = [head.value for head in book.worksheets[0][1]]
    assert heads == ["Nyckeltal", "Enhet", "Borås 2017", "Borås 2018"]


def test_two_of_one_name_are_left_out_for_nobody_could_tell_them_apart() -> None:
    theme = furnished()
    Indicator.objects.filter(title="-Antal utryckningar").update(title="Andel  NÖJDA.")
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(theme)))
    with pytest.raises(LookupError):
        cell(book, "Andel nöjda", "Borås tertial 1 2019")
    assert planned(template_workbook(theme)).changed == 0


def test_a_theme_without_tables_has_the_guide_alone() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(factories.theme_page())))
    assert book.sheetnames == [GUIDE_SHEET]


def test_a_population_that_is_called_as_an_area_is_left_out() -> None:
    theme = furnished()
    Population.objects.filter(name="kommunala skolor").update(name="Riket")
    assert planned(template_workbook(theme)).can_be_applied is False


@settings(max_examples=60)
@given(st.text(max_size=60), st.lists(st.text(max_size=40), max_size=3))
def test_any_caption_becomes_a_name_that_excel_takes(caption: str, taken: list[str]) -> None:
    name = _sheet_name(caption, taken)
    assert 0 < len(name) <= 31
    assert not set(name) & set("[]:*?/\\")
    assert name.lower() not in {one.lower() for one in taken}
