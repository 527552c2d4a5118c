"""The forms of an intake: the file, and the words of the draft it becomes."""

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from comparisons.intake.opening.limits import MOST_BYTES, megabytes
from comparisons.intake.plan import Plan
from comparisons.models import Intake, Release
from comparisons.releases import OWED_REASON
from comparisons.svenska import capitalise

#: What is offered in the window where a file is chosen. What it is stands in the file itself.
ENDINGS = (".xlsx", ".csv", ".txt")


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(
        label="Fil",
        help_text=(
            f"Excel (.xlsx) eller CSV, högst {megabytes(MOST_BYTES)}. Välj en fil, eller dra den till rutan."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={
            "required": "Välj en fil.",
            "empty": "Filen är tom. Välj en fil med siffror.",
            "max_length": "Filens namn är för långt. Ge den ett kortare namn.",
        },
        max_length=255,
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large, before anything of it is kept."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                f"Filen är på {megabytes(file.size or 0)}. Högst {megabytes(MOST_BYTES)} går att läsa in. "
                "Dela upp den, till exempel i en fil för varje år."
            )
        return file


class SaveForm(forms.Form):
    """What the draft is called, and why published figures change."""

    title = forms.CharField(label="Rubrik", max_length=Release.TITLE_LENGTH)
    reason = forms.CharField(
        label="Anledning",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text="Rättas en publicerad siffra ser läsarna anledningen på nyckeltalets sida. "
        "För nya siffror behövs ingen.",
    )

    def __init__(self, intake: Intake, plan: Plan, data: Any = None) -> None:
        proposed = intake.title or capitalise(PurePath(intake.name).stem.replace("_", " ").strip())
        super().__init__(data, initial={"title": proposed[: Release.TITLE_LENGTH], "reason": intake.reason})
        owed = bool(plan.changed or plan.withdrawn)
        self.fields["reason"].required = owed
        self.fields["reason"].error_messages["required"] = OWED_REASON
