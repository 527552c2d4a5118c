"""The screens of intakes: all of them, a new one, one as it stands, how far it has come, a template."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import View

from comparisons.desk.intakes.forms import SaveForm, UploadForm
from comparisons.desk.intakes.questions import Asked, asked
from comparisons.desk.views import DeskView
from comparisons.intake import work
from comparisons.intake.plan import Plan
from comparisons.intake.template import template_workbook
from comparisons.models import Intake, ThemePage
from comparisons.templatetags.svenska_tags import antal

PERMISSION = "comparisons.add_release"
PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STOPPED, UNATTENDED, WORKING, WAITING = "stopped", "unattended", "working", "waiting"
State = Intake.State


def situation(intake: Intake) -> str:
    """Where an intake stands for an editor: its state, or whether anybody is at work on it."""
    if intake.state not in Intake.UNDER_WAY:
        return intake.state
    if work.forsaken([intake]):
        return STOPPED if intake.worker else UNATTENDED
    return WORKING if intake.worker else WAITING


class IntakeListView(DeskView):
    """Every intake, newest first."""

    permission = PERMISSION
    template_name = "comparisons/desk/intakes/list.html"
    page_title = "Inläsningar"
    header_icon = "upload"

    def trail(self) -> list[dict[str, Any]]:
        """Figures."""
        return [{"url": reverse("releases:list"), "label": "Siffror"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds a page of intakes, and which of them have stopped."""
        found = Intake.objects.select_related("created_by", "release").defer(*Intake.LONG)
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("p"))
        stopped = {one.pk for one in page.object_list if work.has_stopped(one)}
        return super().get_context_data(intakes=page, stopped=stopped, **kwargs)


class NewIntakeView(DeskView):
    """A file is chosen here. And where there is none yet: a template for each theme."""

    permission = PERMISSION
    template_name = "comparisons/desk/intakes/new.html"
    page_title = "Läs in siffror från en fil"
    header_icon = "upload"

    def trail(self) -> list[dict[str, Any]]:
        """Figures, intakes."""
        return _trail()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form and the themes."""
        themes = ThemePage.objects.order_by("path").only("title", "edition_year")
        return super().get_context_data(**({"form": UploadForm(), "themes": themes} | kwargs))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the file in, or say what is wrong with it."""
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        file = form.cleaned_data["file"]
        return redirect(work.take_in(file.name, file.read(), self.user).get_admin_url())


