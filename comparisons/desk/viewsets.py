"""The snippets' screens: indicators, areas, populations and sources, in the editors' words."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, Panel, TabbedInterface
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, SnippetViewSet

from comparisons import figures, usage
from comparisons.changes import value_in_words
from comparisons.desk.example import ExamplePanel
from comparisons.desk.kolada.panel import KoladaPanel
from comparisons.desk.publishing import ReviewedSnippet, SnippetWorkflowActionView
from comparisons.desk.two_at_once.forms import TwoAtOnceForm
from comparisons.desk.two_at_once.views import OneSnippetAtATime
from comparisons.models import Area, Indicator, Population, Source
from comparisons.terms import EMPTY_POPULATION


class GuardedDeleteView(DeleteView):
    """Deletion that says where the thing is used instead of asking whether to go on."""

    def run_before_hook(self) -> HttpResponse | None:
        """Refuse with a sentence what is in use, once it is known that the user may delete at all."""
        if sentence := usage.refusal(self.object):
            messages.error(self.request, sentence)
            return redirect(reverse(self.edit_url_name, args=[self.object.pk]))
        return super().run_before_hook()  # type: ignore[no-any-return]


class GuardedViewSet(SnippetViewSet):
    """A snippet that pages and figures refer to."""

    delete_view_class = GuardedDeleteView
    add_to_admin_menu = True
    copy_view_enabled = False


class FiguresPanel(Panel):
    """The newest figures in the edit form, with the way to change them."""

    class BoundPanel(Panel.BoundPanel):
        """Bound to one indicator."""

        template_name = "comparisons/desk/figures_panel.html"

        def is_shown(self) -> bool:
            """Only for an indicator that is saved."""
            return bool(self.instance.pk)

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            """Adds the ten newest figures."""
            newest = figures.published(self.instance)[:10]
            return {
                **super().get_context_data(parent_context),
                "figures": [(figure, value_in_words(figure)) for figure in newest],
                "figures_url": reverse("figures:list", args=[self.instance.pk]),
            }


class ToldInSwedish:
    """Says in Swedish that it is published, for which Wagtail has English words only."""

    def get_success_message(self, instance: Any = None) -> Any:
        """What is said after saving."""
        saved = instance or self.object  # type: ignore[attr-defined]
        later = saved.go_live_at is not None and saved.go_live_at > timezone.now()
        if self.action == "publish" and not later:  # type: ignore[attr-defined]
            return f"Nyckeltalet ”{saved}” är publicerat."
        return super().get_success_message(instance)  # type: ignore[misc]


class IndicatorCreateView(ToldInSwedish, CreateView):
    """The screen of a new indicator."""


class IndicatorEditView(OneSnippetAtATime, ReviewedSnippet, ToldInSwedish, EditView):
    """The edit screen, with buttons to the figures and to Kolada. One save at a time."""

    @property
    def header_buttons(self) -> list[Any]:
        """Wagtail's own, Siffror and Kolada."""
        return [
            *super().header_buttons,
            HeaderButton(
                label="Siffror",
                url=reverse("figures:list", args=[self.object.pk]),
                icon_name="table",
                priority=5,
            ),
            HeaderButton(
                label="Kolada",
                url=reverse("kolada", args=[self.object.pk]),
                icon_name="download",
                priority=6,
            ),
        ]


class PublishedOnly:
    """Only what is published can be chosen for a page."""

    def get_object_list(self) -> Any:
        """Published indicators in Swedish order."""
        return super().get_object_list().filter(live=True)  # type: ignore[misc]


class LiveChooseView(PublishedOnly, ChooseView):
    """The chooser as it opens."""

    page_subtitle = ""


class LiveChooseResultsView(PublishedOnly, ChooseResultsView):
    """The chooser after a search or a step to the next page."""


class LiveChooserViewSet(SnippetChooserViewSet):
    """The chooser of indicators."""

    choose_view_class = LiveChooseView
    choose_results_view_class = LiveChooseResultsView
    choose_another_text = "Välj ett annat nyckeltal"
    choose_one_text = "Välj ett nyckeltal"
    edit_item_text = "Redigera nyckeltalet"


