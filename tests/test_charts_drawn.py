"""Charts as HTML: small, written in Swedish, and in step with the table beside them."""

import gzip
import re

import pytest
from django.template.loader import render_to_string

from boras_site.demo import build
from comparisons import figures
from comparisons.charts import comparison, history_charts, spark
from comparisons.indicator_page import indicator_context
from comparisons.models import Indicator
from comparisons.records import Row
from comparisons.tables import build_table
from tests import reading
from tests.records import RIKET, ULRICEHAMN, column, figure, indicator
from tests.test_history import ALE, ANGBY, SIMILAR, laid_out, median

LIMIT = 3000
NUMBER = re.compile(r"[−]?[0-9][0-9\u00a0]*(?:,[0-9]+)?")
#: Values that are 25 years long, of every size and sign.
LONG = {
    "tenths": ("decimal", lambda n: f"{200 + n * 7919 % 997 / 10:.1f}"),
    "huge": ("count", lambda n: str(1234567 + n * 104729 % 99991)),
    "tiny": ("decimal", lambda n: f"{(34 + n * 7919 % 97) / 1000:.3f}"),
    "negative": ("decimal", lambda n: f"{n * 7919 % 997 / 10 - 50:.1f}"),
    "percent": ("percent", lambda n: str(n * 7919 % 101)),
    "rank": ("rank", lambda n: str(1 + n * 7919 % 290)),
}


def draw(name, **context):
    return render_to_string(f"components/charts/{name}.html", context)


def long_series(kind):
    value_type, value = LONG[kind]
    terms = indicator(value_type)
    found = [figure(value(n), period=str(1999 + n)) for n in range(25) if n not in (6, 13)]
    found += [figure(period="2005", status="suppressed")]
    found += [median(value(n + 40), str(1999 + n)) for n in range(25)]
    found += [
        figure(value(n), area, "2023") for n, area in enumerate((ULRICEHAMN, ALE, ANGBY, SIMILAR, RIKET))
    ]
    return terms, laid_out(*found, terms=terms)


def svgs(html):
    found = reading.soup(html).select("svg.chart")
    assert found
    return found


def sound(html):
    """No chart is large, and no number in it is written in English."""
    for svg in svgs(html):
        assert len(gzip.compress(str(svg).encode())) <= LIMIT
        for text in svg.select("text"):
            assert "." not in text.text.replace("milj.", "") and "-" not in text.text
            assert not text.text.startswith(" ") and text.text.strip()


@pytest.mark.parametrize("kind", LONG)
def test_long_charts_are_small_and_swedish(kind):
    terms, result = long_series(kind)
    (chart,) = history_charts(terms, result)
    html = draw("history", chart=chart)
    sound(html)
    assert len(reading.soup(html).select("circle")) == 23
    beside = draw("comparison", comparison=comparison(terms, result))
    sound(beside)
    assert len(reading.soup(beside).select("td")) == 2 * 7


def test_seventy_five_tertials_are_small_too():
    found = [figure(f"{n * 37 % 101}.{n % 10}", period=f"{1999 + n // 3}-T{n % 3 + 1}") for n in range(75)]
    found += [median(f"{n * 41 % 101}.{n % 10}", f"{1999 + n // 3}-T{n % 3 + 1}") for n in range(75)]
    (chart,) = history_charts(indicator(), laid_out(*found, terms=indicator()))
    sound(draw("history", chart=chart))


def test_coordinates_are_written_for_the_machine():
    terms, result = long_series("tenths")
    (chart,) = history_charts(terms, result)
    html = draw("history", chart=chart) + draw("comparison", comparison=comparison(terms, result))
    for svg in svgs(html):
        for tag in svg.find_all(True):
            for name in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height"):
                assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?%?", tag.get(name, "0")), (name, tag)


def test_a_chart_has_a_name_and_its_words_beside_it():
    (chart,) = history_charts(indicator(), laid_out(figure("10.4"), median("8.2"), terms=indicator()))
    page = reading.soup(draw("history", chart=chart))
    (svg,) = page.select("svg[role=img]")
    assert svg["aria-label"] == "Linjediagram: Borås och Median riket, 2017"
    assert (
        page.select("figcaption")[0].text
        == "Hittills finns bara ett värde, för 2017. Fyrkanten är mediankommunen."
    )
    assert not page.select("[style], script")


def test_shapes_tell_apart_what_colours_do():
    found = [figure("10.4"), median("8.2"), figure("9.0", ULRICEHAMN)]
    beside = comparison(indicator(), laid_out(*found, terms=indicator()))
    svg = svgs(draw("comparison", comparison=beside))[0]
    assert [len(svg.select(mark)) for mark in ("circle.knot", "rect.square", "circle.ring")] == [1, 1, 1]
    assert [len(svg.select(line)) for line in (".t-own", ".t-comparison", ".t-one")] == [1, 1, 1]


def test_the_comparison_table_has_no_empty_cell():
    found = [figure("1"), median("2"), figure(area=ULRICEHAMN, status="suppressed")]
    beside = comparison(indicator(), laid_out(*found, terms=indicator()))
    assert reading.table(draw("comparison", comparison=beside)).rows == {
        "Median riket": ["2", "+1"],
        "Borås": ["1", "0"],
        "Ulricehamn": [".. sekretess", ".. sekretess"],
    }
    assert draw("comparison", comparison=None).strip() == ""


def test_a_spark_line_is_for_the_eye_and_its_words_are_text():
    columns = [column(period=str(year)) for year in (2015, 2016, 2017)]
    found = [figure(str(year - 2000), period=str(year)) for year in (2015, 2016, 2017)]
    (row,) = build_table("", [Row(indicator())], columns, found).rows
    html = draw("spark", spark=spark(row, columns))
    (svg,) = svgs(html)
    assert svg["aria-hidden"] == "true" and not svg.select("text")
    assert reading.text(reading.soup(html)) == "högre än 2015"
    assert len(html) < 400


# --- The demo ------------------------------------------------------------------------------------


def numbers(texts):
    return {number for text in texts for number in NUMBER.findall(text)}


@pytest.mark.django_db
def test_every_number_in_the_demos_charts_stands_in_the_table_beside_it(client):
    build.build()
    drawn = compared = 0
    for shown in Indicator.objects.filter(live=True):
        context = indicator_context(shown, figures.live())
        page = reading.tables(client.get(shown.get_absolute_url()).content)
        every = page["Alla värden"]
        for chart in context["history_charts"]:
            html = draw("history", chart=chart)
            sound(html)
            drawn += 1
            # Ticks and periods are muted: they are the axes.
            labels = numbers(text.text for text in svgs(html)[0].select("text:not(.l-muted)"))
            assert labels and labels <= numbers(cell for row in every.rows.values() for cell in row)
            for line in chart.lines:
                at = every.columns.index(line.series.label)
                for point in line.points:
                    label = point.period.label
                    assert every.rows[label[:1].upper() + label[1:]][at] == point.cell.text
        if context["comparison"]:
            html = draw("comparison", comparison=context["comparison"])
            sound(html)
            compared += 1
            beside = reading.table(html).rows
            for dot in context["comparison"].dots.rows:
                assert beside[dot.series.short_label][0] == dot.cell.text
            assert numbers(text.text for text in svgs(html)[0].select("text:not(.l-muted)")) <= numbers(
                cell for row in beside.values() for cell in row
            )
    assert drawn >= 15 and compared >= 10
