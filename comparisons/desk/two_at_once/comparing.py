"""What an editor's form holds, made comparable and told in words.

The same text can be stored in several ways: a rich text's paragraphs have keys of their own, a list's items
get new ids, a text area sends other line ends. None of that is a change.
"""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail import blocks

from comparisons.svenska import capitalise, format_date, format_datetime

_PARAGRAPH_KEY = re.compile(r' data-block-key="[^"]*"')
_END_OF_LINE = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")
_NAMED = re.compile(r"\{(\w+)\}")
_LONGEST_NAME = 60


def comparable(field: forms.Field, value: Any) -> Any:
    """What a form field holds, as JSON that is equal when an editor would call it the same.

    ``value`` is what the form has cleaned, or what ``Field.value_from_object`` gives.
    """
    if isinstance(value, blocks.StreamValue):
        return [
            {
                "type": child.block_type,
                "id": child.id or "",
                "value": _comparable_block(child.block, child.value),
            }
            for child in value
        ]
    return _comparable(field.widget, value)


def in_words(field: forms.Field, value: Any) -> list[str]:
    """What a form field holds, as lines to read."""
    if isinstance(value, blocks.StreamValue):
        return block_in_words(value.stream_block, value)
    return _in_words(field, value)


def name_of(block: blocks.Block, value: Any) -> str:
    """A block by its kind and its first words: ``Avsnitt ”Brandskydd”``."""
    pattern = block.meta.label_format or ""
    asked = _NAMED.search(pattern) if isinstance(value, blocks.StructValue) else None
    first = str(value.get(asked[1]) or "") if asked else next(iter(block_in_words(block, value)), "")
    short = first if len(first) <= _LONGEST_NAME else f"{first[:_LONGEST_NAME].rstrip()}…"
    return f"{block.label} ”{short}”" if short else str(block.label)


def block_in_words(block: blocks.Block, value: Any) -> list[str]:
    """A block as lines to read: what it holds, with the label of each part that has one."""
    if isinstance(block, blocks.StructBlock):
        lines = []
        for name, child in block.child_blocks.items():
            said = block_in_words(child, value.get(name))
            if len(said) == 1 and not _holds_blocks(child):
                lines.append(f"{child.label}: {said[0]}")
            elif said:
                lines += [f"{child.label}:", *said]
        return lines
    if isinstance(block, blocks.StreamBlock):
        return [line for child in value or () for line in block_in_words(child.block, child.value)]
    if isinstance(block, blocks.ListBlock):
        return ["; ".join(block_in_words(block.child_block, child)) for child in value or ()]
    if isinstance(block, blocks.RichTextBlock):
        return _paragraphs(value.source if value else "")
    return _in_words(block.field, value) if isinstance(block, blocks.FieldBlock) else [str(value)]


def _holds_blocks(block: blocks.Block) -> bool:
    return isinstance(block, blocks.StructBlock | blocks.StreamBlock | blocks.ListBlock)


def _comparable_block(block: blocks.Block, value: Any) -> Any:
    """A block inside a block is compared as it stands, for its id may be new every time."""
    if isinstance(block, blocks.StructBlock):
        return {name: _comparable_block(child, value.get(name)) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.StreamBlock):
        return [[one.block_type, _comparable_block(one.block, one.value)] for one in value or ()]
    if isinstance(block, blocks.ListBlock):
        return [_comparable_block(block.child_block, child) for child in value or ()]
    if isinstance(block, blocks.RichTextBlock):
        return _comparable(block.field.widget, value.source if value else "")
    widget = block.field.widget if isinstance(block, blocks.FieldBlock) else None
    return _comparable(widget, block.get_prep_value(value))


def _comparable(widget: forms.Widget | None, value: Any) -> Any:
    if value is None:
        return ""
    if (converter := getattr(widget, "converter", None)) and isinstance(value, str):
        # As the editor's own screen would send it back untouched.
        value = converter.to_database_format(converter.from_database_format(value))
        return _PARAGRAPH_KEY.sub("", value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime):
        # A form shows minutes.
        return value.astimezone(UTC).replace(second=0, microsecond=0).isoformat()
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _in_words(field: forms.Field, value: Any) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, bool):
        return ["Ja" if value else "Nej"]
    if isinstance(value, datetime):
        return [format_datetime(timezone.localtime(value))]
    if isinstance(value, date):
        return [format_date(value)]
    if isinstance(field, forms.ModelChoiceField):
        return [str(value if isinstance(value, Model) else field.to_python(value))]
    if isinstance(value, Decimal):
        return [f"{value.normalize():f}".replace(".", ",")]
    choices = getattr(field, "choices", None)
    if choices is not None:
        return [str(label) for key, label in choices if str(key) == str(value)] or [str(value)]
    if getattr(field.widget, "converter", None):
        return _paragraphs(value)
    return [line for line in str(value).splitlines() if line.strip()]


def _paragraphs(html: str) -> list[str]:
    text = unescape(strip_tags(_END_OF_LINE.sub("\n", html)))
    return [line.strip() for line in text.splitlines() if line.strip()]


def label_of(field: forms.Field, name: str) -> str:
    """What the form calls a field."""
    return capitalise(str(field.label or name))
