"""The published figures, put into a workbook as an editor would lay it out, come in and equal the demo's."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from boras_site.demo import build
from comparisons import roles
from comparisons.intake import apply, memory
from comparisons.intake.opening import open_file
from comparisons.intake.plan import make_plan
from comparisons.intake.reading import understand
from comparisons.intake.work import parts
from comparisons.models import Indicator, Intake, Observation
from comparisons.releases import publish_now
from tests import factories
from tests.reading_files import DATA, NAMES, asked, figures_of, laid_out, problems

OLD = "Gammalt "
RELATED = ("indicator", "area", "population")


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        build.build()
        yield
        transaction.set_rollback(True)


def live() -> set[tuple[Any, ...]]:
    standing = Observation.objects.filter(superseded_by=None).exclude(indicator__title__startswith=OLD)
    return figures_of(standing.select_related(*RELATED))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.django_db
def test_the_workbook_says_what_is_published_and_asks_nothing(name: str) -> None:
    understood = understand(open_file(f"{name}.xlsx", laid_out(name)), {})
    assert (asked(understood), problems(understood), understood.shape) == ([], [], "wide")
    plan = make_plan(understood)
    number = len((DATA / f"{name}.csv").read_text().splitlines()) - 1
    assert (plan.new, plan.changed, plan.withdrawn, plan.unchanged) == (0, 0, 0, number)
    assert "Bladet ”Läs mig” har ingen tabell och läses inte." in plan.ignored


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.django_db
def test_the_long_file_says_what_is_published(name: str) -> None:
    understood = understand(open_file(f"{name}.csv", (DATA / f"{name}.csv").read_bytes()), {})
    assert (asked(understood), problems(understood), understood.shape) == ([], [], "long")
    # The demo leaves the files' notes out; beside them they say the same.
    assert understood.carried == {"note"}
    plan = make_plan(understood)
    assert plan.new == plan.withdrawn == 0
    assert all(line.after.startswith(line.before) for line in plan.lines)
    assert plan.changed == sum(1 for entry in understood.entries if entry.note)


@pytest.mark.parametrize("shape", ["wide", "long"])
@pytest.mark.django_db
def test_an_empty_ledger_becomes_the_demos(shape: str) -> None:
    expected = live()
    _begin_anew()
    reviewer = factories.user(roles.REVIEWER)
    for name in NAMES:
        content = laid_out(name) if shape == "wide" else (DATA / f"{name}.csv").read_bytes()
        understood = understand(open_file(name, content), {})
        intake = Intake.objects.create(kind=Intake.Kind.FILE, name=name)
        release = apply.stage_as_draft(
            intake,
            parts(understood.entries),
            title=name,
            reason="",
            user=reviewer,
            carried=understood.carried,
        ).release
        assert release is not None
        publish_now(release, reviewer)
    assert live() == expected
    assert len(expected) == 93
    sources = Observation.objects.filter(superseded_by=None).values_list("source", "indicator__source")
    assert all(own == indicators for own, indicators in sources)


def _begin_anew() -> None:
    """Give every indicator's name to a new one that has no figures; the ledger itself forgets nothing."""
    for old in list(Indicator.objects.select_related("source")):
        Indicator.objects.filter(pk=old.pk).update(title=f"{OLD}{old.pk}", short_title="")
        factories.indicator(
            old.title,
            source=old.source,
            **{name: getattr(old, name) for name in Indicator.MEANING},
        )


@pytest.mark.django_db
def test_the_pages_own_heading_is_asked_once_and_then_remembered() -> None:
    """A page that has answers beside numbers writes ``Riket 2017`` over both: which number is it?"""
    book = open_file("trygghet.xlsx", laid_out("trygghet_2017"))
    for sheet in book.sheets:
        sheet.rows[:] = [[cell.replace("Median riket", "Riket") for cell in row] for row in sheet.rows]
    first = understand(book, memory.remembered())
    (question,) = first.questions
    assert question.written == "Riket"
    assert [choice.label for choice in question.choices] == [
        "Medianen för riket",
        "Medelvärdet för riket",
        "Rikets eget värde",
    ]
    memory.remember({question.key: question.choices[0].meaning}, None)
    for sheet in book.sheets:
        sheet.rows[:] = [[cell.replace("2017", "2018") for cell in row] for row in sheet.rows]
    again = understand(book, memory.remembered())
    assert (asked(again), problems(again)) == ([], [])
    assert {entry.statistic for entry in again.entries} == {"value", "median", "share_yes"}
