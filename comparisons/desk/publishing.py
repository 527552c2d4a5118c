"""The buttons below an editor's form, where one approves, and who may delete what is published.

Wagtail offers the same buttons in the same order to everybody, in the words of a workflow. Here each role
has what it does most as the large button, and no button says the same as another.
"""

from typing import Any, Protocol

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import action_menu as pages
from wagtail.admin.utils import get_latest_str, get_user_display_name
from wagtail.admin.views.pages import workflow as pages_views
from wagtail.models import WorkflowState
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry
from wagtail.snippets import action_menu as snippets
from wagtail.snippets.views import snippets as snippets_views

from comparisons.svenska import capitalise

# The large button, then the others from the one farthest from it: the list opens upwards.
_Order = tuple[str, ...]
_WAITING: _Order = ("locked", "cancel-workflow")
_REVIEWING: _Order = ("approve", "cancel-workflow", "unpublish", "approve-with-words", "save", "reject")
_PUBLISHING: _Order = ("save", "cancel-workflow", "unpublish", "submit", "publish")
_WRITING: _Order = ("submit", "cancel-workflow", "save")


class _Button(Protocol):
    """What Wagtail's buttons of pages and of snippets have in common."""

    name: str
    order: int
    label: str


def arrange_buttons(buttons: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Hooks ``construct_page_action_menu`` and ``construct_snippet_action_menu``.

    ``buttons`` are those that the user may press; they are put in order, in our words, in place.
    """
    thing = context.get("page") or context.get("instance")
    state: Any = getattr(thing, "current_workflow_state", None)
    waits = state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS
    is_mine = state is not None and state.requested_by_id == request.user.pk
    by_name = {_name(button): _in_our_words(button, state) for button in buttons}
    by_name.pop("restart-workflow", None)  # from the first step again, of which there is one
    if not waits or ("approve" in by_name and not is_mine):
        by_name.pop("cancel-workflow", None)
    if "approve" in by_name:
        by_name.pop("publish", None)  # which would pass by the reviewing that it is about
        order = _REVIEWING
    elif "locked" in by_name:
        order = _WAITING
    elif "publish" in by_name or "submit" not in by_name:
        order = _PUBLISHING
    else:
        order = _WRITING
    known = [by_name.pop(name) for name in order if name in by_name]
    buttons[:] = [*known, *by_name.values()]


def _name(button: _Button) -> str:
    """Its name, the same for pages and snippets, and another for each of the two that approve."""
    if button.name == "approve" and getattr(button, "launch_modal", False):
        return "approve-with-words"
    name = (button.name or type(button).__name__).removeprefix("action-")
    return {"save-draft": "save", "page-locked": "locked"}.get(name, name)


def _in_our_words(button: Any, state: Any) -> Any:
    """The button, or one that does the same under another name. Wagtail's own are shared by everybody."""
    match _name(button):
        case "submit":
            kind = PageSubmit if isinstance(button, pages.ActionMenuItem) else SnippetSubmit
            return kind(order=button.order)
        case "cancel-workflow":
            kind = PageTakeBack if isinstance(button, pages.ActionMenuItem) else SnippetTakeBack
            return kind(order=button.order)
        case "approve" | "approve-with-words" as name:
            button.label = "Godkänn och publicera" if state.is_at_final_task else "Godkänn"
            if name == "approve-with-words":
                button.label += ", med en kommentar"
        case "reject":
            button.label = "Skicka tillbaka med en kommentar"
    return button


class _Submit:
    """Skicka för granskning, as it is called for figures too."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        """Wagtail's, but for the words."""
        context: dict[str, Any] = super().get_context_data(parent_context)  # type: ignore[misc]
        thing = context.get("page") or context.get("instance")
        again = thing is not None and thing.current_workflow_state is not None
        context["label"] = "Skicka för granskning igen" if again else "Skicka för granskning"
        return context


class PageSubmit(_Submit, pages.SubmitForModerationMenuItem):  # type: ignore[misc]
    """For pages."""


class SnippetSubmit(_Submit, snippets.SubmitForModerationMenuItem):  # type: ignore[misc]
    """For indicators."""


class PageTakeBack(pages.CancelWorkflowMenuItem):  # type: ignore[misc]
    """Undoes the submitting, for pages."""

    label = "Ta tillbaka från granskning"


class SnippetTakeBack(snippets.CancelWorkflowMenuItem):  # type: ignore[misc]
    """Undoes the submitting, for indicators."""

    label = "Ta tillbaka från granskning"


class ApprovedWhereItIsRead:
    """For Wagtail's view that approves without a form: it would publish the newest draft, seen or not."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Off to the form, whose button approves what stands in it; sending back is done from anywhere."""
        if self.action_name == "approve":  # type: ignore[attr-defined]
            messages.info(request, "Läs igenom det som väntar och välj sedan Godkänn längst ned.")
            return redirect(self.redirect_url_name, self.object.pk)  # type: ignore[attr-defined]
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc,no-any-return]


