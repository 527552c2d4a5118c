"""Plain fields of forms and blocks, without what pasting brings along. The rules: ``comparisons.pasted``."""

from typing import Any

from django import forms
from django.db import models
from wagtail import blocks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminAutoHeightTextInput

from comparisons.pasted import tidy_line, tidy_lines


class TidyCharField(forms.CharField):
    """A text field that is tidied before it is looked at; only a text area has several lines."""

    def to_python(self, value: Any) -> Any:
        """The text, tidied; what stands for none is kept."""
        text = super().to_python(value)
        if not text:
            return text
        return (tidy_lines if isinstance(self.widget, forms.Textarea) else tidy_line)(text)


class TidyStructBlock(blocks.StructBlock):
    """A struct block whose plain texts are tidied as they come from the page editor."""

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> Any:
        """The value, its lines without line ends, tabs and what nobody sees."""
        value = super().value_from_datadict(data, files, prefix)
        for name, block in self.child_blocks.items():
            if isinstance(value[name], str):
                if isinstance(block, blocks.CharBlock | blocks.URLBlock):
                    value[name] = tidy_line(value[name])
                elif isinstance(block, blocks.TextBlock):
                    value[name] = tidy_lines(value[name])
        return value


def register_fields() -> None:
    """Give every form that the admin makes of a model tidy text fields."""
    register_form_field_override(models.CharField, override={"form_class": TidyCharField}, exact_class=True)
    register_form_field_override(
        models.TextField,
        override={"form_class": TidyCharField, "widget": AdminAutoHeightTextInput},
        exact_class=True,
    )
