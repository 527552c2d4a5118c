"""``manage.py import_figures``: the plan on the screen, all or nothing saved, and nothing twice."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from comparisons import roles
from comparisons.models import Indicator, Intake, Observation, Release, RememberedName, StagedFigure
from tests import factories

pytestmark = pytest.mark.django_db

CONTENT = "Nyckeltal;Borås 2016;Borås 2017\nVåldsbrott;10,3;10,4\n"


@pytest.fixture
def crime() -> Indicator:
    factories.own_area()
    return factories.indicator("Våldsbrott")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "brott_2017.csv"
    path.write_text(CONTENT, encoding="utf-8")
    return path


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_figures", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_a_dry_run_prints_the_plan_and_saves_nothing(crime: Indicator, file: Path) -> None:
    assert run(file, "--dry-run") == (
        "2 nya.\n\nNya:\n  Våldsbrott, Borås 2016: 10,3\n  Våldsbrott, Borås 2017: 10,4\n"
        "\nInget är sparat (--dry-run).\n"
    )
    assert not Release.objects.exists() and not Intake.objects.exists()


def test_it_becomes_a_draft_and_running_it_again_makes_no_other(crime: Indicator, file: Path) -> None:
    editor = factories.user(roles.COMMUNICATOR)
    assert "Sparat som utkast: ”Brott 2017”" in run(file, "--user", editor.username)
    release = Release.objects.get()
    assert (release.state, release.reason, release.created_by) == ("draft", "Nya siffror.", editor)
    intake = Intake.objects.get()
    assert (intake.kind, intake.state, intake.release, intake.name) == ("file", "done", release, file.name)
    for _ in range(3):
        assert "Finns redan i utkastet, som är kvar som det var: ”Brott 2017”" in run(file)
    assert Release.objects.count() == 1
    assert StagedFigure.objects.count() == 2


def test_a_draft_that_was_there_is_not_published_under_words_that_nobody_was_told(
    crime: Indicator, file: Path
) -> None:
    run(file, "--title", "Kims utkast")
    reviewer = factories.user(roles.REVIEWER).username
    with pytest.raises(CommandError, match="Samma siffror ligger redan i ”Kims utkast”"):
        run(file, "--publish", "--user", reviewer, "--title", "Brott")
    assert not Observation.objects.exists()
    assert (Release.objects.get().state, Intake.objects.count()) == ("draft", 1)


def test_a_file_of_which_nothing_is_read_does_not_say_what_is_published(
    crime: Indicator, file: Path, tmp_path: Path
) -> None:
    answers = tmp_path / "svar.json"
    file.write_text("Nyckeltal;Borås 2016\nVåldsbrotten;10,3\n")
    answers.write_text(json.dumps({"indicator:våldsbrotten": {"ignore": True}}))
    told = run(file, "--answers", answers)
    assert "Rader som heter ”Våldsbrotten” läses inte, som du har valt." in told
    assert told.endswith("Inget i filen läses in, så det finns inget att spara.\n")
    assert not Release.objects.exists()


def test_it_is_published_and_then_there_is_nothing_to_do(crime: Indicator, file: Path) -> None:
    reviewer = factories.user(roles.REVIEWER)
    told = run(file, "--publish", "--user", reviewer.username, "--title", "Brott", "--reason", "Ny rapport.")
    assert "Publicerat: ”Brott”" in told
    assert Observation.objects.count() == 2
    release = Release.objects.get()
    assert (release.reason, release.approved_by) == ("Ny rapport.", reviewer)
    for _ in range(10):
        assert run(file) == ("Inget att göra. Filen säger samma sak som det som är publicerat (2 siffror).\n")
    assert (Release.objects.count(), Observation.objects.count(), Intake.objects.count()) == (1, 2, 1)


@pytest.mark.parametrize(
    ("role", "told"),
    [(None, "Skriv vem som publicerar"), (roles.COMMUNICATOR, "får inte publicera siffror")],
)
def test_who_may_not_publish_is_told_before_anything(
    crime: Indicator, file: Path, role: str | None, told: str
) -> None:
    who = ["--user", factories.user(role).username] if role else []
    with pytest.raises(CommandError, match=told):
        run(file, "--publish", *who)
    assert not Release.objects.exists()


def test_nobody_of_that_name(crime: Indicator, file: Path) -> None:
    with pytest.raises(CommandError, match="ingen användare som heter ”ingen”"):
        run(file, "--user", "ingen")


def test_a_correction_owes_a_reason_and_is_not_half_saved(crime: Indicator, file: Path) -> None:
    factories.publish(factories.staged_figure(crime, "9.9", "2016"))
    reviewer = factories.user(roles.REVIEWER).username
    with pytest.raises(CommandError, match="Skriv varför siffrorna rättas"):
        run(file, "--publish", "--user", reviewer)
    assert (Release.objects.count(), Intake.objects.count(), StagedFigure.objects.count()) == (1, 0, 0)
    run(file, "--publish", "--user", reviewer, "--reason", "Brå har rättat.")
    assert Observation.objects.filter(superseded_by=None).count() == 2


def test_what_cannot_be_read_is_told_and_nothing_saved(crime: Indicator, tmp_path: Path) -> None:
    path = tmp_path / "fel.csv"
    path.write_text(CONTENT.replace("10,3", "10.3"))
    out = StringIO()
    with pytest.raises(CommandError, match="inget är sparat"):
        call_command("import_figures", str(path), stdout=out)
    assert "rad 2, kolumn B: ”10.3” går inte att läsa." in out.getvalue()
    assert not Release.objects.exists()


def test_a_figure_that_may_not_be_is_told_and_nothing_saved(tmp_path: Path) -> None:
    factories.own_area()
    factories.indicator("Samverkan", value_type="points")
    path = tmp_path / "fel.csv"
    path.write_text("Nyckeltal;Borås 2016\nSamverkan;99\n")
    out = StringIO()
    with pytest.raises(CommandError, match="Allt går inte att läsa, så inget är sparat"):
        call_command("import_figures", str(path), stdout=out)
    assert "Samverkan, Borås 2016: 99 ligger utanför skalan." in out.getvalue()
    assert not Release.objects.exists() and not Intake.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("saknas.csv", None, "går inte att öppna"),
        ("tom.csv", b"", "tom.csv går inte att läsa. Filen är tom"),
        ("bild.png", b"\x89PNG\r\n\x1a\n\x00\x00", "bild.png går inte att läsa"),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, name: str, content: bytes | None, told: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=told):
        run(path)


def test_questions_are_listed_answered_and_remembered(crime: Indicator, tmp_path: Path) -> None:
    path = tmp_path / "brott.csv"
    path.write_text("Nyckeltal;Borås Stad 2017\nVåldsbrotten;10,4\n")
    out = StringIO()
    with pytest.raises(CommandError, match="Filen ger 1 fråga, och inget är sparat"):
        call_command("import_figures", str(path), stdout=out)
    assert "Vilket område är ”Borås Stad”?  (rad 1, kolumn B)" in out.getvalue()
    own = factories.own_area()
    assert f'    Borås: {{"id": {own.pk}}}' in out.getvalue()
    answers = tmp_path / "svar.json"
    given = {"area:boråsstad": {"id": own.pk}, "indicator:våldsbrotten": {"id": crime.pk}}
    answers.write_text(json.dumps(given))
    run(path, "--answers", answers, "--dry-run")
    assert not RememberedName.objects.exists()
    run(path, "--answers", answers)
    assert RememberedName.objects.count() == 2
    assert "1 ny." in run(path, "--dry-run")


@pytest.mark.parametrize(
    ("content", "told"), [("{", "inte JSON"), ("[1]", "JSON-objekt"), ('{"a": 1}', "JSON-objekt")]
)
def test_answers_that_are_none(crime: Indicator, file: Path, tmp_path: Path, content: str, told: str) -> None:
    answers = tmp_path / "svar.json"
    answers.write_text(content)
    with pytest.raises(CommandError, match=told):
        run(file, "--answers", answers)
