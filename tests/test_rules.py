"""What a figure may not be, where it takes the indicator to tell."""

from typing import Any

import pytest

from comparisons import ledger, rules
from comparisons.models import Observation, StagedFigure
from comparisons.terms import Statistic, Status
from tests import factories

pytestmark = pytest.mark.django_db

Case = tuple[dict[str, Any], dict[str, Any], str]
POINTS = {"value_type": "points"}
YES_NO = {"value_type": "yes_no"}
COUNT = {"value_type": "count"}
RANK = {"value_type": "rank"}
PLACE = "En placering går från 1 till antalet som jämförs. Kontrollera båda talen."

BROKEN: dict[str, Case] = {
    "points above the scale": (
        POINTS,
        {"value": "11"},
        "11 ligger utanför skalan. Skriv ett värde på skalan 1–10.",
    ),
    "points below the scale": (
        POINTS,
        {"value": "0.9"},
        "0,9 ligger utanför skalan. Skriv ett värde på skalan 1–10.",
    ),
    "a little above the scale, shown as on it": (
        POINTS,
        {"value": "10.25", "decimals": 0},
        "10,25 ligger utanför skalan. Skriv ett värde på skalan 1–10.",
    ),
    "a median outside the scale": (
        POINTS,
        {"value": "12", "statistic": Statistic.MEDIAN},
        "12 ligger utanför skalan. Skriv ett värde på skalan 1–10.",
    ),
    "an index outside its scale": (
        {"value_type": "index", "scale_min": 0, "scale_max": 100},
        {"value": "-1"},
        "−1 ligger utanför skalan. Skriv ett värde på skalan 0–100.",
    ),
    "a municipality's share of yes": (
        YES_NO,
        {"value": "79"},
        "79 är varken ja eller nej. Skriv Ja eller Nej.",
    ),
    "half a yes": (
        YES_NO,
        {"value": "0.5", "decimals": 0},
        "0,5 är varken ja eller nej. Skriv Ja eller Nej.",
    ),
    "a median of yes and no": (
        YES_NO,
        {"value": "1", "statistic": Statistic.MEDIAN},
        "Ett nyckeltal med ja och nej har ingen median och inget medelvärde. Välj Andel som svarade ja.",
    ),
    "a mean of yes and no that is missing": (
        YES_NO,
        {"status": Status.MISSING, "statistic": Statistic.MEAN},
        "Ett nyckeltal med ja och nej har ingen median och inget medelvärde. Välj Andel som svarade ja.",
    ),
    "a share of yes of a decimal": (
        {},
        {"value": "79", "statistic": Statistic.SHARE_YES},
        "Andel som svarade ja finns bara för nyckeltal med ja och nej. Välj en annan statistik.",
    ),
    "decimals in a count": (
        COUNT,
        {"value": "3.0"},
        "3,0 har decimaler. Skriv ett helt tal.",
    ),
    "a count that is not whole, shown as if it were": (
        COUNT,
        {"value": "3.5", "decimals": 0},
        "3,5 har decimaler. Skriv ett helt tal.",
    ),
    "a negative count": (
        COUNT,
        {"value": "-1"},
        "Ett antal kan inte vara mindre än noll.",
    ),
    "a negative mean of counts": (
        COUNT,
        {"value": "-0.5", "statistic": Statistic.MEAN},
        "Ett antal kan inte vara mindre än noll.",
    ),
    "place 0": (RANK, {"value": "0"}, PLACE),
    "place 291 of 290": (RANK, {"value": "291", "n": 290}, PLACE),
    "place one and a half": (
        RANK,
        {"value": "1.5"},
        "1,5 har decimaler. Skriv ett helt tal.",
    ),
}
RIGHT: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "the lowest point": (POINTS, {"value": "1"}),
    "the highest point": (POINTS, {"value": "10"}),
    "points that are missing": (POINTS, {"status": Status.MISSING}),
    "yes": (YES_NO, {"value": "1"}),
    "no": (YES_NO, {"value": "0"}),
    "a municipality that was not asked": (YES_NO, {"status": Status.NOT_ASKED}),
    "the country's share of yes": (YES_NO, {"value": "79", "statistic": Statistic.SHARE_YES}),
    "nobody said yes": (YES_NO, {"value": "0", "statistic": Statistic.SHARE_YES}),
    "a median of decimals": ({}, {"value": "-0.5", "statistic": Statistic.MEDIAN}),
    "no scale, no bounds": ({}, {"value": "-1000000"}),
    "more than all per cent": ({"value_type": "percent"}, {"value": "104.5"}),
    "a count of none": (COUNT, {"value": "0"}),
    "a large count": (COUNT, {"value": "9999999999"}),
    "a median of counts with decimals": (COUNT, {"value": "3.5", "statistic": Statistic.MEDIAN}),
    "the first place": (RANK, {"value": "1", "n": 290}),
    "the last place": (RANK, {"value": "290", "n": 290}),
    "a place of how many is not known": (RANK, {"value": "290"}),
}