class IntakeView(DeskView):
    """One intake as it stands: at work, asking, planned, done or broken off; and its buttons."""

    permission = PERMISSION
    template_name = "comparisons/desk/intakes/inspect.html"
    header_icon = "upload"

    @cached_property
    def intake(self) -> Intake:
        """The intake of the address."""
        found = Intake.objects.select_related("created_by", "release").defer("content")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @cached_property
    def plan(self) -> Plan:
        """What would be saved."""
        return Plan.from_json(self.intake.plan)

    def get_page_title(self) -> str:
        """The name of the file."""
        return self.intake.name

    def trail(self) -> list[dict[str, Any]]:
        """Figures, intakes."""
        return _trail()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the intake, where it stands, and what that asks for."""
        intake, stands = self.intake, situation(self.intake)
        shown: dict[str, Any] = {
            "intake": intake,
            "situation": stands,
            "progress": _progress(intake, stands),
            "is_to_be_mended": _is_to_be_mended(intake),
            "may_run_again": work.may_run_again(intake),
            "may_ask_again": bool(intake.answers) and intake.state in work.MAY_ASK_AGAIN,
            "may_throw_away": intake.state != State.DONE and stands != WORKING,
        }
        if stands == State.ASKING:
            shown["questions"] = asked(intake.questions)
        if stands in (State.PLANNED, State.FAULTY):
            shown["plan"] = self.plan
            shown["unlisted"] = self.plan.new + self.plan.changed + self.plan.withdrawn - len(self.plan.lines)
        if stands == State.PLANNED:
            shown["form"] = SaveForm(intake, self.plan)
        shown |= kwargs
        if "questions" in shown:
            shown["lists"] = _lists(shown["questions"])
        return super().get_context_data(**shown)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the step whose button was pressed."""
        if (step := STEPS.get(request.POST.get("step", ""))) is None:
            raise PermissionDenied
        return step(self)

    def answer(self) -> HttpResponse:
        """Keep the answers, and read the file again with them."""
        questions = asked(self.intake.questions, self.request.POST)
        given = {one.question.key: one.answer() for one in questions}
        answers = {key: meaning for key, meaning in given.items() if meaning is not None}
        if self.intake.state == State.ASKING and (not answers or any(one.error for one in questions)):
            messages.error(
                self.request, "Inget är sparat. Svara på minst en fråga, och rätta det som är fel."
            )
            return self.render_to_response(self.get_context_data(questions=questions))
        return self._back(work.answer(self.intake, answers, self.user))

    def ask_again(self) -> HttpResponse:
        """Take back what was answered about this file's names."""
        return self._back(work.ask_again(self.intake))

    def save(self) -> HttpResponse:
        """Have the draft made."""
        if self.intake.state != State.PLANNED:
            return self._back(False)
        form = SaveForm(self.intake, self.plan, self.request.POST)
        if self.request.POST.get("seen") != self.plan.fingerprint:
            messages.error(
                self.request, "Planen är ny sedan du öppnade sidan. Läs igenom den och spara igen."
            )
        elif form.is_valid():
            return self._back(work.save_as_draft(self.intake, user=self.user, **form.cleaned_data))
        return self.render_to_response(self.get_context_data(form=form))

    def run_again(self) -> HttpResponse:
        """Begin again with what broke off."""
        return self._back(work.run_again(self.intake))

    def throw_away(self) -> HttpResponse:
        """Take the intake and its file away."""
        if not work.throw_away(self.intake):
            return self._back(False)
        messages.success(self.request, "Inläsningen och filen är borttagna. Ingen siffra är ändrad.")
        return redirect("intakes:list")

    def _back(self, was_mine: bool) -> HttpResponse:
        if not was_mine:
            messages.warning(self.request, "Någon annan hann före. Så här ser det ut nu.")
        return redirect(self.intake.get_admin_url())


STEPS: dict[str, Callable[[IntakeView], HttpResponse]] = {
    "answer": IntakeView.answer,
    "ask_again": IntakeView.ask_again,
    "save": IntakeView.save,
    "run_again": IntakeView.run_again,
    "throw_away": IntakeView.throw_away,
}


class ProgressView(View):
    """How far an intake has come, for the script of its screen."""

    def get(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Where it stands, and the words and numbers of its progress."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        intake = get_object_or_404(Intake.objects.defer(*Intake.LONG), pk=pk)
        return JsonResponse(_progress(intake, situation(intake)))


class TemplateView(View):
    """A workbook with the indicators of a theme and their last figures, to be filled in and read in again."""

    def get(self, request: HttpRequest, page: int) -> HttpResponse:
        """The file."""
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        theme = get_object_or_404(ThemePage, pk=page).get_latest_revision_as_object()
        answer = HttpResponse(template_workbook(theme), content_type=XLSX)
        answer.headers["Content-Disposition"] = f'attachment; filename="{theme.slug}.xlsx"'
        return answer


def _is_to_be_mended(intake: Intake) -> bool:
    """Whether the file is to blame, so that another one is what helps."""
    failed = intake.state == State.FAILED and intake.kind == Intake.Kind.FILE
    return intake.state == State.FAULTY or (failed and intake.told != work.UNEXPECTED)


def _trail() -> list[dict[str, Any]]:
    return [
        {"url": reverse("releases:list"), "label": "Siffror"},
        {"url": reverse("intakes:list"), "label": "Inläsningar"},
    ]


def _progress(intake: Intake, stands: str) -> dict[str, Any]:
    """``done`` is None as long as nobody knows how much there is."""
    words = State.WAITING.label if stands == WAITING else intake.step or intake.get_state_display()
    counted = bool(intake.total and intake.done)
    if counted:
        words += f": {antal(intake.done)} av {antal(intake.total)}"
    return {
        "situation": stands,
        "words": words,
        "done": intake.done if counted else None,
        "total": intake.total or None,
    }


def _lists(questions: list[Asked]) -> dict[str, list[str]]:
    """The names of each kind that may be written."""
    return {one.question.kind: list(one.names) for one in questions if one.is_open}
