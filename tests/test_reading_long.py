"""Long files: a row a figure, in the data files' own words and in Swedish ones."""

import csv
import io
import time
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from comparisons.intake import written
from comparisons.intake.opening import open_file
from comparisons.intake.reading import understand
from comparisons.models import Area
from comparisons.periods import Period
from comparisons.svenska import NBSP, format_number
from comparisons.terms import EMPTY_POPULATION, Gender, Statistic, Status, ValueType
from tests import factories, records
from tests.reading_files import asked, keys, only, problems, reading, said

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known(db: None) -> None:
    factories.own_area()
    factories.country()
    factories.population("kommunala skolor")
    factories.indicator("Våldsbrott")
    factories.indicator("Finns en plan?", value_type=ValueType.YES_NO)
    factories.indicator("Placering", value_type=ValueType.RANK)


HEAD = "indicator|area|statistic|period|population|gender|value|status|note"
SWEDISH = "Nyckeltal|Område|Statistik|Period|Urval|Kön|Värde|Status|Anteckning|Antal"


def test_every_column_in_the_words_of_the_data_files() -> None:
    understood = reading(f"{HEAD}\nvåldsbrott.|1490|median|2019-T1|kommunala-skolor|K|0.50||Reviderad")
    entry = only(understood)
    assert (entry.statistic, entry.gender, entry.period) == ("median", "K", Period.parse("2019-T1").code)
    assert (entry.value, entry.decimals, entry.note) == (Decimal("0.50"), 2, "Reviderad")
    assert entry.population != EMPTY_POPULATION
    assert understood.carried == {"note"}


def test_every_column_in_swedish() -> None:
    understood = reading(
        f"{SWEDISH}\nVåldsbrott|Borås|Områdets eget värde|2017|Kommunala skolor|Kvinnor|1 234,50|Värde||290"
    )
    entry = only(understood)
    assert (entry.value, entry.decimals, entry.n, entry.gender) == (Decimal("1234.50"), 2, 290, "K")
    assert understood.carried == {"note", "n"}


def test_further_columns_of_the_data_files_are_known_and_others_asked() -> None:
    content = (
        "table|row|unit|decimals|better|source|nyckeltal|area|period|value|Handläggare\n|||||||Borås|||\n"
    )
    content += "Brott|1|antal|2|lower|Brå|Våldsbrott|Borås|2017|0.5|Kim"
    understood = reading(content)
    assert asked(understood) == ["heading:handläggare"]
    assert {"column": "note"} in [choice.meaning for choice in understood.questions[0].choices]
    assert only(reading(content, {"heading:handläggare": {"ignore": True}})).note == ""
    assert only(reading(content, {"heading:handläggare": {"column": "note"}})).note == "Kim"


@pytest.mark.parametrize(
    ("line", "figure"),
    [
        ("Finns en plan?|Borås|||||1||", ("1", Status.NORMAL)),
        ("Finns en plan?|Borås|||||0||", ("0", Status.NORMAL)),
        ("Finns en plan?|Borås|||||Ja||", ("1", Status.NORMAL)),
        ("Finns en plan?|Riket|||||79||", ("79", Status.NORMAL)),
        ("Våldsbrott|Borås|||||-2.5||", ("-2.5", Status.NORMAL)),
        ("Våldsbrott|Borås||||||too_few|", ("", Status.TOO_FEW)),
        ("Våldsbrott|Borås||||||För få svar|", ("", Status.TOO_FEW)),
        ("Våldsbrott|Borås||||||sekretess|", ("", Status.SUPPRESSED)),
        ("Våldsbrott|Borås||||||Saknas|", ("", Status.MISSING)),
        ("Våldsbrott|Borås|||||..||", ("", Status.SUPPRESSED)),
        ("Våldsbrott|Borås||||||withdrawn|", ("", Status.WITHDRAWN)),
        ("Placering|Borås|||||34 av 290||", ("34", Status.NORMAL)),
    ],
)
def test_a_value_or_why_there_is_none(line: str, figure: tuple[str, str]) -> None:
    name, area, _, _, *rest = line.split("|")
    understood = reading(f"{HEAD}\n{name}|{area}||2017|{'|'.join(rest)}")
    assert (problems(understood), said(understood)) == ([], [figure])


