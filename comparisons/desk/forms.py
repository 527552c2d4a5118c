"""The ordinary forms of a release."""

from django import forms
from wagtail.admin.widgets import AdminDateTimeInput

from comparisons.models import Release


class WordsForm(forms.Form):
    """What a release is called, and why it changes what it changes."""

    title = forms.CharField(label="Rubrik", max_length=Release.TITLE_LENGTH)
    reason = forms.CharField(
        label="Anledning",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Rättas en publicerad siffra ser läsarna anledningen på nyckeltalets sida.",
    )


class CommentForm(forms.Form):
    """Why a release is sent back."""

    comment = forms.CharField(label="Kommentar", widget=forms.Textarea(attrs={"rows": 2}))


class ScheduleForm(forms.Form):
    """When an approved release is to be published."""

    publish_at = forms.DateTimeField(label="Publicera vid", widget=AdminDateTimeInput)