class PageWorkflowActionView(ApprovedWhereItIsRead, pages_views.WorkflowActionView):  # type: ignore[misc]
    """For pages."""


class SnippetWorkflowActionView(ApprovedWhereItIsRead, snippets_views.WorkflowActionView):  # type: ignore[misc]
    """For indicators."""


def answer_told(thing: Any, action: str) -> str:
    """What is said to a reviewer who has answered; Wagtail says that it is saved."""
    name = f"”{get_latest_str(thing)}”"
    if action != "approve":
        return f"Skickat tillbaka: {name}."
    return f"Godkänt: {name}." if thing.workflow_in_progress else f"Godkänt och publicerat: {name}."


def tell_what_was_answered(request: HttpRequest, state: Any) -> None:
    """Tell whoever opens what was sent back what the reviewer wrote, which else hides in a side panel."""
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    answer = state.current_task_state
    who = get_user_display_name(answer.finished_by) if answer.finished_by else "Granskaren"
    comment = answer.specific.get_comment().strip()
    messages.warning(request, f"{who} har skickat tillbaka det här{': ' if comment else ''}{comment or '.'}")


class ReviewedPage:
    """For Wagtail's edit view of pages: says what was answered."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, below what the reviewer wrote."""
        tell_what_was_answered(request, self.workflow_state)  # type: ignore[attr-defined]
        return super().get(request, *args, **kwargs)  # type: ignore[misc,no-any-return]

    def add_save_confirmation_message(self) -> None:
        """Says that it is saved, or what was answered."""
        if self.action_name != "perform_workflow_action":  # type: ignore[attr-defined]
            return super().add_save_confirmation_message()  # type: ignore[misc,no-any-return]
        messages.success(self.request, answer_told(self.page, self.workflow_action))  # type: ignore[attr-defined]
        return None


class ReviewedSnippet:
    """For Wagtail's edit view of snippets: says what was answered, and submits the draft just saved.

    Wagtail has looked at the draft before it is saved, and would let the one that was sent back wait anew.
    """

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, below what the reviewer wrote."""
        tell_what_was_answered(request, self.workflow_state)  # type: ignore[attr-defined]
        return super().get(request, *args, **kwargs)  # type: ignore[misc,no-any-return]

    def get_success_message(self, instance: Any = None) -> Any:
        """What is said after saving or answering."""
        if self.action == "workflow-action":  # type: ignore[attr-defined]
            return answer_told(instance or self.object, self.workflow_action)  # type: ignore[attr-defined]
        return super().get_success_message(instance)  # type: ignore[misc]

    def submit_action(self) -> HttpResponse | None:
        """Submits it."""
        if self.workflow_state:  # type: ignore[attr-defined]
            self.workflow_state.refresh_from_db()  # type: ignore[attr-defined]
        return super().submit_action()  # type: ignore[misc,no-any-return]


class PublishedIsKept(ModelPermissionPolicy):  # type: ignore[misc]
    """As the groups say, but what is published is deleted only by somebody who may publish."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """Whether the user may do it to this one."""
        allowed = bool(self.user_has_permission(user, action))
        if action == "delete" and instance.live:
            return allowed and bool(self.user_has_permission(user, "publish"))
        return allowed


def refuse_deletion_of_published(request: HttpRequest, instances: list[Model]) -> HttpResponse | None:
    """Hook ``before_delete_snippet``: Wagtail asks the policy for each thing in bulk only, not for one."""
    for instance in instances:
        if not policy_registry.get(instance).user_has_permission_for_instance(
            request.user, "delete", instance
        ):
            name = f"{capitalise(str(instance._meta.verbose_name))} ”{instance}”"
            messages.error(request, f"{name} är publicerat. Be en granskare att ta bort det.")
            viewset = instance.snippet_viewset  # type: ignore[attr-defined]
            return redirect(reverse(viewset.get_url_name("edit"), args=[instance.pk]))
    return None
