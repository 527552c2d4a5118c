"""The edit views: one save at a time, and what the others did is told."""

from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import classonlymethod
from wagtail.admin.views.pages.edit import EditView as PageEditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, Revision

from comparisons.desk.publishing import PageWorkflowActionView, ReviewedPage
from comparisons.desk.two_at_once.seen import opened, version_of
from comparisons.svenska import join_words

_AUTOSAVE_REFUSED = (
    "Någon har sparat medan du skrev. Det du har skrivit är kvar här men inte sparat. "
    "Tryck på knappen för att spara, så visar vi vad som skiljer."
)


class OneSaveAtATime:
    """For an edit view: from the first look at what is saved until the answer, nobody else can save.

    Reading, comparing and saving are one transaction, with the row locked; SQLite locks its whole file.
    """

    #: The model whose row is locked, and the argument of the address that has its primary key.
    model: Any = None
    locked_by = "pk"

    @classonlymethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """Wagtail's view, in a transaction when something is sent."""
        view = super().as_view(**initkwargs)  # type: ignore[misc]
        rows = (initkwargs.get("model") or cls.model)._default_manager

        @wraps(view)
        def one_at_a_time(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **kwargs)  # type: ignore[no-any-return]
            with transaction.atomic():
                key = kwargs[cls.locked_by]
                list(rows.select_for_update().filter(pk=key).values_list("pk"))
                return view(request, *args, **kwargs)  # type: ignore[no-any-return]

        return one_at_a_time

    @property
    def latest(self) -> Revision | None:
        """The newest saved version, read together with what the screen shows."""
        raise NotImplementedError

    @property
    def form_options(self) -> dict[str, Any]:
        """What the form needs for comparing."""
        return {"latest_revision": self.latest, "saving": self.request.method == "POST"}  # type: ignore[attr-defined]

    @property
    def is_out_of_date(self) -> bool:
        """Whether an autosave is refused. It never weaves: the screen would not show what came along."""
        sent = self.request.POST.get("seen", "")  # type: ignore[attr-defined]
        seen = opened(sent, self.edited, self.latest)
        return seen.version != version_of(self.latest)

    @property
    def edited(self) -> Any:
        """The page or the indicator."""
        return self.object  # type: ignore[attr-defined]

    def json_error_response(self, error_code: str, error_message: str) -> JsonResponse:
        """Why an autosave is refused, in words that say what to do."""
        told = _AUTOSAVE_REFUSED if error_code == "invalid_revision" else error_message
        return super().json_error_response(error_code, told)  # type: ignore[misc,no-any-return]

    def form_valid(self, form: Any) -> HttpResponse:
        """Saves, and tells what came along from somebody else."""
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        if form.meeting and form.meeting.brought:
            came = join_words(f"”{label}”" for label in form.meeting.brought)
            messages.info(self.request, f"{form.meeting.others.told}. Det här följde med: {came}.")  # type: ignore[attr-defined]
        return response


class OnePageAtATime(OneSaveAtATime):
    """For Wagtail's edit view of pages."""

    model = Page
    locked_by = "page_id"

    @property
    def latest(self) -> Revision | None:
        """What the page on the screen was read from."""
        return self.latest_revision  # type: ignore[attr-defined,no-any-return]

    @property
    def edited(self) -> Any:
        """The page."""
        return self.page  # type: ignore[attr-defined]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form, which remembers what it shows."""
        self.form_class = partial(self.form_class, **self.form_options)  # type: ignore[attr-defined,has-type]
        return super().get(request, *args, **kwargs)  # type: ignore[misc]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The form, which compares."""
        self.form_class = partial(self.form_class, **self.form_options)  # type: ignore[attr-defined,has-type]
        return super().post(request, *args, **kwargs)  # type: ignore[misc]

    def get_template_names(self) -> list[str]:
        """Wagtail's screen, with the panel above the form."""
        found: list[str] = super().get_template_names()  # type: ignore[misc]
        return [_WITH_PANEL.get(name, name) for name in found]


_WITH_PANEL = {"wagtailadmin/pages/edit.html": "comparisons/desk/two_at_once_page.html"}


class GuardedPageEditView(OnePageAtATime, ReviewedPage, PageEditView):
    """The edit screen of a page."""


class GuardedPageRevertView(OnePageAtATime, RevisionsRevertView):
    """The edit screen of a page that shows an older version, to go back to."""


class GuardedPageViewSet(PageViewSet):
    """Every kind of page. A viewset of one kind must stand on this one, or its pages are not guarded."""

    edit_view_class = GuardedPageEditView
    revisions_revert_view_class = GuardedPageRevertView
    workflow_action_view_class = PageWorkflowActionView
    model = Page


class OneSnippetAtATime(OneSaveAtATime):
    """For Wagtail's edit view of snippets; its template is ``two_at_once_snippet.html``."""

    @property
    def latest(self) -> Revision | None:
        """What the form on the screen was read from."""
        return self.live_object.latest_revision  # type: ignore[attr-defined,no-any-return]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Wagtail's own, and what the form needs for comparing."""
        return {**super().get_form_kwargs(), **self.form_options}  # type: ignore[misc]
