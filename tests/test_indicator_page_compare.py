"""Where Borås lies among all municipalities, on an indicator's page, and whom a reader picks beside it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comparisons import figures
from comparisons.indicator_page import indicator_context
from comparisons.models import Area, Indicator, Membership
from comparisons.terms import AreaKind, Polarity, Status
from tests import factories as make
from tests import reading

pytestmark = pytest.mark.django_db

#: Queries of the page with few municipalities, and with many: their spread, their values, who is similar.
FEW, MANY = 10, 13
NBSP = "\u00a0"


@pytest.fixture
def areas() -> list[Area]:
    """Borås and 19 others: Kommun A, Kommun B …"""
    letters = "ABCDEFGHIJKLMNOPQRS"
    return [make.own_area(), *(make.area(f"Kommun {letter}", code=f"{letter}1") for letter in letters)]


@pytest.fixture
def of(areas: list[Area]) -> Indicator:
    """Borås has 5,5 and the others 1, 2, 3 …; two years. Lower is better."""
    shown = make.indicator(polarity=Polarity.LOWER_BETTER, source=make.source("Brå", fetched_from="Kolada"))
    make.publish(
        *(
            make.staged_figure(shown, f"{value}.2" if value else "5.5", year, of_area=area)
            for value, area in enumerate(areas)
            for year in ("2016", "2017")
        )
    )
    return shown


def page(client: Client, shown: Indicator, question: str = "") -> bytes:
    answer = client.get(shown.get_absolute_url() + question)
    assert answer.status_code == 200
    return answer.content


def section(html: bytes) -> Any:
    found = reading.soup(html).select("section[aria-labelledby=bland-alla]")
    return found[0] if found else None


# --- Among all -----------------------------------------------------------------------------------


def test_the_page_says_where_boras_lies_draws_it_and_lists_it(client: Client, of: Indicator) -> None:
    html = page(client, of)
    found = section(html)
    assert reading.text(found.select("h2")[0]) == "Borås bland 20 kommuner"
    assert reading.text(found.select(".lead")[0]) == (
        "Borås ligger på plats 6 av 20 kommuner 2017. Det är i mitten, mellan de 25 procent som har bäst "
        "värden och de 25 procent som har sämst."
    )
    (svg,) = found.select("svg.strip")
    assert svg["aria-label"] == "Fördelning: Borås bland 20 kommuner, 2017"
    assert [reading.text(text) for text in svg.select("text:not(.l-muted)")] == ["Median 9,7", "Borås 5,5"]
    table = reading.tables(html)["Plats bland kommunerna 2017"]
    assert table == reading.ReadTable(["Värde", "Plats av 20"], {"Borås": ["5,5", "6"]})
    facts = dict(zip(*(map(reading.text, found.select(tag)) for tag in ("dt", "dd")), strict=True))
    assert facts == {
        "Median av 20 kommuner, vår beräkning": "9,7",
        "Medelvärde (ovägt)": "10,0",
        "Undre kvartil": "5,4",
        "Övre kvartil": "14,5",
        "Lägsta värde": "1,2",
        "Högsta värde": "19,2",
    }
    assert "Egen bearbetning av data från Kolada." in reading.text(found)
    assert "Medianen är vår egen beräkning. Plats 1 är lägst, för lägre är bättre." in reading.text(found)


def test_every_number_of_the_drawing_stands_in_words_beside_it(client: Client, of: Indicator) -> None:
    found = section(page(client, of, "?jamfor=C1"))
    beside = " ".join(reading.text(cell) for cell in found.select("td, dd"))
    for text in found.select("svg text:not(.l-muted)"):
        assert reading.text(text).rsplit(" ", 1)[1] in beside


def test_similar_municipalities_are_named(client: Client, of: Indicator, areas: list[Area]) -> None:
    group = make.area("Liknande kommuner, övergripande, Borås, 2025", kind=AreaKind.GROUP, year=2025)
    for member in (areas[0], areas[2], areas[7]):
        Membership.objects.create(group=group, member=member)
    html = page(client, of)
    assert "Vid namn nämns kommuner som liknar Borås." in reading.text(section(html))
    drawn = [reading.text(text) for text in section(html).select("svg text:not([class*=l-])")]
    assert sorted(drawn) == ["Kommun B 2,2", "Kommun G 7,2"]
    assert reading.tables(html)["Plats bland kommunerna 2017"].rows == {
        "Kommun B": ["2,2", "2"],
        "Borås": ["5,5", "6"],
        "Kommun G": ["7,2", "8"],
    }


@pytest.mark.parametrize(("others", "there"), [(8, False), (9, True)])
def test_fewer_than_ten_are_not_spread_out(
    client: Client, areas: list[Area], others: int, there: bool
) -> None:
    shown = make.indicator()
    make.publish(
        *(make.staged_figure(shown, str(n), of_area=area) for n, area in enumerate(areas[: others + 1]))
    )
    html = page(client, shown)
    assert (section(html) is not None) == there
    # Where they are not spread out, each is listed.
    assert len(reading.tables(html)["Alla värden"].columns) == (1 if there else others + 1)


def test_the_newest_own_value_is_shown_and_gaps_are_named(
    client: Client, of: Indicator, areas: list[Area]
) -> None:
    make.publish(
        make.staged_figure(of, period="2018", status=Status.MISSING),
        make.staged_figure(of, status=Status.TOO_FEW, of_area=areas[3]),
        make.staged_figure(of, status=Status.MISSING, of_area=areas[2]),
    )
    found = reading.text(section(page(client, of, "?jamfor=B1")))
    assert "Borås ligger på plats 4 av 18 kommuner 2017." in found
    assert "Kommun B och Kommun C saknar värde och räknas inte." in found
    rows = reading.tables(page(client, of, "?jamfor=B1&jamfor=C1"))["Plats bland kommunerna 2017"].rows
    assert rows["Kommun B"] == ["– saknas", "– saknas"]
    # Why a figure is missing is not for this table to forget.
    assert rows["Kommun C"] == ["* för få svar", "* för få svar"]


@pytest.mark.parametrize("missing", ["own", "rank"])
def test_there_is_no_section_without_an_own_value_or_of_ranks(
    client: Client, areas: list[Area], missing: str
) -> None:
    shown = make.indicator(value_type="rank" if missing == "rank" else "decimal")
    make.publish(
        *(
            make.staged_figure(shown, str(n + 1), of_area=area)
            for n, area in enumerate(areas)
            if n or missing == "rank"
        )
    )
    assert section(page(client, shown)) is None


def test_all_the_same_is_said_and_not_drawn(client: Client, areas: list[Area]) -> None:
    shown = make.indicator(polarity=Polarity.HIGHER_BETTER)
    make.publish(*(make.staged_figure(shown, "8", of_area=area) for area in areas))
    found = section(page(client, shown))
    assert reading.text(found.select(".lead")[0]) == "Alla 20 kommuner har samma värde 2017."
    assert not found.select("svg.strip")


def test_yes_and_no_are_counted(client: Client, areas: list[Area]) -> None:
    shown = make.indicator("Finns en krisplan?", value_type="yes_no", polarity=Polarity.HIGHER_BETTER)
    make.publish(*(make.staged_figure(shown, str(int(n < 16)), of_area=a) for n, a in enumerate(areas)))
    html = page(client, shown, "?jamfor=S1")
    assert reading.text(section(html).select(".lead")[0]) == f"16 av 20 kommuner svarade ja 2017 (80{NBSP}%)."
    assert not section(html).select("svg.strip")
    assert reading.tables(html)["Svar 2017"].rows == {"Borås": ["Ja"], "Kommun S": ["Nej"]}


def test_a_preview_shows_the_place_that_will_be(of: Indicator, areas: list[Area]) -> None:
    draft = make.release(make.staged_figure(of, "0.1", of_area=areas[0]))
    for source, place in ((figures.live(), 6), (figures.with_release(draft), 1)):
        assert f"på plats {place} av 20" in indicator_context(of, source)["among_all"].sentence


def test_readers_of_a_day_see_the_place_of_that_day(of: Indicator, areas: list[Area]) -> None:
    later = make.publish(make.staged_figure(of, "0.1", of_area=areas[0]))
    assert later.published_at is not None
    before = figures.as_of(of.observation_set.earliest("pk").release.published_at)
    assert "på plats 6 av 20" in indicator_context(of, before)["among_all"].sentence
    assert "på plats 1 av 20" in indicator_context(of, figures.live())["among_all"].sentence


# --- Picking -------------------------------------------------------------------------------------


def test_picked_municipalities_are_in_the_drawing_the_tables_the_line_and_the_shared_address(
    client: Client, of: Indicator
) -> None:
    html = page(client, of, "?jamfor=C1&jamfor=K1")
    drawn = [reading.text(text) for text in section(html).select("svg text:not([class*=l-])")]
    assert sorted(drawn) == ["Kommun C 3,2", "Kommun K 11,2"]
    tables = reading.tables(html)
    assert list(tables["Plats bland kommunerna 2017"].rows) == ["Kommun C", "Borås", "Kommun K"]
    assert tables["Alla värden"].columns == ["Borås", "Kommun C", "Kommun K"]
    soup = reading.soup(html)
    (line,) = soup.select("svg.history")
    assert len(line.select("path.t-one")) == 2
    assert "De tunna linjerna är Kommun C och Kommun K." in reading.text(soup.select("main")[0])
    copied = soup.select("[data-copy]")[0]["data-copy"]
    assert str(copied).endswith(f"{of.get_absolute_url()}?jamfor=C1&jamfor=K1")


def test_the_newest_figure_is_told_as_without_those_picked(client: Client, of: Indicator) -> None:
    alone, beside = (reading.texts(page(client, of, question), ".answer") for question in ("", "?jamfor=C1"))
    assert alone == beside


def test_the_form_keeps_what_is_picked_and_each_can_be_taken_away(client: Client, of: Indicator) -> None:
    found = section(page(client, of, "?jamfor=C1&jamfor=K1"))
    (form,) = found.select("form")
    assert form.get("method", "get").lower() == "get" and not form.select("[name=csrfmiddlewaretoken]")
    assert [kept["value"] for kept in form.select("[type=hidden]")] == ["C1", "K1"]
    (select,) = form.select("select[name=jamfor]")
    assert form.select("label")[0]["for"] == select["id"]
    values = [option["value"] for option in select.select("option")]
    assert values[:4] == ["", "A1", "B1", "D1"] and len(values) == 18 and "1490" not in values
    away = {reading.text(link): link["href"] for link in found.select("li a")}
    assert away == {
        "Ta bort Kommun C": f"{of.get_absolute_url()}?jamfor=K1#jamfor",
        "Ta bort Kommun K": f"{of.get_absolute_url()}?jamfor=C1#jamfor",
    }


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("?jamfor=K1&jamfor=C1", "?jamfor=C1&jamfor=K1"),
        ("?jamfor=C1&jamfor=C1", "?jamfor=C1"),
        ("?jamfor=C1&jamfor=", "?jamfor=C1"),
        ("?jamfor=", ""),
        ("?jamfor=1490&jamfor=C1", "?jamfor=C1"),
    ],
)
def test_one_choice_has_one_address(client: Client, of: Indicator, asked: str, led_to: str) -> None:
    answer = client.get(of.get_absolute_url() + asked)
    assert (answer.status_code, answer["Location"]) == (302, of.get_absolute_url() + led_to)
    assert client.get(of.get_absolute_url() + led_to).status_code == 200


@pytest.mark.parametrize("code", ["9999", "0000", "%00", "%3Cb%3E", "å", "x" * 300])
def test_an_unknown_code_is_left_out_with_a_sentence(client: Client, of: Indicator, code: str) -> None:
    make.country()
    html = page(client, of, f"?jamfor={code}")
    assert "En kommun i sidans adress känns inte igen. Den visas inte." in reading.text(section(html))
    assert reading.tables(html)["Alla värden"].columns == ["Borås"]
    # Neither what was asked for nor any of it comes back, and it is not passed on.
    assert "jamfor=" not in str(reading.soup(html).select("[data-copy]")[0]["data-copy"])


def test_of_more_than_five_the_first_five_are_shown(client: Client, of: Indicator) -> None:
    asked = "?" + "&".join(f"jamfor={letter}1" for letter in "FEDCBA")
    html = page(client, of, asked)
    found = reading.text(section(html))
    assert "Det går att välja högst 5 kommuner. Här visas de första 5." in found
    columns = reading.tables(html)["Alla värden"].columns
    assert columns == ["Borås", *(f"Kommun {letter}" for letter in "BCDEF")]
    assert not section(html).select("form") and "så många som går att visa" in found
    assert len(reading.soup(html).select("svg.history path.t-one")) == 5


def test_on_paper_there_is_nothing_to_pick_with(client: Client, of: Indicator) -> None:
    (picking,) = section(page(client, of, "?jamfor=C1")).select("#jamfor")
    assert "no-print" in picking["class"]


def test_search_engines_keep_the_page_without_a_choice(client: Client, of: Indicator) -> None:
    for question, robots in (("", []), ("?jamfor=C1", ["noindex, follow"])):
        answer = client.get(of.get_absolute_url() + question)
        soup = reading.soup(answer.content)
        assert [tag["content"] for tag in soup.select("meta[name=robots]")] == robots
        (canonical,) = soup.select("link[rel=canonical]")
        assert str(canonical["href"]).endswith(of.get_absolute_url())
        assert not answer.cookies and "Cookie" not in answer.headers.get("Vary", "")


def test_the_same_address_is_the_same_page(client: Client, of: Indicator) -> None:
    assert page(client, of, "?jamfor=C1") == page(client, of, "?jamfor=C1")


# --- Cost ----------------------------------------------------------------------------------------


def cost(client: Client, shown: Indicator, question: str = "") -> int:
    page(client, shown, question)
    with CaptureQueriesContext(connection) as captured:
        page(client, shown, question)
    return len(captured)


def test_the_page_costs_a_fixed_number_of_queries(client: Client, of: Indicator, areas: list[Area]) -> None:
    few = make.indicator("Få")
    make.publish(*(make.staged_figure(few, "1", of_area=area) for area in areas[:5]))
    assert cost(client, few) == FEW
    assert cost(client, of) == MANY
    assert cost(client, of, "?jamfor=C1&jamfor=K1") == MANY
    more = [make.area(f"Till {number}") for number in range(60)]
    make.publish(*(make.staged_figure(of, "3", year, of_area=a) for a in more for year in ("2016", "2017")))
    assert cost(client, of) == MANY
