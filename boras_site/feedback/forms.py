"""The two forms in which a reader writes something."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms

from boras_site.feedback.models import MAX_MESSAGE
from boras_site.feedback.paths import path_on_site
from comparisons.svenska import format_number

MOST_LINKS = 2
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)


class WrittenText(forms.CharField):
    """What somebody wrote, without control characters, which no database or spreadsheet can keep."""

    def to_python(self, value: Any) -> str:
        """The text with the line breaks of one kind."""
        text = str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        kept = "".join(
            sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")
        )
        return kept.strip()


class MessageForm(forms.Form):
    """What the reader of a page missed, or wants to say. Django's own ids tie hints and faults to fields."""

    meddelande = WrittenText(widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}))

    def __init__(self, *args: Any, label: str, required: str, **kwargs: Any) -> None:
        """``label`` of the message, and the sentence for one that is empty."""
        super().__init__(*args, **{"auto_id": "%s", **kwargs})
        self.fields["meddelande"].label = label
        self.fields["meddelande"].error_messages["required"] = required

    def clean_meddelande(self) -> str:
        """The message. Raises ValidationError for one that is too long or full of links."""
        message: str = self.cleaned_data["meddelande"]
        if len(message) > MAX_MESSAGE:
            most, now = (format_number(Decimal(number), 0) for number in (MAX_MESSAGE, len(message)))
            raise forms.ValidationError(f"Korta texten till högst {most} tecken. Nu är den {now} tecken.")
        if len(_LINK.findall(message)) > MOST_LINKS:
            raise forms.ValidationError("Skriv högst två länkar. Fler länkar stoppas som skräppost.")
        return message


class ReportForm(MessageForm):
    """A fault: on which page, and what is wrong."""

    sida = WrittenText(
        label="Sidans adress (frivilligt)",
        required=False,
        help_text="Till exempel /nyckeltal/. Lämna tomt om bristen finns på flera sidor.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    field_order = ("sida", "meddelande")

    def __init__(self, *args: Any, host: str, **kwargs: Any) -> None:
        """``host``: what this site is called in a whole address."""
        super().__init__(*args, label="Vad fungerar inte?", required="Skriv vad som inte fungerar.", **kwargs)
        self.host = host

    def clean_sida(self) -> str:
        """The path. Raises ValidationError for what is no address on this site."""
        text: str = self.cleaned_data["sida"]
        path = path_on_site(text, self.host)
        if text and not path:
            raise forms.ValidationError(
                "Skriv adressen till en sida på den här webbplatsen, till exempel /nyckeltal/. "
                "Eller lämna fältet tomt."
            )
        return path