class IndicatorViewSet(GuardedViewSet):
    """Nyckeltal."""

    model = Indicator
    icon = "list-ol"
    menu_label = "Nyckeltal"
    menu_order = 110
    add_view_class = IndicatorCreateView
    edit_view_class = IndicatorEditView
    edit_template_name = "comparisons/desk/two_at_once_snippet.html"
    workflow_action_view_class = SnippetWorkflowActionView
    chooser_viewset_class = LiveChooserViewSet
    chooser_per_page = 50  # what is ticked is forgotten on the way to the next page
    list_display: ClassVar = ["title", "unit", "polarity", UpdatedAtColumn()]
    list_filter: ClassVar = ["value_type", "polarity", "source"]
    list_per_page = 50
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("title"),
                    FieldPanel("short_title"),
                    FieldPanel("definition"),
                    FieldPanel("synonyms"),
                    MultiFieldPanel(
                        [
                            FieldPanel("sentence"),
                            FieldPanel("noun"),
                            FieldPanel("comparative"),
                            ExamplePanel(heading="Så läser besökaren det"),
                        ],
                        "I löpande text",
                    ),
                    FiguresPanel(heading="Siffror"),
                ],
                heading="Nyckeltal",
            ),
            ObjectList(
                [
                    MultiFieldPanel(
                        [
                            FieldPanel("value_type"),
                            FieldPanel("unit"),
                            FieldPanel("scale_min"),
                            FieldPanel("scale_max"),
                        ],
                        "Värde och enhet",
                    ),
                    FieldPanel("polarity"),
                    FieldPanel("period_basis"),
                    FieldPanel("peers"),
                ],
                heading="Så mäts det",
            ),
            ObjectList(
                [
                    FieldPanel("source"),
                    FieldPanel("next_figure_on"),
                    FieldPanel("processing"),
                    FieldPanel("method"),
                    KoladaPanel(heading="Kolada"),
                ],
                heading="Källa",
            ),
        ],
        base_form_class=TwoAtOnceForm,
    )


class AreaViewSet(GuardedViewSet):
    """Områden."""

    model = Area
    icon = "site"
    menu_label = "Områden"
    menu_order = 140
    list_display: ClassVar = ["name", "code", "kind"]
    list_filter: ClassVar = ["kind"]
    list_per_page = 50
    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("name_in_text"),
        FieldPanel("code"),
        FieldPanel("kind"),
    ]


class NamedOnly:
    """Every population but the empty one, which choosing none stands for."""

    def get_object_list(self) -> Any:
        """Populations with a name."""
        return super().get_object_list().exclude(pk=EMPTY_POPULATION)  # type: ignore[misc]


class NamedChooseView(NamedOnly, ChooseView):
    """The chooser as it opens."""


class NamedChooseResultsView(NamedOnly, ChooseResultsView):
    """The chooser after a search or a step to the next page."""


class NamedChooserViewSet(SnippetChooserViewSet):
    """The chooser of populations."""

    choose_view_class = NamedChooseView
    choose_results_view_class = NamedChooseResultsView


class PopulationEditView(EditView):
    """The edit screen of a population with a name."""

    def get_object(self, queryset: Any = None) -> Any:
        """The population; 404 for the empty one."""
        found = super().get_object(queryset)
        if found.pk == EMPTY_POPULATION:
            raise Http404
        return found


class PopulationViewSet(GuardedViewSet):
    """Urval. The empty one is the code's own and never shown."""

    model = Population
    edit_view_class = PopulationEditView
    chooser_viewset_class = NamedChooserViewSet
    icon = "group"
    menu_label = "Urval"
    menu_order = 150
    list_display: ClassVar = ["name"]
    panels: ClassVar = [FieldPanel("name")]

    def get_queryset(self, request: HttpRequest) -> Any:
        """Every population with a name."""
        return Population.objects.exclude(pk=EMPTY_POPULATION)


class SourceViewSet(GuardedViewSet):
    """Källor."""

    model = Source
    icon = "doc-full-inverse"
    menu_label = "Källor"
    menu_order = 130
    list_display: ClassVar = ["producer", "publication", "fetched_from"]
    panels: ClassVar = [
        FieldPanel("producer"),
        FieldPanel("publication"),
        FieldPanel("fetched_from"),
        FieldPanel("url"),
        FieldPanel("licence"),
        FieldPanel("fetched_at"),
    ]


VIEWSETS = [IndicatorViewSet, AreaViewSet, PopulationViewSet, SourceViewSet]


def refuse_bulk_deletion(request: HttpRequest, instances: list[Model]) -> HttpResponse | None:
    """Hook ``before_delete_snippet``: stop a deletion in bulk when something in it is in use."""
    sentences = [
        sentence
        for instance in instances
        if isinstance(instance.snippet_viewset, GuardedViewSet)  # type: ignore[attr-defined]
        and (sentence := usage.refusal(instance))
    ]
    if not sentences:
        return None
    for sentence in sentences:
        messages.error(request, sentence)
    viewset = instances[0].snippet_viewset  # type: ignore[attr-defined]
    return redirect(reverse(viewset.get_url_name("list")))