def made(about: dict[str, Any], figure: dict[str, Any]) -> StagedFigure:
    """The figure, of the country where it sums up and of Borås where it is a municipality's own."""
    where = factories.country() if "statistic" in figure else factories.own_area()
    return factories.staged_figure(factories.indicator(**about), of_area=where, **figure)


def past_stage(figure: StagedFigure) -> None:
    """Put the figure into an approved release without asking ``stage``, and publish it."""
    figure.release = factories.release()
    figure.save()
    ledger.publish(factories.approve(figure.release))


@pytest.mark.parametrize("about, figure, sentence", BROKEN.values(), ids=BROKEN)
def test_a_broken_figure_is_neither_staged_nor_published(
    about: dict[str, Any], figure: dict[str, Any], sentence: str
) -> None:
    draft = factories.release()
    made_of = made(about, figure)
    with pytest.raises(rules.BrokenRules) as refused:
        ledger.stage(draft, [made_of])
    (problem,) = refused.value.problems
    assert (problem.figure.identity, problem.sentence) == (made_of.identity, sentence)
    assert str(refused.value) == f"{problem.where}: {sentence}"
    assert not StagedFigure.objects.exists()
    with pytest.raises(rules.BrokenRules, match=sentence[-20:-1]):
        past_stage(made(about, figure))
    assert not Observation.objects.exists()


@pytest.mark.parametrize("about, figure", RIGHT.values(), ids=RIGHT)
def test_a_right_figure_is_published(about: dict[str, Any], figure: dict[str, Any]) -> None:
    assert factories.publish(made(about, figure)).observations.count() == 1


def test_every_rule_is_tried() -> None:
    for about, figure, _ in BROKEN.values():
        broken = made(about, figure)
        broken.release = factories.release()
        broken.save()
    for rule in rules.RULES:
        assert StagedFigure.objects.filter(rule.broken).exists(), rule.code


def test_the_problem_says_which_figure_it_is() -> None:
    with pytest.raises(rules.BrokenRules) as refused:
        ledger.stage(factories.release(), [made(POINTS, {"value": "11", "gender": "K"})])
    assert refused.value.problems[0].where == "Antal anmälda våldsbrott, Borås, kvinnor 2017"


def test_fifty_broken_figures_of_many_are_told_of_by_one_query(
    django_assert_num_queries: Any,
) -> None:
    shown = factories.indicator()
    draft = factories.release(
        *(factories.staged_figure(shown, "11", str(year)) for year in range(1940, 2000))
    )
    type(shown).objects.update(value_type="points", scale_min=1, scale_max=10)
    with django_assert_num_queries(1):
        assert len(rules.broken(draft.staged.all())) == rules.MOST_TOLD
    with pytest.raises(rules.BrokenRules):
        ledger.publish(factories.approve(draft))
