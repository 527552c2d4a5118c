"""Every kind of page can be made where it belongs, and every block shows itself in the picker."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StreamBlock
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from boras_site.models import AccessibilityStatementPage, ContentPage, HomePage
from comparisons.models import ComparisonsIndexPage, ThemePage
from comparisons.terms import Statistic
from tests import factories as make
from tests.reading import tables, texts

#: Each kind of page of this site: the kinds it may stand under, and those it may hold.
KINDS = {
    HomePage: ({Page}, {ComparisonsIndexPage, ContentPage, AccessibilityStatementPage}),
    ComparisonsIndexPage: ({HomePage}, {ThemePage}),
    ThemePage: ({ComparisonsIndexPage}, set()),
    ContentPage: ({HomePage, ContentPage}, {ContentPage}),
    AccessibilityStatementPage: ({HomePage}, set()),
}


class TestKinds(WagtailPageTestCase):
    """Wagtail's own questions to a kind of page."""

    def setUp(self) -> None:
        of = make.indicator()
        make.publish(make.staged_figure(of))
        theme = make.theme_page(tables=[make.table(of)], key_figures=[of])
        self.pages: list[Page] = [make.home_page(), make.index_page(), theme, make.content_page()]
        self.pages.append(make.statement_page())
        self.forms = {
            ThemePage: {
                "title": "Trygghet",
                "slug": "trygghet",
                "edition_year": "2018",
                "weave": "kypert",
                "introduction": rich_text("<p>Text</p>"),
                "results_introduction": rich_text(""),
                "about_figures": rich_text(""),
                **dict.fromkeys(["key_figures", "results", "improvements", "links"], streamfield([])),
            },
            AccessibilityStatementPage: {
                "title": "Tillgänglighetsredogörelse",
                "slug": "tillganglighetsredogorelse",
                "service_name": "Öppna jämförelser",
                "service_url": "https://example.se/",
                "conformance": "full",
                "standard": "EN 301 549",
                "faults": streamfield([]),
                "assessment": "own",
                "assessment_text": rich_text("<p>Med tangentbord.</p>"),
                "assessed_on": "2020-05-04",
                "published_on": "2020-05-05",
                "updated_on": "2020-05-06",
            },
            ContentPage: {
                "title": "Om",
                "slug": "om",
                "introduction": rich_text(""),
                "body": streamfield([]),
            },
        }

    def test_every_kind_is_asked(self) -> None:
        assert {type(page) for page in self.pages} == set(KINDS)
        own = {model for model in Page.__subclasses__() if model.__module__.startswith(("boras", "compa"))}
        assert own == set(KINDS)

    def test_parents_and_pages_below(self) -> None:
        for kind, (parents, below) in KINDS.items():
            self.assertAllowedParentPageTypes(kind, parents)
            self.assertAllowedSubpageTypes(kind, below)

    def test_routable_and_renderable(self) -> None:
        for page in self.pages:
            self.assertPageIsRoutable(page)
            self.assertPageIsRenderable(page)

    def test_editable_and_previewable(self) -> None:
        for page in self.pages:
            form = self.forms.get(type(page))
            data = nested_form_data(form | {"action-publish": "1"}) if form else None
            self.assertPageIsPreviewable(page, post_data=data)
            self.assertPageIsEditable(page, post_data=data)

    def test_created_by_an_editor(self) -> None:
        self.login()
        self.assertCanCreate(make.index_page(), ThemePage, nested_form_data(self.forms[ThemePage]))
        self.assertCanCreate(make.home_page(), ContentPage, nested_form_data(self.forms[ContentPage]))

    def test_there_is_one_home_page_and_one_index(self) -> None:
        root = Page.objects.get(depth=1)
        assert not HomePage.can_create_at(root)
        assert not ComparisonsIndexPage.can_create_at(make.home_page())


