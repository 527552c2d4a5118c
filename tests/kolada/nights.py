"""Nights with Kolada in tests: indicators that are linked, the fetch, and what it may write to."""

from typing import Any

from django.db.models import Model

from comparisons import ledger
from comparisons.intake.kolada import linking
from comparisons.intake.kolada.nightly import nightly
from comparisons.models import (
    Area,
    Distribution,
    Indicator,
    Intake,
    KoladaLink,
    Membership,
    Observation,
    Release,
    Source,
    StagedFigure,
)
from comparisons.periods import Period
from tests import factories as make

State = Intake.State
#: Everything that a fetch may write to.
WRITTEN: tuple[type[Model], ...] = (
    Area,
    Distribution,
    KoladaLink,
    Membership,
    Observation,
    Release,
    Source,
    StagedFigure,
)


def rows() -> dict[str, list[Any]]:
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in WRITTEN}


def linked(kpi: str = "U07418", **fields: Any) -> Indicator:
    indicator = make.indicator(fields.pop("title", f"Nyckeltal {kpi}"), **fields)
    linking.link(indicator, kpi, None)
    return indicator


def night(**chosen: Any) -> Intake:
    intake = nightly(**chosen)
    assert intake.state == State.DONE, intake.told
    return intake


def staged(release: Release | None) -> dict[tuple[str, int, str], StagedFigure]:
    assert release is not None
    return {
        (figure.area.code, Period(figure.period).year, figure.gender): figure
        for figure in release.staged.select_related("area")
    }


def published(intake: Intake) -> Release:
    assert intake.release is not None
    return ledger.publish(make.approve(intake.release))
