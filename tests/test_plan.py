"""The plan: what a file would change, in numbers and in words, with as few queries for much as for little."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comparisons.intake import memory
from comparisons.intake.plan import MOST_SHOWN, Line, Plan, make_plan
from comparisons.intake.understood import Problem, Question
from comparisons.models import Area, Indicator, Observation, Release, RememberedName, StagedFigure
from comparisons.terms import Statistic, Status, ValueType
from tests import factories
from tests.factories import staged_figure
from tests.reading_files import reading

pytestmark = pytest.mark.django_db

HEAD = "indicator|area|statistic|period|value|status|note"


@pytest.fixture
def crime() -> Indicator:
    made = factories.indicator("Våldsbrott")
    whole = factories.country()
    factories.publish(
        staged_figure(made, "10.3", "2015"),
        staged_figure(made, "10.4", "2016"),
        staged_figure(made, "10.6", "2017"),
        staged_figure(made, "8.2", "2017", of_area=whole, statistic=Statistic.MEDIAN, n=290, note="Ny metod"),
    )
    return made


def planned(*lines: str) -> Plan:
    return make_plan(reading("\n".join([HEAD, *lines])))


def test_each_figure_is_new_or_changes_or_goes_or_stays(crime: Indicator) -> None:
    plan = planned(
        "Våldsbrott|Borås||2015|10.3||",
        "Våldsbrott|Borås||2016|10.5||",
        "Våldsbrott|Borås||2017||withdrawn|",
        "Våldsbrott|Borås||2018|11.0||",
        "Våldsbrott|Borås||2019||too_few|",
        "Våldsbrott|Borås||2020||withdrawn|",
    )
    assert (plan.new, plan.changed, plan.withdrawn, plan.unchanged) == (2, 1, 1, 2)
    assert plan.lines == [
        Line("ändras", "Våldsbrott, Borås 2016", "10,4", "10,5"),
        Line("tas bort", "Våldsbrott, Borås 2017", "10,6", "inget värde"),
        Line("ny", "Våldsbrott, Borås 2018", "inget värde", "11,0"),
        Line("ny", "Våldsbrott, Borås 2019", "inget värde", "* för få svar"),
    ]
    assert plan.can_be_applied
    assert plan.as_text() == (
        "2 nya, 1 ändras, 1 tas bort, 2 oförändrade.\n"
        "\nÄndras:\n  Våldsbrott, Borås 2016: 10,4 → 10,5\n"
        "\nTas bort:\n  Våldsbrott, Borås 2017: 10,6\n"
        "\nNya:\n  Våldsbrott, Borås 2018: 11,0\n  Våldsbrott, Borås 2019: * för få svar"
    )


def test_what_a_file_is_silent_of_stays(crime: Indicator) -> None:
    wide = make_plan(reading("Nyckeltal|Borås 2016|Median riket 2017\nVåldsbrott|10,4|8,2"))
    assert (wide.unchanged, wide.can_be_applied) == (2, False)
    long = planned("Våldsbrott|Riket|median|2017|8.2||Annan metod")
    assert [(line.before, line.after) for line in long.lines] == [
        ("8,2", "8,2 (samma värde, ny anteckning eller källa)")
    ]


def test_a_slip_is_told(crime: Indicator) -> None:
    (line,) = planned("Våldsbrott|Borås||2018|106||").lines
    assert line.warning.startswith("106 är tio gånger så mycket som 2017 (10,6)")
    assert "Ser ut som ett misstag: 106 är" in str(line)


def test_problems_and_what_is_left_out_go_along(crime: Indicator) -> None:
    plan = make_plan(reading("Nyckeltal|Enhet|Borås 2018|Borås 2019\nVåldsbrott|antal|1.5|2"))
    assert (plan.new, plan.can_be_applied, len(plan.problems)) == (1, False, 1)
    text = plan.as_text()
    assert "Går inte att läsa:\n  rad 2, kolumn C: ”1.5” går inte att läsa." in text
    assert text.endswith("Läses inte:\n  Kolumnen ”Enhet” läses inte.")


def test_what_the_ledger_would_refuse_is_told_before_anything_is_saved(crime: Indicator) -> None:
    factories.indicator("Ledning", value_type=ValueType.POINTS, scale_min=1, scale_max=5)
    plan = planned("Våldsbrott|Borås||2018|106||", "Ledning|Borås||2017|7||", "Ledning|Borås||2016|4||")
    (problem,) = plan.problems
    assert problem.where == "Ledning, Borås 2017"
    assert problem.what == "7 ligger utanför skalan."
    assert problem.mend == "Skriv ett värde på skalan 1–5."
    assert not plan.can_be_applied
    assert not Release.objects.filter(published_at=None).exists()
    assert not StagedFigure.objects.exists()


def test_the_plan_is_kept_and_read_back(crime: Indicator) -> None:
    plan = planned("Våldsbrott|Borås||2016|105||", "Våldsbrott|Borås||2017|x||")
    assert Plan.from_json(plan.to_json()) == plan
    assert Plan.from_json({}) == Plan()
    assert str(Problem("rad 1", "Fel.", "")) == "rad 1: Fel."
    question = reading("Nyckeltal|Riket 2017\nVåldsbrott|1").questions[0]
    assert Question.from_json(question.to_json()) == question


def test_the_fingerprint_is_of_what_changes_and_what_it_replaces(crime: Indicator) -> None:
    line, other = "Våldsbrott|Borås||2016|10.5||", "Våldsbrott|Borås||2018|11||"
    first = planned(line, other)
    assert planned(other, line).fingerprint == first.fingerprint
    assert planned(line).fingerprint != first.fingerprint
    factories.publish(staged_figure(crime, "10.7", "2016"))
    assert planned(line, other).fingerprint != first.fingerprint


def test_the_first_lines_are_shown_changes_first(crime: Indicator) -> None:
    areas = [Area(name=f"Kommun {number}", code=f"K{number}") for number in range(300)]
    Area.objects.bulk_create(areas)
    lines = [f"Våldsbrott|K{number}||2017|5||" for number in range(300)]
    plan = planned(*lines, "Våldsbrott|Borås||2016|10.5||")
    assert (len(plan.lines), plan.lines[0].kind, plan.new) == (MOST_SHOWN, "ändras", 300)
    assert "… och 101 siffror till." in plan.as_text()


def test_much_takes_as_many_queries_as_little(crime: Indicator) -> None:
    Area.objects.bulk_create([Area(name=f"Kommun {number}", code=f"K{number}") for number in range(100)])

    def queries(years: int) -> int:
        understood = reading(
            "\n".join(
                [HEAD]
                + [
                    f"Våldsbrott|K{number}||{1900 + year}|5||"
                    for number in range(100)
                    for year in range(years)
                ]
            )
        )
        assert len(understood.entries) == 100 * years
        with CaptureQueriesContext(connection) as captured:
            assert make_plan(understood).new == 100 * years
        return len(captured)

    assert queries(10) == queries(100) <= 12


# --- What is remembered --------------------------------------------------------------------------


def test_an_answer_is_remembered_until_what_it_means_is_gone(crime: Indicator) -> None:
    editor = factories.user()
    town = factories.area("Ulricehamn")
    answers = {
        "indicator:brott": {"id": crime.pk},
        "area:hamnen": {"id": town.pk},
        "heading:snitt": {"area": town.pk, "statistic": "mean", "period": "same"},
        "heading:rang": {"ignore": True},
    }
    memory.remember(answers, editor)
    assert memory.remembered() == answers
    assert RememberedName.objects.filter(said_by=editor).count() == 4
    memory.remember({"area:hamnen": {"ignore": True}}, None)
    assert memory.remembered()["area:hamnen"] == {"ignore": True}
    town.delete()
    assert set(memory.remembered()) == {"indicator:brott", "area:hamnen", "heading:rang"}


def test_a_period_is_remembered_only_of_a_heading_that_says_a_year() -> None:
    memory.remember(
        {
            "heading:kolumnerutanperiod,blad1": {"period": "2017129"},
            "heading:snitt2015-2017": {"period": "1"},
        },
        None,
    )
    assert set(memory.remembered()) == {"heading:snitt2015-2017"}


def test_what_no_question_asks_is_not_remembered() -> None:
    memory.remember({"konstigt": {"id": 1}, "colour:röd": {"id": 1}, f"area:{'a' * 301}": {"id": 1}}, None)
    assert memory.remembered() == {}


def test_a_plan_can_be_applied_when_it_is_whole_and_changes_something() -> None:
    assert not Plan(unchanged=5).can_be_applied
    assert Plan(withdrawn=1).can_be_applied
    assert not replace(Plan(new=1), problems=[Problem("rad 1", "Fel.", "")]).can_be_applied


def test_nothing_is_saved_by_planning(crime: Indicator) -> None:
    before = Observation.objects.count()
    planned("Våldsbrott|Borås||2016|10.5||")
    assert Observation.objects.count() == before
    assert Status.WITHDRAWN not in Observation.objects.values_list("status", flat=True)
