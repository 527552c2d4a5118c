"""Wide sheets: where the table begins, what each column and row says, and what is asked."""

from dataclasses import dataclass

import pytest

from comparisons.intake.reading import understand
from comparisons.models import Area, Indicator, Population
from comparisons.periods import Period
from comparisons.terms import EMPTY_POPULATION, Statistic, Status, ValueType
from tests import factories
from tests.reading_files import asked, keys, only, problems, reading, said, workbook

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Known:
    """What the database knows in these tests."""

    own: Area
    whole: Area
    other: Area
    group: Area
    schools: Population
    crime: Indicator
    plan: Indicator
    points: Indicator


@pytest.fixture
def known() -> Known:
    return Known(
        factories.own_area(),
        factories.country(),
        factories.area("Göteborg", code="1480"),
        factories.area("Liknande kommuner, övergripande, Borås, 2025", code="G1", kind="group"),
        factories.population("kommunala skolor"),
        factories.indicator("Anmälda våldsbrott", short_title="Våldsbrott"),
        factories.indicator("Har kommunen en plan?", value_type=ValueType.YES_NO),
        factories.indicator("Samverkan", value_type=ValueType.POINTS),
    )


def year(number: int) -> int:
    return Period.of(number).code


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Borås 2017", ("own", "value", "", "T", "2017")),
        ("2017 borås", ("own", "value", "", "T", "2017")),
        ("BORÅS  2 017", ("own", "value", "", "T", "2017")),
        ("1490 Borås, år 2017", ("own", "value", "", "T", "2017")),
        ("Borås tertial 1 2019", ("own", "value", "", "T", "2019-T1")),
        ("Borås (T1 2019)", ("own", "value", "", "T", "2019-T1")),
        ("Borås mars 2019", ("own", "value", "", "T", "2019-03")),
        ("Borås läsåret 2017/18", ("own", "value", "", "T", "2018")),
        ("Median riket 2017", ("whole", "median", "", "T", "2017")),
        ("Medianen i riket 2017", ("whole", "median", "", "T", "2017")),
        ("Riket (median) 2017", ("whole", "median", "", "T", "2017")),
        ("Riket, ovägt medelvärde 2017", ("whole", "mean", "", "T", "2017")),
        ("Riket, områdets eget värde 2017", ("whole", "value", "", "T", "2017")),
        ("Borås, kommunala skolor 2018", ("own", "value", "schools", "T", "2018")),
        ("Borås, kommunala skolor, kvinnor 2018", ("own", "value", "schools", "K", "2018")),
        ("Män Borås 2018", ("own", "value", "", "M", "2018")),
        ("Medelvärde Liknande kommuner, övergripande, Borås, 2025 2018", ("group", "mean", "", "T", "2018")),
    ],
)
def test_a_heading_says_what_is_in_its_column(
    known: Known, heading: str, expected: tuple[str, str, str, str, str]
) -> None:
    area, statistic, population, gender, period = expected
    entry = only(reading(f"Nyckeltal|{heading}\nAnmälda våldsbrott|10,4"))
    assert (entry.area, entry.statistic, entry.gender) == (getattr(known, area).pk, statistic, gender)
    assert entry.population == (getattr(known, population).pk if population else EMPTY_POPULATION)
    assert entry.period == Period.parse(period).code
    assert (str(entry.value), entry.decimals, entry.source) == ("10.4", 1, known.crime.source_id)


def test_titles_notes_and_empty_rows_may_stand_above_and_notes_below(known: Known) -> None:
    understood = reading(
        "Öppna jämförelser 2017\n"
        "Tabell 1. Anmälda brott\n"
        "Uppdaterad|mars 2018\n"
        "\n"
        "|Enhet|Borås 2016|Borås 2017|Median riket 2017|Källa|Min–max\n"
        "Brott\n"
        "Anmälda våldsbrott.|antal|10,3|10,4|8,2|Brå|2–19\n"
        "\n"
        "* För få svar. Källa: Brå 2018"
    )
    assert said(understood) == [("10.3", "normal"), ("10.4", "normal"), ("8.2", "normal")]
    assert (problems(understood), asked(understood)) == ([], [])
    assert understood.ignored == [f"Kolumnen ”{name}” läses inte." for name in ("Enhet", "Källa", "Min–max")]


