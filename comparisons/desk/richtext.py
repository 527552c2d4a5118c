"""The editor of rich text: the language of a part, and no rubbish kept of what was pasted.

Pasted text is tidied twice. ``pasted.js`` gives it a form while its origin still shows: Word's lists,
headings, tracked changes and comments. ``comparisons.pasted`` tidies what is sent, wherever it came from.
"""

from typing import Any

from django.forms import Media
from django.utils.functional import cached_property
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.admin.rich_text.editors.draftail.features import InlineStyleFeature
from wagtail.admin.staticfiles import versioned_static
from wagtail.rich_text.feature_registry import FeatureRegistry

from comparisons.pasted import tidy_rich_text
from comparisons.richtext import LANGUAGES


class TidyRichTextArea(DraftailRichTextArea):
    """Wagtail's editor of rich text; the setting ``WAGTAILADMIN_RICH_TEXT_EDITORS`` makes it everyone's."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """What was sent, tidied; None when nothing was sent."""
        html = super().value_from_datadict(data, files, name)
        return None if html is None else tidy_rich_text(html)

    @cached_property
    def media(self) -> Media:
        """Wagtail's own, and what reads Word."""
        return super().media + Media(js=[versioned_static("comparisons/desk/pasted.js")])


def register_languages(features: FeatureRegistry) -> None:
    """Hook ``register_rich_text_features``: a button for each language, stored as ``<span lang="en">``."""
    for language in LANGUAGES:
        attributes = {"lang": language.code} | ({"dir": "rtl"} if language.right_to_left else {})
        button = {
            "type": language.style,
            "label": language.code.upper(),
            "description": f"Språk: {language.name}",
            "style": {"textDecoration": "underline dotted", "textUnderlineOffset": "0.3em"},
        }
        features.register_editor_plugin("draftail", language.feature, InlineStyleFeature(button))
        features.register_converter_rule(
            "contentstate",
            language.feature,
            {
                "from_database_format": {
                    f'span[lang="{language.code}"]': InlineStyleElementHandler(language.style)
                },
                "to_database_format": {
                    "style_map": {language.style: {"element": "span", "props": attributes}}
                },
            },
        )
