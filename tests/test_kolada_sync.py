"""From Kolada's answers to a draft: what is staged, and that nothing is staged twice."""

from decimal import Decimal
from typing import Any

import pytest

from comparisons import releases, roles
from comparisons.intake.kolada import sync
from comparisons.models import (
    Release,
    StagedFigure,
)
from comparisons.terms import AreaKind, ValueType
from tests import factories as make
from tests.kolada.nights import linked, night, published, rows, staged
from tests.kolada.server import Kolada

pytestmark = pytest.mark.django_db

# --- What becomes of an answer --------------------------------------------------------------------


def test_the_figures_of_every_place_and_year_become_a_draft(kolada: Kolada) -> None:
    indicator = linked()
    intake = night()
    release = intake.release
    assert release is not None and release.state == Release.State.DRAFT
    assert release.title.startswith("Nyckeltal U07418") and release.reason == "Nya siffror."
    found = staged(release)
    assert len(found) == 13
    gothenburg = found["1480", 2023, "T"]
    assert (gothenburg.value, gothenburg.decimals, gothenburg.n) == (Decimal("12.34567891"), 1, None)
    assert (gothenburg.statistic, gothenburg.status, gothenburg.population_id) == ("value", "normal", 1)
    assert gothenburg.source == indicator.kolada.source
    country, region = found["0000", 2024, "T"], found["0001", 2024, "T"]
    assert country.area.kind == AreaKind.COUNTRY and region.area.kind == AreaKind.REGION
    group = found["lk-overgripande", 2024, "T"]
    assert (group.statistic, group.value, group.n) == ("mean", Decimal("0.86397284"), 2)
    assert intake.told == "Nyckeltal U07418: 13 nya siffror till och med 2024."


def test_each_gender_is_a_figure_and_zero_is_one(kolada: Kolada) -> None:
    linked("N15428", value_type=ValueType.PERCENT)
    found = staged(night().release)
    assert {key[2] for key in found} == {"T", "K", "M"}
    assert found["1480", 2024, "M"].value == 0 and found["1480", 2024, "M"].status == "normal"


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"value": None, "status": "Missing"}, "missing", "Missing"),
        ({"value": None, "status": ""}, "missing", ""),
        ({"value": None, "status": None}, "missing", ""),
        ({"value": 3.5, "status": "Private"}, "suppressed", "Private"),
        ({"value": 3.5, "status": " privat "}, "suppressed", "privat"),
        ({"value": 3.5, "status": "Okänd sort" * 9}, "missing", ("Okänd sort" * 9)[:40]),
        ({"value": 3.5, "status": "Private", "isdeleted": True}, None, None),
    ],
)
def test_what_is_no_plain_value_shows_no_figure(
    kolada: Kolada, change: dict[str, Any], status: str | None, said: str | None
) -> None:
    linked()
    kolada.figure("U07418", "1490", 2024).update(change)
    found = staged(night().release).get(("1490", 2024, "T"))
    assert (found and found.status, found and found.source_status) == (status, said)
    assert found is None or (found.value is None and found.decimals is None and found.n is None)
    assert not StagedFigure.objects.filter(value=Decimal("3.5")).exists()


def test_yes_and_no_are_one_and_zero_and_many_answer_with_a_share(kolada: Kolada) -> None:
    linked("N00914", value_type=ValueType.YES_NO)
    found = staged(night().release)
    assert [found[code, 2023, "T"].value for code in ("1490", "1480")] == [1, 0]
    country, group = found["0000", 2023, "T"], found["lk-overgripande", 2023, "T"]
    assert (country.statistic, country.value, country.n) == ("share_yes", Decimal("79.31034500"), None)
    assert (group.statistic, group.value, group.n, group.decimals) == ("share_yes", 50, 2, 0)


def test_others_groups_are_not_taken_in_and_not_told(kolada: Kolada) -> None:
    linked()
    kolada.add("U07418", "G37500", 2024, 1.5)
    intake = night()
    assert len(staged(intake.release)) == 13 and "G37500" not in intake.told


def test_a_place_that_nobody_knows_is_left_out_and_told(kolada: Kolada) -> None:
    linked()
    kolada.add("U07418", "9999", 2024, 1.5)
    intake = night()
    assert len(staged(intake.release)) == 13
    assert intake.told.endswith(
        "Kolada har siffror för 9999, som inte finns bland kommunerna. De är utelämnade."
    )


def test_pages_do_not_matter(kolada: Kolada) -> None:
    linked()
    kolada.page_size = 2
    assert len(staged(night().release)) == 13


def test_few_questions_are_asked(kolada: Kolada) -> None:
    for kpi in ("U07418", "U07417", "N15428"):
        linked(kpi)
    kolada.asked.clear()
    night()
    assert len(kolada.asked) == 2 + 1 + 3 * 2 + 1
    assert kolada.asked[-1] == (
        "data/kpi/N15428,U07417,U07418/municipality/0000,G37412,G29000,G37411?per_page=5000"
    )


def test_no_more_than_25_ids_are_asked_for_at_once(kolada: Kolada) -> None:
    like = kolada.rows["kpi"][0]
    for number in range(27):
        kolada.rows["kpi"].append(like | {"id": f"N{number:05}"})
        make.kolada_link(make.indicator(f"Nummer {number}"), f"N{number:05}")
        kolada.add(f"N{number:05}", "1490", 2024, number)
    assert night().release.staged.count() == 27


# --- Again and again ------------------------------------------------------------------------------