@pytest.mark.parametrize(
    "head",
    [
        "Nyckeltal|Borås||Riket, median|\n|2016|2017|2016|2017",
        "|Borås||Riket, median|\nNyckeltal|2016|2017|2016|2017",
        "Nyckeltal|2016|2017|2016|2017\n|Borås|Borås|Median riket|Median riket",
    ],
)
def test_a_head_of_two_rows_with_merged_cells(known: Known, head: str) -> None:
    understood = reading(f"Brott i kommunerna\n\n{head}\nAnmälda våldsbrott|1|2|3|4")
    assert (problems(understood), asked(understood)) == ([], [])
    assert keys(understood) == [
        (area.pk, statistic, EMPTY_POPULATION, "T", year(when))
        for area, statistic in ((known.own, "value"), (known.whole, "median"))
        for when in (2016, 2017)
    ]


def test_a_row_a_municipality_and_a_column_a_period(known: Known) -> None:
    understood = reading(
        "Anmälda våldsbrott\n\nKommun|2016|2017\n1490 Borås|10,3|10,4\nGöteborgs kommun|12|13\n"
        "Median riket|8|8,2\nMin–max|2–30|3–31"
    )
    assert (problems(understood), asked(understood)) == ([], [])
    assert {entry.indicator for entry in understood.entries} == {known.crime.pk}
    assert keys(understood)[::2] == [
        (area.pk, statistic, EMPTY_POPULATION, "T", year(2016))
        for area, statistic in ((known.own, "value"), (known.other, "value"), (known.whole, "median"))
    ]
    assert understood.ignored == ["Rader som heter ”Min–max” läses inte. Spridningen räknar webbplatsen ut."]


def test_the_rows_may_be_told_from_what_stands_in_them(known: Known) -> None:
    """Nothing is written over the names: neither of indicators nor of municipalities."""
    assert only(reading("|Borås 2017\nVåldsbrott|1")).indicator == known.crime.pk
    municipalities = reading("Våldsbrott\n|2016|2017\n1480|1|2\nBorås|3|4")
    assert [key[0] for key in keys(municipalities)] == [known.other.pk] * 2 + [known.own.pk] * 2


def test_the_country_alone_is_asked_for_it_is_three_numbers(known: Known) -> None:
    content = "Nyckeltal|Riket 2017\nAnmälda våldsbrott|8,2\nHar kommunen en plan?|79 %"
    understood = reading(content)
    (question,) = understood.questions
    assert (question.written, question.where) == ("Riket", "rad 2, kolumn B")
    assert len(question.choices) == 3
    for choice in question.choices:
        answered = reading(content, {question.key: choice.meaning})
        assert answered.questions == []
        assert [entry.statistic for entry in answered.entries] == [choice.meaning["statistic"], "share_yes"]
    ignored = reading(content, {question.key: {"ignore": True}})
    assert [entry.statistic for entry in ignored.entries] == ["share_yes"]
    assert ignored.ignored == ["”Riket” läses inte, som du har valt."]


def test_over_answers_the_country_is_the_share_that_answered_yes(known: Known) -> None:
    entry = only(reading("Nyckeltal|Riket 2017\nHar kommunen en plan?|79 % av kommunerna"))
    assert (entry.statistic, entry.value, entry.area) == (Statistic.SHARE_YES, 79, known.whole.pk)


def test_a_median_of_nobody_in_particular_is_asked(known: Known) -> None:
    understood = reading("Anmälda våldsbrott\nKommun|2017\nBorås|10,4\nMedian|8,2")
    (question,) = understood.questions
    assert [choice.meaning["area"] for choice in question.choices] == [known.whole.pk, known.group.pk]
    answered = reading(
        "Anmälda våldsbrott\nKommun|2017\nBorås|10,4\nMedian|8,2",
        {question.key: question.choices[1].meaning},
    )
    assert keys(answered)[1][:2] == (known.group.pk, "median")


