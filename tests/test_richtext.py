"""What rich text offers where, and that what is marked comes back marked."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.blocks import Block, RichTextBlock
from wagtail.fields import RichTextField, StreamField

from boras_site.models import ContentPage
from comparisons.desk.richtext import TidyRichTextArea
from comparisons.models import ThemePage
from comparisons.richtext import LANGUAGES, RUNNING_TEXT, SHORT_TEXT, running_text
from tests import factories


def blocks_in(block: Block, where: str) -> Iterator[tuple[str, Block]]:
    """Every block of a stream with its path: ``results.section.body.text``."""
    yield where, block
    inside = getattr(block, "child_blocks", {})
    if child := getattr(block, "child_block", None):
        inside = {"item": child}
    for name, child in inside.items():
        yield from blocks_in(child, f"{where}.{name}")


def offered() -> dict[str, list[str]]:
    """The features of every rich text that an editor can meet, by where it is."""
    found: dict[str, list[str]] = {}
    for model in apps.get_models():
        if not model._meta.app_label.startswith(("boras", "comparisons", "feedback", "search")):
            continue
        for field in model._meta.get_fields():
            name = f"{model.__name__}.{field.name}"
            if isinstance(field, RichTextField):
                found[name] = field.features
            elif isinstance(field, StreamField):
                for where, block in blocks_in(field.stream_block, name):
                    if isinstance(block, RichTextBlock):
                        found[where] = block.features
    return found


def test_every_text_offers_one_of_the_named_sets() -> None:
    texts = offered()
    assert len(texts) > 10
    plain = {name: features for name, features in texts.items() if features not in (SHORT_TEXT, RUNNING_TEXT)}
    # What has headings: those of the levels that come next where the text stands on the page.
    assert plain == {
        "ThemePage.results.section.body.text": running_text("h4"),
        "ThemePage.improvements.text": running_text("h3"),
        "ThemePage.improvements.section.body.text": running_text("h4"),
        "ContentPage.body.text": running_text("h2", "h3"),
        "ContentPage.body.section.body.text": running_text("h3"),
    }


def test_nothing_is_offered_that_the_site_does_not_need() -> None:
    every = {feature for features in offered().values() for feature in features}
    assert every == {"bold", "link", "document-link", "ul", "ol", "h2", "h3", "h4"} | {
        f"language-{code}" for code in ("en", "fi", "ar", "so")
    }


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_in_another_language_is_stored_and_comes_back(language: Any) -> None:
    widget = get_rich_text_editor_widget(features=SHORT_TEXT)
    attributes = f'lang="{language.code}"' + (' dir="rtl"' if language.code == "ar" else "")
    html = f'<p data-block-key="abcde">Ur <b>en</b> <span {attributes}>Study</span> från 2017.</p>'
    state = json.loads(widget.format_value(html))
    (marked,) = [one for one in state["blocks"][0]["inlineStyleRanges"] if one["style"] != "BOLD"]
    assert (marked["offset"], marked["length"]) == (6, 5)
    stored = widget.value_from_datadict({"text": json.dumps(state)}, {}, "text")
    assert stored == html
    button = next(one for one in widget.options["inlineStyles"] if one["type"] == marked["style"])
    assert button["description"] == f"Språk: {language.name}"


def test_the_buttons_are_told_apart() -> None:
    buttons = get_rich_text_editor_widget(features=RUNNING_TEXT).options["inlineStyles"]
    shown = [str(button.get("label") or button["icon"]) for button in buttons]
    assert sorted(shown) == ["AR", "EN", "FI", "SO", "bold"]
    assert len({str(button["description"]) for button in buttons}) == len(buttons)


@pytest.mark.django_db
def test_a_reader_gets_the_language(client: Any) -> None:
    text = '<p>Ur <span lang="en">Open Comparisons</span></p>'
    body = json.dumps([{"type": "text", "value": text}])
    page = factories.content_page(introduction=text, body=body)
    assert client.get(page.url).content.decode().count('<span lang="en">Open Comparisons</span>') == 2


@pytest.mark.django_db
def test_every_editor_of_rich_text_tidies() -> None:
    for model, name in ((ThemePage, "introduction"), (ContentPage, "introduction")):
        field = model._meta.get_field(name)
        assert isinstance(field.formfield().widget, TidyRichTextArea)
    block = dict(blocks_in(ContentPage._meta.get_field("body").stream_block, "body"))["body.text"]
    widget = block.field.widget  # type: ignore[attr-defined]
    empty = {"type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
    pasted = [{"key": "a", "text": " Två  ord\u200b"} | empty, {"key": "b", "text": "\u00a0"} | empty]
    sent = {"text": json.dumps({"blocks": pasted, "entityMap": {}})}
    assert widget.value_from_datadict(sent, {}, "text") == '<p data-block-key="a">Två ord</p>'
    assert widget.value_from_datadict({}, {}, "text") is None