def test_the_same_answers_ten_times_are_one_draft_and_change_no_row(kolada: Kolada) -> None:
    linked()
    linked("U07417")
    first = night().release
    before = {name: found for name, found in rows().items() if name != "KoladaLink"}
    for _ in range(9):
        assert night().release == first
        after = rows()
        assert {name: after[name] for name in before} == before


def test_the_same_answers_after_publication_are_nothing_new(kolada: Kolada) -> None:
    linked()
    published(night())
    before = Release.objects.count()
    for _ in range(3):
        intake = night()
        assert intake.release is None and intake.told == sync.NOTHING
    assert Release.objects.count() == before and not StagedFigure.objects.exists()


def test_nothing_is_said_twice_while_it_waits_for_review(kolada: Kolada) -> None:
    linked()
    make.submit(night().release)
    assert night().release is None
    assert Release.objects.count() == 1


def test_a_newer_answer_takes_the_place_of_a_draft_that_nobody_has_touched(kolada: Kolada) -> None:
    linked()
    first = night().release
    kolada.figure("U07418", "1490", 2024)["value"] = 11.0
    second = night().release
    assert not Release.objects.filter(pk=first.pk).exists()
    assert Release.objects.count() == 1 and len(staged(second)) == 13
    assert staged(second)["1490", 2024, "T"].value == 11


def test_a_draft_that_somebody_has_touched_stays_and_what_is_newer_stands_beside_it(kolada: Kolada) -> None:
    linked()
    first = night().release
    releases.reword(first, make.user(roles.COMMUNICATOR), title="Brott 2024", reason="Nya siffror.")
    assert night().release is None
    kolada.figure("U07418", "1490", 2024)["value"] = 11.0
    second = night().release
    assert Release.objects.count() == 2 and list(staged(second)) == [("1490", 2024, "T")]


def test_a_draft_goes_when_kolada_takes_back_what_it_held(kolada: Kolada) -> None:
    linked()
    published(night())
    kolada.figure("U07418", "1490", 2024)["value"] = 11.0
    assert night().release.staged.count() == 1
    kolada.figure("U07418", "1490", 2024)["value"] = 10.4
    assert night().release is None
    assert not StagedFigure.objects.exists() and Release.objects.count() == 1


def test_what_an_editor_fetches_stays_hers_and_is_not_fetched_again_at_night(kolada: Kolada) -> None:
    kim = make.user(roles.COMMUNICATOR)
    indicator = linked()
    intake = sync.waiting("Våldsbrott", [indicator.pk], kim)
    hers = sync.run(intake)
    assert hers.created_by == kim and hers.staged.count() == 13
    assert night().release is None
    again = sync.waiting("Våldsbrott", [indicator.pk], kim)
    assert sync.run(again) == hers and Release.objects.count() == 1


def test_revised_and_new_figures_are_told_apart(kolada: Kolada) -> None:
    linked(title="Våldsbrott")
    published(night())
    kolada.figure("U07418", "1490", 2023)["value"] = 10.25
    kolada.add("U07418", "1490", 2025, 9.0)
    kolada.add("U07418", "1480", 2025, 9.5)
    intake = night()
    assert intake.told == "Våldsbrott: 2 nya siffror till och med 2025 och 1 siffra ändras."
    assert intake.release.reason == sync.REVISED and intake.release.staged.count() == 3
    releases.submit(intake.release, make.user(roles.COMMUNICATOR))


def test_what_is_deleted_is_withdrawn(kolada: Kolada) -> None:
    linked(title="Våldsbrott")
    published(night())
    kolada.figure("U07418", "1490", 2024)["isdeleted"] = True
    intake = night()
    ((key, figure),) = staged(intake.release).items()
    assert (key, figure.status, figure.value) == (("1490", 2024, "T"), "withdrawn", None)
    assert intake.told == "Våldsbrott: 1 siffra tas bort."
    published(intake)
    assert night().release is None


def test_what_is_gone_without_a_word_is_withdrawn_too(kolada: Kolada) -> None:
    linked()
    published(night())
    kolada.rows["data"] = [
        row
        for row in kolada.rows["data"]
        if (row["kpi"], row["municipality"], row["period"]) != ("U07418", "1440", 2023)
    ]
    assert [(key, one.status) for key, one in staged(night().release).items()] == [
        (("1440", 2023, "T"), "withdrawn")
    ]


def test_what_came_from_elsewhere_is_left_alone(kolada: Kolada) -> None:
    indicator = linked()
    make.publish(make.staged_figure(indicator, "7.0", "2009"), make.staged_figure(indicator, "10.4", "2024"))
    keys = set(staged(night().release))
    assert ("1490", 2009, "T") not in keys and ("1490", 2024, "T") not in keys and len(keys) == 12


def test_when_most_of_it_is_gone_the_answer_is_doubted(kolada: Kolada) -> None:
    linked(title="Våldsbrott")
    published(night())
    kolada.rows["data"] = [row for row in kolada.rows["data"] if row["period"] == 2023]
    intake = night()
    assert intake.release is None and not StagedFigure.objects.exists()
    assert intake.told.startswith("Våldsbrott är utelämnat. 8 av 13 publicerade siffror finns inte längre")


def test_a_figure_that_was_deleted_and_given_anew_counts_as_given(kolada: Kolada) -> None:
    linked()
    kolada.add("U07418", "1490", 2024, 9.9, isdeleted=True)
    kolada.rows["data"].insert(0, kolada.rows["data"].pop())
    assert staged(night().release)["1490", 2024, "T"].value == Decimal("10.4")