def test_years_alone_are_of_the_area_the_sheet_names_and_else_asked(known: Known) -> None:
    content = "Nyckeltal|2016|2017\nAnmälda våldsbrott|10,3|10,4"
    understood = reading(content)
    (question,) = understood.questions
    assert (question.kind, question.suggestions[0].meaning) == ("area", {"id": known.own.pk})
    answered = reading(content, {question.key: {"id": known.other.pk}})
    assert {key[0] for key in keys(answered)} == {known.other.pk}
    assert {key[0] for key in keys(reading(content, name="Göteborg"))} == {known.other.pk}
    assert {key[0] for key in keys(reading(f"borås.\n{content}"))} == {known.own.pk}


def test_areas_alone_are_of_the_period_the_sheet_names_and_else_asked(known: Known) -> None:
    content = "Nyckeltal|Borås|Median riket\nAnmälda våldsbrott|10,3|8"
    assert {key[4] for key in keys(reading(content, name="2017"))} == {year(2017)}
    (question,) = reading(f"Läget 2016 och 2017\n{content}").questions
    assert [choice.label for choice in question.choices] == ["2016", "2017"]
    answered = reading(content, {question.key: question.choices[0].meaning})
    assert {key[4] for key in keys(answered)} == {year(2016)}


@pytest.mark.parametrize(
    ("content", "key", "meaning"),
    [
        ("Nyckeltal|Borås 2017\nAntal våldsbrott|1", "indicator:antalvåldsbrott", "crime"),
        ("Nyckeltal|Borås Stad 2017\nAnmälda våldsbrott|1", "area:boråsstad", "own"),
        ("Nyckeltal|Borås, kommunala 2017\nAnmälda våldsbrott|1", "population:kommunala", "schools"),
    ],
)
def test_what_is_only_similar_is_asked_and_then_known(
    known: Known, content: str, key: str, meaning: str
) -> None:
    understood = reading(content)
    assert (asked(understood), understood.entries) == ([key], [])
    wanted = getattr(known, meaning).pk
    assert understood.questions[0].suggestions[0].meaning == {"id": wanted}
    entry = only(reading(content, {key: {"id": wanted}}))
    assert wanted in (entry.indicator, entry.area, entry.population)
    left_out = reading(content, {key: {"ignore": True}})
    assert (asked(left_out), left_out.entries, len(left_out.ignored)) == ([], [], 1)


def test_an_answer_about_what_is_gone_is_no_answer(known: Known) -> None:
    content = "Nyckeltal|Borås 2017\nAntal våldsbrott|1"
    assert asked(reading(content, {"indicator:antalvåldsbrott": {"id": 999_999}})) == [
        "indicator:antalvåldsbrott"
    ]


def test_an_unknown_column_is_asked_and_an_empty_one_is_not(known: Known) -> None:
    content = "Nyckeltal|Borås 2017|Förändring|Tomt\nAnmälda våldsbrott|1|+3"
    understood = reading(content)
    assert (asked(understood), understood.questions[0].optional) == (["heading:förändring"], True)
    assert said(reading(content, {"heading:förändring": {"ignore": True}})) == [("1", "normal")]


def test_a_heading_may_be_given_its_whole_meaning(known: Known) -> None:
    meaning = {
        "area": known.own.pk,
        "statistic": "value",
        "population": known.schools.pk,
        "gender": "K",
        "period": str(year(2017)),
    }
    entry = only(reading("Nyckeltal|Snitt 15–17\nAnmälda våldsbrott|1", {"heading:snitt15-17": meaning}))
    assert entry[1:6] == (known.own.pk, "value", known.schools.pk, "K", year(2017))


