"""``manage.py import_figures FILE``: figures from a file into a draft release, as the admin does it."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from boras_site.accounts.models import User
from comparisons import ledger, releases, rules
from comparisons.intake import apply, memory
from comparisons.intake.opening import Unreadable, open_file
from comparisons.intake.opening.limits import MOST_BYTES
from comparisons.intake.plan import Plan, make_plan
from comparisons.intake.reading import understand
from comparisons.intake.understood import Question, Understood
from comparisons.intake.work import parts
from comparisons.models import Intake, Release
from comparisons.svenska import capitalise, count_of

_NOTHING = "Inget att göra. Filen säger samma sak som det som är publicerat ({})."
_NOTHING_READ = "Inget i filen läses in, så det finns inget att spara."
_MAY_PUBLISH = "comparisons.publish_release"


class Command(BaseCommand):
    """Print the plan in Swedish, and make a draft of it; with --publish, publish it too. All or nothing."""

    help = "Läs in siffror från en fil (CSV eller XLSX) till ett utkast."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and what to do with it."""
        parser.add_argument("file", help="filen, CSV eller XLSX")
        parser.add_argument("--dry-run", action="store_true", help="visa planen och spara inget")
        parser.add_argument("--title", default="", help="publiceringens rubrik")
        parser.add_argument("--reason", default="", help="varför siffrorna ändras, för läsarna")
        parser.add_argument("--publish", action="store_true", help="publicera direkt (kräver --user)")
        parser.add_argument("--user", default="", help="användarnamnet på den som läser in")
        parser.add_argument("--answers", default="", help="svar på frågorna, en JSON-fil")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it. Whatever cannot be done ends in CommandError with a Swedish sentence, and nothing saved."""
        user = _user(options["user"], must_publish=options["publish"])
        answers = _answers(options["answers"])
        path = Path(options["file"])
        try:
            understood = understand(open_file(path.name, _content(path)), memory.remembered() | answers)
        except Unreadable as error:
            raise CommandError(f"{path.name} går inte att läsa. {error}") from error
        if understood.questions:
            self._ask(understood.questions)
        try:
            with transaction.atomic():
                # What is printed is what is saved: nobody publishes anything in between.
                ledger.wait_for_turn()
                if not self._show(make_plan(understood)):
                    return
                if options["dry_run"]:
                    self.stdout.write("\nInget är sparat (--dry-run).")
                    return
                release, told = _save(path, understood, answers, user, options)
        except (ledger.LedgerError, rules.BrokenRules) as error:
            raise CommandError(f"Inget är sparat. {error}") from error
        self.stdout.write(f"\n{told}: ”{release}” (nummer {release.pk}).")

    def _show(self, plan: Plan) -> bool:
        """Print the plan. Returns whether it changes anything; CommandError when not all can be read."""
        if plan.problems or plan.can_be_applied or plan.ignored:
            self.stdout.write(plan.as_text())
        if plan.problems:
            raise CommandError("Allt går inte att läsa, så inget är sparat. Rätta det som står ovan.")
        if not plan.can_be_applied:
            same = count_of(plan.unchanged, "siffra", "siffror")
            self.stdout.write(_NOTHING.format(same) if plan.unchanged else _NOTHING_READ)
        return plan.can_be_applied

    def _ask(self, questions: list[Question]) -> None:
        """Print what has to be answered. Always raises CommandError."""
        for question in questions:
            self.stdout.write(f"{question.ask}  ({question.where})")
            self.stdout.write(f"  svara på: {json.dumps(question.key, ensure_ascii=False)}")
            for choice in [*question.suggestions, *question.choices]:
                self.stdout.write(f"    {choice.label}: {json.dumps(choice.meaning, ensure_ascii=False)}")
            if question.optional:
                self.stdout.write('    Hoppa över: {"ignore": true}')
        asked = count_of(len(questions), "fråga", "frågor")
        raise CommandError(
            f"Filen ger {asked}, och inget är sparat. Läs in filen i admin under Inläsningar och svara där, "
            "eller skriv svaren i en fil och ange den med --answers."
        )


def _save(
    path: Path,
    understood: Understood,
    answers: dict[str, dict[str, Any]],
    user: User | None,
    options: dict[str, Any],
) -> tuple[Release, str]:
    """Make the draft, and publish it if asked to. Returns the release, and what became of it."""
    title = options["title"] or capitalise(path.stem.replace("_", " ").strip())
    intake = Intake.objects.create(
        kind=Intake.Kind.FILE,
        name=path.name[-255:],
        state=Intake.State.SAVING,
        title=title[: Release.TITLE_LENGTH],
        reason=options["reason"],
        answers=answers,
        created_by=user,
        saved_by=user,
    )
    memory.remember(answers, user)
    made = apply.stage_as_draft(
        intake,
        parts(understood.entries),
        title=title,
        reason=options["reason"] or releases.NEW_FIGURES,
        user=user,
        carried=understood.carried,
    )
    release = made.release
    assert release is not None, "the plan said that something differs"
    told = "Sparat som utkast" if made.is_new else "Finns redan i utkastet, som är kvar som det var"
    if options["publish"] and user is not None:
        if not made.is_new:
            # Somebody's own, with a title, a reason and pages that were not told of here.
            raise ledger.LedgerError(
                f"Samma siffror ligger redan i ”{release}” (nummer {release.pk}). Publicera den i admin, "
                "eller kasta den och kör igen."
            )
        releases.publish_now(release, user)
        told = "Publicerat"
    intake.state, intake.told, intake.finished_at = Intake.State.DONE, f"{told}.", timezone.now()
    intake.save(update_fields=["state", "told", "finished_at"])
    return release, told


def _content(path: Path) -> bytes:
    """The file's bytes, and of one that is too large no more than it takes to see that."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path} går inte att öppna. Kontrollera sökvägen.") from error


def _user(name: str, *, must_publish: bool) -> User | None:
    if not name:
        if must_publish:
            raise CommandError("Skriv vem som publicerar: --user och ett användarnamn.")
        return None
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"Det finns ingen användare som heter ”{name}”.")
    if must_publish and not user.has_perm(_MAY_PUBLISH):
        raise CommandError(f"”{name}” får inte publicera siffror. Utan --publish blir det ett utkast.")
    return user


def _answers(name: str) -> dict[str, dict[str, Any]]:
    if not name:
        return {}
    try:
        answers = json.loads(_content(Path(name)))
    except ValueError as error:
        raise CommandError(f"{name} är inte JSON. Kontrollera filen med svaren.") from error
    if not isinstance(answers, dict) or not all(isinstance(meaning, dict) for meaning in answers.values()):
        raise CommandError(f"{name} ska vara ett JSON-objekt med ett svar för varje fråga.")
    return answers