@pytest.mark.django_db
def test_what_an_editor_fills_in_stands_on_the_page(client: Client, admin_client: Client) -> None:
    """A theme made in the admin from nothing, with a table of a column by hand and a large figure."""
    of, riket = make.indicator(), make.country()
    make.publish(
        make.staged_figure(of, "10.4"), make.staged_figure(of, "8.2", of_area=riket, statistic="median")
    )
    column = {"area": riket.pk, "statistic": "median", "population": "", "gender": "T", "period": "2017"}
    table = {
        "caption": "Brott",
        "rows": streamfield([]) | _list({"indicator": of.pk, "label": "Egen rad", "footnote": "Förklaring."}),
        "columns": streamfield([("by_hand", _list(column | {"label": ""}))]),
        "show_standing": "on",
        "note": "",
    }
    figures = {
        "figures": _list({"indicator": of.pk, "heading": "Stort", "population": ""}),
        "area": riket.pk,
        "statistic": Statistic.MEDIAN,
    }
    section = {
        "heading": "Brott",
        "body": streamfield([("text", rich_text("<p>Text.</p>")), ("table", table)]),
    }
    data = {
        "title": "Nytt tema",
        "slug": "nytt-tema",
        "edition_year": "2017",
        "weave": "satin",
        **dict.fromkeys(
            ["introduction", "results_introduction", "about_figures"], rich_text("<p>Inledning.</p>")
        ),
        "key_figures": streamfield([("key_figures", figures)]),
        "results": streamfield([("section", section)]),
        "improvements": streamfield([("text", rich_text("<p>Vi arbetar.</p>"))]),
        "links": streamfield([("link", {"text": "SKR", "url": "https://skr.se/"})]),
        "action-publish": "1",
    }
    screen = reverse("wagtailadmin_pages:add", args=["comparisons", "themepage", make.index_page().pk])
    answer = admin_client.post(screen, nested_form_data(data))
    assert answer.status_code == 302, answer.context["form"].errors
    html = client.get("/oppna-jamforelser/nytt-tema/").content
    assert tables(html)["Brott"].columns == ["Median riket 2017"]
    assert tables(html)["Brott"].rows == {"Egen rad": ["8,2"]}
    assert texts(html, ".footnotes li") == ["Förklaring."]
    assert texts(html, ".figure h3") == ["Stort"]
    assert texts(html, ".figure .number, .figure .against") == ["10,4", "Median riket 8,2"]
    assert texts(html, "#battre + .prose") == ["Vi arbetar."]
    assert texts(html, "#lankar + ul a") == ["SKR"]


def _list(*items: dict) -> dict:
    """A list block's part of a form."""
    data: dict = {"count": len(items)}
    for place, value in enumerate(items):
        data[str(place)] = {"value": value, "order": place, "deleted": "", "id": ""}
    return data


# --- Blocks in the picker ------------------------------------------------------------------------


def blocks() -> dict:
    """Every block that an editor can pick, by what the picker calls it."""
    streams = [
        field.stream_block
        for model in KINDS
        for field in model._meta.get_fields()
        if hasattr(field, "stream_block")
    ]
    found = {}
    while streams:
        for block in streams.pop().child_blocks.values():
            found.setdefault(str(block.label), block)
            streams += [
                child
                for child in getattr(block, "child_blocks", {}).values()
                if isinstance(child, StreamBlock)
            ]
    return found


#: What the preview of each block shows: with figures published, and on an empty site.
PREVIEWS = {
    "Text": (".prose p", ["Många våldsbrott sker i centrum"], True),
    "Notis i marginalen": (".note", ["Myndigheten för samhällsskydd och beredskap"], True),
    "Avsnitt": ("section h3", ["Våldsbrott, stöld och skadegörelse"], True),
    "Länk": (".wrap a", ["Öppna jämförelser hos SKR, skr.se"], True),
    "Tabell med nyckeltal": ("table caption, td", ["Så står vi oss", "10,4", "8,2", "Värderas inte"], False),
    "Stora siffror": (".figure .number, .against", ["10,4", "Median riket 8,2"], False),
}


@pytest.mark.django_db
@pytest.mark.parametrize("filled", [True, False], ids=["with figures", "on an empty site"])
@pytest.mark.parametrize("label", PREVIEWS)
def test_a_block_shows_itself_in_the_picker(admin_client, label, filled):
    if filled:
        of = make.indicator()
        median = make.staged_figure(of, "8.2", of_area=make.country(), statistic=Statistic.MEDIAN)
        make.publish(make.staged_figure(of, "10.4"), median)
    block = blocks()[label]
    assert block.is_previewable and block.get_description()
    answer = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert answer.status_code == 200
    selector, shown, always = PREVIEWS[label]
    found = texts(answer.content, selector)
    if filled or always:
        assert all(text in said for text, said in zip(shown, found, strict=True)), found
    else:
        assert found == []


def test_every_block_that_can_be_picked_shows_itself():
    assert {label for label, block in blocks().items() if block.is_previewable} >= set(PREVIEWS)
    assert set(blocks()) - set(PREVIEWS) == {"De senaste perioderna", "Kolumner för hand", "Brist"}