def test_a_row_without_value_and_status_says_nothing() -> None:
    assert reading(f"{HEAD}\nVåldsbrott|Borås||2017|||||Kommer i maj").entries == []


@pytest.mark.parametrize("secret", ["3.75", "3,75", "ja?"])
def test_a_value_that_nobody_is_to_see_stands_in_no_sentence(secret: str) -> None:
    understood = reading(f"{HEAD}\nVåldsbrott|Borås||2017|||{secret}|sekretess")
    (problem,) = problems(understood)
    assert "”sekretess” står som status" in problem
    assert secret not in repr(understood)
    assert reading(f"{HEAD}\nVåldsbrott|Borås||2017|||..|sekretess").entries[0].status == Status.SUPPRESSED


@pytest.mark.parametrize(
    ("head", "line", "told"),
    [
        (
            SWEDISH,
            "Våldsbrott|Borås||2017|||1.234",
            "rad 2, kolumn G: ”1.234” går inte att läsa. Skriv decimaler",
        ),
        (HEAD, "Våldsbrott|Borås||2017|||5|too_few", "”too_few” står som status, men raden har också ett"),
        (HEAD, "Våldsbrott|Borås||2017||||normal", "Värdet är tomt."),
        (HEAD, "Våldsbrott|Borås||2017|||5|konstig", "Statusen ”konstig” är okänd."),
        (HEAD, "Våldsbrott|Borås||tjugo|||5", "kolumn D: ”tjugo” är ingen period. Skriv ett år (2017)"),
        (HEAD, "Våldsbrott|Borås|snitt|2017|||5", "kolumn C: ”snitt” är okänt. Skriv något av"),
        (HEAD, "Våldsbrott|Borås||2017||X|5", "kolumn F: ”X” är okänt. Skriv något av ”Alla”"),
        (HEAD, "Våldsbrott|||2017|||5", "Raden säger inte område. Fyll i det som saknas."),
        (HEAD, "|Borås|||||5", "Raden säger inte nyckeltal och period."),
        (HEAD, "Våldsbrott|Median riket|mean|2017|||5", "”mean” säger emot resten av raden."),
        (SWEDISH, "Våldsbrott|Borås||2017|||5|||noll", "”noll” är inte ett tal."),
        (HEAD, f"Våldsbrott|Borås||2017|||5||{'a' * 256}", "Anteckningen är för lång."),
    ],
)
def test_what_cannot_be_read_is_told(head: str, line: str, told: str) -> None:
    understood = reading(f"{head}\n{line}")
    assert understood.entries == []
    (problem,) = problems(understood)
    assert told in problem


def test_point_and_comma_in_one_file_say_no_number_for_sure() -> None:
    mixed = reading(f"{HEAD}\nVåldsbrott|Borås||2016|||1.5\nVåldsbrott|Borås||2017|||1,234")
    assert [one for one in problems(mixed) if "andra värden i filen har punkt" in one]
    assert said(mixed) == [("1.5", "normal")]
    comma = reading(f"{HEAD}\nVåldsbrott|Borås||2016|||1,5\nVåldsbrott|Borås||2017|||2")
    assert said(comma) == [("1.5", "normal"), ("2", "normal")]


def test_two_rows_of_one_figure() -> None:
    line = "Våldsbrott|Borås||2017|||{}"
    assert len(reading(f"{HEAD}\n{line.format(5)}\n{line.format(5)}").entries) == 1
    (problem,) = problems(reading(f"{HEAD}\n{line.format(5)}\n{line.format(6)}"))
    assert problem.startswith("rad 3, kolumn G: Samma siffra står också på rad 2, kolumn G,")


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Våldsbrotten|Borås||2017|||5", "indicator:våldsbrotten"),
        ("Våldsbrott|Borås Stad||2017|||5", "area:boråsstad"),
        ("Våldsbrott|Borås||2017|privata skolor||5", "population:privataskolor"),
        ("Våldsbrott|Riket||2017|||5", "heading:riket,brå"),
        ("Våldsbrott|Median||2017|||5", "heading:median,brå"),
    ],
)
def test_what_is_not_known_is_asked_once(line: str, key: str) -> None:
    understood = reading(f"{HEAD}\n{line}\n{line.replace('2017', '2018')}")
    assert (asked(understood), understood.entries, problems(understood)) == ([key], [], [])
    left_out = reading(f"{HEAD}\n{line}", {key: {"ignore": True}})
    assert (asked(left_out), left_out.entries, len(left_out.ignored)) == ([], [], 1)


