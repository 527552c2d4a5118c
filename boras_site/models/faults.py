"""A block of what cannot be used by everyone, with its reason, as the law wants it told."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from wagtail import blocks

from comparisons.desk.tidy import TidyStructBlock


class Reason(TextChoices):
    """Why something is not accessible: the three grounds that a statement tells apart."""

    UNMET = "unmet", "Bristande förenlighet med lagkraven"
    BURDEN = "burden", "Oskäligt betungande anpassning"
    EXEMPT = "exempt", "Omfattas inte av lagen"


class FaultBlock(TidyStructBlock):
    """One fault, or one sort of content outside the law."""

    what = blocks.TextBlock(
        label="Vad fungerar inte, och för vem?",
        rows=2,
        help_text="Till exempel: Diagrammen i äldre rapporter går inte att läsa med skärmläsare.",
    )
    criterion = blocks.CharBlock(
        label="Krav i WCAG",
        required=False,
        max_length=120,
        help_text="Nummer och namn, till exempel: 1.4.3 Kontrast (minimum).",
    )
    reason = blocks.ChoiceBlock(label="Skäl", choices=Reason.choices, default=Reason.UNMET)
    alternative = blocks.TextBlock(
        label="Så kan läsaren göra i stället",
        required=False,
        rows=2,
    )
    mended = blocks.CharBlock(
        label="När åtgärdas det?",
        required=False,
        max_length=120,
        help_text="Till exempel: Senast 31 mars 2027. Krävs när vi bryter mot lagkraven.",
    )

    class Meta:
        icon = "warning"
        label = "Brist"
        label_format = "{what}"

    def clean(self, value: Any) -> Any:
        """The fault. To be published, a breach of the law needs its criterion and when it is mended."""
        value = super().clean(value)
        if value["reason"] == Reason.UNMET and not self.is_deferred_validation:
            asked = {
                "criterion": "Skriv vilket krav bristen gäller.",
                "mended": "Skriv när bristen åtgärdas.",
            }
            missing = {
                name: ValidationError(sentence) for name, sentence in asked.items() if not value[name].strip()
            }
            if missing:
                raise blocks.StructBlockValidationError(missing)
        return value