def test_signs_are_reasons_and_an_empty_cell_says_nothing(known: Known) -> None:
    heads = "|".join(f"Borås {when}" for when in range(2010, 2016))
    understood = reading(f"Nyckeltal|{heads}\nAnmälda våldsbrott|–|.|..|*||0")
    assert [status for _, status in said(understood)] == [
        Status.MISSING,
        Status.NOT_APPLICABLE,
        Status.SUPPRESSED,
        Status.TOO_FEW,
        Status.NORMAL,
    ]
    assert understood.entries[-1].value == 0


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            "Nyckeltal|Borås 2017\nAnmälda våldsbrott|1.234",
            "rad 2, kolumn B: ”1.234” går inte att läsa. Skriv decimaler med komma: 1,234. Punkt går inte "
            "att tolka säkert. Är det ett tusental skriver du mellanslag: 1 234.",
        ),
        (
            "Nyckeltal|Borås 2017\nHar kommunen en plan?|kanske",
            "rad 2, kolumn B: ”kanske” är varken ja eller nej. Skriv Ja eller Nej.",
        ),
        (
            "Nyckeltal|Borås 2017|\nAnmälda våldsbrott|1|2",
            "rad 1, kolumn C: Kolumnen har värden men ingen rubrik. Skriv en rubrik över den, eller töm den.",
        ),
        (
            "Nyckeltal|Borås 2017\nAnmälda våldsbrott|1\n|2",
            "rad 3, kolumn A: Raden har värden men inget namn. Skriv vad raden är, eller töm den.",
        ),
        (
            "Nyckeltal|Borås 2017\nAnmälda våldsbrott|1\nVåldsbrott|2",
            "rad 3, kolumn B: Samma siffra står också på rad 2, kolumn B, med ett annat värde. "
            "Ta bort den ena, eller skriv samma värde på båda ställena.",
        ),
        (
            "Nyckeltal|Andel ja, riket 2017\nAnmälda våldsbrott|8",
            "rad 2, kolumn B: ”Anmälda våldsbrott” besvaras inte med ja eller nej, så det finns ingen andel "
            "som svarade ja. Flytta värdet till en kolumn för median, medelvärde eller eget värde.",
        ),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place_and_how_to_mend_it(
    known: Known, content: str, problem: str
) -> None:
    assert problems(reading(content)) == [problem]


def test_a_cell_that_could_not_be_opened_is_told(known: Known) -> None:
    book = workbook(
        ("Ett", "Nyckeltal|Borås 2017\nAnmälda våldsbrott|"),
        ("Två", "Läs mig"),
        faults={(1, 1): "Här står ett datum. Skriv ett tal."},
    )
    assert problems(understand(book, {})) == [
        "bladet ”Ett”, rad 2, kolumn B: ”Rutan” går inte att läsa. Här står ett datum. Skriv ett tal."
    ]


def test_the_same_figure_twice_is_fine_when_both_agree(known: Known) -> None:
    entry = only(reading("Nyckeltal|Borås 2017\nAnmälda våldsbrott|8\nVåldsbrott|8,0"))
    assert (entry.value, entry.decimals) == (8, 1)


def test_several_tables_on_a_sheet_and_several_sheets(known: Known) -> None:
    book = workbook(
        (
            "Brott",
            "Nyckeltal|Borås 2017\nVåldsbrott|1\n\n"
            "Kris\nNyckeltal|Borås 2018|Median riket 2018\nSamverkan|9|10",
        ),
        ("Läs mig", "Så här gör du\nFråga Kim"),
        ("Planer", "Nyckeltal|Borås 2017\nHar kommunen en plan?|Ja"),
    )
    understood = understand(book, {})
    assert (problems(understood), asked(understood)) == ([], [])
    assert said(understood) == [("1", "normal"), ("9", "normal"), ("10", "normal"), ("1", "normal")]
    assert understood.ignored == ["Bladet ”Läs mig” har ingen tabell och läses inte."]


def test_a_file_without_a_table_is_a_problem(known: Known) -> None:
    understood = reading("Bara text\nDet här är inga siffror")
    assert (understood.shape, understood.entries) == ("", [])
    assert problems(understood)[0].startswith("Filen: Filen har ingen tabell som går att läsa.")


