"""What is left out of a fetch by name, and that a fault on any page writes nothing at all."""

from decimal import Decimal
from typing import Any

import pytest

from comparisons.intake.kolada import sync
from comparisons.intake.kolada.nightly import nightly
from comparisons.models import (
    KoladaLink,
    Release,
    StagedFigure,
)
from comparisons.terms import ValueType
from tests.kolada import server as tricks
from tests.kolada.nights import State, linked, night, published, rows
from tests.kolada.server import Kolada

pytestmark = pytest.mark.django_db

# --- What is left out -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "value", "told"),
    [
        (
            {"value_type": ValueType.COUNT},
            12.5,
            "1 siffra har decimaler, men nyckeltalet har hela tal, till exempel 12,5 (Borås 2024).",
        ),
        (
            {"value_type": ValueType.COUNT},
            -1,
            "1 siffra är mindre än noll, men nyckeltalet är ett antal, till exempel −1 (Borås 2024).",
        ),
        (
            {"value_type": ValueType.YES_NO},
            2,
            "2 siffror är varken ja (1) eller nej (0), till exempel 2 (Borås 2024).",
        ),
        (
            {"value_type": ValueType.PERCENT, "scale_min": Decimal(0), "scale_max": Decimal(139)},
            12,
            "1 siffra ligger utanför nyckeltalets skala, till exempel 140 (Göteborg 2024).",
        ),
        ({}, 1e11, "1 siffra är för stora för att sparas, till exempel 100 000 000 000 (Borås 2024)."),
    ],
)
def test_a_kpi_whose_figures_may_not_be_is_left_out_by_name_and_the_others_go_on(
    kolada: Kolada, fields: dict[str, Any], value: float, told: str
) -> None:
    fires = linked("U30000", title="Bränder", **fields)
    linked("U07417")
    kolada.figure("U30000", "1490", 2024)["value"] = value
    intake = night()
    assert {figure.indicator_id for figure in intake.release.staged.all()} != {fires.pk}
    assert not intake.release.staged.filter(indicator=fires).exists()
    assert intake.told.replace("\u00a0", " ").endswith(f"Bränder är utelämnat. {told}")
    fires.kolada.refresh_from_db()
    assert fires.kolada.fault.replace("\u00a0", " ") == told
    kolada.figure("U30000", "1490", 2024)["value"] = 1
    kolada.figure("U30000", "1480", 2024)["value"] = 0
    night()
    fires.kolada.refresh_from_db()
    assert fires.kolada.fault == ""


def test_a_rule_that_only_the_ledger_knows_leaves_out_the_kpi_too(kolada: Kolada, monkeypatch: Any) -> None:
    fires = linked("U30000", value_type=ValueType.COUNT)
    linked("U07417")
    kolada.figure("U30000", "1490", 2024)["value"] = 12.5
    monkeypatch.setattr("comparisons.intake.kolada.figures.Made._check", lambda *_: None)
    intake = night()
    assert not StagedFigure.objects.filter(indicator=fires).exists() and intake.release.staged.count() == 6
    assert "12,5 har decimaler. Skriv ett helt tal." in intake.told


def test_two_values_for_one_figure_leave_out_the_kpi(kolada: Kolada) -> None:
    linked(title="Våldsbrott")
    kolada.add("U07418", "1490", 2024, 9.9)
    assert night().told == "Våldsbrott är utelämnat. Kolada har två olika värden för Borås 2024."
    assert not Release.objects.exists()


def test_a_kpi_without_figures_is_told(kolada: Kolada) -> None:
    linked(title="Våldsbrott")
    kolada.rows["data"] = []
    assert night().told == "Våldsbrott är utelämnat. Kolada har inga siffror för nyckeltalet."


@pytest.mark.parametrize("code", [None, 404])
def test_a_kpi_that_is_gone_is_told_and_does_not_stop_the_others(kolada: Kolada, code: int | None) -> None:
    gone = linked(title="Våldsbrott")
    linked("U07417")
    kolada.drop("U07418")
    if code:
        kolada.always("kpi/U07418?", tricks.status(code))
    intake = night()
    assert intake.release.staged.count() == 6
    assert intake.told.endswith("Våldsbrott (U07418) finns inte längre i Kolada.")
    gone.kolada.refresh_from_db()
    assert gone.kolada.is_gone


def test_a_kpi_that_comes_back_is_gone_no_more(kolada: Kolada) -> None:
    indicator = linked()
    KoladaLink.objects.update(is_gone=True)
    night()
    indicator.kolada.refresh_from_db()
    assert not indicator.kolada.is_gone and indicator.kolada.fetched_at is not None


def test_a_new_title_is_kept_beside_the_one_that_was_picked(kolada: Kolada) -> None:
    indicator = linked("U07418")
    kolada.rows["kpi"][0]["title"] = "Anmälda våldsbrott, antal/1000 inv (-2023)"
    night()
    indicator.kolada.refresh_from_db()
    assert indicator.kolada.is_retitled and indicator.kolada.ended == 2023
    assert indicator.kolada.title == "Anmälda våldsbrott, antal/1000 inv (medelvärde tre år)"


def test_a_link_that_was_taken_away_meanwhile_is_not_filled(kolada: Kolada, monkeypatch: Any) -> None:
    linked()
    fetch = sync.fetch

    def meanwhile(*args: Any) -> Any:
        fetched = fetch(*args)
        KoladaLink.objects.all().delete()
        return fetched

    monkeypatch.setattr(sync, "fetch", meanwhile)
    assert night().release is None and not StagedFigure.objects.exists()


