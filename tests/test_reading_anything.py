"""Whatever stands in the cells of a file, reading it ends in figures, questions or problems."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comparisons.intake.opening import Sheet, Workbook
from comparisons.intake.plan import Plan, make_plan
from comparisons.intake.reading import understand
from comparisons.intake.understood import Question
from comparisons.loading import Entry
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = [
    *["", "", "Nyckeltal", "indicator", "value", "värde", "Kommun", "period", "Kön", "status", "n", "Enhet"],
    *["Våldsbrott", "Våldsbrott, kvinnor", "Våldsbrottt", "Finns en plan?", "Riket", "Median", "Min–max"],
    *[
        "Borås",
        "1490",
        "Borås Stad",
        "Borås 2016",
        "Median riket 2017",
        "2017",
        "2 017",
        "T1 2019",
        "2016–2017",
    ],
    *["10,4", "1.5", "1 234", "79 %", "Ja", "–", "..", "*", "34 av 290", "#REF!", "kvinnor", "missing", "x"],
    *["kommunala skolor", ",", "(", "Median", "\u00ad", "Borås, Borås 2017", "Borås 2016 2017", "a" * 400],
]
CELL = st.sampled_from(WORDS) | st.text(max_size=12)
ROWS = st.lists(st.lists(CELL, max_size=6), max_size=8)
FAULTS = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 5)), st.just("Här står ett datum. Skriv ett tal."), max_size=3
)
ANSWERS = st.sampled_from(
    [
        {"ignore": True},
        {"id": 1},
        {"id": None},
        {"id": "x"},
        {"column": "value"},
        {"area": 1, "period": "same"},
        {"period": "2017129"},
        {"period": "12"},
        {"area": [1], "population": {}, "gender": "X", "statistic": None, "period": "²"},
        {"area": 1, "statistic": "median", "period": "9999999"},
        {},
    ]
)


@pytest.fixture
def known(db: None) -> None:
    factories.own_area()
    factories.country()
    factories.population()
    factories.indicator("Våldsbrott")
    factories.indicator("Finns en plan?", value_type="yes_no")


def settled(book: Workbook, answers: dict[str, dict[str, object]]) -> list[Question]:
    """Read a file, and hold that what came of it is whole. Returns what is asked."""
    understood = understand(book, answers)
    keys = [entry.key for entry in understood.entries]
    assert len(keys) == len(set(keys))
    indicators = [entry.indicator for entry in understood.entries]
    assert indicators == sorted(indicators, key=indicators.index)
    assert all(isinstance(entry, Entry) and entry.source for entry in understood.entries)
    for problem in understood.problems:
        assert problem.where and problem.what.endswith((".", "?", ")"))
    for question in understood.questions:
        assert question.key.startswith(f"{question.kind}:")
        assert question.ask.endswith(("?", "olika tal."))
        assert Question.from_json(question.to_json()) == question
    plan = make_plan(understood)
    assert Plan.from_json(plan.to_json()) == plan
    assert plan.as_text()
    return understood.questions


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(["Blad1", "2017", "Borås", "Våldsbrott"]), ROWS, FAULTS), max_size=2),
    ANSWERS,
)
def test_any_sheets_are_read(
    known: None,
    sheets: list[tuple[str, list[list[str]], dict[tuple[int, int], str]]],
    answer: dict[str, object],
) -> None:
    book = Workbook([Sheet(name, rows, faults) for name, rows, faults in sheets])
    questions = settled(book, {})
    settled(book, {question.key: answer for question in questions})
