"""``manage.py sync_kolada``: what it makes, says and fails on."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from comparisons import ledger
from comparisons.intake.kolada import KoladaError, sync
from comparisons.models import (
    Intake,
    Release,
    StagedFigure,
)
from tests import factories as make
from tests.kolada import server as tricks
from tests.kolada.nights import State, linked
from tests.kolada.server import Kolada

pytestmark = pytest.mark.django_db

# --- The command ----------------------------------------------------------------------------------


def test_the_command_says_what_it_made(kolada: Kolada, capsys: Any) -> None:
    linked()
    call_command("sync_kolada")
    release = Release.objects.get()
    assert capsys.readouterr().out == f"Draft release {release.pk} holds 13 figures.\n"
    ledger.publish(make.approve(release))
    call_command("sync_kolada")
    assert capsys.readouterr().out == "Nothing new.\n"


def test_the_command_can_fetch_one_indicator(kolada: Kolada, capsys: Any) -> None:
    one, other = linked(), linked("U07417")
    call_command("sync_kolada", indicator=one.slug)
    assert {figure.indicator for figure in StagedFigure.objects.all()} == {one}
    with pytest.raises(CommandError, match="No indicator with the address finns-inte is linked"):
        call_command("sync_kolada", indicator="finns-inte")
    call_command("sync_kolada")
    assert {figure.indicator for figure in StagedFigure.objects.all()} == {one, other}
    assert Release.objects.count() == 1


def test_the_command_tells_what_is_left_out(kolada: Kolada, capsys: Any) -> None:
    linked(title="Våldsbrott")
    linked("U07417", title="Stölder")
    kolada.drop("U07418")
    kolada.add("U07417", "1490", 2024, 9.9)
    call_command("sync_kolada")
    assert capsys.readouterr().err == (
        "Left out: Stölder (U07417). Kolada har två olika värden för Borås 2024.\n"
        "Gone from Kolada: Våldsbrott (U07418).\n"
    )


def test_the_command_fails_loudly_and_the_next_success_is_all_that_is_remembered(
    kolada: Kolada, caplog: Any
) -> None:
    linked()
    kolada.always("municipality", tricks.status(500))
    for _ in range(2):
        with pytest.raises(CommandError, match=r"Nothing was fetched: Kolada har ett fel hos sig \(500\)"):
            call_command("sync_kolada")
    assert [record.levelname for record in caplog.records if "kolada" in record.name] == ["ERROR", "ERROR"]
    assert Intake.objects.filter(state=State.FAILED).count() == 2
    kolada.behave()
    call_command("sync_kolada")
    assert [intake.state for intake in Intake.objects.all()] == [State.DONE]


def test_nothing_linked_is_nothing_to_do(kolada: Kolada, capsys: Any) -> None:
    call_command("sync_kolada")
    assert capsys.readouterr().out == "Nothing new.\n"
    assert Intake.objects.get().told == "Inget nyckeltal är kopplat till Kolada."


def test_the_command_can_bring_the_areas_only(kolada: Kolada, capsys: Any) -> None:
    call_command("sync_kolada", areas=True)
    assert capsys.readouterr().out == "11 new areas, 3 groups with new members.\n"
    assert not any("data" in path for path in kolada.asked)
    kolada.always("municipality", tricks.status(500))
    with pytest.raises(CommandError, match="Nothing was fetched"):
        call_command("sync_kolada", areas=True)


def test_an_error_is_a_sentence(kolada: Kolada) -> None:
    linked()
    kolada.always("kpi", tricks.status(500))
    with pytest.raises(KoladaError, match=r"Kolada har ett fel hos sig \(500\)"):
        sync.run(sync.waiting("Kolada"))
