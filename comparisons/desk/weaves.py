"""The choice of a theme's weave, shown as cloth."""

from typing import Any, ClassVar

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe


class WeavePicker(forms.RadioSelect):
    """Radio buttons with the weave drawn beside its name, as readers will see it."""

    class Media:
        css: ClassVar = {"all": ["comparisons/desk/desk.css"]}

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The option, with its drawing in the label; the first one brings the patterns that all use."""
        option: dict[str, Any] = super().create_option(name, value, label, *args, **kwargs)
        drawn = render_to_string("components/weave.html", {"weave": value, "size": 59, "red": 20})
        patterns = render_to_string("components/weaves.html") if option["index"] == "0" else ""
        # Both templates are the site's own; the label is one of our choices.
        option["label"] = mark_safe(f'{patterns}<span class="weave-choice">{drawn}{label}</span>')
        return option