def test_a_column_that_is_needed_is_missed() -> None:
    (problem,) = problems(reading("indicator|area|value\nVåldsbrott|Borås|5"))
    assert problem == "rad 1: Kolumnen ”Period” saknas. Lägg till den, och fyll i den på varje rad."


def test_how_many_stand_behind_is_kept_where_a_file_is_silent_of_it() -> None:
    from comparisons.models import Indicator

    crime, place = Indicator.objects.get(title="Våldsbrott"), Indicator.objects.get(title="Placering")
    factories.publish(
        factories.staged_figure(crime, "8.2", n=290), factories.staged_figure(place, "34", n=290)
    )
    understood = reading("Nyckeltal|Borås 2017\nVåldsbrott|8,2\nPlacering|34 av 289")
    assert ([entry.n for entry in understood.entries], understood.carried) == ([290, 289], {"n"})


# --- Much, and anything --------------------------------------------------------------------------


def much(rows: int) -> bytes:
    """A long file of so many figures, of 300 areas."""
    names = [f"Kommun {number}" for number in range(300)]
    Area.objects.bulk_create([Area(name=name, code=f"K{name[7:]}") for name in names])
    text = io.StringIO()
    sheet = csv.writer(text)
    sheet.writerow(HEAD.split("|"))
    for number in range(rows):
        period = str(1900 + number // 300 % 200)
        name = "Våldsbrott" if number < 60_000 else "Placering"
        sheet.writerow([name, names[number % 300], "", period, "", "", f"{number / 7:.2f}", "", ""])
    return text.getvalue().encode()


def test_a_hundred_thousand_rows_take_seconds_and_as_many_queries_as_one() -> None:
    content = much(100_000)
    book = open_file("mycket.csv", content)
    began = time.process_time()
    with CaptureQueriesContext(
        connection,
    ) as many:
        understood = understand(book, {})
    assert time.process_time() - began < 12
    assert (len(understood.entries), understood.problems) == (100_000, [])
    with CaptureQueriesContext(connection) as few:
        reading(f"{HEAD}\nVåldsbrott|Borås||2017|||5")
    assert len(many) == len(few)


VALUES = st.decimals(-9_999, 9_999, places=3, allow_nan=False) | st.decimals(0, 9, places=0)
LINE = st.tuples(
    st.sampled_from(["Borås", "1490", "BORÅS", f"{NBSP}Borås kommun"]),
    st.sampled_from([one.value for one in Statistic if one != Statistic.SHARE_YES]),
    st.integers(1950, 2050),
    st.sampled_from([one.value for one in Gender]),
    VALUES,
    st.booleans(),
)


@settings(max_examples=40)
@given(st.lists(LINE, min_size=1, max_size=8, unique_by=lambda line: line[1:4]))
def test_what_is_written_comes_back(lines: list[Any]) -> None:
    """Under the data files' own heading with a decimal point, and in Swedish."""
    decimals = [max(0, -int(line[4].as_tuple().exponent)) for line in lines]
    points, commas = [HEAD], [SWEDISH]
    for (area, statistic, period, gender, value, is_missing), places in zip(lines, decimals, strict=True):
        key = f"Våldsbrott|{area}|{statistic}|{period}||{gender}"
        points.append(f"{key}|{'' if is_missing else value}|{'missing' if is_missing else ''}|")
        commas.append(f"{key}|{'–' if is_missing else format_number(value, places)}|||")
    for content in (points, commas):
        understood = reading("\n".join(content))
        assert (problems(understood), asked(understood)) == ([], [])
        assert [key[1::2] for key in keys(understood)] == [(line[1], line[3]) for line in lines]
        assert [(one.value, one.decimals) for one in understood.entries] == [
            (None, None) if line[5] else (line[4], places)
            for line, places in zip(lines, decimals, strict=True)
        ]


@given(st.text(max_size=20))
def test_a_cell_is_read_or_refused_with_a_sentence(text: str) -> None:
    try:
        written.read(text, records.indicator(), Statistic.VALUE)
    except ValueError as error:
        assert str(error).endswith((".", "?"))