# --- All or nothing -------------------------------------------------------------------------------


def bad_figure(**change: Any) -> tricks.Trick:
    figure = {"gender": "T", "count": 1, "status": "", "value": 10.4, "isdeleted": False} | change
    return tricks.rows({"kpi": "U07418", "municipality": "1490", "period": 2024, "values": [figure]})


FAULTS = {
    "500": tricks.status(500),
    "422": tricks.status(422),
    "410": tricks.status(410),
    "429": tricks.status(429),
    "timeout": tricks.slow(0.6),
    "cut off": tricks.cut_off,
    "html": tricks.body(b"<html></html>"),
    "loop": tricks.rows(next_url="?kpi_id=U07418"),
    "redirect": tricks.redirect("https://elak.example/"),
    "bomb": tricks.bomb(40),
    "list": tricks.body([]),
    "string for rows": tricks.body({"values": "inga", "next_url": None}),
    "row is a list": tricks.rows([]),
    "value is a string": bad_figure(value="10.4"),
    "value is a bool": bad_figure(value=True),
    "value is a dict": bad_figure(value={}),
    "value is infinite": tricks.body(
        b'{"values": [{"kpi": "U07418", "municipality": "1490", "period": 2024, '
        b'"values": [{"gender": "T", "count": 1, "status": "", '
        b'"value": 1e999, "isdeleted": false}]}], "next_url": null}'
    ),
    "gender is unknown": bad_figure(gender="X"),
    "gender is missing": bad_figure(gender=None),
    "deleted is a string": bad_figure(isdeleted="false"),
    "count is a string": bad_figure(count="1"),
    "status is a number": bad_figure(status=1),
    "status holds a null": bad_figure(status="a\x00b"),
    "period is a string": tricks.rows(
        {"kpi": "U07418", "municipality": "1490", "period": "2024", "values": []}
    ),
    "period is far away": tricks.rows(
        {"kpi": "U07418", "municipality": "1490", "period": 20240, "values": []}
    ),
    "another kpi": tricks.rows(
        {
            "kpi": "N99999",
            "municipality": "1490",
            "period": 2024,
            "values": [{"gender": "T", "count": 1, "status": "", "value": 1, "isdeleted": False}],
        }
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("page", ["data/?kpi_id=U07418", "data/kpi/"])
def test_a_fault_on_any_page_writes_nothing_at_all(
    kolada: Kolada, settings: Any, fault: str, page: str
) -> None:
    linked("U07417")
    linked("U07418")
    published(night())
    kolada.add("U07417", "1490", 2025, 1.5)
    kolada.add("U07418", "1490", 2025, 1.5)
    kolada.rows["municipality"].append({"id": "1441", "title": "Lerum", "type": "K"})
    kolada.rows["kpi"][0]["title"] = "Ett nytt namn"
    before = rows()
    kolada.always(page, FAULTS[fault])
    intake = nightly()
    assert intake.state == State.FAILED and intake.release is None
    assert intake.told.startswith("Kolada") and intake.told.endswith(".")
    assert rows() == before
    kolada.behave()
    assert night().release.staged.count() == 2


@pytest.mark.parametrize(
    ("path", "trick", "told"),
    [
        ("municipality?", tricks.rows(), "Koladas lista över kommuner är inte hel: 1490 saknas."),
        (
            "municipality?",
            tricks.rows({"id": "1490", "title": "Borås", "type": "K"}),
            "Koladas lista över kommuner är inte hel: riket saknas.",
        ),
        ("municipality_groups", tricks.rows(), "Kolada svarade utan några grupper av liknande kommuner"),
        ("kpi/", tricks.rows(), "Kolada känner inte igen något av nyckeltalen."),
        (
            "municipality?",
            tricks.rows({"id": "1490", "title": "Borås", "type": "X"}),
            "Kolada svarade i en annan form än väntat: fältet type är ”X”.",
        ),
        (
            "municipality_groups",
            tricks.rows({"id": "G1", "title": "Liknande kommuner, Borås, 2025", "members": "1490"}),
            "Kolada svarade i en annan form än väntat: fältet members är ”1490”.",
        ),
        (
            "kpi/",
            tricks.rows({"id": "U07418", "title": None}),
            "Kolada svarade i en annan form än väntat: fältet title är tomt.",
        ),
    ],
)
def test_an_empty_answer_to_what_must_have_one_is_a_fault(
    kolada: Kolada, path: str, trick: tricks.Trick, told: str
) -> None:
    linked("U07417")
    linked("U07418")
    before = rows()
    kolada.always(path, trick)
    intake = nightly()
    assert intake.state == State.FAILED and intake.told.startswith(told)
    assert rows() == before


def test_a_fault_of_ours_in_the_middle_writes_nothing(kolada: Kolada, monkeypatch: Any) -> None:
    linked("U07417")
    linked("U07418")
    before = rows()

    def fails(*_: Any) -> None:
        raise RuntimeError("out of order")

    monkeypatch.setattr(sync, "by_indicator", fails)
    intake = nightly()
    assert intake.state == State.FAILED and intake.told.startswith("Något gick fel hos oss")
    assert rows() == before


def test_who_waits_for_the_result_is_told_inside_the_transaction(kolada: Kolada) -> None:
    linked()
    before = rows()

    def superseded(told: str) -> None:
        assert told.endswith("2024.") and Release.objects.count() == 1
        raise RuntimeError("somebody else has it")

    with pytest.raises(RuntimeError):
        sync.run(sync.waiting("Kolada"), finish=superseded)
    assert rows() == before