def test_headings_that_nobody_knows_are_asked_and_not_passed_over(known: Known) -> None:
    understood = reading("Sak|Förra|Nu\nAnmälda våldsbrott|1|2")
    assert asked(understood) == ["heading:förra", "heading:nu"]


def test_a_heading_that_cannot_be_chosen_for_says_how_it_is_mended(known: Known) -> None:
    (question,) = reading("Nyckeltal|Borås 2017|Utfall\nAnmälda våldsbrott|1|2").questions
    assert question.choices == [] and "skriva om rubriken i filen" in question.ask


@pytest.mark.parametrize(
    "head", ["Kommun|Grova brott 2017", "Kommun/område|Grova brott", "Kommun|Grova brott"]
)
def test_over_rows_of_areas_an_unknown_heading_is_asked_as_an_indicator(known: Known, head: str) -> None:
    content = f"{head}|Not\nBorås|10,9|ok\nGöteborg|12,1|"
    understood = reading(content, {"heading:not": {"ignore": True}}, "2017")
    assert asked(understood) == ["indicator:grovabrott"]
    answers = {"heading:not": {"ignore": True}, "indicator:grovabrott": {"id": known.crime.pk}}
    figures = reading(content, answers, "2017").entries
    assert [(one.indicator, one.area, one.period) for one in figures] == [
        (known.crime.pk, known.own.pk, year(2017)),
        (known.crime.pk, known.other.pk, year(2017)),
    ]
    left_out = reading(content, answers | {"indicator:grovabrott": {"ignore": True}}, "2017")
    assert (asked(left_out), left_out.entries) == ([], [])


def test_how_municipalities_spread_is_left_out_also_beside_a_year(known: Known) -> None:
    understood = reading("Nyckeltal|Borås 2017|Min–max 2017\nAnmälda våldsbrott|1|0–9")
    assert only(understood).area == known.own.pk
    assert understood.ignored == ["Kolumnen ”Min–max 2017” läses inte."]


def test_a_row_may_say_whom_it_is_about(known: Known) -> None:
    understood = reading("Nyckeltal|Borås 2017\nAnmälda våldsbrott, kvinnor|1\nAnmälda våldsbrott, män|2")
    assert [key[3] for key in keys(understood)] == ["K", "M"]


def test_columns_beside_the_figures_say_the_rest(known: Known) -> None:
    understood = reading("Nyckeltal|Kommun|Kön|2017\nVåldsbrott|Borås|kvinnor|1\nVåldsbrott|1480|Totalt|2")
    assert keys(understood) == [
        (known.own.pk, "value", EMPTY_POPULATION, "K", year(2017)),
        (known.other.pk, "value", EMPTY_POPULATION, "T", year(2017)),
    ]


def test_many_problems_are_counted(known: Known) -> None:
    rows = "\n".join(f"Våldsbrott|{number}.5" for number in range(250))
    told = problems(reading(f"Nyckeltal|Borås 2017\n{rows}"))
    assert len(told) == 201
    assert told[-1].startswith("Resten av filen: Det finns fel i 50 rader eller rutor till.")


def test_no_more_is_asked_at_a_time_than_somebody_answers(known: Known) -> None:
    rows = "\n".join(f"Något annat {number}|1" for number in range(150))
    assert len(reading(f"Nyckeltal|Borås 2017\n{rows}").questions) == 100


def test_a_row_of_figures_is_never_the_head(known: Known) -> None:
    """Its code and its name are both understood, where the head's words are not."""
    content = "Våldsbrott\nNr i listan|Namn på orten|2017\n1490|Borås|10\n1480|Göteborg|12"
    understood = reading(content)
    assert asked(understood) == ["heading:namnpåorten"]
    assert keys(reading(content, {"heading:namnpåorten": {"ignore": True}}))[0][0] == known.own.pk


def test_a_row_and_a_column_that_contradict_each_other(known: Known) -> None:
    (problem,) = problems(reading("Våldsbrott\nKommun|Göteborg 2017\nBorås|1"))
    assert problem.startswith("rad 3, kolumn B: Raden säger en sak och kolumnen ”Göteborg 2017” en annan.")
